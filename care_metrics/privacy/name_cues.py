"""What is said around a name: words that announce one, words that follow one, letters that spell one."""

import re

TOLD, MEANT, LIKELY = 3, 2, 1  # a name is told; a person is meant; a person is likely
# A row each, most telling first; patterns are plain lower case and end where the name, or "uh, the name", begins.
_ROWS: tuple[tuple[int, str], ...] = (
    (
        TOLD,
        r"(?:(?:my|his|her|their|your|the|full|first|last|middle|maiden|customer|whose|complete) )+"
        r"names?(?: on (?:it|file|the (?:account|card|order|booking|reservation|policy)))?"
        r"(?: (?:is|was|are|will be|would be|should be|as))?|"
        r"(?<!city )(?<!company )(?<!street )(?<!product )(?<!user )(?<!file )(?<!brand )(?<!business )(?<!bank )"
        r"(?<!school )(?<!model )(?<!hotel )(?<!store )(?<!plan )(?<!restaurant )(?<!town )(?<!state )(?<!app )"
        r"name(?:'s| is| was|(?=:))|names? are|me llamo|(?:se|te) llama|(?:mi|su|el|tu) nombre(?: completo)?(?: es| seria)?|"
        r"nombre(?: completo)?(?: es|(?=:))|(?:mi|su|el|primer|segundo) apellido(?: es)?|apellidos?(?: es| son)?|"
        r"surname(?: is)?|(?:last|first) name(?: is)?|(?:a|al) nombre de|(?:under|in) the name(?: of)?|on behalf of|"
        r"(?:you can|please|just) call me|goes? by|(?:i'm|i am|is) called|named|llamad[oa]|"
        r"account holder(?: is|'s name is)?|cardholder(?: is)?|(?:mr|mrs|ms|dr|sr|sra|srta|mister|missus|senor|senora|senorita)\.?",
    ),
    (
        MEANT,
        r"(?:prof|lic|ing)\.|(?:miss|prof|doctor|doctora|don|dona|licenciad[oa]|ingenier[oa]|professor|officer|captain|reverend|father|"
        r"sister|aunt|uncle|tio|tia)|(?:tell|told|asked|explained (?:it|this|that|everything) to|emailed|contacted|texted)|"
        r"(?:speak(?:ing)?|spoke|spoken|talk(?:ing|ed)?|chat(?:ting|ted)?|connect(?:ed)?|dealing|dealt) (?:to|with)|"
        r"ask(?:ing|ed)? for|habl(?:o|e|ar|ando|aba) con|(?:le|les|te) habla|comuni\w+ con|pregunt\w+ por|"
        r"(?:agent|representative|rep|advisor|supervisor|manager|technician|colleague|specialist|agente|asesora?|tecnico|"
        r"supervisora?|companer[oa]|lady|gentleman|guy|girl)(?: name| called| by the name of| de nombre)?|"
        r"(?:husband|wife|spouse|partner|son|daughter|mother|father|mom|mum|dad|brother|sister|cousin|nephew|niece|friend|"
        r"roommate|neighbor|boss|fiance|fiancee|grandson|granddaughter|grandmother|grandfather|esposo|esposa|marido|hijo|"
        r"hija|madre|padre|mama|papa|herman[oa]|prim[oa]|sobrin[oa]|suegr[oa]|amig[oa]|novi[oa]|vecin[oa])|"
        r"(?:regards|sincerely|respectfully|atentamente|saludos|cordialmente|atte)",
    ),
    (
        LIKELY,
        r"(?:this is|it is|it's|its|i'm|i am|im|soy|habla|aqui|here is|hi|hii|hello|hey|hola|dear|estimad[oa]|querid[oa]|"
        r"thanks|thank you|(?:so|very) much|thanks a lot|gracias|bye|goodbye|adios|welcome|bienvenid[oa]|morning|afternoon|"
        r"evening|dias|tardes|noches|ok|okay|sure|yes|no|alright|great|perfect|appreciate it|sorry|disculpe|perdon|claro|"
        r"listo|with|from|to|and|for|con|para|by|told|asked|called|y)",
    ),
)
_THEN = r"[\s:,-]{1,4}+(?:(?:uh|uhm|um|er|erm|ah|eh|este|well|pues|is|es|like|just)[\s,.]{1,3}+){0,2}+"
_CUES = tuple((sure, re.compile(rf"(?<![^\W_])(?:{pattern}){_THEN}")) for sure, pattern in _ROWS)
_GREETED = re.compile(
    r"(?:this is|i'm|i am|it's|soy|habla|le habla|hi|hello|hey|hola|dear|thanks|thank you|(?:so|very) much|gracias|bye|"
    r"goodbye|morning|afternoon|evening|dias|tardes|noches|welcome|bienvenid[oa])[,!]?\s$"
)
_SELF = re.compile(r"(?:this is|i'm|i am|it's|soy|habla)[,!]?\s$")
_LONGEST_GREETING = 14
AFTER_SELF = re.compile(
    r"\s*(?:$|[.,!?;:)]|(?:speaking|calling|from|here|with|again|de|del|hablando|desde|at|and|in)\b)"
)
# "hi madison i need", "thanks grace you were"; but "hi will you"
AFTER_GREETED = re.compile(
    r"\s*(?:$|[.,!?;:)]|(?:i|i'm|you|we|my|your|can|could|please|so|how|for|bye|have|and|buenas|buenos|necesito|tengo|me|yo|it's|"
    r"this|speaking|calling|from|here|with|again|desde|hablando|de)\b)"
)
AFTER_INTRODUCED = re.compile(r"\s*(?:speaking|calling|here|hablando)\b")
AFTER_ACTOR = re.compile(
    r"\s(?:said|told|promised|never|called|closed|explained|helped|answered|transferred|hung up|me dijo|me (?:ayudo|explico))\b"
)
AFTER_SAYING = re.compile(r"\s(?:said|told me|promised|me dijo)\b")
BEFORE_NOUN = re.compile(r"(?:the|a|an|my|your|this|that|no|el|la|un|una|mi|su)\s$")
MODALS = frozenset({"will", "may", "can"})
AFTER_PERSON = re.compile(
    r"\s*(?:$|[.,!?;:)]|(?:speaking|calling|called|said|says|told|from|here|with|who|that|was|is|about|again|he|she|dijo|me|"
    r"yesterday|today|last|this|already|did|has|had|never|promised|ayer|hoy|la|el|ya|nunca|please|"
    r"set|available|por|would|could|closed|sent|gave|helped|works?)\b)"
)
SPELLED = re.compile(
    r"[\s,.:;-]{0,3}(?:(?:that's|that is|it's|spelled|spelt|spelling|se deletrea|se escribe|con)[\s,.:]{1,3}){0,2}"
    r"(?:[a-z][\s,.-]{1,3}){2,20}[a-z](?![^\W_]|')"
)


def sureness(lower: str) -> dict[int, int]:
    """Position in the plain text -> how surely the words before it announce a name."""
    sure: dict[int, int] = {}
    for strength, pattern in _CUES:
        for found in pattern.finditer(lower):
            sure[found.end()] = max(strength, sure.get(found.end(), 0))
    return sure


def is_addressed(lower: str, start: int) -> bool:
    """Whether a greeting or thanks, and not "this is", stands just before this position."""
    return is_greeted(lower, start) and not _SELF.search(lower[max(0, start - _LONGEST_GREETING) : start])


def is_greeted(lower: str, start: int) -> bool:
    """Whether the words just before this position greet, thank or introduce somebody."""
    return bool(_GREETED.search(lower[max(0, start - _LONGEST_GREETING) : start]))
