"""What goes on around a leg: whether its matter stayed open, came back, was complained about or announced."""

from datetime import timedelta

import polars as pl

from care_metrics.pillars.phrases import IDENTIFIER, NO_IDENTIFIER, insensitive
from care_metrics.pillars.records import Records

AGAIN, BEFORE = timedelta(days=7), timedelta(days=30)


def with_later(records: Records) -> pl.DataFrame:
    """The legs with later_on_case (another contact of the case began after it) and returned (same reason, 7 days)."""
    legs = records.legs
    first = contacts(records)
    last = first.drop_nulls("case_id").group_by("case_id").agg(pl.col("contact_key", "begun").sort_by("begun").last())
    last = last.rename({"contact_key": "last_key", "begun": "last_begun"})
    inbound = first.filter(~pl.col("outbound")).drop_nulls(["customer_id", "reason"])
    again = pl.col("begun").shift(-1).over("customer_id", "reason") - pl.col("begun")
    back = inbound.select("contact_key", returned=(again > timedelta(0)) & (again <= AGAIN))
    later = (pl.col("last_key") != pl.col("contact_key")) & (pl.col("last_begun") > pl.col("started_at"))
    return (
        legs.join(last, on="case_id", how="left", maintain_order="left")
        .join(back, on="contact_key", how="left", maintain_order="left")
        .with_columns(pl.col("returned").fill_null(False), later_on_case=later.fill_null(False))
    )


def open_case() -> pl.Expr:
    """Whether a leg of with_later left its case open."""
    closed = pl.col("case_closed")
    return pl.col("case_id").is_not_null() & (~closed.fill_null(True) | (closed.is_null() & pl.col("later_on_case")))


def not_closed() -> pl.Expr:
    """Whether the issue of a leg of with_later was not closed on the spot."""
    signs = [(pl.col("transfers") > 0), pl.col("escalated"), pl.col("follow_up_promised"), pl.col("returned")]
    return pl.any_horizontal(open_case(), *(sign.fill_null(False) for sign in signs))


def contacts(records: Records) -> pl.DataFrame:
    """One row a contact by time: its first leg's ids, customer, case, reason and begin, and whether it was a complaint."""
    return (
        records.legs.group_by("contact_key", maintain_order=True)
        .agg(
            pl.col("interaction_id", "outbound", "outcome").first(),
            pl.col("customer_id", "case_id", "reason").drop_nulls().first(),
            begun=pl.col("started_at").first(),
            complaint=pl.col("complaint").fill_null(False).any(),
        )
        .sort("begun", "contact_key")
    )


def latest_before(events: pl.DataFrame, earlier: pl.DataFrame) -> pl.Series:
    """For each event the id of the latest earlier row on its matter: strictly before, within 30 days.

    Both have interaction_id, begun, customer_id, case_id and reason; a matter is a case, or a customer's reason.
    """
    marked = events.with_row_index("row")
    return (
        pl.concat([_asof(marked, earlier, ["case_id"]), _asof(marked, earlier, ["customer_id", "reason"])])
        .sort("row", "found_at", nulls_last=False)
        .group_by("row", maintain_order=True)
        .agg(pl.col("found").last())
        .get_column("found")
    )


def _asof(events: pl.DataFrame, earlier: pl.DataFrame, by: list[str]) -> pl.DataFrame:
    known = earlier.drop_nulls(by).sort("begun").select(*by, begun="begun", found_at="begun", found="interaction_id")
    joined = (
        events.drop_nulls(by)
        .sort("begun")
        .join_asof(
            known,
            on="begun",
            by=by,
            strategy="backward",
            tolerance=BEFORE,
            allow_exact_matches=False,
            check_sortedness=False,
        )
    )
    rows = events.select("row").join(joined.select("row", "found", "found_at"), on="row", how="left")
    return rows.with_columns(pl.col("found").cast(pl.String))


def forewarnings(records: Records, open_legs: pl.DataFrame) -> pl.DataFrame:
    """Opportunities to get in touch first: interaction_id, event_id and share.

    An outbound contact earns (1) unless the customer had complained about the matter in the 30 days before. The first
    complaint on a matter earns nothing (0), held against the latest of open_legs on it, unless an outbound contact came
    between.
    """
    every = contacts(records)
    complaints = every.filter(pl.col("complaint") & ~pl.col("outbound"))
    reached = every.filter(pl.col("outbound") & (pl.col("outcome") == "handled"))
    told = reached.with_columns(told=latest_before(reached, complaints))
    first = complaints.filter(latest_before(complaints, complaints).is_null())
    known = records.legs.join(open_legs, on="interaction_id", how="semi").filter(~pl.col("outbound"))
    known = known.with_columns(begun=pl.col("started_at"))
    missed = first.with_columns(reached=latest_before(first, reached), leg=latest_before(first, known))
    missed = missed.filter(pl.col("reached").is_null() & pl.col("leg").is_not_null())
    return pl.concat(
        [
            told.select("interaction_id", event_id="interaction_id", share=pl.col("told").is_null().cast(pl.Float64)),
            missed.select(interaction_id="leg", event_id="interaction_id", share=pl.lit(0.0)),
        ]
    ).unique("interaction_id", keep="first", maintain_order=True)


def identifiers(records: Records) -> pl.DataFrame:
    """What customers said to identify themselves: one row a leg and value, letter case, blanks and hyphens ignored."""
    said = records.readable.filter(pl.col("speaker") == "customer")
    told = pl.col("text").str.replace_all(insensitive(NO_IDENTIFIER), " ")
    found = said.select("interaction_id", value=told.str.extract_all(insensitive(IDENTIFIER)))
    plain = pl.col("value").str.to_lowercase().str.replace_all(r"[ -]", "")
    return found.explode("value").drop_nulls().with_columns(value=plain).unique()
