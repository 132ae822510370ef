"""Volumes and handle times: the efficiency-only metrics of work done, shown beside care and never summed into it."""

from typing import Any

from care_metrics.kpis.kpi import Count, Kpi, Mean, Quantile

HANDLED = "outcome = 'handled'"

_EFFICIENCY: dict[str, Any] = {"family": "efficiency", "better": "neither"}
_SECONDS: dict[str, Any] = _EFFICIENCY | {"unit": "seconds", "grain": "leg", "where": HANDLED, "threshold": 10}


def _part(name: str, label: str, column: str, what: str) -> Kpi:
    return Kpi(
        name=name,
        label=label,
        question=f"How long does {what} take per handled leg?",
        formula=f"mean of {column} over handled legs where it is known; 0 is a value",
        measure=Mean(column),
        invalid=f"{column.removesuffix('_s')}_invalid",
        interval="t",
        source="docs.aws.amazon.com/connect/latest/adminguide/metrics-definitions.html",
        **_SECONDS,
    )


HANDLING = (
    Kpi(
        name="handled",
        label="Handled",
        question="How many legs were handled?",
        formula="legs with outcome handled, any direction",
        grain="leg",
        measure=Count(),
        where=HANDLED,
        unit="contacts",
        interval="none",
        threshold=0,
        source="legs, not contacts: a transfer makes two",
        **_EFFICIENCY,
    ),
    Kpi(
        name="offered",
        label="Offered",
        question="How many inbound legs reached us, answered or not?",
        formula="inbound legs with outcome handled or abandoned, whatever their wait",
        grain="leg",
        measure=Count(),
        where="outcome IN ('handled', 'abandoned') AND direction = 'inbound'",
        unit="contacts",
        interval="none",
        threshold=0,
        source="legs, not contacts: a transfer makes two",
        **_EFFICIENCY,
    ),
    Kpi(
        name="aht",
        label="Average handle time",
        question="How long does a handled leg take?",
        formula="mean of talk + hold + after-call work over handled legs with all three",
        measure=Mean("handle_s"),
        invalid="handle_invalid",
        interval="t",
        source="help.mypurecloud.com/glossary/average-handle-time-aht",
        **_SECONDS,
    ),
    Kpi(
        name="aht_contact",
        label="Handle time per contact",
        question="How long does a contact take over all its legs?",
        formula="mean over contacts of the handle time of their handled legs, all of them complete",
        grain="contact",
        measure=Mean("handle_s"),
        where="handled",
        invalid="handle_invalid",
        unit="seconds",
        interval="t",
        threshold=10,
        source="help.mypurecloud.com/glossary/average-handle-time-aht, per contact_id",
        **_EFFICIENCY,
    ),
    Kpi(
        name="aht_p50",
        label="Median handle time",
        question="How long does the middle one of the handled legs take?",
        formula="median of talk + hold + after-call work, linear interpolation",
        measure=Quantile("handle_s", 0.5),
        invalid="handle_invalid",
        interval="order",
        source="interval by order statistics, Conover 1999, section 3.2",
        **_SECONDS,
    ),
    Kpi(
        name="aht_p90",
        label="Handle time, 90th percentile",
        question="How long do the longest tenth of handled legs take at least?",
        formula="90th percentile of talk + hold + after-call work, linear interpolation",
        measure=Quantile("handle_s", 0.9),
        invalid="handle_invalid",
        interval="order",
        source="interval by order statistics, Conover 1999, section 3.2",
        **_SECONDS,
    ),
    _part("talk_time", "Talk time", "talk_s", "the conversation"),
    _part("hold_time", "Hold time", "hold_s", "waiting on hold"),
    _part("after_call_work", "After-call work", "acw_s", "the work after the call"),
)
