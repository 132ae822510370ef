"""Emotional load by hand: at equal mix an agent who takes the hard channel is not the one customers are hard to."""

from datetime import date

import pytest

from care_metrics.coaching.load import Strain, load, strain
from care_metrics.errors import NotAllowed
from care_metrics.filters import Filters
from care_metrics.scope import Scope, operator
from care_metrics.statistics.intervals import wilson
from tests.coaching.test_profile import A1, TOM

ACME = operator(["acme"])


def test_more_hard_contacts_at_more_voice_are_the_mix_and_not_the_agent(house):
    """a1: 4 of 12 ended low, 8 of them by voice, where every second one does with everybody; in all 19 of 72."""
    ended = {one.measure: one for one in load(house, ACME, "acme", "a1", Filters())}["ended_low"]
    assert (ended.n, ended.value) == (12, pytest.approx(4 / 12))
    assert (ended.low, ended.high) == pytest.approx(tuple(float(limit) for limit in wilson(4, 12)))
    assert ended.own == pytest.approx(0, abs=1e-12)
    assert ended.expected == pytest.approx(4 / 12)
    assert ended.own_low < 0 < ended.own_high


def test_the_share_of_negative_turns_by_hand(house):
    """In a contact that ends low one of the customer's two turns is negative: 4 x 0.5 of 12."""
    turns = {one.measure: one for one in load(house, ACME, "acme", "a1", Filters())}["negative_turns"]
    assert (turns.n, turns.value) == (12, pytest.approx(4 * 0.5 / 12))


def test_the_days_and_the_longest_run_by_hand(house):
    """Contacts 0, 1 and 3 of the first day and 9 of the third ended low; between 1 and 3 one did not."""
    assert strain(house, ACME, "acme", "a1", Filters()) == Strain(n=4, days=3, most=3, run=2)
    assert strain(house, ACME, "acme", "a1", Filters(date(2026, 3, 3), date(2026, 3, 4))) == Strain(0, 1, 0, 0)


def test_the_agent_reads_what_their_lead_reads_and_nobody_elses(house):
    for scope in (A1, TOM):
        assert load(house, scope, "acme", "a1", Filters()) == load(house, ACME, "acme", "a1", Filters())
    assert load(house, A1, "acme", "a2", Filters()) == []
    assert strain(house, TOM, "acme", "a4", Filters()) is None


def test_too_few_contacts_are_counted_and_not_told(house):
    rows = load(house, ACME, "acme", "a1", Filters(date(2026, 3, 2), date(2026, 3, 4)))
    assert [(one.n, one.value) for one in rows] == [(8, None), (8, None)]


def test_a_client_reader_is_refused(house):
    scope = Scope(frozenset({"acme"}), "client", "c", "client")
    for step in (load, strain):
        with pytest.raises(NotAllowed):
            step(house, scope, "acme", "a1", Filters())
