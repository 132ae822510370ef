"""What a page shows further down, asked while it draws what stands above: the database works outside Python's lock."""

from collections.abc import Callable
from contextlib import suppress
from threading import Thread

from care_metrics.errors import CareMetricsError


def ask(question: Callable[..., object], *arguments: object) -> None:
    """Put a question of `cached` in a thread of its own: whoever asks the same meanwhile waits for this answer.

    Nothing of it is shown here. What fails is asked again, and told, by whoever shows it.
    """
    Thread(target=_quietly, args=(question, arguments), daemon=True).start()


def _quietly(question: Callable[..., object], arguments: tuple[object, ...]) -> None:
    with suppress(CareMetricsError):
        question(*arguments)
