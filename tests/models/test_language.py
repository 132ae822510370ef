"""The language of a contact is told from its words, and not guessed from too few of them."""

import pytest

from care_metrics.models.language import languages_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Hello, my bill is wrong again and nobody has called me back.", "en"),
        ("Hola, no tengo internet desde ayer y nadie me da una respuesta.", "es"),
        ("Obrigado, preciso cancelar o meu plano ainda hoje, por favor.", "pt"),
        ("ok", None),
        ("", None),
        ("12345 67890", None),
        # Marks of redaction are English words, and no word of the customer's.
        ("<name> <address> <phone> <birth_date> <card>", None),
    ],
)
def test_by_hand(text: str, language: str | None) -> None:
    assert list(languages_of([text])) == [language]
