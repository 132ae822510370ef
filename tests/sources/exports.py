"""Where the real exports lie, if they are here; they are read, never copied."""

import os
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("CARE_METRICS_SHARED", Path(__file__).resolve().parents[2].parent / "shared"))
EXPORTS = SHARED / "data" / "exports"
needs_exports = pytest.mark.skipif(not EXPORTS.exists(), reason="the shared exports are not here")
