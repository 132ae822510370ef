"""Score the tone of texts: probabilities of negative, neutral and positive, a label and a valence."""

import logging
from collections.abc import Sequence
from typing import Any

import numpy as np
import polars as pl

from care_metrics.models.batches import unique_pairs
from care_metrics.models.encoder import Encoder
from care_metrics.models.labels import CLASSES, sentiment_groups
from care_metrics.models.weights import open_weights
from care_metrics.settings import settings

log = logging.getLogger(__name__)
SCHEMA = {**dict.fromkeys(CLASSES, pl.Float64), "label": pl.String, "valence": pl.Float64}


class SentimentScorer:
    """Scores texts with one model; columns negative, neutral, positive (sum 1), label, valence (-1..1).

    Blank text is neutral with 1/3 each and valence 0; a text whose logits are not finite gets nulls.
    """

    columns = tuple(SCHEMA)

    def __init__(self, encoder: Encoder, name: str = "sentiment") -> None:
        self.name = name
        self._encoder = encoder
        self._groups = sentiment_groups(encoder.labels, str(encoder.weights.folder))
        self._temperature = float(encoder.weights.options.get("temperature", 1.0))

    @property
    def revision(self) -> str:
        """Changes with weights, configuration (temperature) and tokenizer."""
        return self._encoder.weights.revision

    @property
    def languages(self) -> tuple[str, ...] | None:
        """Codes of the languages it was made for, None where a foreign model does not say: then it scores all.

        A model of our own training that names none was trained on English.
        """
        options = self._encoder.weights.options
        return tuple(options.get("languages", ("en",))) if options else None

    def score(self, texts: Sequence[str], previous: Sequence[str] | None = None) -> pl.DataFrame:
        """One row a text, in its order."""
        unique = unique_pairs(texts, [""] * len(texts) if previous is None else previous)
        probabilities = np.full((len(unique.texts), len(CLASSES)), 1 / 3)
        written = [row for row, text in enumerate(unique.texts) if text.strip()]
        if written:
            probabilities[written] = self._probabilities(
                [unique.texts[row] for row in written], [unique.previous[row] for row in written]
            )
        return _frame(probabilities)[unique.of_row]

    def _probabilities(self, texts: Sequence[str], previous: Sequence[str]) -> np.ndarray:
        """Class probabilities (n x 3): the mean over a text's windows, weighted by their tokens."""
        found = self._encoder.logits(texts, previous)
        outputs = _softmax(found.logits / self._temperature)
        classes = np.stack([outputs[:, group].sum(axis=1) for group in self._groups], axis=1)
        total, mass = np.zeros((len(texts), len(CLASSES))), np.zeros((len(texts), 1))
        np.add.at(total, found.owner, classes * found.tokens[:, None])
        np.add.at(mass, found.owner, found.tokens[:, None])
        return total / mass


def load_sentiment(
    model: str | None = None, device: str = "auto", workers: int | None = None, name: str = "sentiment"
) -> SentimentScorer:
    """The sentiment model of a folder or hub id (default: the setting), ready to score. Raises ModelUnavailable."""
    return SentimentScorer(Encoder(open_weights(model or settings().sentiment_model), device, workers), name)


def _softmax(logits: np.ndarray) -> np.ndarray:
    with np.errstate(invalid="ignore"):
        powers = np.exp(logits.astype(np.float64) - logits.max(axis=1, keepdims=True))
        return powers / powers.sum(axis=1, keepdims=True)


def _frame(probabilities: np.ndarray) -> pl.DataFrame:
    finite = np.asarray(np.isfinite(probabilities).all(axis=1))
    if not finite.all():
        log.warning("sentiment: %d of %d texts got no finite score", (~finite).sum(), len(finite))
    columns: dict[str, Any] = {name: probabilities[:, i] for i, name in enumerate(CLASSES)}
    # Ties go to neutral: a text that says nothing is not negative.
    best = np.where(probabilities[:, 1] >= probabilities.max(axis=1), 1, probabilities.argmax(axis=1))
    columns |= {"label": np.array(CLASSES)[best], "valence": probabilities[:, 2] - probabilities[:, 0]}
    frame = pl.DataFrame(columns, schema=SCHEMA)
    return frame.with_columns(pl.when(pl.Series(finite)).then(pl.all()))
