from datetime import date

import pytest

from care_metrics.errors import NotAllowed
from care_metrics.reviews.annotations import annotate, annotations, remove_annotation
from care_metrics.reviews.rows import Annotation

IVR = Annotation("acme", date(2026, 3, 3), "new IVR")


def told(scope, database, *period, **asked):
    return [one.text for one in annotations(scope, database, *period, **asked)]


def test_marks_of_a_period_are_half_open_and_in_order(database, as_role):
    lead = as_role("qa_lead")
    for day in (5, 3, 1):
        annotate(lead, database, Annotation("acme", date(2026, 3, day), f"day {day}"))
    assert told(lead, database) == ["day 1", "day 3", "day 5"]
    assert told(lead, database, date(2026, 3, 3), date(2026, 3, 5)) == ["day 3"]


def test_a_mark_for_all_shows_everywhere_but_only_an_administrator_makes_it(database, as_role):
    everywhere = Annotation(None, date(2026, 3, 4), "holiday")
    with pytest.raises(NotAllowed):
        annotate(as_role("qa_lead"), database, everywhere)
    annotate(as_role("admin"), database, everywhere)
    assert told(as_role("executive", "globex"), database, client="globex") == ["holiday"]


def test_another_clients_mark_is_neither_shown_nor_removed(database, as_role):
    mark = annotate(as_role("qa_lead"), database, IVR)
    foreign = as_role("qa_lead", "globex")
    assert told(foreign, database) == []
    remove_annotation(foreign, database, mark.id)
    assert told(as_role("qa_lead"), database) == ["new IVR"]


def test_a_client_reader_sees_only_what_was_marked_for_them(database, as_role):
    annotate(as_role("qa_lead"), database, IVR)
    annotate(as_role("admin"), database, Annotation(None, date(2026, 3, 4), "lost the other account"))
    annotate(as_role("qa_lead"), database, Annotation("acme", date(2026, 3, 5), "new script", audience="client"))
    assert told(as_role("client"), database) == ["new script"]


def test_only_an_administrator_removes_a_mark_for_all(database, as_role):
    mark = annotate(as_role("admin"), database, Annotation(None, date(2026, 3, 4), "holiday"))
    remove_annotation(as_role("qa_lead"), database, mark.id)
    assert told(as_role("qa_lead"), database) == ["holiday"]
    remove_annotation(as_role("admin"), database, mark.id)
    assert told(as_role("qa_lead"), database) == []


def test_text_that_no_database_holds_is_cleaned(database, as_role):
    assert annotate(as_role("qa_lead"), database, Annotation("acme", date(2026, 3, 3), "a\0b\ud83dc")).text == "abc"
