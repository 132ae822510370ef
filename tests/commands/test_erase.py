"""Erasure: no byte of the customer stays, others lose nothing, the tombstone keeps both ids and transcripts out."""

import json
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner

from care_metrics.commands.erase import Proof, erase
from care_metrics.commands.ingest import IngestReport, publish_readings
from care_metrics.commands.line import app
from care_metrics.commands.removing import mentions
from care_metrics.commands.tombstones import KEY_FILE
from care_metrics.errors import BadRequest
from care_metrics.reviews import open_database
from care_metrics.reviews.locate import database_url
from care_metrics.reviews.review import reviews, save_review
from care_metrics.reviews.review_rows import Review
from care_metrics.scope import operator
from care_metrics.store import Store, open_store, publishing
from tests.conftest import copied, leg, loader

Load = Callable[..., IngestReport]
WHO, FIRST, SECOND, WORDS = "cust-erase-me", "leg-erase-me-1", "leg-erase-me-2", "wombat parcel"
TRACES = (WHO, FIRST, SECOND, WORDS)


def turn(leg_id: str, text: str, number: int = 1) -> dict[str, object]:
    return {"interaction_id": leg_id, "turn_no": number, "speaker": "customer", "text": text}


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder = tmp_path_factory.mktemp("loaded")
    store = open_store(str(folder / "store"))
    load = loader(store, folder)
    load(
        interactions=[
            leg(1, interaction_id=FIRST, customer_id=WHO, contact_id="k1"),
            leg(2, interaction_id=SECOND, customer_id=None, contact_id="k1"),
            leg(3),
        ],
        turns=[turn(FIRST, f"the {WORDS} is late"), turn(SECOND, f"my {WORDS}"), turn("i3", "all is well")],
        surveys=[
            {"survey_id": "s1", "customer_id": WHO, "nps": 3, "comment": f"no {WORDS}"},
            {"survey_id": "s2", "interaction_id": FIRST, "nps": 3},
            {"survey_id": "s3", "customer_id": "c3", "nps": 9},
        ],
        customers=[{"customer_id": one, "start_at": "2024-01-01T00:00:00Z"} for one in (WHO, "c3")],
        evidence=[
            {
                "interaction_id": FIRST,
                "pillar": "quality",
                "behaviour": "b",
                "earned": 1,
                "possible": 1,
                "source": "human",
            }
        ],
    )
    # An older version of the rows, a quarantined one, and a file that bears the contact's name.
    load(turns=[turn(FIRST, f"the {WORDS} is very late"), turn("i3", "x", -5), turn(SECOND, WORDS, "x")])
    return store


@pytest.fixture
def centre(loaded: Store, store: Store) -> Store:
    return copied(loaded, store)


def erased(store: Store, customer: str = WHO) -> Proof:
    with publishing(store) as publication:
        return erase(publication, "acme", customer)


def found(store: Store) -> set[str]:
    """Which traces a search finds in the bytes of the store's folder and in the unpacked Parquet pages."""
    held = b""
    for path in Path(store.url).rglob("*"):
        if path.is_file():
            held += path.read_bytes() + path.name.encode()
        if path.suffix == ".parquet":
            held += str(pl.read_parquet(path, hive_partitioning=False).to_dict(as_series=False)).encode()
    return {trace for trace in TRACES if trace.encode() in held}


def rows(store: Store, table: str, column: str) -> list[object]:
    held = store.read(store.snapshot(), table, ["acme"])
    return [] if held is None else held[column].sort().to_list()


def test_a_search_of_all_bytes_finds_nothing_and_the_others_are_whole(centre: Store) -> None:
    assert found(centre) == set(TRACES)
    proof = erased(centre)
    assert found(centre) == set()
    assert proof.left == 0
    assert rows(centre, "interactions", "interaction_id") == ["i3"]
    assert rows(centre, "turns", "text") == ["all is well"]
    assert rows(centre, "surveys", "survey_id") == ["s3"]
    assert rows(centre, "customers", "customer_id") == ["c3"]
    assert rows(centre, "facts_leg", "interaction_id") == ["i3"]
    assert rows(centre, "quarantine", "line") == [3], "the row of another contact waits for its repair"


