import subprocess
import sys
from pathlib import Path

import care_metrics.statistics

MODULES = sorted(path.stem for path in Path(care_metrics.statistics.__file__).parent.glob("[!_]*.py"))


def test_the_room_starts_without_scipy_statsmodels_or_sklearn():
    # Each costs 0.1 to 1.5 s, and the application imports this room on its first run.
    code = "import sys\n" + "\n".join(f"import care_metrics.statistics.{name}" for name in MODULES)
    code += "\nprint({'scipy', 'statsmodels', 'sklearn', 'pandas'} & {name.split('.')[0] for name in sys.modules})"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "set()"
