"""Ways in which a file gets damaged: cut, flipped, shuffled, stuffed; each drawn from a seed, so that it can be repeated."""

import random
import re

STUFFING = (
    b"\x00",
    b'"',
    b"\n",
    b"\r",
    b",",
    b"\xff",
    b"\xe2\x80\xae",
    b"NaN",
    b"1e400",
    b"null",
    b"[]",
    b"{}",
    b"-1",
    b"\\ud83d",
)


def damaged(content: bytes, seed: int) -> bytes:
    """The content with one to four injuries, half the time such as leave JSON whole; never empty."""
    chance = random.Random(seed)
    injuries = chance.choice((_INJURIES, (_retype,)))
    for _ in range(chance.randint(1, 4)):
        content = chance.choice(injuries)(content, chance)
    return content or b"\x00"


def _cut(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randint(0, len(content))]


def _flip(content: bytes, chance: random.Random) -> bytes:
    if not content:
        return content
    at = chance.randrange(len(content))
    return content[:at] + bytes([chance.randrange(256)]) + content[at + 1 :]


def _stuff(content: bytes, chance: random.Random) -> bytes:
    at = chance.randint(0, len(content))
    return content[:at] + chance.choice(STUFFING) * chance.randint(1, 3) + content[at:]


def _remove(content: bytes, chance: random.Random) -> bytes:
    at = chance.randint(0, len(content))
    return content[:at] + content[at + chance.randint(1, 40) :]


def _double(content: bytes, chance: random.Random) -> bytes:
    at, length = chance.randint(0, len(content)), chance.randint(1, 200)
    return content[: at + length] + content[at:]


def _retype(content: bytes, chance: random.Random) -> bytes:
    """Another JSON value or cell in place of one."""
    values = list(re.finditer(rb'"[^"\n]*"(?!\s*:)|-?\d+(?:\.\d+)?|true|false|null', content))
    if not values:
        return content
    place = chance.choice(values)
    new = chance.choice((b"null", b"7", b'"x"', b"[]", b"{}", b"[[1]]", b'{"a":1}', b"true", b"-1e9", b'"2024-13-45"'))
    return content[: place.start()] + new + content[place.end() :]


_INJURIES = (_cut, _flip, _stuff, _remove, _double, _retype)
