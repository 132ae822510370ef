"""From a login to a Scope: looked up in the database each time, never remembered."""

from collections.abc import Iterable
from enum import Enum, auto

from care_metrics.reviews.rows import Reader
from care_metrics.scope import NOBODY, Scope
from care_metrics.ui import database
from care_metrics.ui.entrance.cookie import Login


class Refusal(Enum):
    """Why somebody sees nothing."""

    SIGNED_OUT = auto()
    EXPIRED = auto()
    UNKNOWN = auto()


def admit(login: Login | None) -> Reader | Refusal:
    """The reader behind a login, if their rights stand and their session lives; DatabaseUnavailable while it cannot be told."""
    from care_metrics.reviews import sign_in

    if login is None:
        return Refusal.SIGNED_OUT
    found = database.opened()
    reader = sign_in.identify(found, login.identity)
    if reader is None or reader.id is None:
        return Refusal.UNKNOWN
    alive = sign_in.alive(sign_in.seen(found, login.token, reader.id), reader.id)
    return reader if alive else Refusal.EXPIRED


def scope_of(login: Login | None, known: Iterable[str]) -> Scope | Refusal:
    """The Scope over the clients the store knows."""
    from care_metrics.reviews import sign_in

    admitted = admit(login)
    if login is None or isinstance(admitted, Refusal):
        return admitted if isinstance(admitted, Refusal) else Refusal.SIGNED_OUT
    scope = sign_in.scope_of(database.opened(), login.identity, known)
    return Refusal.UNKNOWN if scope == NOBODY or not scope.clients else scope
