"""Zendesk tickets with comments: the QA form (authorIsNotClient) and Support's own export (author_id, requester_id).

From: developer.zendesk.com, "Importing conversations" (QA) and "Ticket comments". Times without an offset are UTC.
Internal notes are no part of the conversation and are left out.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from care_metrics.sources.reading import Reading
from care_metrics.sources.source import Source
from care_metrics.sources.translate import Row, Rows, translate

Ticket = dict[str, Any]
_CHANNELS = {"web": "email", "email": "email", "chat": "chat", "native_messaging": "chat", "voice": "voice"}
_CLOSED = {"solved": True, "closed": True}


def sniff(source: Source) -> bool:
    """A ticket with comments, or a list of them under `data` or `tickets`."""
    found = source.sample or {}
    inside = found.get("data") or found.get("tickets")
    first = inside[0] if isinstance(inside, list) and inside and isinstance(inside[0], dict) else found
    return {"id", "comments"} <= set(first) and ("created" in first or "created_at" in first)


def read(source: Source) -> Iterator[Reading]:
    """One interaction and its public comments for each ticket."""
    inside = "data" if "data" in (source.sample or {}) else "tickets"
    return translate(source, _convert, "a Zendesk ticket", inside=inside)


def _convert(ticket: Ticket, source: Source) -> Rows:
    started = _instant(ticket.get("created") or ticket["created_at"])
    comments = [comment for comment in ticket["comments"] if comment.get("public", True) is not False]
    speakers = [_speaker(ticket, comment) for comment in comments]
    status = ticket.get("status")
    leg = {
        "interaction_id": ticket["id"],
        "case_id": ticket["id"],
        "customer_id": ticket.get("requester_id"),
        "agent_id": ticket.get("assignee_id") or ticket.get("assigneeName"),
        "channel": _channel(ticket),
        "reason": ticket.get("type"),
        "started_at": started,
        "ended_at": _latest(comments),
        "outcome": "handled",
        "case_closed": None if status is None else _CLOSED.get(status, False),
        "updated_at": _instant(ticket.get("updated") or ticket.get("updated_at")),
        "source_url": ticket.get("url"),
    }
    turns = [
        _turn(ticket["id"], number, comment, speaker, started)
        for number, (comment, speaker) in enumerate(zip(comments, speakers, strict=True), 1)
    ]
    return {"interactions": [leg], "turns": turns}


def _speaker(ticket: Ticket, comment: Ticket) -> str:
    if "author_id" in comment:
        return "customer" if comment["author_id"] == ticket.get("requester_id") else "agent"
    by_assignee = comment.get("authorEmail") and comment["authorEmail"] == ticket.get("assigneeEmail")
    return "agent" if comment.get("authorIsNotClient") or by_assignee else "customer"


def _turn(ticket: Any, number: int, comment: Ticket, speaker: str, started: datetime | None) -> Row:
    at = _instant(comment.get("created") or comment.get("created_at"))
    return {
        "interaction_id": ticket,
        "turn_no": str(number),
        "speaker": speaker,
        "begin_s": (at - started).total_seconds() if at and started else None,
        "text": comment.get("comment") or comment.get("plain_body") or comment.get("body"),
    }


def _channel(ticket: Ticket) -> str | None:
    via = ticket.get("channel") or (ticket.get("via") or {}).get("channel")
    return via and _CHANNELS.get(via.lower(), via)


def _latest(comments: list[Ticket]) -> datetime | None:
    times = [_instant(comment.get("created") or comment.get("created_at")) for comment in comments]
    return max((at for at in times if at), default=None)


def _instant(text: str | None) -> datetime | None:
    if not text:
        return None
    at = datetime.fromisoformat(text)
    return at if at.tzinfo else at.replace(tzinfo=UTC)
