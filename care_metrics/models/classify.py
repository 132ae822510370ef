"""Score a file of the user's own: its rows and columns come back in order with the model's columns beside them."""

from difflib import get_close_matches
from pathlib import Path
from typing import Literal

import polars as pl

from care_metrics.errors import BadRequest, FileRefused, UnknownName
from care_metrics.models.behaviours import COLUMNS as BEHAVIOUR_COLUMNS
from care_metrics.models.behaviours import load_behaviours
from care_metrics.models.scorer import Scorer
from care_metrics.models.sentiment import SCHEMA as SENTIMENT_SCHEMA
from care_metrics.models.sentiment import load_sentiment

Task = Literal["sentiment", "behaviours"]
# Rows a call: bounds memory, and equal texts far apart are rare enough to score twice.
CHUNK = 50_000
OUTPUTS: dict[str, tuple[str, ...]] = {"sentiment": tuple(SENTIMENT_SCHEMA), "behaviours": BEHAVIOUR_COLUMNS}
_LOADERS = {"sentiment": load_sentiment, "behaviours": load_behaviours}


def classify(
    task: str,
    input_path: Path,
    text_column: str = "text",
    context_column: str | None = None,
    output: Path = Path("scores.parquet"),
    model: str | None = None,
) -> int:
    """Write `output` (Parquet, CSV or JSON lines by its suffix) and return its number of rows.

    `context_column` names the turn before each text. Raises FileRefused, BadRequest or UnknownName.
    """
    if task not in OUTPUTS:
        raise UnknownName("classifier", task, OUTPUTS)
    _suffix(output)
    frame = read_table(Path(input_path))
    _refuse_clash(frame, task, input_path)
    texts = _column(frame, text_column, input_path)
    previous = _column(frame, context_column, input_path) if context_column else None
    scored = pl.concat([frame, score_in_chunks(_LOADERS[task](model), texts, previous)], how="horizontal")
    _write(scored, output)
    return len(scored)


def score_in_chunks(scorer: Scorer, texts: list[str], previous: list[str] | None) -> pl.DataFrame:
    """The scores of all texts, in order, a bounded number at a time."""
    starts = range(0, max(1, len(texts)), CHUNK)
    parts = [
        scorer.score(texts[at : at + CHUNK], previous[at : at + CHUNK] if previous is not None else None)
        for at in starts
    ]
    return pl.concat(parts)


def read_table(path: Path) -> pl.DataFrame:
    """A CSV (every column as written), Parquet or JSON lines file. Raises FileRefused."""
    kind = _suffix(path)
    try:
        if kind == "csv":
            return pl.read_csv(path, infer_schema=False, encoding="utf8")
        return pl.read_parquet(path) if kind == "parquet" else pl.read_ndjson(path, infer_schema_length=None)
    except FileNotFoundError as wrong:
        raise FileRefused(path, "no such file; check the name.") from wrong
    except (pl.exceptions.PolarsError, OSError, UnicodeDecodeError) as wrong:
        raise FileRefused(path, f"cannot be read as {kind} ({str(wrong).splitlines()[0]}); save it again.") from wrong


def _column(frame: pl.DataFrame, name: str, path: Path) -> list[str]:
    if name not in frame.columns:
        near = get_close_matches(name, frame.columns, n=1, cutoff=0.5)
        hint = f"did you mean {near[0]!r}?" if near else f"it has {', '.join(frame.columns)}."
        raise FileRefused(path, f"has no column {name!r}; {hint}")
    column = frame[name]
    if column.dtype not in (pl.String, pl.Null) and not isinstance(column.dtype, pl.Categorical | pl.Enum):
        raise FileRefused(path, f"column {name!r} holds {column.dtype}, not text; name the column of texts.")
    return column.cast(pl.String).fill_null("").to_list()


def _refuse_clash(frame: pl.DataFrame, task: str, path: Path) -> None:
    clash = [name for name in frame.columns if name in OUTPUTS[task]]
    if clash:
        raise FileRefused(path, f"has a column {clash[0]!r}, which is an output's name; rename it first.")


def _write(frame: pl.DataFrame, path: Path) -> None:
    part = path.with_name(path.name + ".part")
    try:
        {"csv": frame.write_csv, "parquet": frame.write_parquet, "jsonl": frame.write_ndjson}[_suffix(path)](part)
        part.replace(path)
    except (pl.exceptions.PolarsError, OSError) as wrong:
        part.unlink(missing_ok=True)
        raise FileRefused(path, f"cannot be written ({str(wrong).splitlines()[0]}); choose another place.") from wrong


def _suffix(path: Path) -> str:
    kinds = {".csv": "csv", ".parquet": "parquet", ".pq": "parquet", ".jsonl": "jsonl", ".ndjson": "jsonl"}
    if path.suffix.lower() not in kinds:
        raise BadRequest(f"{path}: its ending {path.suffix!r} is not known; use .csv, .parquet or .jsonl.")
    return kinds[path.suffix.lower()]
