"""How long callers waited and how many were answered in time; the published variants of service level side by side."""

from typing import Any

from care_metrics.kpis.kpi import Kpi, Mean

HANDLED = "outcome = 'handled'"
QUEUED = "outcome IN ('handled', 'abandoned') AND direction = 'inbound' AND (channel IN ('voice', 'chat') OR channel IS NULL)"
FAST = "(outcome = 'handled' AND queue_s <= setting_answer_within_s())"
SHORT = "(outcome = 'abandoned' AND coalesce(queue_s <= setting_short_abandon_s(), false))"
GAVE_UP_EARLY = "(outcome = 'abandoned' AND coalesce(queue_s <= setting_answer_within_s(), false))"
SERVICE_LEVEL = "callcentrehelper.com/service-level-threshold-calculations-206890.htm"

_QUEUE: dict[str, Any] = {
    "grain": "leg",
    "invalid": "queue_invalid",
    "family": "efficiency",
    "unit": "fraction",
    "interval": "wilson",
    "threshold": 0.01,
}


def _service_level(number: str, label: str, formula: str, met: str, where: str = QUEUED) -> Kpi:
    return Kpi(
        name=f"service_level{number}",
        label=label,
        question="How many of those who called were answered in time?",
        formula=formula,
        measure=Mean(f"CASE WHEN queue_s IS NOT NULL THEN ({met})::INTEGER END"),
        where=where,
        better="higher",
        source=SERVICE_LEVEL,
        **_QUEUE,
    )


QUEUE = (
    Kpi(
        name="asa",
        label="Speed of answer",
        question="How long did those wait who were answered?",
        formula="mean wait of answered inbound legs (voice, chat); abandoned ones never enter",
        grain="leg",
        measure=Mean("queue_s"),
        where=f"{QUEUED} AND {HANDLED}",
        invalid="queue_invalid",
        unit="seconds",
        better="lower",
        family="efficiency",
        interval="t",
        threshold=3,
        source="standard practice (average speed of answer)",
    ),
    _service_level(
        "",
        "Service level",
        "answered within 20 s / (offered - abandoned within 5 s); both limits inclusive and settings",
        FAST,
        f"{QUEUED} AND NOT {SHORT}",
    ),
    _service_level(
        "_1",
        "Service level, abandons credited",
        "(answered + abandoned within 20 s) / offered",
        f"{FAST} OR {GAVE_UP_EARLY}",
    ),
    _service_level(
        "_2", "Service level, abandons ignored", "answered within 20 s / answered", FAST, f"{QUEUED} AND {HANDLED}"
    ),
    _service_level("_3", "Service level, abandons penalised", "answered within 20 s / offered", FAST),
    _service_level(
        "_4",
        "Service level, early abandons left out",
        "answered within 20 s / (offered - abandoned within 20 s)",
        FAST,
        f"{QUEUED} AND NOT {GAVE_UP_EARLY}",
    ),
    _service_level(
        "_5",
        "Service level, short abandons credited",
        "(answered within 20 s + abandoned within 5 s) / offered",
        f"{FAST} OR {SHORT}",
    ),
    Kpi(
        name="abandonment",
        label="Abandonment",
        question="How many hung up before an answer?",
        formula="abandoned after more than 5 s / (offered - abandoned within 5 s)",
        measure=Mean("CASE WHEN queue_s IS NOT NULL THEN (outcome = 'abandoned')::INTEGER END"),
        where=f"{QUEUED} AND NOT {SHORT}",
        better="lower",
        source="cloud.google.com/contact-center/ccai-platform/docs/data-dictionary (short abandons left out)",
        **_QUEUE,
    ),
)
