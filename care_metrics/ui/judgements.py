"""What people judged, as the page *Calibration* needs it: read once a run, so that its parts speak of the same."""

from dataclasses import dataclass

from care_metrics.reviews.review_rows import Dispute, Review
from care_metrics.reviews.sample_rows import Drawn, SamplingPlan
from care_metrics.ui import database
from care_metrics.ui.view import View

Named = tuple[str, str]


@dataclass(frozen=True)
class Judgements:
    """The finished reviews, disputes, plans (newest first) and drawn contacts of the one client looked at, or of all."""

    reviews: list[Review]
    disputes: list[Dispute]
    plans: list[SamplingPlan]
    drawn: list[Drawn]

    @property
    def done(self) -> set[Named]:
        """The reviewed contacts."""
        return {(one.client, one.interaction_id) for one in self.reviews}

    @property
    def at_random(self) -> set[Named]:
        """The contacts that a random sample drew."""
        return {(row.client, row.interaction_id) for row in self.drawn if row.kind == "random"}


def read(view: View) -> Judgements:
    """DatabaseUnavailable while it is down; the page says so."""
    from care_metrics.reviews.disputes import disputes
    from care_metrics.reviews.review import reviews
    from care_metrics.reviews.samples import plans, sampled

    asked = view.scope, database.opened(), view.client
    return Judgements(reviews(*asked, state="done"), disputes(*asked), plans(*asked), sampled(*asked))
