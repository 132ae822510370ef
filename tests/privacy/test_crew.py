"""A crew of processes says what one process says, and a conversation that fails takes no other with it."""

import pytest

from care_metrics.errors import RedactionFailed
from care_metrics.privacy import crew as room
from care_metrics.privacy.crew import Crew, crew
from care_metrics.privacy.redactor import LONGEST_TEXT, Redactor

TALKS = [
    (("agent", "what is the card number"), ("customer", "4111 1111"), ("customer", "1111 1111")),
    (("", "i am maria"),),
    (("customer", ""), ("agent", "nothing private here")),
]


def test_several_processes_say_what_one_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "WORTH_A_CREW", 1)
    monkeypatch.setattr(room, "CHUNK_TURNS", 2)
    with crew(workers=2) as hired:
        shared = hired.redact(Redactor(), TALKS)
        assert hired._pool is not None
    assert shared == Crew(1).redact(Redactor(), TALKS)
    assert shared.told[TALKS[0]] == ("what is the card number", "<card>", "<card>")
    assert shared.told[TALKS[2]] == ("", "nothing private here")


def test_a_conversation_at_fault_is_left_out_alone() -> None:
    long = (("customer", "x" * (LONGEST_TEXT + 1)),)
    result = Crew(1).redact(Redactor(), [*TALKS, long])
    assert set(result.told) == set(TALKS)
    assert set(result.failed) == {long}


def test_without_its_word_lists_nothing_at_all_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*_: object) -> None:
        raise RedactionFailed((), "package faker is not installed")

    monkeypatch.setattr(Redactor, "_require", missing)
    result = Crew(1).redact(Redactor(), TALKS)
    assert not result.told
    assert set(result.failed) == set(TALKS)


def test_a_process_that_dies_takes_its_texts_out_of_the_load(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "WORTH_A_CREW", 1)
    monkeypatch.setattr(room, "_end_with_parent", die)
    with crew(workers=2) as hired:
        result = hired.redact(Redactor(), TALKS)
        assert not result.told
        assert set(result.failed) == set(TALKS)
        # The next batch of the load gets a crew of its own.
        monkeypatch.setattr(room, "_end_with_parent", live)
        assert hired.redact(Redactor(), TALKS) == Crew(1).redact(Redactor(), TALKS)


def test_how_far_a_crew_is_ends_with_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "CHUNK_TURNS", 2)
    told = list[float]()
    Crew(1, told.append).redact(Redactor(), TALKS)
    assert told == [0.5, 1.0]


def test_a_machine_of_many_cores_does_not_take_more_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room.os, "sched_getaffinity", lambda _: range(64))
    with crew() as hired:
        assert hired.workers == room.MOST_WORKERS


def live() -> None:
    pass


def die() -> None:
    import os

    os._exit(1)
