"""Ways to reach a person: phone numbers and e-mail addresses, written or said."""

import re
from collections.abc import Iterator, Sequence

from care_metrics.privacy.claims import cue_of
from care_metrics.privacy.cues import Cue
from care_metrics.privacy.numbers import SPOKEN, Run, is_counted, is_part_of_code
from care_metrics.privacy.spans import Span
from care_metrics.privacy.word_lists import words

# North American numbers as people write them, real area code or not; and any number with a country code.
_NANP = re.compile(r"(?<![\w.])(?:\+?1[-. ]{0,2})?(?:\(\d{3}\)[-. ]{0,2}|[2-9]\d{2}[-./ ])\d{3}[-. ]\d{4}(?!\w)")
_ABROAD = re.compile(r"\+[ (]{0,2}\d(?:[ ().-]{0,2}\d){7,14}(?!\d)")
_SIZES = range(7, 16)
_LIBRARY_CALLS = 2_000  # in one text; past that, whatever has the size of a phone number is one

_EMAIL = re.compile(r"(?<![\w.%+-])[\w.%+'-]++@[\w-]++(?:\.[\w-]++)++")
_SPACED_EMAIL = re.compile(
    r"(?<![\w.%+-])[\w.%+'-]++ ?@ ?[\w-]++(?: ?\. ?[\w-]++)*? ?\. ?(?:com|net|org|edu|gov|co|io|es|mx)(?!\w)"
)
_DOTS = words("dot punto ponto")
_ATS = words("at arroba")
_JOINTS = _DOTS | {"underscore", "dash", "hyphen", "minus", "guion", "bajo", "plus", "period"}
_PROVIDERS = words(
    "gmail hotmail yahoo outlook icloud aol live msn protonmail proton me mac comcast verizon att sbcglobal ymail "
    "gmx zoho mail googlemail fastmail bellsouth cox charter une"
)
_TLDS = words(
    "com net org edu gov io co es mx us uk ca br pt ar cl pe ec ph in au nz de fr it info biz me app dev online edu"
)
_LETTERS = re.compile(r"\d+|[^\W\d_]+(?:'[^\W\d_]+)*|[.@_-]|\x02+")


def phones(
    lower: str, runs: Sequence[Run], cues: Sequence[Cue], asked: str | None, regions: Sequence[str]
) -> Iterator[Span]:
    """Numbers in a phone's shape, and bare ones that are valid in one of the regions and not announced as another thing."""
    for pattern in (_NANP, _ABROAD):
        for found in pattern.finditer(lower):
            yield Span(*found.span(), "phone", re.sub(r"\D", "", found[0]))
    calls = 0
    for run in runs:
        cue = cue_of(run, lower, cues, asked)
        if (
            len(run.digits) not in _SIZES
            or is_counted(run, lower)
            or is_part_of_code(run, lower)
            or (cue and cue.kind in ("keep", "bank_account"))
        ):
            continue
        calls += 1
        if calls > _LIBRARY_CALLS or _is_valid(run.digits, regions):
            yield Span(run.start, run.end, "phone", run.digits)


def has_phone_form(text: str) -> bool:
    """Whether it is written as phone numbers are, and not as bare digits."""
    return bool(_NANP.fullmatch(text) or _ABROAD.fullmatch(text))


def _is_valid(digits: str, regions: Sequence[str]) -> bool:
    import phonenumbers

    for region in regions:
        try:
            if phonenumbers.is_valid_number(phonenumbers.parse(digits, region)):
                return True
        except phonenumbers.NumberParseException:
            continue
    return False


def emails(lower: str, cues: Sequence[Cue], asked: str | None) -> Iterator[Span]:
    """Addresses with an @, and those said as "name at provider dot com"."""
    if "@" in lower:
        for pattern in (_EMAIL, _SPACED_EMAIL):
            for found in pattern.finditer(lower):
                yield Span(*found.span(), "email", found[0].replace(" ", ""))
    if _ATS.isdisjoint(lower.split()):
        return
    hinted = asked == "email" or any(cue.kind == "email" for cue in cues)
    tokens = [(found[0], found.start(), found.end()) for found in _LETTERS.finditer(lower)]
    for place, (word, _, _) in enumerate(tokens):
        if word in _ATS and place and (end := _domain_end(tokens, place + 1)):
            start, is_address = _local_start(tokens, place)
            if is_address or hinted or tokens[place + 1][0] in _PROVIDERS:
                begin, stop = tokens[start][1], tokens[end][2]
                yield Span(begin, stop, "email", re.sub(r"\W", "", lower[begin:stop]))


def _domain_end(tokens: Sequence[tuple[str, int, int]], place: int) -> int | None:
    """The token that ends "provider dot com", or None where no known ending follows."""
    end = None
    while place + 2 < len(tokens) and (tokens[place + 1][0] in _DOTS or tokens[place + 1][0] == "."):
        place += 2
        if tokens[place][0] in _TLDS:
            end = place
    return end


def _local_start(tokens: Sequence[tuple[str, int, int]], at: int) -> tuple[int, bool]:
    """Where the name before "at" begins, and whether it has the joints or digits that only an address has."""
    start, is_address = at - 1, _is_code(tokens[at - 1][0])
    while start > 0 and at - start < 40:
        here, before = tokens[start][0], tokens[start - 1][0]
        if before in _JOINTS or before in "._-" or here in _JOINTS or here in "._-":
            is_address = True
        elif not (_is_code(before) or (_is_code(here) and len(before) > 2 and before not in _STOPS)):
            break
        start -= 1
    return start, is_address


_STOPS = words("is it its it's at to the my mail email address correo es and or use send arroba on for with was say so")


def _is_code(word: str) -> bool:
    """A digit, a number word or a single letter: what addresses are spelled with."""
    return word.isdigit() or word in SPOKEN or len(word) == 1
