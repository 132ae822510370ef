"""Mapping files: YAML that says how the columns of any table become ours; read strictly, refused by the line at fault.

A field is a column's name, or a record of: column | constant | file (stem or contact); type (duration, number,
instant, months_before, text), unit, format, zone, decimal, before, values (old: new), otherwise; START stands for the
start that the file's name or --started-at gives. docs/sources.md explains each.
"""

from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from care_metrics.errors import FileRefused
from care_metrics.schema import TABLES
from care_metrics.sources.source import Source

SHIPPED = Path(__file__).with_name("mappings")
OWN = "mapping"  # the name of every mapping that does not come with the package
Speaker = Literal["customer", "agent", "bot", "system"]
START = "@start"


def _offset_given(value: str) -> str:
    if value != START and datetime.fromisoformat(value).tzinfo is None:
        raise ValueError("an instant needs an offset, like 2024-05-01T10:00:00Z")
    return value


Instant = Annotated[str, AfterValidator(_offset_given)]
Missing = Annotated[str | None, BeforeValidator(lambda value: None if value in ("", "null", "~") else value)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Rule(_Strict):
    """How one of our columns is made."""

    column: str | None = None
    constant: str | None = None
    file: Literal["stem", "contact"] | None = None
    type: Literal["text", "number", "duration", "instant", "months_before"] = "text"
    unit: Literal["us", "ms", "s", "min", "h"] = "s"
    format: str | None = None
    zone: str = "client"
    decimal: Literal[".", ","] = "."
    before: Instant | None = None
    values: dict[str, Missing] = Field(default_factory=dict)
    otherwise: str | None = None


class Split(_Strict):
    """One column that holds a whole transcript, 'Agent: ... Customer: ...', and who the labels are."""

    column: str
    speakers: dict[str, Speaker]


class TableRules(_Strict):
    """Our table: each column by its rule; once: one row for the file; split: one row a turn of the transcript."""

    columns: dict[
        str, Annotated[Rule, BeforeValidator(lambda rule: {"column": rule} if isinstance(rule, str) else rule)]
    ]
    once: bool = False
    split: Split | None = None


class Mapping(_Strict):
    """One mapping file. recognised_by: columns by which a file is told without --mapping (shipped mappings only).

    format: csv, jsonl, json, parquet or xlsx, or the name of the reader that `speakers` is meant for.
    rows: where a JSON document holds its rows.
    """

    label: str = "mapped table"
    source: str = ""
    confidence: Literal["export", "documentation"] = "documentation"
    format: str = "csv"
    delimiter: Annotated[str, Field(min_length=1, max_length=1)] = ","
    encoding: Literal["utf-8", "latin-1", "windows-1252"] = "utf-8"
    rows: str = ""
    recognised_by: tuple[str, ...] = ()
    speakers: dict[str, Speaker] = Field(default_factory=dict)
    tables: dict[str, TableRules] = Field(default_factory=dict)


def load(path: Path) -> Mapping:
    """A mapping file; refused with the place that is wrong."""
    try:
        # BaseLoader keeps every scalar as it is written: Yes, 1 and 2024-05-01 are values of an export, not YAML's own.
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
        mapping = Mapping.model_validate(content)
    except (OSError, UnicodeDecodeError, RecursionError) as problem:
        raise FileRefused(path, f"cannot be read as a mapping ({type(problem).__name__}).") from None
    except yaml.YAMLError as problem:
        raise FileRefused(path, f"is no YAML: {str(problem).replace(chr(10), ' ')[:160]}.") from None
    except ValidationError as problem:
        first = problem.errors()[0]
        place = ".".join(map(str, first["loc"])) or "the file"
        raise FileRefused(path, f"has a wrong mapping at {place}: {first['msg']}.") from None
    _check_names(path, mapping)
    return mapping


def _check_names(path: Path, mapping: Mapping) -> None:
    for name, rules in mapping.tables.items():
        if name not in TABLES:
            raise FileRefused(path, f"maps to the table {name!r}; known: {', '.join(sorted(TABLES))}.")
        unknown = sorted(set(rules.columns) - set(TABLES[name].names))
        if unknown:
            raise FileRefused(path, f"maps to {name}.{unknown[0]}, a column that {name} does not have.")
        made = {"turn_no", "speaker", "text"} if rules.split else set()
        missing = [column for column in TABLES[name].required if column not in rules.columns and column not in made]
        if missing:
            raise FileRefused(path, f"says nothing of {name}.{missing[0]}, which {name} needs.")


@cache
def shipped() -> dict[str, Mapping]:
    """The mappings that come with the package, by name."""
    return {path.stem: load(path) for path in sorted(SHIPPED.glob("*.yaml"))}


def name_of(mapping: Mapping) -> str:
    """The shipped mapping's name, whichever way it was chosen, else OWN."""
    return next((name for name, known in shipped().items() if known == mapping), OWN)


def speakers_of(source: Source) -> dict[str, str]:
    """Who the speakers of a transcript without roles are, by the mapping the operator gave."""
    return dict(load(source.mapping).speakers) if source.mapping else {}
