"""Imports that leave the deep-learning frameworks out: spaCy and Presidio would load them and use nothing of them here."""

import sys
from collections.abc import Generator
from contextlib import contextmanager

_FRAMEWORKS = ("torch", "transformers", "tensorflow", "mxnet")


@contextmanager
def without_frameworks() -> Generator[None]:
    """In the block a framework that is not loaded yet cannot be imported; halves memory and start of redaction."""
    hidden = [name for name in _FRAMEWORKS if name not in sys.modules]
    for name in hidden:
        sys.modules[name] = None  # ty: ignore[invalid-assignment] - what makes an import fail
    try:
        yield
    finally:
        for name in hidden:
            del sys.modules[name]
