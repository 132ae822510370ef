"""What every model offers to those who score turns: a name, a revision, and a frame of columns for texts."""

from collections.abc import Sequence
from typing import Protocol

import polars as pl


class Scorer(Protocol):
    """A loaded model. Equal texts with equal context score equally under one `revision`: cache by it."""

    @property
    def name(self) -> str:
        """What it scores: `sentiment` or `behaviours`."""
        ...

    @property
    def revision(self) -> str:
        """First 12 hex digits of the hash over every file the scores depend on."""
        ...

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns `score` returns."""
        ...

    def score(self, texts: Sequence[str], previous: Sequence[str] | None = None) -> pl.DataFrame:
        """One row a text, in its order; `previous` holds the turn before each text, '' where there was none."""
        ...
