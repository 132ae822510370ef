"""The emotional outcome of each contact, from the valence (-1..1) of its scored customer turns."""

from typing import Any

from care_metrics.kpis.kpi import Kpi, Mean

_LEG: dict[str, Any] = {
    "grain": "leg",
    "invalid": "valence_invalid",
    "family": "care",
    "source": "cloud.google.com contact center insights, SentimentData; docs.aws.amazon.com connect sentiment-scores",
}
_VALENCE: dict[str, Any] = _LEG | {"unit": "valence", "better": "higher", "interval": "t", "threshold": 0.02}

SENTIMENT = (
    Kpi(
        name="sentiment",
        label="Sentiment",
        question="How did customers sound, contact by contact?",
        formula="mean over legs of the mean valence of their scored customer turns",
        measure=Mean("valence_mean"),
        **_VALENCE,
    ),
    Kpi(
        name="low_sentiment",
        label="Low-sentiment contacts",
        question="Which share of contacts sounded bad as a whole?",
        formula="legs with mean valence <= -0.3 (setting low_sentiment) / legs with a scored customer turn",
        # Rounded, as the binary mean of -0.94 and 0.34 lies a hair above -0.3.
        measure=Mean("(round(valence_mean, 9) <= setting_low_sentiment())::INTEGER"),
        unit="fraction",
        better="lower",
        interval="wilson",
        threshold=0.01,
        **_LEG,
    ),
    Kpi(
        name="sentiment_start",
        label="Sentiment at the start",
        question="How did customers sound in the first quarter of the contact?",
        formula="mean over legs of the mean valence of customer turns beginning in the first quarter; needs two scored turns",
        measure=Mean("valence_first"),
        **_VALENCE,
    ),
    Kpi(
        name="sentiment_end",
        label="Sentiment at the end",
        question="How did customers sound in the last quarter of the contact?",
        formula="mean over legs of the mean valence of customer turns beginning in the last quarter; needs two scored turns",
        measure=Mean("valence_last"),
        **_VALENCE,
    ),
    Kpi(
        name="sentiment_lowest",
        label="Lowest point",
        question="How bad did the worst moment of a contact sound?",
        formula="mean over legs of the lowest valence of a customer turn",
        measure=Mean("valence_lowest"),
        **_VALENCE,
    ),
    Kpi(
        name="recovery",
        label="Recovery",
        question="Did contacts end better than they began?",
        formula="mean over legs of (last quarter - first quarter), where both have a scored customer turn",
        measure=Mean("valence_last - valence_first"),
        **_VALENCE,
    ),
)
