"""An agent's pillars and skills: shrunken scores among all agents of the client, as measured beside them."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from care_metrics.charts.strips import SCORE, score
from care_metrics.coaching.peers import FEWEST_AGENTS
from care_metrics.coaching.profile import FEWEST, Standing
from care_metrics.coaching.skills import SKILLS, SUBJECTS
from care_metrics.reviews.permissions import may
from care_metrics.schema import PILLARS
from care_metrics.ui import cached, links, notices, nouns
from care_metrics.ui import format as fmt
from care_metrics.ui.coaching import words
from care_metrics.ui.coaching.agents import Who
from care_metrics.ui.components import declare
from care_metrics.ui.mix_parts import axis_of
from care_metrics.ui.text import _, translated
from care_metrics.ui.view import View

_strips = declare("strips")
MARKS = {1: "▲", -1: "▼"}
TONES = {1: "good", -1: "bad", 0: "care"}
OF_SKILL = {name: skill.name for skill in SKILLS for name in skill.behaviours}
Found = Mapping[str, Standing]


def ask(view: View, who: Who) -> Found:
    """Subject -> standing of this agent."""
    return cached.standings(view.scope, view.edition, who.client, view.now).get(who.agent_id, {})


def first_sentence(who: Who, found: Found) -> None:
    """What is clear about this agent, and what could be chance."""
    told = [found[name] for name in SUBJECTS if name in found]
    notices.say([notices.paragraph(notices.sentence(_first(who, told), strong=True))], "first_sentence")


def _first(who: Who, told: Sequence[Standing]) -> str:
    if not any(one.value is not None for one in told):
        text = _(
            "In this period {name} has too few contacts with evidence for a score: fewer than {n} for each pillar."
        )
        return text.format(name=who.name, n=fmt.number(FEWEST))
    if not any(one.estimate is not None for one in told):
        text = _("{name} can be compared with nobody: fewer than {n} agents have enough contacts.")
        return text.format(name=who.name, n=fmt.number(FEWEST_AGENTS))
    below, above = ([one for one in told if one.side == side] for side in (-1, 1))
    if not below and not above:
        text = _("No pillar or skill of {name} differs clearly from the other agents: what differs could be chance.")
        return text.format(name=who.name)
    said = []
    if below:
        said.append(_("{name} is clearly below the other agents in {list}.").format(name=who.name, list=_listed(below)))
    if above:
        said.append(_("{name} is clearly above the other agents in {list}.").format(name=who.name, list=_listed(above)))
    return " ".join(said)


def _listed(rows: Sequence[Standing]) -> str:
    text = _("{subject} ({value} against {centre})")
    return ", ".join(
        text.format(
            subject=words.subject(one.subject),
            value=fmt.bare(one.estimate, "score"),
            centre=fmt.bare(one.centre, "score"),
        )
        for one in rows
    )


def pillars(view: View, who: Who, found: Found) -> None:
    """One row a pillar, each a way to its contacts."""
    if not any(name in found for name in SUBJECTS):
        text = _(
            "No contact of this period has evidence for a pillar. Evidence comes with scoring (the command score), or with the data."
        )
        return notices.note(text, "no_evidence")
    _table(view, who, found, PILLARS, "coaching_pillars", _("Pillar"))
    return notices.note(_caption(found), "coaching_pillars_note")


def skills(view: View, who: Who, found: Found) -> None:
    """One row a skill; the behaviours that make it, each with its own row, on demand."""
    if not any(skill.name in found for skill in SKILLS):
        return notices.note(_("No contact of this period has evidence for a skill."), "no_skills")
    _table(view, who, found, [skill.name for skill in SKILLS], "coaching_skills", _("Skill"))
    with st.expander(_("The behaviours behind them")):
        _table(view, who, found, [name for name in OF_SKILL if name in found], "coaching_behaviours", _("Behaviour"))
    text = _(
        "A skill is 100 x points earned / points possible over its behaviours; how it is defined stands on How it is "
        "measured. It is scored on what was written, with an opportunity: tone of voice is not known."
    )
    return notices.note(text, "coaching_skills_note")


def _table(view: View, who: Who, found: Found, names: Sequence[str], key: str, first: str) -> None:
    columns = [
        {"text": first},
        {"text": "", "axis": axis_of(SCORE, _("score, 0 to 100")), "width": "36%"},
        {"text": _("Score, shrunken"), "align": "end"},
        {"text": _("As measured"), "align": "end"},
        {"text": _("Mean of all"), "align": "end"},
        {"text": _("Own data"), "align": "end"},
    ]
    rows = [_row(view, who, found.get(name, Standing(name, 0))) for name in names]
    _strips(key=key, data={"alt": first, "columns": columns, "rows": rows})
    words.say_alike((found[name] for name in names if name in found), f"{key}_alike")


def _row(view: View, who: Who, one: Standing) -> list[dict[str, Any]]:
    weight = fmt.percent(one.weight, 0) if one.weight is not None else fmt.MISSING
    return [
        _named(view, who, one),
        {"picture": picture(one)},
        {"text": marked(one), "note": _note(one)},
        {"text": fmt.bare(one.value, "score"), "note": fmt.interval(one.low, one.high, "score")},
        {"text": fmt.bare(one.centre, "score")},
        {"text": weight},
    ]


def _named(view: View, who: Who, one: Standing) -> dict[str, Any]:
    name, note = words.subject(one.subject), nouns.counted("empathy", one.n)
    if one.subject in PILLARS and one.n:
        return {"link": links.group(view, one.subject, "agent_id", who.agent_id, who.client, name), "note": note}
    if one.subject in OF_SKILL:
        note = _("{skill}, {contacts}").format(skill=words.subject(OF_SKILL[one.subject]), contacts=note)
    return {"text": fmt.neat(name), "note": note}


def picture(one: Standing) -> dict[str, Any]:
    """The shrunken score with its interval, or what was measured where there is nobody to compare with."""
    level = (one.value, one.low, one.high) if one.estimate is None else (one.estimate, one.least, one.most)
    return score(*level, net=one.centre) | {"tone": TONES[one.side]}


def marked(one: Standing) -> str:
    """The shrunken score, with a mark where it is clearly on one side."""
    value = fmt.bare(one.estimate, "score")
    return _("{value} {mark}").format(value=value, mark=MARKS[one.side]) if one.side else value


def _note(one: Standing) -> str:
    if one.state == "suppressed":
        return _("too few")
    if one.state == "no_data":
        return _("no opportunity")
    between = fmt.interval(one.least, one.most, "score")
    return _("{interval}, few contacts").format(interval=between) if one.state == "low_n" and between else between


def _caption(found: Found) -> str:
    agents = max(one.agents for one in found.values())
    told = [
        _(
            "Point: shrunken score with its 95% interval; line: mean of all agents of the client. A score of few contacts is drawn "
            "towards that mean (empirical Bayes), own data: how much of it is the agent's own. ▼ ▲ where the interval leaves the mean out."
        )
    ]
    text = _("{n} agents have {least} contacts or more for at least one of them. Nobody is ranked.")
    told.append(text.format(n=fmt.number(agents), least=fmt.number(FEWEST)))
    if agents < FEWEST_AGENTS:
        text = _("The mean of fewer than {n} agents is not shown: it would tell one what another one's score is.")
        told.append(text.format(n=fmt.number(FEWEST_AGENTS)))
    return " ".join(told)


def define(view: View) -> None:
    """What the skills are made of, for *How it is measured* and who reads them."""
    if not may(view.scope, "see coaching"):
        return
    st.header(_("Skills"), divider="gray", anchor=False)
    rows = [
        [
            {"text": translated(skill.label), "note": translated(skill.question)},
            {"text": ", ".join(words.subject(name) for name in skill.behaviours)},
        ]
        for skill in SKILLS
    ]
    columns = [{"text": _("Skill")}, {"text": _("Behaviours, as in the pillars")}]
    _strips(key="skills", data={"alt": _("Skills and their behaviours"), "columns": columns, "rows": rows})
    text = _(
        "100 x points earned / points possible over these behaviours, a contact one cluster; shown from {n} contacts on. "
        "Shrunken: B x own score + (1 - B) x mean of the agents, B = t / (t + v), t the variance between agents "
        "(DerSimonian and Laird 1986), v that of the score, from the spread within all agents (Morris 1983)."
    )
    notices.note(text.format(n=fmt.number(FEWEST)), "skills_note")
