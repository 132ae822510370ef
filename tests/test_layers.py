"""Imports point one way, and a heavy library is used in its own room only."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "care_metrics"
LEVELS = (
    ("errors",),
    ("settings", "schema"),
    ("scope", "filters"),
    ("sources", "privacy", "store", "models", "pillars", "warehouse", "kpis", "statistics", "demo"),
    ("access", "measured", "states", "reviews"),
    ("kept", "outcome"),
    ("measure", "risk"),
    ("changes", "contacts", "mix", "data_quality", "model_versions", "exports", "calibration"),
    ("evidence", "associations", "standouts", "attention", "voices", "model_error"),
    ("coaching",),
    ("ranking", "sampling"),
    ("pace_and_care",),
    ("charts", "reports"),
    ("ui",),
    ("commands",),
    ("__main__",),
)
LEVEL = {room: level for level, rooms in enumerate(LEVELS) for room in rooms}
ROOMS_OF = {
    "duckdb": {"warehouse"},
    "deltalake": {"store"},
    "torch": {"models"},
    "transformers": {"models"},
    "safetensors": {"models"},
    "tokenizers": {"models"},
    "py3langid": {"models"},
    "streamlit": {"ui"},
    "sqlalchemy": {"reviews"},
    "alembic": {"reviews"},
    "xlsxwriter": {"exports"},
    "presidio_analyzer": {"privacy"},
    "spacy": {"privacy"},
    "scipy": {"statistics", "models"},
    "statsmodels": {"statistics"},
    "sklearn": {"statistics", "models"},
}
MODULES = sorted(PACKAGE.rglob("*.py"))


def imports_of(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


def room_of(path: Path) -> str:
    first = path.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_one_way(path: Path) -> None:
    room = room_of(path)
    if room == "__init__":
        return
    assert room in LEVEL, f"{room} has no level: say in this test what it may import"
    for name in imports_of(path):
        parts = name.split(".")
        if parts[0] == "care_metrics" and len(parts) > 1 and parts[1] != room:
            assert LEVEL[parts[1]] < LEVEL[room], f"{path.name} in {room} imports {name}, which does not lie below it"


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_heavy_library_stays_in_its_room(path: Path) -> None:
    for name in imports_of(path):
        library = name.split(".")[0]
        if library in ROOMS_OF:
            assert room_of(path) in ROOMS_OF[library], f"{library} belongs into {ROOMS_OF[library]}"


@pytest.mark.parametrize(
    "path", [*sorted((ROOT / "pages").rglob("*.py")), ROOT / "frame.py"], ids=lambda path: path.name
)
def test_a_page_selects_and_opens_nothing_itself(path: Path) -> None:
    for name in imports_of(path):
        parts = name.split(".")
        assert parts[0] not in ROOMS_OF or parts[0] == "streamlit"
        assert parts[:2] not in (["care_metrics", "store"], ["care_metrics", "warehouse"], ["care_metrics", "models"])


def test_pages_lie_one_level_down() -> None:
    assert not list((ROOT / "pages").glob("*.py")), "a flat pages/ breaks st.navigation on a cold deep link"


def test_no_room_is_called_after_nothing() -> None:
    empty = {"utils", "helpers", "common", "base", "manager", "misc"}
    assert not [path for path in MODULES if path.stem in empty or path.parent.name in empty]
