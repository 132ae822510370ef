"""The command line: words and options; what they do lies in the modules beside this one."""

from pathlib import Path
from typing import Annotated

import typer

from care_metrics.commands import database_line
from care_metrics.commands.options import Clients, StoreOption
from care_metrics.commands.show import Format

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Customer care measured: loyalty and trust with evidence, beside the efficiency-only metrics.",
)

export = typer.Typer(no_args_is_help=True, help="Write tables as files: CSV or XLSX.")
app.add_typer(export, name="export")
# Without a name: commands beside the others.
app.add_typer(database_line.app)


@app.command()
def ingest(
    sources: Annotated[list[str], typer.Argument(help="Files or folders.")],
    client: Annotated[str, typer.Option("--client", help="Whose data it is.")],
    timezone: Annotated[str | None, typer.Option("--timezone", help="IANA zone of a new client; default UTC.")] = None,
    format: Annotated[str, typer.Option("--format", help="Name of a reader, or auto.")] = "auto",  # noqa: A002
    mapping: Annotated[Path | None, typer.Option("--mapping", help="YAML file that maps foreign columns.")] = None,
    started_at: Annotated[
        str | None, typer.Option("--started-at", help="Start of contacts whose export carries none.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would happen; store nothing.")] = False,
    store: StoreOption = None,
) -> None:
    """Read exports, keep what is good, quarantine what is not, publish in one commit."""
    from care_metrics.commands.run_ingest import run_ingest

    run_ingest(store, sources, client, timezone, format, mapping, started_at, dry_run)


@app.command()
def kpis(
    names: Annotated[list[str] | None, typer.Argument(help="KPI names; default: all.")] = None,
    by: Annotated[list[str] | None, typer.Option("--by", help="Split by a dimension; repeat for several.")] = None,
    client: Clients = None,
    start: Annotated[str | None, typer.Option("--from", help="First local date.")] = None,
    end: Annotated[str | None, typer.Option("--to", help="Local date after the last.")] = None,
    where: Annotated[list[str] | None, typer.Option("--where", help="COLUMN=VALUE; repeat for several.")] = None,
    as_of: Annotated[str | None, typer.Option("--as-of", help="'Now' for windows that must mature.")] = None,
    min_n: Annotated[int | None, typer.Option("--min-n", help="Overrides each KPI's minimum n.", min=0)] = None,
    format: Annotated[Format, typer.Option("--format", help="table, json or csv.")] = "table",  # noqa: A002
    sql: Annotated[bool, typer.Option("--sql", help="Print the statement instead of running it.")] = False,
    store: StoreOption = None,
) -> None:
    """Measure KPIs: value, interval, n and state of each."""
    from care_metrics.commands.kpis import parsed_filters, print_kpis
    from care_metrics.store import open_store

    filters = parsed_filters(start, end, where or [], as_of)
    print_kpis(open_store(store), names or [], client or [], filters, by or [], min_n, format, sql)


@app.command()
def score(
    engine: Annotated[str, typer.Option("--engine", help="local.")] = "local",
    device: Annotated[str, typer.Option("--device", help="auto, cpu or cuda.")] = "auto",
    sentiment: Annotated[str | None, typer.Option("--sentiment", help="Folder or hub id of a model.")] = None,
    behaviours: Annotated[str | None, typer.Option("--behaviours", help="Folder of a behaviours model.")] = None,
    current: Annotated[
        bool, typer.Option("--make-current", help="Let a new model's scores count as soon as all turns have one.")
    ] = False,
    store: StoreOption = None,
) -> None:
    """Score new customer turns; resumes where it was stopped."""
    from care_metrics.commands.run_score import run_score

    run_score(store, engine, device, sentiment, behaviours, current)


@app.command("make-current")
def make_current(
    task: Annotated[str, typer.Argument(help="sentiment or behaviours.")],
    revision: Annotated[str, typer.Argument(help="The revision, as score and the page Data and models name it.")],
    store: StoreOption = None,
) -> None:
    """Let the scores of another model revision count, after comparing them; older scores stay."""
    from care_metrics.commands.choose_revision import run_make_current

    run_make_current(store, task, revision)


@app.command()
def classify(
    task: Annotated[str, typer.Argument(help="sentiment or behaviours.")],
    source: Annotated[Path, typer.Argument(metavar="INPUT", help="CSV, JSON lines or Parquet.")],
    output: Annotated[Path, typer.Option("--output", help="Parquet file to write.")],
    text_column: Annotated[str, typer.Option("--text-column")] = "text",
    context_column: Annotated[str | None, typer.Option("--context-column")] = None,
) -> None:
    """Classify the texts of a file of your own."""
    from care_metrics.models.classify import classify as run

    print(run(task, source, text_column, context_column, output))


@app.command()
def demo(
    interactions: Annotated[int, typer.Option("--interactions", help="About how many contacts.", min=100)] = 60_000,
    seed: Annotated[int, typer.Option("--seed")] = 7,
    store: StoreOption = None,
) -> None:
    """Simulate a contact centre, score it with the real model and publish it."""
    from care_metrics.commands.demo import make_demo

    make_demo(store, interactions, seed)


@app.command()
def quarantine(
    client: Annotated[str, typer.Option("--client", help="Whose rows.")],
    output: Annotated[Path, typer.Option("--output", help="Folder to write them to, one file a table.")],
    store: StoreOption = None,
) -> None:
    """Write rejected rows out, to be repaired and ingested again."""
    from care_metrics.commands.quarantine import run_quarantine

    run_quarantine(store, client, output)


@app.command()
def erase(
    client: Annotated[str, typer.Option("--client", help="Whose customer it is.")],
    customer: Annotated[str, typer.Option("--customer", help="The customer's id.")],
    store: StoreOption = None,
) -> None:
    """Erase a customer from every table, older snapshot, quarantine and review; print the proof."""
    from care_metrics.commands.run_erase import run_erase

    run_erase(store, client, customer)


@app.command()
def retain(
    older_than: Annotated[int, typer.Option("--older-than", help="Days for which contacts are kept.", min=1)],
    client: Clients = None,
    hold: Annotated[
        list[str] | None, typer.Option("--hold", help="Id of a customer whose rows must stay; repeat for several.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would go; change nothing.")] = False,
    store: StoreOption = None,
) -> None:
    """Remove contacts older than they may be kept, with all that hangs on them."""
    from care_metrics.commands.retain import run_retain

    run_retain(store, older_than, client or [], hold or [], dry_run)


@app.command()
def check(store: StoreOption = None) -> None:
    """Check the store, the model files and the data."""
    from care_metrics.commands.check import run_check

    run_check(store)


@export.command()
def reviews(
    output: Annotated[Path, typer.Option("--output", help="File to write; .csv or .xlsx says which format.")],
    client: Clients = None,
    start: Annotated[str | None, typer.Option("--from", help="First day of saving, in UTC.")] = None,
    end: Annotated[str | None, typer.Option("--to", help="Day after the last.")] = None,
    store: StoreOption = None,
) -> None:
    """Write reviews, one row each; no cell becomes a formula."""
    from care_metrics.commands.export_reviews import export_reviews
    from care_metrics.commands.kpis import parsed_filters

    export_reviews(store, client or [], parsed_filters(start, end, [], None), output)
