"""Samples of one client's contacts for review: drawn by plan, each contact with its chance and its reasons for attention."""

from care_metrics.attention import frame
from care_metrics.errors import BadRequest
from care_metrics.filters import Filters
from care_metrics.reviews.sample_rows import Drawn, SamplingPlan
from care_metrics.scope import Scope
from care_metrics.statistics.sampling import Sample, by_weight, per_group
from care_metrics.warehouse import Warehouse


def draw(house: Warehouse, scope: Scope, plan: SamplingPlan) -> tuple[Drawn, ...]:
    """What the plan draws from the contacts with a scored transcript; the same plan over the same snapshot draws the same.

    BadRequest where the number of contacts is not the one the plan was made for.
    """
    rows = frame(house, scope, _filters(plan)).to_dicts()
    if len(rows) != plan.frame_n:
        raise BadRequest(f"The plan was made for {plan.frame_n} contacts, there are {len(rows)} now; draw it anew.")
    positions, chances = _sample(plan, rows)
    return tuple(
        Drawn(
            plan.client,
            row["interaction_id"],
            row["agent_id"],
            row["team"],
            float(chance),
            tuple(row["why"]),
            plan.kind,
        )
        for row, chance in zip((rows[place] for place in positions), chances, strict=True)
    )


def count(house: Warehouse, scope: Scope, plan: SamplingPlan) -> int:
    """How many contacts the plan may draw from."""
    return frame(house, scope, _filters(plan)).height


def _filters(plan: SamplingPlan) -> Filters:
    return Filters(plan.starts, plan.ends, (("client", (plan.client,)),))


def _sample(plan: SamplingPlan, rows: list[dict]) -> Sample:
    if plan.kind == "random":
        return per_group([row["agent_id"] for row in rows], plan.size, plan.seed)
    return by_weight([1 + len(row["why"]) for row in rows], plan.size, plan.seed)
