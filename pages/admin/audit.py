"""For administrators: who viewed which transcript, who exported what, and who changed which right?"""

from care_metrics.ui import audit_log, view

audit_log.show(view.current())
