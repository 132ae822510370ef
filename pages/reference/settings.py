"""For whoever keeps the house: what was agreed with each client, what happened when, and what do sites and reasons mean?"""

from care_metrics.ui import setting_sections, view

setting_sections.show(view.current())
