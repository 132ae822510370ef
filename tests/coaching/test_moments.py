"""Moments are found by rule, each in another contact of this agent, and of nobody else."""

import pytest

from care_metrics.coaching.moments import RULES, moments
from care_metrics.errors import NotAllowed
from care_metrics.filters import Filters
from care_metrics.scope import Scope, operator
from tests.coaching.conftest import SHOWN, house_of
from tests.coaching.test_profile import A1, TOM

ACME = operator(["acme"])
# A feeling that the agent passed over, as `score` derives it: the customer's turn 3 of contact 1 was the occasion.
PASSED_OVER = """INSERT INTO derived_evidence BY NAME SELECT 'acme' AS client, 'a1_1' AS interaction_id,
'empathy' AS pillar, 'acknowledges_feeling' AS behaviour, 'text' AS source, 0.0 AS earned, 2.0 AS possible, 3 AS gate_turn_no"""


@pytest.fixture(scope="module")
def own_house(tmp_path_factory):
    found = house_of(tmp_path_factory.mktemp("moments"), tuple(SHOWN))
    found.con.execute(PASSED_OVER)
    return found


def test_each_rule_finds_its_turn(own_house):
    """Full points in contacts 0 to 2; a rise of 0.4 where it ended well; dismissed in 11; the lowest end is that of 9."""
    found = [(one.rule, one.interaction_id, one.turn_no) for one in moments(own_house, ACME, "acme", "a1", Filters())]
    assert found == [
        ("shown", "a1_0", 2),
        ("shown", "a1_1", 2),
        ("recovered", "a1_10", 3),
        ("harmed", "a1_11", 2),
        ("lowest", "a1_9", 3),
    ], "contact 1 is quoted already, so the feeling passed over there is not"


def test_a_feeling_passed_over_is_quoted_as_the_customer_said_it(own_house):
    only = {name: RULES[name] for name in ("missed", "lowest")}
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("care_metrics.coaching.moments.RULES", only)
        missed, _lowest = moments(own_house, ACME, "acme", "a1", Filters())
    assert (missed.rule, missed.interaction_id, missed.turn_no) == ("missed", "a1_1", 3)
    assert (missed.speaker, missed.behaviour) == ("customer", "acknowledges_feeling")
    assert missed.text.startswith("customer: the invoice is wrong")


def test_the_agent_reads_their_own_and_nobody_elses(own_house):
    expected = moments(own_house, ACME, "acme", "a1", Filters())
    assert moments(own_house, A1, "acme", "a1", Filters()) == expected
    assert moments(own_house, TOM, "acme", "a1", Filters()) == expected
    assert moments(own_house, A1, "acme", "a2", Filters()) == []
    assert moments(own_house, TOM, "acme", "a4", Filters()) == []
    assert {one.client for one in expected} == {"acme"}


def test_a_client_reader_is_refused(own_house):
    with pytest.raises(NotAllowed):
        moments(own_house, Scope(frozenset({"acme"}), "client", "c", "client"), "acme", "a1", Filters())
