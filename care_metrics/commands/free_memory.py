"""Memory that a load is done with goes back to the system before facts are built beside it."""

import ctypes

import pyarrow as pa


def free_memory() -> None:
    """Ask the allocators for what they keep in store; where the C library cannot be asked, what it keeps stays."""
    pa.default_memory_pool().release_unused()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
