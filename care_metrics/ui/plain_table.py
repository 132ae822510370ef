"""A small table of texts that leads nowhere."""

from collections.abc import Iterable, Sequence

from care_metrics.ui.components import declare

_table = declare("places")
# What a cell says, and below it in small what belongs to it.
Noted = tuple[str, str]


def show(key: str, caption: str, columns: Sequence[str], rows: Sequence[Sequence[str]], numbers: int = 0) -> None:
    """caption: what it shows, for those who hear it; numbers: how many of the last columns are numbers."""
    first = len(columns) - numbers
    heads = [{"text": text} | ({"align": "end"} if place >= first else {}) for place, text in enumerate(columns)]
    _table(
        key=key, data={"caption": caption, "columns": heads, "rows": [[{"text": cell} for cell in row] for row in rows]}
    )


def show_noted(key: str, caption: str, columns: Sequence[str], rows: Iterable[Sequence[Noted]], whole: int = 1) -> None:
    """Rows of cells with notes; whole: how many of the first columns, times or names, stay on one line."""
    heads = [{"text": text} | ({"align": "whole"} if place < whole else {}) for place, text in enumerate(columns)]
    cells = [[{"text": text} | ({"note": note} if note else {}) for text, note in row] for row in rows]
    _table(key=key, data={"caption": caption, "columns": heads, "rows": cells})
