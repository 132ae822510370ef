"""Calibration: the temperature that makes probabilities honest, and how honest they are."""

import numpy as np
from scipy.optimize import minimize_scalar


def softmax(logits: np.ndarray) -> np.ndarray:
    """Row-wise probabilities (n x classes)."""
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def temperature(logits: np.ndarray, labels: np.ndarray) -> float:
    """The divisor of the logits with the lowest log loss on held-out rows (Guo et al. 2017, section 4.2)."""

    def loss(log_t: float) -> float:
        rows = softmax(logits.astype(np.float64) / np.exp(log_t))[np.arange(len(labels)), labels]
        return float(-np.log(rows.clip(1e-12)).mean())

    return float(np.exp(minimize_scalar(loss, bounds=(-2, 2), method="bounded").x))


def reliability(probabilities: np.ndarray, labels: np.ndarray, bins: int = 10) -> list[dict[str, float]]:
    """Per bin of top probability that holds rows: its bounds, n, mean confidence, share correct."""
    confidence, correct = probabilities.max(axis=1), probabilities.argmax(axis=1) == labels
    bin_of = np.minimum((confidence * bins).astype(int), bins - 1)
    table = []
    for index in np.unique(bin_of):
        rows = bin_of == index
        table.append(
            {
                "from": float(index / bins),
                "to": float((index + 1) / bins),
                "n": int(rows.sum()),
                "confidence": float(confidence[rows].mean()),
                "accuracy": float(correct[rows].mean()),
            }
        )
    return table


def expected_calibration_error(probabilities: np.ndarray, labels: np.ndarray, bins: int = 10) -> float:
    """Mean gap between confidence and accuracy over equal-width bins, weighted by rows (Guo et al. 2017, eq. 3)."""
    table = reliability(probabilities, labels, bins)
    return sum(row["n"] * abs(row["confidence"] - row["accuracy"]) for row in table) / len(labels)
