"""The command line as a script sees it: exit status, stdout, one sentence on stderr."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from care_metrics.commands.line import app
from care_metrics.errors import CareMetricsError

HEADER = "interaction_id,customer_id,site,channel,reason,started_at,outcome\n"
ROW = "i1,c1,north,voice,billing,2024-05-01T10:00:00Z,handled\n"


def run(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


def sentence(result: Result) -> str:
    """The deliberate error; __main__ prints it and exits 1."""
    assert isinstance(result.exception, CareMetricsError), result.exception
    text = str(result.exception)
    assert "Traceback" not in text
    return text


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "interactions.csv"
    path.write_text(HEADER + ROW)
    return path


@pytest.fixture
def url(tmp_path: Path) -> str:
    return str(tmp_path / "store")


def test_the_good_file_is_published_though_another_is_refused(good: Path, tmp_path: Path, url: str) -> None:
    result = run("ingest", good, tmp_path / "absent.csv", "--client", "acme", "--store", url)
    assert "absent.csv" in sentence(result)
    answer = json.loads(run("kpis", "handled", "--store", url, "--format", "json").stdout)
    assert answer[0]["value"] == 1


def test_every_row_is_accounted_for(tmp_path: Path, url: str) -> None:
    """I1: a ragged line is in the balance."""
    path = tmp_path / "interactions.csv"
    path.write_text(HEADER + ROW + ROW + "i2,c1,north,voice,billing,yesterday,handled\n" + "i3,c1,north\n")
    result = run("ingest", path, "--client", "acme", "--store", url)
    assert result.exit_code == 0
    assert "read 4, accepted 1, duplicate 1, quarantined 2" in result.stderr


def test_a_mapping_that_is_not_there_is_said_and_nothing_is_stored(good: Path, tmp_path: Path, url: str) -> None:
    words = ["ingest", good, "--client", "acme", "--mapping", tmp_path / "absent.yaml", "--store", url]
    assert "absent.yaml: cannot be read as a mapping" in sentence(run(*words))
    assert not Path(url).exists()


def test_a_name_inside_a_file_that_is_no_text_ends_in_no_traceback(tmp_path: Path, url: str) -> None:
    """I7: the record of the load could not hold it; the draft of a mapping could not be printed."""
    path = tmp_path / "agents.jsonl"
    path.write_text(r'{"agent_id": "a1", "sh\ud83doe": 43}')
    assert "columns ignored: shoe" in run("ingest", path, "--client", "acme", "--store", url).stderr
    other = tmp_path / "calls.jsonl"
    other.write_text(r'{"Start time": "x", "sh\ud83doe": 43}')
    drafted = run("ingest", other, "--client", "acme", "--store", url, "--dry-run")
    assert "# Not used: shoe" in drafted.stdout
    assert "calls.jsonl" in sentence(drafted)


def test_ingesting_again_makes_no_snapshot(good: Path, url: str) -> None:
    run("ingest", good, "--client", "acme", "--store", url)
    assert "snapshot 1" in run("ingest", good, "--client", "acme", "--store", url).stderr


def test_a_dry_run_drafts_a_mapping_that_can_be_completed_and_used(tmp_path: Path, url: str) -> None:
    path = tmp_path / "log.csv"
    path.write_text("Call ID,Start Time,Talk Duration\n17,2024-05-01T10:00:00Z,30\n")
    words = ["ingest", path, "--client", "acme", "--store", url]
    drafted = run(*words, "--dry-run")
    assert "log.csv" in sentence(drafted)
    mapping = tmp_path / "calls.yaml"
    mapping.write_text(drafted.stdout.replace('outcome: "???"', "outcome: {constant: handled}"))
    assert "accepted 1" in run(*words, "--mapping", mapping).stderr


def test_a_dry_run_stores_nothing(good: Path, url: str) -> None:
    assert "nothing was stored" in run("ingest", good, "--client", "acme", "--dry-run", "--store", url).stderr
    assert json.loads(run("kpis", "handled", "--store", url, "--format", "json").stdout)[0]["state"] == "no_data"


@pytest.mark.parametrize(
    ("client", "hint"),
    [("ACME", "'acme'"), ("Acme ", "'acme'"), ("аcme", "'acme'"), ("../x", "a-z"), ("a" * 41, "a-z")],
    ids=["capitals", "blank", "cyrillic a", "path", "too long"],
)
def test_a_near_miss_of_a_client_is_refused(good: Path, url: str, client: str, hint: str) -> None:
    run("ingest", good, "--client", "acme", "--store", url)
    assert hint in sentence(run("ingest", good, "--client", client, "--store", url))


def test_a_clients_zone_cannot_move_its_days_later(good: Path, url: str) -> None:
    run("ingest", good, "--client", "acme", "--timezone", "America/Bogota", "--store", url)
    assert "America/Bogota" in sentence(run("ingest", good, "--client", "acme", "--timezone", "UTC", "--store", url))
    assert "IANA" in sentence(run("ingest", good, "--client", "b", "--timezone", "Bogota", "--store", url))


def test_without_by_there_is_one_element_per_kpi_even_without_data(url: str) -> None:
    result = run("kpis", "nps", "handled", "retention", "--store", url, "--format", "json")
    assert result.exit_code == 0
    assert [(row["kpi"], row["value"], row["n"], row["state"]) for row in json.loads(result.stdout)] == [
        ("nps", None, 0, "no_data"),
        ("handled", None, 0, "no_data"),
        ("retention", None, 0, "no_data"),
    ]


def test_dimensions_are_fields_and_only_json_goes_to_stdout(good: Path, url: str) -> None:
    run("ingest", good, "--client", "acme", "--store", url)
    rows = json.loads(run("kpis", "handled", "--by", "site", "--by", "week", "--store", url, "--format", "json").stdout)
    assert [(row["site"], row["week"], row["value"]) for row in rows] == [("north", "2024-04-29", 1.0)]
    assert "sums" not in rows[0]


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (("kpis", "npss"), "Did you mean 'nps'"),
        (("kpis", "nps", "--by", "sight"), "Did you mean 'site'"),
        (("kpis", "nps", "--where", "site"), "COLUMN=VALUE"),
        (("kpis", "nps", "--where", "sit=x"), "Did you mean 'site'"),
        (("kpis", "nps", "--from", "01/05/2024"), "2026-03-31"),
        (("kpis", "nps", "--from", "2024-05-02", "--to", "2024-05-01"), "empty"),
        (("kpis", "nps", "--as-of", "soon"), "--as-of"),
        (("kpis", "nps", "--client", "acmee"), "Did you mean 'acme'"),
        (("kpis", "retention", "--by", "site"), "client, segment, country"),
    ],
    ids=lambda value: " ".join(value[1:]) if isinstance(value, tuple) else "",
)
def test_a_question_that_cannot_be_answered_says_what_can(
    good: Path, url: str, words: tuple[str, ...], hint: str
) -> None:
    run("ingest", good, "--client", "acme", "--store", url)
    assert hint in sentence(run(*words, "--store", url))


def test_sql_prints_the_statement_with_its_bound_values(good: Path, url: str) -> None:
    run("ingest", good, "--client", "acme", "--store", url)
    text = run("kpis", "nps", "--where", "site=x' OR 1=1", "--sql", "--store", url).stdout
    statement = "\n".join(line for line in text.splitlines() if not line.startswith("--"))
    assert "OR 1=1" not in statement
    assert "$1" in statement
