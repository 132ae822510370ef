from dataclasses import replace

import pytest

from care_metrics.errors import BadRequest, NotAllowed
from care_metrics.reviews import audit
from care_metrics.reviews.rights import grant, readers, reviewers, revoke
from care_metrics.reviews.rows import Reader
from care_metrics.reviews.sign_in import Identity, identify, scope_of
from care_metrics.scope import NOBODY, operator

BOTH = operator(["acme", "globex"])
ANA = Reader("https://id", "s1", "Ana@Example.org", "qa_lead", ("acme",))
KNOWN = ("acme", "globex")


def test_a_granted_right_makes_the_scope(database):
    grant(BOTH, database, ANA)
    scope = scope_of(database, Identity("https://id", "s1"), KNOWN)
    assert (scope.clients, scope.audience, scope.role, scope.reader) == (
        frozenset({"acme"}),
        "internal",
        "qa_lead",
        "ana@example.org",
    )


def test_every_change_is_in_the_audit_log_with_who_made_it(database, as_role):
    admin = as_role("admin", reader="root@example.org")
    stored = grant(admin, database, ANA)
    grant(admin, database, replace(stored, role="team_lead"))
    revoke(admin, database, stored.id)
    assert [(one.what, one.who, dict(one.filters)["role"]) for one in reversed(audit.entries(admin, database))] == [
        ("grant right", "root@example.org", "qa_lead"),
        ("grant right", "root@example.org", "team_lead"),
        ("revoke right", "root@example.org", "team_lead"),
    ]


def test_no_administrator_gives_or_takes_what_lies_outside_their_own_clients(database, as_role):
    admin = as_role("admin")
    foreign = grant(BOTH, database, replace(ANA, clients=("globex",)))
    with pytest.raises(NotAllowed):
        grant(admin, database, replace(ANA, subject="s2", email="", clients=("acme", "globex")))
    with pytest.raises(NotAllowed):
        grant(admin, database, replace(foreign, clients=("acme",)))  # taking over a foreign reader
    with pytest.raises(NotAllowed):
        revoke(admin, database, foreign.id)
    assert readers(admin, database) == []
    assert readers(BOTH, database) == [foreign]


def test_only_who_sees_every_client_may_let_others_see_them(database, as_role):
    everybody = replace(ANA, role="executive", clients=(), every_client=True)
    admin = as_role("admin", reader="root@example.org")
    with pytest.raises(NotAllowed):
        grant(admin, database, everybody)
    own = Reader("https://id", "s9", "root@example.org", "admin", (), every_client=True)
    own = grant(BOTH, database, own)
    assert grant(admin, database, everybody).every_client
    revoke(BOTH, database, own.id)
    with pytest.raises(NotAllowed):
        grant(admin, database, replace(everybody, subject="s2", email=""))


@pytest.mark.parametrize(
    "wrong",
    [
        {"role": "operator"},
        {"role": "nobody"},
        {"role": "god"},
        {"subject": None, "email": ""},
        {"issuer": ""},
        {"role": "client", "every_client": True},
        {"role": "agent"},
        {"bounds": (("channel", ("voice",)),)},
    ],
    ids=[
        "operator",
        "nobody",
        "unknown",
        "nameless",
        "no_issuer",
        "client_of_all",
        "agent_without_id",
        "bound_unknown",
    ],
)
def test_rights_that_make_no_sense_are_refused(database, wrong):
    with pytest.raises(BadRequest):
        grant(BOTH, database, replace(ANA, **wrong))
    assert readers(BOTH, database) == []


@pytest.mark.parametrize("second", [{"email": ""}, {"subject": "s2"}], ids=["same_subject", "same_email"])
def test_one_identity_and_one_address_is_one_reader(database, second):
    grant(BOTH, database, ANA)
    with pytest.raises(BadRequest, match="Another reader"):
        grant(BOTH, database, replace(ANA, **second))
    assert len(readers(BOTH, database)) == 1


def test_a_change_made_from_an_old_list_does_not_reopen_an_invitation(database):
    invited = grant(BOTH, database, replace(ANA, subject=None))
    identify(database, Identity("https://id", "s7", "ana@example.org", True))
    grant(BOTH, database, replace(invited, role="team_lead"))
    [stored] = readers(BOTH, database)
    assert (stored.subject, stored.role) == ("s7", "team_lead")


def test_readers_without_an_address_do_not_get_in_each_others_way(database):
    for number in range(3):
        grant(BOTH, database, Reader("https://id", f"s{number}", "", "qa_lead", ("acme",)))
    assert [one.name for one in readers(BOTH, database)] == ["s0@https://id", "s1@https://id", "s2@https://id"]


def test_a_revoked_right_ends_at_the_next_question(database):
    stored = grant(BOTH, database, ANA)
    revoke(BOTH, database, stored.id)
    assert scope_of(database, Identity("https://id", "s1"), KNOWN) == NOBODY
    grant(BOTH, database, stored)
    assert scope_of(database, Identity("https://id", "s1"), KNOWN).role == "qa_lead"


def test_reviewers_of_a_client_are_those_who_may_review_it(database, as_role):
    grant(BOTH, database, ANA)
    grant(BOTH, database, replace(ANA, subject="s2", email="ben@example.org", role="team_lead", clients=("globex",)))
    grant(BOTH, database, replace(ANA, subject="s3", email="eve@example.org", role="executive"))
    gone = grant(BOTH, database, replace(ANA, subject="s4", email="gus@example.org"))
    revoke(BOTH, database, gone.id)
    assert reviewers(as_role("qa_lead"), database, "acme") == ["ana@example.org"]
