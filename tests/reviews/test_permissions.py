import inspect
from datetime import UTC, date, datetime
from importlib import import_module
from pkgutil import iter_modules
from typing import get_args

import pytest

import care_metrics.reviews
from care_metrics.errors import BadRequest, EditConflict, NotAllowed
from care_metrics.reviews.content import content
from care_metrics.reviews.permissions import MAY, may, require, require_within
from care_metrics.reviews.review_rows import Assignment, CoachingPlan, Dispute, Draft, PlanDraft, Review
from care_metrics.reviews.rows import Action, Annotation, AuditEntry, Reader, SavedFilter, Site, Target, TaskOfReason
from care_metrics.reviews.sample_rows import Drawn, SamplingPlan
from care_metrics.scope import NOBODY, Role, Scope, operator

DAY, NOW = date(2026, 3, 3), datetime(2026, 3, 3, tzinfo=UTC)
TARGET = Target("acme", "nps", ">=", 30, "goal", DAY)
PLAN = SamplingPlan("acme", "random", 1, 7, DAY, NOW.date().replace(day=4), 10, 1, key="k")
ASSIGNED = Assignment("acme", "c1", "ana", "random", agent_id="a1")

# function -> (what it needs the right to, its arguments after scope and database); every one speaks of client acme.
CALLS = {
    "targets.set_target": ("set targets", (TARGET,)),
    "targets.remove_target": ("set targets", (TARGET,)),
    "targets.all_targets": ("see targets", ("acme",)),
    "annotations.annotate": ("annotate", (Annotation("acme", DAY, "new IVR"),)),
    "annotations.annotations": ("see annotations", (None, None, "acme")),
    "annotations.remove_annotation": ("annotate", (1,)),
    "actions.agree": ("agree actions", (Action("a", "acme", "call", "ana", key="k"),)),
    "actions.agreed": ("see agreed actions", ("acme",)),
    "overrides.name_site": ("map sites and tasks", (Site("acme", "bog", "Bogotá"),)),
    "overrides.sites": ("see sites and tasks", ("acme",)),
    "overrides.forget_site": ("map sites and tasks", ("acme", "bog")),
    "overrides.map_reason": ("map sites and tasks", (TaskOfReason("acme", "refund", "emotional"),)),
    "overrides.task_map": ("see sites and tasks", ("acme",)),
    "overrides.unmap_reason": ("map sites and tasks", ("acme", "refund")),
    "rights.grant": ("grant rights", (Reader("i", "s", "", "client", ("acme",)),)),
    "rights.revoke": ("grant rights", (1,)),
    "rights.readers": ("see rights", ()),
    "rights.reviewers": ("assign reviews", ("acme",)),
    "audit.entries": ("read the audit log", (None, None, "acme")),
    "saved_filters.keep_filter": ("keep filters", (SavedFilter("p", "n", ()),)),
    "saved_filters.filters_of": ("keep filters", ("p",)),
    "saved_filters.drop_filter": ("keep filters", ("p", "n")),
    "review.save_review": ("review", (Review("acme", "c1", agent_id="a1", key="k"),)),
    "review.review_of": ("see reviews", ("acme", "c1")),
    "review.history": ("see reviews", ("acme", "c1")),
    "review.reviews": ("see reviews", ("acme",)),
    "review.reviewed": ("see reviews", ()),
    "review.judged": ("see verdicts", ("acme",)),
    "review.orphans": ("see reviews", ("acme", ())),
    "drafts.keep_draft": ("review", (Draft("acme", "c1", "k", {}, NOW),)),
    "drafts.draft_of": ("review", ("acme", "c1")),
    "drafts.drop_draft": ("review", ("acme", "c1")),
    "plan_drafts.keep_plan_draft": ("coach", (PlanDraft("acme", "a1", "k", {}, NOW),)),
    "plan_drafts.plan_draft_of": ("coach", ("acme", "a1")),
    "disputes.open_dispute": ("dispute", (Dispute("acme", "c1", "a1", "no", "score", key="k"),)),
    "disputes.decide": ("decide disputes", (1, "accepted", "yes")),
    "disputes.withdraw": ("dispute", (1,)),
    "disputes.disputes": ("see disputes", ("acme",)),
    "assignments.assign": ("assign reviews", ((ASSIGNED,),)),
    "assignments.reassign": ("assign reviews", (ASSIGNED, "ben")),
    "assignments.assignments": ("see assignments", (None, "acme")),
    "assignments.of_contact": ("see assignments", ("acme", "c1")),
    "samples.keep_sample": ("draw samples", (PLAN, (Drawn("acme", "c1", "a1", None, 0.1),))),
    "samples.plans": ("see samples", ("acme",)),
    "samples.sampled": ("see samples", ("acme",)),
    "samples.chances": ("see verdicts", ("acme",)),
    "coaching.save_plan": ("coach", (CoachingPlan("p", "acme", "a1", "listening", "asks", DAY, key="k"),)),
    "coaching.plans": ("see coaching", (None, "acme")),
    "coaching.plan_history": ("see coaching", ("acme", "p")),
    "coaching.under_plan": ("see coaching", ("acme",)),
    "erasure.erase_contacts": ("erase", ("acme", ["c1"])),
}
# Whoever does something is recorded, also what they may not do.
OPEN_TO_ALL = {"audit.note", "audit.after_note"}
# These act by a number or on the reader's own rows; a foreign client's are as good as absent, which their own tests show.
WITHOUT_CLIENT = {
    "annotations.remove_annotation",
    "rights.revoke",
    "review.reviewed",
    "rights.readers",
    "saved_filters.keep_filter",
    "saved_filters.filters_of",
    "saved_filters.drop_filter",
    "disputes.decide",
    "disputes.withdraw",
}
ROLES = tuple(role for role in get_args(Role))


