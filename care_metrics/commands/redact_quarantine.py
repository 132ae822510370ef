"""Personal data out of quarantined rows: they are kept to be read and repaired, as text that nobody has checked."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from care_metrics.privacy.crew import Crew
from care_metrics.privacy.redactor import LONGEST_TEXT, Redactor
from care_metrics.schema import TABLES


def redacted_raw(quarantined: pl.DataFrame, redactor: Redactor, crew: Crew) -> pl.DataFrame:
    """The same rows with redacted `raw`; missing where it cannot be told what is private in it."""
    if quarantined.is_empty():
        return quarantined
    pairs = quarantined.select("table", "raw").rows()
    rows = [_parts(table, raw) for table, raw in pairs]
    texts = dict.fromkeys(part.text or "" for row in rows for part in row if part.searched)
    told = crew.redact(redactor, [(("", text),) for text in texts]).told
    known = {talk[0][1]: out[0] for talk, out in told.items()}
    raw = [_joined(row, known) for row in rows]
    return quarantined.with_columns(pl.Series("raw", raw, pl.String))


@dataclass(frozen=True)
class _Part:
    """One value of a row, or the whole line where it could not be parsed (column None)."""

    column: str | None
    text: str | None
    searched: bool


def _parts(table: str, raw: str | None) -> list[_Part]:
    """The row's values by column without the private ones; none for a line in which those cannot be told."""
    private = {column.name for column in TABLES[table].columns if not column.stored}
    values = _parsed(raw)
    if values is None:
        return [] if private or not raw else [_Part(None, raw, len(raw) <= LONGEST_TEXT)]
    return [
        _Part(name, value, _is_searched(table, name, value)) for name, value in values.items() if name not in private
    ]


def _parsed(raw: str | None) -> dict[str, str | None] | None:
    try:
        values = json.loads(raw or "")
    except ValueError:
        return None
    flat = isinstance(values, dict) and all(value is None or isinstance(value, str) for value in values.values())
    return values if flat else None


def _is_searched(table: str, name: str, value: str | None) -> bool:
    """All but ids, which are stored as they are in accepted rows too; a row that slipped may hold words in any column."""
    is_id = name in TABLES[table].names and TABLES[table].column(name).kind == "id"
    return bool(value) and len(value or "") <= LONGEST_TEXT and not (is_id and not re.search(r"[\s@]", value or ""))


def _joined(row: Sequence[_Part], known: Mapping[str, str]) -> str | None:
    """The row with redacted texts; what should have been searched and was not is left out."""
    if not row:
        return None
    if row[0].column is None:
        return known.get(row[0].text or "")
    kept = {part.column: known.get(part.text or "") if part.searched else _short(part.text) for part in row}
    return json.dumps(kept, ensure_ascii=False)


def _short(text: str | None) -> str | None:
    return text if text is None or len(text) <= LONGEST_TEXT else None
