"""What a reviewer has open: verdicts given, the version last seen, and what was kept as a draft meanwhile."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import streamlit as st

from care_metrics.errors import CareMetricsError, DatabaseUnavailable
from care_metrics.reviews.permissions import may
from care_metrics.reviews.review_rows import Draft, Review
from care_metrics.ui import assigned, database
from care_metrics.ui.answers import Row
from care_metrics.ui.view import View

CRITICAL = frozenset({"identified"})
WORDS = ("root_cause", "next_step", "coaching_note")


@dataclass
class Form:
    """One opened review of a contact.

    key: names the form's widgets; saving: one per text to save, so that a double click is one row; version: what was last seen. words: root cause, next step and
    note; turns, evidence: verdicts by turn_no and by place in the list; items: scorecard answers, None not applicable.
    corrected: what the valence of a turn judged wrong should be, by turn_no.
    opinion: 2 where the reader was asked for a second one, which begins empty: it is to be their own.
    kept: the body last kept as a draft; restored: it began from one; unread: why nothing could be read.
    refused: why the last save was none; heard: the number of the last verdict taken over, by the list it was given in.
    """

    client: str
    leg: str
    version: int = 0
    key: str = field(default_factory=lambda: uuid4().hex)
    saving: str = field(default_factory=lambda: uuid4().hex)
    words: dict[str, str] = field(default_factory=lambda: dict.fromkeys(WORDS, ""))
    turns: dict[str, bool] = field(default_factory=dict)
    evidence: dict[str, bool] = field(default_factory=dict)
    items: dict[str, str] = field(default_factory=dict)
    corrected: dict[str, float] = field(default_factory=dict)
    kept: dict[str, Any] | None = None
    restored: bool = False
    unread: str = ""
    opinion: int = 1
    refused: CareMetricsError | None = None
    heard: dict[str, int] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """As the URL names the contact."""
        return f"{self.client}/{self.leg}"

    def widget(self, part: str) -> str:
        """The key of one of the form's widgets, a new one each time the form is opened."""
        return f"{part}_{self.name}_{self.key}"

    def body(self) -> dict[str, Any]:
        """All that was typed and chosen, as a draft holds it."""
        return {
            **self.words,
            "turns": dict(self.turns),
            "evidence": dict(self.evidence),
            "items": dict(self.items),
            "corrected": dict(self.corrected),
        }

    def fill(self, body: Mapping[str, Any]) -> None:
        """Take over what a draft or an earlier review says."""
        self.words = {name: str(body.get(name) or "") for name in WORDS}
        self.turns, self.evidence, self.items = (dict(body.get(name) or {}) for name in ("turns", "evidence", "items"))
        self.corrected = dict(body.get("corrected") or {})

    def judge(self, place: str, verdict: str, evidence: bool = False, valence: float | None = None) -> None:
        """Take over one verdict: right, wrong, or empty to take it back; valence: what a wrong turn should be."""
        verdicts = self.evidence if evidence else self.turns
        verdicts.pop(place, None)
        if verdict:
            verdicts[place] = verdict == "right"
        if not evidence:
            self.corrected.pop(place, None)
            if valence is not None and verdict == "wrong":
                self.corrected[place] = valence

    def accept_rest(self, turns: Sequence[Row], found: Sequence[Row]) -> None:
        """Whatever of the scored turns and the evidence is not judged yet is right."""
        for row in turns:
            if row["valence"] is not None:
                self.turns.setdefault(str(row["turn_no"]), True)
        for place, row in enumerate(found):
            if row["source"] != "human":
                self.evidence.setdefault(str(place), True)

    def follow(self, theirs: Review) -> None:
        """After a conflict: the text set aside has its row under the old key; saved again, this one follows theirs."""
        self.version, self.saving = theirs.version or 0, uuid4().hex

    def is_empty(self) -> bool:
        """Whether there is nothing to save."""
        return not any(self.words.values()) and not (self.turns or self.evidence or self.items)


def form_of(view: View, name: str, found: Sequence[Row]) -> Form | None:
    """The form of this contact, opened once a session; None where the reader may not review it."""
    client, _slash, leg = name.partition("/")
    if not may(view.scope, "review") or not view.scope.allows(client):
        return None
    forms: dict[tuple[str, str, int], Form] = st.session_state.setdefault("reviews", {})
    which = assigned.opinion(view, client, leg)
    mine = view.scope.reader, name, which
    if mine not in forms:
        forms[mine] = _opened(view, Form(client, leg, opinion=which), found)
    return forms[mine]


def _opened(view: View, form: Form, found: Sequence[Row]) -> Form:
    from care_metrics.reviews.drafts import draft_of
    from care_metrics.reviews.review import review_of

    try:
        review = review_of(view.scope, database.opened(), form.client, form.leg, form.opinion)
        draft = draft_of(view.scope, database.opened(), form.client, form.leg, form.opinion)
    except DatabaseUnavailable as error:
        return replace(form, unread=str(error))
    if review is not None:
        form.version = review.version or 0
        form.fill(_body_of(review, found))
    form.kept = form.body()
    if draft is not None:
        form.restored, form.version = True, draft.version
        form.fill(draft.body)
        form.kept = form.body()
    return form


def key_of(row: Row) -> tuple[Any, ...]:
    """By what a verdict names its evidence."""
    return row["about"], row["behaviour"], row["source"], row["turn_no"], row["event_id"]


def _body_of(review: Review, found: Sequence[Row]) -> dict[str, Any]:
    places = {key_of(row): str(place) for place, row in enumerate(found)}
    known = [(places.get((v.pillar, v.behaviour, v.source, v.turn_no, v.event_id)), v.right) for v in review.evidence]
    return {
        **{name: getattr(review, name) for name in WORDS},
        "turns": {str(verdict.turn_no): verdict.right for verdict in review.turns},
        "evidence": {place: right for place, right in known if place is not None},
        "corrected": {str(one.turn_no): one.valence for one in review.turns if one.valence is not None},
        "items": {item.item: "na" if item.earned is None else "yes" if item.earned else "no" for item in review.items},
    }


def keep(view: View, form: Form) -> str:
    """Keep what was typed as a draft, if it changed; why it could not be kept, else empty."""
    from care_metrics.reviews.drafts import keep_draft

    body = form.body()
    if body == form.kept or (form.kept is None and form.is_empty()):
        return ""
    draft = Draft(form.client, form.leg, form.saving, body, datetime.now(UTC), form.opinion, form.version)
    try:
        keep_draft(view.scope, database.opened(), draft)
    except DatabaseUnavailable as error:
        return str(error)
    form.kept = body
    return ""


def forget(view: View, form: Form) -> None:
    """After it was saved: the next time the form is opened anew."""
    st.session_state.get("reviews", {}).pop((view.scope.reader, form.name, form.opinion), None)


def done(view: View) -> tuple[tuple[str, str], ...]:
    """The contacts with a finished review; DatabaseUnavailable where that cannot be read."""
    from care_metrics.reviews.review import reviewed

    return tuple(reviewed(view.scope, database.opened()))
