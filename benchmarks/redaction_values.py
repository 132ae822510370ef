"""Invented personal data for measuring redaction: card numbers, names, dates, addresses, written and said."""

import random
from collections.abc import Callable


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


GIVEN = _words(
    "maria jennifer david priya oluwaseun wojciech siobhan deepak ximena quetzalli thandiwe kwame ngozi bjorn anneliese joaquin "
    "rebecca tyrone latoya keisha mohammed fatima yusuf aisha hiroshi yuki jin-woo soo-ah wei xiaoming anh thuy rajesh lakshmi "
    "venkatesh harpreet gurpreet sunita rosalinda guadalupe ignacio esteban luisa camila valentina thiago joao beatriz marisol "
    "jose-luis mary-ann jean-luc o'neal d'andre shaniqua demetrius svetlana dmitri oksana bogdan katarzyna zofia ilse gunther "
    "francois amelie chiara giovanni eleni kostas ahmet zeynep farhad shirin yael avraham makena tendai chukwuemeka adaeze "
    "jayden brayden mckenzie ashlynn emily michael sarah robert linda james patricia john elizabeth carlos miguel sofia diego "
    "grace mark will rose april hope faith jordan austin madison angel jesus jaslene marlowe zephyr ottoline caspian idris"
)
FAMILY = _words(
    "gonzalez smith raghunathan adeyemi szczepanski o'malley o'brien nakamura mokoena mensah okonkwo lindqvist hoffmann "
    "de-la-cruz fernandez-lopez jackson washington nguyen tran kim park wong chatterjee venkataraman subramaniam kaur singh "
    "bautista dela-cruz santos silva oliveira pereira ivanova petrenko kowalczyk novak papadopoulos yilmaz hosseini cohen "
    "levy mwangi moyo eze balogun villanueva echeverria quintanilla zamudio betancourt arciniegas restrepo uribe cardenas "
    "johnson williams brown davis miller garcia rodriguez wilson anderson taylor thomas moore martin lee thompson white "
    "harris clark lewis young king wright hill scott green baker adams nelson campbell mitchell price wood reed stone bell "
    "abernathy featherstonehaugh mcallister vandenberg st-pierre al-rashid bin-talal ostrowski thibodeaux kealoha nakai"
)
_ONES = _words("zero one two three four five six seven eight nine")
_TEENS = _words("ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen")
_TENS = _words("twenty thirty forty fifty sixty seventy eighty ninety")
_UNOS = _words("cero uno dos tres cuatro cinco seis siete ocho nueve")
MONTHS = _words("january february march april may june july august september october november december")
MESES = _words("enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre")
_STREETS = _words("maple oak willow lake park hill cedar ocean view sunset mill church spring river pine elm main")
_WAYS = _words("street avenue road drive lane boulevard court")
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_ZERO_WIDTH = "\u200b\u200c\u2060\ufeff\u00ad"


