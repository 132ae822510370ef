"""Personal data as it hides in transcripts: each test is named after the trap."""

import logging
import time
import traceback

import pytest

from care_metrics.errors import RedactionFailed
from care_metrics.privacy import reading
from care_metrics.privacy.redactor import LONGEST_TEXT, Redactor

REDACTOR = Redactor(names=frozenset({"Thandiwe Mokoena", "Will Page"}), country="CO")


def redacted(text: str) -> str | None:
    return REDACTOR.redact([text]).texts[0]


@pytest.mark.parametrize(
    "number",
    [
        "4111111111111111",
        "4111 1111 1111 1111",
        "4111-1111-1111-1111",
        "4111.1111.1111.1111",
        "41 11111 1111-111.11",
        "3782 822463 10005",
        "30569309025904",
        "4222222222222",
        "6011 0000 0000 0004",
        "6304000000000000",
    ],
)
def test_s1_a_card_number_goes_in_any_spacing(number: str) -> None:
    assert redacted(f"it is {number} thanks") == "it is <card> thanks"


@pytest.mark.parametrize(
    "number",
    [
        "４１１１ １１１１ １１１１ １１１１",
        "4111\u200b1111\u200b1111\u200b1111",
        "4\u20601\u20601\u206011111111111\u00ad11",
        "٤١١١ ١١١١ ١١١١ ١١١١",
        "4\ufe0f\u20e31\ufe0f\u20e311 1111 1111 1111",
        "4111\u2011\u20111111\u00a01111\u20031111",
    ],
)
def test_s2_other_scripts_and_invisible_characters_hide_nothing(number: str) -> None:
    assert redacted(f"número {number} señor") == "número <card> señor"


@pytest.mark.parametrize(
    "number",
    [
        "four one one one one one one one one one one one one one one one",
        "forty one eleven eleven eleven eleven eleven eleven eleven",
        "four triple one uh triple one one and one one one one double one one then one",
        "four one one one one one two sorry one one one one one one one one one one",
        "cuatro uno uno uno uno uno uno uno uno uno uno uno uno uno uno uno",
    ],
)
def test_s3_a_spoken_number_goes_with_its_fillers_and_slips(number: str) -> None:
    assert redacted(f"sure it's {number} thanks") == "sure it's <card> thanks"


def test_s3_a_number_split_over_three_turns_of_one_speaker_goes() -> None:
    texts = ["four one one one one", "go on", "one one one one one", "uh huh", "and one one one one one one okay"]
    told = REDACTOR.redact(texts, ["customer", "agent", "customer", "agent", "customer"])
    assert told.texts == ("<card>", "go on", "<card>", "uh huh", "and <card> okay")


def test_s3_pieces_of_two_speakers_or_two_conversations_are_no_number() -> None:
    texts = ["four one one one one one one one", "one one one one one one one one"]
    assert REDACTOR.redact(texts, ["customer", "agent"]).texts == tuple(texts)
    assert REDACTOR.redact(texts, ["customer", "customer"], ["a", "b"]).texts == tuple(texts)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("the cvv is 123", "the cvv is <cvv>"),
        ("security code is uh one two three okay", "security code is uh <cvv> okay"),
        ("1234 is the security code", "<cvv> is the security code"),
        ("my pin is four eight two one", "my pin is <pin>"),
        ("mi clave es 4821", "mi clave es <pin>"),
        ("4111 1111 1111 1111 12/27 123", "<card> 12/27 <cvv>"),
    ],
)
def test_s4_a_code_goes_after_its_cue(text: str, left: str) -> None:
    assert redacted(text) == left


def test_s4_a_code_goes_in_answer_to_the_question() -> None:
    texts = ["and the three digits on the back?", "sure one two three", "thank you that is 250 dollars"]
    told = REDACTOR.redact(texts, ["agent", "customer", "agent"])
    assert told.texts == (texts[0], "sure <cvv>", texts[2])


def test_a_social_security_number_told_in_pieces_goes_with_its_repetition() -> None:
    texts = ["your social please", "one two three", "one two three okay", "four five", "six seven eight nine"]
    told = REDACTOR.redact(texts, ["agent", "customer", "agent", "customer", "customer"])
    assert told.texts == (texts[0], "<ssn>", "<ssn> okay", "<ssn>", "<ssn>")


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("my name is oluwaseun adeyemi and i call about my bill", "my name is <name> and i call about my bill"),
        ("thanks wojciech you were great", "thanks <name> you were great"),
        ("this is o'malley calling", "this is <name> calling"),
        ("hola soy juan pablo de la cruz", "hola soy <name>"),
        ("my last name is smith s m i t h", "my last name is <name>"),
        ("MR. O'BRIEN CALLED", "MR. <name> CALLED"),
        ("i spoke with thandiwe", "i spoke with <name>"),
        ("so will page closed it", "so <name> closed it"),
        ("my name is will", "my name is <name>"),
        ("That will be all, Daleen.", "That will be all, <name>."),
    ],
)
def test_s5_names_go_in_lower_case_too(text: str, left: str) -> None:
    assert redacted(text) == left


