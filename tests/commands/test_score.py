"""Scoring resumes, scores each text once, and shows what it has done; with a scorer that counts."""

from collections.abc import Callable, Sequence

import polars as pl
import pytest

from care_metrics.commands.check import run_check
from care_metrics.commands.choose_revision import run_make_current
from care_metrics.commands.score import score, sentiment_of
from care_metrics.errors import BadRequest
from care_metrics.store import Store, publishing
from tests.conftest import leg


class CountingScorer:
    """Valence by the first letter: + 1, - -1, else 0; remembers what it was asked."""

    name, columns = "sentiment", ("negative", "neutral", "positive", "label", "valence")

    def __init__(self, revision: str = "r1", languages: Sequence[str] | None = None) -> None:
        self.revision, self.languages = revision, languages
        self.asked: list[str] = []

    def score(self, texts: Sequence[str], previous: Sequence[str] | None = None) -> pl.DataFrame:
        self.asked += texts
        valences = [{"+": 1.0, "-": -1.0}.get(text[0], 0.0) for text in texts]
        rows = [(max(-v, 0.0), 1 - abs(v), max(v, 0.0), "neutral", v) for v in valences]
        schema = {
            "negative": pl.Float64,
            "neutral": pl.Float64,
            "positive": pl.Float64,
            "label": pl.String,
            "valence": pl.Float64,
        }
        return pl.DataFrame(rows, schema=schema, orient="row")


class OppositeScorer(CountingScorer):
    """Hears the opposite of what CountingScorer hears."""

    def score(self, texts: Sequence[str], previous: Sequence[str] | None = None) -> pl.DataFrame:
        heard = super().score(texts, previous)
        return heard.with_columns(negative=heard["positive"], positive=heard["negative"], valence=-heard["valence"])


def said(number: int, *texts: str) -> list[dict[str, object]]:
    return [
        {
            "interaction_id": f"i{number}",
            "turn_no": k,
            "speaker": "customer",
            "begin_s": 60 * k,
            "end_s": 60 * k + 5,
            "text": text,
        }
        for k, text in enumerate(texts)
    ]


def run(store: Store, scorer: CountingScorer, most: int | None = None, current: bool = False):
    with publishing(store) as publication:
        clients = sorted(store.clients(publication.base))
        return score(store, publication, scorer, clients, most_turns=most, current=current)


def test_equal_texts_are_scored_once_and_a_second_run_scores_nothing(
    load: Callable, store: Store, measured: Callable
) -> None:
    load(interactions=[leg(1), leg(2)], turns=[*said(1, "+ good", "- bad"), *said(2, "+ good")])
    scorer = CountingScorer()
    assert run(store, scorer).scored == 3
    assert sorted(scorer.asked) == ["+ good", "- bad"]
    again = run(store, scorer)
    assert (again.scored, len(scorer.asked)) == (0, 2)
    assert measured("sentiment")[0]["value"] == pytest.approx(0.5)


def test_only_new_turns_are_scored_and_old_texts_come_from_the_store(load: Callable, store: Store) -> None:
    load(interactions=[leg(1)], turns=said(1, "+ good"))
    run(store, CountingScorer())
    load(interactions=[leg(2)], turns=said(2, "+ good", "- new"))
    scorer = CountingScorer()
    assert run(store, scorer).scored == 2
    assert scorer.asked == ["- new"]


def test_a_corrected_text_is_scored_again_and_the_old_score_no_longer_counts(
    load: Callable, store: Store, measured: Callable
) -> None:
    load(interactions=[leg(1)], turns=said(1, "+ good"))
    run(store, CountingScorer())
    load(turns=said(1, "- bad"))
    assert measured("sentiment")[0]["state"] == "no_data"
    run(store, CountingScorer())
    assert measured("sentiment")[0]["value"] == -1.0


