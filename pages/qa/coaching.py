"""For QA and team leads, and for agents themselves: what is this agent good at, what would help, and did it help?"""

from care_metrics.ui import view
from care_metrics.ui.coaching import agents, load, moments, notes, overview, plans, standing
from care_metrics.ui.text import _

now = view.current()
who = agents.chosen(now)
if who is None:
    overview.show(now)
else:
    found = standing.ask(now, who)
    agents.title(now, who)
    standing.first_sentence(who, found)

    agents.heading(_("Pillars"))
    standing.pillars(now, who, found)

    agents.heading(_("Skills"))
    standing.skills(now, who, found)

    agents.heading(_("Moments"))
    quoted = moments.show(now, who)

    agents.heading(_("Emotional load"))
    load.show(now, who)

    agents.heading(_("Plan and follow-up"))
    plans.show(now, who, quoted)

    agents.heading(_("Notes from reviews"))
    notes.show(now, who)
