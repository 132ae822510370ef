"""What somebody has open of a coaching plan: kept as a draft while they type, given back when they return."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import streamlit as st

from care_metrics.errors import DatabaseUnavailable
from care_metrics.reviews.review_rows import PlanDraft
from care_metrics.ui import database, forms, notices
from care_metrics.ui.components import declare
from care_metrics.ui.text import _
from care_metrics.ui.view import View

_note = declare("note")
WORDS = 2_000


@dataclass
class Typed:
    """One opening of a plan's form.

    name: of the form, for `forms`; about: client, agent and team; plan_id: empty for a plan that is not agreed yet.
    first: what the fields began with; body: what they hold now, days in ISO; kept: what was last kept of it, None for nothing.
    version: what its author saw; saving: the key to save it under; restored: it began from a draft.
    """

    name: str
    key: str
    about: tuple[str, str, str | None]
    plan_id: str
    first: dict[str, Any]
    version: int = 0
    saving: str = ""
    restored: bool = False
    body: dict[str, Any] = field(default_factory=dict)
    kept: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.saving = self.saving or self.key
        self.body, self.kept = dict(self.first), dict(self.first)

    def widget(self, part: str) -> str:
        """The key of one of the form's fields, a new one each time the form is opened."""
        return f"{part}_{self.key}"

    def day(self, part: str) -> date | None:
        """The day that a field holds."""
        return date.fromisoformat(self.body[part]) if self.body[part] else None

    def write(self, part: str, label: str, placeholder: str = "") -> None:
        """A box whose text is taken over while it is typed."""
        data = {"form": self.key, "label": label, "text": self.body[part], "placeholder": placeholder, "most": WORDS}
        said = _note(key=self.widget(part), data=data, on_text_change=_heard).text
        self.body[part] = self.body[part] if said is None else said

    def follow(self, version: int | None) -> None:
        """After a conflict: the text set aside has its row under the old key; saved again, this one follows theirs."""
        self.version, self.saving = version or 0, uuid4().hex


def _heard() -> None:
    """What was typed needs no work before the run."""


def opened(
    view: View,
    name: str,
    about: tuple[str, str, str | None],
    first: Mapping[str, Any],
    plan_id: str = "",
    version: int = 0,
) -> Typed:
    """This opening of the form, the same until it is saved; it begins with the draft that its reader left."""
    place = f"{name}_typed"
    known: Typed | None = st.session_state.get(place)
    if known is None or known.key != forms.key(name):
        known = st.session_state[place] = _begun(
            view, Typed(name, forms.key(name), about, plan_id, dict(first), version)
        )
    return known


def _begun(view: View, typed: Typed) -> Typed:
    from care_metrics.reviews.plan_drafts import plan_draft_of

    try:
        draft = plan_draft_of(view.scope, database.opened(), *typed.about[:2], typed.plan_id)
    except DatabaseUnavailable:
        # Whether it can be kept is told as soon as there is something to keep.
        return typed
    if draft is None:
        return typed
    # The key goes with the draft: had it been saved after all, it would not be a second plan.
    st.session_state[f"{typed.name}_form"] = draft.key
    first = typed.first | {part: text for part, text in draft.body.items() if part in typed.first}
    return Typed(typed.name, draft.key, typed.about, typed.plan_id, first, draft.version, restored=True)


def say_restored(typed: Typed) -> None:
    """That the fields hold a draft."""
    if typed.restored:
        notices.note(_("From the draft you left."), f"{typed.name}_restored")


def keep(view: View, typed: Typed) -> None:
    """Keep what was typed as a draft, if it changed; said where it cannot be."""
    from care_metrics.reviews.plan_drafts import keep_plan_draft

    if typed.body == typed.kept:
        return
    client, agent_id, team = typed.about
    body, now = dict(typed.body), datetime.now(UTC)
    draft = PlanDraft(client, agent_id, typed.saving, body, now, typed.plan_id, team, typed.version)
    try:
        keep_plan_draft(view.scope, database.opened(), draft)
    except DatabaseUnavailable as error:
        text = _("The draft is not saved; what you typed is still here.")
        said = [notices.sentence(text, strong=True), notices.sentence(str(error))]
        return notices.say([notices.paragraph(*said, kind="notice")], f"{typed.name}_draft")
    typed.kept = body