def test_the_proof_counts_rows_and_names_nobody(centre: Store) -> None:
    proof = erased(centre)
    assert proof.removed == {
        "interactions": 2,
        "turns": 2,
        "surveys": 2,
        "customers": 1,
        "evidence": 1,
        "quarantine": 1,
    }
    assert not any(trace in str(proof) for trace in TRACES)
    assert len(proof.tombstone) == 64


def test_neither_the_customer_nor_a_transcript_alone_comes_back(centre: Store, load: Load) -> None:
    erased(centre)
    report = load(
        interactions=[leg(4, interaction_id="i4", customer_id=WHO), leg(5)],
        turns=[turn("i4", WORDS), turn(SECOND, WORDS), turn("i5", "fine")],
        customers=[{"customer_id": WHO, "start_at": "2024-01-01T00:00:00Z"}],
    )
    assert {entry.table: (entry.read, entry.accepted, entry.quarantined) for entry in report.files} == {
        "interactions": (2, 1, 1),
        "turns": (3, 1, 2),
        "customers": (1, 0, 1),
    }
    assert found(centre) == set()
    assert rows(centre, "interactions", "interaction_id") == ["i3", "i5"]


def test_a_second_erasure_finds_nothing_and_says_so(centre: Store) -> None:
    first = erased(centre)
    again = erased(centre)
    assert (again.tombstone, again.removed, again.left) == (first.tombstone, {}, 0)


def test_an_unknown_customer_is_refused_without_naming_one(centre: Store) -> None:
    with pytest.raises(BadRequest, match="holds no row of a customer with this id") as refusal:
        erased(centre, "cust-erase-m")
    assert WHO not in str(refusal.value)
    assert rows(centre, "tombstones", "tombstone") == []


def test_what_reviewers_wrote_goes_too(centre: Store) -> None:
    scope, database = operator(["acme"]), open_database(database_url(store=centre.url))
    for contact in (FIRST, "i3"):
        save_review(scope, database, Review("acme", contact, coaching_note=f"{WORDS} {contact}", key=contact))
    assert erased(centre).removed["reviews"] == 1
    assert [one.interaction_id for one in reviews(scope, database)] == ["i3"]
    assert database.path is not None
    assert FIRST.encode() not in database.path.read_bytes()


def test_an_interrupted_erasure_is_finished_by_the_next(centre: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(_: Store) -> int:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("care_metrics.commands.erase.vacuum", killed)
        with pytest.raises(KeyboardInterrupt):
            erased(centre)
    assert found(centre), "older versions still lie on the disk"
    erased(centre)
    assert found(centre) == set()


def test_a_file_named_after_the_contact_loses_its_name(centre: Store) -> None:
    from care_metrics.sources.read import read

    path = Path(centre.url).parent / f"{FIRST}.csv"
    path.write_text(f"interaction_id,turn_no,speaker,text\n{FIRST},9,customer,mail a@b.org\n")
    with publishing(centre) as publication:
        publish_readings(publication, "acme", "UTC", read(path, client="acme"))
    erased(centre)
    assert found(centre) == set()
    assert None in centre.read(centre.snapshot(), "loads", ["acme"])["file"].to_list()


def test_the_key_is_kept_for_its_owner_only_and_a_short_one_is_refused(
    centre: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    from care_metrics.settings import settings

    erased(centre)
    assert (Path(centre.url) / KEY_FILE).stat().st_mode & 0o777 == 0o600
    monkeypatch.setenv("CARE_METRICS_TOMBSTONE_KEY", "short")
    settings.cache_clear()
    with pytest.raises(BadRequest, match="16 or more"):
        erased(centre, "c3")
    settings.cache_clear()


def test_the_command_prints_the_proof_and_refuses_an_unknown_client(centre: Store) -> None:
    words = ["erase", "--customer", WHO, "--store", centre.url, "--client"]
    done = CliRunner().invoke(app, [*words, "acme"])
    assert json.loads(done.stdout)["removed"]["interactions"] == 2
    assert WHO not in done.output
    assert "No client named" in str(CliRunner().invoke(app, [*words, "acne"]).exception)


def test_a_short_id_is_not_found_inside_a_longer_one() -> None:
    texts = pl.DataFrame(
        {"raw": ['{"customer_id": "c1"}', '{"customer_id": "c10"}', "c1,x", "/c1_analysis.json", "xc1", None]}
    )
    assert texts.select(mentions(("raw",), ["c1"])).to_series().to_list() == [True, False, True, True, False, False]
