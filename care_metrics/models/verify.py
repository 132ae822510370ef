"""Compare the files of the shipped models with their manifests, for the `check` command."""

from pathlib import Path

from care_metrics.errors import ModelUnavailable
from care_metrics.models.manifest import altered
from care_metrics.settings import ROOT

SHIPPED = ("sentiment", "sentiment_es_pt", "behaviours")


def verify(root: Path = ROOT / "models") -> list[str]:
    """One sentence for each shipped model file that is missing or altered; empty when all are as released."""
    problems: list[str] = []
    for name in SHIPPED:
        try:
            problems += altered(root / name)
        except ModelUnavailable as wrong:
            problems.append(str(wrong))
    return problems
