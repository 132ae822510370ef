"""What a page says where there is nothing to show, not everything, or something went wrong."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from care_metrics.errors import CareMetricsError
from care_metrics.scope import Scope
from care_metrics.ui import format as fmt
from care_metrics.ui.components import declare
from care_metrics.ui.text import _, ngettext

_prose = declare("prose")

Sentence = dict[str, Any]


def sentence(text: str, strong: bool = False) -> Sentence:
    """One sentence of a paragraph."""
    return {"text": text, "strong": strong}


def way(link: dict[str, Any]) -> Sentence:
    """A link of `links` as a sentence of a paragraph."""
    return sentence(link["text"]) | {"link": link}


def paragraph(*sentences: Sentence, kind: str = "lead") -> dict[str, Any]:
    """kind: heading, lead, note, finding, notice, alarm, or fact (a name and what it says)."""
    return {"kind": kind, "sentences": list(sentences)}


def say(paragraphs: Sequence[dict[str, Any]], key: str) -> None:
    """Text on the page, set as text: a name out of the data is shown as it is written."""
    _prose(key=key, data={"paragraphs": list(paragraphs)})


def note(text: str, key: str) -> None:
    """One line in small grey letters."""
    say([paragraph(sentence(text), kind="note")], key)


def finding(text: str, key: str) -> None:
    """The sentence above a picture."""
    say([paragraph(sentence(text), kind="finding")], key)


def empty_store(scope: Scope) -> None:
    """Nothing was ever ingested: how to begin, for those who can; a client reader only waits."""
    st.title(_("No data yet"), anchor=False)
    if scope.audience == "client":
        text = _("There are no contacts to show yet. Ask your account manager when they will be loaded.")
        return say([paragraph(sentence(text))], "empty_store")
    text = _(
        "This store holds no contacts. Fill it with the simulated centre or with your own export, then reload this page."
    )
    say([paragraph(sentence(text))], "empty_store")
    st.code("python -m care_metrics demo\npython -m care_metrics ingest EXPORT --client NAME", language=None)
    return None


def nothing_found(key: str) -> None:
    """The filters leave no contact."""
    text = _("No contact matches these filters. Choose a longer period or fewer filters.")
    say([paragraph(sentence(text), kind="notice")], key)


def failed(error: CareMetricsError) -> None:
    """A block that could not be shown, in the words of the error; the page around it stays."""
    heading = _("This part cannot be shown.")
    say([paragraph(sentence(heading, strong=True), sentence(str(error)), kind="alarm")], "failed")


def partly_scored(share: float) -> None:
    """Scoring is still under way, or was never begun: sentiment speaks of a part of the customers' turns only."""
    text = _("{share} of the customers' turns are scored; sentiment speaks of these only.").format(
        share=fmt.percent(share, 0)
    )
    if share == 0:
        text = _("No turn is scored by the model yet; where sentiment shows, it is the score that came with the data.")
    say([paragraph(sentence(text), kind="notice")], "partly_scored")


def partly_read(waiting: int) -> None:
    """Agents' turns are still being scored: a period that is half read has other evidence than one that is read."""
    text = ngettext(
        "{n} transcript waits for the behaviours model; until it is read, changes of sentiment and pillars are not told.",
        "{n} transcripts wait for the behaviours model; until they are read, changes of sentiment and pillars are not told.",
        waiting,
    )
    say([paragraph(sentence(text.format(n=fmt.number(waiting))), kind="notice")], "partly_read")


def nothing_written(scope: Scope, why: str) -> None:
    """The database is down: numbers stand, but what people wrote is missing; a client reader is spared the reason."""
    text = _("Targets, annotations and actions cannot be read now; the numbers on this page do not depend on them.")
    reason = [sentence(why)] if scope.audience == "internal" else []
    say([paragraph(sentence(text, strong=True), *reason, kind="notice")], "nothing_written")


def not_saved(error: CareMetricsError, key: str) -> None:
    """What was typed still stands in its form."""
    text = _("Not saved; what you typed is still here.")
    say([paragraph(sentence(text, strong=True), sentence(str(error)), kind="alarm")], key)
