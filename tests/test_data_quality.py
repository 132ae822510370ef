"""What the data were read as: told by client and format, and not at all of loads that did not note it."""

from datetime import UTC, datetime

import polars as pl

from care_metrics.data_quality import sources

MONDAY, TUESDAY = datetime(2024, 5, 6, 9, tzinfo=UTC), datetime(2024, 5, 7, 9, tzinfo=UTC)


def loads(*rows: tuple[str, datetime, int, str | None]) -> pl.DataFrame:
    schema = {
        "client": pl.String,
        "loaded_at": pl.Datetime("us", "UTC"),
        "accepted": pl.Int64,
        "format": pl.String,
    }
    return pl.DataFrame(rows, schema=schema, orient="row")


def test_two_formats_of_one_client_are_two_rows_and_its_neighbour_has_its_own() -> None:
    found = sources(
        loads(
            ("acme", MONDAY, 3, "genesys_conversations"),
            ("acme", MONDAY, 4, "genesys_conversations"),
            ("acme", TUESDAY, 5, "genesys_conversations"),
            ("acme", MONDAY, 6, "conversation_json"),
            ("beta", MONDAY, 7, "conversation_json"),
        )
    )
    told = found.select("client", "label", "confidence", "loads", "accepted", "loaded_at").rows()
    assert told == [
        ("acme", "Conversation JSON", "export", 1, 6, MONDAY),
        ("acme", "Genesys Cloud conversation details", "documentation", 2, 12, TUESDAY),
        ("beta", "Conversation JSON", "export", 1, 7, MONDAY),
    ]


def test_shipped_mappings_and_ones_own_differ() -> None:
    names = ("five9_call_log", "telco_churn", "mapping")
    found = sources(loads(*(("acme", MONDAY, 1, name) for name in names)))
    assert dict(found.select("format", "confidence").rows()) == {
        "five9_call_log": "documentation",
        "telco_churn": "export",
        "mapping": "own",
    }


def test_a_format_that_is_no_longer_known_keeps_its_name_and_claims_nothing() -> None:
    [row] = sources(loads(("acme", MONDAY, 1, "telex"))).to_dicts()
    assert (row["label"], row["confidence"]) == ("telex", None)


def test_loads_without_a_format_say_nothing() -> None:
    old = loads(("acme", MONDAY, 1, None))
    assert sources(None).is_empty()
    assert sources(old.drop("format")).is_empty()
    assert sources(old).is_empty()
    assert sources(None).schema == sources(old).schema
    [row] = sources(pl.concat([old, loads(("acme", TUESDAY, 2, "csv"))])).to_dicts()
    assert (row["loads"], row["accepted"]) == (1, 2)
