"""Payment card numbers: every stretch of whole digit groups that could be one and passes the Luhn check."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from care_metrics.privacy.numbers import FLOOD, Group, Run, is_counted, words_between
from care_metrics.privacy.spans import Span

SHORTEST, LONGEST = 13, 19
# Lengths in use by the first two digits (ISO/IEC 7812 issuer ranges of the networks' public documents).
_ISSUERS: tuple[tuple[str, tuple[int, ...]], ...] = (
    ("40 41 42 43 44 45 46 47 48 49", (13, 16, 19)),  # Visa
    ("51 52 53 54 55 22 23 24 25 26 27", (16,)),  # Mastercard, Mir
    ("34 37", (15,)),  # American Express
    ("30 36 38 39", (14, 16, 19)),  # Diners Club
    ("35 60 62 64 65", (16, 17, 18, 19)),  # JCB, Discover, UnionPay, RuPay, Elo, Hipercard
    ("50 56 57 58 61 63 66 67 68 69", (16, 18, 19)),  # Maestro
    ("81 82", (16,)),  # RuPay
)
# Thirteen digits is a length of the past: digits said one by one would be taken for it too often.
_GROUPED_ONLY = frozenset({13})
_LONGEST_SLIP = 60  # digits of a run in which corrections are tried
WORDS_BETWEEN = 3  # within one turn, between two pieces of a number


class Window(NamedTuple):
    """Groups [first, last] hold a card number."""

    first: int
    last: int


def luhn(digits: str) -> bool:
    """Whether the last digit is the check digit of the others (ISO/IEC 7812-1, annex B)."""
    total = sum(int(digit) for digit in digits[-1::-2])
    return (total + sum(sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])) % 10 == 0


def windows(groups: Sequence[Group]) -> Iterator[Window]:
    """Stretches of whole groups with an issuer's prefix, a length of that issuer and a valid check digit."""
    import numpy as np

    text = "".join(group.digits for group in groups)
    if len(text) < SHORTEST:
        return
    digits = np.frombuffer(text.encode(), dtype=np.uint8).astype(np.int64) - ord("0")
    doubled = 2 * digits - 9 * (digits > 4)
    even = np.arange(len(digits)) % 2 == 0
    # sums[p]: running sum in which the digits at positions of parity other than p count doubled
    sums = [np.concatenate([[0], np.cumsum(np.where(even == (p == 0), digits, doubled))]) for p in (0, 1)]
    starts = np.concatenate([[0], np.cumsum([len(group.digits) for group in groups])])
    group_at = np.full(len(digits) + 1, -1)
    group_at[starts] = np.arange(len(starts))
    prefix = digits[:-1] * 10 + digits[1:]
    for length in range(SHORTEST, LONGEST + 1):
        begin = starts[starts + length <= len(digits)]
        begin = begin[group_at[begin + length] >= 0]
        total = np.where(
            (begin + length) % 2 == 1,
            sums[0][begin + length] - sums[0][begin],
            sums[1][begin + length] - sums[1][begin],
        )
        begin = begin[total % 10 == 0]
        if not len(begin):
            continue
        first, last = group_at[begin], group_at[begin + length] - 1
        grouped = 3 * (last - first + 1) <= length
        entire = (first == 0) & (last == len(groups) - 1)
        issued = _lengths(length)[prefix[begin]] & (grouped | entire | (length not in _GROUPED_ONLY))
        for a, b in zip(first[issued], last[issued], strict=True):
            yield Window(int(a), int(b))


def _lengths(length: int) -> Any:
    """For each two-digit prefix, whether an issuer uses this length."""
    import numpy as np

    used = np.zeros(100, dtype=bool)
    for prefixes, lengths in _ISSUERS:
        if length in lengths:
            used[[int(prefix) for prefix in prefixes.split()]] = True
    return used


def cards_in(run: Run, lower: str) -> list[Span]:
    """Every card number in one run; where the speaker slipped, the whole run.

    A run, or a part of it between commas, that is as a whole 13 to 19 digits and passes the check is one whatever
    its prefix.
    """
    if len(run) > FLOOD or any(len(group.digits) > FLOOD // 4 for group in run):
        return [Span(run.start, run.end, "card")]  # nobody says that many: masked unread
    if len(run.digits) < SHORTEST - 1:
        return []
    found = list(windows(run))
    codes = [code for _, last in found if (code := _code_after(run[last + 1 :]))]
    found += [part for part in _parts(run, lower) if _is_whole(run[part.first : part.last + 1])]
    if run.slips and (found or _after_slip(run)):
        found, codes = [Window(0, len(run) - 1)], []
    return [_span(run[first : last + 1]) for first, last in found] + codes


def _span(groups: Sequence[Group]) -> Span:
    return Span(groups[0].start, groups[-1].end, "card", "".join(group.digits for group in groups))


def _code_after(rest: Sequence[Group]) -> Span | None:
    """The three or four digits that end "4111 1111 1111 1111 12/27 123": a security code, with no cue at all."""
    said = "".join(group.digits for group in rest)
    has_expiry = said[:2].isdigit() and 1 <= int(said[:2]) <= 12
    if len(said) not in ((3, 7, 8, 9, 10) if has_expiry else (3, 4)):
        return None
    code: list[Group] = []
    while sum(len(group.digits) for group in code) < 3:
        code.insert(0, rest[len(rest) - len(code) - 1])
    size = sum(len(group.digits) for group in code)
    return Span(code[0].start, code[-1].end, "cvv") if size <= 4 else None


def broken_cards(lower: str, runs: Sequence[Run], announced: bool) -> Iterator[Span]:
    """Card numbers that other words break: "four one one one, the next are one one one one ..."."""
    groups = [group for run in runs for group in run]
    if len(runs) < 2 or len(groups) > FLOOD or not (announced or sum(group.spoken for group in groups) >= SHORTEST - 1):
        return
    for first, last in windows(groups):
        told = groups[first : last + 1]
        if max(words_between(lower, told)[1:-1], default=0) <= WORDS_BETWEEN and not any(
            is_counted(group, lower) for group in told
        ):
            yield _span(told)


def _is_whole(part: Sequence[Group]) -> bool:
    """Whether the groups, of one size but for the last, as on an American Express card, or said, pass the check."""
    digits = "".join(group.digits for group in part)
    sizes = [len(group.digits) for group in part]
    even = len(set(sizes[:-1])) <= 1 or sizes in ([4, 6, 5], [4, 6, 4]) or all(group.spoken for group in part)
    return SHORTEST <= len(digits) <= LONGEST and even and luhn(digits)


def _parts(run: Run, lower: str) -> Iterator[Window]:
    """The run itself and its parts between commas, semicolons, bars and line ends."""
    yield Window(0, len(run) - 1)
    begin = 0
    for place in range(1, len(run) + 1):
        if place == len(run) or not {*",;|\n"}.isdisjoint(lower[run[place - 1].end : run[place].start]):
            if (begin, place) != (0, len(run)):
                yield Window(begin, place - 1)
            begin = place


def _after_slip(run: Run) -> bool:
    """Whether a card number appears once up to eight digits before a correction are taken back."""
    if len(run.digits) > _LONGEST_SLIP:
        return False
    said = [
        Group(group.start, group.end, digit, group.spoken, group.slip and not place)
        for group in run
        for place, digit in enumerate(group.digits)
    ]
    slips = [place for place, digit in enumerate(said) if digit.slip and place]
    return any(
        any(windows(said[: place - back] + said[place:])) for place in slips for back in range(1, min(8, place) + 1)
    )
