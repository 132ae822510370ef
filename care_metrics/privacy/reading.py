"""One text read once: what must go from it, the numbers left in it, and what it announces."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from operator import attrgetter

from care_metrics.privacy.cards import SHORTEST, broken_cards, cards_in
from care_metrics.privacy.claims import CLAIMS, announced, claimed
from care_metrics.privacy.contacts import emails, has_phone_form, phones
from care_metrics.privacy.cues import Cue, find_cues
from care_metrics.privacy.dates import birth_dates
from care_metrics.privacy.folding import Folded, fold
from care_metrics.privacy.identifiers import ibans, national, social_security
from care_metrics.privacy.names import find_names
from care_metrics.privacy.ner import confirmed, doubts
from care_metrics.privacy.numbers import NUMBER_WORDS, Group, Run, find_runs, is_counted, is_part_of_code, words_between
from care_metrics.privacy.places import addresses, may_hold_address
from care_metrics.privacy.roster import WORD, Roster
from care_metrics.privacy.spans import Span, merged
from care_metrics.privacy.tokens import LONGEST_ANSWER, Token, may_hold_names, tokens_of

_SHORTEST_NUMBER = 6  # digits of the shortest id, account or phone number known by its form
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Reading:
    """What was found in one text.

    spans: disjoint stretches of the text as written; groups: digits that no span covers, positions in the plain text; gaps: plain words before each of them and after the last;
    doubtful: words that may be names, for the NER; cue: the kind of value its last words announce; numeric, length: whether numbers were looked for, and its words; said: what it says of that kind, else of the kind asked for.
    """

    folded: Folded
    spans: tuple[Span, ...]
    groups: tuple[Group, ...]
    gaps: tuple[int, ...]
    doubtful: tuple[Token, ...]
    cue: str | None
    said: str
    numeric: bool
    length: int

    def answers(self, asked: str) -> bool:
        """Whether a question for this kind could change anything: numbers need digits, names a short turn."""
        if asked in CLAIMS or asked == "keep":
            return self.numeric
        return asked != "name" or self.length <= LONGEST_ANSWER

    def with_people(self, people: Sequence[tuple[int, int]]) -> "Reading":
        """The same reading with the persons the NER found among the doubtful words."""
        names = (
            Span(*self.folded.original(span.start, span.end), span.kind, span.value)
            for span in confirmed(self.folded, self.doubtful, people)
        )
        return replace(self, spans=tuple(merged([*self.spans, *names])))


@dataclass(frozen=True)
class Reader:
    """Reads texts for one export: whose names are known and where its people live."""

    roster: Roster
    regions: tuple[str, ...]

    def read(self, text: str, asked: str | None = None) -> Reading:
        """All finds in one text, in the light of what the speaker before asked for."""
        folded = fold(text)
        lower = folded.lower
        said_words = WORD.findall(lower)
        words = set(said_words)
        cues = find_cues(lower)
        finds: list[Span] = []
        doubtful: tuple[Token, ...] = ()
        if may_hold_names(words, self.roster, asked):
            tokens = tokens_of(folded, self.roster, asked)
            finds += find_names(folded, tokens, self.roster)
            doubtful = tuple(doubts(folded, tokens, finds))
        groups: tuple[Group, ...] = ()
        spoken = sum(word in NUMBER_WORDS for word in said_words)
        written = bool(_DIGIT.search(lower))
        if written or spoken > (0 if asked else 1):
            runs = _outside(find_runs(lower), cues)
            finds += self._numbers(lower, runs, cues, asked)
            if may_hold_address(words):
                finds += addresses(lower)
            loose = _uncovered(runs, finds, lower)
            groups = tuple(group for group in loose if not (is_counted(group, lower) or is_part_of_code(group, lower)))
        finds += emails(lower, cues, asked)
        finds += birth_dates(lower, cues, asked)
        cue, said = announced(cues, finds, asked)
        spans = merged(Span(*folded.original(span.start, span.end), span.kind, span.value) for span in finds)
        gaps = tuple(words_between(lower, groups)) if groups else ()
        return Reading(folded, tuple(spans), groups, gaps, doubtful, cue, said, written or spoken > 0, len(said_words))

    def _numbers(self, lower: str, runs: Sequence[Run], cues: Sequence[Cue], asked: str | None) -> Iterator[Span]:
        size = sum(len(run.digits) for run in runs)
        if size >= SHORTEST - 1:  # a slip may hide a digit
            yield from self._cards(lower, runs, cues, asked)
        yield from claimed(lower, runs, cues, asked)
        if size >= _SHORTEST_NUMBER:
            yield from social_security(lower, runs)
            yield from national(lower, self.regions)
            yield from ibans(lower)
            yield from phones(lower, runs, cues, asked, self.regions)

    def _cards(self, lower: str, runs: Sequence[Run], cues: Sequence[Cue], asked: str | None) -> Iterator[Span]:
        for run in runs:
            yield from cards_in(run, lower)
        yield from broken_cards(lower, runs, any(cue.kind == "card" for cue in cues) or asked == "card")


def _outside(runs: Sequence[Run], cues: Sequence[Cue]) -> list[Run]:
    """The runs without the digits that belong to a cue, as in "the three digits on the back"."""
    inside = [cue for cue in cues if cue.kind in CLAIMS or cue.kind == "keep"]
    if not inside:
        return list(runs)
    parted: list[Run] = []
    for run in runs:
        for is_inside, groups in groupby(run, key=lambda group: _is_within(inside, group.start)):
            if not is_inside:
                parted.append(Run(groups))
    return parted


def _is_within(cues: Sequence[Cue], position: int) -> bool:
    place = bisect_right(cues, position, key=attrgetter("start"))
    return place > 0 and position < cues[place - 1].end


def _uncovered(runs: Sequence[Run], spans: Sequence[Span], lower: str) -> tuple[Group, ...]:
    """Digit groups that are no card and no phone number by its form: what may be a piece of a card told over turns."""
    covered = sorted(
        (span.start, span.end)
        for span in spans
        if span.kind == "card" or (span.kind == "phone" and has_phone_form(lower[span.start : span.end]))
    )
    left, place = [], 0
    for group in (group for run in runs for group in run):
        while place < len(covered) and covered[place][1] <= group.start:
            place += 1
        if place == len(covered) or covered[place][0] > group.start:
            left.append(group)
    return tuple(left)
