"""Dates of birth: a date, written or said, after words that ask for one."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from operator import attrgetter

from care_metrics.privacy.cues import Cue
from care_metrics.privacy.folding import MASKED
from care_metrics.privacy.numbers import FILLERS, NUMBER_WORDS
from care_metrics.privacy.spans import Span
from care_metrics.privacy.word_lists import words

_MONTHS = words(
    "january february march april may june july august september october november december jan feb mar apr jun "
    "jul aug sep sept oct nov dec enero febrero marzo abril mayo junio julio agosto septiembre setiembre octubre "
    "noviembre diciembre janeiro fevereiro março maio junho julho setembro outubro novembro dezembro marco"
)
_ORDINALS = words(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth thirtieth primero primeiro thousand mil"
)
_JOINTS = words("of the de del do and y e in on el st nd rd th , / - . '") | (FILLERS - {"no", "sorry"})
_TOKEN = re.compile(r"\d+|[a-z]+|[^\w\s]|\x02")
_LEAD = 8  # words like "it's", "the", "is on" between the cue and the date
_REACH = 200  # characters of the cue and its date


def birth_dates(lower: str, cues: Sequence[Cue], asked: str | None) -> Iterator[Span]:
    """The first date after each cue for a date of birth, or in the answer to one."""
    begins = [cue.end for cue in cues if cue.kind == "birth_date"]
    if asked == "birth_date" and not cues:
        begins.append(0)
    for begin in begins:
        place = bisect_left(cues, begin, key=attrgetter("start"))
        until = cues[place].start if place < len(cues) else len(lower)
        if span := _first_date(lower, begin, min(until, begin + _REACH)):
            yield span


def _first_date(lower: str, begin: int, until: int) -> Span | None:
    told: list[re.Match[str]] = []
    lead = 0
    for found in _TOKEN.finditer(lower, begin, until):
        token = found[0]
        if token[0].isdigit() or token in _MONTHS or token in _ORDINALS or token in NUMBER_WORDS:
            told.append(found)
        elif told and token in _JOINTS:
            continue
        elif token == MASKED or _is_date(told) or lead >= _LEAD:
            break
        else:
            told, lead = [], lead + 1
    if not _is_date(told):
        return None
    start, end = told[0].start(), told[-1].end()
    return Span(start, end, "birth_date", re.sub(r"\W+", " ", lower[start:end]))


def _is_date(told: Sequence[re.Match[str]]) -> bool:
    """Whether the tokens name a day or a year: a month and a number, several numbers, or one of a date's length."""
    tokens = [found[0] for found in told]
    months = sum(token in _MONTHS for token in tokens)
    written = [token for token in tokens if token[0].isdigit()]
    if len(tokens) == 1:
        return bool(written) and (
            len(written[0]) in (6, 8) or (len(written[0]) == 4 and written[0][:2] in ("19", "20"))
        )
    return bool(months) or len(written) > 1 or len(tokens) > 2
