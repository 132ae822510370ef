"""A review saved: what the form holds becomes one row, and who could not save is told why, with everything still there."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from care_metrics.errors import BadRequest, CareMetricsError, EditConflict
from care_metrics.reviews.review_rows import EvidenceVerdict, Review, ScorecardItem, TurnVerdict
from care_metrics.ui import cached, database, evidence, notices, recorded, review_state
from care_metrics.ui.answers import Row
from care_metrics.ui.review_state import CRITICAL, Form, key_of
from care_metrics.ui.review_words import NEXT_STEPS, ROOT_CAUSES, SCORECARD
from care_metrics.ui.text import _, translated
from care_metrics.ui.view import View


def saved(view: View, name: str) -> bool:
    """Whether this run was begun by the save of this contact's review, and it is saved; the form knows why it is not.

    Done before anything is drawn: the run then shows the next contact, and need not show this one again.
    """
    if not st.session_state.get(f"save_{name}"):
        return False
    client, _slash, leg = name.partition("/")
    known = cached.one_contact(view.scope, view.edition, client, leg)
    turns = recorded.transcript(view, client, leg)
    found = evidence.rows_of(cached.evidence(view.scope, view.edition, client, leg))
    form = review_state.form_of(view, name, found)
    if known is None or turns is None or form is None:
        return False
    _take(form)
    form.refused = _refusal(view, form, _review(view, form, known, turns.to_dicts(), found))
    if isinstance(theirs := getattr(form.refused, "theirs", None), Review):
        form.follow(theirs)
    if form.refused is None:
        review_state.forget(view, form)
        st.toast(_("Saved."), icon=":material/check:")
    return form.refused is None


def _refusal(view: View, form: Form, review: Review) -> CareMetricsError | None:
    from care_metrics.reviews.review import save_review

    if form.is_empty():
        return BadRequest(_("There is nothing to save yet: judge a turn, choose a root cause or write a note first."))
    try:
        save_review(view.scope, database.opened(), review)
    except CareMetricsError as error:
        return error
    return None


def _take(form: Form) -> None:
    """What the fields hold in this run, before they are drawn: the last of it may have come with the save."""
    for field in ("root_cause", "next_step"):
        form.words[field] = st.session_state.get(form.widget(field), form.words[field])
    answers = {item: st.session_state.get(form.widget(f"item_{item}"), form.items.get(item)) for item in SCORECARD}
    form.items = {item: answer for item, answer in answers.items() if answer is not None}
    typed = (st.session_state.get(form.widget("note")) or {}).get("text")
    form.words["coaching_note"] = form.words["coaching_note"] if typed is None else typed


def _review(view: View, form: Form, known: Mapping[str, Any], turns: Sequence[Row], found: Sequence[Row]) -> Review:
    """The review as it is saved. known: the contact; turns, found: its turns and evidence, as they were judged."""
    shown = {str(row["turn_no"]): row["valence"] for row in turns}
    return Review(
        form.client,
        form.leg,
        form.opinion,
        agent_id=known["agent_id"],
        team=known["team"],
        turns=tuple(
            TurnVerdict(int(no), right, shown.get(no), form.corrected.get(no))
            for no, right in sorted(form.turns.items())
        ),
        evidence=tuple(
            EvidenceVerdict(*key_of(found[int(place)]), right, found[int(place)]["earned"] > 0)
            for place, right in sorted(form.evidence.items())
            if int(place) < len(found)
        ),
        items=tuple(
            ScorecardItem(item, None if answer == "na" else float(answer == "yes"), 1.0, item in CRITICAL)
            for item, answer in form.items.items()
        ),
        root_cause=form.words["root_cause"],
        next_step=form.words["next_step"],
        coaching_note=form.words["coaching_note"],
        snapshot=view.edition.snapshot.version,
        model_revision=cached.revisions(view.scope, view.edition),
        version=form.version,
        key=form.saving,
    )


def refused(why: CareMetricsError) -> None:
    """Why the last save was none; of an edit conflict both texts. It stands until the next save."""
    theirs = getattr(why, "theirs", None)
    if isinstance(why, EditConflict) and isinstance(theirs, Review):
        return _both(theirs)
    if isinstance(why, BadRequest):
        return notices.say([notices.paragraph(notices.sentence(str(why)), kind="notice")], "not_saved")
    return notices.not_saved(why, "not_saved")


def _both(theirs: Review) -> None:
    """Somebody saved first: their text beside the one in the form. Saved again, this one follows theirs."""
    text = _("Not saved: {who} saved this review meanwhile. Both texts are kept; save again to put yours after theirs.")
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
