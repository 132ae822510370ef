"""Numbers and shares in the reader's locale, with a true minus sign."""

from functools import lru_cache

from babel.numbers import format_decimal, format_percent

from care_metrics.ui.text import language

MINUS = "\N{MINUS SIGN}"


def number(value: float, digits: int = 0) -> str:
    """1,234.5 in English, 1.234,5 in Spanish."""
    # Rounded first, so that what rounds to zero carries no minus; adding 0.0 turns -0.0 into 0.0.
    return _decimal(round(value, digits) + 0.0, digits, language())


def percent(value: float, digits: int) -> str:
    """A fraction as per cent."""
    return _percent(round(value, digits + 2) + 0.0, digits, language())


# Babel reads its pattern anew for each number, and a list of contacts holds few different ones.
@lru_cache(maxsize=4096)
def _decimal(value: float, digits: int, locale: str) -> str:
    return format_decimal(value, _pattern(digits), locale=locale).replace("-", MINUS)


@lru_cache(maxsize=4096)
def _percent(value: float, digits: int, locale: str) -> str:
    pattern = format_percent(0, locale=locale).replace("0", _pattern(digits))
    return format_percent(value, pattern, locale=locale).replace("-", MINUS)


def _pattern(digits: int) -> str:
    return "#,##0." + "0" * digits if digits else "#,##0"
