"""Every page by axe-core's rules for WCAG 2.2 A and AA: contrast, names, roles, order; in both themes."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browser.conftest import Visit
from tests.browser.npm import fetched
from tests.browser.test_browser import PATHS

pytestmark = pytest.mark.browser
AXE = Path(__file__).parent.parent / "axe"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# Streamlit's own: the pages in the side bar are list items in divisions, and the parts of a date stand closer than 24 px.
NOT_OURS = ["[data-testid=stSidebarNav]", "[data-testid=stDateInput]"]
# What a broken rule asks for, where, and why it is broken.
RUN = """([rules, exclude]) => axe.run({ exclude }, { runOnly: rules, resultTypes: ['violations'] }).then(found =>
    found.violations.flatMap(one => one.nodes.map(node =>
        `${one.id}: ${one.help}: ${node.target.join(' ')} ${node.html.slice(0, 160)} ${node.any.map(a => a.message).join('; ').slice(0, 200)}`)))"""
Visiting = Callable[..., Visit]


@pytest.fixture(scope="module")
def axe() -> str:
    """The text of axe-core, which is run in the page: no page of ours loads it."""
    return (fetched(AXE) / "axe-core" / "axe.min.js").read_text()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_page_breaks_a_rule_of_accessibility(visit: Visiting, base: str, axe: str, theme: str) -> None:
    seen, broken = visit(base, theme), []
    for path in PATHS:
        seen.open(path)
        seen.page.evaluate(axe)
        broken += [f"{path} {line}" for line in seen.page.evaluate(RUN, [RULES, NOT_OURS])]
    assert not broken, "\n".join(broken)
