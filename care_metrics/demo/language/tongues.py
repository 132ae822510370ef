"""The languages of the demo by their code."""

from care_metrics.demo.language.english import ENGLISH
from care_metrics.demo.language.phrases import Tongue
from care_metrics.demo.language.spanish import SPANISH

TONGUES: dict[str, Tongue] = {"en": ENGLISH, "es": SPANISH}