@pytest.mark.parametrize(
    "text",
    [
        "my order number is 1234 5678 9012 3456",
        "ticket id 5512345678 is open",
        "confirmation 4155550132 for two nights",
        "the card ending in 4242 was charged 300 dollars twice on may 12",
        "i bought the galaxy and the rose gold iphone in austin",
        "i will call you when the grace period ended and mark it as done",
        "we flew from san francisco to st. louis with delta",
        "flight 1234 on 12/05/2024 at 10:30 for $40.00",
        "el pedido 55123 cuesta 1.234.567 pesos",
        "this is ridicolous and unacceptible",
        "look at amazon.com for 20 minutes on the way",
    ],
)
def test_s6_what_only_looks_private_stays(text: str) -> None:
    assert redacted(text) == text


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("write to maria.lopez@example.com", "write to <email>"),
        ("it's maria dot lopez at gmail dot com", "it's <email>"),
        ("call me at (415) 555-0132", "call me at <phone>"),
        ("my phone is six two eight five five five oh one nine nine", "my phone is <phone>"),
        ("transfer to DE89 3704 0044 0532 0130 00 please", "transfer to <iban> please"),
        ("transfer to DE88 3704 0044 0532 0130 00 please", "transfer to DE88 3704 0044 0532 0130 00 please"),
        ("mi cédula es 1.023.456.789", "mi cédula es <id>"),
        ("el nit 900.123.456-8", "el nit <id>"),
        ("curp GOMC850312HDFRRL09", "curp <id>"),
        ("i live at 123 main street apt 4b", "i live at <address>"),
        ("vivo en la calle 45 # 12-34", "vivo en la <address>"),
        ("i was born on march fourth nineteen eighty five", "i was born on <birth_date>"),
        ("my appointment is on march fourth 2025", "my appointment is on march fourth 2025"),
    ],
)
def test_each_other_kind_goes_and_its_look_alike_stays(text: str, left: str) -> None:
    assert redacted(text) == left


@pytest.mark.parametrize(
    "unit",
    [
        "4111 1111 1111 111 ",
        "one two three ",
        "a@a",
        "aaaa.",
        "cvv cvv 12 ",
        "de89 3704 0044 ",
        "calle 45 ",
        "john ",
        "s m i t h ",
    ],
)
def test_s7_near_matches_do_not_stall(unit: str) -> None:
    text = (unit * LONGEST_TEXT)[:LONGEST_TEXT]
    REDACTOR.redact(["hola maria 415 555 0132"])
    started = time.process_time()
    REDACTOR.redact([text])
    assert time.process_time() - started < 1.0


def test_s7_a_megabyte_in_one_turn_is_refused_at_once() -> None:
    with pytest.raises(RedactionFailed) as failed:
        REDACTOR.redact(["hello", "4111 1111 1111 111 " * 55_000])
    assert failed.value.positions == (1,)


def test_s8_an_error_while_reading_fails_closed_and_names_the_whole_conversation(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(lower: str) -> None:
        if "canary" in lower:
            raise ValueError(lower)

    monkeypatch.setattr(reading, "find_cues", lambda lower: broken(lower) or [])
    with pytest.raises(RedactionFailed) as failed:
        Redactor().redact(["hello", "canary 4111", "fine"], ["a", "b", "a"], ["x", "x", "y"])
    assert failed.value.positions == (0, 1)


def test_s8_a_missing_package_fails_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("care_metrics.privacy.redactor.find_spec", lambda name: None)
    with pytest.raises(RedactionFailed, match="pip install"):
        Redactor().redact(["hello"])


def test_s15_no_error_repr_or_log_quotes_a_text_or_a_name(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(lower: str) -> None:
        raise ValueError(f"cannot read {lower}")

    monkeypatch.setattr(reading, "find_cues", broken)
    redactor = Redactor(names=frozenset({"Canary Kestrel"}), pseudonym_key="canary-key")
    with caplog.at_level(logging.DEBUG), pytest.raises(RedactionFailed) as failed:
        redactor.redact(["my name is canary 4111 1111 1111 1111"])
    seen = "".join(traceback.format_exception(failed.value)) + repr(redactor) + caplog.text + str(capsys.readouterr())
    assert "canary" not in seen.lower().replace('canary 4111 1111 1111 1111"])', "")
    assert failed.value.__cause__ is None
    assert failed.value.__context__ is None
