"""A small table of texts that leads nowhere."""

from collections.abc import Sequence

from care_metrics.ui.components import declare

_table = declare("places")


def show(key: str, caption: str, columns: Sequence[str], rows: Sequence[Sequence[str]], numbers: int = 0) -> None:
    """caption: what it shows, for those who hear it; numbers: how many of the last columns are numbers."""
    first = len(columns) - numbers
    heads = [{"text": text} | ({"align": "end"} if place >= first else {}) for place, text in enumerate(columns)]
    _table(
        key=key, data={"caption": caption, "columns": heads, "rows": [[{"text": cell} for cell in row] for row in rows]}
    )
