"""The plain form of a text that detectors read, with the way back to the text as it was written."""

import re
import unicodedata
from dataclasses import dataclass

PLACEHOLDER = re.compile(r"<[a-z_]+(?::[0-9a-f]{8})?>")
MASKED = "\x02"  # stands for each character of a placeholder, so that no detector reads one twice
_DROPPED = {*range(0xFE00, 0xFE10), *range(0x180B, 0x1810), 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFFA0}
_QUOTES = "’‘ʼ`´＇"


def _plain(char: str) -> str:
    """One character in the form detectors know: digits 0-9, plain quotes, dashes and spaces, no accents."""
    category = unicodedata.category(char)
    if (
        category in ("Cf", "Cs", "Me", "Mn")
        or ord(char) in _DROPPED
        or (category == "Cc" and char not in "\t\n\r\x0b\x0c")
    ):
        return ""
    if category == "Pd" or char == "\u2212":
        return "-"
    if category[0] == "Z":
        return " "
    if char in _QUOTES:
        return "'"
    if (digit := unicodedata.digit(char, None)) is not None:
        return str(digit)
    plain = "".join(part for part in unicodedata.normalize("NFKD", char) if not unicodedata.combining(part))
    return plain if plain.isascii() or len(plain) == 1 else char


class _Folds(dict[int, str]):
    """Code point -> plain form, worked out at first sight; `uneven` holds those that are not one character."""

    def __init__(self) -> None:
        super().__init__()
        self.uneven: set[str] = set()

    def __missing__(self, code: int) -> str:
        self[code] = plain = _plain(chr(code))
        if len(plain) != 1:
            self.uneven.add(chr(code))
        return plain


_FOLDS = _Folds()


@dataclass(frozen=True, slots=True)
class Folded:
    """Plain text; `at` gives each character's position in the original, None where positions are the same."""

    text: str
    lower: str
    at: tuple[int, ...] | None
    length: int

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the original that [start, end) of the plain text came from."""
        if self.at is None:
            return start, end
        after = self.at[end] if end < len(self.at) else self.length
        return self.at[start], max(after, self.at[end - 1] + 1)


def fold(text: str) -> Folded:
    """Accents, widths, digits of other scripts and invisible characters reduced; placeholders blanked out."""
    plain, at = text, None
    if not text.isascii():
        plain = text.translate(_FOLDS)
        if len(plain) != len(text) or not _FOLDS.uneven.isdisjoint(text):
            at = tuple(place for place, char in enumerate(text) for _ in _FOLDS[ord(char)])
    if "<" in plain:
        plain = PLACEHOLDER.sub(lambda found: MASKED * len(found[0]), plain)
    return Folded(plain, _lower(plain), at, len(text))


def _lower(plain: str) -> str:
    """Lower case of the same length."""
    lower = plain.lower()
    return lower if len(lower) == len(plain) else "".join(c.lower() if len(c.lower()) == 1 else c for c in plain)
