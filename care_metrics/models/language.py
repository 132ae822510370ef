"""The language of a contact where its export does not say it, from its own words, offline (py3langid)."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

# What a centre of ours is likely to hear; restricted, since short texts look like any of a hundred languages.
LANGUAGES = ("de", "en", "es", "fr", "it", "pt")
# Below either the language stays unknown: of 1,157 distinct English turns of this length none was then taken for another.
FEWEST_LETTERS, SUREST = 20, 0.95
_PLACEHOLDER = re.compile(r"<\w+(?::\w+)?>")


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    found = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    found.set_languages(list(LANGUAGES))
    return found


def languages_of(texts: Sequence[str]) -> Iterator[str | None]:
    """ISO 639-1 code of each text, None where it is too short or too uncertain to tell; redaction marks do not count."""
    for text in texts:
        words = _PLACEHOLDER.sub(" ", text)
        if sum(char.isalpha() for char in words) < FEWEST_LETTERS:
            yield None
            continue
        code, probability = _identifier().classify(words)
        yield code if probability >= SUREST else None
