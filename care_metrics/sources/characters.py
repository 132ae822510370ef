"""Text made safe to store and show: NFC, without control, bidi, zero-width or other invisible characters."""

import re
from unicodedata import category

import polars as pl

# Cc and Cf hold NUL, ESC, bidi overrides, zero-width joiners, soft hyphens and tags; tab and line ends stay.
INVISIBLE = r"[\p{Cc}\p{Cf}--[\t\n\r]]"
_SURROGATE = re.compile("[\ud800-\udfff]")
_BEYOND_ASCII = r"[^\x20-\x7e\t\n\r]"


def cleaned(values: pl.Series) -> tuple[pl.Series, int]:
    """A string column cleaned, and how many characters were taken out; plain ASCII columns pass untouched."""
    if not values.str.contains(_BEYOND_ASCII).any():
        return values, 0
    visible = values.str.replace_all(INVISIBLE, "")
    removed = int((values.str.len_chars() - visible.str.len_chars()).sum() or 0)
    return visible.str.normalize("NFC"), removed


def visible(name: str) -> str:
    """A column's name as it can be stored, printed on a terminal and shown: without what has no look of its own."""
    return name if name.isprintable() else "".join(sign for sign in name if category(sign) not in ("Cc", "Cf", "Cs"))


def without_surrogates(text: str) -> str:
    """A Python string that UTF-8 can hold: lone surrogates (legal in JSON escapes) become U+200B, counted by `cleaned`."""
    return text if text.isascii() else _SURROGATE.sub("\u200b", text)
