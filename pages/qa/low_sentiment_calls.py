"""For QA leads: which contacts sounded worst, at which moment, and what was said there?"""

from care_metrics.ui import queue, view

queue.show(view.current())
