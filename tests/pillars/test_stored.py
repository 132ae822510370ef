"""Evidence in the store: scored, resumed, kept apart from what was ingested, withdrawn, merged."""

from collections.abc import Callable, Sequence
from pathlib import Path

import polars as pl
import pytest

from care_metrics.access import warehouse_of
from care_metrics.commands import roll_up as rolling
from care_metrics.commands import run_score
from care_metrics.commands.derive_evidence import derive_evidence
from care_metrics.commands.score import SENTIMENT, ScoreReport, score
from care_metrics.commands.score_behaviours import BEHAVIOURS
from care_metrics.contacts import bounds
from care_metrics.reviews import open_database
from care_metrics.reviews.disputes import decide, open_dispute
from care_metrics.reviews.locate import database_url
from care_metrics.reviews.review_rows import Dispute
from care_metrics.scope import operator
from care_metrics.store import Store, publishing
from tests.conftest import leg

OUTPUTS = ("empathy", "proactivity", "personalization", "ownership", "personalization_strong", "ownership_strong")
ANGRY = "I have waited for weeks and I am really frustrated"
KIND, PLAIN = "I am so sorry, that must be hard", "Which number is it under?"


class Mood:
    """-1 for a text with 'frustrated', 0.2 for others."""

    name, revision, columns = "sentiment", "sent1", ("negative", "neutral", "positive", "valence")
    languages = None

    def score(self, texts: Sequence[str], previous: Sequence[str] | None = None) -> pl.DataFrame:
        valence = [-1.0 if "frustrated" in text else 0.2 for text in texts]
        return pl.DataFrame(
            {"negative": valence, "neutral": valence, "positive": valence, "valence": valence}, strict=False
        )


class Judge:
    """Empathy 1 for 'sorry' after a customer turn, ownership 1 for 'I will'; remembers what it was asked."""

    name, columns, thresholds = "behaviours", OUTPUTS, {"empathy": 0.9}

    def __init__(self, revision: str = "beh1") -> None:
        self.revision, self.asked = revision, []

    def score(self, texts: Sequence[str], previous: Sequence[str] | None = None) -> pl.DataFrame:
        before = previous or [""] * len(texts)
        self.asked += zip(texts, before, strict=True)
        columns = {name: [0.0] * len(texts) for name in OUTPUTS}
        columns["empathy"] = [float("sorry" in text and bool(said)) for text, said in zip(texts, before, strict=True)]
        columns["ownership"] = [float("I will" in text) for text in texts]
        return pl.DataFrame(columns, schema=dict.fromkeys(OUTPUTS, pl.Float64))


def talk(name: str, *texts: str) -> list[dict[str, object]]:
    """Customer and agent by turns, the customer first."""
    speakers = ("customer", "agent")
    return [
        {"interaction_id": name, "turn_no": number, "speaker": speakers[(number - 1) % 2], "text": text}
        for number, text in enumerate(texts, 1)
    ]


@pytest.fixture
def judge() -> Judge:
    return Judge()


@pytest.fixture
def run(store: Store) -> Callable[..., dict[str, ScoreReport]]:
    """Score every client with Mood and a judge, as the command does."""

    def _run(judge: Judge, most_turns: int | None = None, current: bool = False) -> dict[str, ScoreReport]:
        reports = {}
        with publishing(store) as publication:
            for scorer, job in ((Mood(), SENTIMENT), (judge, BEHAVIOURS)):
                clients = sorted(store.clients(publication.base))
                reports[scorer.name] = score(
                    store, publication, scorer, clients, most_turns=most_turns, job=job, current=current
                )
        return reports

    return _run


def stored(store: Store, table: str = "derived_evidence", client: str = "acme") -> pl.DataFrame:
    rows = store.read(store.snapshot(), table, [client])
    return pl.DataFrame() if rows is None else rows


def test_agents_are_scored_once_a_pair_in_the_light_of_the_turn_before(
    load: Callable, run: Callable, judge: Judge, store: Store
) -> None:
    turns = talk("i1", ANGRY, KIND, "ok", PLAIN) + talk("i2", ANGRY, KIND) + talk("i3", "hi", KIND)
    load("acme", interactions=[leg(1), leg(2), leg(3)], turns=turns)
    report = run(judge)["behaviours"]
    assert sorted(judge.asked) == sorted([(KIND, ANGRY), (KIND, "hi"), (PLAIN, "ok")])
    assert (report.scored, report.left) == (4, 0)
    rows = stored(store, "behaviours")
    assert rows.select("interaction_id", "turn_no", "text_md5", "revision").is_unique().all()


