"""One training loop for every model: soft targets, length-bucketed batches, bf16, checkpoints that resume exactly."""

import json
import logging
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.torch import load_file, save_file

from care_metrics.models.training.examples import Examples, Noise, disturb, encode

log = logging.getLogger(__name__)
CHECKPOINT_EVERY = 300
NO_NOISE = Noise()
Loss = Callable[[torch.Tensor, torch.Tensor, torch.Tensor], torch.Tensor]


@dataclass(frozen=True)
class Plan:
    """How long and how fast: passes over the examples, peak learning rate, padded tokens a batch, seed, noise."""

    epochs: int
    learning_rate: float
    seed: int
    tokens_per_batch: int = 1536
    warmup: float = 0.06
    weight_decay: float = 0.01
    noise: Noise = NO_NOISE
    # The share of the learning rate that a parameter of this name gets; 0 leaves it as it is.
    share: Callable[[str], float] = field(default=lambda name: 1.0)


def soft_cross_entropy(logits: torch.Tensor, targets: torch.Tensor, weights: torch.Tensor) -> torch.Tensor:
    """Weighted mean cross-entropy against target distributions (n x classes)."""
    rows = -(targets * torch.log_softmax(logits, dim=-1)).sum(dim=-1)
    return (rows * weights).sum() / weights.sum()


def length_buckets(lengths: Sequence[int], budget: int, rng: random.Random) -> list[list[int]]:
    """Row positions in batches of about equal length, at most `budget` padded tokens each, in random order."""
    order = sorted(range(len(lengths)), key=lambda row: lengths[row] + rng.random() * 3)
    batches: list[list[int]] = []
    current: list[int] = []
    for row in order:
        if current and (len(current) + 1) * max(lengths[row], lengths[current[-1]]) > budget:
            batches.append(current)
            current = []
        current.append(row)
    batches.append(current)
    rng.shuffle(batches)
    return batches


def collate(rows: Sequence[tuple[list[int], int]]) -> dict[str, torch.Tensor]:
    """Padded input ids, attention mask and segment ids of one batch (0 is [PAD])."""
    width = max(len(ids) for ids, _ in rows)
    ids = np.zeros((len(rows), width), dtype=np.int64)
    mask, segment = np.zeros_like(ids), np.zeros_like(ids)
    for i, (tokens, first) in enumerate(rows):
        ids[i, : len(tokens)] = tokens
        mask[i, : len(tokens)] = 1
        segment[i, first : len(tokens)] = 1
    arrays = {"input_ids": ids, "attention_mask": mask, "token_type_ids": segment}
    return {name: torch.from_numpy(array) for name, array in arrays.items()}


def _batches(tokenizer: Any, examples: Examples, plan: Plan) -> Iterator[list[tuple[tuple[list[int], int], int]]]:
    for epoch in range(plan.epochs):
        rng = random.Random(plan.seed * 1000 + epoch)
        pairs = zip(examples.texts, examples.previous, strict=True)
        views = [disturb(text, previous, plan.noise, rng) for text, previous in pairs]
        rows = encode(tokenizer, [text for text, _ in views], [previous for _, previous in views])
        for batch in length_buckets([len(ids) for ids, _ in rows], plan.tokens_per_batch, rng):
            yield [(rows[row], row) for row in batch]


def _steps(examples: Examples, tokenizer: Any, plan: Plan) -> int:
    return sum(1 for _ in _batches(tokenizer, examples, plan))


