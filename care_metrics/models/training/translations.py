"""English training texts in rough Spanish and Portuguese, by rules on this machine (Apertium, from Debian's packages).

Apertium and its dictionaries are GPL-2+; they are a tool of the training and nothing of them ships. Its word order is
English and its grammar poor, but the words of feeling arrive, and the labels hold.
"""

import random
import re
import shutil
import subprocess
import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from care_metrics.errors import ModelUnavailable
from care_metrics.models.training.base_encoder import REPLACEMENTS

PACKAGES = "apertium apertium-eng-spa apertium-es-pt"
# Portuguese by way of Spanish: the two are close, and no package goes from English to it.
MODES = {"es": ("eng-spa",), "pt": ("eng-spa", "es-pt_BR")}
_NAMED = re.compile(r"\[(?:NAME|RELIGION)\]")
_SPACE = re.compile(r"\s+")


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], tuple[str, ...]]:
    phrases: list[str] = sorted(_table()["phrases"], key=len, reverse=True)
    words = re.compile(r"\b(" + "|".join(_table()["written_out"]) + r")\b(?!')", re.IGNORECASE)
    return words, re.compile(r"\b(" + "|".join(map(re.escape, phrases)) + r")\b(?!')", re.IGNORECASE), tuple(phrases)


def translated(texts: Sequence[str], language: str, seed: int) -> list[str]:
    """Each English text in `language` (es or pt), in order. Raises ModelUnavailable where Apertium is not installed."""
    if shutil.which("apertium") is None:
        raise ModelUnavailable(f"translations: the program apertium is not installed; apt-get install {PACKAGES}.")
    lines = [plain(text) for text in texts]
    for mode in MODES[language]:
        lines = _apertium(lines, mode)
    rng = random.Random(f"{language} {seed}")
    return [_phrased(line, language, rng) for line in lines]


def plain(text: str) -> str:
    """One line in written English with code words for the phrases, and a full stop that keeps it off the next line."""
    for old, new in REPLACEMENTS:
        text = re.sub(old, new, text)
    words, phrases, names = _patterns()
    text = words.sub(lambda found: _table()["written_out"][found[0].lower()], _NAMED.sub("Ana", text))
    text = phrases.sub(lambda found: f"Qz{names.index(found[0].lower()):03d}", text)
    return _SPACE.sub(" ", text).strip() + "."


def _phrased(line: str, language: str, rng: random.Random) -> str:
    """The code words as one of the phrases of the language."""
    names, column = _patterns()[2], list(MODES).index(language)

    def phrase(found: re.Match[str]) -> str:
        return rng.choice(_table()["phrases"][names[int(found[1])]][column])

    return _SPACE.sub(" ", re.sub(r"Qz(\d{3})", phrase, line).removesuffix(".")).strip()


def _apertium(lines: Sequence[str], mode: str) -> list[str]:
    command = ["apertium", "-u", "-f", "line", mode]
    run = subprocess.run(command, input="\n".join(lines) + "\n", capture_output=True, text=True, check=False)
    found = run.stdout.split("\n")[:-1]
    if run.returncode or len(found) != len(lines):
        raise ModelUnavailable(
            f"translations: apertium {mode} gave {len(found)} lines for {len(lines)}; apt-get install {PACKAGES}."
        )
    return found
