"""docs/pillars.md, written from the rubric itself: `python -m care_metrics.commands.pillars_page`."""

from pathlib import Path

from care_metrics.pillars import GATES, ITEMS, REASONS, Item
from care_metrics.pillars.spoken import WEAK_SHARE
from care_metrics.schema import PILLARS
from care_metrics.settings import ROOT

PAGE = ROOT / "docs" / "pillars.md"
INTRO = f"""# The four pillars: every rule

Written from the records in `care_metrics/pillars/rubric/` by `python -m care_metrics.commands.pillars_page`; a test
fails when they differ.

A pillar's score is 100 x points earned / points possible. A row of evidence exists only where its gate was open: without
an opportunity there is no row, so neither 0 nor 100. Each row cites the agent's turn or the event that shows it; text
credit without an existing agent turn counts as not earned. Items marked *harm* have a row only where the behaviour was
seen: the points are possible then, and none of them is earned. The strong form of a behaviour earns all points, the weak
form {WEAK_SHARE:.0%} of them; where the model has no output for the strong form, showing the behaviour at all earns all.
Agents are scored on what they wrote. `score` derives the evidence; scorecards of human reviewers stay apart as `qa_score`.

Text items of the *model* take its shipped thresholds (0.5 where it names none); those of a *rule* look for phrases, in
English. A *rule* never counts as harm what the model reads as the opposite behaviour in the same turn.
"""
LEFT_OUT = """## Not scored, on purpose

- Interpretation, open questions, summaries and warm hand-overs: no recogniser of ours has been measured on them.
- Recovery of the customer's mood and absence of repeats: they are the outcomes the pillars are compared with.
- Voice, loudness, overlap and the agent's own emotion: nothing of the kind is stored.
- A proactive message that causes a confused contact: an export does not say why the customer called.
"""


def rendered() -> str:
    """The page's text."""
    parts = [INTRO]
    for pillar in PILLARS:
        rows = [_row(item) for item in ITEMS if item.pillar == pillar]
        head = ["| item | points | source | gate | question | cites |", "|---|---|---|---|---|---|"]
        parts.append("\n".join([f"## {pillar.capitalize()}", "", *head, *rows, ""]))
    parts.append("\n".join(["## Gates", "", *_table(("gate", "open when"), _gates()), ""]))
    parts.append("\n".join(["## Transcripts without a score", "", *_table(("reason", "meaning"), REASONS), ""]))
    return "\n".join([*parts, LEFT_OUT])


def _row(item: Item) -> str:
    judge = f"text, {item.judge}" if item.source == "text" else "operational"
    points = f"{item.weight:g}, harm" if item.harmful else f"{item.weight:g}"
    return f"| `{item.name}` | {points} | {judge} | `{item.gate}` | {item.question} | {item.cites} |"


def _gates() -> list[tuple[str, str]]:
    return [(f"`{gate.name}`", gate.meaning) for gate in GATES.values()]


def _table(head: tuple[str, str], rows: list[tuple[str, str]] | tuple[tuple[str, str], ...]) -> list[str]:
    return [f"| {head[0]} | {head[1]} |", "|---|---|", *(f"| {name} | {meaning} |" for name, meaning in rows)]


def write(path: Path = PAGE) -> None:
    """Bring the page up to date."""
    path.parent.mkdir(exist_ok=True)
    path.write_text(rendered(), encoding="utf-8")


if __name__ == "__main__":
    write()
