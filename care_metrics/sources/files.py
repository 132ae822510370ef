"""Which files a SOURCE on the command line means: regular files only, in a fixed order, nothing that could block."""

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from care_metrics.errors import FileRefused

_NOT_FILES = (
    (stat.S_ISLNK, "is a symbolic link; name the file it points to"),
    (stat.S_ISDIR, "is a folder without files"),
    (stat.S_ISFIFO, "is a pipe, not a file"),
    (stat.S_ISSOCK, "is a socket, not a file"),
    (stat.S_ISCHR, "is a device, not a file"),
    (stat.S_ISBLK, "is a device, not a file"),
)


def find_files(sources: Iterable[str | Path]) -> list[Path]:
    """Every path the sources stand for, each once; a folder stands for all that lies in it, hidden names left out.

    Opens nothing: what is missing or no regular file stays in the list, for `read` to refuse in a sentence of its own.
    The order (as given, then by name) decides which of two equal versions of a row is the last read.
    """
    return list(dict.fromkeys(path for source in map(Path, sources) for path in _expanded(source)))


def _expanded(source: Path) -> list[Path]:
    # Not Path.is_dir, which raises where a name is too long.
    return (sorted(_inside(source)) or [source]) if os.path.isdir(source) else [source]


def _inside(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        linked = [name for name in folders if (Path(parent) / name).is_symlink()]
        yield from (Path(parent) / name for name in (*names, *linked) if not name.startswith("."))


def size_and_time(path: Path) -> tuple[int, int]:
    """Size in bytes and time of the last change of a regular file with content; anything else is refused."""
    if not _is_text(path):
        raise FileRefused(path, "has a name that is not UTF-8; rename it.")
    try:
        found = path.lstat()
    except OSError as problem:
        raise FileRefused(path, f"cannot be found ({problem.strerror}); check the name.") from None
    for is_kind, wrong in _NOT_FILES:
        if is_kind(found.st_mode):
            raise FileRefused(path, f"{wrong}.")
    if found.st_size == 0:
        raise FileRefused(path, "is empty (0 bytes); export it again.")
    return found.st_size, found.st_mtime_ns


def _is_text(path: Path) -> bool:
    """Whether the name can be stored and printed: bytes that are no UTF-8 stand in it as lone surrogates."""
    try:
        str(path).encode()
    except UnicodeEncodeError:
        return False
    return True
