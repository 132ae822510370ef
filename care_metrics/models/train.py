"""Train the shipped models anew: `python -m care_metrics.models.train TASK --data DIR --output DIR`."""

import argparse
import logging
import sys
from pathlib import Path

from care_metrics.errors import CareMetricsError


def main(arguments: list[str] | None = None) -> int:
    """Train one model on one core; started again with the same arguments, it goes on where it stopped."""
    parser = argparse.ArgumentParser(prog="python -m care_metrics.models.train", description=main.__doc__)
    parser.add_argument("task", choices=("sentiment", "sentiment_es_pt", "behaviours"))
    parser.add_argument("--data", type=Path, required=True, help="folder that holds train/*.parquet")
    parser.add_argument("--output", type=Path, required=True, help="folder for the model; its work/ keeps checkpoints")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    chosen = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", stream=sys.stderr)
    import torch

    from care_metrics.models.training.behaviours import train_behaviours
    from care_metrics.models.training.sentiment import train_sentiment
    from care_metrics.models.training.sentiment_es_pt import train_sentiment_es_pt

    torch.set_num_threads(chosen.threads)
    recipes = {"sentiment": train_sentiment, "sentiment_es_pt": train_sentiment_es_pt, "behaviours": train_behaviours}
    recipe = recipes[chosen.task]
    try:
        recipe(chosen.data, chosen.output, chosen.seed)
    except CareMetricsError as wrong:
        print(wrong, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
