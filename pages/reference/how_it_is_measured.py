"""For everybody: what does each number mean, and how was it computed?"""

from care_metrics.ui import definitions, view
from care_metrics.ui.coaching import standing

now = view.current()
definitions.show(now)
standing.define(now)
