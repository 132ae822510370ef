"""A cache is shared between readers: the Scope is in every key, and no cache grows without bound."""

import ast
import inspect
from dataclasses import fields, replace

import pytest

from care_metrics.scope import Scope
from care_metrics.ui import cached
from care_metrics.ui.cached import KEYS
from care_metrics.ui.extract import ROOT, source_files

TREE = ast.parse(inspect.getsource(cached))
CACHED = [node for node in TREE.body if isinstance(node, ast.FunctionDef) and node.decorator_list]


@pytest.mark.parametrize("function", CACHED, ids=lambda node: node.name)
def test_scope_first_edition_next_nothing_unhashed_and_bounded(function: ast.FunctionDef) -> None:
    names = [argument.arg for argument in function.args.args]
    assert names[:2] == ["scope", "edition"]
    assert not [name for name in names if name.startswith("_")], "an argument with an underscore is left out of the key"
    [decorator] = function.decorator_list
    assert isinstance(decorator, ast.Call)
    assert "max_entries" in {keyword.arg for keyword in decorator.keywords}


def test_no_other_module_caches() -> None:
    others = [
        file for file in source_files() if file.name != "cached.py" and "st.cache_" in file.read_text(encoding="utf-8")
    ]
    assert [str(file.relative_to(ROOT)) for file in others] == []


def test_the_key_of_a_scope_tells_every_field_apart() -> None:
    key = KEYS[Scope]
    base = Scope(frozenset({"acme", "zeta"}), "internal", "ana", "agent", (("agent_id", ("a1",)),))
    assert key(base) == key(replace(base, clients=frozenset({"zeta", "acme"})))
    others = {
        "clients": frozenset({"acme"}),
        "audience": "client",
        "reader": "bo",
        "role": "team_lead",
        "bounds": (("agent_id", ("a2",)),),
    }
    assert set(others) == {field.name for field in fields(Scope)}, "a new field of Scope needs its line here"
    for name, value in others.items():
        assert key(base) != key(replace(base, **{name: value})), name
