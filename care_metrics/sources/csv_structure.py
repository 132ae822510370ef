"""Where the records of a block of CSV begin and end, found with numpy before anything parses it.

RFC 4180: comma, double quotes doubled inside quotes, LF or CRLF. A parser that sniffs may drop or merge rows without a
word; here every record is counted first, and a block whose quotes do not obey the rule is left to csv_records.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_COMMA, _LF, _CR, _QUOTE = b',\n\r"'
_MAY_PRECEDE, _MAY_FOLLOW = (_COMMA, _LF, _QUOTE), (_COMMA, _LF, _CR, _QUOTE)
Positions = NDArray[np.int64]


@dataclass(frozen=True)
class Structure:
    """Half-open byte ranges [starts, ends) of the records that are not blank, line end included.

    lines: how many line ends come before each record; fields: how many fields it has.
    used: bytes covered by whole records; newlines: line ends within them.
    """

    starts: Positions
    ends: Positions
    lines: Positions
    fields: Positions
    used: int
    newlines: int
    quoted: bool


def structure(block: bytes, final: bool) -> Structure | None:
    """The records of a block that starts at a record; None if its quotes or line ends break the rule.

    final: no more bytes follow, so that the last record may lack its line end.
    """
    data = np.frombuffer(block, np.uint8)
    quotes = np.flatnonzero(data == _QUOTE)
    outside = _outside(data, quotes)
    breaks = np.flatnonzero(data == _LF)
    ends = breaks[outside[breaks]] + 1 if len(quotes) else breaks + 1
    if final and len(block) and (not len(ends) or ends[-1] < len(block)):
        ends = np.append(ends, len(block))
    used = int(ends[-1]) if len(ends) else 0
    if not _well_formed(data[:used], quotes[: np.searchsorted(quotes, used)], outside[:used]):
        return None
    starts = np.concatenate(([0], ends[:-1])) if used else ends
    commas = np.flatnonzero((data[:used] == _COMMA) & outside[:used])
    fields = np.searchsorted(commas, ends) - np.searchsorted(commas, starts) + 1
    filled = ~_blank(data, starts, ends)
    lines = np.searchsorted(breaks, starts)
    newlines = int(np.searchsorted(breaks, used))
    return Structure(starts[filled], ends[filled], lines[filled], fields[filled], used, newlines, bool(len(quotes)))


def _outside(data: NDArray[np.uint8], quotes: Positions) -> NDArray[np.bool_]:
    """True for each byte outside quotes; an opening quote counts as inside, a closing one as outside."""
    if not len(quotes):
        return np.ones(len(data), np.bool_)
    # Only the parity of the count matters, so it may wrap around in a byte.
    return (np.cumsum(data == _QUOTE, dtype=np.uint8) & 1) == 0


def _well_formed(data: NDArray[np.uint8], quotes: Positions, outside: NDArray[np.bool_]) -> bool:
    """Quotes open only at the start of a field and close only at its end; CR stands only before LF."""
    after = np.append(data[1:], np.uint8(_LF))
    returns = (data == _CR) & outside
    if len(quotes) % 2 or (after[returns] != _LF).any():
        return False
    opening, closing = quotes[0::2], quotes[1::2]
    before = np.where(opening > 0, data[opening - 1], _LF)
    return bool(np.isin(before, _MAY_PRECEDE).all() and np.isin(after[closing], _MAY_FOLLOW).all())


def _blank(data: NDArray[np.uint8], starts: Positions, ends: Positions) -> NDArray[np.bool_]:
    """Records of nothing but their line end."""
    length = ends - starts
    only_break = (length == 1) & np.isin(data[starts], (_LF, _CR))
    return only_break | ((length == 2) & (data[starts] == _CR))
