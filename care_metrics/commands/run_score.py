"""score on the command line: progress with rate and time left on stderr."""

import sys
from functools import partial
from pathlib import Path

from care_metrics.commands.progress import shown_progress
from care_metrics.commands.score import SENTIMENT, Job, ScoreReport, score, sentiment_of
from care_metrics.commands.score_behaviours import BEHAVIOURS
from care_metrics.errors import BadRequest
from care_metrics.models import Scorer, load_behaviours, load_sentiment
from care_metrics.settings import settings, under_root
from care_metrics.store import Store, open_store, publishing


def run_score(
    url: str | None, engine: str, device: str, sentiment: str | None, behaviours: str | None, current: bool
) -> None:
    """Score every client's new turns with the models asked for (default: the shipped ones), then derive evidence."""
    if engine != "local":
        raise BadRequest(f"--engine {engine!r} is not installed here; use local.")
    for what, report in score_store(open_store(url), sentiment, device, behaviours=behaviours, current=current).items():
        print(f"{what}: {_said(report)}", file=sys.stderr)
        if report.waiting:
            print(f"{what}: {_waiting(what, report.waiting)}", file=sys.stderr)


def score_store(
    store: Store,
    sentiment: str | None = None,
    device: str = "auto",
    most_turns: int | None = None,
    behaviours: str | None = None,
    current: bool = False,
) -> dict[str, ScoreReport]:
    """Load the models, hold the store, score customers' and agents' turns, show how far it is.

    Without the behaviours model's weights the rest goes on and one sentence says so.
    """
    tasks = _sentiments(sentiment, device)
    judge = _behaviours(behaviours, device)
    if judge is not None:
        tasks.append((judge, BEHAVIOURS))
    reports: dict[str, ScoreReport] = {}
    with publishing(store) as publication, shown_progress() as tell:
        clients = sorted(store.clients(publication.base))
        for scorer, job in tasks:
            progress = partial(tell, f"scoring {scorer.name}")
            reports[scorer.name] = score(store, publication, scorer, clients, progress, most_turns, job, current)
    return reports


def _sentiments(model: str | None, device: str) -> list[tuple[Scorer, Job]]:
    """The sentiment model and, where it names its languages, the one of the languages it leaves."""
    first = load_sentiment(model, device)
    other = settings().sentiment_es_pt_model
    if (
        first.languages is None
        or not other
        or _without_weights(other, "customers' turns in Spanish and Portuguese are not scored")
    ):
        return [(first, SENTIMENT)]
    second = load_sentiment(other, device, name="sentiment_es_pt")
    taken = [code for code in second.languages or () if code not in first.languages]
    return [(first, sentiment_of(leaves=taken)), (second, sentiment_of(takes=taken))]


def _behaviours(model: str | None, device: str) -> Scorer | None:
    unscored = "agents' turns are not scored and pillars rest on operational evidence alone"
    if model is None and _without_weights(settings().behaviours_model, unscored):
        return None
    return load_behaviours(model, device)


def _without_weights(model: str, so: str) -> bool:
    """Whether a model's folder lacks its weights; one sentence then says what follows."""
    folder = Path(under_root(model))
    if not folder.is_dir() or (folder / "model.safetensors").exists():
        return False
    print(
        f"{folder}: holds no model.safetensors, so {so}; restore the weights from the release and run score again.",
        file=sys.stderr,
    )
    return True


def _said(report: ScoreReport) -> str:
    skipped = f", {report.skipped:,} not scored with a reason" if report.skipped else ""
    left = f", {report.left:,} left" if report.left else ""
    return f"scored {report.scored:,} turns{skipped}{left}; snapshot {report.version}"


def _waiting(task: str, revision: str) -> str:
    return (
        f"the scores of {revision} do not count yet; compare them on the page Data and models, then run "
        f"`python -m care_metrics make-current {task} {revision}`."
    )
