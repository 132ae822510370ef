"""The credit that accepted disputes withdraw, out of the database of reviews beside the store."""

from care_metrics.errors import DatabaseUnavailable
from care_metrics.reviews.locate import database_url, sqlite_path
from care_metrics.scope import operator
from care_metrics.store import Store

# interaction_id, pillar, behaviour, source, turn_no, event_id
Claim = tuple[str, str | None, str | None, str | None, int | None, str | None]


def overturned(store: Store, client: str) -> tuple[Claim, ...] | None:
    """The claims in a fixed order; None where the database does not answer, so that nothing is concluded from its silence."""
    url = database_url(store=store.url)
    path = sqlite_path(url)
    if path and not path.exists():
        return ()
    # SQLAlchemy costs 0.3 s: not for a store that nobody has reviewed.
    from care_metrics.reviews import open_database
    from care_metrics.reviews.disputes import disputes

    try:
        found = disputes(operator([client]), open_database(url), client, "accepted")
    except DatabaseUnavailable:
        return None
    claims = {
        (one.interaction_id, one.pillar, one.behaviour, one.source, one.turn_no, one.event_id)
        for one in found
        if one.about == "evidence"
    }
    return tuple(sorted(claims, key=repr))
