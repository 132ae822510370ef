"""What starting the app brings into the process, and what a page never does."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
SCRIPT = """
import sys
import app
from streamlit.testing.v1 import AppTest
run = AppTest.from_file("{root}/frame.py", default_timeout=60).run()
assert not run.exception, run.exception
heavy = {{"torch", "transformers", "statsmodels", "sklearn", "scipy.stats", "plotly.express"}} & set(sys.modules)
print(sorted(heavy))
"""


def test_starting_the_app_leaves_the_heavy_libraries_out(small_centre) -> None:
    """torch alone took the first page from 2.5 s to 8 s."""
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT.format(root=ROOT)],
        cwd=ROOT,
        env={"PATH": "", "CARE_METRICS_STORE": small_centre.url, "OMP_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.strip().splitlines()[-1] == "[]"


def test_the_settings_keep_the_app_on_this_machine_and_quiet() -> None:
    import tomllib

    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert config["server"]["address"] == "127.0.0.1"
    assert config["server"]["enableAgentApi"] is False
    assert config["browser"]["gatherUsageStats"] is False
    assert config["client"] == {
        "showErrorDetails": "none",
        "showErrorLinks": False,
        "toolbarMode": "minimal",
        "disableDataExport": True,
    }
    assert "http" not in str(config["theme"]), "fonts are local"
