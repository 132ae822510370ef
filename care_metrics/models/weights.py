"""Find a model's folder and refuse what is unsafe to load: pickles, remote code, altered files."""

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from care_metrics.errors import ModelUnavailable
from care_metrics.models.manifest import MANIFEST, altered, revision
from care_metrics.settings import under_root

PICKLES = (".bin", ".pt", ".pth", ".ckpt", ".pkl", ".pickle", ".h5", ".msgpack")


@dataclass(frozen=True)
class Weights:
    """A checked model folder, its revision and its configuration."""

    folder: Path
    revision: str
    config: dict[str, Any]

    @property
    def options(self) -> dict[str, Any]:
        """What our own models keep beside the architecture: temperature, thresholds, context, window."""
        return dict(self.config.get("care_metrics", {}))


def open_weights(model: str) -> Weights:
    """The weights of a folder or of a hub id already on this machine; nothing is downloaded.

    Raises ModelUnavailable for a missing folder, weights that are not safetensors, code to run, an altered file.
    """
    folder = _locate(model)
    config = _json(folder / "config.json")
    _refuse_code(folder, config)
    _refuse_pickles(folder)
    if (folder / MANIFEST).exists() and (problems := altered(folder)):
        raise ModelUnavailable(problems[0])
    return Weights(folder, revision(folder), config)


def _locate(model: str) -> Path:
    folder = Path(under_root(model))
    if folder.is_dir():
        return folder
    if folder.exists() or model.count("/") != 1 or model.startswith(("/", ".", "models/")):
        raise ModelUnavailable(
            f"model {model!r}: no such folder; give a folder with config.json and model.safetensors."
        )
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HFValidationError, LocalEntryNotFoundError

    try:
        return Path(snapshot_download(model, local_files_only=True))
    except (LocalEntryNotFoundError, HFValidationError) as wrong:
        raise ModelUnavailable(
            f"model {model!r}: neither a folder nor a hub model on this machine; fetch it with `hf download {model}`."
        ) from wrong


def _refuse_code(folder: Path, config: dict[str, Any]) -> None:
    tokenizer = folder / "tokenizer_config.json"
    for name, content in (("config.json", config), (tokenizer.name, _json(tokenizer) if tokenizer.exists() else {})):
        if "auto_map" in content:
            raise ModelUnavailable(f"{folder / name}: asks to run code of its own (auto_map); use a model without it.")


def _refuse_pickles(folder: Path) -> None:
    if (folder / "model.safetensors").is_file():
        return
    pickles = sorted(path.name for path in folder.iterdir() if path.suffix in PICKLES)
    found = f"found {pickles[0]}, which can run code when opened" if pickles else "found no weights"
    raise ModelUnavailable(f"{folder}: needs model.safetensors, {found}; convert or fetch the safetensors file.")


def _json(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as wrong:
        raise ModelUnavailable(f"{path}: cannot be read as JSON ({wrong}); restore the model's folder.") from wrong
    if not isinstance(content, dict):
        raise ModelUnavailable(f"{path}: holds {type(content).__name__}, not an object; restore the model's folder.")
    return content
