"""What only the turns together tell: answers to a question, and card numbers told over up to three turns."""

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from care_metrics.privacy.cards import SHORTEST, WORDS_BETWEEN, windows
from care_metrics.privacy.claims import CLAIMS
from care_metrics.privacy.numbers import Group
from care_metrics.privacy.reading import Reading
from care_metrics.privacy.spans import Span, merged

TURNS_JOINED = 3
_PATIENCE = 6  # turns for which a question stays open
_WORDS_ACROSS = 6  # other words between the pieces of two turns, beside those allowed in one
_GAP = 4  # turns between two pieces of a number
Read = Callable[[str, str | None], Reading]


@dataclass
class _Question:
    """The kind of value that was announced last, and who has said what of it."""

    kind: str | None = None
    answerer: str | None = None
    said: str = ""
    patience: int = 0

    def asks(self, speaker: str, text: str, read: Read) -> str | None:
        """The kind this turn may answer: the answerer until all is said, anybody else only by repeating it."""
        if self.patience <= 0 or self.kind is None:
            return None
        if self.answerer in (None, speaker):
            return None if self.answered else self.kind
        digits = "".join(group.digits for group in read(text, None).groups)
        return self.kind if len(digits) > 1 and (digits in self.said or self.said in digits) else None

    @property
    def answered(self) -> bool:
        """Whether all of it has been said."""
        return len(self.said) >= (CLAIMS[self.kind].full if self.kind in CLAIMS else 1)

    def heard(self, speaker: str, reading: Reading) -> None:
        """Take note of a turn."""
        self.patience -= 1
        if reading.cue:
            self.kind, self.said, self.patience = reading.cue, reading.said, _PATIENCE
            self.answerer = speaker if reading.said else None
        elif reading.said and self.answerer in (None, speaker):
            self.answerer, self.said = speaker, self.said + reading.said


class _Piece(NamedTuple):
    place: int
    reading: Reading


def spans_of(texts: Sequence[str], speakers: Sequence[str], read: Read) -> list[tuple[Span, ...]]:
    """The spans of each turn of one conversation, in order."""
    spans: list[tuple[Span, ...]] = []
    pieces: dict[str, deque[_Piece]] = defaultdict(lambda: deque(maxlen=TURNS_JOINED))
    question = _Question()
    for place, (text, speaker) in enumerate(zip(texts, speakers, strict=True)):
        reading = read(text, question.asks(speaker, text, read))
        question.heard(speaker, reading)
        spans.append(reading.spans)
        if reading.groups:
            pieces[speaker].append(_Piece(place, reading))
            _join(pieces[speaker], spans)
    return spans


def _join(pieces: Iterable[_Piece], spans: list[tuple[Span, ...]]) -> None:
    """Add the spans of card numbers that begin in an earlier turn of the speaker and end in the last."""
    told = list(pieces)
    while len(told) > 1 and told[1].place - told[0].place > _GAP:
        told.pop(0)
    while len(told) > 1:
        groups = [group for piece in told for group in piece.reading.groups]
        owners = [number for number, piece in enumerate(told) for _ in piece.reading.groups]
        if sum(len(group.digits) for group in groups) >= SHORTEST:
            for first, last in windows(groups):
                if owners[first] == 0 and owners[last] == len(told) - 1 and _is_one_breath(told, first, last):
                    _mark(told, groups[first : last + 1], owners[first : last + 1], spans)
        told.pop(0)


def _is_one_breath(told: Sequence[_Piece], first: int, last: int) -> bool:
    """Whether few other words stand between the groups, within the turns and across them."""
    gaps: list[int] = []
    for piece in told:
        # Across two turns there is more to say: "okay so the next four are".
        across = max(0, gaps.pop() + piece.reading.gaps[0] - _WORDS_ACROSS) if gaps else 0
        gaps += [across, *piece.reading.gaps[1:]]
    return max(gaps[first + 1 : last + 1]) <= WORDS_BETWEEN


def _mark(
    told: Sequence[_Piece], groups: Sequence[Group], owners: Sequence[int], spans: list[tuple[Span, ...]]
) -> None:
    """Cover the pieces of one number in each of its turns."""
    for number, piece in enumerate(told):
        mine = [group for group, owner in zip(groups, owners, strict=True) if owner == number]
        start, end = piece.reading.folded.original(mine[0].start, mine[-1].end)
        spans[piece.place] = tuple(merged([*spans[piece.place], Span(start, end, "card")]))
