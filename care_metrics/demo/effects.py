"""The planted effects: what was built into the simulated behaviour, where, how large, and how to find it again."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class Effect:
    """One planted effect.

    size is what the generator does, not what a KPI shows: noise, mix and non-response lie between the two.
    since and until are local dates of the client, half-open; None means the whole demo.
    """

    name: str
    where: str
    size: str
    recover: str
    since: date | None = None
    until: date | None = None


TRAP_CLIENT, TRAP_TEAM, TRAP_PACE = "cobalt_mobile", "Juniper", 0.15
COLD_CLIENT, COLD_TEAM = "arrayan_bank", "Flint"
COLD_PACE, COLD_EMPATHY, COLD_RESOLVED, COLD_REPEAT = -0.25, 0.08, -0.45, 0.45
COLLAPSE_CLIENT, COLLAPSE_START, COLLAPSE_END = "brightfen_energy", date(2026, 7, 1), date(2026, 8, 1)
COLLAPSE_TRANSFER, COLLAPSE_RESOLVED, COLLAPSE_KEPT, COLLAPSE_CLOSED = 1.3, -1.1, 0.40, 0.80
# Trust returns slowly: points off the latent recommendation (0-10 scale) by whole months since the collapse.
COLLAPSE_LOYALTY = (-0.9, -0.7, -0.3)
LEAVE_UNRECOVERED, LEAVE_OTHERWISE, LEAVE_DAYS = 0.24, 0.004, 25.0
ANSWER_SLOPE = 1.5
LATE_CLIENT, LATE_FALL, LATE_EFFORT = "petrel_air", -0.55, 0.8
HARD_SITE = "bogota"
CAMPAIGN_CLIENT, CAMPAIGN_REASON, CAMPAIGN_START = "harrow_finch", "late_delivery", date(2026, 4, 1)
CAMPAIGN_REACH, CAMPAIGN_REPEAT = 0.85, 0.15

PLANTED: tuple[Effect, ...] = (
    Effect(
        name="aht_trap",
        where="cobalt_mobile, team Juniper (Tampa); the slopes hold in every client",
        size="Juniper takes well over half of the password resets and few emotional reasons; at equal reason and "
        "channel its conversations are 16 % longer (log +0.15). A contact one deviation more thorough than its reason "
        "is 22 % longer, 0.42 logit more often resolved and ends 0.08 happier, while long reasons are the unhappy ones.",
        recover="Mean handle time by team, then standardised by reason x channel: Juniper moves from fastest to slowest. "
        "csat on handle time: crude slope negative, slope with reason x channel x handler fixed effects positive.",
    ),
    Effect(
        name="fast_and_cold",
        where="arrayan_bank, team Flint (Manila), six agents",
        size="Conversations 22 % shorter at equal mix (log -0.25); empathy trait 0.08 instead of 0.55 (strong empathy in "
        "about 4 % instead of 36 % of contacts, harmful in 14 % instead of 4 %); resolution -0.45 and repeat contacts "
        "+0.45 logit.",
        recover="Agents or teams by mix-adjusted handle time against empathy from text; repeat contact within 7 days and "
        "nps by team.",
    ),
    Effect(
        name="ownership_collapse",
        where="brightfen_energy, every team",
        since=COLLAPSE_START,
        until=COLLAPSE_END,
        size="Ownership harmful ('someone will look') in 60 % of human contacts instead of 4 %, strong in 4 % instead of "
        "36 %; transfers +1.3 logit, resolution -1.1 logit, promises kept 40 %, unsolved cases closed anyway in 80 %. "
        "The latent recommendation falls by 0.9 in July, 0.7 in August and 0.3 in September.",
        recover="Ownership from text, transfer, reopen and follow_up_kept by month; nps in July to September against before.",
    ),
    Effect(
        name="churn_after_unrecovered",
        where="every client",
        size="A contact that ends with the customer unrecovered is followed by leaving with probability 0.24, any other "
        "with 0.004, on average 26 days later; a quarter of those who leave come back.",
        recover="Landmark: customers with an unrecovered (low sentiment_end) contact in 90 days against those without, "
        "share who left in the next 90 days.",
    ),
    Effect(
        name="survey_bias",
        where="every client",
        size="Logit of answering an invitation rises by 1.5 per point of the final emotion (-1..1): of the content about "
        "two in five answer, of the angry about one in seven.",
        recover="Response rate by transcript sentiment or by complaint; sentiment of respondents against all contacts.",
    ),
    Effect(
        name="late_handover",
        where="petrel_air, contacts with handler ai_then_human",
        size="The bot holds on for 4 to 6 exchanges (elsewhere 1 or 2) while the mood falls by 0.55 before a person takes "
        "over; effort +0.8.",
        recover="Customer turns before the first agent turn by client; valence over those turns; ces of ai_then_human.",
    ),
    Effect(
        name="nearshore_equal_care",
        where="site bogota in the four clients that use it",
        size="Two thirds of Bogota's contacts are emotional, about two fifths of the other sites'; its agents' traits have "
        "the same means, so the difference at equal mix is 0.",
        recover="csat or sentiment by site: bogota lower crude, no difference after standardising by reason x channel.",
    ),
    Effect(
        name="proactive_campaign",
        where="harrow_finch, reason late_delivery",
        since=CAMPAIGN_START,
        size="85 % of the first contacts are followed by a proactive outbound contact 20 to 44 hours later; these customers' "
        "odds of an inbound repeat are multiplied by 0.15.",
        recover="repeat_contact of the reason by month, before and after 1 April 2026; other reasons unchanged.",
    ),
)

EVERY: frozenset[str] = frozenset(effect.name for effect in PLANTED)
