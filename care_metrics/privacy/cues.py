"""Words that say what the next number, date or name is: one row a kind; to add a cue, extend its row."""

import re
from typing import NamedTuple

# Spellings are plain lower case (no accents). Rows are tried in this order at each place of the text; 'keep' names
# numbers that the business needs and that stay. A cue decides about the next number unless another comes between.
_ROWS: tuple[tuple[str, str], ...] = (
    (
        "ssn",
        r"last (?:four|4)(?: digits)? (?:of|on) (?:your|my|the|his|her|their) (?:social|ssn)(?: security)?(?: number)?",
    ),
    (
        "cvv",
        r"c\W?v\W?[vcn]2?(?: (?:2|two)(?= code| number| is))?(?: code| number)?|security (?:code|number)|card verification(?: value| code| number)?|"
        r"(?:three|3|four|4)[ -]digits?(?: security)?(?: code| number)?(?: that (?:is|are))?(?: printed)? (?:on|in|at|from) (?:the )?"
        r"(?:back|front|reverse)(?: of (?:the|your|my) (?:\w+ )?card)?|(?:code|numbers?|digits) (?:on|in|at|from) the back"
        r"(?: of (?:the|your|my) (?:\w+ )?card)?|codigo de seguridad|codigo de seguranca|"
        r"(?:tres |3 )?(?:digitos|numeros) (?:de|del|al|en el|que estan) ?(?:atras|reverso|dorso|respaldo)(?: de (?:la|su|mi) tarjeta)?",
    ),
    (
        "pin",
        r"pin(?: number| code)?(?! code)|nip|pass ?code|access code|(?:one[ -]time|verification|authentication) "
        r"(?:code|password|passcode|pin)|otp(?: code)?|clave(?: dinamica| secreta| de acceso)?|codigo de verificacion|senha",
    ),
    (
        "card",
        r"card number|cards? numbers?|card no\.?|numbers? (?:on|from|of) (?:the|my|your)(?: front of (?:the|my|your))?"
        r"(?: credit| debit| bank)? card|(?:16|sixteen|15|fifteen)[ -]?digits?(?: card)?(?: numbers?)?|long (?:card )?number|"
        r"card is|card's|numero de (?:la |su |mi )?tarjeta(?: de credito| de debito)?|mi tarjeta es(?: la| el)?|"
        r"numero do (?:meu |seu )?cartao",
    ),
    (
        "ssn",
        r"ssn|s\.? ?s\.? ?n\.?|social security(?: number)?|(?:your|my|the|his|her|full|whole|entire) social"
        r"(?! media)(?: security)?(?: number)?|"
        r"social (?:number|is)|itin|i t i n|tax(?:payer)? id(?:entification)?(?: number)?|seguro social|seguridad social",
    ),
    ("iban", r"iban|i b a n"),
    (
        "bank_account",
        r"routing(?: number)?|(?:bank|checking|savings) account(?: number)?|aba number|sort code|clabe(?: interbancaria)?|"
        r"cuenta (?:bancaria|de ahorros|corriente|clabe)",
    ),
    (
        "id",
        r"cedula(?: de (?:ciudadania|identidad|extranjeria))?|c\.c\.|cc(?= (?:no|num|numero|es)\b)|d\.?n\.?i\.?|n\.?i\.?t\.?(?= |:|$)|nie|nif|curp|r\.?f\.?c\.?(?= |:|$)|ruc|"
        r"rut|cuit|cuil|cpf|identi(?:ty|fication)(?: card)?(?: number)?|(?:my|your|his|her|national|government|personal|state|voter) id(?: card)?(?: number)?|"
        r"numero de identificacion|identificacion|(?:numero de )?documento(?: de identidad)?|carnet de identidad|"
        r"pasaporte|passport(?: number)?|driver'?s?'? licen[sc]e(?: number)?|driving licen[sc]e(?: number)?|"
        r"licencia(?: de (?:conducir|conduccion|manejo))?|tarjeta de identidad|medicare(?: number)?|national insurance(?: number)?|"
        r"aadhaar(?: number)?",
    ),
    (
        "birth_date",
        r"dates? of birth|birth ?dates?|birthday|d\.?o\.?b\.?|(?:i was|was|were you|is|you were|she was|he was) born(?: on| in)?|"
        r"born (?:on|in)|fecha de (?:su |mi )?nacimiento|naci(?: el| en)?|nacio(?: el)?|nacid[oa](?: el)?|cumpleanos|"
        r"data de nascimento|nasci em",
    ),
    ("address", r"zip(?: ?code)?|post(?:al)? ?code|codigo postal|c\.p\."),
    (
        "phone",
        r"(?:tele)?phone(?: number)?|cell(?:phone)?(?: number)?|cellular|mobile(?: number)?|contact number|call ?back(?: number)?|"
        r"(?:call|text|ring|reach|phone)(?:ing)? (?:me|us|him|her|them|you)(?: back)?(?: at| on)?|whatsapp|fax(?: number)?|"
        r"landline|best number(?: to reach (?:you|me))?|(?:my|your|his|her) number|telefono|celular|movil|numero de contacto|"
        r"llam\w+ al|marc\w+ al|telefone",
    ),
    (
        "email",
        r"e-?mail(?: address)?|correo(?: electronico)?|endereco de email",
    ),
    (
        "name",
        r"(?:your|the|full|first|last|middle|maiden)(?: (?:full|first|last|name on the))* names?|who am i (?:speaking|talking) (?:with|to)|"
        r"(?:with|to) whom am i speaking|(?:su|tu|el) nombre(?: completo)?|con quien (?:tengo el gusto|hablo)|apellidos?|surname|"
        r"como se llama|name on the (?:account|card)|cardholder'?s? name",
    ),
    (
        "keep",
        r"last (?:four|4)(?: digits)?|end(?:s|ing)? (?:in|with)|terminad?a? en|ultimos (?:cuatro|4|digitos)|"
        r"orders?|confirmations?|references?|ref|tracking|tickets?|cases?|claims?|invoices?|bookings?|reservations?|flights?|accounts?|"
        r"serials?|models?|polic(?:y|ies)|extension|amounts?|totals?|prices?|balance|payments?|charges?|dollars|pesos|"
        r"euros|pedido|orden|factura|guia|referencia|confirmacion|rastreo|caso|reserva|vuelo|cuenta|contrato|"
        r"poliza|saldo|monto|valor|folio|radicado|sku|part number|item|product|meter|version|gate|room|seat|tag|asset|"
        r"number|numero|code|codigo|id",
    ),
)
NAMES = tuple(dict.fromkeys(kind for kind, _ in _ROWS))
_CUE = re.compile(
    r"(?<![^\W_])(?:"
    + "|".join(f"(?P<{kind}_{row}>{pattern})" for row, (kind, pattern) in enumerate(_ROWS))
    + r")(?![^\W_])"
)
_KIND = {f"{kind}_{row}": kind for row, (kind, _) in enumerate(_ROWS)}
_MORE = re.compile(
    r"\W{0,2}(?:on|for|of|from|in|with|to|del?|en|por) (?:(?:the|my|your|this|that|la|el|mi|su|esta|este) )?(?:\w+ )?"
)


class Cue(NamedTuple):
    """The words at [start, end) announce a value of this kind."""

    start: int
    end: int
    kind: str


def find_cues(lower: str) -> list[Cue]:
    """Every cue of a plain lower-case text, from left to right.

    What only says more about a cue is none: the account of "the security code on the account".
    """
    cues: list[Cue] = []
    for found in _CUE.finditer(lower):
        cue = Cue(*found.span(), _KIND[found.lastgroup or ""])
        more = (
            cues and cues[-1].kind != "keep" and cue.kind == "keep" and _MORE.fullmatch(lower, cues[-1].end, cue.start)
        )
        if not more:
            cues.append(cue)
    return cues
