"""Rows in buckets of a file without a name: nothing of it is left when the process dies."""

import io
import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, NamedTuple

import polars as pl


class Place(NamedTuple):
    """Where rows lie in the file, and how many there are."""

    at: int
    size: int
    rows: int


class BucketFile:
    """Takes frames apart into buckets, and gives back what lies at places, in the order in which it came.

    folder: of the file; default the system's. The file is made with the first rows.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._file: IO[bytes] | None = None

    @property
    def begun(self) -> bool:
        """Whether there is a file."""
        return self._file is not None

    def put(self, rows: pl.DataFrame, buckets: pl.Expr | pl.Series) -> Iterator[tuple[int, Place]]:
        """Write rows; each bucket that some of them fall into, and where these lie."""
        if self._file is None:
            self._file = tempfile.TemporaryFile(dir=self._folder)  # noqa: SIM115 - closed by `close`
        marked = rows.with_columns(_bucket=buckets.cast(pl.Int64))
        for (bucket,), mine in marked.partition_by("_bucket", as_dict=True, include_key=False).items():
            blob = io.BytesIO()
            mine.write_ipc_stream(blob, compression="lz4")
            at = self._file.seek(0, os.SEEK_END)
            self._file.write(blob.getbuffer())
            self._file.flush()
            yield int(str(bucket)), Place(at, len(blob.getbuffer()), mine.height)

    def get(self, places: Iterable[Place]) -> pl.DataFrame | None:
        """The rows at these places; None without any."""
        if self._file is None:
            return None
        blobs = (os.pread(self._file.fileno(), place.size, place.at) for place in places)
        frames = [pl.read_ipc_stream(io.BytesIO(blob)) for blob in blobs]
        return pl.concat(frames) if frames else None

    def close(self) -> None:
        """Give the space back."""
        if self._file is not None:
            self._file.close()
