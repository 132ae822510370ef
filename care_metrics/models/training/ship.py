"""Turn a trained classifier into a folder that ships: half-precision safetensors, configuration, tokenizer, manifest."""

import json
from pathlib import Path
from typing import Any

from care_metrics.models.manifest import write_manifest
from care_metrics.models.training.base_encoder import base_folder, tokenizer_json


def reload(folder: Path, kind: Any = None) -> Any:
    """A classifier saved by a finished stage."""
    from transformers import BertForSequenceClassification

    kind = kind or BertForSequenceClassification
    return kind.from_pretrained(folder, use_safetensors=True, local_files_only=True)


def cool(last: Any, temperature: float, shift: float = 0.0, column: int = 0) -> None:
    """Fold a temperature, and a shift of one output, into the last layer, so that every runtime gives equal scores."""
    import torch

    with torch.no_grad():
        last.weight /= temperature
        last.bias /= temperature
        last.bias[column] += shift


def ship(
    model: Any,
    output: Path,
    options: dict[str, Any],
    beside: dict[str, Any] | None = None,
    tokenizer_file: str | None = None,
) -> None:
    """Write the model in half precision, with the tensors of `beside` in the same file; by default the base's tokenizer."""
    from safetensors.torch import load_file, save_file

    model.half().save_pretrained(output, safe_serialization=True)
    if beside:
        file = output / "model.safetensors"
        save_file(load_file(file) | beside, file, metadata={"format": "pt"})
    config = json.loads((output / "config.json").read_text("utf-8"))
    for private in ("_name_or_path", "transformers_version"):
        config.pop(private, None)
    # Half precision is for the file only: processors without bf16 compute in full precision.
    config |= {"dtype": "float32", "care_metrics": options}
    (output / "config.json").write_text(json.dumps(config, indent=2, sort_keys=True) + "\n", "utf-8")
    (output / "tokenizer.json").write_text((tokenizer_file or tokenizer_json(base_folder())) + "\n", "utf-8")
    tokenizer: dict[str, Any] = {"tokenizer_class": "PreTrainedTokenizerFast", "model_max_length": 512}
    tokenizer["model_input_names"] = ["input_ids", "token_type_ids", "attention_mask"]
    marks = {"pad": "[PAD]", "unk": "[UNK]", "cls": "[CLS]", "sep": "[SEP]", "mask": "[MASK]"}
    tokenizer |= {f"{name}_token": token for name, token in marks.items()}
    (output / "tokenizer_config.json").write_text(json.dumps(tokenizer, indent=2) + "\n", "utf-8")
    write_manifest(output)
