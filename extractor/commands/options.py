"""Options that several commands have."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

WINDOW = 12_000
"""Characters of a window where the user says nothing."""

Window = Annotated[
    int,
    typer.Option(
        min=200,
        metavar="N",
        help="For --model: a text longer than this many characters, marks included, is asked about in parts.",
    ),
]
Published = Annotated[
    datetime | None,
    typer.Option(
        formats=["%Y-%m-%d"],
        metavar="DATE",
        help="Publication day, such as 2022-11-23, where a record has none; goes before what the text says.",
    ),
]
