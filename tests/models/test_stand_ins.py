"""A model reads a redaction mark as what stood there."""

import pytest

from care_metrics.models.stand_ins import STAND_INS, filled_in
from care_metrics.privacy.spans import KINDS


def test_marks_with_and_without_pseudonym_are_filled_in_and_other_brackets_stay() -> None:
    assert filled_in("thank you, <name>.") == filled_in("thank you, <name:0a1b2c3d>.") == "thank you, Wendell."
    assert filled_in("a < b <other> <br>") == "a < b <other> <br>"


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_mark_has_a_stand_in(kind: str) -> None:
    assert kind in STAND_INS
