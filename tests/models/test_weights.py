"""Traps: pickles, remote code, altered bytes, hub ids that would need the network."""

import json

import pytest

from care_metrics.errors import ModelUnavailable
from care_metrics.models.manifest import write_manifest
from care_metrics.models.sentiment import load_sentiment
from care_metrics.models.verify import verify
from care_metrics.models.weights import open_weights


def test_a_pickle_is_refused_even_under_a_known_name(tiny_model):
    folder = tiny_model()
    (folder / "model.safetensors").rename(folder / "pytorch_model.bin")
    with pytest.raises(ModelUnavailable, match=r"pytorch_model\.bin, which can run code"):
        open_weights(str(folder))


def test_a_pickle_renamed_to_safetensors_is_refused(tiny_model):
    import torch

    folder = tiny_model()
    torch.save({"weight": torch.zeros(2)}, folder / "model.safetensors")
    with pytest.raises(ModelUnavailable, match="cannot be loaded"):
        load_sentiment(str(folder))


def test_one_altered_byte_is_refused(tiny_model):
    folder = tiny_model()
    write_manifest(folder)
    open_weights(str(folder))
    content = bytearray((folder / "model.safetensors").read_bytes())
    content[-1] ^= 1
    (folder / "model.safetensors").write_bytes(bytes(content))
    with pytest.raises(ModelUnavailable, match=r"model\.safetensors: sha256 is .* expected"):
        open_weights(str(folder))


@pytest.mark.parametrize("file", ["config.json", "tokenizer_config.json"])
def test_a_model_that_brings_its_own_code_is_refused(tiny_model, file):
    folder = tiny_model()
    content = json.loads((folder / "config.json").read_text()) if file == "config.json" else {}
    (folder / file).write_text(json.dumps({**content, "auto_map": {"AutoModel": "evil.py"}}))
    with pytest.raises(ModelUnavailable, match="auto_map"):
        open_weights(str(folder))


def test_the_revision_changes_with_a_threshold(tiny_model):
    folder = tiny_model()
    before = open_weights(str(folder)).revision
    content = json.loads((folder / "config.json").read_text())
    (folder / "config.json").write_text(json.dumps({**content, "care_metrics": {"temperature": 2.0}}))
    assert len(before) == 12
    assert open_weights(str(folder)).revision != before


@pytest.mark.parametrize("model", ["no/such-model-anywhere", "models/none", "/nowhere", "a/b/c", "name"])
def test_a_model_that_is_not_here_is_refused_without_the_network(model):
    with pytest.raises(ModelUnavailable, match=r"no such folder|neither a folder nor a hub model"):
        open_weights(model)


def test_broken_json_names_its_file(tiny_model):
    folder = tiny_model()
    (folder / "config.json").write_text("{")
    with pytest.raises(ModelUnavailable, match=r"config\.json: cannot be read as JSON"):
        open_weights(str(folder))


def test_an_encoder_without_a_trained_head_is_refused(tiny_model):
    from safetensors.torch import load_file, save_file

    folder = tiny_model()
    tensors = {n: t for n, t in load_file(folder / "model.safetensors").items() if not n.startswith("classifier")}
    save_file(tensors, folder / "model.safetensors", metadata={"format": "pt"})
    with pytest.raises(ModelUnavailable, match="not trained to classify"):
        load_sentiment(str(folder))


def test_check_names_each_missing_file(tiny_model, tmp_path):
    for name in ("sentiment", "sentiment_es_pt", "behaviours"):
        write_manifest(tiny_model(name=name))
    assert verify(tmp_path) == []
    (tmp_path / "sentiment" / "tokenizer.json").unlink()
    (tmp_path / "behaviours" / "manifest.json").write_text("[]")
    problems = verify(tmp_path)
    assert len(problems) == 2
    assert "tokenizer.json: is missing" in problems[0]
    assert "manifest.json: cannot be read" in problems[1]
