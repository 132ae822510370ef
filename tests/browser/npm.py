"""Packages of the npm registry that only tests use, fetched once however many processes ask."""

import subprocess
from pathlib import Path

import pytest
from filelock import FileLock


def fetched(folder: Path) -> Path:
    """The folder's node_modules, as its lock file names them; the test is skipped where they cannot be had."""
    modules = folder / "node_modules"
    with FileLock(folder / ".fetching.lock"):
        if not (modules / ".package-lock.json").exists():
            done = subprocess.run(["npm", "ci", "--silent"], cwd=folder, capture_output=True, text=True)
            if done.returncode:
                pytest.skip(f"npm could not fetch what {folder.name} needs: {done.stderr[-200:]}")
    return modules
