"""Whose review it is: one client at a time, for every meeting has one client in the room."""

from care_metrics.ui import cached, filters_bar, notices
from care_metrics.ui import format as fmt
from care_metrics.ui.components import declare
from care_metrics.ui.periods import ONE_DAY
from care_metrics.ui.text import _
from care_metrics.ui.view import View

PAGE = "client_review"
_table = declare("strips")


def title(view: View) -> None:
    """The client and the days, large enough to present."""
    first, end = view.now.start or view.data.first, view.now.end or view.data.end
    text = _("{client} · {days}").format(
        client=fmt.named("client", view.client or ""), days=fmt.days(first, end - ONE_DAY)
    )
    notices.say([notices.paragraph(notices.sentence(text), kind="heading")], "review_of")


def show(view: View) -> None:
    """The clients to choose from."""
    text = _("A review is about one client. Choose one:")
    notices.say([notices.paragraph(notices.sentence(text))], "choose_client")
    clients = cached.options(view.scope, view.edition, "client")
    rows = [[{"link": _link(view, name)}] for name in clients]
    _table(key="clients", data={"alt": _("Clients"), "columns": [{"text": _("Client")}], "rows": rows})


def _link(view: View, name: str) -> dict[str, object]:
    return {
        "page": PAGE,
        "params": {"client": filters_bar.in_url(view.scope, view.edition, "client", name)},
        "text": fmt.named("client", name),
        "title": _("Open the review of this client"),
    }
