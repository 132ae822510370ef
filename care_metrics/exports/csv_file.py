"""CSV: every text in quotes, whatever separator a reader's spreadsheet goes by; the origin in lines that begin with #."""

import re

import polars as pl

from care_metrics.exports.cells import harmless
from care_metrics.exports.export import Export

# Between quotes a separator is no separator; a line of the origin has no quotes, so it has none of these.
SEPARATORS = re.compile(r"[,;\t|\"\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+\s*")


def csv_bytes(export: Export) -> bytes:
    """UTF-8 with its mark, which Excel needs to read accents; numbers bare, missing values empty."""
    frame = export.plain()
    texts = [name for name, kind in frame.schema.items() if kind in (pl.String, pl.Categorical, pl.Enum)]
    safe = frame.with_columns(
        pl.col(name).cast(pl.String).map_elements(harmless, return_dtype=pl.String) for name in texts
    ).rename(harmless)
    head = "".join(f"# {_one_line(label)}: {_one_line(value)}\n" for label, value in export.told)
    return (head + safe.write_csv(quote_style="non_numeric")).encode("utf-8-sig")


def _one_line(text: str) -> str:
    return SEPARATORS.sub(" · ", text).strip()