def check_digit(digits: str) -> str:
    """The Luhn check digit of the digits before it."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return str(-total % 10)


def digits(rng: random.Random, size: int, first: str = "0123456789") -> str:
    """A row of digits."""
    return rng.choice(first) + "".join(rng.choice("0123456789") for _ in range(size - 1))


def card(rng: random.Random) -> str:
    """A valid number of one of the large networks."""
    prefix, size = rng.choice(
        [
            ("4", 16),
            ("4", 16),
            ("4", 13),
            ("4", 19),
            (str(rng.randint(51, 55)), 16),
            (str(rng.randint(2221, 2720)), 16),
            *[("34", 15), ("37", 15), ("6011", 16), ("65", 16), ("36", 14), ("3528", 16), ("62", 16)],
        ]
    )
    body = prefix + digits(rng, size - 1 - len(prefix))
    return body + check_digit(body)


def no_card(rng: random.Random) -> str:
    """Sixteen digits in fours that fail the check: an order or a policy."""
    body = digits(rng, 15, "123456789")
    wrong = str((int(check_digit(body)) + rng.randint(1, 9)) % 10)
    return grouped(body + wrong, [4, 4, 4, 4], " ")


def grouped(number: str, sizes: list[int], mark: str) -> str:
    """The number in groups."""
    parts, place = [], 0
    for size in sizes:
        parts.append(number[place : place + size])
        place += size
    return mark.join(part for part in [*parts, number[place:]] if part)


def spaced(rng: random.Random, number: str) -> str:
    """The number in groups of any size, with any marks between."""
    text = number[0]
    for digit in number[1:]:
        text += (
            rng.choice([" ", "-", ".", "  ", " - ", "/", "\u00a0", "\u2011"]) if rng.random() < 0.3 else ""
        ) + digit
    return text


def odd(rng: random.Random, number: str) -> str:
    """The number in digits of another script or width, or with invisible characters."""
    kind = rng.randrange(4)
    if kind == 0:
        return number.translate(_FULL_WIDTH)
    if kind == 1:
        return grouped(number.translate(_ARABIC), [4, 4, 4, 4], " ")
    mark = rng.choice(_ZERO_WIDTH)
    return mark.join(number) if kind == 2 else grouped(number, [4, 4, 4], mark)


def said(rng: random.Random, number: str, spanish: bool = False) -> str:
    """The digits as words, with fillers now and then, "double" and "oh"."""
    words, place = [], 0
    while place < len(number):
        digit = number[place]
        if not spanish and number[place : place + 2] == digit * 2 and rng.random() < 0.3:
            words.append("double " + ("oh" if digit == "0" else _ONES[int(digit)]))
            place += 2
            continue
        word = _UNOS[int(digit)] if spanish else "oh" if digit == "0" and rng.random() < 0.4 else _ONES[int(digit)]
        words.append(word)
        place += 1
        if place < len(number) and rng.random() < 0.08:
            words.append(rng.choice(["eh", "este", "y"] if spanish else ["uh", "um", "and", "then", "dash"]))
    return " ".join(words)


def paired(number: str) -> str:
    """The digits said in pairs: forty one eleven oh five; an odd one comes first."""
    odd = len(number) % 2
    pairs = [_pair(number[place : place + 2]) for place in range(odd, len(number), 2)]
    return " ".join(([_ONES[int(number[0])]] if odd else []) + pairs)


def _pair(two: str) -> str:
    if len(two) == 1 or two[0] == "0":
        return " ".join("oh" if digit == "0" else _ONES[int(digit)] for digit in two)
    if two[0] == "1":
        return _TEENS[int(two[1])]
    return _TENS[int(two[0]) - 2] + (f" {_ONES[int(two[1])]}" if two[1] != "0" else "")


def corrected(rng: random.Random, number: str) -> str:
    """The digits as words with one slip taken back."""
    place = rng.randint(2, len(number) - 2)
    wrong = str((int(number[place]) + rng.randint(1, 9)) % 10)
    slip = rng.choice(["sorry", "no wait", "uh no sorry"])
    return f"{said(rng, number[:place] + wrong)} {slip} {said(rng, number[place:])}"


def ssn(rng: random.Random) -> str:
    """Nine digits of a possible social security number."""
    area = rng.choice([*range(1, 666), *range(667, 900)])
    return f"{area:03d}{rng.randint(1, 99):02d}{rng.randint(1, 9999):04d}"


def phone(rng: random.Random) -> str:
    """Ten digits with a real North American area code."""
    return (
        rng.choice(["212", "305", "415", "512", "617", "702", "808", "916"])
        + digits(rng, 1, "23456789")
        + digits(rng, 6)
    )


def person(rng: random.Random) -> tuple[str, str]:
    """Given name and surname."""
    return rng.choice(GIVEN), rng.choice(FAMILY).replace("de-la-", "de la ").replace("dela-", "dela ")


def address(rng: random.Random) -> str:
    """House number and street."""
    unit = rng.choice(["", "", f" apt {rng.randint(1, 40)}", f" unit {rng.choice('abcd')}"])
    return f"{rng.randint(10, 9999)} {rng.choice(_STREETS)} {rng.choice(_WAYS)}{unit}"


def said_address(rng: random.Random) -> str:
    """The same, said."""
    return f"{_pair(digits(rng, 2, '23456789'))} {_pair(digits(rng, 2, '23456789'))} {rng.choice(_STREETS)} {rng.choice(_WAYS[:3])}"


def calle(rng: random.Random) -> str:
    """A Colombian address."""
    way = rng.choice(["calle", "carrera", "avenida", "cra", "transversal"])
    return f"{way} {rng.randint(1, 150)} {rng.choice(['#', 'numero', 'no.'])} {rng.randint(1, 99)}-{rng.randint(1, 99)}"


def birth_dates() -> tuple[Callable[[random.Random], str], ...]:
    """Ways of giving a date of birth."""
    day = lambda rng: rng.randint(1, 28)  # noqa: E731
    year = lambda rng: rng.randint(1940, 2005)  # noqa: E731
    return (
        lambda rng: f"{rng.randint(1, 12):02d}/{day(rng):02d}/{year(rng)}",
        lambda rng: f"{year(rng)}-{rng.randint(1, 12):02d}-{day(rng):02d}",
        lambda rng: f"{rng.choice(MONTHS)} {day(rng)} {year(rng)}",
        lambda rng: f"{day(rng)}th of {rng.choice(MONTHS)} nineteen {_pair(str(rng.randint(40, 99)))}",
        lambda rng: (
            f"{rng.choice(MONTHS)} {rng.choice(['first', 'second', 'fourth', 'tenth'])} {_pair(str(rng.randint(40, 99)))}"
        ),
        lambda rng: f"oh {rng.choice(_ONES[1:])} {_pair(f'{day(rng):02d}')} {_pair(str(rng.randint(40, 99)))}",
    )


def iban(rng: random.Random) -> str:
    """A German or Spanish account number with the right remainder."""
    country, size = rng.choice([("DE", 18), ("ES", 20)])
    body = digits(rng, size)
    rest = int(body + "".join(str(ord(letter) - 55) for letter in country) + "00") % 97
    return f"{country}{98 - rest:02d}{body}"


def nit(rng: random.Random) -> str:
    """A Colombian tax number with its check digit (weights of DIAN's order 4 of 1989)."""
    body = digits(rng, 9, "89")
    rest = sum(int(d) * w for d, w in zip(reversed(body), (3, 7, 13, 17, 19, 23, 29, 37, 41), strict=True)) % 11
    return f"{body[:3]}.{body[3:6]}.{body[6:]}-{rest if rest < 2 else 11 - rest}"


def curp(rng: random.Random) -> str:
    """A Mexican population register key by its form."""
    letters = "".join(rng.choice("ABCDEGLMNPRST") for _ in range(4))
    date = f"{rng.randint(50, 99)}{rng.randint(1, 12):02d}{rng.randint(1, 28):02d}"
    return f"{letters}{date}{rng.choice('HM')}DF{''.join(rng.choice('BCDFGLMNRSTZ') for _ in range(3))}0{rng.randint(0, 9)}"
