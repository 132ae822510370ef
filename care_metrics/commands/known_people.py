"""What redaction knows of a client beforehand: the names of its agents and customers, and the countries they live in."""

from collections import Counter

import polars as pl

from care_metrics.privacy.redactor import Redactor
from care_metrics.settings import settings
from care_metrics.sources.reading import Reading
from care_metrics.store import Store

MOST_COUNTRIES = 5


class People:
    """Names and countries of one load, gathered while it is read; customers' names are never stored."""

    def __init__(self) -> None:
        self._names: set[str] = set()
        self._countries: Counter[str] = Counter()

    def see(self, reading: Reading) -> None:
        """Take note of a reading."""
        if "name" in reading.rows.columns:
            self._names |= set(reading.rows["name"].drop_nulls().unique())
        if "country" in reading.rows.columns:
            self._countries += _codes(reading.rows["country"])

    def new_to(self, store: Store, client: str) -> bool:
        """Whether a name was seen that no stored agent has."""
        return not self._names <= People().known(store, client)[0]

    def redactor(self, store: Store, client: str) -> Redactor:
        """A redactor that knows them, the agents that are stored, and the commonest countries of client and setting."""
        return Redactor(*self.known(store, client))

    def known(self, store: Store, client: str) -> tuple[frozenset[str], tuple[str, ...], str | None]:
        """What that redactor knows: names, countries, and the key of pseudonyms."""
        stored = store.read_now("agents", [client], ["name"])
        names = self._names | (set() if stored is None else set(stored["name"].drop_nulls()))
        countries = self._countries.copy()
        for table in ("customers", "sites"):
            rows = store.read_now(table, [client], ["country"])
            countries += _codes(rows["country"]) if rows is not None else Counter()
        ranked = sorted(countries, key=lambda code: (-countries[code], code))
        wanted = [code.strip().upper() for code in settings().countries.split(",") if code.strip()]
        key = settings().pseudonym_key.get_secret_value() or None
        return frozenset(names), tuple(sorted({*wanted, *ranked[:MOST_COUNTRIES]})), key


def _codes(column: pl.Series) -> Counter[str]:
    """Two-letter codes only: the name of a country is none that phone numbers are known by."""
    codes = column.str.strip_chars().str.to_uppercase().drop_nulls()
    return Counter(dict(codes.filter(codes.str.contains(r"^[A-Z]{2}$")).value_counts().iter_rows()))
