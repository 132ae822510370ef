"""Formats by name, and names of files that no folder, header or eye is deceived by."""

import re
import unicodedata
from collections.abc import Callable

from care_metrics.errors import UnknownName
from care_metrics.exports.export import Export

LONGEST_NAME = 100
UNSAFE = re.compile(r"[^A-Za-z0-9]+")


def _csv(export: Export) -> bytes:
    from care_metrics.exports.csv_file import csv_bytes

    return csv_bytes(export)


def _xlsx(export: Export) -> bytes:
    # Loaded when a workbook is asked for, not at every start.
    from care_metrics.exports.xlsx_file import xlsx_bytes

    return xlsx_bytes(export)


FORMATS: dict[str, Callable[[Export], bytes]] = {"csv": _csv, "xlsx": _xlsx}


def written(export: Export, how: str) -> bytes:
    """The file's bytes; UnknownName for a format there is none of."""
    if how not in FORMATS:
        raise UnknownName("export format", how, FORMATS)
    return FORMATS[how](export)


def file_name(*parts: str, how: str) -> str:
    """The parts joined, letters and digits only: a client's name cannot leave the folder or break a header."""
    plain = unicodedata.normalize("NFKD", "_".join(parts)).encode("ascii", "ignore").decode()
    return f"{UNSAFE.sub('_', plain).strip('_')[:LONGEST_NAME] or 'export'}.{how}"
