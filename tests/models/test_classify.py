"""Traps: lost order or columns, output names in the input, misspelt columns, files that cannot be read or written."""

from pathlib import Path

import polars as pl
import pytest

from care_metrics.errors import CareMetricsError
from care_metrics.models import classify as module
from care_metrics.models.classify import classify


@pytest.fixture
def model(tiny_model) -> str:
    return str(tiny_model(context=True))


@pytest.mark.parametrize("ending", ["csv", "parquet", "jsonl"])
def test_rows_and_columns_come_back_in_order(model, tmp_path, monkeypatch, ending):
    frame = pl.DataFrame({"id": ["007", "b", "a"], "text": ["bad", None, "good"], "said": ["", "help", None]})
    source, target = tmp_path / f"in.{ending}", tmp_path / "out.parquet"
    {"csv": frame.write_csv, "parquet": frame.write_parquet, "jsonl": frame.write_ndjson}[ending](source)
    monkeypatch.setattr(module, "CHUNK", 2)
    assert classify("sentiment", source, "text", "said", target, model) == 3
    found = pl.read_parquet(target)
    assert found.columns == [*frame.columns, "negative", "neutral", "positive", "label", "valence"]
    assert found["id"].to_list() == ["007", "b", "a"]
    assert found["label"][1] == "neutral"
    assert found["valence"][1] == 0


def test_the_output_may_be_csv_or_json_lines(model, tmp_path):
    (tmp_path / "in.csv").write_text("text\nbad\n")
    for name, read in (("out.csv", pl.read_csv), ("out.jsonl", pl.read_ndjson)):
        classify("sentiment", tmp_path / "in.csv", output=tmp_path / name, model=model)
        assert "valence" in read(tmp_path / name).columns
    assert not list(tmp_path.glob("*.part"))


def test_an_empty_file_gives_an_empty_file(model, tmp_path):
    (tmp_path / "in.csv").write_text("text\n")
    assert classify("sentiment", tmp_path / "in.csv", output=tmp_path / "out.parquet", model=model) == 0


CASES = [
    ("sentiment", "text,label\na,b\n", {}, "has a column 'label', which is an output's name"),
    ("behaviours", "text,ownership\na,b\n", {}, "has a column 'ownership', which is an output's name"),
    ("sentiment", "txet,n\na,1\n", {}, "has no column 'text'; did you mean 'txet'"),
    ("sentiment", "text\na\n", {"context_column": "previous"}, "has no column 'previous'; it has text"),
    ("sentiments", "text\na\n", {}, "Did you mean 'sentiment'"),
    ("sentiment", "text\na\n", {"output": Path("scores.xlsx")}, r"its ending '\.xlsx' is not known"),
    ("sentiment", "", {}, "cannot be read as csv"),
]


@pytest.mark.parametrize(("task", "content", "options", "sentence"), CASES)
def test_a_wrong_request_is_refused_in_one_sentence(tmp_path, task, content, options, sentence):
    (tmp_path / "in.csv").write_text(content)
    with pytest.raises(CareMetricsError, match=sentence):
        classify(task, tmp_path / "in.csv", **{"output": tmp_path / "out.parquet", **options})


def test_a_column_of_numbers_is_not_text(tmp_path):
    pl.DataFrame({"text": [1, 2]}).write_parquet(tmp_path / "in.parquet")
    with pytest.raises(CareMetricsError, match="holds Int64, not text"):
        classify("sentiment", tmp_path / "in.parquet", output=tmp_path / "out.parquet")


def test_a_missing_file_or_folder_is_named(model, tmp_path):
    with pytest.raises(CareMetricsError, match="no such file"):
        classify("sentiment", tmp_path / "none.csv", output=tmp_path / "out.parquet")
    (tmp_path / "in.csv").write_text("text\nbad\n")
    with pytest.raises(CareMetricsError, match="cannot be written"):
        classify("sentiment", tmp_path / "in.csv", output=tmp_path / "none" / "out.parquet", model=model)
