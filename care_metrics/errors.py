"""Every error raised on purpose, grouped by whose fault it is; this module imports nothing of ours.

A message is one sentence (two at most): where, what is wrong, what was found, what to do next.
The command line prints it and exits 1; a page shows it in place of the block that failed.
"""

from collections.abc import Iterable
from difflib import get_close_matches


class CareMetricsError(Exception):
    """Something the reader or operator can put right; its text is meant for them."""


# The one who asks is at fault.


class UnknownName(CareMetricsError, LookupError):
    """A KPI, dimension, client, format or model was asked for by a name nobody registered."""

    def __init__(self, kind: str, name: str, known: Iterable[str]) -> None:
        known = sorted(known)
        near = get_close_matches(name.lower(), known, n=1)
        hint = f"Did you mean {near[0]!r}?" if near else f"Known: {', '.join(known) or 'none yet'}."
        super().__init__(f"No {kind} named {name!r}. {hint}")


class BadRequest(CareMetricsError, ValueError):
    """The question cannot be answered as it was put: a date, filter or combination that makes no sense."""


class NotAllowed(CareMetricsError, PermissionError):
    """The Scope of the one who asks does not cover what was asked for."""


class EditConflict(CareMetricsError):
    """Somebody saved another text first. mine, theirs: the two rows, for the page to show side by side; nothing is lost."""

    def __init__(self, message: str, mine: object, theirs: object) -> None:
        self.mine, self.theirs = mine, theirs
        super().__init__(message)


# The data is at fault.


class FileRefused(CareMetricsError, ValueError):
    """A whole file cannot be taken; the other files of the same call still are."""

    def __init__(self, file: object, wrong: str) -> None:
        self.file, self.wrong = str(file), wrong
        super().__init__(f"{self.file}: {wrong}")


class BadClient(CareMetricsError, ValueError):
    """A client that is no slug, or so near to a known one that it is probably a slip."""


class RedactionFailed(CareMetricsError, RuntimeError):
    """Personal data could not be looked for: the transcripts at `positions` of the call must not be published.

    The message never quotes a text.
    """

    def __init__(self, positions: Iterable[int], wrong: str) -> None:
        self.positions, self.wrong = tuple(positions), wrong
        where = (
            f"{len(self.positions)} texts (the first is number {self.positions[0]})" if self.positions else "the call"
        )
        super().__init__(f"Redaction of {where} failed: {wrong}. Nothing of it was published; leave it out and go on.")


# The place is at fault.


class StoreBusy(CareMetricsError, TimeoutError):
    """Another ingest, score or erase holds the store's lock."""


class StoreUnreadable(CareMetricsError, OSError):
    """The store is absent, damaged or of a kind this version cannot read."""


class DatabaseUnavailable(CareMetricsError, OSError):
    """The database of reviews, targets and rights is absent, full, locked, unsafe to use or does not answer."""


class ModelUnavailable(CareMetricsError, OSError):
    """Weights are missing, altered, unsafe to load, or of a kind that cannot do the task."""
