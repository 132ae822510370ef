"""The words of a text, each with what tells whether it is a name."""

import re
from typing import NamedTuple

from care_metrics.privacy.folding import Folded
from care_metrics.privacy.name_cues import TOLD, sureness
from care_metrics.privacy.roster import WORD, Roster
from care_metrics.privacy.vocabulary import Sort, either, given_names, is_spanish, surnames, word_counts
from care_metrics.privacy.word_lists import words as words_of

RARE_WHEN_TOLD = 1_000  # after "my name is" a plain word of fewer uses is a name
_LONGEST_CODE = 6  # letters of an airport or a booking
LONGEST_ANSWER = 8  # words of a turn that answers "your name, please?"
# Words of the cues after which a rare plain word is taken for a name.
_BEFORE_NAMES = words_of(
    "name names name's llamo llama nombre apellido apellidos surname mr mrs ms miss dr sr sra srta don dona doctor senor senora "
    "hi hello hey hola dear thanks thank gracias bye goodbye morning afternoon evening welcome much spoke spoken speak speaking "
    "talk talked talking ask asked tell told agent rep representative supervisor manager advisor agente asesor asesora tecnico "
    "husband wife son daughter mother father brother sister friend esposo esposa hijo hija hermano hermana con habla named called"
)
_TAGS = ("@", "#")
_SPANISH = re.compile(
    r"(?<![^\W_])(?:que|por|con|para|los|las|una|del|muy|pero|gracias|hola|yo|el|la|mi|su|es|en|de|buenas|buenos|al)(?![^\W_])"
)


class Token(NamedTuple):
    """One word of the plain text; sure: how surely a name was announced; capital: where the writer uses capitals."""

    start: int
    end: int
    word: str
    sort: Sort
    capital: bool
    sure: int


def may_hold_names(words: set[str], roster: Roster, asked: str | None) -> bool:
    """Whether any word could be a name; cheap, for many texts have none."""
    if asked == "name" or not (words.isdisjoint(given_names()) and words.isdisjoint(roster.parts)):
        return True
    if not (words.isdisjoint(surnames()) and words.isdisjoint(either())):
        return True
    counts = word_counts()
    if words.isdisjoint(_BEFORE_NAMES):
        return any(word not in counts for word in words)
    return any(counts.get(word, 0) < RARE_WHEN_TOLD for word in words)


def tokens_of(folded: Folded, roster: Roster, asked: str | None) -> list[Token]:
    """The words of a text with all that tells whether they are names."""
    text, lower = folded.text, folded.lower
    cased = text != lower and not text.isupper()
    sure = sureness(lower)
    spanish = bool(_SPANISH.search(lower))  # the forms are looked up only where they occur: loading them takes seconds
    tokens = []
    for found in WORD.finditer(lower):
        start, end = found.span()
        if end - start > 3 and lower.startswith("'s", end - 2):
            end -= 2
        word = lower[start:end]
        sort = roster.sort(word)
        if sort != "given" and lower[start - 1 : start] in _TAGS and start:
            sort = "word"
        if sort == "unknown" and spanish and is_spanish(word):
            sort = "word"
        if cased and end - start <= _LONGEST_CODE and text[start:end].isupper() and word not in roster.parts:
            sort = "word"  # BOS, LEX: a code
        tokens.append(Token(start, end, word, sort, cased and text[start].isupper(), sure.get(start, 0)))
    if asked == "name" and len(tokens) <= LONGEST_ANSWER:
        last = tokens[-1] if tokens else None
        tokens = [token._replace(sure=TOLD) if token.sort != "either" or token is last else token for token in tokens]
    return tokens
