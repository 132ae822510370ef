"""What a KPI counts, in words: answers, contacts, customers, agents."""

from care_metrics.kpis import kpi
from care_metrics.ui import format as fmt
from care_metrics.ui.text import ngettext


def counted(name: str, n: int) -> str:
    """'2,114 answers' for the n of this KPI."""
    grain = kpi(name).grain
    if grain == "survey":
        text = ngettext("{n} answer", "{n} answers", n)
    elif grain == "customer":
        text = ngettext("{n} customer", "{n} customers", n)
    elif grain == "agent_time":
        text = ngettext("{n} agent", "{n} agents", n)
    elif grain == "case":
        text = ngettext("{n} closed case", "{n} closed cases", n)
    else:
        text = ngettext("{n} contact", "{n} contacts", n)
    return text.format(n=fmt.number(n))
