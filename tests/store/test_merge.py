from datetime import UTC, datetime

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from care_metrics.store import merge

SCHEMA = {
    "interaction_id": pl.String,
    "reason": pl.String,
    "updated_at": pl.Datetime("us", "UTC"),
    "file": pl.String,
}


def instant(day: int | None) -> datetime | None:
    return None if day is None else datetime(2024, 5, day, tzinfo=UTC)


def frame(*rows: tuple[str, str, int | None], file: str = "f") -> pl.DataFrame:
    return pl.DataFrame([(key, reason, instant(day), file) for key, reason, day in rows], schema=SCHEMA, orient="row")


def stored(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.drop("file").with_columns(month=pl.lit("2024-05"))


def kept(incoming: pl.DataFrame, present: pl.DataFrame | None = None) -> dict[str, str]:
    accepted = merge("interactions", incoming, present).accepted
    return dict(zip(accepted["interaction_id"], accepted["reason"], strict=True))


def test_the_newest_version_wins_whatever_the_order_of_reading() -> None:
    assert kept(frame(("i1", "new", 9), ("i1", "old", 3))) == {"i1": "new"}


def test_at_equal_versions_the_last_read_wins() -> None:
    assert kept(frame(("i1", "first", 3), ("i1", "second", 3))) == {"i1": "second"}
    assert kept(frame(("i1", "first", None), ("i1", "second", None))) == {"i1": "second"}


def test_a_late_delivery_of_an_old_version_changes_nothing() -> None:
    assert kept(frame(("i1", "old", 3)), stored(frame(("i1", "new", 9)))) == {}


def test_a_correction_replaces_the_stored_row() -> None:
    merged = merge("interactions", frame(("i1", "new", 9)), stored(frame(("i1", "old", 3))))
    assert merged.accepted["reason"].to_list() == ["new"]
    assert merged.replaced["reason"].to_list() == ["old"]


def test_the_same_row_again_is_a_duplicate() -> None:
    rows = frame(("i1", "x", 3), ("i2", "y", None))
    assert kept(rows, stored(rows)) == {}


def test_rows_are_counted_for_the_file_they_came_from() -> None:
    incoming = pl.concat([frame(("i1", "a", 1), file="one"), frame(("i1", "b", 2), ("i2", "c", 1), file="two")])
    assert merge("interactions", incoming, None).kept_per_file == {"two": 2}


def test_evidence_without_turn_or_event_is_still_one_row() -> None:
    schema = {
        "interaction_id": pl.String,
        "pillar": pl.String,
        "behaviour": pl.String,
        "source": pl.String,
        "turn_no": pl.Int64,
        "event_id": pl.String,
        "earned": pl.Float64,
        "file": pl.String,
    }
    rows = [("i1", "quality", "greets", "human", None, None, 1.0, "f")] * 2
    incoming = pl.DataFrame(rows, schema=schema, orient="row")
    first = merge("evidence", incoming, None).accepted
    assert first.height == 1
    assert merge("evidence", incoming, first.drop("file")).accepted.is_empty()


rows = st.lists(
    st.tuples(st.sampled_from(["i1", "i2", "i3"]), st.sampled_from("abc"), st.none() | st.integers(1, 28)), max_size=8
)


@given(rows)
def test_ingesting_twice_adds_nothing(found: list[tuple[str, str, int | None]]) -> None:
    incoming = frame(*found)
    first = merge("interactions", incoming, None).accepted
    assert merge("interactions", incoming, stored(first)).accepted.is_empty()
    assert first["interaction_id"].is_unique().all()
