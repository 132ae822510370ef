"""The words on the screen: English in the code, other languages in locales/<language>/LC_MESSAGES/*.po.

Add a language: one line in LANGUAGES and its catalogue (`python -m care_metrics.ui.extract` writes what is missing).
The .po file is compiled in memory at first use, so no binary catalogue can go stale.
"""

from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

LANGUAGES = {"en": "English", "es": "Español"}
DEFAULT_LANGUAGE = "en"
LANGUAGE_KEY = "lang"
LOCALES = Path(__file__).parent / "locales"

_spoken: ContextVar[str | None] = ContextVar("spoken", default=None)


def catalogue_file(language: str) -> Path:
    """Where the translations of a language lie."""
    return LOCALES / language / "LC_MESSAGES" / "care_metrics.po"


@cache
def _translations(language: str) -> NullTranslations:
    if language == DEFAULT_LANGUAGE:
        return NullTranslations()
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = BytesIO()
    with catalogue_file(language).open("rb") as file:
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    return GNUTranslations(compiled)


@contextmanager
def speaking(language: str) -> Generator[None]:
    """Within the block everything is said in that language, whatever the reader chose."""
    token = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(token)


def language() -> str:
    """The language of this run: the reader's choice, which the URL carries, else the default."""
    return _spoken.get() or _chosen() or DEFAULT_LANGUAGE


def _chosen() -> str | None:
    """Asked of the session each time, because a fragment runs on without the frame that drew the picker."""
    import streamlit as st
    from streamlit.runtime.scriptrunner import get_script_run_ctx

    if get_script_run_ctx(suppress_warning=True) is None:
        return None
    chosen = st.session_state.get(LANGUAGE_KEY)
    return chosen if chosen in LANGUAGES else None


def _(message: str) -> str:
    """The message in the reader's language; always called with one literal, a whole sentence or label."""
    return _translations(language()).gettext(message)


def ngettext(singular: str, plural: str, n: int) -> str:
    """The message in the number that n asks for."""
    return _translations(language()).ngettext(singular, plural, n)


def noted(message: str) -> str:
    """Marks a literal for translation where it is written down; `translated` says it when it is shown."""
    return message


def translated(message: str) -> str:
    """A noted message, or a label of the KPI catalogue, in the reader's language."""
    return _translations(language()).gettext(message) if message else ""
