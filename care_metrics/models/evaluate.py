"""Measure a trained model and write its card's tables: `python -m care_metrics.models.evaluate sentiment --data DIR`."""

import argparse
import json
import sys
from pathlib import Path

from care_metrics.errors import CareMetricsError
from care_metrics.settings import ROOT


def main(arguments: list[str] | None = None) -> int:
    """Evaluate on development sets and held-out folds; results go to evaluation.json and the card beside the weights."""
    parser = argparse.ArgumentParser(prog="python -m care_metrics.models.evaluate", description=main.__doc__)
    parser.add_argument("task", choices=("sentiment", "sentiment_es_pt", "behaviours"))
    parser.add_argument("--data", type=Path, required=True, help="folder that holds train/*.parquet and dev/*.parquet")
    parser.add_argument("--work", type=Path, required=True, help="the training's work folder, with its folds")
    parser.add_argument("--model", type=Path, help="folder of the weights; default models/<task>")
    parser.add_argument("--seed", type=int, default=1, help="the seed the training had")
    chosen = parser.parse_args(arguments)
    from care_metrics.models.training.card import RESULTS, write_card
    from care_metrics.models.training.evaluation import behaviours_numbers, sentiment_numbers
    from care_metrics.models.training.evaluation_es_pt import sentiment_es_pt_numbers

    folder = chosen.model or ROOT / "models" / chosen.task
    measure = {
        "sentiment": sentiment_numbers,
        "sentiment_es_pt": sentiment_es_pt_numbers,
        "behaviours": behaviours_numbers,
    }[chosen.task]
    try:
        results = measure(chosen.data, folder, chosen.work, chosen.seed)
        (folder / RESULTS).write_text(json.dumps(_rounded(results), indent=1) + "\n", "utf-8")
        write_card(chosen.task, folder)
    except CareMetricsError as wrong:
        print(wrong, file=sys.stderr)
        return 1
    return 0


def _rounded(value: object) -> object:
    """Numbers to 5 digits, at any depth: more would only be noise in the file."""
    if isinstance(value, dict):
        return {key: _rounded(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_rounded(inner) for inner in value]
    return round(value, 5) if isinstance(value, float) else value


if __name__ == "__main__":
    sys.exit(main())
