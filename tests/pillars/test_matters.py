"""Evidence that is derived bucket by bucket is the same as that of the whole, and a bucket holds whole matters."""

from collections.abc import Callable
from functools import partial

import polars as pl
import pytest

from care_metrics.commands import derive_evidence as room
from care_metrics.commands.demo import reading_of
from care_metrics.commands.derive_evidence import derive_evidence
from care_metrics.commands.ingest import publish_readings
from care_metrics.commands.matters import Matters, bucketed
from care_metrics.commands.score import SENTIMENT, score
from care_metrics.commands.score_behaviours import BEHAVIOURS
from care_metrics.demo import simulate
from care_metrics.pillars import Records, derive, learnt
from care_metrics.store import Publication, Store, publishing
from tests.conftest import leg as told_leg
from tests.pillars.rows import leg, records
from tests.pillars.test_stored import ANGRY, KIND, Judge, Mood, stored, talk

CLIENT = "cobalt_mobile"


def ids(*rows: tuple[int, int, int | None, int | None]) -> pl.DataFrame:
    names = ("leg", "contact", "case", "customer")
    return pl.DataFrame(rows, schema=dict.fromkeys(names, pl.UInt64), orient="row")


def test_legs_that_are_tied_through_others_come_together() -> None:
    legs = ids(
        (10, 10, None, 1),  # same customer as the next, whose case is that of the third, which has two legs
        (11, 11, 5, 1),
        (12, 12, 5, None),
        (13, 12, None, None),
        (14, 14, None, None),  # nothing in common: missing ids tie nobody
        (15, 15, None, None),
    )
    found = dict(bucketed(legs, 1_000).rows())
    assert {found[leg] for leg in (10, 11, 12, 13)} == {10}
    assert (found[14], found[15]) == (14, 15)


def scored(store: Store, publication: Publication, client: str) -> None:
    for scorer, job in ((Mood(), SENTIMENT), (Judge(), BEHAVIOURS)):
        score(store, publication, scorer, [client], job=job)


def test_buckets_of_a_centre_derive_what_the_whole_does(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    with publishing(store) as publication:
        tables = simulate(1_500, 3)[CLIENT]
        readings = [reading_of(table, rows) for table, rows in tables.items() if rows.height]
        publish_readings(publication, CLIENT, "UTC", readings)
        scored(store, publication, CLIENT)
        whole, reasons = (stored(store, table, CLIENT) for table in ("derived_evidence", "unscored_legs"))
        assert set(whole["source"]) == {"text", "operational"}
        monkeypatch.setattr(room, "Matters", partial(Matters, most=200))
        told = list[tuple[int, int]]()
        assert not derive_evidence(store, CLIENT, (), lambda what, done, total, note="": told.append((done, total)))
        assert len(told) == told[0][1] > 5
        for table in ("derived_evidence", "unscored_legs"):
            store.replace(table, stored(store, table, CLIENT).head(3), CLIENT, None)
        assert derive_evidence(store, CLIENT)
        for table, rows in (("derived_evidence", whole), ("unscored_legs", reasons)):
            again = store.read_now(table, [CLIENT])
            assert again is not None
            order = sorted(rows.columns)
            assert again.select(order).sort(order).equals(rows.select(order).sort(order)), table


def test_turns_without_a_leg_and_withdrawn_credit_stand_in_buckets_too(
    load: Callable, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "Matters", partial(Matters, most=2))
    load("acme", interactions=[told_leg(1), told_leg(2)], turns=talk("i1", ANGRY, KIND) + talk("i9", "hi"))
    with publishing(store) as publication:
        scored(store, publication, "acme")
    assert stored(store, "unscored_legs").select("interaction_id", "reason").rows() == [("i9", "one side only")]
    [row] = stored(store).filter(pl.col("behaviour") == "acknowledges_feeling").to_dicts()
    claim = tuple(row[name] for name in room.DISPUTED)
    with publishing(store):
        assert derive_evidence(store, "acme", [claim])
        assert not derive_evidence(store, "acme")
        rows = store.read_now("derived_evidence", ["acme"])
    assert rows is not None
    assert rows.filter("withdrawn")["behaviour"].to_list() == ["acknowledges_feeling"]


def test_what_is_learnt_from_all_legs_opens_a_gate_in_every_bucket() -> None:
    """150 of each reason and a team's habit: no half of them alone would be enough to tell."""

    def visits(reason: str, then: str | None) -> list[list[dict[str, object]]]:
        one = {"reason": reason, "team": "t", "transfers": 0}
        first = [leg(f"{reason}{n}", n / 10, customer_id=f"{reason}{n}", **one) for n in range(150)]
        after = [leg(f"{reason}{n}+", n / 10 + 3, customer_id=f"{reason}{n}", reason=then) for n in range(150) if then]
        passed = leg(f"{reason}!", 1, customer_id=f"{reason}!", **one | {"transfers": 1})
        return [[*first[half::2], *after[half::2], *([passed] if half else [])] for half in (0, 1)]

    halves: list[list[dict[str, object]]] = [[leg("end", 90)], []]
    for told in (visits("move", "address"), visits("fee", None), visits("card", None)):
        halves = [[*half, *legs] for half, legs in zip(halves, told, strict=True)]
    parts = [records(legs) for legs in halves]
    background = learnt(lambda: parts)
    assert background.end == parts[0].end != parts[1].end
    apart = pl.concat(
        [derive(Records(part.interactions, part.turns, revision="m1", background=background)) for part in parts]
    )
    whole = derive(records([leg for legs in halves for leg in legs]))
    order = sorted(whole.columns)
    assert apart.select(order).sort(order).equals(whole.select(order).sort(order))
    assert background.follow_on["reason"].to_list() == ["move"]
    lost = whole.filter((pl.col("earned") == 0) & pl.col("interaction_id").str.ends_with("!"))
    assert set(lost["interaction_id"]) == {"move!", "fee!", "card!"}
