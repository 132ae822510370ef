from datetime import UTC, datetime, timedelta

import pytest

from care_metrics.reviews.rights import grant, readers, revoke
from care_metrics.reviews.rows import Reader
from care_metrics.reviews.sign_in import Identity, alive, identify, scope_of, seen, sign_out
from care_metrics.reviews.tables import SESSIONS
from care_metrics.scope import NOBODY, operator

ISSUER = "https://id"
OPERATOR = operator(["acme", "globex"])
NOW = datetime(2026, 3, 3, 12, tzinfo=UTC)


@pytest.fixture
def ana(database):
    return grant(OPERATOR, database, Reader(ISSUER, "s1", "ana@example.org", "qa_lead", ("acme",)))


@pytest.fixture
def invited(database):
    return grant(OPERATOR, database, Reader(ISSUER, None, "Ben@example.org", "client", ("acme",)))


@pytest.mark.parametrize(
    "identity",
    [
        Identity(ISSUER, "s2"),
        Identity("https://other", "s1"),
        Identity(ISSUER, ""),
        Identity("", "s1"),
        Identity(ISSUER, "S1"),
        Identity(ISSUER, "s2", "ana@example.org", True),  # her address, somebody else's subject
        Identity(ISSUER, "s1", "ana@example.org", False),
    ],
    ids=["stranger", "other_issuer", "no_subject", "no_issuer", "other_case", "alias", "unverified"],
)
def test_whoever_is_not_exactly_the_reader_is_nobody(database, ana, identity):
    assert scope_of(database, identity, ["acme"]) == NOBODY


def test_the_address_does_not_matter_once_the_subject_is_known(database, ana):
    assert identify(database, Identity(ISSUER, "s1", "new@example.org", True)) == ana


def test_an_invitation_is_opened_once_by_a_verified_address(database, invited):
    assert identify(database, Identity(ISSUER, "s5", "ben@EXAMPLE.org", None)) is None
    assert identify(database, Identity(ISSUER, "s5", "ben@example.org", False)) is None
    assert identify(database, Identity("https://other", "s5", "ben@example.org", True)) is None
    bound = identify(database, Identity(ISSUER, "s5", "ben@EXAMPLE.org", True))
    assert (bound.subject, bound.id) == ("s5", invited.id)
    assert identify(database, Identity(ISSUER, "s6", "ben@example.org", True)) is None
    assert identify(database, Identity(ISSUER, "s5")) == bound


def test_a_revoked_invitation_opens_nothing(database, invited):
    revoke(OPERATOR, database, invited.id)
    assert identify(database, Identity(ISSUER, "s5", "ben@example.org", True)) is None
    assert [one.subject for one in readers(OPERATOR, database)] == [None]


def test_a_revoked_reader_is_nobody(database, ana):
    revoke(OPERATOR, database, ana.id)
    assert scope_of(database, Identity(ISSUER, "s1"), ["acme"]) == NOBODY


def test_only_known_clients_enter_the_scope_and_all_means_those_of_today(database):
    grant(OPERATOR, database, Reader(ISSUER, "s1", "", "client", ("acme", "globex")))
    grant(OPERATOR, database, Reader(ISSUER, "s2", "", "executive", (), every_client=True))
    assert scope_of(database, Identity(ISSUER, "s1"), ["acme"]).clients == {"acme"}
    assert scope_of(database, Identity(ISSUER, "s1"), ["acme"]).audience == "client"
    assert scope_of(database, Identity(ISSUER, "s2"), ["acme", "initech"]).clients == {"acme", "initech"}


def test_an_agents_scope_carries_the_agent(database):
    grant(OPERATOR, database, Reader(ISSUER, "s1", "", "agent", ("acme",), bounds=(("agent_id", ("a7",)),)))
    assert scope_of(database, Identity(ISSUER, "s1"), ["acme"]).bounds == (("agent_id", ("a7",)),)


def test_a_session_lasts_eight_hours_from_its_first_sight(database, ana):
    session = seen(database, "cookie", ana.id, NOW)
    assert seen(database, "cookie", ana.id, NOW + timedelta(hours=7)) == session
    assert alive(session, ana.id, NOW + timedelta(hours=8))
    assert not alive(session, ana.id, NOW + timedelta(hours=8, seconds=1))
    assert not alive(session, ana.id, NOW - timedelta(seconds=1))  # a clock set back opens nothing


def test_signing_out_in_one_tab_ends_the_other(database, ana):
    seen(database, "cookie", ana.id, NOW)
    seen(database, "another", ana.id, NOW)
    sign_out(database, "cookie")
    assert not alive(seen(database, "cookie", ana.id), ana.id, NOW)
    assert alive(seen(database, "another", ana.id), ana.id, NOW)


def test_a_cookie_that_changes_hands_is_dead(database, ana, invited):
    assert not alive(seen(database, "cookie", ana.id, NOW), invited.id, NOW)


def test_the_cookie_itself_is_not_kept(database, ana):
    seen(database, "a secret cookie", ana.id, NOW)
    with database.reading() as connection:
        [row] = connection.execute(SESSIONS.select()).all()
    assert "secret" not in str(row)
