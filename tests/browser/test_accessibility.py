"""Every page by axe-core's rules for WCAG 2.2 A and AA: contrast, names, roles, order; in both themes."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browser.conftest import Visit
from tests.browser.npm import fetched
from tests.browser.signed_in import Person, settled, sign_in
from tests.browser.test_browser import PATHS
from tests.browser.test_matrix import SIDEWAYS, WIDTHS

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


def test_the_pages_of_an_administrator_break_none_either(person: Callable[[], Person], axe: str) -> None:
    """Nobody sees these two without signing in, and nobody but an administrator then."""
    adam, broken = person(), []
    sign_in(adam.page, adam.site, "adam")
    for theme in ("light", "dark"):
        adam.page.emulate_media(color_scheme=theme)  # ty: ignore[invalid-argument-type]
        for path in ("/access", "/audit"):
            adam.page.set_viewport_size({"width": WIDTHS[0], "height": 900})
            adam.open(path)
            adam.page.evaluate(axe)
            broken += [f"{path} {line}" for line in adam.page.evaluate(RUN, [RULES, NOT_OURS])]
            for width in WIDTHS:
                adam.page.set_viewport_size({"width": width, "height": 900})
                settled(adam.page)
                sideways = adam.page.evaluate(SIDEWAYS)
                broken += [f"{path} scrolls sideways at {width} in the {theme} theme"] if sideways else []
    assert not broken, "\n".join(broken)
