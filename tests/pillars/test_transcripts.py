"""Transcripts that cannot be scored give no text evidence, and say why."""

import pytest

from .rows import conversation, evidence, leg, records, said

LONG = "my bill is wrong again and I am really angry about it"
HELP = said("agent", "I am so sorry, I will look into that for you", empathy=0.9, ownership=0.9)
SPOILT = {
    "no speakers": [said("system", LONG), said("system", "I am so sorry, I will look into that for you")],
    "bot only": [said("customer", LONG), said("bot", "Please choose one of the options above")],
    "one side only": [HELP, HELP],
    "too short": [said("customer", "I am furious!"), said("agent", "Sorry.", empathy=0.9)],
    "language": [said("customer", LONG), HELP | {"unfit": "language"}],
    "not scored yet": [said("customer", LONG), HELP, HELP | {"judged": None}],
}


@pytest.mark.parametrize("reason", SPOILT)
def test_a_bad_transcript_has_no_score_and_a_reason(reason: str) -> None:
    turns = conversation(*SPOILT[reason])
    assert records([leg()], turns).reasons.rows() == [("i1", reason)]
    assert not [
        row for row in evidence([leg(case_id="k", case_closed=False)], turns).values() if row["source"] == "text"
    ]


def test_a_message_without_a_letter_is_no_message() -> None:
    turns = conversation(said("customer", LONG), said("agent", "..."), said("agent", " "))
    assert records([leg()], turns).reasons.rows() == [("i1", "one side only")]


def test_a_good_transcript_has_no_reason() -> None:
    assert records([leg()], conversation(said("customer", LONG), HELP)).reasons.rows() == [("i1", None)]


def test_without_a_model_only_what_was_done_counts() -> None:
    legs = [leg(follow_up_promised=True, follow_up_due_at=leg()["started_at"], follow_up_kept=True)]
    rows = evidence(legs, conversation(said("customer", LONG), HELP), revision=None)
    assert {row["source"] for row in rows.values()} == {"operational"}
