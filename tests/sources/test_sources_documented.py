"""docs/sources.md names every format, shipped mapping and field of a mapping, and how far each is to be trusted."""

from pathlib import Path

import pytest

from care_metrics.sources.mapping_file import Rule, load, shipped
from care_metrics.sources.readers import READERS

TEXT = (Path(__file__).resolve().parents[2] / "docs" / "sources.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("reader", READERS, ids=[reader.name for reader in READERS])
def test_every_format_is_documented_with_its_confidence(reader):
    [line] = [line for line in TEXT.splitlines() if line.startswith("|") and reader.name in line.split("|")[1]]
    assert line.endswith(f"| {reader.confidence} |")


def test_every_shipped_mapping_is_documented_with_its_confidence():
    plain = TEXT.replace("\n", " ")
    assert all(f"`{name}` ({mapping.confidence})" in plain for name, mapping in shipped().items())


@pytest.mark.parametrize("field", Rule.model_fields)
def test_every_field_of_a_rule_is_documented(field):
    assert f"`{field}`" in TEXT


def test_the_example_is_a_sound_mapping(write):
    example = TEXT.split("```yaml\n")[1].split("```")[0]
    assert set(load(write("m.yaml", example)).tables) == {"interactions", "turns"}
