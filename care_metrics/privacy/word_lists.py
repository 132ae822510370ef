"""Lists of words: short ones written in the modules, long ones in lists/*.txt ('#' begins a comment)."""

from functools import cache
from importlib import resources


def words(text: str) -> frozenset[str]:
    """The words of a text, parted by spaces."""
    return frozenset(text.split())


@cache
def listed(name: str) -> frozenset[str]:
    """The words of lists/<name>.txt."""
    lines = (resources.files("care_metrics.privacy") / "lists" / f"{name}.txt").read_text("utf-8").splitlines()
    return words(" ".join(line for line in lines if not line.startswith("#")))
