"""For everybody: what does each number mean, and how was it computed?"""

from care_metrics.ui import definitions, view

definitions.show(view.current())
