"""Sampling plans: drawn here, with seed and chances on record, and how far their reviews have come."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from secrets import randbelow

import streamlit as st

from care_metrics.reviews.engine import Database
from care_metrics.reviews.permissions import may
from care_metrics.reviews.sample_rows import Drawn, Kind, SamplingPlan
from care_metrics.ui import cached, database, forms, notices
from care_metrics.ui import format as fmt
from care_metrics.ui.judgements import Judgements, Named
from care_metrics.ui.periods import ONE_DAY
from care_metrics.ui.text import _, ngettext, noted, translated
from care_metrics.ui.view import View

NAME = "sampling"
KINDS: dict[Kind, str] = {"random": noted("Random, per agent"), "risk": noted("By risk")}
SIZES: dict[Kind, int] = {"random": 5, "risk": 50}
SEEDS = 2**31


def among(view: View, kinds: Sequence[Kind]) -> tuple[Named, ...] | None:
    """The contacts that are in a sample of each of these kinds; None where none is asked for."""
    if not kinds:
        return None
    from care_metrics.reviews.samples import sampled

    rows = sampled(view.scope, database.opened())
    return tuple(sorted(set.intersection(*({_named(row) for row in rows if row.kind == kind} for kind in kinds))))


def show(view: View, written: Judgements) -> None:
    """The plans with their progress, what the chosen one drew and why, and the form for one more."""
    found, rows, done = written.plans, written.drawn, written.done
    chosen = forms.table(
        NAME,
        [_row(plan, [row for row in rows if row.plan == plan.id], done) for plan in found],
        alt=_("Sampling plans, one a row"),
        empty=_("No sample is drawn yet. Reviews of calls that somebody picked cannot tell how good the model is."),
        selects=True,
    )
    if found:
        text = _(
            "Choose a plan to see its contacts. To review them, open Low-sentiment calls and ask for Random sample or Risk sample."
        )
        notices.note(text, "sampling_note")
    if chosen is not None:
        _contacts([row for row in rows if row.plan == found[chosen].id], done)
    if may(view.scope, "draw samples") and not view.written.wrong:
        with st.expander(_("Draw a sample"), expanded=not found):
            _form(view)


def _named(row: Drawn) -> Named:
    return row.client, row.interaction_id


def _row(plan: SamplingPlan, rows: Sequence[Drawn], done: set[Named]) -> dict[str, str]:
    reviewed = sum(_named(row) in done for row in rows)
    return {
        _("Drawn on"): fmt.day(plan.at) if plan.at else fmt.MISSING,
        _("Client"): fmt.named("client", plan.client),
        _("Kind"): translated(KINDS[plan.kind]),
        _("Period"): fmt.days(plan.starts, plan.ends - ONE_DAY),
        _("Drawn"): _("{n} of {all}").format(n=fmt.number(len(rows)), all=fmt.number(plan.frame_n)),
        _("Reviewed"): _("{n} of {all}").format(n=fmt.number(reviewed), all=fmt.number(len(rows))),
        _("Seed"): str(plan.seed),
        _("Drawn by"): plan.drawn_by,
    }


def _contacts(rows: Sequence[Drawn], done: set[Named]) -> None:
    """Why each contact was chosen: its chance, out of how many of the agent, and its reasons on that day."""
    from care_metrics.ui.queue import LABELS

    taken = Counter(row.agent_id for row in rows)
    shown = [
        {
            _("Contact"): row.interaction_id,
            _("Agent"): row.agent_id or fmt.MISSING,
            _("Chance"): fmt.percent(row.probability, 1),
            _("Why"): _why(row, taken[row.agent_id]),
            _("Reasons for attention"): ", ".join(translated(LABELS.get(name, name)) for name in row.why)
            or fmt.MISSING,
            _("Reviewed"): _("yes") if _named(row) in done else _("not yet"),
        }
        for row in rows
    ]
    forms.table("drawn", shown, alt=_("Contacts of the sample, one a row"), empty="", selects=False)


def _why(row: Drawn, taken: int) -> str:
    if row.kind == "random":
        text = _("{n} of {all} contacts of the agent, at random")
        return text.format(n=fmt.number(taken), all=fmt.number(round(taken / row.probability)))
    text = ngettext("weight {n}: {reasons} reason", "weight {n}: {reasons} reasons", len(row.why))
    return text.format(n=1 + len(row.why), reasons=len(row.why))


def _form(view: View) -> None:
    """The period and client are those of the filter bar, so that what is drawn from is what one sees."""
    key = forms.key(NAME)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        client = forms.client_of(view, NAME)
        kind: Kind = st.selectbox(
            _("Kind"), list(KINDS), format_func=lambda code: translated(KINDS[code]), key=f"kind_{key}", width=200
        )
        label = _("Contacts per agent") if kind == "random" else _("Contacts in all")
        size = st.number_input(label, 1, 1_000, SIZES[kind], key=f"size_{kind}_{key}", width=170)
        seed = st.session_state.setdefault(f"seed_{key}", randbelow(SEEDS))
        seed = st.number_input(_("Seed"), 0, SEEDS - 1, seed, key=f"chosen_seed_{key}", width=170)
    start, end = view.now.start or view.data.first, view.now.end or view.data.end
    plan = SamplingPlan(client, kind, size, seed, start, end, 0, view.edition.snapshot.version, key)
    n = cached.frame_n(view.scope, view.edition, plan)
    text = ngettext(
        "{n} contact with a scored transcript, {days}, the period of the filter bar. Site, channel and reason are not narrowed.",
        "{n} contacts with a scored transcript, {days}, the period of the filter bar. Site, channel and reason are not narrowed.",
        n,
    )
    notices.note(text.format(n=fmt.number(n), days=fmt.days(start, end - ONE_DAY)), "frame_n")
    if st.button(_("Draw the sample"), disabled=n == 0, key=f"draw_{key}"):
        forms.save(NAME, lambda found: _draw(view, found, replace(plan, frame_n=n)))


def _draw(view: View, found: Database, plan: SamplingPlan) -> None:
    from care_metrics.reviews.samples import keep_sample

    keep_sample(view.scope, found, plan, cached.drawn(view.scope, view.edition, plan))
