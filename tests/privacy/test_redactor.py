"""What holds of redaction as a whole, whatever the text."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from care_metrics.privacy.cards import luhn
from care_metrics.privacy.redactor import Redactor

REDACTOR = Redactor()
KEYED = Redactor(pseudonym_key="a key of this test")
MARKS = st.sampled_from(
    ["", " ", "-", ".", "  ", " - ", "/", ",", "\n", "\t", "\u200b", "\u00a0", "\u2011", "_", " uh ", ", and "]
)
PREFIXES = st.sampled_from(["4", "51", "55", "2221", "34", "37", "6011", "65", "3528", "62"])
SIZES = {"34": 15, "37": 15}
PARTS = st.sampled_from(
    re.split(
        " +",
        "my name is maria lopez <card> <name:0a1b2c3d> cvv 123 4111 1111 sorry o'malley Grace, 415-555-0132 at gmail dot com "
        "born one two double oh calle 45 # 12 e\u0301 \u200b ٤ ’ \x00 \ud83d @ DE89 social 1.2.3 mr. 😀",
    )
)


@st.composite
def card_numbers(draw: st.DrawFn) -> str:
    prefix = draw(PREFIXES)
    size = SIZES.get(prefix, 16)
    body = prefix + "".join(
        draw(st.lists(st.sampled_from("0123456789"), min_size=size - 1 - len(prefix), max_size=size - 1 - len(prefix)))
    )
    return body + next(check for check in "0123456789" if luhn(body + check))


@settings(deadline=None, max_examples=100)
@given(
    number=card_numbers(),
    data=st.data(),
    before=st.sampled_from(["", "it is ", "call 12 for "]),
    after=st.sampled_from(["", " thanks", " 12/27 123"]),
)
def test_no_valid_card_number_survives_whatever_the_spacing(
    number: str, data: st.DataObject, before: str, after: str
) -> None:
    marks = data.draw(st.lists(MARKS, min_size=len(number) - 1, max_size=len(number) - 1))
    text = before + number[0] + "".join(mark + digit for mark, digit in zip(marks, number[1:], strict=True)) + after
    left = REDACTOR.redact([text]).texts[0] or ""
    assert number not in re.sub(r"\D", "", left)
    assert "<card>" in left


@settings(deadline=None, max_examples=60)
@given(turns=st.lists(st.lists(PARTS, max_size=9).map(" ".join), max_size=5))
def test_a_second_pass_changes_nothing_and_order_is_kept(turns: list[str]) -> None:
    speakers = ["customer", "agent"] * 3
    for redactor in (REDACTOR, KEYED):
        once = redactor.redact(turns, speakers[: len(turns)])
        twice = redactor.redact(once.texts, speakers[: len(turns)])
        assert twice.texts == once.texts
        assert not twice.counts
        assert len(once.texts) == len(turns)


@settings(deadline=None, max_examples=100)
@given(text=st.text(max_size=80))
def test_any_text_is_read_without_an_error(text: str) -> None:
    assert len(REDACTOR.redact([text, None, text]).texts) == 3


def test_counts_are_placeholders_by_kind_over_the_whole_stream() -> None:
    told = REDACTOR.redact(["i am maria", "4111111111111111", None, "i am maria"])
    assert told.texts == ("i am <name>", "<card>", None, "i am <name>")
    assert told.counts == {"card": 1, "name": 2}


def test_pseudonyms_are_the_same_for_the_same_value_however_it_is_written() -> None:
    first, second, other = KEYED.redact(["call 415-555-0132", "(415) 555 0132 please", "415-555-0133"]).texts
    pseudonym = re.compile(r"<phone:[0-9a-f]{8}>")
    assert pseudonym.search(first or "")[0] == pseudonym.search(second or "")[0] != pseudonym.search(other or "")[0]
    assert Redactor(pseudonym_key="another").redact(["call 415-555-0132"]).texts[0] != first


def test_cards_and_codes_get_no_pseudonym() -> None:
    assert KEYED.redact(["4111111111111111 and cvv 123 and pin 4821"]).texts == ("<card> and cvv <cvv> and pin <pin>",)


def test_texts_without_anything_private_come_back_as_the_same_objects() -> None:
    text = "the parcel was late again and nobody called"
    assert REDACTOR.redact([text]).texts[0] is text


def test_starting_the_package_imports_nothing_heavy() -> None:
    import subprocess
    import sys

    probe = "import sys, care_metrics.privacy.redactor; print(sorted({'spacy', 'presidio_analyzer', 'faker', 'simplemma', 'torch', 'phonenumbers'} & set(sys.modules)))"
    assert (
        subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True).stdout.strip() == "[]"
    )


def test_redaction_loads_no_deep_learning_framework_and_leaves_them_importable() -> None:
    import subprocess
    import sys

    probe = """import sys
from care_metrics.privacy.redactor import Redactor
Redactor(country="ES").redact(["so my friend Wellard Kox says hi, DNI 12345678Z"])
print(sorted({"torch", "transformers"} & set(sys.modules)), "spacy" in sys.modules)
import torch"""
    told = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True).stdout
    assert told.strip() == "[] True"
