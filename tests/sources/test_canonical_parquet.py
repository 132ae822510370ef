"""Parquet: columns by name, native types kept, odd types read as text, damage refused."""

from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyarrow import parquet

from care_metrics.errors import FileRefused
from care_metrics.sources.read import read

TEN = datetime(2024, 5, 1, 10, tzinfo=UTC)


@pytest.fixture
def table(tmp_path):
    def _table(name="interactions.parquet", **columns):
        good = {
            "outcome": ["handled"],
            "started_at": pa.array([TEN], pa.timestamp("us", "UTC")),
            "interaction_id": ["i1"],
        }
        parquet.write_table(pa.table(good | columns), tmp_path / name)
        [reading] = read(tmp_path / name, client="acme")
        return reading

    return _table


@pytest.mark.parametrize(
    ("started", "read_as"),
    [
        (pa.array([datetime(2024, 5, 1, 10)], pa.timestamp("ns")), TEN),
        (pa.array([TEN], pa.timestamp("ms", "America/Bogota")), TEN),
        (pa.array([date(2024, 5, 1)]), TEN.replace(hour=0)),
        (pa.array(["2024-05-01T12:00:00+02:00"]), TEN),
    ],
    ids=["naive_is_utc", "zoned", "date", "text"],
)
def test_instants_in_native_types(table, started, read_as):
    assert table(started_at=started).rows["started_at"].to_list() == [read_as]


@pytest.mark.parametrize(
    ("name", "values", "value", "invalid"),
    [
        ("agent_id", pa.array([7], pa.int64()), "7", []),
        ("agent_id", pa.array([7.0], pa.float64()), "7", []),
        ("agent_id", pa.array(["007"]).dictionary_encode(), "007", []),
        ("talk_s", pa.array([Decimal("12.50")], pa.decimal128(9, 2)), 12.5, []),
        ("talk_s", pa.array([float("nan")]), None, ["talk_s"]),
        ("talk_s", pa.array(["300"]), 300.0, []),
        ("talk_s", pa.array([[300]], pa.list_(pa.int64())), None, ["talk_s"]),
        ("talk_s", pa.array([{"s": 300}], pa.struct([("s", pa.int64())])), None, ["talk_s"]),
        ("talk_s", pa.array([90_500], pa.duration("ms")), 90.5, []),
        ("talk_s", pa.array([90], pa.time32("s")), None, ["talk_s"]),
        ("transfers", pa.array([2.0]), 2, []),
        ("transfers", pa.array([2.5]), None, ["transfers"]),
        ("escalated", pa.array([True]), True, []),
        ("escalated", pa.array([1.0]), True, []),
        ("escalated", pa.array([2], pa.int8()), None, ["escalated"]),
        ("channel", pa.array([b"voice"], pa.binary()), "voice", []),
        ("channel", pa.array(["voice"], pa.large_string()), "voice", []),
        ("channel", pa.array(["voice"], pa.string_view()), "voice", []),
        ("channel", pa.nulls(1), None, []),
        ("agent_id", pa.array([UUID(int=7).bytes], pa.uuid()), str(UUID(int=7)), []),
        ("agent_id", pa.array([b"\xff\xfe"]), "fffe", []),
        ("escalated", pa.ExtensionArray.from_storage(pa.bool8(), pa.array([1], pa.int8())), True, []),
        ("talk_s", pa.array([1.5], pa.float16()), 1.5, []),
        ("talk_s", pa.array([Decimal("1.5")], pa.decimal256(50, 2)), 1.5, []),
        ("talk_s", pa.array([[("s", 300)]], pa.map_(pa.string(), pa.int64())), None, ["talk_s"]),
        ("ended_at", pa.nulls(1), None, []),
    ],
)
def test_whatever_type_a_column_has(table, name, values, value, invalid):
    """I19."""
    row = table(**{name: values}).rows.to_dicts()[0]
    assert (row[name], row["invalid"]) == (value, invalid)


def test_an_instant_that_is_a_number_is_no_instant(table, tmp_path):
    with pytest.raises(FileRefused, match="started_at is no instant"):
        table(started_at=pa.array([1714557600]))


