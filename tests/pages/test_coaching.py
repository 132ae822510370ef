"""Coaching: who sees whom, what is on record before it is quoted, and plans that are kept."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from streamlit.testing.v1 import AppTest

from care_metrics.errors import DatabaseUnavailable
from care_metrics.reviews import plan_drafts
from care_metrics.reviews.audit import entries
from care_metrics.reviews.coaching import plan_history, plans, save_plan
from care_metrics.reviews.plan_drafts import keep_plan_draft, plan_draft_of
from care_metrics.reviews.review import save_review
from care_metrics.reviews.review_rows import CoachingPlan, PlanDraft, Review
from care_metrics.scope import operator
from care_metrics.store import Store
from care_metrics.ui import database
from tests.coaching import conftest
from tests.coaching.conftest import SHOWN, store_of
from tests.pages.conftest import PAGES
from tests.pages.test_pages import drawn, keys, text_of

OpenPage = Callable[..., AppTest]
ACME = operator(["acme", "other"])
PLAN = CoachingPlan("p1", "acme", "a1", "empathy", "names it first", date(2026, 3, 2), date(2026, 3, 4), key="k1")
A1 = {"role": "agent", "as_client": "acme", "as_agent_id": "a1"}


@pytest.fixture(scope="session")
def crew(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return store_of(tmp_path_factory.mktemp("crew"))


@pytest.fixture
def a1(written: Path, open_page: OpenPage, crew: Store) -> AppTest:
    return of_a1(open_page("coaching", crew))


def of_a1(app: AppTest) -> AppTest:
    app.selectbox(key="client").select("acme").run()
    return app.selectbox(key="agent").select("a1").run()


def cells(app: AppTest, key: str) -> dict[str, list[dict]]:
    """Rows by the text or link of their first cell."""
    return {row[0].get("text") or row[0]["link"]["text"]: row for row in drawn(app, key)["rows"]}


def button(app: AppTest, label: str):
    return next(one for one in app.button if one.label == label)


def quoted(app: AppTest) -> list[dict]:
    return [one for key in ("moments_best", "moments_worst") if key in keys(app) for one in drawn(app, key)["quotes"]]


def test_a_qa_lead_goes_from_client_to_agents_to_one_agent(written: Path, open_page: OpenPage, crew: Store) -> None:
    app = open_page("coaching", crew, role="qa_lead")
    assert list(cells(app, "clients")) == ["Acme", "Other"]
    app.selectbox(key="client").select("acme").run()
    rows = cells(app, "coaching_agents")
    assert sorted(rows) == ["A1", "A2", "A3", "A4", "A5", "A6"]
    assert rows["A2"][0]["link"]["params"] == {"client": "Acme", "agent": "A2"}
    app.selectbox(key="agent").select("a1").run()
    assert not app.exception
    assert text_of(app, "coaching_of") == "A1 · Blue · Acme"


def test_every_number_stands_with_n_and_interval(a1: AppTest) -> None:
    empathy = cells(a1, "coaching_pillars")["Empathy"]
    assert empathy[0]["note"] == "12 contacts"
    assert empathy[3]["text"] == "23", "6 of 26 points"
    assert all(" to " in empathy[place]["note"] for place in (2, 3))
    assert empathy[0]["link"]["params"]["agent_id"] == "a1"
    assert cells(a1, "coaching_skills")["De-escalation"][3]["text"] == "23"
    ended = cells(a1, "load")["Contacts that ended low"]
    assert (ended[2]["text"], ended[0]["note"], ended[4]["text"]) == ("33.3%", "12 contacts", "0.0 pts")
    assert text_of(a1, "load_finding").startswith("4 contacts ended low on 3 days worked: at most 3 on one day")


def test_too_few_contacts_are_no_score(a1: AppTest) -> None:
    dismissed = cells(a1, "coaching_behaviours")["Dismisses or blames"]
    assert dismissed[0]["note"] == "De-escalation, 1 contact"
    assert (dismissed[2]["text"], dismissed[2]["note"], dismissed[3]["text"]) == ("–", "too few", "–")
    assert cells(a1, "coaching_pillars")["Ownership"][2]["note"] == "no opportunity"


def test_agents_who_differ_by_chance_only_are_said_to_show_one_value(
    written: Path, open_page: OpenPage, tmp_path: Path, monkeypatch
) -> None:
    monkeypatch.setattr(conftest, "SHOWN", dict.fromkeys(SHOWN, 6))
    app = open_page("coaching", store_of(tmp_path))
    app.selectbox(key="client").select("acme").run()
    said = "Agents do not differ beyond chance in Empathy, so all show the mean of all agents there."
    assert text_of(app, "coaching_agents_alike") == said
    app.selectbox(key="agent").select("a2").run()
    assert {row[5]["text"] for row in cells(app, "coaching_pillars").values()} == {"0%", "–"}
    assert text_of(app, "coaching_pillars_alike") == said
    assert "De-escalation" in text_of(app, "coaching_skills_alike")


def test_agents_who_do_differ_are_not_said_to_be_alike(a1: AppTest) -> None:
    assert cells(a1, "coaching_pillars")["Empathy"][5]["text"] != "0%"
    assert "coaching_pillars_alike" not in keys(a1)


def test_the_other_client_has_one_agent_and_nobody_to_compare_with(
    written: Path, open_page: OpenPage, crew: Store
) -> None:
    app = open_page("coaching", crew)
    app.selectbox(key="client").select("other").run()
    assert text_of(app, "first_sentence") == "A1 can be compared with nobody: fewer than 5 agents have enough contacts."
    assert cells(app, "coaching_pillars")["Empathy"][4]["text"] == "–"
    assert "would tell one what another one's score is" in text_of(app, "coaching_pillars_note")


def test_each_quote_is_on_record_and_leads_to_its_contact(a1: AppTest) -> None:
    found = quoted(a1)
    assert len(found) >= 4
    named = {one["link"]["params"]["contact"] for one in found}
    noted = {f"{one.client}/{one.contact}" for one in entries(ACME, database.opened(), what="quote transcript")}
    assert named == noted


def test_while_nothing_can_be_recorded_nothing_is_quoted(written: Path, open_page: OpenPage, crew: Store) -> None:
    written.unlink()
    written.mkdir()
    app = of_a1(open_page("coaching", crew))
    assert not app.exception
    assert quoted(app) == []
    assert "it cannot be now" in text_of(app, "moments_unrecorded")
    assert "plans_unread" in keys(app)
    assert "coaching_pillars" in keys(app), "numbers stand"


def test_an_agent_sees_their_own_page_and_no_name_of_another(written: Path, open_page: OpenPage, crew: Store) -> None:
    save_plan(ACME, database.opened(), PLAN)
    save_plan(ACME, database.opened(), replace(PLAN, plan_id="p2", agent_id="a2", goal="hers", key="k2"))
    for agent in ("a1", "a2"):
        note = Review("acme", f"{agent}_0", agent_id=agent, coaching_note=f"note for {agent}", key=agent)
        save_review(ACME, database.opened(), note)
    app = open_page("coaching", crew, **A1)
    assert not app.exception
    assert text_of(app, "coaching_of") == "A1 · Blue · Acme"
    assert not [box for box in app.selectbox if box.key == "agent"], "there is nobody else to choose"
    assert text_of(app, "plan_p1").startswith("Empathy: names it first")
    assert "plan_p2" not in keys(app)
    assert [row[1]["text"] for row in drawn(app, "coaching_notes")["rows"]] == ["note for a1"]
    assert not [one for one in app.button if one.label in ("Save the plan", "Save the follow-up")]
    assert cells(app, "coaching_pillars")["Empathy"][4]["text"] != "–", "the mean of six agents"


def test_a_link_to_another_agent_opens_the_own_page(written: Path, open_page: OpenPage, crew: Store) -> None:
    app = open_page("coaching", crew, **A1, agent="a2")
    assert text_of(app, "coaching_of") == "A1 · Blue · Acme"


def test_a_team_lead_sees_their_team(written: Path, open_page: OpenPage, crew: Store) -> None:
    app = open_page("coaching", crew, role="team_lead", as_client="acme", as_team="blue")
    assert sorted(cells(app, "coaching_agents")) == ["A1", "A2", "A3"]
    assert app.selectbox(key="agent").options == ["All agents", "A1", "A2", "A3"]


@pytest.mark.parametrize("role", ["client", "executive", "account_manager", "admin"])
def test_others_have_no_such_page(written: Path, open_page: OpenPage, crew: Store, role: str) -> None:
    """Neither by its address, which opens their own first page, nor from there."""
    app = open_page("coaching", crew, role=role)
    assert app.title[0].value != "Coaching"
    with pytest.raises(ValueError, match="Could not find a navigation page"):
        app.switch_page(PAGES["coaching"])


def typed(plan_id: str = "", version: int = 0, **body: object) -> None:
    """What somebody has typed into a form of a1's and not saved: the page gives it back."""
    draft = PlanDraft("acme", "a1", uuid4().hex, body, datetime.now(UTC), plan_id, "blue", version)
    assert keep_plan_draft(ACME, database.opened(), draft)


