"""Which reasons lead on to another one, learnt from the client's own contacts."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

import polars as pl

from care_metrics.pillars.records import Records

WINDOW = timedelta(days=30)
FEWEST, LIFT, CLEAR_Z = 100, 1.5, 4.0
# Beyond so many reasons the rarest are left alone: they could not reach the smallest number anyway.
MOST_REASONS = 60
SCHEMA: dict[str, pl.DataType] = {
    "reason": pl.String(),
    "next_reason": pl.String(),
    "n": pl.Int64(),
    "rate": pl.Float64(),
    "usual": pl.Float64(),
    "z": pl.Float64(),
}


def leads_on(records: Records) -> pl.DataFrame:
    """Pairs of reasons of which the second clearly follows the first: SCHEMA, strongest first.

    rate: share of inbound contacts of the reason (n, all at least WINDOW before the end of the data) whose customer comes
    back with next_reason within WINDOW; usual: the same share after all reasons but these two. A pair is kept from
    FEWEST contacts, LIFT times the usual rate and z >= CLEAR_Z (pooled two-proportion test, Fleiss et al. 2003, 2.3; so
    strict because all pairs are tried).
    """
    return records.background.follow_on if records.background else learnt(lambda: [records], records.end)


def learnt(parts: Callable[[], Iterable[Records]], end: datetime | None) -> pl.DataFrame:
    """leads_on of a client's records in parts of whole customers, gone through twice; end: of all of them."""
    names = _frequent(_mature_reasons(_contacts(part, end)) for part in parts())
    if len(names) < 3:
        return pl.DataFrame(schema=SCHEMA)
    counts = {name: dict.fromkeys(("", *names), 0) for name in names}
    for part in parts():
        for reason, found in _followed(_contacts(part, end), names).items():
            known = counts.setdefault(reason, dict.fromkeys(("", *names), 0))
            counts[reason] = {name: count + found[name] for name, count in known.items()}
    pairs = [
        {"reason": first, "next_reason": second} | _compared(counts, first, second)
        for first in names
        for second in names
        if first != second
    ]
    clear = (pl.col("n") >= FEWEST) & (pl.col("rate") >= LIFT * pl.col("usual")) & (pl.col("z") >= CLEAR_Z)
    return pl.DataFrame(pairs, schema=SCHEMA).filter(clear).sort("z", descending=True)


def _contacts(records: Records, end: datetime | None) -> pl.DataFrame:
    first = records.legs.unique("contact_key", keep="first", maintain_order=True)
    inbound = first.filter(~pl.col("outbound")).drop_nulls(["customer_id", "reason"])
    return inbound.select("customer_id", "reason", "started_at").with_columns(
        mature=pl.col("started_at") + WINDOW <= end
    )


def _mature_reasons(contacts: pl.DataFrame) -> pl.DataFrame:
    return contacts.filter("mature").group_by("reason").agg(count=pl.len().cast(pl.Int64))


def _frequent(counted: Iterable[pl.DataFrame]) -> list[str]:
    sums = pl.concat(counted).group_by("reason").sum()
    mature = sums.sort("count", "reason", descending=[True, False])
    return mature.filter(pl.col("count") >= FEWEST)["reason"].head(MOST_REASONS).to_list()


def _followed(contacts: pl.DataFrame, names: list[str]) -> dict[str, dict[str, int]]:
    """Reason -> how many mature contacts it has (under '') and after how many of them each reason follows."""
    ordered = contacts.sort("customer_id", "started_at")
    start = pl.col("started_at")

    def after(name: str) -> pl.Expr:
        upcoming = pl.when(pl.col("reason") == name).then(start).shift(-1).backward_fill().over("customer_id")
        return (upcoming - start <= WINDOW).fill_null(False)

    marked = ordered.with_columns(after(name).alias(f"after_{row}") for row, name in enumerate(names)).filter("mature")
    sums = marked.group_by("reason").agg(pl.len(), pl.col("^after_.*$").sum())
    return {
        row["reason"]: {"": row["len"]} | {name: row[f"after_{place}"] for place, name in enumerate(names)}
        for row in sums.to_dicts()
    }


def _compared(counts: dict[str, dict[str, int]], first: str, second: str) -> dict[str, float]:
    n, hits = counts[first][""], counts[first][second]
    others = [found for reason, found in counts.items() if reason not in (first, second)]
    m, usual_hits = sum(found[""] for found in others), sum(found[second] for found in others)
    if not m:
        return {"n": n, "rate": hits / n, "usual": 0.0, "z": 0.0}
    pooled = (hits + usual_hits) / (n + m)
    spread = (pooled * (1 - pooled) * (1 / n + 1 / m)) ** 0.5
    z = (hits / n - usual_hits / m) / spread if spread else 0.0
    return {"n": n, "rate": hits / n, "usual": usual_hits / m, "z": z}
