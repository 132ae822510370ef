"""For administrators: who may sign in, as what, and for which clients?"""

from care_metrics.ui import access, view

access.show(view.current())
