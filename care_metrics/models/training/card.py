"""Write a model card's number tables from the result file beside it, so that the two cannot disagree."""

import json
from pathlib import Path
from typing import Any

from care_metrics.errors import ModelUnavailable

RESULTS, CARD = "evaluation.json", "README.md"
START, END = "<!-- numbers -->", "<!-- /numbers -->"


def numbers_of(task: str, results: dict[str, Any]) -> str:
    """The card's tables as Markdown."""
    body = _behaviours(results) if task == "behaviours" else _sentiment(results)
    model = results["model"]
    size = f"{model['bytes'] / 1e6:.1f} MB in half precision"
    return "\n".join([f"Revision `{model['revision']}`, {size}, sha256 `{model['sha256']}`.", "", *body])


def write_card(task: str, folder: Path) -> None:
    """Replace what stands between the card's markers. Raises ModelUnavailable where they are missing."""
    card = folder / CARD
    text = card.read_text("utf-8")
    head, start, rest = text.partition(START)
    _, end, tail = rest.partition(END)
    if not start or not end:
        raise ModelUnavailable(f"{card}: lacks the markers {START} and {END}; put them around the tables.")
    tables = numbers_of(task, json.loads((folder / RESULTS).read_text("utf-8")))
    card.write_text(f"{head}{START}\n{tables}\n{END}{tail}", "utf-8")


def _sentiment(results: dict[str, Any]) -> list[str]:
    head = "| set | n | macro-F1 | VADER's | negative | neutral | positive | macro-recall | AUC | ECE |"
    lines = [head, "|---|---|---|---|---|---|---|---|---|---|"]
    for name, row in results["sets"].items():
        recall = row["recall"]
        cells = [str(row["n"]), _f(row["macro_f1"]), _f(row.get("vader_macro_f1"))]
        cells += [_f(recall.get(cls)) for cls in ("negative", "neutral", "positive")]
        cells += [_f(sum(recall.values()) / len(recall)), _f(row["auc"]), _f(row["ece"])]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    name, first = next(iter(results["sets"].items()))
    shift = f" and a shift of {results['neutral_shift']:+.3f} for neutral" if "neutral_shift" in results else ""
    lines += ["", f"Temperature {results['temperature']:.3f}{shift}, folded into the last layer.", ""]
    lines += [
        f"Reliability on held-out {name}:",
        "",
        "| top probability | n | mean | correct |",
        "|---|---|---|---|",
    ]
    for row in first["reliability"]:
        cells = (f"{row['from']:.1f} to {row['to']:.1f}", row["n"], _f(row["confidence"]), _f(row["accuracy"]))
        lines.append("| " + " | ".join(map(str, cells)) + " |")
    if ranks := first.get("conversations"):
        lines += [
            "",
            f"Mean valence against mean label of {ranks['n']} conversations: Spearman {ranks['spearman']:.3f}.",
        ]
    return lines


def _behaviours(results: dict[str, Any]) -> list[str]:
    lines: list[str] = []
    for name, columns in results["sets"].items():
        lines += [f"Measured on {name}:", ""]
        lines += ["| column | n | shown | average precision | threshold | precision | recall | F1 |"]
        lines += ["|---|---|---|---|---|---|---|---|"]
        for column, row in columns.items():
            cells = [str(row["n"]), str(row["shown"]), _f(row["average_precision"])]
            cells += [_f(results["thresholds"][column]), *(_f(row[key]) for key in ("precision", "recall", "f1"))]
            lines.append(f"| {column} | {' | '.join(cells)} |")
        lines.append("")
    lines += ["Average precision in each quarter:", "", "| column | mean | lowest | highest |", "|---|---|---|---|"]
    for column, row in results["sets"]["all turns"].items():
        folds = row["average_precision_by_fold"]
        cells = [_f(sum(folds) / len(folds)), _f(min(folds)), _f(max(folds))]
        lines.append(f"| {column} | {' | '.join(cells)} |")
    return lines


def _f(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"
