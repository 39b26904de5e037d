"""Options that several commands have."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

Published = Annotated[
    datetime | None,
    typer.Option(
        formats=["%Y-%m-%d"],
        metavar="DATE",
        help="Publication day, such as 2022-11-23, where a record has none; goes before what the text says.",
    ),
]
