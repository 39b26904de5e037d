"""The command `evaluate`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from extractor.commands import terminal


def evaluate(
    gold: Annotated[
        Path, typer.Argument(metavar="GOLD", help="A folder of *.gold.json files, or a JSONL file.")
    ],
    out: Annotated[Path, typer.Argument(metavar="OUT", help="Results of a run.")],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object instead of tables.")] = False,
) -> None:
    """Score results against gold records."""
    from extractor import render  # noqa: PLC0415  rich takes a tenth of a second that --help need not pay
    from extractor.evaluate import evaluate as score  # noqa: PLC0415  only this command needs it

    scores = score(gold, out)
    if as_json:
        terminal.write_line(scores.to_json())
    else:
        render.show_scores(terminal.console(), scores)
