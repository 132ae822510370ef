"""Numbers that are private because of the words around them: a CVV, a PIN, a social security number, an id."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import NamedTuple

from care_metrics.privacy.cues import Cue
from care_metrics.privacy.folding import MASKED
from care_metrics.privacy.numbers import FILLERS, TOKEN, Run, is_counted, is_part_of_code
from care_metrics.privacy.spans import Span


class Claim(NamedTuple):
    """How many digits a cue of this kind may claim.

    least, most: of a value said whole; full: enough to be all of it; part: the fewest that count as a piece of it,
    when the speaker was asked for it or stopped in the middle of it (0: pieces are never claimed).
    """

    least: int
    most: int
    full: int
    part: int = 0


CLAIMS: dict[str, Claim] = {
    "card": Claim(12, 24, 13, 4),
    "cvv": Claim(3, 4, 3, 1),
    "pin": Claim(4, 8, 4),
    "ssn": Claim(4, 20, 9, 2),
    "iban": Claim(10, 40, 12),
    "bank_account": Claim(5, 20, 5),
    "id": Claim(5, 15, 5, 3),
    "address": Claim(5, 9, 5),
    "phone": Claim(7, 15, 10, 3),
}
REACH = 80  # characters between a cue and its number
_TRAILING_PIECES = ("card", "ssn")  # pieces of these go also where nobody asked
_SAID_AFTER = re.compile(
    r"\W{0,3}(?:is|was|es|era|e|would be|are|as|for)\W+(?:(?:my|the|mi|el|la|o|a|your|his|her|our)\W+)?"
)
_LIMBS = re.compile(r"[a-z0-9]*")


def cue_of(run: Run, lower: str, cues: Sequence[Cue], asked: str | None) -> Cue | None:
    """The nearest cue before the run, within reach; with none, what the last speaker asked for."""
    place = bisect_right(cues, run.start, key=attrgetter("end"))
    if place:
        nearest = cues[place - 1]
        answered = (
            MASKED in lower[nearest.end : min(run.start, nearest.end + REACH)]
        )  # by what an earlier pass took out
        return None if answered or run.start - nearest.end > REACH else nearest
    return Cue(0, 0, asked) if asked else None


def claimed(lower: str, runs: Sequence[Run], cues: Sequence[Cue], asked: str | None) -> Iterator[Span]:
    """Spans of the numbers that cues claim; each cue claims the first number after it."""
    used: set[Cue] = set()
    for run in runs:
        cue = cue_of(run, lower, cues, asked)
        if cue is None or cue.kind == "keep" or cue in used:
            cue = _cue_after(run, lower, cues)
        if cue is None or cue.kind not in CLAIMS or is_counted(run, lower):
            continue
        if cue.kind != "id" and is_part_of_code(run, lower):
            continue
        if span := _claim(cue, run, lower, cue.start == cue.end):
            if cue.end > cue.start:
                used.add(cue)
            yield span


def _cue_after(run: Run, lower: str, cues: Sequence[Cue]) -> Cue | None:
    """The cue of "123 is my security code"."""
    said = _SAID_AFTER.match(lower, run.end)
    place = bisect_left(cues, said.end(), key=attrgetter("start")) if said else len(cues)
    return cues[place] if said and place < len(cues) and cues[place].start == said.end() else None


def _claim(cue: Cue, run: Run, lower: str, was_asked: bool) -> Span | None:
    rule, size = CLAIMS[cue.kind], len(run.digits)
    last = len(run)
    if size > rule.most:
        last = len(run) if run.slips or (len(run) == 1 and size <= 2 * rule.most) else _leading(run, rule)
        size = sum(len(group.digits) for group in run[:last])
    piece = (
        rule.part and size >= rule.part and (was_asked or (cue.kind in _TRAILING_PIECES and is_trailing(run, lower)))
    )
    written_card = cue.kind == "card" and size >= rule.least and not any(group.spoken for group in run)
    if written_card or not (last and (piece or size >= rule.least)):
        return None
    start, end = _with_limbs(lower, run[0].start, run[last - 1].end)
    return Span(start, end, cue.kind, "".join(group.digits for group in run[:last]))


def _leading(run: Run, rule: Claim) -> int:
    """How many leading groups fill the claim without exceeding it."""
    size = 0
    for place, group in enumerate(run):
        size += len(group.digits)
        if size > rule.most:
            return place
    return len(run)


def is_trailing(run: Run, lower: str) -> bool:
    """Whether nothing but fillers follows the run."""
    return all(token[0] in FILLERS for token in TOKEN.finditer(lower, run.end))


def _with_limbs(lower: str, start: int, end: int) -> tuple[int, int]:
    """The span grown by letters and digits that touch it: passport "ab1234567", licence "d123x"."""
    while start and lower[start - 1].isalnum():
        start -= 1
    found = _LIMBS.match(lower, end)
    return start, found.end() if found else end


def announced(cues: Sequence[Cue], spans: Sequence[Span], asked: str | None) -> tuple[str | None, str]:
    """(kind of the text's last cue, what was said of it); without a cue, what was said of the kind asked for."""
    kind, after = (cues[-1].kind, cues[-1].start) if cues else (asked, 0)
    said = "".join(span.value for span in sorted(spans) if span.kind == kind and span.end >= after)
    return (kind if cues else None), said
