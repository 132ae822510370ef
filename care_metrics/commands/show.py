"""Frames for the terminal: a table for people, JSON and CSV for scripts; only the answer goes to stdout."""

import json
import math
import sys
from typing import Literal

import polars as pl
from rich.console import Console
from rich.table import Table

Format = Literal["table", "json", "csv"]


def show(frame: pl.DataFrame, how: Format) -> None:
    """Print a measured frame in the format asked for."""
    {"json": _json, "csv": _csv, "table": _table}[how](frame)


def _json(frame: pl.DataFrame) -> None:
    rows = [{name: _plain(value) for name, value in row.items()} for row in frame.to_dicts()]
    sys.stdout.write(json.dumps(rows, ensure_ascii=False, allow_nan=False, indent=1) + "\n")


def _plain(value: object) -> object:
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _csv(frame: pl.DataFrame) -> None:
    sys.stdout.write(frame.write_csv())


def _table(frame: pl.DataFrame) -> None:
    left_out = {"family", "better"}
    columns = [name for name in frame.columns if name not in left_out]
    table = Table(box=None, header_style="bold", pad_edge=False)
    for name in columns:
        table.add_column(name, justify="right" if frame.schema[name].is_numeric() else "left", overflow="fold")
    for row in frame.select(columns).rows():
        table.add_row(*(_cell(value) for value in row))
    width = None if sys.stdout.isatty() else 200
    Console(width=width).print(table)


def _cell(value: object) -> str:
    if value is None:
        return "-"
    if not isinstance(value, float):
        return str(value)
    # Four digits, and never a power of ten for a count.
    return f"{value:,.0f}" if abs(value) >= 1_000 else f"{value:.4g}"
