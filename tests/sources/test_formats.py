"""What a file was read as comes with its rows: the reader's name, a shipped mapping's, or that of all other mappings."""

import json

import pytest

from care_metrics.sources.formats import formats
from care_metrics.sources.isolated import Options, read_files
from care_metrics.sources.mapping_file import SHIPPED, shipped
from care_metrics.sources.read import read
from care_metrics.sources.readers import READERS
from care_metrics.sources.reading import Reading, joined

AGENTS = "agent_id,name\na1,Ana\n"
CALL = {
    "conversationId": "g-1",
    "conversationStart": "2024-05-01T10:00:00.000Z",
    "participants": [{"purpose": "customer", "sessions": [{"mediaType": "voice", "segments": []}]}],
}
CHURN = "customerID,tenure,Contract,MonthlyCharges,Churn\nc1,3,Monthly,20.5,No\n"
OWN = "tables: {agents: {columns: {agent_id: Login}}}\n"


def read_as(path, **options) -> set[str | None]:
    return {reading.format for reading in read(path, client="acme", **options)}


def test_a_reader_leaves_its_name(write):
    assert read_as(write("agents.csv", AGENTS)) == {"csv"}
    assert read_as(write("calls.json", json.dumps({"conversations": [CALL]}))) == {"genesys_conversations"}


@pytest.mark.parametrize("mapping", [None, SHIPPED / "telco_churn.yaml"], ids=["recognised", "asked for"])
def test_a_shipped_mapping_leaves_its_own_name_and_not_that_of_all_mappings(write, mapping):
    path = write("IBM_20240531T21:14_UTC.csv", CHURN)
    assert read_as(path, mapping=mapping) == {"telco_churn"}


def test_a_mapping_of_ones_own_is_none_of_ours(write):
    path = write("logins.csv", "Login\na1\n")
    assert read_as(path, mapping=write("m.yaml", OWN)) == {"mapping"}
    changed = (
        (SHIPPED / "telco_churn.yaml").read_text().replace("confidence: export", "label: Ours\nconfidence: export")
    )
    changed = changed.replace("label: Telecom customer churn\n", "")
    path = write("IBM_20240531T21:14_UTC.csv", CHURN)
    assert read_as(path, mapping=write("changed.yaml", changed)) == {"mapping"}


def test_the_name_survives_the_process_that_reads(write):
    paths = [write("agents.csv", AGENTS), write("calls.json", json.dumps(CALL))]
    found = [
        (answer.table, answer.format) for answer in read_files(paths, Options("acme")) if isinstance(answer, Reading)
    ]
    assert found == [("agents", "csv"), ("interactions", "genesys_conversations")]


def test_every_format_has_one_name_and_the_confidence_of_its_reader():
    assert not {reader.name for reader in READERS} & set(shipped())
    assert {name: kind.confidence for name, kind in formats().items()} == {
        **{reader.name: reader.confidence for reader in READERS},
        **{name: mapping.confidence for name, mapping in shipped().items()},
        "mapping": "own",
    }
    assert formats()["five9_call_log"].confidence == "documentation"
    assert formats()["telco_churn"].confidence == "export"


def test_a_file_in_many_pieces_has_one_format(write):
    [piece] = read(write("agents.csv", AGENTS), client="acme")
    [whole] = joined([piece, piece])
    assert (whole.read, whole.format) == (2, "csv")
