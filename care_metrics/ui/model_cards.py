"""The cards that lie beside the models in use: what they were made from, how good they are, where they fail."""

from pathlib import Path

import streamlit as st

from care_metrics.settings import settings, under_root
from care_metrics.ui import notices, plain_table
from care_metrics.ui.text import _

CARD = "README.md"
Block = tuple[str, list[str]]


def show() -> None:
    """One card a model, closed until it is asked for; set as text, for a configured model's card is not ours."""
    with st.expander(_("Card of the sentiment model")):
        _card(settings().sentiment_model, "sentiment")
    if settings().sentiment_es_pt_model:
        with st.expander(_("Card of the sentiment model for Spanish and Portuguese")):
            _card(settings().sentiment_es_pt_model, "sentiment_es_pt")
    with st.expander(_("Card of the behaviours model")):
        _card(settings().behaviours_model, "behaviours")


def _card(model: str, key: str) -> None:
    file = Path(under_root(model)) / CARD
    if not file.is_file():
        text = _("There is no card beside this model: {file} is missing.")
        return notices.note(text.format(file=file.name), f"card_{key}")
    for place, (kind, lines) in enumerate(blocks(file.read_text("utf-8", errors="replace"))):
        name = f"card_{key}_{place}"
        if kind == "table":
            head, *rows = [_cells(line) for line in lines if set(line) - set("|-: ")]
            plain_table.show(name, _("A table of the card"), head, [row for row in rows if len(row) == len(head)])
        else:
            notices.say([notices.paragraph(notices.sentence(" ".join(lines), strong=kind == "heading"))], name)
    return None


def blocks(card: str) -> list[Block]:
    """Headings, tables, items and paragraphs of a card in Markdown, without its marks."""
    found: list[Block] = []
    kept = ""
    for line in map(str.strip, card.splitlines()):
        kind = _kind(line, kept)
        if line and not line.startswith("<!--"):
            text = line if kind == "table" else line.lstrip("# ").replace("`", "").replace("**", "")
            joins = found and kind == kept and kind in {"table", "text"} and not _starts_item(line)
            if joins:
                found[-1][1].append(text)
            else:
                found.append((kind, [text]))
        kept = kind
    return found


def _kind(line: str, kept: str) -> str:
    if not line or line.startswith("<!--"):
        return ""
    return "heading" if line.startswith("#") else "table" if line.startswith("|") else "text"


def _starts_item(line: str) -> bool:
    return line.startswith("- ") or line.split(" ")[0].rstrip(".").isdigit()


def _cells(line: str) -> list[str]:
    return [cell.strip().replace("`", "") for cell in line.strip("|").split("|")]