def function(name):
    module, called = name.split(".")
    return getattr(import_module(f"care_metrics.reviews.{module}"), called)


def holder(role, client="acme"):
    bounds = (("agent_id", ("a1",)),) if role == "agent" else ()
    return Scope(frozenset({client}), "client" if role == "client" else "internal", role, role, bounds)


def everything(database):
    with database.reading() as connection:
        return content(connection)


def test_no_function_that_takes_a_scope_goes_unchecked():
    found = set()
    for entry in iter_modules(care_metrics.reviews.__path__):
        if entry.ispkg:
            continue
        module = import_module(f"care_metrics.reviews.{entry.name}")
        for name, value in inspect.getmembers(module, inspect.isfunction):
            own = value.__module__ == module.__name__ and not name.startswith("_")
            if own and list(inspect.signature(value).parameters)[:2] == ["scope", "database"]:
                found.add(f"{entry.name}.{name}")
    assert found == set(CALLS) | OPEN_TO_ALL


@pytest.mark.parametrize("name", CALLS)
def test_every_role_without_the_right_is_refused_before_anything_is_touched(file_database, name):
    act, arguments = CALLS[name]
    before = everything(file_database)
    refused = [role for role in ROLES if role != "operator" and role not in MAY[act]]
    assert "nobody" in refused
    for role in refused:
        with pytest.raises(NotAllowed, match=r"you may not|outside"):
            function(name)(holder(role), file_database, *arguments)
    assert everything(file_database) == before


@pytest.mark.parametrize("name", sorted(set(CALLS) - WITHOUT_CLIENT))
def test_no_role_reaches_a_client_outside_its_scope(file_database, name):
    act, arguments = CALLS[name]
    before = everything(file_database)
    for role in (*sorted(MAY[act]), "operator"):
        for scope in (
            holder(role, "globex"),
            Scope(frozenset(), holder(role).audience, role, role, holder(role).bounds),
        ):
            with pytest.raises(NotAllowed):
                function(name)(scope, file_database, *arguments)
    assert everything(file_database) == before


@pytest.mark.parametrize("name", CALLS)
def test_every_role_with_the_right_gets_past_the_gate(file_database, name):
    # What comes after may still refuse: an agent's bounds, a number that is not there.
    act, arguments = CALLS[name]
    for role in (*sorted(MAY[act]), "operator"):
        told = ""
        try:
            function(name)(holder(role), file_database, *arguments)
        except (NotAllowed, EditConflict, BadRequest) as refusal:
            told = str(refusal)
        assert "you may not" not in told


@pytest.mark.parametrize("act", MAY)
def test_a_client_audience_never_does_more_than_a_client(act):
    # A Scope put together wrongly: an inner role, an audience of clients.
    for role in ROLES:
        if may(Scope(frozenset({"acme"}), "client", "x", role), act):
            assert "client" in MAY[act]


def test_nobody_and_a_scope_without_role_may_nothing():
    for scope in (NOBODY, Scope(frozenset({"acme"}))):
        assert not any(may(scope, act) for act in MAY)


def test_the_operator_may_everything_on_its_clients_and_nothing_beyond():
    for act in MAY:
        require(operator(["acme"]), act, "acme")
        with pytest.raises(NotAllowed):
            require(operator(["acme"]), act, "globex")


def test_a_client_never_does_what_is_the_centres_own():
    own = {act for act, roles in MAY.items() if "client" in roles}
    assert own == {
        "see verdicts",
        "see targets",
        "see annotations",
        "see agreed actions",
        "see sites and tasks",
        "keep filters",
    }


@pytest.mark.parametrize(
    ("bounds", "agent", "team", "inside"),
    [
        ((), None, None, True),
        ((("team", ("blue", "red")),), "a1", "red", True),
        ((("team", ("blue",)),), "a1", None, False),
        ((("agent_id", ("a1",)), ("team", ("blue",))), "a1", "red", False),
        ((("agent_id", ()),), "a1", None, False),
        ((("channel", ("voice",)),), "a1", "blue", False),  # a bound this room cannot apply lets nothing through
    ],
)
def test_bounds_only_narrow(bounds, agent, team, inside):
    scope = Scope(frozenset({"acme"}), role="team_lead", bounds=bounds)
    if inside:
        require_within(scope, agent, team)
    else:
        with pytest.raises(NotAllowed):
            require_within(scope, agent, team)


def test_a_refusal_names_no_foreign_client(file_database):
    for name in set(CALLS) - WITHOUT_CLIENT:
        with pytest.raises(NotAllowed) as caught:
            function(name)(holder("operator", "globex"), file_database, *CALLS[name][1])
        assert "globex" not in str(caught.value)


def test_the_audit_entry_is_signed_by_the_scope_not_by_the_page(file_database):
    note, entries = function("audit.note"), function("audit.entries")
    note(holder("client"), file_database, AuditEntry("export", "acme", who="somebody else", role="admin", at=NOW))
    [entry] = entries(holder("admin"), file_database)
    assert (entry.who, entry.role) == ("client", "client")
    assert entry.at.year >= 2026
    assert entry.at != NOW
