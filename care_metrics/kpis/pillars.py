"""The four pillar scores and the human QA score: points earned over points possible, from cited evidence."""

from dataclasses import replace

from care_metrics.kpis.kpi import Composite, Kpi, Ratio
from care_metrics.schema import PILLARS

_QUESTIONS = {
    "empathy": "When customers showed emotion, did agents meet it?",
    "proactivity": "Where a next problem was foreseeable, did agents or the centre act before it?",
    "personalization": "Where the customer's history was known, was it used?",
    "ownership": "Where the matter stayed open, did somebody take it on and see it through?",
}


def _pillar(name: str) -> Kpi:
    return Kpi(
        name=name,
        label=name.capitalize(),
        question=_QUESTIONS[name],
        formula="100 x sum(earned) / sum(possible) over text and operational evidence; no opportunity, no score",
        grain="evidence",
        measure=Ratio(f"{name}_earned", f"{name}_possible"),
        invalid=f"{name}_n_invalid",
        missing="0",
        scale=100,
        unit="score",
        better="higher",
        family="pillar",
        interval="ratio",
        threshold=2,
        source="care_metrics rubric; interval: Cochran 1977, section 2.11, cluster = interaction",
    )


_PARTS = {"text": ("in text", "what agents wrote"), "operational": ("in operations", "what the centre did")}


def _part(name: str, source: str) -> Kpi:
    told, whose = _PARTS[source]
    return replace(
        _pillar(name),
        name=f"{name}_{source}",
        label=f"{name.capitalize()} {told}",
        formula=f"100 x sum(earned) / sum(possible) over {source} evidence alone: {whose}",
        measure=Ratio(f"{name}_{source}_earned", f"{name}_{source}_possible"),
    )


# The two sub-scores of each pillar: read beside it, not in the catalogue, as they are parts and no further measures.
SUB_SCORES = tuple(_part(name, source) for name in PILLARS for source in _PARTS)
CARE = (
    *(_pillar(name) for name in PILLARS),
    Kpi(
        name="care_index",
        label="Care index",
        question="How much care was shown, over the pillars that had an opportunity?",
        formula="mean of the defined pillar scores, from merged sums; efficiency never enters",
        grain="evidence",
        measure=Composite(tuple((f"{name}_earned", f"{name}_possible") for name in PILLARS)),
        invalid=" + ".join(f"{name}_n_invalid" for name in PILLARS),
        missing="0",
        scale=100,
        unit="score",
        better="higher",
        family="pillar",
        interval="delta",
        threshold=2,
        source="care_metrics; interval by the delta method on each interaction's influence",
    ),
    Kpi(
        name="qa_score",
        label="Human QA score",
        question="What did human reviewers give, of what they could?",
        formula="100 x sum(earned) / sum(possible) over evidence of source human; items not applicable stay out",
        grain="evidence",
        measure=Ratio("quality_earned", "quality_possible"),
        invalid="quality_n_invalid",
        missing="0",
        scale=100,
        unit="score",
        better="higher",
        family="care",
        interval="ratio",
        threshold=2,
        source="COPC CX Standard 7.0, quality management",
    ),
)
