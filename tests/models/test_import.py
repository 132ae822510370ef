"""Trap: importing the room drags torch into the app's start."""

import subprocess
import sys


def test_importing_the_room_loads_no_torch():
    code = (
        "import sys, care_metrics.models; print([m for m in ('torch', 'transformers', 'sklearn') if m in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
