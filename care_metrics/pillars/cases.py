"""Closed cases: the leg that closed them, who had them, what they cost the customer, what came after."""

from datetime import timedelta

import polars as pl

from care_metrics.pillars.records import Records

WATCHED = timedelta(days=7)


def closed(records: Records) -> pl.DataFrame:
    """One row a case that a person's leg closed, the first time: the closing leg's columns, and

    n_contacts, n_legs (a person's), owners (distinct agents of those legs, null where one is unknown), hard (several
    contacts, a complaint or an escalation up to then), next_id and next_at (the customer's next contact of the case).
    """
    cased = records.legs.drop_nulls("case_id")
    closing = cased.filter(pl.col("case_closed")).unique("case_id", keep="first", maintain_order=True)
    closing = closing.filter("person")
    pairs = cased.join(
        closing.select("case_id", closed_at="started_at", closing_key="contact_key"),
        on="case_id",
        maintain_order="left",
    )
    stats = (
        pairs.filter(pl.col("started_at") <= pl.col("closed_at"))
        .group_by("case_id")
        .agg(
            n_contacts=pl.col("contact_key").n_unique(),
            n_legs=pl.col("person").sum(),
            owners=pl.when(pl.col("agent_id").filter("person").null_count() == 0).then(
                pl.col("agent_id").filter("person").n_unique()
            ),
            trouble=pl.any_horizontal(pl.col("complaint", "escalated").fill_null(False)).any(),
        )
    )
    again = (pl.col("started_at") > pl.col("closed_at")) & (pl.col("contact_key") != pl.col("closing_key"))
    after = pairs.filter(again & ~pl.col("outbound"))
    after = after.group_by("case_id").agg(
        next_id=pl.col("interaction_id").first(), next_at=pl.col("started_at").first()
    )
    return (
        closing.join(stats, on="case_id", how="left")
        .join(after, on="case_id", how="left")
        .with_columns(hard=pl.col("trouble") | (pl.col("n_contacts") > 1))
    )


def mature(records: Records) -> pl.Expr:
    """Whether the seven days after the closing leg had passed by the end of the data."""
    return pl.col("started_at") + WATCHED <= records.end
