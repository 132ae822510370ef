"""Whatever the bytes, a file is read in full account or refused in one sentence; nothing else ever comes out.

tests/faults/fuzz_sources.py does the same at length and in the limited process.
"""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from care_metrics.errors import FileRefused
from care_metrics.sources.read import read
from tests.sources.damage import damaged
from tests.sources.exports_invented import FILES

QUICK = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def account(path: Path) -> int:
    """Read the file; every reading must balance. Rows accepted, 0 if the file is refused in one line."""
    try:
        readings = read(path, client="acme")
    except FileRefused as refusal:
        return 0 if "\n" not in str(refusal) else -1
    for reading in readings:
        assert reading.read == reading.rows.height + reading.quarantined.height
        assert reading.quarantined["reason"].null_count() == 0
    return sum(reading.rows.height for reading in readings)


@pytest.mark.parametrize("name", FILES)
def test_the_undamaged_files_are_read(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(FILES[name])
    assert account(path) > 0


@pytest.mark.parametrize("name", FILES)
@QUICK
@given(seed=st.integers(0, 2**32))
def test_damage_is_refused_or_set_aside(tmp_path, name, seed):
    path = tmp_path / name
    path.write_bytes(damaged(FILES[name], seed))
    assert account(path) >= 0


@pytest.mark.parametrize("suffix", [".csv", ".json", ".jsonl", ".parquet", ".xlsx", ".bin"])
@QUICK
@given(content=st.binary(min_size=1, max_size=300))
def test_any_bytes(tmp_path, suffix, content):
    path = tmp_path / f"interactions{suffix}"
    path.write_bytes(content)
    assert account(path) >= 0


CELL = st.text(st.characters(codec="utf-8", exclude_characters='"\r\n,'), max_size=8)


@QUICK
@given(rows=st.lists(st.lists(CELL, min_size=1, max_size=6), min_size=1, max_size=20))
def test_rows_of_anything_are_all_accounted_for(tmp_path, rows):
    """Lines of a table whose cells are anything: as many are read as stand in the file."""
    path = tmp_path / "surveys.csv"
    lines = [",".join(f'"{cell}"' for cell in row) for row in rows]
    path.write_text("survey_id,nps,ces,ces_scale\ngood,9,,\n" + "\n".join(lines), encoding="utf-8", newline="")
    [reading] = read(path, client="acme")
    assert reading.read == len(rows) + 1
    assert reading.read == reading.rows.height + reading.quarantined.height
