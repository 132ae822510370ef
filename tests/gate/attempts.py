"""Random attempts at the gate: any reader, any question, any filter, in any order over the same caches."""

import random
from collections.abc import Iterator

from care_metrics.attention import ORDERS, WHY
from care_metrics.errors import CareMetricsError
from care_metrics.filters import Filters
from care_metrics.kpis import CATALOGUE
from care_metrics.measure import Question
from care_metrics.schema import DIMENSIONS
from care_metrics.scope import NOBODY, Scope, operator
from care_metrics.store import Store
from care_metrics.ui import cached
from care_metrics.ui.cached import Edition
from tests.gate.marked import MARKERS, foreign

THERE, STAY = 12, 250
ROLES = ("executive", "qa_lead", "account_manager", "admin")
VALUES = ("voice", "", "' OR 1=1 --", *(f"{m}_{name}" for m in MARKERS.values() for name in ("site", "team", "reason")))


def readers() -> list[Scope]:
    """Clients, staff of one, agents, the operator, and nobody."""
    found = [NOBODY, operator(MARKERS)]
    for client, marker in MARKERS.items():
        only = frozenset({client})
        found += [Scope(only, "client", f"{marker} {n}", "client") for n in range(3)]
        found += [Scope(only, "internal", f"staff {role}", role) for role in ROLES]
        found.append(Scope(only, "internal", "agent", "agent", (("agent_id", (f"{marker}_agent_id",)),)))
        # The same name in both: only the clients tell these two apart.
        found.append(Scope(only, "internal", "one of both", "executive"))
    return found


def leaks(store: Store, attempts: int, seed: int) -> Iterator[str]:
    """One line for each answer that held what its reader may not see."""
    rng, edition, who = random.Random(seed), Edition(store, store.snapshot()), readers()
    present = who
    for number in range(attempts):
        # Those who are there change: fewer at a time than the cache keeps connections, more in all.
        present = rng.sample(who, THERE) if number % STAY == 0 else present
        scope = rng.choice(present)
        try:
            shown = str(_ask(rng, scope, edition))
        except (CareMetricsError, AssertionError) as refused:
            shown = str(refused)
        found = foreign(shown, *scope.clients)
        if scope.audience == "client" and "_agent_id" in shown:
            found.append("an agent by name")
        if found:
            yield f"attempt {number}: {scope.reader} of {sorted(scope.clients)} saw {found}"


def _ask(rng: random.Random, scope: Scope, edition: Edition) -> object:
    client, marker = rng.choice(list(MARKERS.items()))
    leg = f"{marker}-{client[0]}{rng.randrange(0, 30, 3)}"
    where = tuple(
        (name, (rng.choice(VALUES),)) for name in rng.sample(("site", "team", "reason", "channel"), rng.randint(0, 1))
    )
    filters, name = Filters(where=where), rng.choice(_SOME)
    kind = rng.randrange(14)
    if kind == 0:
        return cached.options(scope, edition, rng.choice(sorted(DIMENSIONS)))
    if kind == 1:
        by = (rng.choice(("client", "site", "team", "agent_id", "reason")),)
        return [frame.to_dicts() for frame in cached.answers(scope, edition, (Question((name,), filters, by),))]
    if kind == 2:
        return cached.contacts(scope, edition, name, filters).head(3).to_dicts()
    if kind == 3:
        # A count has no words: what another reader counts must not be what this one is told.
        return (
            cached.count_contacts(scope, edition, name, filters)
            if scope.clients
            else _none(cached.count_contacts(scope, edition, name, filters))
        )
    if kind == 4:
        # What was asked for is the reader's own word, and no answer.
        return [row["text"] for row in cached.transcript(scope, edition, client, leg).to_dicts()]
    if kind == 5:
        return cached.one_contact(scope, edition, client, leg)
    if kind == 6:
        why = tuple(rng.sample(sorted(WHY), rng.randint(0, 2)))
        return cached.queue(scope, edition, filters, why, rng.choice(sorted(ORDERS))).rows.head(3).to_dicts()
    if kind == 7:
        return cached.find(scope, edition, rng.choice((leg, f"{marker}_text", "' OR 1=1 --"))).head(3).to_dicts()
    if kind == 8:
        return cached.evidence(scope, edition, client, leg).to_dicts()
    if kind == 9:
        return cached.data_facts(scope, edition).freshness.to_dicts()
    if kind == 10:
        noted = cached.load_records(scope, edition)
        return [frame.to_dicts() for frame in (noted.loads, noted.quarantine) if frame is not None]
    if kind == 11:
        return cached.voices(scope, edition, filters)
    if kind == 12:
        return cached.every_contact(scope, edition, name, filters).to_dicts()
    return cached.bounds(scope, edition) if scope.clients else _none(cached.bounds(scope, edition))


def _none(answer: object) -> str:
    return "" if not answer else "vexalia or quorix: nobody was told something"


_SOME = sorted(name for name, entry in CATALOGUE.items() if entry.grain in ("leg", "contact", "survey"))