def written_in(app: AppTest, label: str) -> list[str]:
    """The texts in the boxes of that label, as the page drew them."""
    boxes = (
        json.loads(one.proto.json) for one in app.get("bidi_component") if one.proto.component_name.endswith("note")
    )
    return [box["text"] for box in boxes if box["label"] == label]


def test_a_plan_is_agreed_followed_up_and_kept_with_its_earlier_text(
    written: Path, open_page: OpenPage, crew: Store
) -> None:
    typed(goal="one question at a time")
    app = of_a1(open_page("coaching", crew))
    assert text_of(app, "plans_none").startswith("No plan is agreed")
    assert text_of(app, "new_plan_acme_a1_restored") == "From the draft you left."
    button(app, "Save the plan").click().run()
    [saved] = plans(ACME, database.opened())
    assert (saved.agent_id, saved.skill, saved.goal, saved.state, saved.team) == (
        *("a1", "empathy", "one question at a time", "open", "blue"),
    )
    assert saved.starts == date(2026, 3, 4), "the data's last day"
    assert "Before and after can be compared once 14 days have passed" in text_of(app, f"effect_{saved.plan_id}")
    assert written_in(app, "Agreed step") == ["one question at a time", ""], "the plan's, and the next plan's"
    typed(saved.plan_id, 1, note="heard it in four calls")
    again = of_a1(open_page("coaching", crew))
    next(box for box in again.selectbox if box.label == "State").select("done")
    next(box for box in again.selectbox if box.label == "Outcome").select("reached")
    button(again, "Save the follow-up").click().run()
    [after] = plans(ACME, database.opened())
    assert (after.version, after.outcome, after.note) == (2, "reached", "heard it in four calls")
    assert [one.state for one in plan_history(ACME, database.opened(), "acme", after.plan_id)] == ["open", "done"]
    assert text_of(again, f"plan_{after.plan_id}").endswith("Reached heard it in four calls")
    assert plan_draft_of(ACME, database.opened(), "acme", "a1", after.plan_id) is None


