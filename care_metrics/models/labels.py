"""Map whatever a model calls its classes onto negative, neutral and positive, or refuse it."""

import re
from collections.abc import Sequence

from care_metrics.errors import ModelUnavailable

CLASSES = ("negative", "neutral", "positive")
_NAMES = {
    "negative": ("negative", "neg", "very negative", "negativo", "muy negativo"),
    "neutral": ("neutral", "neu", "neutro", "mixed"),
    "positive": ("positive", "pos", "very positive", "positivo", "muy positivo"),
}
_STARS = {"1": "negative", "2": "negative", "3": "neutral", "4": "positive", "5": "positive"}
_CLASS_OF = {name: cls for cls, names in _NAMES.items() for name in names}


def sentiment_groups(names: Sequence[str], model: str) -> tuple[tuple[int, ...], ...]:
    """For negative, neutral and positive in turn, the output positions whose probabilities add up to it.

    One to five stars count as 1-2, 3 and 4-5. Raises ModelUnavailable for names that say nothing (LABEL_0),
    for unknown ones, and for a model without one of the three classes.
    """
    classes = [_class_of(name, model) for name in names]
    groups = tuple(tuple(i for i, cls in enumerate(classes) if cls == wanted) for wanted in CLASSES)
    missing = [cls for cls, group in zip(CLASSES, groups, strict=True) if not group]
    if missing:
        raise ModelUnavailable(
            f"{model}: has the labels {', '.join(names)}, none of them {missing[0]}; use a model with three classes."
        )
    return groups


def behaviour_positions(names: Sequence[str], wanted: Sequence[str], model: str) -> tuple[int, ...]:
    """The output position of each wanted behaviour. Raises ModelUnavailable naming the first one missing."""
    lowered = [name.lower() for name in names]
    for name in wanted:
        if name not in lowered:
            raise ModelUnavailable(
                f"{model}: has the labels {', '.join(names)}, none of them {name}; use another model."
            )
    return tuple(lowered.index(name) for name in wanted)


def _class_of(name: str, model: str) -> str:
    plain = re.sub(r"[\s_-]+", " ", name.strip().lower())
    star = re.fullmatch(r"([1-5]) stars?", plain)
    if star:
        return _STARS[star[1]]
    if plain not in _CLASS_OF:
        raise ModelUnavailable(
            f"{model}: its label {name!r} does not say which sentiment it means; "
            "set id2label in config.json to negative, neutral and positive."
        )
    return _CLASS_OF[plain]
