"""Where the database lives: from the setting, or a file beside the store."""

import re
from pathlib import Path

from care_metrics.errors import BadRequest
from care_metrics.settings import ROOT, settings, under_root

FILE = "care_metrics.db"
SQLITE, POSTGRES = "sqlite:///", "postgresql+psycopg://"


def database_url(setting: str | None = None, store: str | None = None) -> str:
    """SQLAlchemy's URL of the database; setting: a file, a sqlite or a postgresql URL (default: CARE_METRICS_DATABASE).

    Empty means care_metrics.db beside the folder of the store, or in data/ where the store is no folder.
    """
    setting = settings().database if setting is None else setting
    if not setting:
        return SQLITE + str(_beside(under_root(store or settings().store)))
    if re.match(r"^postgres(ql)?(\+psycopg)?://", setting):
        return POSTGRES + setting.split("://", 1)[1]
    if setting.startswith(SQLITE) or "://" not in setting:
        path = under_root(setting.removeprefix(SQLITE))
        if Path(path).name in ("", ":memory:"):
            raise BadRequest(
                "The database must be a file that outlives this process, not memory; name one in CARE_METRICS_DATABASE."
            )
        return SQLITE + str(Path(path).absolute())
    kind = setting.split("://", 1)[0]
    raise BadRequest(
        f"CARE_METRICS_DATABASE is of kind {kind!r}; use a file, sqlite:///FILE or postgresql://USER@HOST/NAME."
    )


def sqlite_path(url: str) -> Path | None:
    """The file behind a SQLite URL, None for a server's."""
    return Path(url.removeprefix(SQLITE)) if url.startswith(SQLITE) else None


def _beside(store: str) -> Path:
    folder = ROOT / "data" if "://" in store else Path(store).absolute().parent
    return folder / FILE