def test_what_was_scored_before_a_kill_is_shown_by_the_next_run(
    load: Callable, store: Store, measured: Callable, monkeypatch
) -> None:
    load(interactions=[leg(1)], turns=said(1, "+ good"))
    with monkeypatch.context() as patch:
        patch.setattr("care_metrics.commands.score.roll_up", lambda *_, **__: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            run(store, CountingScorer())
    scorer = CountingScorer()
    assert run(store, scorer).scored == 0
    assert scorer.asked == []
    assert measured("sentiment")[0]["value"] == 1.0


def test_a_limited_run_leaves_the_rest_for_the_next(load: Callable, store: Store, monkeypatch) -> None:
    monkeypatch.setattr("care_metrics.commands.score.CHUNK_TURNS", 1)
    load(interactions=[leg(1)], turns=said(1, "+ a", "+ b", "+ c"))
    assert run(store, CountingScorer(), most=1).left == 2
    assert run(store, CountingScorer()).scored == 2


def test_a_short_first_run_scores_the_newest_of_every_client(load: Callable, store: Store) -> None:
    for client in ("acme", "bolt"):
        legs = [leg(1), leg(2) | {"started_at": "2024-06-01T10:00:00Z"}]
        load(client, interactions=legs, turns=[*said(1, f"+ old {client}"), *said(2, f"- new {client}")])
    scorer = CountingScorer()
    assert run(store, scorer, most=2).left == 2
    assert scorer.asked == ["- new acme", "- new bolt"]


def test_turns_without_words_or_in_another_language_say_why_they_have_no_score(
    load: Callable, store: Store, measured: Callable
) -> None:
    load(interactions=[leg(1), leg(2, language="es-CO")], turns=[*said(1, "...", "+ good"), *said(2, "+ bueno")])
    report = run(store, CountingScorer(languages=("en",)))
    assert (report.scored, report.skipped) == (1, 2)
    rows = store.read(store.snapshot(), "scores", ["acme"])
    assert rows is not None
    assert sorted(rows["reason"].drop_nulls()) == ["language", "no words"]
    assert (measured("sentiment")[0]["n"], measured("sentiment")[0]["n_missing"]) == (1, 1)


def test_the_language_decides_which_model_scores_and_no_turn_is_scored_by_two(
    load: Callable, store: Store, measured: Callable
) -> None:
    """One model takes Spanish and Portuguese, the other all the rest; what neither reads says why."""
    legs = [leg(1, language="en"), leg(2, language="es-CO"), leg(3, language="pt"), leg(4, language="fr")]
    load(
        interactions=legs,
        turns=[turn for k, word in enumerate(["good", "bueno", "bom", "bon"], 1) for turn in said(k, f"+ {word}")],
    )
    first, second = CountingScorer("r1", ("en",)), CountingScorer("r2", ("es", "pt"))
    first.name, second.name = "sentiment", "sentiment_es_pt"
    taken = ["es", "pt"]
    for scorer, job in ((first, sentiment_of(leaves=taken)), (second, sentiment_of(takes=taken))):
        with publishing(store) as publication:
            score(store, publication, scorer, ["acme"], job=job)
    rows = store.read(store.snapshot(), "scores", ["acme"])
    assert rows is not None
    found = rows.sort("interaction_id").select("interaction_id", "revision", "reason").rows()
    assert found == [("i1", "r1", None), ("i2", "r2", None), ("i3", "r2", None), ("i4", "r1", "language")]
    assert (measured("sentiment")[0]["n"], measured("sentiment")[0]["n_missing"]) == (3, 1)


def test_a_new_revision_keeps_the_old_scores(load: Callable, store: Store) -> None:
    load(interactions=[leg(1)], turns=said(1, "+ good"))
    run(store, CountingScorer("r1"))
    run(store, CountingScorer("r2"))
    rows = store.read(store.snapshot(), "scores", ["acme"])
    assert rows is not None
    assert sorted(rows["revision"]) == ["r1", "r2"]


def test_a_new_revision_waits_until_it_is_made_current(load: Callable, store: Store, measured: Callable) -> None:
    """r1 says +1; r2, which hears the opposite, changes no number until it is chosen, and r1 can be chosen again."""
    load(interactions=[leg(1)], turns=said(1, "+ good"))
    assert run(store, CountingScorer("r1")).waiting is None
    assert run(store, OppositeScorer("r2")).waiting == "r2"
    assert run(store, CountingScorer("r1")).waiting is None
    values = [measured("sentiment")[0]["value"]]
    for chosen in ("r2", "r1"):
        run_make_current(store.url, "sentiment", chosen)
        values.append(measured("sentiment")[0]["value"])
    assert values == [1.0, -1.0, 1.0]


def test_a_revision_counts_at_once_where_that_was_asked_and_all_its_turns_are_scored(
    load: Callable, store: Store, measured: Callable, monkeypatch
) -> None:
    monkeypatch.setattr("care_metrics.commands.score.CHUNK_TURNS", 1)
    load(interactions=[leg(1)], turns=said(1, "+ a", "+ b"))
    run(store, CountingScorer("r1"))
    assert run(store, OppositeScorer("r2"), most=1, current=True).waiting == "r2"
    assert measured("sentiment")[0]["value"] == 1.0
    assert run(store, OppositeScorer("r2"), current=True).waiting is None
    assert measured("sentiment")[0]["value"] == -1.0


@pytest.mark.parametrize(
    ("task", "words"), [("sentiment", "there are: r1"), ("moods", "sentiment_es_pt or behaviours")]
)
def test_only_a_revision_that_has_scored_here_can_be_chosen(
    load: Callable, store: Store, task: str, words: str
) -> None:
    load(interactions=[leg(1)], turns=said(1, "+ good"))
    run(store, CountingScorer("r1"))
    with pytest.raises(BadRequest, match=words):
        run_make_current(store.url, task, "r9")


def test_our_scores_count_before_supplied_ones_leg_by_leg(load: Callable, store: Store, measured: Callable) -> None:
    """Leg 1 is scored by us: its supplied -1 is not used. Leg 2 has no text to score: its supplied 0.5 stands in."""
    ours = [row | {"valence": -1} for row in said(1, "+ good")]
    load(
        interactions=[leg(1), leg(2)],
        turns=[*ours, {"interaction_id": "i2", "turn_no": 0, "speaker": "customer", "valence": 0.5}],
    )
    run(store, CountingScorer())
    assert measured("sentiment")[0]["value"] == pytest.approx(0.75)


def test_a_contact_that_does_not_say_its_language_is_told_by_its_words(load: Callable, store: Store) -> None:
    """Spanish read as English would get a score that means nothing; a short turn follows the rest of its contact."""
    spanish = said(1, "Hola, no tengo internet desde ayer y nadie me da una respuesta.", "Gracias, adiós.")
    english = said(2, "Hello, my bill is wrong again and nobody has called me back.", "Bye.")
    load(interactions=[leg(1), leg(2)], turns=[*spanish, *english])
    scorer = CountingScorer(languages=["en"])
    report = run(store, scorer)
    assert (report.scored, report.skipped) == (2, 2)
    assert sorted(scorer.asked) == ["Bye.", "Hello, my bill is wrong again and nobody has called me back."]


def test_check_names_a_revision_that_waits_until_somebody_has_chosen(load: Callable, store: Store, capsys) -> None:
    """Chosen or passed over, it waits no more."""
    load(interactions=[leg(1)], turns=said(1, "+ good"))
    for scorer in (CountingScorer("r1"), OppositeScorer("r2")):
        run(store, scorer)
    run_check(store.url)
    assert "note: sentiment: the scores of revision r2 wait;" in capsys.readouterr().out
    run_make_current(store.url, "sentiment", "r2")
    run_check(store.url)
    assert "wait;" not in capsys.readouterr().out
