"""Servers by fork, for who kills many: `python -m tests.reviews.nursery PORT` starts one a line that it reads, and says its pid.

The libraries are read once; what is forked is `streamlit run app.py` itself, with nothing opened yet.
"""

import os
import sys
from importlib import import_module

READ = (
    *("streamlit.web.cli", "streamlit.web.bootstrap", "uvicorn", "duckdb", "polars", "deltalake", "alembic.command"),
    *("care_metrics.attention", "care_metrics.contacts", "care_metrics.evidence", "care_metrics.reviews.migrate"),
    *("scipy.stats", "statsmodels.stats.meta_analysis", "statsmodels.regression.linear_model"),
)


def main() -> None:
    for name in READ:
        import_module(name)
    for _line in sys.stdin:
        child = os.fork()
        if child == 0:
            _serve(sys.argv[1])
        print(child, flush=True)
        # Whoever asked for the server kills it; the next line comes after that.
        os.waitpid(child, 0)


def _serve(port: str) -> None:
    from streamlit.web.cli import main

    # What a server says on its way is not the pid that is waited for; what it complains of stays to be read.
    quiet = os.open(os.devnull, os.O_RDWR)
    os.dup2(quiet, 0)
    os.dup2(quiet, 1)
    sys.argv = ["streamlit", "run", "app.py", "--server.port", port]
    try:
        main()
    finally:
        os._exit(1)


if __name__ == "__main__":
    main()
