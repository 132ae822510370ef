"""For whoever asks 'which ones?': the contacts behind a number of another page, as many as it counts."""

from care_metrics.ui import contact_list, view

contact_list.behind_a_number(view.current())
