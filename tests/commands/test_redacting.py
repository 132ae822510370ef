"""Nothing private reaches the store: texts, comments, quarantined rows; and what could not be read is not there."""

import json
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from care_metrics.commands.ingest import IngestReport
from care_metrics.commands.kept_texts import is_redaction_of
from care_metrics.errors import RedactionFailed
from care_metrics.privacy.redactor import Redactor
from care_metrics.store import Store
from tests.conftest import leg

Load = Callable[..., IngestReport]
CARD, CANARY = "4111 1111 1111 1111", "zebulina"


def turn(number: int, text: str, speaker: str = "customer", leg: str = "i1") -> dict[str, object]:
    return {"interaction_id": leg, "turn_no": number, "speaker": speaker, "text": text}


def stored(store: Store, table: str) -> pl.DataFrame:
    rows = store.read(store.snapshot(), table, ["acme"])
    assert rows is not None
    return rows


def bytes_of(store: Store) -> bytes:
    """Everything the store's folder holds, Parquet pages unpacked."""
    found = b""
    for path in Path(store.url).rglob("*"):
        if path.suffix == ".parquet":
            found += str(pl.read_parquet(path, hive_partitioning=False).to_dict(as_series=False)).encode()
        elif path.is_file():
            found += path.read_bytes()
    return found


def test_turns_and_comments_are_redacted_before_they_are_stored(load: Load, store: Store) -> None:
    load(
        interactions=[leg(1)],
        turns=[turn(1, f"my card is {CARD}"), turn(2, f"thank you {CANARY}", "agent")],
        surveys=[{"survey_id": "s1", "responded_at": "2024-05-02T10:00:00Z", "nps": 9, "comment": "mail a@b.org"}],
        customers=[
            {"customer_id": "c1", "start_at": "2024-01-01T00:00:00Z", "name": "Zebulina Quorn", "email": "z@q.org"}
        ],
    )
    assert stored(store, "turns")["text"].to_list() == ["my card is <card>", "thank you <name>"]
    assert stored(store, "surveys")["comment"].to_list() == ["mail <email>"]
    held = bytes_of(store).lower()
    for private in (CARD, CANARY, "quorn", "z@q.org", "a@b.org"):
        assert private.encode() not in held


def test_a_number_split_over_turns_goes_whatever_the_order_of_the_rows(load: Load, store: Store) -> None:
    told = ["it is 4111 1111", "yes?", "1111 1111"]
    speakers = ["customer", "agent", "customer"]
    load(turns=[turn(number, told[number], speakers[number]) for number in (2, 0, 1)])
    assert stored(store, "turns").sort("turn_no")["text"].to_list() == ["it is <card>", "yes?", "<card>"]


def test_the_same_file_twice_is_a_duplicate_though_the_store_holds_other_words(load: Load, store: Store) -> None:
    rows = [turn(1, f"my card is {CARD}, my name is maria")]
    load(interactions=[leg(1)], turns=rows)
    before = store.snapshot()
    again = load(interactions=[leg(1)], turns=rows)
    assert [entry.accepted for entry in again.files] == [0, 0]
    assert store.snapshot() == before


def test_a_later_load_without_the_customers_does_not_bring_their_names_back(load: Load, store: Store) -> None:
    rows = [turn(1, "and then zebulina closed the ticket")]
    people = [{"customer_id": "c1", "start_at": "2024-01-01T00:00:00Z", "name": "Zebulina Quorn"}]
    load(turns=rows, customers=people)
    load(turns=rows)
    assert stored(store, "turns")["text"].to_list() == ["and then <name> closed the ticket"]


def test_a_corrected_text_still_replaces_a_redacted_one(load: Load, store: Store) -> None:
    load(turns=[turn(1, "my name is maria and it is broken")])
    load(turns=[turn(1, "my name is maria and it works")])
    assert stored(store, "turns")["text"].to_list() == ["my name is <name> and it works"]


