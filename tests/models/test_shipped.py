"""Traps: weights that were altered, that other runtimes read differently, or that lost what they are for."""

import pytest

from care_metrics.models.behaviours import load_behaviours
from care_metrics.models.sentiment import load_sentiment
from care_metrics.models.verify import verify
from care_metrics.settings import ROOT

pytestmark = pytest.mark.shipped
TURNS = {
    "This is the third time I call and nobody helps me, I am furious!": "negative",
    "that's so disappointing, you keep promising and nothing happens": "negative",
    "my internet is not working": "neutral",
    "I want to change my address please": "neutral",
    "ok thanks, bye": "neutral",
    "Perfect, you've been so helpful, thank you so much!": "positive",
    "i am really happy with this, it works great now 😀": "positive",
}

ABROAD = {
    "Estoy muy molesta, es la tercera vez que llamo y nadie me ayuda": "negative",
    "Estou muito cansado disso, nada funciona": "negative",
    "Mi factura llegó el lunes": "neutral",
    "Necesito cambiar mi dirección": "neutral",
    "ok gracias": "neutral",
    "Quedo muy agradecida, excelente servicio": "positive",
    "Muito obrigado, ficou ótimo!": "positive",
}


@pytest.fixture(scope="module")
def sentiment():
    return load_sentiment()


def test_the_files_are_as_released():
    assert verify() == []


def test_clear_turns_get_their_label(sentiment):
    assert dict(zip(TURNS, sentiment.score(list(TURNS))["label"], strict=True)) == TURNS


def test_clear_turns_in_spanish_and_portuguese_get_their_label():
    scorer = load_sentiment(str(ROOT / "models" / "sentiment_es_pt"))
    assert scorer.languages == ("es", "pt")
    assert dict(zip(ABROAD, scorer.score(list(ABROAD))["label"], strict=True)) == ABROAD


@pytest.mark.parametrize(("name", "turns"), [("sentiment", TURNS), ("sentiment_es_pt", ABROAD)])
def test_a_pipeline_reads_the_weights_as_we_do(name, turns):
    import torch
    from transformers import pipeline

    folder = str(ROOT / "models" / name)
    pipe = pipeline("text-classification", model=folder, dtype=torch.float32, device="cpu")
    theirs, ours = pipe(list(turns)), load_sentiment(folder).score(list(turns))
    assert [row["label"] for row in theirs] == ours["label"].to_list()
    best = ours.select("negative", "neutral", "positive").max_horizontal().to_list()
    assert [row["score"] for row in theirs] == pytest.approx(best, abs=0.02)


def test_behaviours_are_told_apart():
    scorer = load_behaviours()
    turns = [
        "I'm so sorry, I can imagine how upsetting this is for you.",
        "I will call you back tomorrow at noon and stay on this until it is fixed.",
        "What is your account number?",
    ]
    scored = scorer.score(turns, ["my card was stolen and i have no money left"] * 3)
    shown = {name: [value >= scorer.thresholds[name] for value in scored[name]] for name in scorer.columns}
    assert shown["empathy"] == [True, False, False]
    assert shown["ownership"] == [False, True, False]
    assert scored["ownership_strong"].arg_max() == 1
