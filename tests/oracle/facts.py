"""One client's accepted rows joined into legs, contacts and surveys with their dimensions and local days."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from .accept import Raw, Row, accept

CUSTOMER_DIMENSIONS = ("segment", "country", "preferred_channel")


@dataclass
class Contact:
    """The legs of one contact in the order of their start."""

    key: str
    legs: list[Row]

    @property
    def first(self) -> Row:
        return self.legs[0]

    @property
    def last(self) -> Row:
        return self.legs[-1]

    @property
    def start(self) -> datetime:
        return self.first["started_at"]

    @property
    def customer(self) -> str | None:
        """The first customer that any of its legs names."""
        return next((leg["customer_id"] for leg in self.legs if leg.get("customer_id")), None)

    @property
    def inbound(self) -> bool:
        return self.first["dims"]["direction"] == "inbound"

    @property
    def dims(self) -> dict[str, Any]:
        """What the contact is about comes from its first leg, who had it in the end from its last."""
        last = self.last["dims"]
        return self.first["dims"] | {name: last[name] for name in ("agent_id", "team", "site", "location", "outcome")}


@dataclass
class Centre:
    """A client with its zone and raw tables; everything else is derived."""

    client: str
    zone: str
    raw: Mapping[str, Sequence[Raw]] = field(default_factory=dict)

    @cached_property
    def tables(self) -> dict[str, list[Row]]:
        return {table: accept(table, rows) for table, rows in self.raw.items()}

    def rows(self, table: str) -> list[Row]:
        return self.tables.get(table, [])

    def day(self, moment: datetime | None) -> date | None:
        return None if moment is None else moment.astimezone(ZoneInfo(self.zone)).date()

    def midnight(self, day: date) -> datetime:
        """The first instant of a local day."""
        zone = ZoneInfo(self.zone)
        # fold 0 is the first of two midnights, and where there is none the moment that was skipped to.
        return datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)

    @cached_property
    def data_end(self) -> datetime | None:
        """The latest instant of the client's interactions."""
        ends = [leg[name] for leg in self.rows("interactions") for name in ("started_at", "ended_at")]
        return max((moment for moment in ends if moment is not None), default=None)

    @cached_property
    def members(self) -> dict[str, dict[str, Any]]:
        """Customer -> dimensions of the membership that began last."""
        latest: dict[str, Row] = {}
        for row in sorted(self.rows("customers"), key=lambda row: row["start_at"]):
            latest[row["customer_id"]] = row
        return {
            customer: {name: row.get(name) for name in (*CUSTOMER_DIMENSIONS, "language")}
            for customer, row in latest.items()
        }

    def customer_dims(self, customer: str | None) -> dict[str, Any]:
        member = self.members.get(customer or "", {})
        return {name: member.get(name) for name in CUSTOMER_DIMENSIONS}

    def place(self, row: Row) -> dict[str, Any]:
        """Agent, team, site and location of a row; its own team and site before the agent's."""
        agent = next((one for one in self.rows("agents") if one["agent_id"] == row.get("agent_id")), {})
        site = row.get("site") or agent.get("site")
        location = next((one.get("location") for one in self.rows("sites") if one["site"] == site), None)
        team = row.get("team") or agent.get("team")
        return {"agent_id": row.get("agent_id"), "team": team, "site": site, "location": location}

    @cached_property
    def legs(self) -> list[Row]:
        """Every leg with dims, day and its turns in order of their number."""
        turns = defaultdict(list)
        for turn in sorted(self.rows("turns"), key=lambda turn: turn["turn_no"]):
            turns[turn["interaction_id"]].append(turn)
        task_of = {row["reason"]: row["task"] for row in self.rows("tasks")}
        legs = []
        for row in self.rows("interactions"):
            dims = (
                {"client": self.client}
                | {name: row.get(name) for name in ("channel", "reason", "language", "outcome")}
                | {"direction": row.get("direction") or "inbound", "handler": row.get("handler") or "human"}
                | {"task": row.get("task") or task_of.get(row.get("reason"))}
                | self.place(row)
                | self.customer_dims(row.get("customer_id"))
            )
            legs.append(row | {"dims": dims, "day": self.day(row["started_at"]), "turns": turns[row["interaction_id"]]})
        return sorted(legs, key=lambda leg: (leg["started_at"], leg["interaction_id"]))

    @cached_property
    def leg(self) -> dict[str, Row]:
        return {leg["interaction_id"]: leg for leg in self.legs}

    @cached_property
    def contacts(self) -> list[Contact]:
        grouped: dict[str, list[Row]] = defaultdict(list)
        for leg in self.legs:
            grouped[leg.get("contact_id") or leg["interaction_id"]].append(leg)
        return [Contact(key, legs) for key, legs in grouped.items()]

    @cached_property
    def surveys(self) -> list[Row]:
        """Every survey with the dims of its interaction, where known, and the day of its answer, else its sending."""
        surveys = []
        for row in self.rows("surveys"):
            leg = self.leg.get(row.get("interaction_id") or "", {})
            customer = row.get("customer_id") or leg.get("customer_id")
            dims = {"client": self.client} | leg.get("dims", {}) | self.customer_dims(customer)
            moment = row.get("responded_at") or row.get("sent_at")
            surveys.append(row | {"dims": dims, "customer": customer, "moment": moment, "day": self.day(moment)})
        return surveys
