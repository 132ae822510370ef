"""The database of targets, annotations, actions, rights and reviews, for the pages: opened once a process, and missed without harm."""

from collections.abc import Iterable
from dataclasses import dataclass
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING

from care_metrics.errors import DatabaseUnavailable
from care_metrics.reviews import open_database
from care_metrics.reviews.locate import database_url
from care_metrics.reviews.permissions import may
from care_metrics.reviews.rows import Annotation, Target
from care_metrics.scope import Scope

if TYPE_CHECKING:
    from care_metrics.reviews.engine import Database

# While it is down, pages do not wait for it again and again.
RETRY_S = 15.0

_lock = Lock()
_open: dict[str, "Database"] = {}
_refused: dict[str, tuple[float, DatabaseUnavailable]] = {}


@dataclass(frozen=True)
class Written:
    """What people wrote for the clients of a Scope; wrong: why none of it could be read, empty where it could."""

    targets: tuple[Target, ...] = ()
    annotations: tuple[Annotation, ...] = ()
    wrong: str = ""

    def of(self, client: str | None) -> "Written":
        """Only what concerns one client: its targets, its annotations and those for every client."""
        return Written(
            tuple(one for one in self.targets if one.client == client),
            tuple(one for one in self.annotations if one.client in (client, None)),
            self.wrong,
        )


NOTHING = Written()


def opened() -> "Database":
    """The database of the setting, brought up to date at its first opening; DatabaseUnavailable while it is down."""
    url = database_url()
    with _lock:
        if url not in _open:
            since, error = _refused.get(url, (float("-inf"), None))
            if error and monotonic() - since < RETRY_S:
                raise error
            try:
                _open[url] = open_database(url)
            except DatabaseUnavailable as refused:
                _refused[url] = monotonic(), refused
                raise
    return _open[url]


def read(scope: Scope) -> Written:
    """Read anew in each run, so that what was saved a moment ago is there; nothing for who may see nothing."""
    if not (may(scope, "see targets") and may(scope, "see annotations")):
        return NOTHING
    from care_metrics.reviews.annotations import annotations
    from care_metrics.reviews.targets import all_targets

    try:
        found = opened()
        return Written(tuple(all_targets(scope, found)), tuple(annotations(scope, found)))
    except DatabaseUnavailable as error:
        return Written(wrong=str(error))


def sole(clients: Iterable[str], chosen: tuple[str, ...] = ()) -> str | None:
    """The one client that is looked at: the chosen one, or the only one there is."""
    names = chosen or tuple(clients)
    return names[0] if len(names) == 1 else None
