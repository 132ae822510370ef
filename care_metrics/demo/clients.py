"""The invented client companies of the demo and the reasons for which their customers get in touch."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Reason:
    """Why customers get in touch: share of the client's contacts, difficulty 0..1, mood at the start -1..1."""

    name: str
    task: str
    share: float
    difficulty: float
    mood: float
    talk_s: float
    easy: bool = False


@dataclass(frozen=True, kw_only=True)
class Client:
    """A company whose customers the centre serves; season is the relative volume of January to December."""

    slug: str
    name: str
    zone: str
    prefix: str
    share: float
    country: str
    currency: str
    sign: str
    ces_scale: int = 7
    spanish: float = 0.0
    loyalty: float = 0.0
    season: tuple[float, ...] = (1.0,) * 12
    channels: tuple[float, float, float] = (0.55, 0.30, 0.15)
    reasons: tuple[Reason, ...]


T, E = "transactional", "emotional"

COMPANIES: tuple[Client, ...] = (
    Client(
        slug="cobalt_mobile",
        name="Cobalt Mobile",
        zone="America/New_York",
        prefix="CM",
        share=0.28,
        country="US",
        currency="USD",
        sign="$",
        spanish=0.06,
        loyalty=-0.2,
        reasons=(
            Reason("password_reset", T, 0.22, 0.10, 0.02, 150, easy=True),
            Reason("plan_change", T, 0.16, 0.25, 0.06, 290),
            Reason("device_setup", T, 0.15, 0.35, -0.05, 380),
            Reason("billing_dispute", E, 0.20, 0.60, -0.38, 520),
            Reason("outage", E, 0.15, 0.60, -0.36, 430),
            Reason("cancellation", E, 0.12, 0.70, -0.42, 600),
        ),
    ),
    Client(
        slug="arrayan_bank",
        name="Arrayán Bank",
        zone="America/Chicago",
        prefix="AB",
        share=0.22,
        country="US",
        currency="USD",
        sign="$",
        spanish=0.09,
        loyalty=0.1,
        reasons=(
            Reason("password_reset", T, 0.18, 0.10, 0.02, 160, easy=True),
            Reason("account_update", T, 0.18, 0.15, 0.06, 210, easy=True),
            Reason("loan_question", T, 0.18, 0.30, 0.04, 360),
            Reason("card_lost", E, 0.14, 0.40, -0.34, 330),
            Reason("disputed_charge", E, 0.18, 0.62, -0.36, 510),
            Reason("fee_complaint", E, 0.14, 0.58, -0.44, 420),
        ),
    ),
    Client(
        slug="harrow_finch",
        name="Harrow & Finch",
        zone="Europe/London",
        prefix="HF",
        share=0.18,
        country="GB",
        currency="GBP",
        sign="£",
        loyalty=0.4,
        season=(1.05, 0.85, 0.9, 0.9, 0.9, 0.9, 0.95, 0.9, 0.95, 1.0, 1.3, 1.5),
        channels=(0.40, 0.38, 0.22),
        reasons=(
            Reason("order_status", T, 0.24, 0.12, 0.0, 170, easy=True),
            Reason("return_refund", T, 0.20, 0.30, -0.06, 280),
            Reason("product_question", T, 0.12, 0.20, 0.12, 250),
            Reason("account_update", T, 0.08, 0.15, 0.06, 190, easy=True),
            Reason("late_delivery", E, 0.21, 0.55, -0.36, 360),
            Reason("damaged_item", E, 0.15, 0.50, -0.36, 390),
        ),
    ),
    Client(
        slug="petrel_air",
        name="Petrel Airways",
        zone="America/Panama",
        prefix="PA",
        share=0.17,
        country="PA",
        currency="USD",
        sign="$",
        spanish=0.16,
        season=(1.05, 0.9, 0.95, 1.0, 0.95, 1.05, 1.25, 1.2, 0.9, 0.9, 0.9, 1.2),
        channels=(0.50, 0.36, 0.14),
        reasons=(
            Reason("seat_request", T, 0.16, 0.12, 0.06, 190, easy=True),
            Reason("booking_change", T, 0.22, 0.30, 0.0, 350),
            Reason("refund_status", T, 0.14, 0.35, -0.12, 300),
            Reason("loyalty_points", T, 0.10, 0.25, 0.04, 260),
            Reason("flight_cancelled", E, 0.22, 0.62, -0.42, 540),
            Reason("lost_baggage", E, 0.16, 0.66, -0.42, 480),
        ),
    ),
    Client(
        slug="brightfen_energy",
        name="Brightfen Energy",
        zone="America/Denver",
        prefix="BE",
        share=0.15,
        country="US",
        currency="USD",
        sign="$",
        ces_scale=5,
        spanish=0.04,
        loyalty=0.1,
        season=(1.25, 1.2, 1.05, 0.95, 0.9, 0.9, 1.0, 1.0, 0.9, 0.95, 1.0, 1.15),
        channels=(0.62, 0.24, 0.14),
        reasons=(
            Reason("meter_reading", T, 0.20, 0.10, 0.02, 160, easy=True),
            Reason("tariff_question", T, 0.18, 0.25, 0.04, 300),
            Reason("moving_home", T, 0.16, 0.28, 0.06, 330),
            Reason("payment_plan", E, 0.13, 0.48, -0.32, 420),
            Reason("high_bill", E, 0.20, 0.60, -0.38, 480),
            Reason("power_cut", E, 0.13, 0.55, -0.38, 340),
        ),
    ),
)

CLIENTS: dict[str, tuple[str, str]] = {company.slug: (company.name, company.zone) for company in COMPANIES}
