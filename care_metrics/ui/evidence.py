"""The evidence of one contact: beside the turns that show it, and as a list of what agent, centre and reviewers gave."""

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from care_metrics.ui import evidence_words as words
from care_metrics.ui import format as fmt
from care_metrics.ui import notices
from care_metrics.ui.answers import Row
from care_metrics.ui.clicks import Clicks
from care_metrics.ui.components import declare
from care_metrics.ui.text import _, noted, translated

_list = declare("evidence", "judging")
SOURCES = {
    "text": noted("What the agent wrote"),
    "operational": noted("What the centre did"),
    "human": noted("What human reviewers gave, apart from the scores"),
}


def beside_turns(rows: Sequence[Row], turns: Sequence[dict[str, Any]]) -> dict[int, list[dict[str, str]]]:
    """turn_no -> what to show beside it; what the centre did is no turn of the agent's and stays in the list."""
    found: dict[int, list[dict[str, str]]] = {}
    for row in sorted(rows, key=lambda row: row["source"] == "human"):
        turn = words.turn_of(row, turns)
        if turn is not None and row["source"] != "operational":
            item = {"text": words.chip(row), "tone": words.kind(row), "why": words.why(row)}
            found.setdefault(turn, []).append(item)
    return found


def turn_for(pillar: str, rows: Sequence[Row], turns: Sequence[dict[str, Any]]) -> int | None:
    """Where a reader who comes from this pillar's score looks first: harm, else what was earned, else what was missed."""
    order = ("harm", "earned", "part", "missed", "human")
    known = [(order.index(words.kind(row)), words.turn_of(row, turns)) for row in rows if row["about"] == pillar]
    return min(((rank, turn) for rank, turn in known if turn is not None), default=(0, None))[1]


def show(rows: Sequence[Row], turns: Sequence[dict[str, Any]], clicks: Clicks) -> None:
    """The list, one section a source; where it is reviewed, each row with its verdict, named by its place among the rows."""
    if not rows:
        return notices.note(
            _("No evidence: nothing in this contact was an opportunity, or it is not scored."), "evidence_none"
        )
    judged = clicks.form.evidence if clicks.form else None
    present = [source for source in SOURCES if any(row["source"] == source for row in rows)]
    data = {
        "title": _("Evidence"),
        "total": _totals(rows),
        "sections": [_section(source, rows, turns, judged) for source in present],
        "words": {"turn": _("turn {turn}"), **words.verdicts()},
        "heard": clicks.heard,
    }
    _list(key=clicks.key, data=data, on_turn_change=clicks.turned, on_judged_change=clicks.judged)
    return None


def _totals(rows: Sequence[Row]) -> list[str]:
    """Points by pillar as the scores count them."""
    counted = [row for row in rows if row["source"] in ("text", "operational")]
    names = list(dict.fromkeys(row["about"] for row in counted))
    sums = {name: [row for row in counted if row["about"] == name] for name in names}
    return [
        _("{pillar} {points}").format(
            pillar=words.about(mine[0]),
            points=words.points(sum(row["earned"] for row in mine), sum(row["possible"] for row in mine)),
        )
        for mine in sums.values()
    ]


def _section(
    source: str, rows: Sequence[Row], turns: Sequence[dict[str, Any]], judged: Mapping[str, bool] | None
) -> dict[str, Any]:
    mine = [(place, row) for place, row in enumerate(rows) if row["source"] == source]
    about = [row["about"] for _place, row in mine]
    return {
        "title": translated(SOURCES[source]),
        "rows": [
            _row(row, turns)
            | {
                # The pillar is named once, over as many rows as it has.
                "pillar": words.about(row) if about.index(row["about"]) == number else "",
                "span": about.count(row["about"]) if about.index(row["about"]) == number else 0,
                "id": None if judged is None or source == "human" else str(place),
                "judged": "" if judged is None else verdict(judged.get(str(place))),
            }
            for number, (place, row) in enumerate(mine)
        ],
    }


def verdict(right: bool | None) -> str:
    """right, wrong, or nothing said."""
    return "" if right is None else "right" if right else "wrong"


def _row(row: Row, turns: Sequence[dict[str, Any]]) -> dict[str, Any]:
    return {
        "text": fmt.neat(words.behaviour(row)),
        "tone": words.kind(row),
        "points": words.points(row["earned"], row["possible"]),
        "why": words.why(row),
        "turn": words.turn_of(row, turns),
    }


def rows_of(frame: pl.DataFrame) -> list[Row]:
    """The rows in the order of the pillars, as they came within one."""
    order = {name: place for place, name in enumerate(("empathy", "proactivity", "personalization", "ownership"))}
    return sorted(frame.to_dicts(), key=lambda row: order.get(row["about"], len(order)))
