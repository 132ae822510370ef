"""The review of a contact: root cause, scorecard, next step and note, saved once, with nothing typed ever lost."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from care_metrics.errors import CareMetricsError, EditConflict
from care_metrics.reviews.review_rows import Review
from care_metrics.ui import database, notices, review_state
from care_metrics.ui.answers import Row
from care_metrics.ui.components import declare
from care_metrics.ui.review_state import CRITICAL, Form
from care_metrics.ui.text import _, ngettext, noted, translated
from care_metrics.ui.view import View

_note = declare("note")
NONE = ""
ROOT_CAUSES = {
    NONE: noted("Not said"),
    "passed_around": noted("Passed around"),
    "waited": noted("Waited too long"),
    "not_solved": noted("Not solved"),
    "wrong_information": noted("Wrong information"),
    "tone": noted("Tone of the agent"),
    "policy": noted("Policy"),
    "product": noted("Product or service"),
    "other": noted("Something else"),
}
NEXT_STEPS = {
    NONE: noted("Not said"),
    "nothing": noted("Nothing to do"),
    "coach_agent": noted("Coach the agent"),
    "call_customer": noted("Call the customer back"),
    "fix_process": noted("Fix the process"),
    "second_opinion": noted("Second opinion"),
}
SCORECARD = {
    "identified": noted("Identified the customer as required"),
    "understood": noted("Understood the matter before solving"),
    "solved": noted("Solved it or took it on"),
    "next_step": noted("Said what happens next"),
    "courteous": noted("Stayed courteous"),
}
# What a turn's sentiment should be, in the words that a reviewer has for it.
SHOULD = {
    -0.9: noted("very negative"),
    -0.5: noted("negative"),
    0.0: noted("neutral"),
    0.5: noted("positive"),
    0.9: noted("very positive"),
}
ANSWERS = {"yes": noted("yes"), "no": noted("no"), "na": noted("n/a")}


def show(
    view: View,
    form: Form,
    known: Mapping[str, Any],
    turns: Sequence[Row],
    found: Sequence[Row],
    after: Callable[[], None],
) -> None:
    """The form below the evidence; after: what follows a save, the next contact."""
    name = f"{form.client}/{form.leg}"
    with st.container(border=True):
        notices.say([notices.paragraph(notices.sentence(_heading(form), strong=True))], f"review_{name}")
        if form.unread:
            text = _("Earlier reviews and drafts cannot be read now; what you type stays here and can be saved later.")
            notices.say(
                [notices.paragraph(notices.sentence(text), notices.sentence(form.unread), kind="notice")], "unread"
            )
        _choices(form, name)
        _scorecard(form, name)
        said = _note(
            key=f"note_{name}_{form.key}",
            data={
                "form": form.key,
                "label": _("Coaching note"),
                "text": form.words["coaching_note"],
                "placeholder": _("What should the agent keep, and what change?"),
            },
            on_text_change=_heard,
        ).text
        form.words["coaching_note"] = form.words["coaching_note"] if said is None else said
        with st.container(horizontal=True):
            pressed = st.button(_("Save review"), key=f"save_{name}", shortcut="S", disabled=form.is_empty())
            # A callback: the transcript above is drawn before this line.
            rest = _("The rest is right")
            st.button(rest, key=f"rest_{name}", shortcut="A", on_click=form.accept_rest, args=(turns, found))
        if pressed:
            return _save(view, form, review_state.review(view, form, known, turns, found), after)
        _kept(review_state.keep(view, form))
    return None


def _heard() -> None:
    """What was typed needs no work before the run."""


def _heading(form: Form) -> str:
    if form.opinion > 1 and not form.version and not form.restored:
        return _("Second opinion: the first one is not shown here, so that yours is your own")
    if form.restored:
        return _("Review, from the draft you left")
    if form.version:
        text = ngettext("Review, saved once before", "Review, saved {n} times before", form.version)
        return text.format(n=form.version)
    return _("Review")


def _choices(form: Form, name: str) -> None:
    with st.container(horizontal=True):
        for field, label, options in (
            ("root_cause", _("Root cause"), ROOT_CAUSES),
            ("next_step", _("Next step"), NEXT_STEPS),
        ):
            chosen = form.words[field]
            codes = list(options) if chosen in options else [*options, chosen]
            form.words[field] = st.selectbox(
                label,
                codes,
                index=codes.index(chosen),
                format_func=lambda code, options=options: translated(options.get(code, code)),
                key=f"{field}_{name}_{form.key}",
                width=200,
            )


def _scorecard(form: Form, name: str) -> None:

    with st.expander(_("Scorecard"), expanded=bool(form.items)):
        for item, label in SCORECARD.items():
            with st.container(horizontal=True, vertical_alignment="center"):
                notices.note(
                    _("{item} (critical)").format(item=translated(label)) if item in CRITICAL else translated(label),
                    f"item_{item}_{name}",
                )
                answer = st.segmented_control(
                    translated(label),
                    list(ANSWERS),
                    default=form.items.get(item),
                    format_func=lambda code: translated(ANSWERS[code]),
                    key=f"item_{item}_{name}_{form.key}",
                    label_visibility="collapsed",
                    width="content",
                )
            if answer is None:
                form.items.pop(item, None)
            else:
                form.items[item] = answer


def _kept(wrong: str) -> None:
    if wrong:
        text = _("The draft is not saved; what you typed is still here.")
        notices.say(
            [notices.paragraph(notices.sentence(text, strong=True), notices.sentence(wrong), kind="notice")], "draft"
        )


def _save(view: View, form: Form, review: Review, after: Callable[[], None]) -> None:
    from care_metrics.reviews.review import save_review

    try:
        save_review(view.scope, database.opened(), review)
    except EditConflict as conflict:
        return _both(form, conflict)
    except CareMetricsError as error:
        return notices.not_saved(error, "not_saved")
    review_state.forget(view, form)
    after()
    return None


def _both(form: Form, conflict: EditConflict) -> None:
    """Somebody saved first: their text beside the one in the form. Saved again, this one follows theirs."""
    theirs = conflict.theirs
    if isinstance(theirs, Review):
        text = _(
            "Not saved: {who} saved this review meanwhile. Both texts are kept; save again to put yours after theirs."
        )
        said = _("Theirs: {cause}; {step}; {note}").format(
            cause=translated(ROOT_CAUSES.get(theirs.root_cause, theirs.root_cause)),
            step=translated(NEXT_STEPS.get(theirs.next_step, theirs.next_step)),
            note=theirs.coaching_note or _("no note"),
        )
        notices.say(
            [
                notices.paragraph(notices.sentence(text.format(who=theirs.author), strong=True), kind="alarm"),
                notices.paragraph(notices.sentence(said), kind="note"),
            ],
            "conflict",
        )
        form.version = theirs.version or 0
        form.renew()
