"""The set on which redaction is measured: our own sentences, filled with invented data, from a seed."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from benchmarks import redaction_values as values

Rng = random.Random


@dataclass(frozen=True)
class Case:
    """One conversation: (speaker, text) turns and, by turn, the stretches that must go.

    kind: what they are; form: how they are said; a case without stretches must come back unchanged.
    """

    kind: str
    form: str
    turns: tuple[tuple[str, str], ...]
    private: tuple[tuple[int, str], ...] = ()


def _filled(rng: Rng, kind: str, form: str, sentences: tuple[str, ...], value: str, **others: str) -> Case:
    sentence = rng.choice(sentences)
    return Case(kind, form, (("customer", sentence.format(v=value, **others)),), ((0, value),))


_CARD = (
    "my card number is {v}",
    "sure it's a visa the number is {v} thanks",
    "i want to pay with {v}",
    "can you charge it to {v} please",
    "the card is {v} and it expires next year",
    "yes {v}",
    "{v}",
    "please update my card to {v} instead of the old one",
)
_TARJETA = ("el numero de mi tarjeta es {v}", "la tarjeta es {v} por favor", "anote {v}", "si claro {v} gracias")


def cards(rng: Rng) -> Case:
    """A card number in one of its forms."""
    number = values.card(rng)
    form = rng.choice(
        [
            "plain",
            "grouped",
            "any spacing",
            "unicode",
            "said",
            "said in pairs",
            "with a slip",
            "spanish",
            "split",
            "split",
        ]
    )
    if form == "split":
        return _split_card(rng, number)
    if form == "spanish":
        return _filled(rng, "card", form, _TARJETA, values.said(rng, number, spanish=True))
    ways: dict[str, Callable[[], str]] = {
        "plain": lambda: number,
        "grouped": lambda: values.grouped(number, [4, 6] if len(number) < 16 else [4, 4, 4], rng.choice(" -.")),
        "any spacing": lambda: values.spaced(rng, number),
        "unicode": lambda: values.odd(rng, number),
        "said": lambda: values.said(rng, number),
        "said in pairs": lambda: values.paired(number),
        "with a slip": lambda: values.corrected(rng, number),
    }
    return _filled(rng, "card", form, _CARD, ways[form]())


def _split_card(rng: Rng, number: str) -> Case:
    """A card number told over two or three turns, the agent encouraging."""
    cuts = [len(number) // 2] if rng.random() < 0.5 else [len(number) // 3, 2 * len(number) // 3]
    pieces = [number[a:b] for a, b in zip([0, *cuts], [*cuts, len(number)], strict=True)]
    say = (lambda piece: values.said(rng, piece)) if rng.random() < 0.7 else (lambda piece: piece)
    turns, private = [], []
    if rng.random() < 0.5:
        turns.append(("agent", rng.choice(["can i have the card number please", "what's the number on the card"])))
    leads = (
        ["sure it's ", "okay so ", "yes ", ""],
        ["", "then ", "and ", "next is "],
        ["", "and ", "and the last ones are "],
    )
    for place, piece in enumerate(pieces):
        value = say(piece)
        private.append((len(turns), value))
        turns.append(("customer", rng.choice(leads[min(place, 2)]) + value))
        turns.append(("agent", rng.choice(["okay", "uh huh", "go ahead", "mhm", "got it"])))
    return Case("card", "split", tuple(turns), tuple(private))


_SSN = (
    "my social security number is {v}",
    "sure my social is {v}",
    "ssn {v}",
    "the social security number on the account is {v} if you need it",
    "yes my ssn's {v} okay",
)


def ssns(rng: Rng) -> Case:
    """A social security number: written, said, answered, split over turns."""
    number = values.ssn(rng)
    form = rng.choice(["dashes without a word", "after a cue", "said", "answer", "split"])
    dashed = f"{number[:3]}-{number[3:5]}-{number[5:]}"
    if form == "dashes without a word":
        written = dashed if rng.random() < 0.7 else dashed.replace("-", rng.choice(["\u2011", " ", "\u2013"]))
        return _filled(
            rng, "ssn", form, ("it is {v}", "{v}", "here you go {v} thanks", "use {v} to look it up"), written
        )
    if form in ("after a cue", "said"):
        value = rng.choice([number, dashed]) if form == "after a cue" else values.said(rng, number)
        return _filled(rng, "ssn", form, _SSN, value)
    question = rng.choice(
        ["can you confirm your social security number", "and your social please", "what's the ssn on file"]
    )
    pieces = [number] if form == "answer" else [number[:3], number[3:5], number[5:]]
    turns, private = [("agent", question)], []
    for piece in pieces:
        value = values.said(rng, piece) if rng.random() < 0.7 or form == "split" else piece
        private.append((len(turns), value))
        turns += [
            ("customer", rng.choice(["", "yes ", "sure it's ", "okay "]) + value),
            ("agent", rng.choice(["okay", "mhm", "thank you"])),
        ]
    return Case("ssn", form, tuple(turns), tuple(private))


_CVV = (
    "the cvv is {v}",
    "security code {v}",
    "cvc {v} and that's it",
    "the three digits on the back are {v}",
    "{v} is the security code",
    "and the code on the back is {v}",
    "el codigo de seguridad es {v}",
    "my card verification code is {v} thanks",
)
_PIN = (
    "my pin is {v}",
    "pin number {v}",
    "the one time passcode is {v}",
    "mi clave es {v}",
    "the pin code is {v} okay",
)


def codes(rng: Rng) -> Case:
    """A CVV after a cue, in the same turn or in answer to the agent."""
    number = values.digits(rng, rng.choice([3, 3, 3, 4]))
    value = rng.choice([number, values.said(rng, number)])
    if rng.random() < 0.3:
        question = rng.choice(
            ["what's the security code on the back", "and the cvv please", "the three digits on the back of the card"]
        )
        answer = rng.choice(["", "it's ", "yes ", "sure "])
        return Case("cvv", "answer", (("agent", question), ("customer", answer + value)), ((1, value),))
    return _filled(rng, "cvv", "after a cue", _CVV, value)


def pins(rng: Rng) -> Case:
    """A PIN or one-time code after a cue."""
    number = values.digits(rng, rng.choice([4, 4, 6]))
    return _filled(rng, "pin", "after a cue", _PIN, rng.choice([number, values.said(rng, number)]))


def phones(rng: Rng) -> Case:
    """A phone number, written or said."""
    number = values.phone(rng)
    written = rng.choice(["{}-{}-{}", "({}) {}-{}", "{} {} {}", "{}.{}.{}", "+1 {} {} {}"])
    if rng.random() < 0.6:
        value = written.format(number[:3], number[3:6], number[6:])
        return _filled(
            rng,
            "phone",
            "written",
            ("call me at {v}", "{v}", "i'm calling from {v} today", "text {v} when it's ready"),
            value,
        )
    return _filled(
        rng, "phone", "said", ("my phone number is {v}", "call me back at {v}", "it's {v}"), values.said(rng, number)
    )


def emails(rng: Rng) -> Case:
    """An e-mail address, written or said."""
    given, family = (part.split("'")[-1].replace(" ", "") for part in values.person(rng))
    host = rng.choice(["gmail", "hotmail", "yahoo", "example"])
    if rng.random() < 0.5:
        value = f"{given}{rng.choice(['.', '_', ''])}{family}{rng.choice(['', '7', '88'])}@{host}.com"
        return _filled(rng, "email", "written", ("my email is {v}", "send it to {v} please", "{v}"), value)
    value = f"{given} {rng.choice(['dot', 'underscore'])} {family} at {host} dot com"
    return _filled(rng, "email", "said", ("my email is {v}", "you can write to {v} please", "it's {v}"), value)


def ids(rng: Rng) -> Case:
    """A national or tax id."""
    way = rng.randrange(5)
    if way == 0:
        return _filled(rng, "id", "CURP", ("mi curp es {v}", "la clave es {v}", "{v}"), values.curp(rng))
    if way == 1:
        return _filled(rng, "id", "NIT", ("el nit es {v}", "facture a {v} por favor"), values.nit(rng))
    if way == 2:
        value = values.said(rng, values.digits(rng, 10, "1"), spanish=True)
        return _filled(rng, "id", "cédula, said", ("mi cedula es {v}", "numero de cedula {v}"), value)
    if way == 3:
        value = rng.choice(["1.{}.{}.{}", "1{}{}{}"]).format(*(values.digits(rng, 3) for _ in range(3)))
        return _filled(
            rng, "id", "cédula", ("mi cedula es {v}", "cédula de ciudadanía {v} gracias", "mi documento es {v}"), value
        )
    value = rng.choice("ABX") + values.digits(rng, 7)
    return _filled(rng, "id", "passport, licence", ("my passport number is {v}", "driver's license {v}"), value)


def ibans(rng: Rng) -> Case:
    """An international bank account number."""
    number = values.iban(rng)
    value = rng.choice([number, number.lower(), values.grouped(number, [4] * 5, " ")])
    return _filled(rng, "iban", "written", ("my iban is {v}", "transfer it to {v} please", "{v}"), value)


def addresses(rng: Rng) -> Case:
    """A street address."""
    form, make = rng.choice([("written", values.address), ("said", values.said_address), ("spanish", values.calle)])
    sentences = (
        ("vivo en {v}", "la direccion es {v}")
        if form == "spanish"
        else ("i live at {v}", "send it to {v} please", "my address is {v}")
    )
    return _filled(rng, "address", form, sentences, make(rng))


def birth_dates(rng: Rng) -> Case:
    """A date of birth after a cue or in answer to one."""
    value = rng.choice(values.birth_dates())(rng)
    if rng.random() < 0.3:
        return Case(
            "birth_date",
            "answer",
            (("agent", "and your date of birth please"), ("customer", f"sure {value}")),
            ((1, value),),
        )
    return _filled(rng, "birth_date", "after a cue", ("my date of birth is {v}", "i was born on {v}", "dob {v}"), value)


_TOLD = (
    "my name is {v}",
    "hi my name is {v} and i'm calling about my bill",
    "yeah the name's {v}",
    "last name on the account is {v}",
    "me llamo {v} y llamo por mi factura",
    "mi nombre es {v}",
    "you can call me {v}",
    "it's under the name of {v}",
)
_MEANT = (
    "i spoke with {v} yesterday and nothing happened",
    "can i talk to {v} please",
    "an agent named {v} promised me a refund",
    "my husband {v} set up the account",
    "mr {v} already sent the form",
    "my sister {v} is on the line with me",
    "hable con {v} la semana pasada",
    "is supervisor {v} available",
)
_GREETED = (
    "hi {v} i need help with my order",
    "thank you {v} you have been very kind",
    "this is {v} from the billing department",
    "hello this is {v} calling about the delivery",
    "okay thanks {v} bye",
    "hola {v} buenas tardes",
    "good morning {v} how are you",
    "no that's all thank you so much {v}",
)
_BARE = (
    "so {v} never called me back about it",
    "i already explained it to {v} last week",
    "and then {v} closed the ticket without asking",
    "{v} said the payment went through",
    "ayer {v} me dijo otra cosa",
    "please tell {v} the package arrived",
)


def names(rng: Rng) -> Case:
    """A name in a lower-case transcript."""
    given, family = values.person(rng)
    form, sentences = rng.choice(
        [
            ("told", _TOLD),
            ("told", _TOLD),
            ("meant", _MEANT),
            ("greeted", _GREETED),
            ("greeted", _GREETED),
            ("no cue", _BARE),
        ]
    )
    if rng.random() < 0.1:
        question = rng.choice(["may i have your name please", "who am i speaking with", "can i get your full name"])
        value = f"{given} {family}"
        return Case(
            "name",
            "answer",
            (("agent", question), ("customer", rng.choice(["", "sure ", "yes it's "]) + value)),
            ((1, value),),
        )
    sentence = rng.choice(sentences)
    value = family if sentence.startswith(("mr", "last name")) else rng.choice([given, f"{given} {family}"])
    return Case("name", form, (("customer", sentence.format(v=value)),), ((0, value),))


_HARMLESS = (
    "my order number is {no_card}",
    "tracking number {n12} says delivered",
    "confirmation {n10} for two nights",
    "flight {n4} leaves on {month} {day} at {hour}:30",
    "i was charged ${n2}.99 twice on {month} {day}",
    "the invoice from {month} {day} is {n3} dollars too high",
    "i ordered the galaxy and the rose gold iphone",
    "the grace period ended in may and i will pay in june",
    "can you mark it as done and bill me in april",
    "i called {n1} times and waited {n2} minutes",
    "ticket id {n8} is still open",
    "we drove from san francisco to austin to pick it up",
    "the model is wx{n4} with serial number {n10}",
    "my card ending in {n4} was declined",
    "i bought it on {month} {day} for {n3} dollars",
    "this is ridiculous and unacceptable",
    "the package weighs {n2} pounds and has {n1} pieces",
    "the jordan shoes came in size {n2}",
    "please check case {n9}",
    "mi pedido es el {n8} y cuesta 1.{n3}.{n3} pesos",
    "i have paid {n3} a month for {n1} years",
    "the meeting is at {hour} on monday with the whole team",
    "reference number {no_card} from your email",
    "we got order {said} last tuesday",
    "there is one more thing about the two lines i have",
    "i live about {n2} minutes from the store on the way to work",
    "is the new york store open on christmas eve",
    "la reserva {n8} es para dos personas el {day} de {mes}",
    "the black pearl and the ruby ring are both on sale",
    "i can wait a day but a long delay is no good",
    "the delta flight to paris was late again",
    "chase and wells fargo both declined it",
    "it says error {n3} and then code {n4}",
    "may i ask why the price went up",
)


def harmless(rng: Rng) -> Case:
    """A sentence with numbers and words that only look private."""
    numbers = {f"n{size}": values.digits(rng, size, "123456789") for size in (1, 2, 3, 4, 8, 9, 10, 12)}
    others = {
        "month": rng.choice(values.MONTHS),
        "mes": rng.choice(values.MESES),
        "day": str(rng.randint(1, 28)),
        "hour": str(rng.randint(1, 11)),
    }
    sentence = rng.choice(_HARMLESS)
    said = values.said(rng, values.digits(rng, 6, "123456789"))
    text = sentence.format(no_card=values.no_card(rng), said=said, **numbers, **others)
    return Case("none", "harmless", (("customer", text),))


# (maker, cases at size 1)
MAKERS: tuple[tuple[Callable[[Rng], Case], int], ...] = (
    (cards, 10_000),
    (ssns, 5_000),
    (codes, 5_000),
    (pins, 1_000),
    (phones, 1_000),
    (emails, 1_000),
    (ids, 1_000),
    (ibans, 500),
    (addresses, 1_000),
    (birth_dates, 1_000),
    (names, 6_000),
    (harmless, 6_000),
)


def cases(seed: int, share: float = 1.0) -> Iterator[Case]:
    """All cases of the set, or a share of each kind."""
    for maker, count in MAKERS:
        rng = random.Random(f"{seed}:{maker.__name__}")
        for _ in range(max(1, round(count * share))):
            yield maker(rng)
