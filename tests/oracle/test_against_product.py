"""Random centres through ingest and kpis, every KPI against the recount to 1e-9."""

import random
from pathlib import Path

import pytest

from .centres import centre, halves, write
from .facts import Centre
from .product import ask, differences, ingest, opened
from .questions import asked_of, questions
from .recount import Answer, Question, answer

SEEDS = (0, 2)
QUESTIONS = 4


def delivered(folder: Path, seed: int) -> tuple[Path, list[Centre]]:
    """A store with two clients of different zones whose ids collide, delivered in parts and formats by chance."""
    rng, store = random.Random(seed), folder / "store"
    centres = [centre(seed), centre(seed + 4, "beta", legs=40)]
    for one in centres:
        for number, part in enumerate(halves(one.raw, rng)):
            jsonl = [table for table in part if rng.random() < 0.3]
            ingest(store, write(part, folder / f"{one.client}{number}", jsonl), one.client, one.zone)
    return store, centres


def disagreements(found: dict[str, Answer], centres: list[Centre], question: Question) -> list[str]:
    return [line for name in found for line in differences(name, answer(name, centres, question), found[name])]


@pytest.mark.parametrize("seed", SEEDS)
def test_every_kpi_agrees_with_the_recount(tmp_path: Path, seed: int):
    store, centres = delivered(tmp_path, seed)
    rng = random.Random(seed)
    total, *asked = questions(rng, centres)
    clients = [one.client for one in centres]
    assert not disagreements(ask(store, asked_of(total), total, clients), centres, total)
    for some in (centres, centres[:1], centres[1:]):
        asking = opened(store, [one.client for one in some])
        for question in rng.sample(asked, QUESTIONS):
            assert not disagreements(asking(asked_of(question), question), some, question), question
