"""What Amazon puts into the name and folder of a contact's file: the contact, and when an agent took it.

From: Amazon Connect administrator guide, "Output file locations for files analyzed by conversational analytics":
.../Analysis/Voice/2020/02/04/<contact id>_analysis_2020-02-04T21:14:16Z.json, `_analysis_redacted_` for redacted ones;
the instant is when the contact was connected to an agent. Recordings: <contact id>_20200204T21:14_UTC.wav.
"""

import re
from datetime import UTC, datetime
from pathlib import PurePath, PurePosixPath
from urllib.parse import unquote
from zoneinfo import ZoneInfo

from care_metrics.errors import FileRefused
from care_metrics.sources.source import Source

# Colons become something else where a file system forbids them.
_NAME = re.compile(
    r"(?P<contact>.+?)_(?:analysis_|call_recording_)?(?:redacted_)?"
    r"(?P<day>\d{4}-?\d\d-?\d\d)T(?P<time>\d\d\D?\d\d(?:\D?\d\d)?)(?:Z|_UTC)"
)
_FOLDER = re.compile(r"/(\d{4})/(\d\d)/(\d\d)/[^/]*$")
_NO_START = (
    "carries no start of the contact or day of the export, and neither its name (<contact id>_analysis_<instant>.json) nor its folder "
    "(.../2024/05/31/) gives one; pass --started-at."
)


def contact_id(source: Source, recording: str = "") -> str:
    """The contact by the name of the file or its recording, else the recording's whole key, else the file's stem."""
    for path in (source.path.as_posix(), recording):
        match = _NAME.match(unquote(PurePosixPath(path).name))
        if match:
            return match["contact"]
    return recording or source.path.stem


def start_of(source: Source, recording: str = "") -> datetime:
    """The start by the name of the file or its recording, else the folder's date (local midnight), else the option.

    FileRefused, with the advice to pass --started-at, where none of them says.
    """
    for path in (source.path.as_posix(), recording):
        match = _NAME.match(unquote(PurePosixPath(path).name))
        if match:
            digits = re.sub(r"\D", "", match["day"] + match["time"]).ljust(14, "0")
            return datetime.strptime(digits, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    for path in (source.path, PurePosixPath(f"/{recording}")):
        day = folder_day(path)
        if day:
            return datetime(*day, tzinfo=ZoneInfo(source.timezone))
    if source.started_at is None:
        raise FileRefused(source.path, _NO_START)
    return source.started_at


def folder_day(path: PurePath) -> tuple[int, int, int] | None:
    """Year, month and day of the folder that a file lies in (.../2024/05/31/)."""
    folder = _FOLDER.search(path.as_posix())
    return (int(folder[1]), int(folder[2]), int(folder[3])) if folder else None
