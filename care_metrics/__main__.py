"""The commands: `python -m care_metrics --help`."""

import os
import sys

from care_metrics.errors import CareMetricsError


def main() -> int:
    """Run a command; a deliberate error is one sentence on stderr and exit status 1."""
    from care_metrics.commands.line import app

    try:
        app(prog_name="python -m care_metrics")
    except CareMetricsError as error:
        print(error, file=sys.stderr)
        return 1
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    return 0


if __name__ == "__main__":
    status = main()
    sys.stdout.flush()
    sys.stderr.flush()
    # Not sys.exit: the native thread pools of the data libraries now and then abort a process that has done its work.
    os._exit(status)
