"""People's names, in lower-case transcripts too: known ones, listed ones, and what stands where a name must stand."""

from collections.abc import Iterator, Sequence

from care_metrics.privacy.folding import Folded
from care_metrics.privacy.name_cues import (
    AFTER_ACTOR,
    AFTER_GREETED,
    AFTER_INTRODUCED,
    AFTER_PERSON,
    AFTER_SAYING,
    AFTER_SELF,
    BEFORE_NOUN,
    LIKELY,
    MEANT,
    MODALS,
    SPELLED,
    TOLD,
    is_addressed,
    is_greeted,
)
from care_metrics.privacy.roster import Roster
from care_metrics.privacy.spans import Span
from care_metrics.privacy.tokens import RARE_WHEN_TOLD, Token
from care_metrics.privacy.vocabulary import SHORTEST_NAME, is_form, is_rare, is_typo, word_counts
from care_metrics.privacy.word_lists import listed, words

# After a cue of this sureness a plain word of fewer uses than these is a name.
_RARE = {TOLD: RARE_WHEN_TOLD, MEANT: 800, LIKELY: 800}
_RARE_SURNAME = 150
_TOO_FREQUENT = 100_000  # "your name, I'm"
_LONGEST_NAME = 5  # parts
_TOLD_USES = 5_000  # above them a word that can be a surname ends a name: "me llamo eleni y llamo por"
# "san francisco", "los angeles", "logan international": names of places.
_PLACE_BEFORE = words(
    "san santa santo sao saint st los las fort port puerto ciudad mount lake new north south east west"
)
_PLACE_AFTER = words("international airport university college hotel hospital county city avenue beach island springs")


def find_names(folded: Folded, tokens: Sequence[Token], roster: Roster) -> Iterator[Span]:
    """Names in one text, parts that stand together as one span, with the letters they are spelled in."""
    said = [token.word for token in tokens]
    place = 0
    while place < len(tokens):
        if tokens[place].sort == "word" and not tokens[place].sure and not roster.begins(said[place]):
            place += 1
            continue
        size = roster.length_at(said, place)
        if not size and _begins(folded.lower, tokens, place):
            size = _size(folded.lower, tokens, place)
            if (
                tokens[place].sure < MEANT
                and said[place + size : place + size + 1]
                and said[place + size] in _PLACE_AFTER
            ):
                size = 0
        if size:
            start, end = tokens[place].start, tokens[place + size - 1].end
            spelled = SPELLED.match(folded.lower, end)
            yield Span(start, spelled.end() if spelled else end, "name", " ".join(said[place : place + size]))
        place += size or 1


def _begins(lower: str, tokens: Sequence[Token], place: int) -> bool:
    """Whether a name begins with this word."""
    token = tokens[place]
    after = tokens[place + 1] if place + 1 < len(tokens) and _touch(lower, token, tokens[place + 1]) else None
    named_after = after is not None and _is_further_name(after, token.sure)
    if place and lower.startswith("& ", token.start - 2) and tokens[place - 1].sort not in ("given", "surname"):
        return False  # "Harrow & Finch"
    if token.word in _PLACE_BEFORE and token.sure < MEANT:
        return False
    if token.word in listed("particles") and token.sure == TOLD:
        return _size(lower, tokens, place) > 1
    if token.sort == "given":
        return token.sure >= MEANT or not (place and tokens[place - 1].word in _PLACE_BEFORE)
    if token.sort == "surname":
        return token.sure >= LIKELY or len(tokens) == 1 or named_after
    if token.sort == "unknown":
        greeted = token.sure == LIKELY and is_greeted(lower, token.start)
        if token.sure >= MEANT or (greeted and (named_after or AFTER_INTRODUCED.match(lower, token.end))):
            return True
        if is_addressed(lower, token.start) and AFTER_GREETED.match(lower, token.end):
            return len(token.word) >= SHORTEST_NAME and token.word not in listed("chat") and not is_form(token.word)
        likely = greeted or AFTER_ACTOR.match(lower, token.end) or (after and after.sort in ("given", "surname"))
        return bool(likely) and not is_typo(token.word)
    if token.sort == "either":
        return _is_name_here(lower, token, named_after)
    if token.sure == LIKELY:
        addressed = is_addressed(lower, token.start) and AFTER_GREETED.match(lower, token.end)
        if not addressed and not (named_after and is_greeted(lower, token.start)):
            return False
    return (token.sure == TOLD and token.capital and word_counts().get(token.word, 0) < _TOO_FREQUENT) or (
        token.sure > 0 and is_rare(token.word, _RARE[token.sure])
    )


def _is_further_name(token: Token, sure: int) -> bool:
    """Whether the word makes a name of one before it that can be a word."""
    if token.sort == "unknown":
        return sure >= LIKELY and not is_typo(token.word)
    return token.sort in ("given", "surname") or (sure >= LIKELY and token.word in listed("surname_words"))


def _is_name_here(lower: str, token: Token, named_after: bool) -> bool:
    """Whether a word that can be a name is one in this place."""
    elsewhere = token.word in listed("not_people")
    if token.sure == TOLD:
        return True
    if named_after and (token.sure or not elsewhere) and (token.sure or token.word not in listed("surname_words")):
        return True
    if not token.sure:
        return (
            not elsewhere
            and bool(AFTER_SAYING.match(lower, token.end))
            and not BEFORE_NOUN.search(lower[max(0, token.start - 8) : token.start])
        )
    if elsewhere:
        return False
    if token.sure == MEANT:
        return token.capital or bool(AFTER_PERSON.match(lower, token.end))
    if is_addressed(lower, token.start):
        ends = AFTER_SELF if token.word in MODALS else AFTER_GREETED
        return bool(ends.match(lower, token.end))
    return is_greeted(lower, token.start) and bool(AFTER_SELF.match(lower, token.end))


def _touch(lower: str, before: Token, after: Token) -> bool:
    """Whether only a space or an initial's full stop parts the two words."""
    gap = lower[before.end : after.start]
    return gap in (" ", "  ") or (gap == ". " and before.end - before.start <= 2)


def _size(lower: str, tokens: Sequence[Token], place: int) -> int:
    """How many words the name that begins at `place` has."""
    size, here = 1, place
    while here + 1 < len(tokens) and here - place < _LONGEST_NAME and _touch(lower, tokens[here], tokens[here + 1]):
        here += 1
        if _continues(tokens[here], tokens[place].sure):
            size = here - place + 1
        elif not (len(tokens[here].word) == 1 or tokens[here].word in listed("particles")):
            break
    return size


def _continues(token: Token, sure: int) -> bool:
    """Whether the word is a further part of the name before it."""
    if token.sort == "unknown":
        return sure >= MEANT or token.capital or not is_typo(token.word)
    if token.sort == "either":
        told = sure == TOLD and token.word not in listed("not_people") and word_counts().get(token.word, 0) < _TOLD_USES
        return told or token.capital or token.word in listed("surname_words")
    return token.sort in ("given", "surname") or (token.sort == "word" and is_rare(token.word, _RARE_SURNAME))
