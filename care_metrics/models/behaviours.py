"""Score what an agent's turn shows: empathy, proactivity, personalization and ownership, and their strong forms."""

import logging
from collections.abc import Sequence

import numpy as np
import polars as pl

from care_metrics.models.batches import unique_pairs
from care_metrics.models.encoder import Encoder
from care_metrics.models.labels import behaviour_positions
from care_metrics.models.weights import open_weights
from care_metrics.settings import settings

log = logging.getLogger(__name__)
BEHAVIOURS = ("empathy", "proactivity", "personalization", "ownership")
STRONG = ("personalization_strong", "ownership_strong")
COLUMNS = BEHAVIOURS + STRONG


class BehavioursScorer:
    """Scores agent turns with one model: for each column the probability (0..1) that the turn shows it at all.

    Blank text gets 0 everywhere; a text whose logits are not finite gets nulls. `thresholds` holds, for each
    column, the probability from which on the behaviour counts as shown.
    """

    name = "behaviours"
    columns = COLUMNS

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._positions = behaviour_positions(encoder.labels, COLUMNS, str(encoder.weights.folder))
        options = encoder.weights.options
        self._temperature = float(options.get("temperature", 1.0))
        self.thresholds = {name: float(options.get("thresholds", {}).get(name, 0.5)) for name in COLUMNS}

    @property
    def revision(self) -> str:
        """Changes with weights, configuration (thresholds) and tokenizer."""
        return self._encoder.weights.revision

    def score(self, texts: Sequence[str], previous: Sequence[str] | None = None) -> pl.DataFrame:
        """One row a text, in its order; `previous` is the customer turn before it, for a model that reads it."""
        if previous is None or not self._encoder.weights.options.get("context", False):
            previous = [""] * len(texts)
        unique = unique_pairs(texts, previous)
        probabilities = np.zeros((len(unique.texts), len(COLUMNS)))
        written = [row for row, text in enumerate(unique.texts) if text.strip()]
        if written:
            probabilities[written] = self._probabilities(
                [unique.texts[row] for row in written], [unique.previous[row] for row in written]
            )
        return _frame(probabilities)[unique.of_row]

    def _probabilities(self, texts: Sequence[str], previous: Sequence[str]) -> np.ndarray:
        """Probabilities (n x columns): the highest over a text's windows, for one window suffices to show it."""
        found = self._encoder.logits(texts, previous)
        scaled = found.logits[:, self._positions].astype(np.float64) / self._temperature
        out = np.full((len(texts), len(COLUMNS)), -np.inf)
        np.maximum.at(out, found.owner, 1 / (1 + np.exp(-scaled)))
        return out


def load_behaviours(model: str | None = None, device: str = "auto", workers: int | None = None) -> BehavioursScorer:
    """The behaviours model of a folder or hub id (default: the setting), ready to score. Raises ModelUnavailable."""
    return BehavioursScorer(Encoder(open_weights(model or settings().behaviours_model), device, workers))


def _frame(probabilities: np.ndarray) -> pl.DataFrame:
    finite = np.asarray(np.isfinite(probabilities).all(axis=1))
    if not finite.all():
        log.warning("behaviours: %d of %d texts got no finite score", (~finite).sum(), len(finite))
    frame = pl.DataFrame(probabilities, schema=dict.fromkeys(COLUMNS, pl.Float64))
    return frame.with_columns(pl.when(pl.Series(finite)).then(pl.all()))
