"""Do the model and the reviewers agree, and the reviewers among themselves? Computed from reviews; nothing is asked of data."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from care_metrics.reviews.review_rows import Dispute, EvidenceVerdict, Review
from care_metrics.reviews.scorecard import score
from care_metrics.statistics.agreement import agreed_share, icc2, kappa

Label = tuple[str, ...]


@dataclass(frozen=True)
class Agreement:
    """The model against reviewers in one label: `agreed` of n verdicts, share with its 95 % interval; kappa: None without
    two labels; overturned: accepted disputes among the verdicts.
    """

    label: Label
    agreed: int
    n: int
    share: float | None
    low: float | None
    high: float | None
    kappa: float | None = None
    overturned: int = 0


@dataclass(frozen=True)
class Verdict:
    """One verdict: of which contact, on what, whether the model was right, and both labels where they are known."""

    contact: Hashable
    label: Label
    right: bool
    model: str | None = None
    reviewer: str | None = None
    disputed: bool = False


def tone(valence: float | None, low: float) -> str | None:
    """negative, neutral or positive; low: the threshold of low sentiment, mirrored for positive."""
    if valence is None:
        return None
    return "negative" if valence <= low else "positive" if valence >= -low else "neutral"


def of_sentiment(reviews: Iterable[Review], low: float) -> list[Verdict]:
    """The verdicts on turns, labelled by what the model said; a wrong one without a correction has no label of its own."""
    return [
        Verdict(
            (one.client, one.interaction_id),
            (said,),
            turn.right,
            said,
            said if turn.right else tone(turn.valence, low),
        )
        for one in reviews
        for turn in one.turns
        if (said := tone(turn.shown, low)) is not None
    ]


def of_evidence(reviews: Iterable[Review], disputes: Iterable[Dispute]) -> list[Verdict]:
    """The verdicts on evidence by pillar and behaviour; a decided dispute is one more, unless a reviewer judged that row.

    An accepted dispute says that the model was wrong, a rejected one that it was right.
    """
    given = {_key(one, row): (row, one) for one in reviews for row in one.evidence}
    found = [
        Verdict((one.client, one.interaction_id), (row.pillar, row.behaviour), row.right, *_shown(row))
        for row, one in given.values()
    ]
    decided = {
        _key(one, one): one for one in disputes if one.about == "evidence" and one.state in ("accepted", "rejected")
    }
    return found + [
        Verdict((one.client, one.interaction_id), (str(one.pillar), str(one.behaviour)), False, disputed=True)
        if one.state == "accepted"
        else Verdict((one.client, one.interaction_id), (str(one.pillar), str(one.behaviour)), True)
        for key, one in decided.items()
        if key not in given
    ]


def agreement(
    verdicts: Iterable[Verdict], label: Callable[[Verdict], Label] = lambda one: one.label
) -> list[Agreement]:
    """One row a label, in the order of the labels.

    A label that is what the model said has the kappa of this label against all others.
    """
    verdicts = list(verdicts)
    groups: dict[Label, list[Verdict]] = {}
    for one in verdicts:
        groups.setdefault(label(one), []).append(one)
    return [_agreement(name, groups[name], _pairs(name, groups[name], verdicts)) for name in sorted(groups)]


def months(reviews: Iterable[Review]) -> dict[date, list[Review]]:
    """Reviews by the month in which they were saved, oldest first: does the agreement drift?"""
    found: dict[date, list[Review]] = {}
    for one in reviews:
        if one.at is not None:
            found.setdefault(date(one.at.year, one.at.month, 1), []).append(one)
    return dict(sorted(found.items()))


@dataclass(frozen=True)
class Raters:
    """Two reviewers of the same contacts. n: pairs; None where it is undefined.

    root_cause: Cohen's kappa; sentiment: kappa of the three labels by turn, linear weights; scorecard: ICC(2,1).
    """

    n: int
    root_cause: float | None
    sentiment: float | None
    n_turns: int
    scorecard: float | None
    n_scorecards: int


def raters(reviews: Iterable[Review], low: float) -> Raters:
    """First against second opinion on the same contact."""
    by_contact: dict[Hashable, dict[int, Review]] = {}
    for one in reviews:
        by_contact.setdefault((one.client, one.interaction_id), {})[one.opinion] = one
    pairs = [(two[1], two[2]) for two in by_contact.values() if 1 in two and 2 in two]
    order = {"negative": -1, "neutral": 0, "positive": 1}
    turns = [(order[a], order[b]) for first, second in pairs for a, b in _both(_tones(first, low), _tones(second, low))]
    scored = [(score(first.items), score(second.items)) for first, second in pairs]
    scores = [(a, b) for a, b in scored if a is not None and b is not None]
    causes = [(first.root_cause or None, second.root_cause or None) for first, second in pairs]
    return Raters(
        len(pairs),
        kappa([a for a, _b in causes], [b for _a, b in causes]),
        kappa([a for a, _b in turns], [b for _a, b in turns], "linear"),
        len(turns),
        icc2(scores) if scores else None,
        len(scores),
    )


def _key(where: Review | Dispute, row: EvidenceVerdict | Dispute) -> Hashable:
    return where.client, where.interaction_id, row.pillar, row.behaviour, row.source, row.turn_no, row.event_id


def _shown(row: EvidenceVerdict) -> tuple[str | None, str | None]:
    if row.credited is None:
        return None, None
    names = ("missed", "shown")
    return names[row.credited], names[row.credited == row.right]


def _pairs(label: Label, mine: Sequence[Verdict], verdicts: Sequence[Verdict]) -> list[tuple[Hashable, Hashable]]:
    """Both labels of each verdict; where the model says the same in all of them, whether each said it, of all verdicts."""
    if {one.model for one in mine} == set(label):
        known = [one for one in verdicts if one.model is not None and one.reviewer is not None]
        return [(one.model == label[0], one.reviewer == label[0]) for one in known]
    return [(one.model, one.reviewer) for one in mine]


def _agreement(label: Label, verdicts: Sequence[Verdict], pairs: Sequence[tuple[Hashable, Hashable]]) -> Agreement:
    by_contact: dict[Hashable, list[bool]] = {}
    for one in verdicts:
        by_contact.setdefault(one.contact, []).append(one.right)
    agreed, n = [sum(rights) for rights in by_contact.values()], [len(rights) for rights in by_contact.values()]
    share, low, high = agreed_share(agreed, n)
    found = kappa([a for a, _b in pairs], [b for _a, b in pairs])
    return Agreement(label, sum(agreed), sum(n), share, low, high, found, sum(one.disputed for one in verdicts))


def _tones(review: Review, low: float) -> dict[int, str | None]:
    return {turn.turn_no: tone(turn.shown if turn.right else turn.valence, low) for turn in review.turns}


def _both(first: dict[int, str | None], second: dict[int, str | None]) -> list[tuple[str, str]]:
    return [(a, b) for turn, a in first.items() if a and (b := second.get(turn))]
