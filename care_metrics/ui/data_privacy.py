"""What redaction took out of the texts before they were stored, by kind."""

from care_metrics.data_quality import removed
from care_metrics.ui import cached, notices, plain_table
from care_metrics.ui import format as fmt
from care_metrics.ui.text import _, noted, translated
from care_metrics.ui.view import View

KINDS = {
    "card": noted("Card numbers"),
    "cvv": noted("Card security codes"),
    "pin": noted("PINs and one-time codes"),
    "ssn": noted("Social security numbers"),
    "id": noted("Identity and tax numbers"),
    "iban": noted("IBANs"),
    "bank_account": noted("Bank accounts"),
    "email": noted("E-mail addresses"),
    "phone": noted("Telephone numbers"),
    "birth_date": noted("Dates of birth"),
    "address": noted("Street addresses"),
    "name": noted("Names of people"),
}


def show(view: View) -> None:
    """Counts of all loads; the values themselves are nowhere."""
    found = removed(cached.load_records(view.scope, view.edition).redactions)
    if found.is_empty():
        return notices.note(_("Nothing had to be taken out of the texts."), "redacted_none")
    plain_table.show(
        "redacted",
        _("Personal data taken out of the texts"),
        [_("Kind"), _("Taken out")],
        [[translated(KINDS.get(kind, kind)), fmt.number(n)] for kind, n in found.iter_rows()],
        numbers=1,
    )
    text = _(
        "Counted over all loads, before anything was stored. Recall and precision by kind stand in docs/redaction.md."
    )
    return notices.note(text, "redacted_note")
