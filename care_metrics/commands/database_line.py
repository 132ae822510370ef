"""The command line of the database: who may sign in, and its backup and restore."""

from pathlib import Path
from typing import Annotated

import typer

from care_metrics.commands.options import StoreOption

app = typer.Typer()


@app.command()
def grant(
    email: Annotated[str, typer.Argument(help="The verified e-mail by which the reader signs in for the first time.")],
    role: Annotated[str, typer.Option(help="executive, qa_lead, team_lead, agent, account_manager, client or admin.")],
    issuer: Annotated[str, typer.Option(help="The provider's issuer, as its discovery document names it.")],
    client: Annotated[list[str] | None, typer.Option("--client", help="A client they may see; repeatable.")] = None,
    every_client: Annotated[bool, typer.Option("--every-client", help="All clients, those to come too.")] = False,
    agent: Annotated[str | None, typer.Option(help="The agent_id that an agent is confined to.")] = None,
    team: Annotated[str | None, typer.Option(help="The team that a team lead is confined to.")] = None,
    store: StoreOption = None,
) -> None:
    """Let a reader sign in, or change what they may see."""
    from care_metrics.commands.grant import run_grant

    bounds = tuple((name, (value,)) for name, value in (("agent_id", agent), ("team", team)) if value)
    run_grant(store, email, role, issuer, client or [], every_client, bounds)


@app.command()
def revoke(
    email: Annotated[str, typer.Argument(help="The reader's e-mail.")],
    store: StoreOption = None,
) -> None:
    """Take all rights of a reader, at once."""
    from care_metrics.commands.grant import run_revoke

    run_revoke(store, email)


@app.command()
def backup(
    file: Annotated[Path, typer.Argument(help="A new file for the copy; FILE.json beside it says what it holds.")],
    store: StoreOption = None,
) -> None:
    """Copy the database of reviews, targets and rights while it is in use, to be checked when it is restored."""
    from care_metrics.commands.keep_database import run_backup

    run_backup(store, file)


@app.command()
def restore(
    file: Annotated[Path, typer.Argument(help="A file that backup wrote, with its .json beside it.")],
    store: StoreOption = None,
) -> None:
    """Put a backup where no database is yet, and compare every row with what was copied."""
    from care_metrics.commands.keep_database import run_restore

    run_restore(store, file)
