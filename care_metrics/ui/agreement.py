"""The model against reviewers, label by label, over time, and reviewers against each other."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from care_metrics import calibration
from care_metrics.calibration import Agreement
from care_metrics.charts.strips import SCORE, score
from care_metrics.reviews.review_rows import Dispute, Review
from care_metrics.settings import settings
from care_metrics.ui import evidence_words, notices, plain_table
from care_metrics.ui import format as fmt
from care_metrics.ui.components import declare
from care_metrics.ui.mix_parts import axis_of
from care_metrics.ui.text import _, ngettext, noted, translated

_strips = declare("strips")
TONES = {"negative": noted("Negative"), "neutral": noted("Neutral"), "positive": noted("Positive")}
WHICH = {"random": noted("Contacts drawn at random"), "all": noted("All reviewed contacts")}
FEWEST = 10


def chosen(reviews: Sequence[Review], drawn: set[tuple[str, str]]) -> list[Review]:
    """The finished reviews to judge the model by: those of contacts drawn at random, or all of them."""
    done = list(reviews)
    mine = [one for one in done if (one.client, one.interaction_id) in drawn]
    if not done:
        return []
    which = st.segmented_control(
        _("Reviews counted"),
        list(WHICH),
        default="random" if mine else "all",
        required=True,
        format_func=lambda code: translated(WHICH[code]),
        key="reviews_counted",
        label_visibility="collapsed",
    )
    if which == "all":
        text = _(
            "Calls that somebody picked are harder than most: for how good the model is, count those drawn at random."
        )
        notices.note(text, "picked")
    return mine if which == "random" else done


def model(reviews: Sequence[Review], disputes: Sequence[Dispute]) -> None:
    """One row a label: how often reviewers agree, between what and what it could be, and kappa."""
    low = settings().low_sentiment
    turns, evidence = calibration.of_sentiment(reviews, low), calibration.of_evidence(reviews, disputes)
    if not turns and not evidence:
        text = _(
            "No verdict yet. In a review mark each score and each piece of evidence right or wrong; The rest is right (key A) "
            "marks what is left."
        )
        return notices.say([notices.paragraph(notices.sentence(text), kind="notice")], "agreement_none")
    _sentence(calibration.agreement(turns, lambda _one: ()), calibration.agreement(evidence, lambda _one: ()))
    rows = [(_("Sentiment"), translated(TONES[one.label[0]]), one) for one in calibration.agreement(turns)]
    rows += [
        (
            evidence_words.about({"about": one.label[0]}),
            fmt.neat(evidence_words.behaviour({"behaviour": one.label[1]})),
            one,
        )
        for one in calibration.agreement(evidence)
    ]
    columns = [
        {"text": _("Label of the model")},
        {"text": "", "axis": axis_of(SCORE, _("reviewers agree, per cent")), "width": "34%"},
        {"text": _("Agree"), "align": "end"},
        {"text": _("Kappa"), "align": "end"},
        {"text": _("Overturned"), "align": "end"},
    ]
    _strips(
        key="model_agreement",
        data={"alt": _("Model against reviewers"), "columns": columns, "rows": [_row(*row) for row in rows]},
    )
    text = _(
        "Point: share of verdicts in which reviewers agree, with its 95% interval; verdicts on one contact count as alike. Kappa: agreement beyond "
        "chance, 0 to 1. Overturned: accepted disputes, which count as verdicts that the model was wrong. Below {n} verdicts no share is shown."
    )
    return notices.note(text.format(n=FEWEST), "agreement_note")


def _sentence(*found: list[Agreement]) -> None:
    said = []
    for rows, text in zip(
        found,
        (
            _("On sentiment reviewers agree with the model in {k} of {n} turns."),
            _("On evidence they agree in {k} of {n} rows."),
        ),
        strict=True,
    ):
        for one in rows:
            said.append(text.format(k=fmt.number(one.agreed), n=fmt.number(one.n)))
            if one.kappa is not None:
                said.append(_("Kappa is {value}.").format(value=fmt.number(one.kappa, 2)))
    notices.say([notices.paragraph(*(notices.sentence(text, strong=True) for text in said))], "agreement")


def _row(group: str, label: str, one: Agreement) -> list[dict[str, Any]]:
    enough = one.n >= FEWEST and one.share is not None and one.low is not None and one.high is not None
    picture = score(100 * one.share, 100 * one.low, 100 * one.high) | {"tone": "care"} if enough else {}
    return [
        {"text": label, "note": group},
        {"picture": picture},
        {
            "text": _("{n} of {all}").format(n=fmt.number(one.agreed), all=fmt.number(one.n)),
            "note": fmt.interval(one.low, one.high, "fraction") if enough else _("few verdicts"),
        },
        {"text": fmt.MISSING if one.kappa is None or not enough else fmt.number(one.kappa, 2)},
        {"text": fmt.number(one.overturned)},
    ]


def drift(reviews: Sequence[Review]) -> None:
    """Month by month, so that a model that fits less than it did is noticed."""
    low, rows = settings().low_sentiment, []
    for month, mine in calibration.months(reviews).items():
        for verdicts, name in (
            (calibration.of_sentiment(mine, low), _("Sentiment")),
            (calibration.of_evidence(mine, []), _("Evidence")),
        ):
            rows += [_row(name, fmt.month(month), one) for one in calibration.agreement(verdicts, lambda _one: ())]
    if not rows:
        return notices.note(_("No verdict yet."), "drift_none")
    columns = [
        {"text": _("Month of the review")},
        {"text": "", "axis": axis_of(SCORE, _("reviewers agree, per cent")), "width": "34%"},
        {"text": _("Agree"), "align": "end"},
        {"text": _("Kappa"), "align": "end"},
    ]
    data = {"alt": _("Agreement by month"), "columns": columns, "rows": [row[:4] for row in rows]}
    return _strips(key="drift", data=data)


def reviewers(reviews: Sequence[Review]) -> None:
    """Second opinions against first ones."""
    found = calibration.raters(reviews, settings().low_sentiment)
    if not found.n:
        text = _("No contact has a second opinion yet. Without one nobody knows how far two reviewers agree.")
        return notices.note(text, "raters_none")
    rows = [
        (
            _("Root cause"),
            _("Cohen's kappa"),
            found.root_cause,
            found.n,
            ngettext("{n} contact", "{n} contacts", found.n),
        ),
        (
            _("Sentiment by turn"),
            _("kappa with linear weights"),
            found.sentiment,
            found.n_turns,
            ngettext("{n} turn", "{n} turns", found.n_turns),
        ),
        (
            _("Scorecard"),
            _("ICC, absolute agreement"),
            found.scorecard,
            found.n_scorecards,
            ngettext("{n} contact", "{n} contacts", found.n_scorecards),
        ),
    ]
    plain_table.show(
        "raters",
        _("First against second opinions"),
        [_("What"), _("Measure"), _("Value"), _("From")],
        [
            [what, how, fmt.MISSING if value is None else fmt.number(value, 2), text.format(n=fmt.number(n))]
            for what, how, value, n, text in rows
        ],
        numbers=2,
    )
    return notices.note(
        _("1: always alike; 0: no more than by chance. A dash: too little varies to tell."), "raters_note"
    )
