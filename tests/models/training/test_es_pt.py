"""Traps: weights unpacked in the wrong order, a word that can no longer be spelt, a tilde lost with the accents."""

import numpy as np
import pytest

from care_metrics.errors import ModelUnavailable
from care_metrics.models.training.messages_es_pt import hurried, messages_in
from care_metrics.models.training.multilingual_encoder import BLOCK, bert_name, dequantised, unpack
from care_metrics.models.training.multilingual_tokenizer import MARK, from_spec, tokenizer_spec
from care_metrics.models.training.translations import plain, translated


def test_low_nibbles_are_a_blocks_first_half():
    blocks = np.zeros(1, BLOCK)
    blocks["scale"], blocks["nibbles"] = 0.5, 0x88
    blocks["nibbles"][0, 0], blocks["nibbles"][0, 15] = 0x9F, 0x0A
    found = dequantised(blocks)
    assert (found[0], found[16], found[15], found[31]) == (3.5, 0.5, 1.0, -4.0)
    assert np.count_nonzero(found) == 4


def test_tensors_get_berts_names():
    assert bert_name("l11.fo.w") == "encoder.layer.11.output.dense.weight"
    assert bert_name("l0.aln.b") == "encoder.layer.0.attention.output.LayerNorm.bias"
    assert bert_name("emb.ln.w") == "embeddings.LayerNorm.weight"


def test_another_format_is_refused():
    with pytest.raises(ModelUnavailable, match="begins with b'GGUF'"):
        unpack(b"GGUF and more")


def test_shouting_and_stretching_say_the_word():
    pieces = [MARK, f"{MARK}mucho", "r", f"{MARK}perro", "k", "kkk", f"{MARK}@", "user"]
    tokenizer = from_spec(tokenizer_spec(pieces, [-5.0] * len(pieces)))
    shown = tokenizer.encode("MUCHOOOO perro #kkkkkk @ana", add_special_tokens=False).tokens
    assert shown == [f"{MARK}mucho", f"{MARK}perro", MARK, "kkk", f"{MARK}@", "user"]


def test_a_pair_is_two_segments():
    tokenizer = from_spec(tokenizer_spec([MARK, f"{MARK}a", f"{MARK}b"], [-1.0, -2.0, -2.0]))
    found = tokenizer.encode("a", "b")
    assert found.tokens == ["[CLS]", f"{MARK}a", "[SEP]", f"{MARK}b", "[SEP]"]
    assert found.type_ids == [0, 0, 0, 1, 1]


def test_who_types_in_a_hurry_keeps_the_tilde():
    found = hurried(["¿Por qué no llegó mañana?"] * 50, "es", 1.0, 1)
    assert any("llego mañana" in text for text in found)
    assert not any("manana" in text or "¿" in text for text in found)


@pytest.mark.parametrize("language", ["es", "pt"])
def test_every_pattern_of_ours_can_be_filled(language):
    found = messages_in(language, 3000, 1, 0.0, 1.0)
    assert len(found) == 3000
    assert not any("{" in text for text in found.texts)
    assert set(found.targets.argmax(axis=1)) == {0, 1, 2}


def test_phrases_that_rules_get_wrong_are_kept_from_them():
    written = plain("omg i love this, dont go http://x.y")
    assert written.startswith("Qz")
    assert "don't go http" in written
    assert "love" not in written


def test_without_the_translator_one_sentence_says_what_to_install(monkeypatch):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(ModelUnavailable, match="apt-get install apertium"):
        translated(["hello"], "es", 1)
