"""Amazon Connect evaluation forms: each question a person scored is one row of evidence for the pillar `quality`.

From: Amazon Connect administrator guide, "Evaluation form export" (schemaVersion 3.1).
"""

from collections.abc import Iterator
from typing import Any

from care_metrics.sources.reading import Reading
from care_metrics.sources.source import Source
from care_metrics.sources.translate import Row, Rows, translate


def sniff(source: Source) -> bool:
    """A filled form."""
    return {"evaluationId", "questions", "metadata"} <= set(source.sample or {})


def read(source: Source) -> Iterator[Reading]:
    """The scored questions; those not applicable or without a score (free text) were no chance to earn anything."""
    return translate(source, _convert, "a Connect evaluation form")


def _convert(document: dict[str, Any], source: Source) -> Rows:
    contact, form = document["metadata"]["contactId"], document["evaluationId"]
    scored = [question for question in document["questions"] if "percentage" in question.get("score", {})]
    return {"evidence": [_evidence(contact, form, question) for question in scored]}


def _evidence(contact: str, form: str, question: dict[str, Any]) -> Row:
    return {
        "interaction_id": contact,
        "pillar": "quality",
        "behaviour": question.get("questionText") or question["questionRefId"],
        "earned": float(question["score"]["percentage"]) / 100,
        "possible": "1",
        "event_id": f"{form}/{question['questionRefId']}",
        "source": "human",
    }
