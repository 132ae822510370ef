"""The page of rules says what the records say."""

from care_metrics.commands.pillars_page import PAGE, rendered
from care_metrics.pillars import GATES, ITEMS
from care_metrics.schema import PILLARS


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text("utf-8") == rendered(), "run python -m care_metrics.commands.pillars_page"


def test_every_item_and_gate_is_on_the_page() -> None:
    text = rendered()
    assert all(f"`{name}`" in text for name in [*GATES, *(item.name for item in ITEMS)])


def test_names_are_unique_and_pillars_known() -> None:
    assert len({item.name for item in ITEMS}) == len(ITEMS)
    assert {item.pillar for item in ITEMS} == set(PILLARS)
    assert all(item.seen or item.harmful for item in ITEMS)
