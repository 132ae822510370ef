"""Items of the KPIs that look at a customer's or a case's later contacts."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from .facts import Centre, Contact
from .items import Item, judged

WEEK = timedelta(hours=168)
DAY = timedelta(hours=24)


def follows(first: Contact, other: Contact, window: timedelta) -> bool:
    return other.key != first.key and timedelta(0) < other.start - first.start <= window


def repeats(sign: Callable[[bool], bool]) -> Callable[[Centre, datetime], Iterator[Item]]:
    """fcr and repeat_contact: handled inbound contacts, by whether the customer came back for the same reason."""

    def items(centre: Centre, as_of: datetime) -> Iterator[Item]:
        inbound = [contact for contact in centre.contacts if contact.inbound]
        for contact in inbound:
            if not any(leg["outcome"] == "handled" for leg in contact.legs):
                continue
            who = contact.customer, contact.first.get("reason")
            again = any(
                (other.customer, other.first.get("reason")) == who and follows(contact, other, WEEK)
                for other in inbound
            )
            yield judged(
                contact.dims,
                contact.first["day"],
                sign(again),
                missing=None in who,
                immature=contact.start + WEEK > as_of,
            )

    return items


def began_with_ai(centre: Centre) -> list[Contact]:
    return [one for one in centre.contacts if one.first["dims"]["handler"] in ("ai", "ai_then_human")]


def handed_over(contact: Contact) -> bool:
    return any(leg["dims"]["handler"] in ("human", "ai_then_human") for leg in contact.legs)


def containment(centre: Centre, as_of: datetime) -> Iterator[Item]:
    inbound = [contact for contact in centre.contacts if contact.inbound]
    for contact in began_with_ai(centre):
        back = any(other.customer == contact.customer and follows(contact, other, DAY) for other in inbound)
        held = not handed_over(contact) and contact.last["outcome"] == "contained" and not back
        yield judged(
            contact.dims,
            contact.first["day"],
            held,
            missing=contact.customer is None,
            immature=contact.start + DAY > as_of,
        )


def containment_naive(centre: Centre, as_of: datetime) -> Iterator[Item]:
    for contact in began_with_ai(centre):
        yield judged(contact.dims, contact.first["day"], not handed_over(contact))


def reopen(centre: Centre, as_of: datetime) -> Iterator[Item]:
    """Per case the first leg that closed it."""
    cases: dict[str, str] = {}
    for leg in centre.legs:
        if leg.get("case_closed") and leg.get("case_id"):
            cases.setdefault(leg["case_id"], leg["interaction_id"])
    for case, closing in cases.items():
        leg = centre.leg[closing]
        own = leg.get("contact_id") or leg["interaction_id"]
        # A contact comes to a case with the first of its legs that names the case.
        arrivals = [
            min((one["started_at"] for one in contact.legs if one.get("case_id") == case), default=None)
            for contact in centre.contacts
            if contact.key != own
        ]
        later = [arrival - leg["started_at"] for arrival in arrivals if arrival is not None]
        again = any(timedelta(0) < gap <= WEEK for gap in later)
        yield judged(leg["dims"], leg["day"], again, immature=leg["started_at"] + WEEK > as_of)
