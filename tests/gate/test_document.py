"""What docs/security.md says was measured, and that each mutant still changes the source; no mutant is judged by these."""

import importlib
import json
import subprocess
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

from care_metrics.ui.extract import ROOT

FAULTS = ROOT / "tests" / "faults"


@pytest.fixture(scope="module")
def gate() -> ModuleType:
    spec = spec_from_file_location("faults_gate", FAULTS / "gate.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_views_of_the_document_are_those_of_the_result(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(FAULTS))
    views = importlib.import_module("page_views")
    runs, text = views.known_runs(), views.DOC.read_text(encoding="utf-8")
    assert views.rendered(text, runs) == text, "run python tests/faults/page_views.py"
    assert runs
    assert [run for run in runs if run["leaks"]] == []


def test_the_tables_of_the_document_are_those_of_the_result(gate: ModuleType) -> None:
    result = json.loads(gate.RESULT.read_text(encoding="utf-8"))
    text = gate.DOC.read_text(encoding="utf-8")
    assert gate.rendered(text, result) == text, "run python tests/faults/gate.py"
    assert {row["mutant"] for row in result["mutants"]} == {patch.stem for patch in gate.MUTANTS.glob("*.patch")}
    assert len(result["mutants"]) >= 20
    assert [row for row in result["mutants"] if not row["caught_by"]] == []
    assert [run for run in result["attempts"] if run["leaks"]] == []


@pytest.mark.parametrize("patch", sorted((FAULTS / "mutants").glob("*.patch")), ids=lambda patch: patch.stem)
def test_a_mutant_still_fits_the_source(patch: Path) -> None:
    """One that no longer applies tests nothing."""
    command = ["patch", "-p1", "--dry-run", "-s", "-f", "-i", str(patch)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
