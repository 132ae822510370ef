"""The pillars of the period in one table: score, change, the parts from text and from operations, and their contacts."""

from typing import Any

from care_metrics.charts.strips import SCORE, score
from care_metrics.charts.theme import tone
from care_metrics.kpis import kpi
from care_metrics.kpis.kpi import Ratio
from care_metrics.measured import SUMS
from care_metrics.model_error import ENOUGH
from care_metrics.schema import PILLARS
from care_metrics.ui import answers, links, model_error, notices, nouns, target_words
from care_metrics.ui import format as fmt
from care_metrics.ui.answers import EMPTY, Answers, Row
from care_metrics.ui.components import declare
from care_metrics.ui.mix_parts import axis_of
from care_metrics.ui.text import _, translated
from care_metrics.ui.view import View

INDEX = "care_index"
SOURCES = ("text", "operational")
POSSIBLE = SUMS[Ratio].index("x")

_strips = declare("strips")


def ask(view: View) -> Answers:
    """Pillars, care index and sub-scores; the change from the period before is told over complete days only."""
    return answers.ask(view, (*PILLARS, INDEX, *(f"{name}_{source}" for name in PILLARS for source in SOURCES)))


def shown(found: Answers) -> bool:
    """Whether there is evidence at all; says so where there is none."""
    if any(found.now.get(name, EMPTY)["n"] for name in PILLARS):
        return True
    text = _(
        "No contact of this period has evidence for a pillar. Evidence comes with scoring (the command score), or with the data."
    )
    notices.say([notices.paragraph(notices.sentence(text), kind="notice")], "no_evidence")
    return False


def show(found: Answers) -> None:
    """One row a pillar and one for the care index, each a way to its contacts, and how they stand to their targets."""
    columns = [*_columns(), {"text": _("In text"), "align": "end"}, {"text": _("In operations"), "align": "end"}]
    rows = [[*_row(name, found), *_parts(name, found)] for name in (*PILLARS, INDEX)]
    _strips(key="pillar_scores", data={"alt": _("Pillar scores"), "columns": columns, "rows": rows})
    _against_targets(found)
    text = _(
        "Points earned of points possible, where there was an opportunity; in text: what agents wrote, in operations: what the "
        "centre did. Point: score with its 95% interval; dotted line: target. The care index is the mean of the pillars. Change from the period "
        "before, both without days whose outcomes are still watched (7 days)."
    )
    notices.note(text, "pillar_scores_note")
    _told_of_error(found)


def show_in_short(found: Answers) -> None:
    """The same without the parts, for a page on which the pillars are one block of several."""
    rows = [_row(name, found) for name in (*PILLARS, INDEX)]
    _strips(key="pillar_scores", data={"alt": _("Pillar scores"), "columns": _columns("46%"), "rows": rows})
    _against_targets(found)
    text = _(
        "Points earned of points possible, where there was an opportunity. Point: score with its 95% interval; dotted line: target. "
        "Change from the period before, both without days whose outcomes are still watched (7 days)."
    )
    notices.note(text, "pillar_scores_note")
    _told_of_error(found)


def _against_targets(found: Answers) -> None:
    """One line a target: met or not, as signed or as far as the interval tells."""
    told = [
        (translated(kpi(name).label), target_words.judged(one.target, one.said))
        for name in (*PILLARS, INDEX)
        for one in found.targets.get(name, [])
        if one.said
    ]
    if told:
        said = [notices.paragraph(notices.sentence(name), notices.sentence(text), kind="fact") for name, text in told]
        notices.say(said, "pillar_targets")


def _columns(width: str = "34%") -> list[dict[str, Any]]:
    return [
        {"text": _("Pillar")},
        {"text": "", "axis": axis_of(SCORE, _("score, 0 to 100")), "width": width},
        {"text": _("Score"), "align": "end"},
        {"text": _("Change"), "align": "end"},
    ]


def _row(name: str, found: Answers) -> list[dict[str, Any]]:
    entry, row = kpi(name), found.now.get(name, EMPTY)
    label, counted = translated(entry.label), nouns.counted(name, row["n"])
    first = {"link": links.contacts(name, label)} if links.has_contacts(entry, row) else {"text": label}
    return [
        first | {"note": counted},
        {"picture": score(row["value"], row["low"], row["high"], target=_target(name, found)) | {"tone": "care"}},
        {"text": fmt.bare(row["value"], "score"), "note": _note(row, entry.min_n, name, found)},
        _change(found.changes.get(name, {})),
    ]


def _parts(name: str, found: Answers) -> list[dict[str, Any]]:
    return [_part(name, source, found) if name in PILLARS else {"text": ""} for source in SOURCES]


def _target(name: str, found: Answers) -> float | None:
    """The contract's level, else the goal's."""
    return next((one.target.value for one in found.targets.get(name, [])), None)


def _interval(row: Row, least: int, name: str) -> str:
    if row["state"] == "suppressed":
        return _("hidden: fewer than {n}").format(n=nouns.counted(name, least))
    return fmt.interval(row["low"], row["high"], "score")


def _note(row: Row, least: int, name: str, found: Answers) -> str:
    """The interval, and beside it the estimate that holds the model's error; that there is none stands under the table."""
    held = model_error.told(name, "score", found.corrected) if name in found.corrected else ""
    return "; ".join(text for text in (_interval(row, least, name), held) if text)


def _told_of_error(found: Answers) -> None:
    if not found.corrected:
        text = _("These intervals hold sampling error only, until {n} contacts drawn at random are reviewed.")
        notices.note(text.format(n=fmt.number(ENOUGH)), "pillar_error")


def _change(change: Row) -> dict[str, str]:
    if change.get("difference") is None:
        return {"text": fmt.MISSING}
    verdict = change.get("verdict")
    said = {"clear": _("clear change"), "chance": _("could be chance")}.get(verdict or "", "")
    text = fmt.step(change["difference"], "score")
    return {"text": text, "tone": tone(change["difference"], verdict, "higher"), "note": said}


def _part(name: str, source: str, found: Answers) -> dict[str, Any]:
    """The sub-score, a way to its contacts, and its share in the points possible."""
    rows = [found.now.get(f"{name}_{one}", EMPTY) for one in SOURCES]
    row, points = rows[SOURCES.index(source)], [_possible(one) for one in rows]
    if row["value"] is None:
        return {"text": fmt.MISSING}
    text = _("{share} of points")
    note = text.format(share=fmt.percent(_possible(row) / sum(points), 0)) if all(_known(r) for r in rows) else ""
    return {"link": links.contacts(f"{name}_{source}", fmt.bare(row["value"], "score")), "note": note}


def _known(row: Row) -> bool:
    """Whether its share can be told: a hidden part hides the share of the other one too."""
    return row["state"] != "suppressed"


def _possible(row: Row) -> float:
    return row["sums"][POSSIBLE] if row.get("sums") else 0.0
