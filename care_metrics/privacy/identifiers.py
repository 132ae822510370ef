"""Numbers a state or a bank gave a person, known by their form or check digits."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from care_metrics.privacy.lean import without_frameworks
from care_metrics.privacy.numbers import Run
from care_metrics.privacy.spans import Span
from care_metrics.privacy.word_lists import words

_SSN = re.compile(r"(?<![\w-])\d{3}( ?[- ._/] ?)\d{2}\1\d{4}(?![\w-])")
# Forms that nothing else has; each may be told without a cue.
_FORMS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("CURP, Mexico", re.compile(r"(?<!\w)[a-z]{4}[- ]?\d{6}[- ]?[hmx][a-z]{5}[- ]?[a-z0-9]\d(?!\w)")),
    (
        "RFC, Mexico",
        re.compile(r"(?<!\w)[a-z&]{3,4}-?\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])-?[a-z0-9]{3}(?!\w)"),
    ),
    ("cédula, Dominican Republic", re.compile(r"(?<![\w-])\d{3}-\d{7}-\d(?![\w-])")),
    ("CPF, Brazil", re.compile(r"(?<![\w.])\d{3}\.\d{3}\.\d{3}-\d{2}(?![\w-])")),
    ("RUT, Chile", re.compile(r"(?<![\w.])\d{1,2}\.\d{3}\.\d{3}-[\dk](?![\w-])")),
    ("CUIT, Argentina", re.compile(r"(?<![\w-])(?:20|23|24|27|30|33)-\d{8}-\d(?![\w-])")),
)
_NIT = re.compile(r"(?<![\w.])\d{3}\.?\d{3}\.?\d{3} ?- ?\d(?![\w-])")
_IBAN = re.compile(r"(?<!\w)[a-z]{2}\d{2}(?:[ -]?[a-z0-9]){11,40}")
_MANY_DIGITS = re.compile(r"\d(?:[ ./-]?\d){5}")
_IBAN_SIZES = {
    code[:2]: int(code[2:])
    for code in words(
        "ad24 ae23 al28 at20 az28 ba20 be16 bg22 bh22 bi27 br29 by28 ch21 cr22 cy28 cz24 de22 dj27 dk18 do28 ee20 eg29 es24 "
        "fi18 fk18 fo18 fr27 gb22 ge22 gi23 gl18 gr27 gt28 hr21 hu28 ie22 il23 iq23 is26 it27 jo30 kw30 kz20 lb28 lc32 li21 "
        "lt20 lu20 lv21 ly25 mc27 md24 me22 mk19 mn20 mr27 mt31 mu30 ni28 nl18 no15 om23 pk24 pl28 ps29 pt25 qa29 ro24 rs22 "
        "ru33 sa24 sc31 sd18 se24 si19 sk24 sm27 so23 st25 sv28 tl23 tn24 tr26 ua29 va22 vg24 xk20"
    )
}
# Presidio's recognisers with a check digit; one for each country, since a chance pass is one in ten or eleven.
_BY_COUNTRY: dict[str, tuple[str, ...]] = {
    "AU": ("AuTfnRecognizer", "AuMedicareRecognizer"),
    "CA": ("CaSinRecognizer",),
    "DE": ("DeTaxIdRecognizer",),
    "ES": ("EsNifRecognizer", "EsNieRecognizer"),
    "FI": ("FiPersonalIdentityCodeRecognizer",),
    "GB": ("NhsRecognizer", "UkNinoRecognizer"),
    "IN": ("InAadhaarRecognizer", "InPanRecognizer"),
    "IT": ("ItFiscalCodeRecognizer",),
    "KR": ("KrRrnRecognizer",),
    "PL": ("PlPeselRecognizer",),
    "SG": ("SgFinRecognizer",),
    "TH": ("ThTninRecognizer",),
    "TR": ("TrNationalIdRecognizer",),
    "ZA": ("ZaIdNumberRecognizer",),
}


@cache
def _recogniser(name: str) -> Any:
    """Presidio's recogniser of that name; imported at first need, it takes seconds."""
    with without_frameworks():
        from presidio_analyzer import predefined_recognizers

    return getattr(predefined_recognizers, name)()


def _checked(name: str, text: str) -> Iterator[tuple[int, int]]:
    """What the recogniser proves by its check digits (score 1)."""
    recogniser = _recogniser(name)
    for found in recogniser.analyze(text, recogniser.supported_entities, None):
        if found.score == 1.0:
            yield found.start, found.end


def social_security(lower: str, runs: Sequence[Run]) -> Iterator[Span]:
    """Nine digits said or written three, two and four."""
    for found in _SSN.finditer(lower):
        yield Span(*found.span(), "ssn", re.sub(r"\D", "", found[0]))
    for run in runs:
        parts = _breaths(run, lower)
        for place in range(len(parts) - 2):
            if [size for _, _, size in parts[place : place + 3]] == [3, 2, 4] and len(run.digits) < 13:
                start, end = parts[place][0], parts[place + 2][1]
                yield Span(start, end, "ssn", "".join(group.digits for group in run if start <= group.start < end))


def _breaths(run: Run, lower: str) -> list[tuple[int, int, int]]:
    """(start, end, digits) of the pieces of a spoken run between commas, dashes and dots."""
    pieces: list[tuple[int, int, int]] = []
    for group in run:
        gap = lower[pieces[-1][1] : group.start] if pieces else ""
        if pieces and group.spoken and not gap.strip():
            pieces[-1] = (pieces[-1][0], group.end, pieces[-1][2] + len(group.digits))
        else:
            pieces.append((group.start, group.end, len(group.digits)))
    return pieces


def national(lower: str, country: Sequence[str]) -> Iterator[Span]:
    """National and tax ids by their form, a Colombian NIT by its check digit, others by Presidio for the countries given."""
    for _, pattern in _FORMS:
        for found in pattern.finditer(lower):
            yield Span(*found.span(), "id", re.sub(r"\W", "", found[0]))
    for found in _NIT.finditer(lower):
        digits = re.sub(r"\D", "", found[0])
        if nit_check_digit(digits[:-1]) == int(digits[-1]):
            yield Span(*found.span(), "id", digits)
    if not _MANY_DIGITS.search(lower):
        return
    for name in (name for code in country for name in _BY_COUNTRY.get(code, ())):
        for start, end in _checked(name, lower.upper()):
            yield Span(start, end, "id", re.sub(r"\W", "", lower[start:end]))


def nit_check_digit(digits: str) -> int:
    """Check digit of a Colombian tax number (DIAN, Orden Administrativa 4 of 1989)."""
    weights = (3, 7, 13, 17, 19, 23, 29, 37, 41, 43, 47, 53, 59, 67, 71)
    rest = sum(weight * int(digit) for weight, digit in zip(weights, reversed(digits), strict=False)) % 11
    return rest if rest < 2 else 11 - rest


def ibans(lower: str) -> Iterator[Span]:
    """International bank account numbers of their country's length with the right remainder (ISO 13616)."""
    for found in _IBAN.finditer(lower):
        places = [place for place, char in enumerate(found[0]) if char.isalnum()]
        size = _IBAN_SIZES.get(found[0][:2])
        if size and len(places) >= size:
            end = places[size - 1] + 1
            number = "".join(found[0][place] for place in places[:size])
            if (
                not found[0][end : end + 1].isalnum()
                and int("".join(str(int(c, 36)) for c in number[4:] + number[:4])) % 97 == 1
            ):
                yield Span(found.start(), found.start() + end, "iban", number)
