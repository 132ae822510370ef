"""make-current: let the scores of a revision count, build everything that rests on them, publish at once."""

import sys

from care_metrics.access import SENTIMENT_TASKS
from care_metrics.commands.revisions import make_current
from care_metrics.commands.roll_up import roll_up
from care_metrics.errors import BadRequest
from care_metrics.store import open_store, publishing

TASKS = (*SENTIMENT_TASKS, "behaviours")


def run_make_current(url: str | None, task: str, revision: str) -> None:
    """Readers see the old revision's numbers until all clients have the new one's."""
    if task not in TASKS:
        raise BadRequest(
            f"make-current: {task!r} is not a kind of scoring; use {', '.join(TASKS[:-1])} or {TASKS[-1]}."
        )
    store = open_store(url)
    with publishing(store) as publication:
        if not make_current(store, task, revision):
            print(f"{task}: {revision} is current already", file=sys.stderr)
            return
        roll_up(publication, sorted(store.clients(publication.base)), derive=True)
        publication.commit()
    print(f"{task}: {revision} counts now; snapshot {store.snapshot().version}", file=sys.stderr)
