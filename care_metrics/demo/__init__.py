"""A simulated contact centre with known effects, to show the product and to test its analyses.

`simulate` returns, per client, the canonical tables of schema.py as polars frames; evidence stays empty, as it is scored
by others. Everything is drawn from one seed: who calls, how agents behave, what is said. No score and no KPI is written:
`valence` is empty, and each effect below lives in behaviour (routing, words, durations, answers), where an analysis has
to find it. All names, sentences and companies are invented; phone numbers and cards are ranges set aside for fiction.

The centre
- Five clients in five time zones, four of them with DST; one (brightfen_energy) asks CES on scale 5. Sites: Bogotá
  (nearshore), Tampa and Leeds (onshore), Manila (offshore); 86 agents in 15 teams, each team serving one client.
- Thirteen months of local days, 1 October 2025 to 31 October 2026; a fifth of the contacts has a transcript, about 7 % of
  them in Spanish, all of those in Bogotá. A transfer adds a leg of the same contact_id.
- started_at is when the conversation begins and queue_s lies before it: ended_at - started_at = talk_s + hold_s; an
  abandoned leg lasts its queue_s. agent_time.handle_s adds up to the handled legs of the day.
- Honest gaps: acw_s of 3 % of the legs, customer_id of 4 % and reason of 2.5 % of the contacts are missing, one reason
  has no task, mails have no times within, and a promise that is not due yet has no outcome.

What moves what: a contact's mood at its end follows from its mood at the start, from whether it was resolved, and from
the care shown; its effort from repeats, waiting, transfers and the outcome. nps, ces and csat follow from both with
noise; so do repeats, complaints, and leaving.

The planted effects (PLANTED holds sizes and how to find them; simulate(effects=()) gives a centre without any)
- aht_trap: cobalt_mobile's team Juniper gets over half of the easy password resets and looks fastest; at equal reason and
  channel it is the slowest, by 16 %. Everywhere, longer reasons are the unhappier ones while, within a reason, the more
  thorough contact is the longer and the happier: satisfaction falls with handle time crudely and rises with it adjusted.
- fast_and_cold: arrayan_bank's team Flint is 22 % faster at equal mix, shows strong empathy in few contacts instead of
  every third, resolves less, and is contacted again more often.
- ownership_collapse: brightfen_energy in July 2026. "Someone will look" in 60 % of contacts, more transfers and re-opened
  cases, 40 % of promises kept; the recommendation falls in July and recovers until October.
- churn_after_unrecovered: in every client 24 % leave after a contact that ended badly, 0.4 % after any other, within
  weeks; a quarter of them return.
- survey_bias: in every client the angry answer surveys less than half as often as the content.
- late_handover: petrel_air's bot holds on for four to six rounds while the mood falls, before a person takes over.
- nearshore_equal_care: Bogotá gets the harder contacts and gives equal care; at equal mix the difference is zero.
- proactive_campaign: harrow_finch calls 85 % of customers with a late delivery from 1 April 2026 on, before they call
  again; the odds of their repeat contact fall to 0.15 of what they were.
"""

from care_metrics.demo.clients import CLIENTS
from care_metrics.demo.effects import EVERY, PLANTED, Effect
from care_metrics.demo.simulation import simulate

__all__ = ["CLIENTS", "EVERY", "PLANTED", "Effect", "simulate"]
