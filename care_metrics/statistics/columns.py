"""Columns of cells as float arrays in which the unknown is NaN."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Interval = tuple[Floats, Floats]

Z95 = 1.959963984540054


def floats(values: ArrayLike) -> Floats:
    """Any column as float64, None as NaN."""
    return np.asarray(values, dtype=np.float64)


def positive(values: ArrayLike) -> Floats:
    """The column with everything not above zero as NaN: a divisor that never warns and never divides by 0."""
    numbers = floats(values)
    return np.where(numbers > 0, numbers, np.nan)
