"""Genesys Cloud conversation details: one leg for each agent who took part, durations from the metrics, surveys, reviews.

From: developer.genesys.cloud, "Analytics conversation detail" (participants, sessions, segments; metrics in ms).
"""

from collections.abc import Iterator
from typing import Any

from care_metrics.sources.genesys_legs import Leg, legs
from care_metrics.sources.reading import Reading
from care_metrics.sources.source import Source
from care_metrics.sources.translate import Row, Rows, translate

Part = dict[str, Any]
_CHANNELS = {"callback": "voice", "webchat": "chat"}


def sniff(source: Source) -> bool:
    """A conversation, or the answer to a detail query that holds a list of them."""
    found = source.sample or {}
    inside = found.get("conversations")
    first = inside[0] if isinstance(inside, list) and inside and isinstance(inside[0], dict) else found
    return {"conversationId", "participants"} <= set(first)


def read(source: Source) -> Iterator[Reading]:
    """Legs, surveys and evaluations of every conversation."""
    return translate(source, _convert, "a Genesys Cloud conversation detail", inside="conversations")


def _convert(document: Part, source: Source) -> Rows:
    conversation = document["conversationId"]
    found = legs(document)
    rows = [_row(document, leg, number) for number, leg in enumerate(found)]
    last = rows[-1]["interaction_id"]
    by_agent = {row["agent_id"]: row["interaction_id"] for row in rows}
    customer = _customer(document)
    for row in rows:
        row |= {"contact_id": conversation, "customer_id": customer}
    return {
        "interactions": rows,
        "surveys": [
            _survey(survey, by_agent.get(survey.get("userId"), last), customer)
            for survey in document.get("surveys", [])
        ],
        "evidence": [
            _evaluation(form, by_agent.get(form.get("userId"), last))
            for form in document.get("evaluations", [])
            if form.get("oTotalScore") is not None
        ],
    }


def _row(document: Part, leg: Leg, number: int) -> Row:
    """The first leg keeps the conversation's id, so that what refers to the conversation finds it."""
    return {
        "interaction_id": document["conversationId"] + (f":{number + 1}" if number else ""),
        "agent_id": leg.agent,
        "channel": leg.media and _CHANNELS.get(leg.media, leg.media),
        "direction": document.get("originatingDirection"),
        "reason": leg.wrap_up,
        "started_at": leg.started if number else document["conversationStart"],
        "ended_at": leg.ended or document.get("conversationEnd"),
        "queue_s": leg.seconds("tWait", "tAnswered", "tAbandon", "tAcd", where="queue"),
        "talk_s": leg.seconds("tTalk", "tTalkComplete"),
        "hold_s": leg.seconds("tHeld", "tHeldComplete"),
        "acw_s": leg.seconds("tAcw"),
        "outcome": leg.outcome,
        "handler": leg.handler,
        "transfers": leg.transfers,
    }


def _customer(document: Part) -> str | None:
    people = [part for part in document["participants"] if part.get("purpose") in ("customer", "external")]
    return next((part["externalContactId"] for part in people if part.get("externalContactId")), None)


def _survey(survey: Part, interaction: str, customer: str | None) -> Row:
    return {
        "survey_id": survey["surveyId"],
        "interaction_id": interaction,
        "customer_id": customer,
        "sent_at": survey.get("eventTime"),
        "responded_at": survey.get("surveyCompletedDate"),
        "nps": survey.get("surveyPromoterScore"),
    }


def _evaluation(form: Part, interaction: str) -> Row:
    """The whole form as one item: the detail holds no single questions."""
    return {
        "interaction_id": interaction,
        "pillar": "quality",
        "behaviour": form.get("formName") or form.get("formId") or "evaluation",
        "earned": form["oTotalScore"],
        "possible": "100",
        "event_id": form["evaluationId"],
        "source": "human",
    }
