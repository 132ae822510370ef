"""Digits however they are said: written, spelled in words, in groups, with fillers and slips between them."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from care_metrics.privacy.word_lists import words

TOKEN = re.compile(r"\d+(?:[^\w\x02]+\d+)*+|[^\W\d_]+|\x02+")
DIGITS = re.compile(r"\d+")
FLOOD = 2_000  # characters of bare digits and punctuation that nobody says in one breath


def _words(text: str) -> dict[str, str]:
    return dict(pair.split(":") for pair in text.split())


# English, Spanish, Portuguese, without accents.
UNITS = _words(
    "zero:0 oh:0 o:0 nil:0 nought:0 naught:0 one:1 two:2 three:3 four:4 five:5 six:6 seven:7 eight:8 nine:9 niner:9 "
    "cero:0 uno:1 una:1 un:1 dos:2 tres:3 cuatro:4 cinco:5 seis:6 siete:7 ocho:8 nueve:9 "
    "uma:1 dois:2 duas:2 quatro:4 meia:6 sete:7 oito:8 nove:9"
)
TEENS = _words(
    "ten:10 eleven:11 twelve:12 thirteen:13 fourteen:14 fifteen:15 sixteen:16 seventeen:17 eighteen:18 nineteen:19 "
    "diez:10 once:11 doce:12 trece:13 catorce:14 quince:15 dieciseis:16 diecisiete:17 dieciocho:18 diecinueve:19 "
    "dez:10 onze:11 doze:12 treze:13 quatorze:14 quinze:15 dezesseis:16 dezessete:17 dezoito:18 dezenove:19 "
    "veintiuno:21 veintiun:21 veintidos:22 veintitres:23 veinticuatro:24 veinticinco:25 veintiseis:26 veintisiete:27 "
    "veintiocho:28 veintinueve:29"
)
TENS = _words(
    "twenty:20 thirty:30 forty:40 fourty:40 fifty:50 sixty:60 seventy:70 eighty:80 ninety:90 veinte:20 treinta:30 "
    "cuarenta:40 cincuenta:50 sesenta:60 setenta:70 ochenta:80 noventa:90 vinte:20 trinta:30 quarenta:40 cinquenta:50 "
    "sessenta:60 oitenta:80"
)
HUNDREDS = _words(
    "cien:100 ciento:100 doscientos:200 trescientos:300 cuatrocientos:400 quinientos:500 seiscientos:600 "
    "setecientos:700 ochocientos:800 novecientos:900 cem:100 cento:100 duzentos:200 trezentos:300 quatrocentos:400 "
    "quinhentos:500 seiscentos:600 setecentos:700 oitocentos:800 novecentos:900"
)
TIMES = {"double": 2, "doble": 2, "dobro": 2, "triple": 3, "treble": 3, "quadruple": 4}
SPOKEN = UNITS | TEENS | TENS | HUNDREDS
# "oh" and "o" are zeros only beside other digits; the short articles count only there too.
WEAK = words("oh o un una uma once nil")
SLIPS = words("sorry no wait correction mean perdon espera desculpa oops actually scratch rather")
FILLERS = SLIPS | words(
    "uh uhm um umm er erm hmm mm ah eh este pues like and y e then dash hyphen minus guion space espacio dot "
    "point punto comma coma slash i so followed by next okay ok yes yeah yep si sim right alright bueno luego "
    "despues entonces period again pause that digo perdona disculpe"
)
ZEROS = frozenset(word for word, digits in UNITS.items() if digits == "0")
NUMBER_WORDS = frozenset(SPOKEN) | frozenset(TIMES) | {"hundred"}


_NOT_BEFORE = "$€£¥"
_UNIT = re.compile(
    r"\W{0,2}(?:dollars?|bucks|pesos|euros?|cents|usd|cop|mxn|percent|%|minutes?|mins?|minutos?|hours?|hrs?|horas?|days?|dias?|"
    r"weeks?|semanas?|months?|meses|mes|years?|anos?|times?|veces|gb|mb|gigs?|megas?|am|pm|o'clock|miles|people|items|more)(?!\w)"
)

_CLOCK = re.compile(r"(?:[01]?\d|2[0-3]):[0-5]\d(?!:?\d)")


class Group(NamedTuple):
    """Digits said in one breath, at [start, end) of the plain text; slip: a correction was voiced just before."""

    start: int
    end: int
    digits: str
    spoken: bool
    slip: bool = False


class Run(tuple[Group, ...]):
    """Groups with nothing but punctuation and fillers between them."""

    __slots__ = ()

    @property
    def start(self) -> int:
        """Where the first group begins."""
        return self[0].start

    @property
    def end(self) -> int:
        """Where the last group ends."""
        return self[-1].end

    @property
    def digits(self) -> str:
        """All its digits in a row."""
        return "".join(group.digits for group in self)

    @property
    def slips(self) -> bool:
        """Whether the speaker corrected themselves within it."""
        return any(group.slip for group in self[1:])


class _Reader:
    """Collects groups into runs while the tokens of one text go by."""

    def __init__(self, lower: str) -> None:
        self.lower = lower
        self.runs: list[Run] = []
        self.groups: list[Group] = []
        self.slip = False
        self.times, self.times_at = 1, 0  # after "double", and where it was said
        self.open = 0  # zeros at the end of the last spoken group that a smaller number may fill

    def close(self) -> None:
        """End the run: something was said that is no part of a number."""
        if self.groups:
            alone = self.groups[0] if len(self.groups) == 1 else None
            if not (alone and alone.spoken and self.lower[alone.start : alone.end] in WEAK):
                self.runs.append(Run(self.groups))
            self.groups = []
        self.slip, self.times, self.open = False, 1, 0

    def written(self, start: int, end: int) -> None:
        """Rows of digits with punctuation between them; "double 4" is 44."""
        stretch = self.lower[start:end]
        if len(stretch) == 1 and self.times > 1:
            start, stretch = self.times_at, stretch * self.times
        if len(stretch) > FLOOD:
            self.groups.append(Group(start, end, re.sub(r"\D+", "", stretch), False, self.slip))
        elif stretch.isdigit():
            self.groups.append(Group(start, end, stretch, False, self.slip))
        else:
            for found in DIGITS.finditer(stretch):
                self.groups.append(Group(start + found.start(), start + found.end(), found[0], False, self.slip))
                self.slip = False
        self.slip, self.times, self.open = False, 1, 0

    def spoken(self, start: int, end: int, word: str) -> None:
        """A number word; "forty one" is 41, "one hundred and five" 105, "triple two" 222."""
        digits, size = SPOKEN[word], len(SPOKEN[word])
        if size <= min(self.open, 2) and word not in ZEROS and (size == 2 or self.open < 3):
            last = self.groups.pop()
            self.groups.append(last._replace(end=end, digits=last.digits[:-size] + digits))
        else:
            begin = self.times_at if self.times > 1 else start
            self.groups.append(Group(begin, end, digits * self.times, True, self.slip))
        self.open = 1 if word in TENS else 2 if word in HUNDREDS else 0
        self.slip, self.times = False, 1

    def hundred(self, end: int) -> None:
        """ "four hundred": the digit just said, times a hundred."""
        if self.groups and self.groups[-1].spoken and len(self.groups[-1].digits) == 1:
            self.groups[-1] = self.groups[-1]._replace(end=end, digits=self.groups[-1].digits + "00")
            self.open = 3  # 'eight hundred five five' is 800 5 5; only after 'and' may a unit fill it

    def filler(self, word: str) -> None:
        """A word that may stand inside a number."""
        self.slip = self.slip or word in SLIPS
        self.open = min(self.open, 2) if word in ("y", "e", "and") else 0


def find_runs(lower: str) -> list[Run]:
    """All runs of digits in a plain lower-case text, from left to right."""
    reader = _Reader(lower)
    for found in TOKEN.finditer(lower):
        token = found[0]
        if token in SPOKEN:
            reader.spoken(*found.span(), token)
        elif token in FILLERS:
            reader.filler(token)
        elif token[0].isdigit():
            reader.written(*found.span())
        elif token == "hundred":
            reader.hundred(found.end())
        elif token in TIMES:
            reader.times, reader.times_at = TIMES[token], found.start()
        else:
            reader.close()
    reader.close()
    return reader.runs


def is_counted(number: Run | Group, lower: str) -> bool:
    """Whether the number is money, a duration or another quantity."""
    is_money = number.start > 0 and lower[number.start - 1] in _NOT_BEFORE
    return is_money or bool(_UNIT.match(lower, number.end)) or bool(_CLOCK.match(lower, number.start))


def is_part_of_code(number: Run | Group, lower: str) -> bool:
    """Whether letters touch the number from the left, as in "m7-40982"."""
    return number.start > 0 and lower[number.start - 1].isalpha()


def words_between(lower: str, groups: Sequence[Group]) -> list[int]:
    """Plain words before each group since the one before it (or the start), and after the last."""
    edges = [0, *(place for group in groups for place in (group.start, group.end)), len(lower)]
    gaps = (lower[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True))
    return [sum(token not in FILLERS for token in TOKEN.findall(gap)) for gap in gaps]
