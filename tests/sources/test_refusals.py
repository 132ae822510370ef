"""I2 to I6 and others: every refusal is one sentence that says where, what is wrong, what was found and what to do; kept in messages.txt.

After a wanted change of wording: CARE_METRICS_WRITE_GOLDEN=1 pytest tests/sources/test_refusals.py, then read the diff.
"""

import os
from pathlib import Path

import pytest

from care_metrics.errors import CareMetricsError
from care_metrics.sources.read import read

GOLDEN = Path(__file__).with_name("messages.txt")
HEADER = "interaction_id,started_at,outcome\n"
ROW = "i1,2024-05-01T10:00:00Z,handled\n"

CASES: dict[str, tuple[str, str | bytes | None]] = {
    "missing file": ("interactions.csv", None),
    "empty file": ("interactions.csv", b""),
    "header without rows": ("interactions.csv", HEADER),
    "only blank lines": ("interactions.csv", "\n\n"),
    "missing column": ("interactions.csv", "interaction_id,started_at,Outcome \n" + ROW),
    "duplicate header": ("interactions.csv", "interaction_id,interaction_id,started_at,outcome\n" + "i0," + ROW),
    "no row accepted": ("interactions.csv", HEADER + "i1,03/04/2026,handled\ni2,04/04/2026,handled\ni3,,lost\n"),
    "semicolons": ("interactions.csv", (HEADER + ROW).replace(",", ";")),
    "sep line": ("interactions.csv", "sep=;\n" + (HEADER + ROW).replace(",", ";")),
    "tabs": ("interactions.csv", (HEADER + ROW).replace(",", "\t")),
    "utf-16": ("interactions.csv", (HEADER + ROW).encode("utf-16")),
    "utf-16 without mark": ("interactions.csv", (HEADER + ROW).encode("utf-16-le")),
    "latin-1": ("interactions.csv", (HEADER + ROW + ROW.replace("i1", "é")).encode("latin-1")),
    "old line ends": ("interactions.csv", (HEADER + ROW).replace("\n", "\r")),
    "unknown table": ("telco.csv", "customerID,gender,tenure\n1,F,2\n"),
    "json lines without objects": ("turns.jsonl", "[1]\n[2]\n"),
    "json lines cut": ("turns.jsonl", '{"interaction_id": "i1", '),
    "json without rows": ("turns.json", "[]\n"),
    "bytes under a table's name": ("turns.csv", b"\x93\xef\x8babcdefgh" + b"\x00\xff" * 100),
    "truncated parquet": ("turns.parquet", b"PAR1" + b"\0" * 100),
    "picture": ("photo.png", b"\x89PNG\r\n\x1a\n" + bytes(range(256))),
    "pdf": ("report.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj"),
}


def sentence(write, name: str, content: str | bytes | None, tmp_path: Path) -> str:
    path = tmp_path / name if content is None else write(name, content)
    with pytest.raises(CareMetricsError) as refusal:
        read(path, client="acme")
    return str(refusal.value).replace(f"{tmp_path}/", "")


def test_the_sentences_are_those_we_agreed_on(write, tmp_path):
    said = "".join(f"{case}\n    {sentence(write, *given, tmp_path)}\n" for case, given in CASES.items())
    if os.environ.get("CARE_METRICS_WRITE_GOLDEN"):
        GOLDEN.write_text(said, encoding="utf-8")
    assert said == GOLDEN.read_text(encoding="utf-8")


@pytest.mark.parametrize("case", CASES)
def test_a_refusal_is_short_and_on_one_line(write, tmp_path, case):
    said = sentence(write, *CASES[case], tmp_path)
    assert "\n" not in said
    assert len(said) < 500