def fit(model: Any, tokenizer: Any, examples: Examples, plan: Plan, loss: Loss, checkpoint: Path | None = None) -> None:
    """Train `model` in place; with a checkpoint file, go on where an earlier run with the same plan stopped."""
    total = _steps(examples, tokenizer, plan)
    optimiser = _optimiser(model, plan)
    done = _resume(checkpoint, model, optimiser) if checkpoint else 0
    targets, weights = torch.from_numpy(examples.targets).float(), torch.from_numpy(examples.weights).float()
    model.train()
    start, running = time.monotonic(), 0.0
    for step, batch in enumerate(_batches(tokenizer, examples, plan)):
        if step < done:
            continue
        torch.manual_seed(plan.seed * 1_000_003 + step)
        rate = _rate(step, total, plan)
        for group in optimiser.param_groups:
            group["lr"] = rate * group["share"]
        chosen = [row for _, row in batch]
        with torch.autocast("cpu", torch.bfloat16):
            logits = model(**collate([tokens for tokens, _ in batch])).logits
        value = loss(logits.float(), targets[chosen], weights[chosen])
        value.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        optimiser.zero_grad(set_to_none=True)
        running = value.item() if not running else 0.98 * running + 0.02 * value.item()
        if (step + 1) % 100 == 0:
            log.info("step %d/%d loss %.4f %.0f s", step + 1, total, running, time.monotonic() - start)
        if checkpoint and (step + 1) % CHECKPOINT_EVERY == 0:
            _save(checkpoint, model, optimiser, step + 1)
    model.eval()


def _optimiser(model: Any, plan: Plan) -> torch.optim.Optimizer:
    """AdamW over what the plan lets learn; only matrices decay."""
    groups: dict[tuple[float, bool], list[torch.nn.Parameter]] = {}
    for name, parameter in model.named_parameters():
        share = plan.share(name)
        parameter.requires_grad_(parameter.requires_grad and share > 0)
        if parameter.requires_grad:
            groups.setdefault((share, parameter.ndim > 1), []).append(parameter)
    listed = [
        {"params": own, "share": share, "weight_decay": plan.weight_decay if matrix else 0.0}
        for (share, matrix), own in sorted(groups.items(), key=lambda group: group[0], reverse=True)
    ]
    return torch.optim.AdamW(listed, lr=plan.learning_rate, fused=True)


def _rate(step: int, total: int, plan: Plan) -> float:
    """Linear warm-up to the peak, then linear decay to zero."""
    warm = max(1, int(total * plan.warmup))
    return plan.learning_rate * min((step + 1) / warm, (total - step) / max(1, total - warm))


def _save(path: Path, model: Any, optimiser: torch.optim.Optimizer, step: int) -> None:
    tensors = {f"model.{name}": tensor.contiguous() for name, tensor in model.state_dict().items()}
    for index, state in optimiser.state_dict()["state"].items():
        for name in ("exp_avg", "exp_avg_sq"):
            tensors[f"{name}.{index}"] = state[name]
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    save_file(tensors, part, metadata={"step": json.dumps(step)})
    part.replace(path)


def _resume(path: Path, model: Any, optimiser: torch.optim.Optimizer) -> int:
    if not path.exists():
        return 0
    from safetensors import safe_open

    with safe_open(path, "pt") as file:
        step = json.loads(file.metadata()["step"])
    tensors = load_file(path)
    model.load_state_dict({n.removeprefix("model."): t for n, t in tensors.items() if n.startswith("model.")})
    count = sum(name.startswith("exp_avg.") for name in tensors)
    state = {
        index: {
            "step": torch.tensor(float(step)),
            "exp_avg": tensors[f"exp_avg.{index}"],
            "exp_avg_sq": tensors[f"exp_avg_sq.{index}"],
        }
        for index in range(count)
    }
    optimiser.load_state_dict({**optimiser.state_dict(), "state": state})
    log.info("resumed at step %d from %s", step, path)
    return step


@torch.inference_mode()
def predict(
    model: Any, tokenizer: Any, texts: Sequence[str], previous: Sequence[str], tokens_per_batch: int = 4096
) -> np.ndarray:
    """Logits (n x outputs, float32) in the order of the texts."""
    model.eval()
    rows = encode(tokenizer, texts, previous)
    out = np.empty((len(rows), model.config.num_labels), dtype=np.float32)
    for batch in length_buckets([len(ids) for ids, _ in rows], tokens_per_batch, random.Random(0)):
        with torch.autocast("cpu", torch.bfloat16):
            out[batch] = model(**collate([rows[row] for row in batch])).logits.float().numpy()
    return out
