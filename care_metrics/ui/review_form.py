"""The review of a contact: root cause, scorecard, next step and note, saved once, with nothing typed ever lost."""

from collections.abc import Sequence

import streamlit as st

from care_metrics.ui import notices, review_save, review_state
from care_metrics.ui.answers import Row
from care_metrics.ui.components import declare
from care_metrics.ui.review_state import CRITICAL, Form
from care_metrics.ui.review_words import ANSWERS, NEXT_STEPS, ROOT_CAUSES, SCORECARD
from care_metrics.ui.text import _, ngettext, translated
from care_metrics.ui.view import View

_note = declare("note")


def show(view: View, form: Form, turns: Sequence[Row], found: Sequence[Row]) -> None:
    """The form below the evidence; turns, found: what it judges."""
    with st.container(border=True):
        notices.say([notices.paragraph(notices.sentence(_heading(form), strong=True))], f"review_{form.name}")
        if form.unread:
            text = _("Earlier reviews and drafts cannot be read now; what you type stays here and can be saved later.")
            notices.say(
                [notices.paragraph(notices.sentence(text), notices.sentence(form.unread), kind="notice")], "unread"
            )
        _choices(form)
        _scorecard(form)
        _noted(form)
        with st.container(horizontal=True):
            st.button(_("Save review"), key=f"save_{form.name}", shortcut="S")
            # A callback: the transcript above is drawn before this line.
            rest = _("The rest is right")
            st.button(rest, key=f"rest_{form.name}", shortcut="A", on_click=form.accept_rest, args=(turns, found))
        if form.refused:
            review_save.refused(form.refused)
        _kept(review_state.keep(view, form))


def _noted(form: Form) -> None:
    said = _note(
        key=form.widget("note"),
        data={
            "form": form.key,
            "label": _("Coaching note"),
            "text": form.words["coaching_note"],
            "placeholder": _("What should the agent keep, and what change?"),
        },
        on_text_change=_heard,
    ).text
    form.words["coaching_note"] = form.words["coaching_note"] if said is None else said


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


def _choices(form: Form) -> None:
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
                key=form.widget(field),
                width=200,
            )


def _scorecard(form: Form) -> None:
    with st.expander(_("Scorecard"), expanded=bool(form.items)):
        for item, label in SCORECARD.items():
            with st.container(horizontal=True, vertical_alignment="center"):
                notices.note(
                    _("{item} (critical)").format(item=translated(label)) if item in CRITICAL else translated(label),
                    f"item_{item}_{form.name}",
                )
                answer = st.segmented_control(
                    translated(label),
                    list(ANSWERS),
                    default=form.items.get(item),
                    format_func=lambda code: translated(ANSWERS[code]),
                    key=form.widget(f"item_{item}"),
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
