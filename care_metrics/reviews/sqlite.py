"""SQLite opened safely: the journal its version can be trusted with, durable commits, and never over a network."""

import logging
import re
import sqlite3
from pathlib import Path
from urllib.parse import quote

from care_metrics.errors import DatabaseUnavailable

BUSY_S = 10.0
MOUNTS = Path("/proc/mounts")
# Locks of these are advisory at best; SQLite over them loses or corrupts rows (sqlite.org/howtocorrupt.html, 2.1).
NETWORK = re.compile(
    r"^(nfs\d?|cifs|smb\d?|smbfs|9p|afs|ncpfs|ceph|glusterfs|lustre|beegfs|gpfs|gfs2|ocfs2|davfs|vboxsf"
    r"|fuse\.(sshfs|s3fs|gcsfuse|glusterfs|ceph.*|rclone|davfs.*|blobfuse2?|goofys|smbnetfs|mount-s3|juicefs|seaweedfs))$"
)
log = logging.getLogger(__name__)


def journal_mode(version: tuple[int, int, int] = sqlite3.sqlite_version_info) -> str:
    """WAL only where the reset race that can lose commits is fixed, else DELETE.

    From: sqlite.org/wal.html#walresetbug (3.7.0 to 3.51.2; fixed in 3.51.3, 3.50.7 and 3.44.6).
    """
    fixed = version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45)
    return "WAL" if fixed else "DELETE"


def connect(path: Path, busy_s: float = BUSY_S, create: bool = False, foreign_keys: bool = True) -> sqlite3.Connection:
    """A connection in autocommit, ready for BEGIN IMMEDIATE; a missing file is an error unless it is to be created."""
    mode = "rwc" if create else "rw"
    address = f"file:{quote(str(path))}?mode={mode}"
    connection = sqlite3.connect(address, uri=True, timeout=busy_s, isolation_level=None, check_same_thread=False)
    wanted = journal_mode()
    try:
        (found,) = connection.execute(f"PRAGMA journal_mode={wanted}").fetchone()
        if found.upper() != wanted:
            raise DatabaseUnavailable(
                f"{path}: the database is in journal mode {found} and cannot be put in {wanted}, the one that is safe with "
                f"SQLite {sqlite3.sqlite_version}; stop the other programs that have it open."
            )
        # In DELETE mode a commit is final only when the folder is synced too, which FULL leaves out (pragma.html#pragma_synchronous).
        connection.execute(f"PRAGMA synchronous={'FULL' if wanted == 'WAL' else 'EXTRA'}")
        connection.execute("PRAGMA secure_delete=ON")
        connection.execute(f"PRAGMA foreign_keys={'ON' if foreign_keys else 'OFF'}")
    except BaseException:
        connection.close()
        raise
    return connection


def prepare(path: Path) -> None:
    """Make sure the file may live where it is: a folder of this machine, readable by its owner only."""
    refuse_network(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            path.touch(mode=0o600)
    except OSError as error:
        raise DatabaseUnavailable(
            f"{path}: the database cannot be created ({error.strerror}); check the folder and its rights."
        ) from error
    log.info("%s: SQLite %s, journal mode %s", path, sqlite3.sqlite_version, journal_mode())


def refuse_network(path: Path, mounts: str | None = None) -> None:
    """Raise DatabaseUnavailable where the path lies on a network file system; mounts: the text of /proc/mounts."""
    if mounts is None:
        mounts = MOUNTS.read_text(errors="replace") if MOUNTS.exists() else ""
    kind = file_system(path, mounts)
    if NETWORK.match(kind):
        raise DatabaseUnavailable(
            f"{path} lies on a network file system ({kind}), where SQLite loses rows; put the file on a disk of this machine, "
            "or set CARE_METRICS_DATABASE to a postgresql:// URL."
        )


def file_system(path: Path, mounts: str) -> str:
    """The kind of file system a path lies on: that of the longest mount point above it, the latest of equals."""
    real, best, kind = path.resolve(), -1, ""
    for line in mounts.splitlines():
        fields = line.split()
        if len(fields) < 3:
            continue
        # The kernel writes spaces, tabs and backslashes in a mount point as \040 and the like.
        point = Path(re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), fields[1]))
        if real.is_relative_to(point) and len(point.parts) >= best:
            best, kind = len(point.parts), fields[2]
    return kind
