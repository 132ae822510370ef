"""A small vocabulary out of a large one: the pieces that English, Spanish and Portuguese care texts need, lower case."""

import json
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from care_metrics.models.training.base_encoder import REPLACEMENTS, emoji

SPECIAL = ("[PAD]", "[CLS]", "[SEP]", "[UNK]", "[MASK]")
# Their names in the large vocabulary.
ORIGINAL = ("<pad>", "<s>", "</s>", "<unk>", "<mask>")
MARK = "\u2581"
LANGUAGES = ("en", "es", "pt")
WORDS_A_LANGUAGE = 60_000
LETTERS = "abcdefghijklmnopqrstuvwxyzáéíóúüñãõâêôàç"
# Letters drawn out for feeling ("muchoooo") say no more than the word; doubled ones (ll, rr, ss, nn) stay.
# and so does laughter ("kkkkk").
STRETCHED = (("k{3,}", "kkk"), *((f"{letter}{{3,}}", letter) for letter in "abcdefghijlmnopqrstuvwyzáéíóú"))


def tokenizer_spec(pieces: Sequence[str], scores: Sequence[float]) -> dict[str, Any]:
    """A `tokenizers` specification: unigram pieces behind the special tokens, reading as the English model's does."""
    replaces = [{"type": "Replace", "pattern": {"Regex": old}, "content": new} for old, new in REPLACEMENTS]
    stretched = [{"type": "Replace", "pattern": {"Regex": old}, "content": new} for old, new in STRETCHED]
    spaces = {"type": "Replace", "pattern": {"Regex": r"[\s#]+"}, "content": " "}
    steps = [*replaces, {"type": "NFKC"}, {"type": "Lowercase"}, *stretched, spaces]
    vocabulary = [[token, 0.0] for token in SPECIAL] + [
        [piece, float(score)] for piece, score in zip(pieces, scores, strict=True)
    ]
    added = [_special(number, token) for number, token in enumerate(SPECIAL)]
    return {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": added,
        "normalizer": {"type": "Sequence", "normalizers": steps},
        "pre_tokenizer": {
            "type": "Sequence",
            "pretokenizers": [
                {"type": "WhitespaceSplit"},
                {"type": "Metaspace", "replacement": MARK, "prepend_scheme": "always", "split": True},
            ],
        },
        "post_processor": _sandwich(),
        "decoder": {"type": "Metaspace", "replacement": MARK, "prepend_scheme": "always", "split": True},
        "model": {"type": "Unigram", "unk_id": SPECIAL.index("[UNK]"), "vocab": vocabulary, "byte_fallback": False},
    }


def from_spec(spec: dict[str, Any]) -> Any:
    """The `tokenizers.Tokenizer` of a specification."""
    from tokenizers import Tokenizer

    return Tokenizer.from_str(json.dumps(spec, ensure_ascii=False))


def kept_pieces(pieces: Sequence[str], scores: Sequence[float], texts: Iterable[str], count: int) -> list[int]:
    """Positions of the `count` pieces that carry most of the three languages and of the texts, in rising order.

    Half the weight is that of common words by their frequency, half that of the texts. Letters, digits, marks and
    emoji always stay: any word can be spelt.
    """
    usable = [i for i, piece in enumerate(pieces) if piece not in ORIGINAL and piece == piece.lower()]
    large = from_spec(tokenizer_spec([pieces[i] for i in usable], [scores[i] for i in usable]))
    words: dict[int, float] = defaultdict(float)
    said = Counter[int]()
    for language in LANGUAGES:
        frequencies = _common_words(language)
        encodings = large.encode_batch_fast(list(frequencies), add_special_tokens=False)
        for encoding, frequency in zip(encodings, frequencies.values(), strict=True):
            for number in encoding.ids:
                words[number] += frequency / len(LANGUAGES)
    for encoding in large.encode_batch_fast(list(texts), add_special_tokens=False):
        said.update(encoding.ids)
    common = sum(words.values())
    mass = {number: words.get(number, 0.0) / common + said[number] / said.total() for number in {**words, **said}}
    always = {i for i in usable if _always(pieces[i])}
    ranked = sorted(mass, key=lambda number: (-mass[number], number))
    found = [usable[number - len(SPECIAL)] for number in ranked if number >= len(SPECIAL)]
    chosen = [i for i in found if i not in always][: count - len(always)]
    return sorted(always | set(chosen))


def _always(piece: str) -> bool:
    bare = piece.removeprefix(MARK)
    if len(bare) <= 1:
        return not bare or bare in LETTERS or bare.isascii() or bare in "¿¡€£ºª…–—°" or bare in emoji()
    return False


def _common_words(language: str) -> dict[str, float]:
    """The commonest words of a language with their share of all words (wordfreq: Apache-2.0, its data CC BY-SA 4.0)."""
    from wordfreq import get_frequency_dict

    ranked = sorted(get_frequency_dict(language, wordlist="best").items(), key=lambda pair: (-pair[1], pair[0]))
    return dict(ranked[:WORDS_A_LANGUAGE])


def _special(number: int, token: str) -> dict[str, Any]:
    flags = dict.fromkeys(("single_word", "lstrip", "rstrip", "normalized"), False)
    return {"id": number, "content": token, "special": True, **flags}


def _sandwich() -> dict[str, Any]:
    """`[CLS] text [SEP]`, with a second segment `context [SEP]` where there is one."""

    def mark(token: str, segment: int) -> dict[str, Any]:
        return {"SpecialToken": {"id": token, "type_id": segment}}

    single = [mark("[CLS]", 0), {"Sequence": {"id": "A", "type_id": 0}}, mark("[SEP]", 0)]
    pair = [*single, {"Sequence": {"id": "B", "type_id": 1}}, mark("[SEP]", 1)]
    tokens = {name: {"id": name, "ids": [SPECIAL.index(name)], "tokens": [name]} for name in ("[CLS]", "[SEP]")}
    return {"type": "TemplateProcessing", "single": single, "pair": pair, "special_tokens": tokens}


def symbol_name(symbol: str) -> str:
    """What a symbol is called, in lower case."""
    return unicodedata.name(symbol, "").lower()
