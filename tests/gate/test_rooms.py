"""Caches, transcripts, exports and fragments each have one way, and it passes the gate."""

import ast
import inspect
import re

import pytest

from care_metrics import contacts, data_quality, evidence, measure, mix, model_versions, voices
from care_metrics.coaching import before_after, load, moments, peers, points, profile
from care_metrics.ui.extract import ROOT, source_files

PACKAGE = ROOT / "care_metrics"
# What is reached in one module only -> that module.
ONE_WAY = {
    "st.cache_data": "ui/cached.py",
    "st.cache_resource": "ui/cached.py",
    "cached.transcript": "ui/recorded.py",
    "cached.voices": "ui/recorded.py",
    "cached.moments": "ui/recorded.py",
    "st.download_button": "ui/recorded.py",
    "st.login": "ui/entrance/doorstep.py",
    "st.logout": "ui/entrance/doorstep.py",
    "st.user": "ui/reader.py",
    "st.context": "ui/reader.py",
    "contacts_room.transcript": "ui/cached.py",
    "warehouse_of": "ui/cached.py",
}


@pytest.mark.parametrize("name", ONE_WAY)
def test_there_is_one_way_to_it(name: str) -> None:
    uses = re.compile(rf"(?<![\w.]){re.escape(name)}\b")
    found = {
        str(file.relative_to(PACKAGE)) if file.is_relative_to(PACKAGE) else file.name
        for file in source_files()
        if uses.search(_code(file.read_text(encoding="utf-8")))
    }
    assert found <= {ONE_WAY[name]}, f"{name} belongs into {ONE_WAY[name]}"
    assert found or name == "contacts_room.transcript"


@pytest.mark.parametrize(
    "room",
    [
        contacts,
        data_quality,
        evidence,
        measure,
        mix,
        model_versions,
        voices,
        before_after,
        load,
        moments,
        peers,
        points,
        profile,
    ],
    ids=lambda room: room.__name__,
)
def test_whoever_asks_a_warehouse_says_for_whom(room) -> None:
    """No function takes a connection without the Scope of its reader."""
    for name, function in inspect.getmembers(room, inspect.isfunction):
        if function.__module__ == room.__name__ and "house" in inspect.signature(function).parameters:
            names = list(inspect.signature(function).parameters)
            assert "scope" in names, f"{room.__name__}.{name}"


def test_nothing_but_the_warehouse_formats_a_value_into_sql() -> None:
    """Values are bound; what is formatted comes from lists of ours."""
    for file in PACKAGE.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.JoinedStr) and "SELECT" in ast.unparse(node):
                named = {ast.unparse(part.value) for part in node.values if isinstance(part, ast.FormattedValue)}
                outside = {"interaction_id", "client", "value", "customer", "text", "words", "name"}
                assert not named & outside, f"{file.name}: {named & outside}"


def _code(text: str) -> str:
    """Without comments and doc strings."""
    return ast.unparse(ast.parse(re.sub(r'""".*?"""', '""', text, flags=re.DOTALL)))
