"""Traps: a card whose numbers are not the measured ones, or are those of other weights."""

import importlib.util
import json

import pytest

from care_metrics.errors import ModelUnavailable
from care_metrics.models.manifest import revision
from care_metrics.models.training.card import END, RESULTS, START, numbers_of, write_card
from care_metrics.settings import ROOT


@pytest.mark.parametrize("task", ["sentiment", "sentiment_es_pt", "behaviours"])
def test_the_card_shows_the_results_of_these_weights(task):
    folder = ROOT / "models" / task
    results = json.loads((folder / RESULTS).read_text())
    card = (folder / "README.md").read_text()
    assert card.partition(START)[2].partition(END)[0].strip() == numbers_of(task, results).strip()
    assert results["model"]["revision"] == revision(folder)


@pytest.mark.parametrize("name", ["scoring", "behaviours"])
def test_a_scoring_benchmark_shows_its_results(name):
    path = ROOT / "benchmarks" / f"{name}.py"
    spec = importlib.util.spec_from_file_location(f"{name}_benchmark", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    results = json.loads(module.RESULTS.read_text())
    shown = module.README.read_text().partition(module.START)[2].partition(module.END)[0]
    assert shown.strip() == module.section(results).strip()


def test_a_card_without_its_markers_is_refused(tmp_path):
    (tmp_path / "README.md").write_text("# Model\n")
    with pytest.raises(ModelUnavailable, match="lacks the markers"):
        write_card("sentiment", tmp_path)
