"""The list of a shipped model's files with their sizes and hashes, and the revision that follows from it."""

import hashlib
import json
from pathlib import Path
from typing import Any

from care_metrics.errors import ModelUnavailable

MANIFEST = "manifest.json"
SCORED_BY = ("config.json", "model.safetensors", "tokenizer.json")


def sha256(path: Path) -> str:
    """Hex digest of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_manifest(folder: Path) -> None:
    """Record size and hash of the files that decide the scores."""
    files = {name: {"bytes": (folder / name).stat().st_size, "sha256": sha256(folder / name)} for name in SCORED_BY}
    (folder / MANIFEST).write_text(json.dumps({"files": files}, indent=2) + "\n", "utf-8")


def altered(folder: Path) -> list[str]:
    """One sentence for each file that is missing or not the one the manifest names; empty when all is well."""
    expected = _read(folder)["files"]
    return [problem for name, facts in expected.items() if (problem := _compare(folder / name, facts))]


def revision(folder: Path) -> str:
    """12 hex digits that change with any byte of weights, configuration or tokenizer."""
    present = [name for name in SCORED_BY if (folder / name).exists()]
    joined = "\n".join(f"{name} {sha256(folder / name)}" for name in present)
    return hashlib.sha256(joined.encode()).hexdigest()[:12]


def _compare(path: Path, facts: dict[str, Any]) -> str | None:
    if not path.exists():
        return f"{path}: is missing; restore it from the release."
    if path.stat().st_size != facts["bytes"]:
        return f"{path}: has {path.stat().st_size} bytes, {facts['bytes']} expected; restore it from the release."
    found = sha256(path)
    if found != facts["sha256"]:
        return f"{path}: sha256 is {found[:12]}..., {facts['sha256'][:12]}... expected; restore it from the release."
    return None


def _read(folder: Path) -> dict[str, Any]:
    try:
        manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
        return {"files": {str(name): dict(facts) for name, facts in manifest["files"].items()}}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as wrong:
        raise ModelUnavailable(
            f"{folder / MANIFEST}: cannot be read ({wrong}); restore it from the release."
        ) from wrong