def test_quarantined_rows_lose_what_is_private_and_customers_lines_are_not_kept(
    load: Load, store: Store, tmp_path: Path
) -> None:
    load(
        interactions=[leg(1)],
        turns=[turn(1, "fine"), turn(2, f"card {CARD}", "somebody")],
        customers=[
            {"customer_id": "c1", "start_at": "2024-01-01T00:00:00Z", "name": "Zebulina Quorn"},
            {"customer_id": "c2", "start_at": "never", "name": "Zebulina Quorn", "phone": "415 555 0132"},
        ],
    )
    rows = stored(store, "quarantine").sort("table")
    assert [json.loads(raw) for raw in rows["raw"]] == [
        {"customer_id": "c2", "start_at": "never"},
        {"interaction_id": "i1", "turn_no": "2", "speaker": "somebody", "text": "card <card>"},
    ]


def test_a_ragged_line_of_customers_is_kept_without_its_words(store: Store, tmp_path: Path) -> None:
    from care_metrics.commands.ingest import ingest

    path = tmp_path / "customers.csv"
    path.write_text(
        "customer_id,start_at,name\nc1,2024-01-01T00:00:00Z,Zebulina Quorn\nc2,2024-01-01,Zebulina,Quorn,9\n"
    )
    ingest(store, [str(path)], "acme")
    assert stored(store, "quarantine")["raw"].to_list() == [None]
    assert CANARY.encode() not in bytes_of(store).lower()


def test_a_recording_link_goes_where_it_carries_a_number_or_address(load: Load, store: Store) -> None:
    links = [
        "https://r.org/c/1b4f7a2c-9d1e-4c55-8a11-000000000001",
        "https://r.org/?phone=4155550132",
        "https://r.org/a@b.org",
    ]
    load(interactions=[leg(number, source_url=link) for number, link in enumerate(links)])
    assert stored(store, "interactions").sort("interaction_id")["source_url"].to_list() == [links[0], None, None]


def test_what_cannot_be_searched_is_not_stored_and_the_rest_is(
    load: Load, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = Redactor.redact

    def broken(self: Redactor, texts: list[str], *others: object) -> object:
        bad = [place for place, text in enumerate(texts) if "poison" in text]
        if bad:
            raise RedactionFailed(bad, "KeyError")
        return plain(self, texts, *others)

    monkeypatch.setattr(Redactor, "redact", broken)
    report = load(
        interactions=[leg(1)],
        turns=[turn(1, "fine"), turn(2, "poison")],
        surveys=[{"survey_id": "s1", "nps": 9, "comment": "good"}],
    )
    assert [refusal.file.rsplit("/", 1)[-1] for refusal in report.refused] == ["turns.csv"]
    assert "KeyError" in str(report.refused[0])
    assert "poison" not in str(report.refused[0])
    assert store.read(store.snapshot(), "turns", ["acme"]) is None
    assert stored(store, "surveys").height == stored(store, "interactions").height == 1


def test_a_text_too_long_to_be_searched_is_quarantined_without_its_words(load: Load, store: Store) -> None:
    report = load(turns=[turn(1, "fine"), turn(2, CANARY * 15_000)])
    assert [(entry.read, entry.accepted, entry.quarantined) for entry in report.files] == [(2, 1, 1)]
    assert "longer than 100,000 characters" in stored(store, "quarantine")["reason"][0]
    assert stored(store, "quarantine")["raw"].to_list() == [None]


def test_counts_are_kept_by_file_table_and_kind_and_leave_out_what_came_redacted(load: Load, store: Store) -> None:
    load(turns=[turn(1, f"{CARD} and {CARD}"), turn(2, "i am maria <card>")])
    counts = stored(store, "redactions").select("table", "kind", "count").sort("kind").rows()
    assert counts == [("turns", "card", 2), ("turns", "name", 1)]


@pytest.mark.parametrize(
    ("less", "more", "holds"),
    [
        ("a <card> b", "a 4111 b", True),
        ("<name>", "maria", True),
        ("<name> and <name:0a1b2c3d>", "maria and eva", True),
        ("a <card> b", "a 4111 c", False),
        ("a <card> b", "a  b", False),
        ("<name> and <name>", "maria or eva", False),
        ("no mark", "no mark", False),
        ("a<card>a", "a", False),
    ],
)
def test_a_text_is_known_again_by_what_is_left_of_it(less: str, more: str, holds: bool) -> None:
    assert is_redaction_of(less, more) is holds
