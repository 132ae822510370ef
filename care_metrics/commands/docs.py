"""Tables of the README, written from what the program itself knows: `python -m care_metrics.commands.docs`."""

import re
from collections.abc import Callable
from pathlib import Path

import typer

from care_metrics.kpis import CATALOGUE
from care_metrics.settings import ROOT, Settings

README = ROOT / "README.md"


def kpi_table() -> str:
    """One row a KPI: name, label, unit, direction, interval, minimum n, formula."""
    head = "| name | KPI | unit | better | interval | min n | formula |\n|---|---|---|---|---|---|---|"
    rows = [
        f"| `{entry.name}` | {entry.label} | {entry.unit} | {entry.better} | {entry.interval} | {entry.min_n} | {_cell(entry.formula)} |"
        for entry in CATALOGUE.values()
    ]
    return "\n".join([head, *rows])


def settings_table() -> str:
    """One row a setting: variable, default, meaning."""
    rows = [
        f"| `CARE_METRICS_{name.upper()}` | `{field.default}` | {_cell(field.description or '')} |"
        for name, field in Settings.model_fields.items()
    ]
    return "\n".join(["| variable | default | meaning |\n|---|---|---|", *rows])


def commands_table() -> str:
    """One row a command: how it is called and what it does."""
    from care_metrics.commands.line import app

    commands = sorted(typer.main.get_group(app).commands.items())
    rows = [
        f"| `python -m care_metrics {name}` | {_cell(command.get_short_help_str(200))} |" for name, command in commands
    ]
    return "\n".join(["| command | what it does |\n|---|---|", *rows])


SECTIONS: dict[str, Callable[[], str]] = {"kpis": kpi_table, "settings": settings_table, "commands": commands_table}


def rendered(text: str) -> str:
    """The text with the part between each pair of markers replaced by what is true now."""
    for name, table in SECTIONS.items():
        body = f"<!-- {name} -->\n{table()}\n<!-- /{name} -->"
        text = re.sub(rf"<!-- {name} -->.*?<!-- /{name} -->", lambda _: body, text, flags=re.DOTALL)  # noqa: B023
    return text


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def write(path: Path = README) -> None:
    """Bring the README up to date."""
    path.write_text(rendered(path.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    write()
