"""Colour says something only where it is a signal, and is seen on both papers."""

import pytest

from care_metrics.charts import theme
from care_metrics.settings import ROOT


@pytest.mark.parametrize(
    ("difference", "verdict", "better", "expected"),
    [
        (6.0, "clear", "higher", "good"),
        (-6.0, "clear", "higher", "bad"),
        (6.0, "clear", "lower", "bad"),
        (-6.0, "clear", "lower", "good"),
        (6.0, "chance", "higher", "plain"),
        (6.0, None, "higher", "plain"),
        (6.0, "clear", "neither", "plain"),
        (None, None, "higher", "plain"),
    ],
)
def test_only_a_clear_change_is_coloured(difference: float, verdict: str, better: str, expected: str) -> None:
    assert theme.tone(difference, verdict, better) == expected


@pytest.mark.parametrize(
    ("label", "shown"),
    [
        ('<a href="http://evil.example">site</a>', "site"),
        ("<b>bold</b> & <img src=x onerror=alert(1)>", "bold &"),
        ("half <a open", "half"),
        ("3 < 4", "3"),
        ("Bogotá", "Bogotá"),
    ],
)
def test_markup_never_reaches_a_label(label: str, shown: str) -> None:
    assert theme.plain(label) == shown
    assert "<" not in theme.plain(label)


@pytest.mark.parametrize("mark", [theme.CARE, theme.EFFICIENCY, theme.ALARM])
@pytest.mark.parametrize("paper", ["#FFFFFF", "#141B1F"])
def test_marks_stand_out_on_light_and_dark_paper(mark: str, paper: str) -> None:
    """WCAG 2.1, 1.4.11: graphical objects need a contrast of 3:1."""
    light, dark = sorted((luminance(mark), luminance(paper)), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 3


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_no_button_is_filled_with_the_accent() -> None:
    """Streamlit writes on it in white in both themes: 2.2 to 1 on the dark theme's, where 4.5 is asked."""
    sources = [path for room in ("care_metrics", "pages") for path in (ROOT / room).rglob("*.py")]
    assert len(sources) > 100
    assert [str(path) for path in sources if 'type="primary"' in path.read_text()] == []
