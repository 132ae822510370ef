"""export reviews: the file, and its line in the audit log, which comes first (E9)."""

import csv
import stat
from hashlib import sha256
from pathlib import Path

import pytest
from typer.testing import CliRunner

from care_metrics.commands.line import app
from care_metrics.reviews import audit, open_database
from care_metrics.reviews.locate import database_url
from care_metrics.reviews.review import save_review
from care_metrics.reviews.review_rows import Review
from care_metrics.scope import operator

ROW = "interaction_id,started_at,outcome\ni1,2024-05-01T10:00:00Z,handled\n"
OPERATOR = operator(["acme", "other"])


def run(*words: object):
    return CliRunner().invoke(app, [str(word) for word in words])


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Two clients with a contact each, and a review of each."""
    url = str(tmp_path / "store")
    (tmp_path / "interactions.csv").write_text(ROW)
    for client in ("acme", "other"):
        run("ingest", tmp_path / "interactions.csv", "--client", client, "--store", url)
    database = open_database(database_url(store=url))
    for client in ("acme", "other"):
        save_review(OPERATOR, database, Review(client, "i1", coaching_note=f"=note on {client}", key=client))
    return url


def test_one_clients_reviews_are_written_and_on_record(store: str, tmp_path: Path) -> None:
    output = tmp_path / "reviews.csv"
    assert "1 review\n" in run("export", "reviews", "--client", "acme", "--output", output, "--store", store).stdout
    text = output.read_text(encoding="utf-8-sig")
    [row] = csv.DictReader(line for line in text.splitlines() if not line.startswith("#"))
    assert (row["client"], row["coaching_note"]) == ("acme", "'=note on acme")
    assert "# clients: acme\n" in text
    assert stat.S_IMODE(output.stat().st_mode) == 0o600
    [entry] = audit.entries(OPERATOR, open_database(database_url(store=store)), what="export reviews")
    assert (entry.client, entry.rows, entry.digest) == ("acme", 1, sha256(output.read_bytes()).hexdigest())


def test_a_period_that_holds_none_writes_the_columns_alone(store: str, tmp_path: Path) -> None:
    output = tmp_path / "reviews.xlsx"
    assert "0 reviews" in run("export", "reviews", "--to", "2020-01-01", "--output", output, "--store", store).stdout
    assert output.exists()


def test_without_a_record_there_is_no_file(store: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_given: object) -> None:
        raise RuntimeError("the log is down")

    monkeypatch.setattr(audit, "note", refused)
    assert run("export", "reviews", "--output", tmp_path / "reviews.csv", "--store", store).exit_code == 1
    assert not list(tmp_path.glob("reviews.csv*"))


def test_a_name_that_says_no_format_is_refused(store: str, tmp_path: Path) -> None:
    result = run("export", "reviews", "--output", tmp_path / "reviews.pdf", "--store", store)
    assert "csv or xlsx" in str(result.exception)
