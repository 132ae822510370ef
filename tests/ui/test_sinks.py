"""Text out of the data goes only where it stays text (st.markdown, labels and st.table fetch images and draw links)."""

import ast
import re
from pathlib import Path

import pytest

from care_metrics.ui.extract import ROOT, source_files

COMPONENTS = ROOT / "care_metrics" / "ui" / "components"
# Streamlit calls whose first argument is rendered as markdown or HTML.
MARKDOWN = {
    "markdown",
    "write",
    "caption",
    "title",
    "header",
    "subheader",
    "error",
    "warning",
    "info",
    "success",
    "toast",
}
BANNED = {"html", "table", "latex", "badge", "echo"}


def calls(file: Path) -> list[tuple[str, ast.Call]]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return [
        (node.func.attr, node)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    ]


def is_ours(node: ast.expr) -> bool:
    """A literal, a translated one, or a label of the catalogue or of the page list: never a value out of a frame."""
    if isinstance(node, ast.Constant):
        return True
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        return node.func.id in {"_", "translated"}
    return ast.unparse(node) == "page.title"


@pytest.mark.parametrize("file", source_files(), ids=lambda file: str(file.relative_to(ROOT)))
def test_no_unsafe_sink(file: Path) -> None:
    for name, node in calls(file):
        assert name not in BANNED or not ast.unparse(node).startswith("st."), f"st.{name} at line {node.lineno}"
        assert not any(keyword.arg == "unsafe_allow_html" for keyword in node.keywords), f"line {node.lineno}"
        if name in MARKDOWN and ast.unparse(node).startswith("st."):
            assert is_ours(node.args[0]), f"st.{name} at line {node.lineno} would render data as markdown"


@pytest.mark.parametrize("script", sorted(COMPONENTS.glob("*.js")), ids=lambda file: file.name)
def test_a_component_sets_text_only(script: Path) -> None:
    text = re.sub(r"//.*", "", script.read_text(encoding="utf-8"))
    for sink in (
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        "DOMParser",
        "createContextualFragment",
        "srcdoc",
    ):
        assert sink not in text, f"{script.name} uses {sink}"


@pytest.mark.parametrize(
    "asset", sorted([*COMPONENTS.glob("*.js"), *COMPONENTS.glob("*.css")]), ids=lambda file: file.name
)
def test_a_component_fetches_nothing(asset: Path) -> None:
    text = asset.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
    assert not re.search(r"https?:|url\(|@import|fetch\(|XMLHttpRequest|WebSocket", text)


@pytest.mark.parametrize("asset", sorted(COMPONENTS.glob("*.css")), ids=lambda file: file.name)
def test_a_component_has_no_colour_of_its_own(asset: Path) -> None:
    """Light and dark come from the theme's variables; only a shadow may be black."""
    text = asset.read_text(encoding="utf-8").replace("rgb(0 0 0 / 18%)", "")
    assert not re.search(r"#[0-9a-fA-F]{3,8}\b|rgba?\(|hsla?\(", text)


@pytest.mark.parametrize("page", sorted((ROOT / "pages").rglob("*.py")), ids=lambda file: file.name)
def test_a_page_has_no_sum_no_session_and_no_colour(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    tree = ast.parse(text)
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.BinOp)], "arithmetic"
    assert "session_state" not in text
    assert "SELECT" not in text
    assert not re.search(r"#[0-9A-Fa-f]{6}", text)
    assert (ast.get_docstring(tree) or "").startswith("For "), "the docstring names the reader and the question"
    assert (ast.get_docstring(tree) or "").endswith("?") or ":" in (ast.get_docstring(tree) or "")


def test_a_fragment_asks_again_who_is_there() -> None:
    """st.fragment runs without the frame and its question who asks: use care_metrics.ui.live.fragment."""
    found = {
        file.name for file in source_files() if re.search(r"@st\.fragment|(=|return) st\.fragment", file.read_text())
    }
    assert found <= {"live.py", "doorstep.py"}, "use care_metrics.ui.live.fragment"
