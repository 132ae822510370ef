"""Which exported files belong to whom: a download's address is no secret, so it serves its reader only."""

from collections import OrderedDict
from hashlib import sha256
from pathlib import Path, PurePosixPath
from threading import Lock

from streamlit.runtime import Runtime, exists

from care_metrics.reviews.rows import Identity

MOST = 10_000
MEDIA = "/media/"
ICON = Path(__file__).parent.parent / "icon.png"
_lock = Lock()
_owners: OrderedDict[tuple[str, str, str], None] = OrderedDict()


def allow(digest: str, identity: Identity) -> None:
    """This reader exported a file of that sha256."""
    with _lock:
        _owners[digest, identity.issuer, identity.subject] = None
        while len(_owners) > MOST:
            _owners.popitem(last=False)


def may_fetch(path: str, identity: Identity) -> bool:
    """Whether this reader exported the file at that path; one that nobody exported is nobody's."""
    digest = _digest(path)
    return digest is not None and (digest, identity.issuer, identity.subject) in _owners


def is_icon(path: str) -> bool:
    """Whether it is the page's icon, which the way in shows as well."""
    return path.startswith(MEDIA) and _digest(path) == sha256(ICON.read_bytes()).hexdigest()


def _digest(path: str) -> str | None:
    file = Runtime.instance().media_file_mgr.read_file(PurePosixPath(path).stem) if exists() else None
    return sha256(file.content).hexdigest() if file else None
