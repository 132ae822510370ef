"""Names known beforehand: the agents and customers of the export."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from care_metrics.privacy.folding import fold
from care_metrics.privacy.vocabulary import Sort, sort_of
from care_metrics.privacy.word_lists import listed

_REMEMBERED = 200_000  # words
WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")


@dataclass(frozen=True)
class Roster:
    """Full names, which hold as a whole and by their parts."""

    names: frozenset[str] = field(default_factory=frozenset)

    @cached_property
    def _whole(self) -> dict[str, list[tuple[str, ...]]]:
        """First part -> the names of two parts and more that begin with it, longest first."""
        starts: dict[str, list[tuple[str, ...]]] = {}
        for name in self.names:
            parts = tuple(WORD.findall(fold(name).lower))
            if len(parts) > 1:
                starts.setdefault(parts[0], []).append(parts)
        return {first: sorted(names, key=len, reverse=True) for first, names in starts.items()}

    @cached_property
    def parts(self) -> frozenset[str]:
        """Every part of three letters and more, particles left out."""
        parts = {part for name in self.names for part in WORD.findall(fold(name).lower)}
        return frozenset(part for part in parts if len(part) > 2 and part not in listed("particles"))

    def begins(self, word: str) -> bool:
        """Whether a whole name of several parts begins with this word."""
        return word in self._whole

    def length_at(self, words: Sequence[str], place: int) -> int:
        """How many words from this place on are one whole name; 0 if none begins here."""
        for parts in self._whole.get(words[place], ()):
            if tuple(words[place : place + len(parts)]) == parts:
                return len(parts)
        return 0

    @cached_property
    def _sorts(self) -> dict[str, Sort]:
        return {}

    def sort(self, word: str) -> Sort:
        """The kind of a word, a known name being one unless it is also a word."""
        if (known := self._sorts.get(word)) is not None:
            return known
        if len(self._sorts) >= _REMEMBERED:
            self._sorts.clear()
        sort = sort_of(word)
        if word in self.parts:
            sort = "either" if sort in ("either", "word") else "given"
        self._sorts[word] = sort
        return sort
