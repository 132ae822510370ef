"""Street addresses in English and Spanish, written or said."""

import re
from collections.abc import Iterator, Sequence

from care_metrics.privacy.numbers import NUMBER_WORDS
from care_metrics.privacy.spans import Span
from care_metrics.privacy.word_lists import words

_STREETS = words(
    "street st avenue ave av road rd boulevard blvd drive dr lane ln court ct way place pl circle cir terrace "
    "parkway pkwy highway hwy square trail trl crescent turnpike close"
)
# Words of every day that also end street names: only after a house number in digits.
_VAGUE = words("way drive dr st ct pl place court circle square trail loop close")
_CALLES = words(
    "calle cll carrera cra kra avenida avda av diagonal transversal autopista circular calzada bulevar rua travessa"
)
# Between the house number and "street" stand names, never these.
_NOT_NAMES = words(
    "to from of in on at by and or for my your our this that it is was are be i we you he she they a an some any "
    "no not so do did have has had get got go took take make gave give dollars bucks minutes minute mins hours "
    "hour days day weeks week months month years year times time percent miles blocks block people items more "
    "less other different same whole entire about out up down off over per than then with without both each every "
    "all pm am but only going good long hr hrs min flight flights bag bags stop trip seat seats free round way "
    "fast quick big great nice st nd rd th x que en por para con un una el los las"
)
_UNITS = words(
    "apt apartment unit suite ste floor apto apartamento torre interior int piso casa depto departamento bloque oficina"
)
_LINKS = words("no numero num nro bis sur norte este oeste con y oriente occidente a b c d e f")
_STATES = words(
    "al ak az ar ca co ct de fl ga hi id il in ia ks ky la me md ma mi mn ms mo mt ne nv nh nj nm ny nc nd oh ok "
    "or pa ri sc sd tn tx ut vt va wa wv wi wy dc alabama alaska arizona arkansas california colorado connecticut "
    "delaware florida georgia hawaii idaho illinois indiana iowa kansas kentucky louisiana maine maryland "
    "massachusetts michigan minnesota mississippi missouri montana nebraska nevada ohio oklahoma oregon "
    "pennsylvania tennessee texas utah vermont virginia washington wisconsin wyoming jersey york carolina dakota "
    "hampshire mexico"
)
_TOKEN = re.compile(r"\d+|[^\W\d_]+(?:'[^\W\d_]+)*|#|\x02+")
_PO_BOX = re.compile(r"\bp\.? ?o\.? ?box (?:number )?\d{1,8}")
_GAP = re.compile(r"[ ,\n-]{1,3}|\. ?")
_TAIL = re.compile(r"\W{0,3}\d{5}(?:-\d{4})?(?!\w)")
Token = tuple[str, int, int]


def may_hold_address(words: set[str]) -> bool:
    """Whether a word of it could be part of an address."""
    return not (words.isdisjoint(_STREETS) and words.isdisjoint(_CALLES) and "box" not in words)


def addresses(lower: str) -> Iterator[Span]:
    """House number and street in either order, with unit, city, state and ZIP code where they follow."""
    for found in _PO_BOX.finditer(lower):
        yield Span(*found.span(), "address", found[0])
    tokens: list[Token] = [(found[0], found.start(), found.end()) for found in _TOKEN.finditer(lower)]
    words = {token[0] for token in tokens}
    if not words.isdisjoint(_STREETS):
        for place, (word, _, _) in enumerate(tokens):
            if word in _STREETS and (first := _house(lower, tokens, place)) is not None:
                yield _span(lower, tokens[first][1], _english_end(lower, tokens, place))
    if not words.isdisjoint(_CALLES):
        for place, (word, start, _) in enumerate(tokens):
            if word in _CALLES and (last := _calle_end(tokens, place)):
                yield _span(lower, start, tokens[last][2])


def _span(lower: str, start: int, end: int) -> Span:
    return Span(start, end, "address", re.sub(r"\W+", " ", lower[start:end]))


def _is_number(token: str) -> bool:
    return token[0].isdigit() or token in NUMBER_WORDS


def _house(lower: str, tokens: Sequence[Token], street: int) -> int | None:
    """The first token of the house number, one to four words before "street"."""
    for place in range(street - 1, max(street - 6, -1), -1):
        word, _, end = tokens[place]
        if not _GAP.fullmatch(lower, end, tokens[place + 1][1]) and not _is_ordinal(tokens, place):
            return None
        if _is_number(word) and street - place > 1 and not _is_ordinal(tokens, place):
            return _first_number(lower, tokens, place, tokens[street][0] in _VAGUE)
        if (word in _NOT_NAMES and not _is_ordinal(tokens, place - 1)) or word[0] in "\x02#":
            return None
    return None


def _is_ordinal(tokens: Sequence[Token], place: int) -> bool:
    """Whether the token is the digits of "5th"."""
    after = tokens[place + 1] if 0 <= place < len(tokens) - 1 else ("", -1, -1)
    return after[0] in ("st", "nd", "rd", "th") and after[1] == tokens[place][2]


def _first_number(lower: str, tokens: Sequence[Token], place: int, vague: bool) -> int | None:
    """Where the house number begins; none if it is money, or a mere word before a word like "way"."""
    while (
        place > 0 and _is_number(tokens[place - 1][0]) and _GAP.fullmatch(lower, tokens[place - 1][2], tokens[place][1])
    ):
        place -= 1
    word, start, _ = tokens[place]
    before = lower[start - 1 : start]
    return None if (before and before in "$€£@/:.#") or (vague and not word[0].isdigit()) else place


def _english_end(lower: str, tokens: Sequence[Token], street: int) -> int:
    """After the street: "apt 4 b", then "springfield il 62704" if a state or ZIP code closes it within five words."""
    last = street
    if last + 2 < len(tokens) and (tokens[last + 1][0] in _UNITS or tokens[last + 1][0] == "#"):
        last += 2
        while last + 1 < len(tokens) and (_is_number(tokens[last + 1][0]) or len(tokens[last + 1][0]) == 1):
            last += 1
    for place in range(last + 1, min(last + 6, len(tokens))):
        word, _, end = tokens[place]
        if word in _STATES and place > last + 1 and (found := _TAIL.match(lower, end)):
            return found.end()
        if word in _NOT_NAMES and word not in _STATES:
            break
    return tokens[last][2]


def _calle_end(tokens: Sequence[Token], calle: int) -> int | None:
    """The last token of "calle 45 # 12-34 apto 301"; at most three words of a name before the first number."""
    last, numbers, names = None, 0, 0
    for place in range(calle + 1, min(calle + 20, len(tokens))):
        word = tokens[place][0]
        if _is_number(word):
            last, numbers = place, numbers + 1
        elif word == "#" or word in _LINKS or word in _UNITS or word in _CALLES:
            continue
        elif numbers or word in _NOT_NAMES or names == 3 or word[0] == "\x02":
            break
        else:
            names += 1
    return last
