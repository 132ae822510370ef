"""Collects every text that readers see and adds what a catalogue lacks: `python -m care_metrics.ui.extract es`."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

from care_metrics.coaching.skills import SKILLS
from care_metrics.kpis import CATALOGUE, PARTS
from care_metrics.pillars import ITEMS, REASONS
from care_metrics.sources.formats import formats
from care_metrics.ui.text import catalogue_file

ROOT = Path(__file__).parent.parent.parent
SOURCES = ("frame.py", "pages", "care_metrics/ui")
MARKERS = {"_", "noted", "ngettext"}

HEADER = r"""msgid ""
msgstr ""
"Project-Id-Version: care_metrics\n"
"Language: {language}\n"
"Plural-Forms: {plural}\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=utf-8\n"
"Content-Transfer-Encoding: 8bit\n"

"""

Message = str | tuple[str, str]


def source_files() -> list[Path]:
    """The files whose texts readers see."""
    found = [ROOT / source for source in SOURCES]
    return sorted(file for path in found for file in ([path] if path.is_file() else path.rglob("*.py")))


def messages() -> set[Message]:
    """Every message of code, KPI catalogue, rubric, skills and formats; a pair is a singular with its plural."""
    found: set[Message] = {message for file in source_files() for message in _marked(file)}
    for entry in (CATALOGUE | PARTS).values():
        found |= {entry.label, entry.question, entry.formula}
    for skill in SKILLS:
        found |= {skill.label, skill.question}
    for item in ITEMS:
        found |= {text for text in (item.seen, item.unseen) if text}
    found |= {kind.label for kind in formats().values()}
    return found | {meaning for _reason, meaning in REASONS}


def _marked(file: Path) -> Iterator[Message]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKERS:
            texts = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
            if texts:
                yield (texts[0], texts[1]) if node.func.id == "ngettext" else texts[0]


def complete(language: str) -> int:
    """Add the missing messages to a catalogue, drop what nobody says any more; how many are untranslated."""
    from babel.messages.pofile import read_po, write_po

    file = catalogue_file(language)
    with file.open("rb") as stream:
        catalogue = read_po(stream, locale=language)
    wanted = messages()
    singulars = {message[0] if isinstance(message, tuple) else message for message in wanted}
    for old in [entry.id for entry in catalogue if entry.id]:
        if (old[0] if isinstance(old, tuple) else old) not in singulars:
            catalogue.delete(old)
    for message in wanted:
        if message not in catalogue:
            catalogue.add(message)
    with file.open("wb") as stream:
        stream.write(HEADER.format(language=language, plural=catalogue.plural_forms).encode())
        write_po(stream, catalogue, sort_output=True, width=120, omit_header=True)
    return sum(not entry.string or not all(entry.string) for entry in catalogue if entry.id)


if __name__ == "__main__":
    for name in sys.argv[1:]:
        print(f"{catalogue_file(name)}: {complete(name)} messages untranslated")
