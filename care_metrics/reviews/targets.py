"""Targets of each client's KPIs: set, listed, removed; whether one is met is told in verdict.py."""

from math import isfinite

from sqlalchemy import select

from care_metrics.errors import BadRequest
from care_metrics.kpis import kpi
from care_metrics.kpis.kpi import Cohort
from care_metrics.reviews import audit
from care_metrics.reviews.engine import Database
from care_metrics.reviews.permissions import require
from care_metrics.reviews.records import covered_clients, record, signature, upsert, values
from care_metrics.reviews.rows import AuditEntry, Target
from care_metrics.reviews.tables import TARGETS
from care_metrics.reviews.verdict import checked_length
from care_metrics.reviews.wording import one_of
from care_metrics.scope import Scope

KEY = ("client", "kpi", "length", "kind", "valid_from")


def set_target(scope: Scope, database: Database, target: Target) -> Target:
    """Set a target; one for the same client, KPI, length, kind and first day is replaced, which the audit log keeps."""
    require(scope, "set targets", target.client)
    _check(target)
    row = {**values(target, TARGETS), **signature(scope)}
    with database.writing() as connection:
        upsert(connection, TARGETS, row, KEY)
        named = [TARGETS.c[name] == row[name] for name in KEY]
        stored = connection.execute(select(TARGETS).where(*named)).mappings().one()
        audit.write(connection, scope, _audited("set target", target))
    return record(Target, stored)


def all_targets(scope: Scope, database: Database, client: str | None = None) -> list[Target]:
    """The targets of one client or of all in the Scope, oldest first; a client reader's without internal KPIs."""
    require(scope, "see targets", client)
    asked = covered_clients(scope, TARGETS, client)
    with database.reading() as connection:
        rows = connection.execute(select(TARGETS).where(asked).order_by(TARGETS.c.valid_from, TARGETS.c.id)).mappings()
        found = [record(Target, row) for row in rows]
    return [one for one in found if scope.audience == "internal" or kpi(one.kpi).audience == "client"]


def remove_target(scope: Scope, database: Database, target: Target) -> None:
    """Take a target back; the audit log keeps that it was there."""
    require(scope, "set targets", target.client)
    named = [TARGETS.c[name] == getattr(target, name) for name in KEY]
    with database.writing() as connection:
        if connection.execute(TARGETS.delete().where(*named)).rowcount:
            audit.write(connection, scope, _audited("remove target", target))


def _check(target: Target) -> None:
    entry = kpi(target.kpi)
    one_of(target.comparator, (">=", "<=", ">", "<"), "A target's comparator")
    one_of(target.kind, ("contract", "goal"), "A target's kind")
    checked_length(target.length)
    if not isfinite(target.value):
        raise BadRequest(f"A target for {entry.label} needs a finite value, not {target.value}.")
    if isinstance(entry.measure, Cohort) and target.length == "any":
        raise BadRequest(
            f"{entry.label} depends on how long one waits: give its target a period length, such as '90 days'."
        )


def _audited(what: str, target: Target) -> AuditEntry:
    told = ("kpi", "comparator", "value", "kind", "length", "valid_from")
    return AuditEntry(what, target.client, filters=tuple((name, str(getattr(target, name))) for name in told))
