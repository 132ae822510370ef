"""Samples of contacts to review: plans with their seed, what they drew and with which chance; never changed afterwards."""

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, RowMapping, select

from care_metrics.errors import BadRequest
from care_metrics.reviews.engine import Database
from care_metrics.reviews.permissions import require, require_within
from care_metrics.reviews.records import covered, covered_clients, record, signature, values
from care_metrics.reviews.sample_rows import Drawn, SamplingPlan
from care_metrics.reviews.sample_tables import DRAWN, PLANS
from care_metrics.reviews.wording import one_of, worded
from care_metrics.scope import Scope

CONTENT = ("client", "kind", "size", "seed", "starts", "ends")


def keep_sample(scope: Scope, database: Database, plan: SamplingPlan, drawn: Iterable[Drawn]) -> SamplingPlan:
    """Keep a plan with all it drew, or nothing; the same key again gives the plan of the first time."""
    require(scope, "draw samples", plan.client)
    rows = [values(one, DRAWN) | {"client": plan.client, "kind": plan.kind} for one in drawn]
    for row in rows:
        require_within(scope, row["agent_id"], row["team"])
    _check(plan, rows)
    stamp = {"drawn_by": scope.reader, "at": signature(scope)["at"]}
    return record(SamplingPlan, database.settle(lambda found: _kept(found, {**values(plan, PLANS), **stamp}, rows)))


def plans(scope: Scope, database: Database, client: str | None = None) -> list[SamplingPlan]:
    """The plans of one client or of all in the Scope, the newest first."""
    require(scope, "see samples", client)
    chosen = select(PLANS).where(covered_clients(scope, PLANS, client)).order_by(PLANS.c.id.desc())
    with database.reading() as connection:
        return [record(SamplingPlan, row) for row in connection.execute(chosen).mappings()]


def sampled(scope: Scope, database: Database, client: str | None = None) -> list[Drawn]:
    """Every contact drawn by the plans, of the Scope's agents and teams, in the order of the plans."""
    require(scope, "see samples", client)
    asked = (covered(scope, DRAWN), covered_clients(scope, DRAWN, client))
    with database.reading() as connection:
        rows = connection.execute(select(DRAWN).where(*asked).order_by(DRAWN.c.plan, DRAWN.c.interaction_id)).mappings()
        return [record(Drawn, row, why=tuple(row["why"])) for row in rows]


def chances(scope: Scope, database: Database, client: str | None = None) -> dict[tuple[str, str], float]:
    """(client, interaction_id) -> its chance to be in any random sample, for estimates that hold the model's error.

    Every reader of a number may need it; a contact drawn by two plans had both their chances.
    """
    require(scope, "see verdicts", client)
    asked = (covered_clients(scope, DRAWN, client), DRAWN.c.kind == "random")
    missed: dict[tuple[str, str], float] = {}
    with database.reading() as connection:
        for row in connection.execute(
            select(DRAWN.c.client, DRAWN.c.interaction_id, DRAWN.c.probability).where(*asked)
        ):
            name = row.client, row.interaction_id
            missed[name] = missed.get(name, 1.0) * (1 - row.probability)
    return {name: 1 - share for name, share in missed.items()}


def _kept(connection: Connection, plan: Mapping[str, object], rows: list[dict[str, object]]) -> RowMapping:
    same = connection.execute(select(PLANS).where(PLANS.c.key == plan["key"])).mappings().first()
    if same is None:
        stored = connection.execute(PLANS.insert().values(**plan).returning(*PLANS.c)).mappings().one()
        connection.execute(DRAWN.insert(), [row | {"plan": stored["id"]} for row in rows])
        return stored
    if any(same[name] != plan[name] for name in CONTENT):
        raise BadRequest("Not saved: this form was saved before with another text; open it again and save from there.")
    return same


def _check(plan: SamplingPlan, rows: list[dict[str, object]]) -> None:
    one_of(plan.kind, ("random", "risk"), "The kind of a sample")
    worded(plan.key, "The key of the form", longest=100)
    if plan.size < 1 or not rows:
        raise BadRequest("A sample holds at least one contact; choose a longer period or a larger size.")
    for row in rows:
        chance = row["probability"]
        if not isinstance(chance, float) or not 0 < chance <= 1:
            raise BadRequest(f"An inclusion probability lies above 0 and at most at 1, not at {chance}.")
