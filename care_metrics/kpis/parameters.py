"""Values that a statement binds: text from outside never becomes part of its SQL."""

from collections.abc import Iterable


class Parameters:
    """Collects values in the order of their placeholders $1, $2, ..."""

    def __init__(self) -> None:
        self._values: list[object] = []

    def bind(self, value: object) -> str:
        """The placeholder of one value."""
        self._values.append(value)
        return f"${len(self._values)}"

    def bind_all(self, values: Iterable[object]) -> str:
        """Placeholders of several values, for an IN list."""
        return ", ".join(self.bind(value) for value in values)

    @property
    def values(self) -> tuple[object, ...]:
        """What was bound so far."""
        return tuple(self._values)
