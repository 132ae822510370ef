from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from care_metrics.errors import BadRequest, EditConflict
from care_metrics.reviews.actions import agree, agreed
from care_metrics.reviews.rows import Action

CALL = Action("a1", "acme", "call back unresolved cases", "ana", date(2026, 4, 1), key="k1")


def test_an_agreed_action_is_kept_and_can_be_told_as_it_stood_last_time(database, as_role):
    manager = as_role("account_manager", reader="ana")
    first = agree(manager, database, CALL)
    meeting = datetime.now(UTC)
    agree(manager, database, replace(first, state="done", key="k2"))
    assert [one.state for one in agreed(as_role("client"), database)] == ["done"]
    assert [one.state for one in agreed(manager, database, at=meeting)] == ["open"]
    assert agreed(manager, database, at=datetime(2020, 1, 1, tzinfo=UTC)) == []


def test_the_list_keeps_the_order_of_agreement(database, as_role):
    manager = as_role("account_manager")
    first = agree(manager, database, replace(CALL, action_id="zz", key="k1"))
    agree(manager, database, replace(CALL, action_id="aa", key="k2"))
    agree(manager, database, replace(first, state="done", key="k3"))
    assert [one.action_id for one in agreed(manager, database)] == ["zz", "aa"]


def test_two_who_change_one_action_are_both_told(database, as_role):
    ana, ben = (as_role("account_manager", reader=name) for name in ("ana", "ben"))
    seen = agree(ana, database, CALL)
    agree(ana, database, replace(seen, text="call within a day", key="k2"))
    with pytest.raises(EditConflict) as caught:
        agree(ben, database, replace(seen, text="write instead", key="k3"))
    assert (caught.value.mine.text, caught.value.theirs.text) == ("write instead", "call within a day")
    assert [one.text for one in agreed(ben, database)] == ["call within a day"]


def test_an_action_of_another_client_under_the_same_id_is_another_action(database, as_role):
    agree(as_role("account_manager"), database, CALL)
    other = agree(as_role("account_manager", "globex"), database, replace(CALL, client="globex", key="k2"))
    assert other.version == 1
    assert len(agreed(as_role("account_manager"), database)) == 1


def test_what_was_agreed_with_another_client_is_not_told(database, as_role):
    everybody = as_role("account_manager", "acme", "globex")
    agree(everybody, database, replace(CALL, action_id="b1", client="globex"))
    agree(everybody, database, replace(CALL, key="k2"))
    assert [one.client for one in agreed(as_role("client"), database)] == ["acme"]
    assert [one.client for one in agreed(everybody, database, "globex")] == ["globex"]
    assert len(agreed(everybody, database)) == 2


@pytest.mark.parametrize(
    "wrong", [{"text": " "}, {"owner": ""}, {"state": "maybe"}, {"key": ""}, {"text": "x" * 2_001}]
)
def test_an_action_without_words_owner_or_key_is_refused(database, as_role, wrong):
    with pytest.raises(BadRequest):
        agree(as_role("account_manager"), database, replace(CALL, **wrong))
