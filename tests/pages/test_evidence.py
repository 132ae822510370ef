"""Beside each turn what it earned, missed or spoiled, with the reason; what the centre and reviewers gave in the list."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from care_metrics.commands.demo import reading_of
from care_metrics.commands.ingest import publish_readings
from care_metrics.store import Store, open_store, publishing
from care_metrics.ui import evidence_words as words
from tests.conftest import leg
from tests.pages.centre import END, frame
from tests.pages.test_pages import drawn, keys

OpenPage = Callable[..., AppTest]
TALK = (
    ("customer", "My line has been dead for two weeks.", -0.9),
    ("agent", "That is not my department.", None),
    ("customer", "So who helps me?", -0.4),
    ("agent", "I will see to it myself by noon.", None),
)


def item(behaviour: str, earned: float, **values: object) -> dict[str, object]:
    row = {"interaction_id": "i1", "pillar": "ownership", "behaviour": behaviour, "earned": earned, "possible": 2.0}
    return row | dict.fromkeys(("turn_no", "event_id", "source")) | values


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Store:
    call = {name: value for name, value in leg(1).items() if not name.endswith("_at")} | {"started_at": END}
    turns = [
        {"interaction_id": "i1", "turn_no": number, "speaker": speaker, "text": text, "valence": valence}
        for number, (speaker, text, valence) in enumerate(TALK, 1)
    ]
    evidence = [
        item("takes_it_on", 2.0, turn_no=4),
        item("pushes_away", 0.0, turn_no=2),
        item("says_when", 2.0, turn_no=3),
        item("one_owner", 1.0, event_id="case 7", source="operational"),
        item("Greeting", 1.0, turn_no=4, source="human", pillar="quality"),
    ]
    store = open_store(str(tmp_path_factory.mktemp("judged") / "store"))
    with publishing(store) as publication:
        tables = {"interactions": [call], "turns": turns, "evidence": evidence}
        readings = [reading_of(table, frame(table, rows)) for table, rows in tables.items()]
        publish_readings(publication, "acme", "UTC", readings)
    return store


@pytest.fixture
def opened(open_page: OpenPage, judged: Store) -> AppTest:
    app = open_page("contacts", judged)
    app.query_params["kpi"] = "ownership"
    app.run()
    assert not app.exception
    return app


def chips(app: AppTest) -> dict[int, list[tuple[str, str]]]:
    turns = drawn(app, "transcript_acme/i1")["turns"]
    return {turn["no"]: [(one["tone"], one["text"]) for one in turn["items"]] for turn in turns if turn["items"]}


def test_each_turn_carries_what_it_earned_spoiled_or_claimed(opened: AppTest) -> None:
    """Credit that cites the customer's turn 3 earns nothing there; the reviewer's points are named as theirs."""
    assert chips(opened) == {
        2: [("harm", "Ownership lost: pushes it away, 0 of 2")],
        3: [("missed", "Ownership missed: says when, 0 of 2")],
        4: [("earned", "Ownership: takes it on, 2 of 2"), ("human", "Reviewer on Quality: Greeting, 1 of 2")],
    }


def test_the_list_keeps_text_operations_and_reviewers_apart(opened: AppTest) -> None:
    data = drawn(opened, "evidence_acme/i1")
    sections = {section["title"]: [row["text"] for row in section["rows"]] for section in data["sections"]}
    assert sections == {
        "What the agent wrote": ["Pushes it away", "Says when", "Takes it on"],
        "What the centre did": ["One owner"],
        "What human reviewers gave, apart from the scores": ["Greeting"],
    }
    assert data["total"] == ["Ownership 3 of 8"], "as the score counts it: the reviewer's points are not in it"


def test_who_comes_from_a_pillar_sees_the_turn_that_spoiled_it_and_others_the_lowest(
    opened: AppTest, open_page: OpenPage, judged: Store
) -> None:
    def chosen(app: AppTest) -> list[int]:
        return [turn["no"] for turn in drawn(app, "transcript_acme/i1")["turns"] if turn["chosen"]]

    assert chosen(opened) == [2]
    assert chosen(open_page("low_sentiment_calls", judged)) == [1]


def test_a_contact_without_transcript_still_shows_what_the_centre_did(open_page: OpenPage, tmp_path: Path) -> None:
    call = {name: value for name, value in leg(1).items() if not name.endswith("_at")} | {"started_at": END}
    store = open_store(str(tmp_path / "silent"))
    with publishing(store) as publication:
        rows = [item("one_owner", 2.0, event_id="case 7", source="operational")]
        tables = {"interactions": [call], "evidence": rows}
        readings = [reading_of(table, frame(table, lines)) for table, lines in tables.items()]
        publish_readings(publication, "acme", "UTC", readings)
    app = open_page("contacts", store)
    app.query_params["kpi"] = "ownership"
    app.run()
    assert not app.exception
    assert "no_transcript" in keys(app)
    assert drawn(app, "evidence_acme/i1")["total"] == ["Ownership 2 of 2"]


def derived(**values: Any) -> dict[str, Any]:
    row = {"about": "empathy", "behaviour": "acknowledges_feeling", "source": "text", "earned": 0.0, "possible": 2.0}
    row |= {"turn_no": None, "gate_turn_no": 3, "derived": True, "withdrawn": False, "supported": False}
    row |= {"reason": "no agent turn takes up what the customer feels", "revision": "a9889bdb7f06", "confidence": 0.984}
    return row | values


def test_a_missed_opportunity_stands_at_the_first_answer_to_it() -> None:
    turns = [{"turn_no": number, "speaker": "agent" if number % 2 else "customer"} for number in range(1, 8)]
    assert words.turn_of(derived(), turns) == 5
    assert words.turn_of(derived(gate_turn_no=7), turns) is None
    assert words.turn_of(derived(gate_turn_no=None), turns) is None
    assert words.turn_of(derived(turn_no=9), turns) is None, "a turn that was erased is no link"


def test_the_reason_names_opportunity_judge_and_confidence() -> None:
    told = "No agent turn takes up what the customer feels. The opportunity: turn 3. "
    assert words.why(derived()) == told + "Read by model a9889bdb7f06, confidence 98%."
    assert words.why(derived(revision="rules-62b1a5b1")) == told + "By rule 62b1a5b1."
    assert words.why(derived(withdrawn=True)).endswith("Withdrawn after a dispute, so it earns nothing.")
    assert words.why(derived(withdrawn=True, possible=0.0)).endswith("Taken out of the score after a dispute.")


def test_half_the_points_are_called_a_part() -> None:
    assert words.chip(derived(earned=1.0)) == "Empathy, in part: acknowledges the feeling, 1 of 2"
    assert words.chip(derived(earned=0.5)) == "Empathy, in part: acknowledges the feeling, 0.5 of 2"
