"""Where a model runs and in which number format: bf16 where the processor computes in it, fp32 elsewhere."""

from functools import cache
from pathlib import Path
from typing import Any

from care_metrics.errors import BadRequest, ModelUnavailable

BF16_FLAGS = {"avx512_bf16", "amx_bf16"}


def choose_device(wanted: str) -> str:
    """`auto`, `cpu` or `cuda` as a device that exists here."""
    import torch

    if wanted not in ("auto", "cpu", "cuda"):
        raise BadRequest(f"device {wanted!r}: is not known; use auto, cpu or cuda.")
    if wanted == "cuda" and not torch.cuda.is_available():
        raise ModelUnavailable("device 'cuda': no GPU is usable by this torch; use --device auto or cpu.")
    return "cuda" if wanted != "cpu" and torch.cuda.is_available() else "cpu"


def number_format(device: str) -> Any:
    """The torch dtype to compute in."""
    import torch

    fast = torch.cuda.is_bf16_supported() if device == "cuda" else cpu_has_bf16()
    return torch.bfloat16 if fast else torch.float32


@cache
def cpu_has_bf16() -> bool:
    """Whether the processor multiplies bf16 in hardware (Linux tells; elsewhere fp32 is the safe choice)."""
    try:
        flags = Path("/proc/cpuinfo").read_text("utf-8").partition("flags")[2].partition("\n")[0].split()
    except OSError:
        return False
    return bool(BF16_FLAGS & set(flags))