def test_what_is_chosen_in_a_plan_is_kept_as_a_draft_and_given_back(
    a1: AppTest, open_page: OpenPage, crew: Store
) -> None:
    assert plan_draft_of(ACME, database.opened(), "acme", "a1") is None, "nothing is typed yet"
    next(box for box in a1.selectbox if box.label == "Pillar or skill").select("ownership").run()
    draft = plan_draft_of(ACME, database.opened(), "acme", "a1")
    assert draft is not None
    assert (draft.body["skill"], draft.team) == ("ownership", "blue")
    again = of_a1(open_page("coaching", crew))
    assert next(box for box in again.selectbox if box.label == "Pillar or skill").value == "ownership"
    assert "new_plan_acme_a1_restored" in keys(again)


def test_a_draft_that_cannot_be_kept_is_said_to_be_none(a1: AppTest, monkeypatch) -> None:
    def down(*_asked: object) -> bool:
        raise DatabaseUnavailable("The database is down.")

    monkeypatch.setattr(plan_drafts, "keep_plan_draft", down)
    next(box for box in a1.selectbox if box.label == "Pillar or skill").select("ownership").run()
    said = text_of(a1, "new_plan_acme_a1_draft")
    assert said == "The draft is not saved; what you typed is still here. The database is down."
    assert next(box for box in a1.selectbox if box.label == "Pillar or skill").value == "ownership"


