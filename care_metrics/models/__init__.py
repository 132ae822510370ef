"""Language models that score turns: sentiment and behaviours; importing this room does not import torch."""

from care_metrics.models.behaviours import load_behaviours
from care_metrics.models.scorer import Scorer
from care_metrics.models.sentiment import load_sentiment

__all__ = ["Scorer", "load_behaviours", "load_sentiment"]
