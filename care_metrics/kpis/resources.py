"""What the work took besides time: occupancy of agents, silence on the line, money."""

from typing import Any

from care_metrics.kpis.kpi import Kpi, Quotient, Rate, Ratio

_EFFICIENCY: dict[str, Any] = {"family": "efficiency", "better": "neither"}

RESOURCES = (
    Kpi(
        name="occupancy",
        label="Occupancy",
        question="Which share of their available time did agents spend handling?",
        formula="sum(handle) / sum(handle + available)",
        grain="agent_time",
        measure=Ratio("handle_s", "handle_s + available_s", cluster="agent_id"),
        invalid="time_invalid",
        unit="fraction",
        interval="ratio",
        threshold=0.01,
        audience="internal",
        source="standard practice; target band 75-88 %",
        **_EFFICIENCY,
    ),
    Kpi(
        name="silence",
        label="Silence",
        question="Which share of the call did nobody speak?",
        formula="sum of gaps over 5 s between the latest end so far and the next turn / sum of durations (voice)",
        grain="leg",
        measure=Ratio("CASE WHEN fully_timed THEN silence_s END", "CASE WHEN fully_timed THEN duration_s END"),
        where="(channel = 'voice' OR channel IS NULL) AND n_turns > 0",
        invalid="span_invalid",
        unit="fraction",
        better="lower",
        family="efficiency",
        interval="ratio",
        threshold=0.01,
        source="docs.cloud.google.com/contact-center/insights/docs/silence-analysis",
    ),
    Kpi(
        name="cost_per_contact",
        label="Cost per contact",
        question="What does a handled leg cost to run?",
        formula="sum(cost) / handled legs; a site or month without cost leaves both sides, part months by day",
        grain="cost",
        measure=Rate("cost", "handled"),
        invalid="cost_invalid",
        missing="unpaid",
        unit="currency",
        interval="none",
        threshold=0.05,
        audience="internal",
        source="klipfolio.com/resources/kpi-examples/call-center/service-level/cost-per-contact",
        **_EFFICIENCY,
    ),
    Kpi(
        name="cost_per_resolved",
        label="Cost per resolved contact",
        question="And per contact resolved at once?",
        formula="cost per contact / first contact resolution of the same cell",
        grain="cost",
        measure=Quotient("cost_per_contact", "fcr"),
        invalid="cost_invalid",
        missing="unpaid",
        unit="currency",
        interval="none",
        threshold=0.05,
        audience="internal",
        source="cost / (handled x FCR)",
        **_EFFICIENCY,
    ),
)
