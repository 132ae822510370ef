"""Text that stays text: a spreadsheet takes a cell of CSV that begins like a formula for one, and runs it.

From: OWASP ASVS 5.0, 1.2.10, and what it leaves out: signs in full width, and those behind blanks or quotes.
"""

import re
import unicodedata

STARTERS = frozenset("=+-@")
# Read as nothing at the start of a cell, so that what follows them starts it.
UNSEEN = re.compile(r"^[\s\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\"'“”‘’]+")
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
# With a quote before it a spreadsheet shows what was there, and calculates nothing.
MARK = "'"


def harmless(text: str) -> str:
    """The text as CSV may hold it: without NUL and its like, and marked as text where it begins like a formula."""
    return MARK + CONTROLS.sub("", text) if begins_like_a_formula(text) else CONTROLS.sub("", text)


def begins_like_a_formula(text: str) -> bool:
    """Whether its first visible character is one of = + - @, in full width too, or its very first one a tab, CR, LF or NUL."""
    seen = UNSEEN.sub("", unicodedata.normalize("NFKC", text))
    return seen[:1] in STARTERS or text[:1] in {"\t", "\r", "\n", "\0"}