def test_only_what_is_new_is_scored_and_a_stopped_run_goes_on(
    load: Callable, run: Callable, judge: Judge, store: Store
) -> None:
    load("acme", interactions=[leg(1)], turns=talk("i1", ANGRY, KIND))
    load("zeta", interactions=[leg(2)], turns=talk("i2", ANGRY, PLAIN))
    assert run(judge, most_turns=1)["behaviours"].left == 1
    assert run(judge)["behaviours"].scored == 1
    version = store.snapshot().version
    assert run(judge)["behaviours"].scored == 0
    assert len(judge.asked) == 2
    assert store.snapshot().version == version


def test_half_read_transcripts_are_counted_and_none_once_all_are_read(
    load: Callable, run: Callable, judge: Judge, store: Store
) -> None:
    def waiting() -> int:
        scope = operator(store.clients(store.snapshot()))
        found = bounds(warehouse_of(store, store.snapshot(), scope), scope)
        return -1 if found is None else found.waiting

    texts = "I have waited for six weeks now and I am tired", "I will look into it for you now"
    load("acme", interactions=[leg(1)], turns=talk("i1", *texts))
    load("zeta", interactions=[leg(2)], turns=talk("i2", *texts))
    assert waiting() == 0  # nothing is read, so nothing is half read
    run(judge, most_turns=1)
    assert waiting() == 1
    run(judge)
    assert waiting() == 0


def test_a_changed_turn_before_is_a_new_context(load: Callable, run: Callable, judge: Judge, store: Store) -> None:
    load("acme", interactions=[leg(1)], turns=talk("i1", ANGRY, KIND))
    run(judge)
    load("acme", turns=talk("i1", "never mind", KIND))
    run(judge)
    assert judge.asked == [(KIND, ANGRY), (KIND, "never mind")]


def test_a_language_the_model_cannot_read_is_a_reason(
    load: Callable, run: Callable, judge: Judge, store: Store
) -> None:
    load("acme", interactions=[leg(1, language="es-CO")], turns=talk("i1", ANGRY, KIND))
    assert run(judge)["behaviours"].skipped == 1
    assert stored(store, "unscored_legs").select("interaction_id", "reason").rows() == [("i1", "language")]
    assert judge.asked == []


def test_scoring_earns_points_with_the_models_thresholds(
    load: Callable, run: Callable, judge: Judge, measured: Callable
) -> None:
    load("acme", interactions=[leg(1), leg(2)], turns=talk("i1", ANGRY, KIND) + talk("i2", ANGRY, PLAIN))
    assert measured("empathy")[0]["state"] == "no_data"
    run(judge)
    [row] = measured("empathy")
    assert (row["value"], row["n"], row["n_invalid"]) == (50, 2, 0)