def test_columns_go_by_name_and_unknown_ones_are_reported(table):
    """I19."""
    reading = table(zodiac=["leo"], nested=pa.array([[1]]))
    assert reading.unknown_columns == ("zodiac", "nested")
    assert reading.rows["line"].to_list() == [1]


def test_a_panic_of_polars_refuses_the_file(table, monkeypatch):
    """I17: PanicException is no Exception."""

    def panics(*_):
        raise pl.exceptions.PanicException("range end index 5 out of range")

    monkeypatch.setattr("care_metrics.sources.canonical_parquet.validate", panics)
    with pytest.raises(FileRefused, match="PanicException"):
        table()


def test_a_client_named_inside_a_file_is_an_unknown_column(table):
    assert table(client=["other"]).unknown_columns == ("client",)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_damaged_file_is_refused_or_read_but_never_breaks_out(tmp_path_factory, data):
    """I16: truncated anywhere, or with a byte changed; polars' PanicException would not be an Exception."""
    path = tmp_path_factory.getbasetemp() / "agents.parquet"
    pl.DataFrame({"agent_id": [f"a{k}" for k in range(50)], "team": ["red", None] * 25}).write_parquet(path)
    whole = bytearray(path.read_bytes())
    if data.draw(st.booleans()):
        whole = whole[: data.draw(st.integers(1, len(whole) - 1))]
    else:
        whole[data.draw(st.integers(0, len(whole) - 1))] ^= data.draw(st.integers(1, 255))
    path.write_bytes(whole)
    try:
        for reading in read(path, client="acme"):
            assert reading.read == reading.rows.height + reading.quarantined.height
    except FileRefused:
        pass


def test_a_file_that_lacks_a_required_column_is_refused(tmp_path):
    """I19."""
    pl.DataFrame({"interaction_id": ["i1"], "outcome": ["handled"]}).write_parquet(tmp_path / "interactions.parquet")
    with pytest.raises(FileRefused, match="lacks 'started_at'"):
        read(tmp_path / "interactions.parquet", client="acme")


@pytest.mark.parametrize(
    "far",
    [
        pa.array([2**31 - 1, 19_000], pa.int32()).cast(pa.date32()),
        pa.array([-(2**31), 19_000], pa.int32()).cast(pa.date32()),
        pa.array([2**62, 1_714_557_600_000]).cast(pa.timestamp("ms")),
        pa.array([-(2**62), 1_714_557_600_000]).cast(pa.timestamp("ms", "UTC")),
        pa.array([2**62, 1_714_557_600_000_000]).cast(pa.timestamp("us")),
    ],
    ids=["date", "date_before", "ms", "ms_before", "us"],
)
def test_an_instant_beyond_every_calendar_costs_its_row(tmp_path, far):
    """I14: polars panics where it is asked for such a year, and the whole file was refused."""
    legs = {"interaction_id": ["i1", "i2"], "started_at": far, "outcome": ["handled"] * 2}
    parquet.write_table(pa.table(legs), tmp_path / "interactions.parquet")
    [reading] = read(tmp_path / "interactions.parquet", client="acme")
    assert (reading.rows["interaction_id"].to_list(), reading.quarantined["line"].to_list()) == (["i2"], [1])


def test_rows_that_cost_no_bytes_are_not_unpacked(tmp_path):
    """I18: run lengths hold half a milliard of rows in 5 MB, which took a minute and a half to turn down."""
    one = pa.array(["x"] * 200_000).dictionary_encode()
    path = tmp_path / "turns.parquet"
    parquet.write_table(pa.table({"interaction_id": one, "turn_no": [1] * len(one), "speaker": one}), path)
    with pytest.raises(FileRefused, match="claims 200,000 rows in"):
        read(path, client="acme")


def test_a_changed_byte_is_found_where_the_writer_left_checksums(tmp_path):
    """I16: without them every engine may read another value in its place."""
    path = tmp_path / "agents.parquet"
    rows = pa.table({"agent_id": [f"agent{k}" for k in range(50)]})
    parquet.write_table(rows, path, write_page_checksum=True, compression="none", use_dictionary=False)
    path.write_bytes(path.read_bytes().replace(b"agent7", b"agent8", 1))
    with pytest.raises(FileRefused, match="damaged"):
        read(path, client="acme")
