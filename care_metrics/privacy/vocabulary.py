"""What kind of word a word is: a given name, a surname, a word that can be either, unknown, or plain language.

Given names and surnames come from Faker's lists of some eighty locales, plain words from pyspellchecker's frequency
lists of English, Spanish and Portuguese, further Spanish forms from simplemma; all are packages, nothing is downloaded.
"""

import gzip
import json
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from importlib import import_module, resources
from pkgutil import iter_modules
from string import ascii_lowercase
from typing import Literal

from care_metrics.privacy.folding import fold
from care_metrics.privacy.word_lists import listed, words

Sort = Literal["given", "surname", "either", "unknown", "word"]
LANGUAGES = ("en", "es", "pt")
# Uses in the word lists above which a listed name is taken for a word first.
_WORD_FROM = {"en": 200, "es": 300, "pt": 300}
_TOO_FREQUENT = 15_000
SHORTEST_NAME = 3
# (longest word, uses of a neighbour that make the word a slip of the pen)
_SLIP_OF = ((4, 20_000), (6, 8_000), (8, 2_000), (10**9, 300))
_CLITICS = ("le", "les", "lo", "los", "la", "las", "me", "te", "se", "nos")
_ACCENTS = dict(zip("aeioun", "áéíóúñ", strict=True))
_PREFIXES = ("re", "un", "pre", "over", "dis", "mis", "co")
_ENDINGS = tuple(words("ed ing ly tion tions ous able ible ness ment less ful mente cion ando iendo"))


@cache
def _counts(language: str) -> dict[str, int]:
    """Plain word -> uses in film and television subtitles."""
    file = resources.files("spellchecker") / "resources" / f"{language}.json.gz"
    return {fold(word).lower: uses for word, uses in json.loads(gzip.decompress(file.read_bytes())).items()}


@cache
def word_counts() -> dict[str, int]:
    """Plain word -> uses, the largest of the three languages."""
    counts = dict(_counts("en"))
    for language in LANGUAGES[1:]:
        for word, uses in _counts(language).items():
            if uses > counts.get(word, 0):
                counts[word] = uses
    return counts


@cache
def _name_lists() -> tuple[frozenset[str], frozenset[str]]:
    """(given names, surnames) of all locales, plain and split at spaces."""
    given: set[str] = set()
    family: set[str] = set()
    package = import_module("faker.providers.person")
    for module in iter_modules(package.__path__):
        provider = import_module(f"{package.__name__}.{module.name}").Provider
        for attribute in dir(provider):
            names = (
                given if attribute.startswith("first_name") else family if attribute.startswith("last_name") else None
            )
            listed = getattr(provider, attribute)
            if names is not None and isinstance(listed, Iterable) and not isinstance(listed, str):
                names.update(part for name in listed if isinstance(name, str) for part in fold(name).lower.split())
    return frozenset(filter(_is_name, given)), frozenset(filter(_is_name, family))


def _is_name(part: str) -> bool:
    return len(part) >= SHORTEST_NAME and part.isascii() and part.replace("'", "").replace("-", "").isalpha()


@cache
def _common_words() -> frozenset[str]:
    """Words that are no name unless something says so."""
    common = set(listed("chat") | listed("not_people") | listed("place_names"))
    for language, least in _WORD_FROM.items():
        common.update(word for word, uses in _counts(language).items() if uses >= least)
    return frozenset(common - listed("name_first") - listed("surname_first"))


@cache
def given_names() -> frozenset[str]:
    """Given names that are no common word: a person wherever they stand."""
    return (_name_lists()[0] | listed("name_first")) - _common_words()


@cache
def surnames() -> frozenset[str]:
    """Surnames that are no common word."""
    return (_name_lists()[1] | listed("surname_first")) - _common_words() - given_names()


@cache
def either() -> frozenset[str]:
    """Words that are also somebody's name."""
    given, family = _name_lists()
    counts = word_counts()
    named = ((given | family | listed("surname_words") | listed("short_names")) & _common_words()) - listed("chat")
    return frozenset(
        w
        for w in named
        if counts.get(w, 0) < _TOO_FREQUENT or w in listed("frequent_names") or w in listed("surname_words")
    )


@lru_cache(maxsize=200_000)
def sort_of(word: str) -> Sort:
    """The kind of a plain lower-case word; of a hyphenated or apostrophed one, that of its telling part."""
    if word in given_names():
        return "given"
    if word in surnames():
        return "surname"
    if word in either():
        return "either"
    if word in word_counts() or word in listed("chat") or word in listed("not_people") or len(word) < SHORTEST_NAME:
        return "word"
    for mark in "'-":
        if mark in word:
            sorts = [sort_of(part) for part in word.split(mark) if len(part) > SHORTEST_NAME] or ["unknown"]
            return next(
                (sort for sort in ("given", "surname", "unknown") if sort in sorts and "word" not in sorts), "word"
            )
    return "unknown"


@lru_cache(maxsize=100_000)
def is_spanish(word: str) -> bool:
    """Whether it is a Spanish form, which the frequency lists often lack, its accent written or not."""
    from simplemma import is_known

    if is_known(word, lang="es"):
        return True
    for clitic in _CLITICS:  # servirle, llamarme, enviandolo
        stem = word.removesuffix(clitic)
        if stem != word and stem.endswith(("ar", "er", "ir", "ando", "iendo")):
            return True
    accented = (
        word[:place] + _ACCENTS[char] + word[place + 1 :] for place, char in enumerate(word) if char in _ACCENTS
    )
    return any(is_known(form, lang="es") for form in accented)


def is_typo(word: str) -> bool:
    """Whether an unknown word is rather a form of a known one: one letter from a frequent word, or by its ending."""
    if len(word) < SHORTEST_NAME or word in listed("chat") or is_form(word):
        return True
    least = next(uses for longest, uses in _SLIP_OF if len(word) <= longest)
    counts = word_counts()
    return any(counts.get(near, 0) >= least for near in _one_letter_away(word))


def is_form(word: str) -> bool:
    """Whether the word is a known one with an ending and perhaps a prefix: "rebooked", not "xiaoming"."""
    ending = next((ending for ending in _ENDINGS if word.endswith(ending)), None)
    if ending is None:
        return False
    counts = word_counts()
    stems = [word.removesuffix(ending)]
    stems += [stems[0].removeprefix(prefix) for prefix in _PREFIXES]
    return any(len(form) > 2 and form in counts for stem in stems for form in (stem, stem + "e", stem[:-1]))


def is_rare(word: str, uses: int) -> bool:
    """Whether a plain word is so rare that a name is likelier."""
    if len(word) < SHORTEST_NAME or word in listed("not_people") or word in listed("chat"):
        return False
    return 0 < word_counts().get(word, 0) < uses and not is_form(word)


def _one_letter_away(word: str) -> Iterator[str]:
    """All deletions, swaps, replacements and insertions (Norvig, "How to write a spelling corrector", 2007)."""
    for place in range(len(word) + 1):
        head, tail = word[:place], word[place:]
        if tail:
            yield head + tail[1:]
            yield from (head + letter + tail[1:] for letter in ascii_lowercase)
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
        yield from (head + letter + tail for letter in ascii_lowercase)