def test_operational_evidence_comes_without_any_transcript(
    load: Callable, measured: Callable, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    due = {"follow_up_promised": "true", "follow_up_due_at": "2024-05-03T12:00:00Z"}
    load("acme", interactions=[leg(1, **due, follow_up_kept="true"), leg(2, **due, follow_up_kept="false"), leg(27)])
    assert measured("ownership")[0]["state"] == "no_data", "ingest alone derives nothing"
    monkeypatch.setattr(run_score, "load_sentiment", lambda *_: Mood())
    monkeypatch.setattr(run_score, "load_behaviours", lambda *_: Judge())
    run_score.score_store(store, behaviours="anything")
    assert (measured("ownership")[0]["value"], measured("ownership")[0]["n"]) == (50, 2)
    load("acme", interactions=[leg(2, **due, follow_up_kept="true", updated_at="2024-06-01T00:00:00Z")])
    assert measured("ownership")[0]["value"] == 100, "what was derived once follows every change"
    version = store.snapshot().version
    run_score.score_store(store, behaviours="anything")
    assert store.snapshot().version == version, "nothing new, nothing published"


def test_without_the_behaviours_weights_one_sentence_says_so(
    load: Callable,
    store: Store,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    load("acme", interactions=[leg(1)], turns=talk("i1", ANGRY, KIND))
    monkeypatch.setattr(run_score, "load_sentiment", lambda *_: Mood())
    monkeypatch.setattr(run_score, "under_root", lambda _: str(tmp_path))
    assert list(run_score.score_store(store)) == ["sentiment"]
    [line] = [line for line in capsys.readouterr().err.splitlines() if "model.safetensors" in line]
    assert "operational evidence alone" in line
    assert stored(store, "unscored_legs")["reason"].to_list() == ["not scored yet"]


def test_scoring_replaces_only_its_own_rows(
    load: Callable, run: Callable, judge: Judge, store: Store, measured: Callable
) -> None:
    mine = {"interaction_id": "i1", "pillar": "empathy", "behaviour": "own", "earned": 0, "possible": 3, "turn_no": 2}
    human = mine | {"behaviour": "card", "source": "human", "earned": 1}
    load("acme", interactions=[leg(1)], turns=talk("i1", ANGRY, KIND), evidence=[mine, human])
    before = stored(store, "evidence")
    run(judge)
    assert stored(store, "evidence").equals(before)
    assert measured("empathy")[0]["value"] == pytest.approx(100 * 3 / 6)
    assert measured("qa_score")[0]["value"] == pytest.approx(100 / 3), "a human's card stands beside the model's"
    run(Judge("beh2"))
    assert stored(store)["revision"].unique().to_list() == ["beh1"], "a new revision waits beside the current one"
    run(Judge("beh2"), current=True)
    assert stored(store)["revision"].unique().to_list() == ["beh2"]
    assert measured("empathy")[0]["value"] == pytest.approx(100 * 3 / 6)


def test_the_facts_keep_text_and_operations_apart(load: Callable, run: Callable, judge: Judge, store: Store) -> None:
    done = {
        "interaction_id": "i1",
        "pillar": "empathy",
        "behaviour": "own",
        "earned": 1,
        "possible": 4,
        "event_id": "e",
    }
    load("acme", interactions=[leg(1)], turns=talk("i1", ANGRY, KIND), evidence=[done | {"source": "operational"}])
    run(judge)
    row = stored(store, "facts_evidence").row(0, named=True)
    parts = [
        row[f"empathy_{part}"]
        for part in ("text_earned", "text_possible", "operational_earned", "operational_possible")
    ]
    assert parts == [3, 3, 1, 4]
    assert (row["empathy_earned"], row["empathy_possible"], row["empathy_n_invalid"]) == (4, 7, 0)
    assert row["ownership_n_invalid"] == 0


def test_a_deleted_turn_takes_its_credit_along(
    load: Callable, run: Callable, judge: Judge, store: Store, measured: Callable
) -> None:
    load("acme", interactions=[leg(1)], turns=talk("i1", ANGRY, KIND, "ok", PLAIN))
    run(judge)
    assert measured("empathy")[0]["value"] == 100
    with publishing(store) as publication:
        turns = stored(store, "turns")
        store.replace("turns", turns.filter(pl.col("turn_no") != 2), "acme", None)
        rolling.roll_up(publication, ["acme"])
        publication.commit()
    assert measured("empathy")[0]["value"] == 0


def test_a_cited_turn_that_is_not_there_counts_as_unsupported(
    load: Callable, run: Callable, judge: Judge, store: Store, measured: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    load("acme", interactions=[leg(1)], turns=talk("i1", ANGRY, KIND))
    run(judge)
    monkeypatch.setattr(rolling, "derive_evidence", lambda *_: False)
    with publishing(store) as publication:
        store.replace("turns", stored(store, "turns").filter(pl.col("turn_no") != 2), "acme", None)
        rolling.roll_up(publication, ["acme"])
        publication.commit()
    [row] = measured("empathy")
    assert (row["value"], row["n_invalid"]) == (0, 2), "two items cited the turn"


def test_withdrawn_credit_stays_withdrawn(
    load: Callable, run: Callable, judge: Judge, store: Store, measured: Callable
) -> None:
    load("acme", interactions=[leg(1)], turns=talk("i1", ANGRY, KIND))
    run(judge)
    assert not stored(store)["withdrawn"].any()
    with publishing(store) as publication:
        rows = stored(store)
        overturned = pl.col("behaviour") == "acknowledges_feeling"
        store.replace("derived_evidence", rows.with_columns(withdrawn=overturned), "acme", None)
        rolling.roll_up(publication, ["acme"])
        publication.commit()
    assert measured("empathy")[0]["value"] == pytest.approx(100 * 1 / 3)
    assert measured("empathy")[0]["n_invalid"] == 0


def test_an_accepted_dispute_withdraws_its_credit_at_the_next_roll_up(
    load: Callable, run: Callable, judge: Judge, store: Store, measured: Callable
) -> None:
    load("acme", interactions=[leg(1)], turns=talk("i1", ANGRY, KIND))
    run(judge)
    before, scope = measured("empathy")[0]["value"], operator(["acme"])
    database = open_database(database_url(store=store.url))
    [row] = stored(store).filter(pl.col("behaviour") == "acknowledges_feeling").to_dicts()
    named = {name: row[name] for name in ("pillar", "behaviour", "source", "turn_no", "event_id")}
    for key, outcome in (("k1", "rejected"), ("k2", "accepted")):
        opened = open_dispute(scope, database, Dispute("acme", "i1", "a1", "not meant so", key=key, **named))
        assert opened.id
        assert rolled_up(store) == []
        decide(scope, database, opened.id, outcome, "heard")
        assert rolled_up(store) == (["acme"] if outcome == "accepted" else [])
        assert measured("empathy")[0]["value"] == (before if outcome == "rejected" else pytest.approx(100 * 1 / 3))
    assert rolled_up(store) == [], "once is enough"


def test_an_accepted_dispute_about_points_that_were_lost_takes_them_out_of_the_score(
    load: Callable, run: Callable, judge: Judge, store: Store, measured: Callable
) -> None:
    """Neither lost nor earned: the row no longer counts, and without any other the contact is no opportunity."""
    load("acme", interactions=[leg(1)], turns=talk("i1", ANGRY, "Your order is 77."))
    run(judge)
    scope, database = operator(["acme"]), open_database(database_url(store=store.url))
    assert (measured("empathy")[0]["value"], measured("empathy")[0]["n"]) == (0, 1)
    for row in stored(store).filter(pl.col("pillar") == "empathy").to_dicts():
        named = {name: row[name] for name in ("pillar", "behaviour", "source", "turn_no", "event_id")}
        opened = open_dispute(scope, database, Dispute("acme", "i1", "a1", "I did", key=row["behaviour"], **named))
        assert opened.id
        decide(scope, database, opened.id, "accepted", "heard")
    assert rolled_up(store) == ["acme"]
    assert not any(row["n"] for row in measured("empathy"))


def rolled_up(store: Store) -> list[str]:
    with publishing(store) as publication:
        stale = rolling.roll_up(publication, ["acme"])
        publication.commit()
    return stale


def test_deriving_again_changes_nothing(load: Callable, run: Callable, judge: Judge, store: Store) -> None:
    load("acme", interactions=[leg(1)], turns=talk("i1", ANGRY, KIND))
    run(judge)
    with publishing(store):
        assert derive_evidence(store, "acme") is False


def test_the_last_evidence_can_go(load: Callable, run: Callable, judge: Judge, store: Store) -> None:
    load("acme", interactions=[leg(1)], turns=talk("i1", ANGRY, KIND))
    run(judge)
    load("acme", turns=talk("i1", "hello there, I have a question about it", "never mind, all is well with us"))
    assert stored(store).is_empty()


def test_merging_is_exact(load: Callable, run: Callable, judge: Judge, measured: Callable) -> None:
    """South has 4 legs of 3 points of empathy, north 8: 1 of 4 and 6 of 8 of them are kind."""
    kind = {1, 2, 3, 4, 5, 6, 9}
    legs = [leg(number, site="south" if number > 8 else "north") for number in range(1, 13)]
    turns = [row for n in range(1, 13) for row in talk(f"i{n}", ANGRY, KIND if n in kind else PLAIN)]
    load("acme", interactions=legs, turns=turns)
    run(judge)
    [total] = measured("empathy")
    parts = {part["site"]: part for part in measured("empathy", by=("site",))}
    assert {site: (part["value"], part["n"]) for site, part in parts.items()} == {"north": (75, 8), "south": (25, 4)}
    assert total["value"] == pytest.approx(100 * (6 * 3 + 1 * 3) / (12 * 3)), "not the mean of the sites, 50"
    assert (total["n"], parts["north"]["n_invalid"], total["n_invalid"]) == (12, 0, 0)


def test_windows_follow_the_clients_own_last_instant(load: Callable, run: Callable, judge: Judge, store: Store) -> None:
    closed = leg(1, case_id="k", case_closed="true")
    load("acme", interactions=[closed, leg(6)], turns=talk("i1", ANGRY, KIND))
    run(judge)
    assert "stays_closed" not in stored(store)["behaviour"].to_list()
    load("acme", interactions=[leg(9)])
    assert "stays_closed" in stored(store)["behaviour"].to_list()
