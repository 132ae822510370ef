"""Every visible text passes through gettext, and the Spanish catalogue says all of them."""

import ast
import re
import string
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from care_metrics.reviews.permissions import MAY
from care_metrics.ui.extract import ROOT, messages, source_files
from care_metrics.ui.text import LANGUAGES, catalogue_file, language, ngettext, speaking, translated
from care_metrics.ui.text import _ as say

SPOKEN = {"_", "noted", "ngettext"}
# A capital and small letters, or several words: what a reader would take for words. Codes and keys are neither.
WORDS = re.compile(r"^[A-Z][a-z]+|[A-Za-z]{2,} [A-Za-z]{2,}")
# Not for readers: languages name themselves; a command is typed as it stands; formats and keys are for machines.
MACHINE = {
    "frame.py": {"About"},
    "text.py": {"English", "Español"},
    "notices.py": {"python -m care_metrics demo\npython -m care_metrics ingest EXPORT --client NAME"},
    "format.py": {"d MMM", "d MMM y", "d MMM y, HH:mm", "d MMM, HH:mm"},
    # The reasons as they are stored; what is shown for them is translated.
    "data_coverage.py": {"no text", "no words", "model gave no finite score"},
    "database.py": {"Database", "Written"},
    "live.py": {"Given"},
    "doorstep.py": {"Rights cannot be looked up: %s"},
    "queue.py": {"see reviews"},
    # The acts as the log stores them; what is shown for them is translated.
    "access.py": {"grant rights"},
    "audit_log.py": {
        *("view transcript", "quote transcript"),
        *("ask for an unknown contact", "grant right", "revoke right", "read the audit log"),
        *("set target", "remove target"),
    },
    "recorded.py": None,
    "extract.py": None,
    # What stops the start, and what HTTP says: for whoever runs the machine.
    "mode.py": None,
    "headers.py": None,
    "middleware.py": None,
}


def visible_literals(file: Path) -> list[str]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    silent: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SPOKEN:
            silent |= {id(child) for child in ast.walk(node)}
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            silent.add(id(node.value))
        if isinstance(node, ast.AnnAssign):
            silent |= {id(child) for child in ast.walk(node.annotation)}
    literals = [
        n for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str) and id(n) not in silent
    ]
    return [node.value for node in literals if WORDS.search(node.value)]


@pytest.mark.parametrize("file", source_files(), ids=lambda file: str(file.relative_to(ROOT)))
def test_no_word_reaches_the_screen_past_gettext(file: Path) -> None:
    allowed = MACHINE.get(file.name, set())
    if allowed is not None:
        # What a role may do has its name in the code; readers see a sentence about it.
        assert [text for text in visible_literals(file) if text not in allowed | set(MAY)] == []


def test_the_lint_sees_a_forgotten_word(tmp_path: Path) -> None:
    file = tmp_path / "page.py"
    file.write_text(
        '"""Doc string of the page."""\nst.title("Care scorecard")\nst.title(_("Care scorecard"))\nst.button("Save")\n'
    )
    assert visible_literals(file) == ["Care scorecard", "Save"]


@pytest.mark.parametrize("file", source_files(), ids=lambda file: str(file.relative_to(ROOT)))
def test_a_message_is_one_literal(file: Path) -> None:
    """gettext knows neither f-strings nor sums: a sentence is one template, filled afterwards."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SPOKEN:
            texts = node.args[:2] if node.func.id == "ngettext" else node.args[:1]
            assert all(isinstance(text, ast.Constant) for text in texts), f"line {node.lineno}"


@pytest.mark.parametrize("name", [name for name in LANGUAGES if name != "en"])
def test_the_catalogue_says_everything_and_nothing_else(name: str) -> None:
    with catalogue_file(name).open("rb") as file:
        entries = {
            tuple(e.id) if isinstance(e.id, list | tuple) else e.id: e for e in read_po(file, locale=name) if e.id
        }
    assert set(entries) == messages(), f"run python -m care_metrics.ui.extract {name}"
    assert [key for key, entry in entries.items() if not entry.string or not all(entry.string) or entry.fuzzy] == []


@pytest.mark.parametrize("name", [name for name in LANGUAGES if name != "en"])
def test_a_translation_keeps_the_blanks_of_its_template(name: str) -> None:
    with catalogue_file(name).open("rb") as file:
        for entry in read_po(file, locale=name):
            originals = entry.id if isinstance(entry.id, list | tuple) else [entry.id]
            said = entry.string if isinstance(entry.string, list | tuple) else [entry.string]
            assert {field for text in said for field in blanks(text)} == {
                field for text in originals for field in blanks(text)
            }


def blanks(text: str) -> set[str]:
    return {field for _literal, field, _spec, _conversion in string.Formatter().parse(text) if field is not None}


def test_plurals_and_languages() -> None:
    with speaking("es"):
        assert say("All data") == "Todos los datos"
        assert ngettext("{n} answer", "{n} answers", 1) == "{n} respuesta"
        assert translated("Sentiment") == "Sentimiento"
    with speaking("en"):
        assert say("All data") == "All data"
        assert ngettext("{n} answer", "{n} answers", 2) == "{n} answers"
    assert language() == "en"


@pytest.mark.parametrize("code", [code for code in LANGUAGES if code != "en"])
def test_no_translation_says_itself_twice(code: str) -> None:
    with catalogue_file(code).open("rb") as file:
        catalogue = read_po(file)
    told = [one for entry in catalogue for one in ([entry.string] if isinstance(entry.string, str) else entry.string)]
    assert [
        text for text in told if len(text) > 20 and text[: len(text) // 2].strip() == text[len(text) // 2 :].strip()
    ] == []