def test_a_plan_without_a_step_is_not_saved_and_keeps_what_was_typed(a1: AppTest) -> None:
    button(a1, "Save the plan").click().run()
    assert plans(ACME, database.opened()) == []
    assert any(key.startswith("new_plan") and key.endswith("not_saved") for key in keys(a1))


def test_two_who_follow_up_one_plan_keep_both_texts(written: Path, open_page: OpenPage, crew: Store) -> None:
    seen = save_plan(ACME, database.opened(), PLAN)
    typed("p1", 1, note="mine")
    app = of_a1(open_page("coaching", crew))
    save_plan(ACME, database.opened(), replace(seen, note="theirs", key="k2"))
    button(app, "Save the follow-up").click().run()
    history = plan_history(ACME, database.opened(), "acme", "p1")
    assert [(one.version, one.note) for one in history] == [(1, ""), (2, "theirs"), (None, "mine")]
    assert "theirs" in text_of(app, "plan_conflict")
    assert written_in(app, "Follow-up note") == ["mine"]
    button(app, "Save the follow-up").click().run()
    [after] = plans(ACME, database.opened())
    assert (after.version, after.note) == (3, "mine")


def test_a_due_plan_waits_on_the_first_screen(written: Path, open_page: OpenPage, crew: Store) -> None:
    save_plan(ACME, database.opened(), PLAN)
    save_plan(ACME, database.opened(), replace(PLAN, plan_id="p2", follow_up=date(2026, 4, 1), key="k2"))
    app = open_page("coaching", crew)
    [row] = drawn(app, "plans_due")["rows"]
    assert (row[0]["link"]["params"]["agent"], row[1]["text"]) == ("A1", "names it first")


def test_a_centre_without_evidence_says_so(written: Path, open_page: OpenPage, small_centre: Store) -> None:
    app = open_page("coaching", small_centre)
    app.selectbox(key="client").select("acme_air").run()
    app.selectbox(key="agent").select("a0").run()
    assert not app.exception
    assert "no_evidence" in keys(app)
    assert "no_skills" in keys(app)
    assert "load" in keys(app), "sentiment came with the data"


def test_the_skills_stand_on_how_it_is_measured(open_page: OpenPage, crew: Store) -> None:
    app = open_page("how_it_is_measured", crew)
    rows = cells(app, "skills")
    assert list(rows) == ["De-escalation", "Active listening", "Relationship management"]
    assert "acknowledges the feeling" in rows["De-escalation"][1]["text"]


def test_contacts_and_pillars_lead_to_the_agent(written: Path, open_page: OpenPage, crew: Store) -> None:
    contact = open_page("low_sentiment_calls", crew)
    assert "Coaching of A" in text_of(contact, "contact")
    app = open_page("pillars", crew)
    app.selectbox(key="client").select("acme").run()
    app.selectbox(key="split").select("agent_id").run()
    assert cells(app, "pillar_groups")["A1"][0]["link"]["page"] == "coaching"
    assert len(SHOWN) == len(cells(app, "pillar_groups"))
