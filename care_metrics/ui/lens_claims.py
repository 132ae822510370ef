"""The first sentence of Service vs care: which group stands clearly high in one lens and low in the other, if any does."""

from care_metrics.kpis import CATALOGUE
from care_metrics.ranking import TIME, Claim, GroupSet
from care_metrics.states import LOW_N
from care_metrics.statistics.columns import Z95
from care_metrics.ui import format as fmt
from care_metrics.ui import periods
from care_metrics.ui.comparison import Comparison
from care_metrics.ui.notices import Sentence, paragraph, say, sentence
from care_metrics.ui.text import _, noted, translated
from care_metrics.ui.view import View

TOLD = 2
_SAID = {
    "fast_low_care": noted(
        "Judged by handle time, {name} is faster than {centre} by {time}; judged by {care}, it stands {size} lower "
        "(95% interval {interval})."
    ),
    "slow_high_care": noted(
        "Judged by handle time, {name} is slower than {centre} by {time}; judged by {care}, it stands {size} higher "
        "(95% interval {interval})."
    ),
    "fast_by_mix": noted(
        "Judged by handle time, {name} is faster than {centre} by {time}; at equal contact mix it is slower."
    ),
    "slow_by_mix": noted(
        "Judged by handle time, {name} is slower than {centre} by {time}; at equal contact mix it is faster."
    ),
}


def first_sentence(view: View, found: Comparison, sets: list[GroupSet]) -> None:
    """Say what is claimed, and over which days."""
    days = fmt.days(view.now.start or view.data.first, (view.now.end or view.data.end) - periods.ONE_DAY)
    text = _(
        "{days}. Compared are groups with at least {n} contacts; at most 5% of such claims are expected to be false."
    )
    under = text.format(days=days, n=fmt.number(LOW_N))
    say([paragraph(*sentences_of(found, sets)), paragraph(sentence(under), kind="note")], "first_sentence")


def sentences_of(found: Comparison, sets: list[GroupSet]) -> list[Sentence]:
    """The sentences in order: at most two groups, each with the two parts of its difference in handle time."""
    if not any(one.mix.rows.height for one in sets):
        return [sentence(_("There is no handled contact in this period."), strong=True)]
    if not any(one.time["rank"].drop_nulls().len() > 1 for one in sets):
        text = _("There are fewer than two {groups} with enough contacts to compare.")
        return [sentence(text.format(groups=translated(found.words.several)), strong=True)]
    if not found.claims:
        return [sentence(translated(found.words.nobody), strong=True)]
    told: dict[tuple[str, str], Claim] = {}
    for claim in found.claims:
        told.setdefault((claim.within, claim.group), claim)
    return [
        text
        for position, claim in enumerate(list(told.values())[:TOLD])
        for text in (sentence(_claim(claim, found), strong=not position), sentence(_parts(claim, found)))
    ]


def _claim(claim: Claim, found: Comparison) -> str:
    words = {
        "name": name_of(claim, found),
        "centre": translated(found.words.centre),
        "time": fmt.size(claim.mix["difference"], CATALOGUE[TIME].unit),
    }
    if claim.care is not None and claim.measure is not None:
        unit = CATALOGUE[claim.measure].unit
        words |= {
            "care": translated(CATALOGUE[claim.measure].label),
            "size": fmt.size(claim.care["difference"], unit),
            "interval": fmt.step_interval(claim.care["d_low"], claim.care["d_high"], unit),
        }
    return translated(_SAID[claim.kind]).format(**words)


def _parts(claim: Claim, found: Comparison) -> str:
    """How much of the difference in handle time is contact mix, how much the group itself."""
    text = _("Of that difference, {mix} is contact mix and {own} {itself} (95% interval {interval}).")
    unit, row = CATALOGUE[TIME].unit, claim.mix
    return text.format(
        mix=fmt.step(row["mix"], unit),
        own=fmt.step(row["own"], unit),
        itself=translated(found.words.itself),
        interval=own_interval(row["own"], row["own_error"]),
    )


def name_of(claim: Claim, found: Comparison) -> str:
    """The group, with its client where there are several."""
    if not (found.several and claim.within):
        return found.named(claim.group)
    text = _("{name} ({client})")
    return text.format(name=found.named(claim.group), client=fmt.named("client", claim.within))


def own_interval(own: float | None, error: float | None) -> str:
    """The 95 % interval of a group's own part, empty where it is undefined."""
    if own is None or error is None:
        return ""
    return fmt.step_interval(own - Z95 * error, own + Z95 * error, CATALOGUE[TIME].unit)
