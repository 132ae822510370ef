"""Redaction marks as a model should read them: it learned from sentences in which people and numbers are named."""

import re

# Without one, agents who use the customer's name no longer look as if they did (docs/redaction.md).
STAND_INS = {
    "name": "Wendell",
    "phone": "555 0132",
    "email": "wendell@example.com",
    "address": "12 Main Street",
    "birth_date": "May 4, 1985",
    "card": "4000 1234 5678 9010",
    "cvv": "123",
    "pin": "1234",
    "ssn": "123 45 6789",
    "id": "12345678",
    "iban": "DE12 3456 7890",
    "bank_account": "12345678",
}
_MARK = re.compile(r"<([a-z_]+)(?::[0-9a-f]{8})?>")


def filled_in(text: str) -> str:
    """The text with a stand-in for each redaction mark; other text as it is."""
    return _MARK.sub(lambda mark: STAND_INS.get(mark[1], mark[0]), text) if "<" in text else text
