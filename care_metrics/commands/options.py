"""Options that several commands share."""

from typing import Annotated

import typer

StoreOption = Annotated[
    str | None,
    typer.Option("--store", help="Folder or URL of the store; default: CARE_METRICS_STORE, else data/store."),
]
Clients = Annotated[list[str] | None, typer.Option("--client", help="A client slug; repeat for several. Default: all.")]
