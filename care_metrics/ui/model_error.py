"""What an interval holds: sampling error only, or the model's error too, once enough contacts drawn at random are reviewed."""

from collections.abc import Mapping
from typing import Any

from care_metrics.errors import DatabaseUnavailable
from care_metrics.model_error import ENOUGH, NAMES
from care_metrics.reviews.permissions import may
from care_metrics.statistics.rectify import Rectified
from care_metrics.ui import cached, database
from care_metrics.ui import format as fmt
from care_metrics.ui.text import _
from care_metrics.ui.view import View


def corrected(view: View, rows: Mapping[str, dict[str, Any]]) -> dict[str, Rectified]:
    """KPI -> its estimate with the model's error in it; nothing below ENOUGH reviews or while the database is down."""
    names = [name for name in NAMES if rows.get(name, {}).get("state") in ("ok", "low_n")]
    if not names or view.written.wrong or not may(view.scope, "see verdicts"):
        return {}
    from care_metrics.reviews.review import judged
    from care_metrics.reviews.samples import chances

    try:
        drawn = chances(view.scope, database.opened(), view.client)
        if len(drawn) < ENOUGH:
            return {}
        given = tuple(judged(view.scope, database.opened(), view.client))
    except DatabaseUnavailable:
        return {}
    chance = tuple(sorted(drawn.items()))
    found = {
        name: cached.corrected(view.scope, view.edition, name, view.now, tuple(rows[name]["sums"]), given, chance)
        for name in names
    }
    return {name: one for name, one in found.items() if one is not None}


def told(name: str, unit: str, found: Mapping[str, Rectified]) -> str:
    """What stands beside the raw value of a KPI that a model made; empty for one that none made."""
    if name not in NAMES:
        return ""
    one = found.get(name)
    if one is None:
        return _("sampling error only")
    text = _("with the model's error {value}, {interval}, from {n} reviews")
    between = fmt.interval(one.low, one.high, unit)
    return text.format(value=fmt.bare(one.value, unit), interval=between, n=fmt.number(one.n))
