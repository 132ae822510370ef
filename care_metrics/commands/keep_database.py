"""backup and restore: the database of reviews, targets and rights as a file, and back."""

from pathlib import Path

from care_metrics.errors import BadRequest
from care_metrics.reviews.backup import Backup
from care_metrics.reviews.locate import database_url, sqlite_path


def run_backup(store: str | None, file: Path) -> None:
    """Copy the database that lies beside this store, or where CARE_METRICS_DATABASE says; print what the copy holds."""
    from care_metrics.reviews.backup import backup

    # It is copied as it stands: whoever backs up before an update wants the old tables.
    url = database_url(store=store)
    path = sqlite_path(url)
    if path and not path.exists():
        raise BadRequest(f"{path}: no database is there; name its store by --store, or set CARE_METRICS_DATABASE.")
    print(f"{file}: {_told(backup(url, file))}")


def run_restore(store: str | None, file: Path) -> None:
    """Put the copy there, where nothing may lie yet; print what came back."""
    from care_metrics.reviews.backup import restore

    told = _told(restore(file, database_url(store=store)))
    print(f"{file}: restored and compared, {told}")


def _told(taken: Backup) -> str:
    held = ", ".join(f"{name} {rows:,}" for name, rows in sorted(taken.rows.items()) if rows) or "no rows"
    return f"{held}; {taken.engine}, migration {taken.revision}, sha256 {taken.sha256[:12]}"
