"""Personal data out of every text before it is stored; a text that cannot be read safely is not published."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from importlib.util import find_spec

from care_metrics.errors import RedactionFailed
from care_metrics.privacy.conversations import spans_of
from care_metrics.privacy.folding import MASKED
from care_metrics.privacy.ner import MODEL, people
from care_metrics.privacy.reading import Reader, Reading
from care_metrics.privacy.roster import Roster
from care_metrics.privacy.spans import Span, replaced

LONGEST_TEXT = 100_000  # characters of one turn, more than an hour of talk
_REMEMBERED = 60_000  # readings kept between calls, for texts repeat; about 1.5 kB each, in every process
_PASSES = 20  # a text is read again until nothing is found; two passes are the rule
_NEEDED = ("presidio_analyzer", "phonenumbers", "spacy", "faker", "spellchecker", "simplemma", MODEL)
Talk = tuple[list[int], list[str] | None]


@dataclass(frozen=True)
class Redacted:
    """The texts in their order, and the number of placeholders put in by kind."""

    texts: tuple[str | None, ...]
    counts: dict[str, int]


@dataclass(frozen=True)
class Redactor:
    """Redacts texts of one client.

    names: agents and customers known from the export; country: ISO codes (one, or several) whose phone numbers and
    national ids are looked for beside those of the United States; pseudonym_key: with it a placeholder carries eight
    hex digits of a keyed hash (`<name:3f2a91c4>`), the same for the same value; cards, CVVs and PINs never do.
    """

    names: frozenset[str] = field(default_factory=frozenset, repr=False)
    country: str | tuple[str, ...] | None = None
    pseudonym_key: bytes | str | None = field(default=None, repr=False)

    def redact(
        self,
        texts: Sequence[str | None],
        speakers: Sequence[str | None] | None = None,
        conversations: Sequence[str | None] | None = None,
    ) -> Redacted:
        """The texts with typed placeholders; order and length are kept, a missing text stays missing.

        speakers, conversations: of each text, which is in the order told; without conversations all texts of a call
        with speakers are one. RedactionFailed (with the positions at fault) if anything goes wrong.
        """
        self._require(texts, speakers, conversations)
        talks = list(_talks(len(texts), speakers, conversations))
        at = list(range(len(texts)))
        try:
            return self._settle(list(texts), talks, at)
        except RedactionFailed:
            raise
        except Exception as error:  # noqa: BLE001 - fails closed
            wrong = type(error).__name__  # the error itself may quote the text
        touched = frozenset(at)
        places = [place for talk, _ in talks if not touched.isdisjoint(talk) for place in talk]
        raise RedactionFailed(sorted(places), wrong)

    def _settle(self, texts: list[str | None], talks: list[Talk], at: list[int]) -> Redacted:
        """Read and replace until nothing more is found; `at` always holds the positions being read."""
        counts = Counter[str]()
        for _ in range(_PASSES):
            self._ask_ner({place: texts[place] for places, _ in talks for place in places}, at)
            changed = []
            for places, voices in talks:
                at[:] = places
                found = self._spans([texts[place] or "" for place in places], voices)
                if any(found):
                    changed.append((places, voices))
                    self._replace(texts, places, found, counts)
            if not changed:
                return Redacted(tuple(texts), dict(sorted(counts.items())))
            talks = changed
        raise RedactionFailed(sorted(place for places, _ in talks for place in places), "there is no end of finds")

    def _require(self, texts: Sequence[str | None], *others: Sequence[str | None] | None) -> None:
        if any(other is not None and len(other) != len(texts) for other in others):
            raise RedactionFailed((), "texts, speakers and conversations differ in length")
        if missing := [name for name in _NEEDED if find_spec(name) is None]:
            raise RedactionFailed((), f"package {missing[0]} is not installed; run pip install -r requirements.txt")
        if long := [place for place, text in enumerate(texts) if text is not None and len(text) > LONGEST_TEXT]:
            raise RedactionFailed(long, f"more than {LONGEST_TEXT:,} characters in one text")

    @cached_property
    def _reader(self) -> Reader:
        codes = (self.country,) if isinstance(self.country, str) else self.country or ()
        return Reader(Roster(self.names), tuple(dict.fromkeys(("US", *(code.upper() for code in codes)))))

    @cached_property
    def _readings(self) -> dict[tuple[str, str | None], Reading]:
        return {}

    @cached_property
    def _people(self) -> dict[str, list[tuple[int, int]]]:
        return {}

    def _read(self, text: str, asked: str | None) -> Reading:
        """One reading a distinct text and question."""
        if (known := self._readings.get((text, asked))) is not None:
            return known
        if asked and not (plain := self._read(text, None)).answers(asked):
            self._readings[text, asked] = plain
            return plain
        reading = self._reader.read(text, asked)
        if reading.doubtful and text in self._people:
            reading = reading.with_people(self._people[text])
        self._readings[text, asked] = reading
        return reading

    def _ask_ner(self, texts: Mapping[int, str | None], at: list[int]) -> None:
        """Have the NER read, in batches, the new texts whose names the rules leave in doubt."""
        if len(self._readings) >= _REMEMBERED:
            self._readings.clear()
            self._people.clear()
        doubtful: dict[str, Reading] = {}
        for place, text in texts.items():
            if text and (text, None) not in self._readings:
                at[:] = [place]
                if (reading := self._read(text, None)).doubtful:
                    doubtful[text] = reading
        at[:] = [place for place, text in texts.items() if text in doubtful]
        found = people([reading.folded.text.replace(MASKED, "x") for reading in doubtful.values()]) if doubtful else ()
        for (text, reading), persons in zip(doubtful.items(), found, strict=True):
            self._people[text] = persons
            self._readings[text, None] = reading.with_people(persons)

    def _spans(self, told: Sequence[str], voices: Sequence[str] | None) -> list[tuple[Span, ...]]:
        """The spans of one conversation, or of one text that stands alone."""
        if voices is None:
            return [self._read(text, None).spans for text in told]
        return spans_of(told, voices, self._read)

    def _replace(
        self, texts: list[str | None], places: Sequence[int], found: Iterable[Sequence[Span]], counts: Counter[str]
    ) -> None:
        key = self.pseudonym_key.encode() if isinstance(self.pseudonym_key, str) else self.pseudonym_key
        for place, spans in zip(places, found, strict=True):
            if spans:
                texts[place] = replaced(texts[place] or "", spans, key)
                counts.update(span.kind for span in spans)


def _talks(
    size: int, speakers: Sequence[str | None] | None, conversations: Sequence[str | None] | None
) -> Iterator[Talk]:
    """(positions, speakers) of each conversation; texts of none stand alone."""
    if speakers is None and conversations is None:
        yield from (([place], None) for place in range(size))
        return
    together: dict[str | None, list[int]] = {}
    for place in range(size):
        together.setdefault(conversations[place] if conversations else "", []).append(place)
    for places in together.values():
        yield places, [(speakers[place] if speakers else None) or "" for place in places]
