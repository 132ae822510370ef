"""One file to be read, what the operator said about it, and its first bytes, by which a reader recognises it."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from care_metrics.sources.documents import first_object

HEAD = 1 << 16


@dataclass(frozen=True)
class Source:
    """A regular file; timezone: the client's IANA zone; started_at, mapping: what the operator added by option."""

    path: Path
    client: str
    timezone: str = "UTC"
    started_at: datetime | None = None
    mapping: Path | None = None

    @cached_property
    def head(self) -> bytes:
        """The first 64 KB, without a UTF-8 byte order mark."""
        with self.path.open("rb") as file:
            return file.read(HEAD).removeprefix(b"\xef\xbb\xbf")

    @cached_property
    def sample(self) -> dict[str, Any] | None:
        """The first JSON object, if the file is a JSON document, an array of them or JSON lines."""
        return first_object(self.path)
