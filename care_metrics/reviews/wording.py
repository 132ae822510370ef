"""What a person typed, made fit for any database: no NUL, no lone surrogate, not endless."""

import unicodedata

from care_metrics.errors import BadRequest

LONGEST = 10_000


def worded(text: str, field: str, longest: int = LONGEST, required: bool = True) -> str:
    """The text without what PostgreSQL or UTF-8 cannot hold; BadRequest where it is empty or too long."""
    kept = "".join(character for character in text if character != "\0" and unicodedata.category(character) != "Cs")
    if required and not kept.strip():
        raise BadRequest(f"{field} is empty; write a few words.")
    if len(kept) > longest:
        raise BadRequest(f"{field} has {len(kept):,} characters, at most {longest:,} are kept; shorten it.")
    return kept


def one_of(value: object, allowed: tuple[object, ...], field: str) -> None:
    """BadRequest unless the value is in the list."""
    if value not in allowed:
        raise BadRequest(f"{field} is one of {', '.join(map(str, allowed))}, not {value!r}.")
