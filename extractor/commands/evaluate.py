"""The command `evaluate`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extractor.commands import terminal
from extractor.errors import InputError
from extractor.staging import check_output, staged

if TYPE_CHECKING:
    from extractor.evaluate import Requirement, Scores


def evaluate(  # noqa: PLR0913  one argument an option
    gold: Annotated[
        Path, typer.Argument(metavar="GOLD", help="A folder of *.gold.json files, or a JSONL file.")
    ],
    out: Annotated[Path, typer.Argument(metavar="OUT", help="Results of a run.")],
    *,
    compare: Annotated[
        Path | None, typer.Option(metavar="OUT2", help="Results of a second run, to set beside the first.")
    ] = None,
    require: Annotated[
        list[str] | None,
        typer.Option(
            metavar="METRIC>=NUMBER",
            help='What OUT has to reach, such as "figures.f1>=0.9"; may be given more than once.',
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object instead of tables.")] = False,
    markdown: Annotated[bool, typer.Option("--markdown", help="Print a short table in Markdown.")] = False,
    html: Annotated[Path | None, typer.Option(metavar="FILE", help="Write a page with everything.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace a page that exists already.")] = False,
) -> None:
    """Score results against gold records, slot by slot; fixtures/README.md says how."""
    from extractor import render  # noqa: PLC0415  rich takes a tenth of a second that --help need not pay
    from extractor.evaluate import Requirement  # noqa: PLC0415  only this command needs it
    from extractor.evaluate import evaluate as score  # noqa: PLC0415  rich takes a tenth of a second that --help need not pay

    if as_json and markdown:
        raise typer.BadParameter("--json and --markdown exclude each other")
    if compare and markdown:
        raise typer.BadParameter("--markdown shows one run; leave out --compare, or print tables or --json")
    requirements = [Requirement.parse(text) for text in require or ()]
    if html:
        check_output(html, force=force)
    scores = _of_these(score(gold, out), gold, out)
    other = _of_these(score(gold, compare), gold, compare) if compare else None
    unmet = _unmet(requirements, scores)
    if as_json:
        terminal.write_line(_json(scores, other))
    elif markdown:
        terminal.write_line(render.scores_markdown(scores))
    else:
        render.show_scores(terminal.console(), scores)
        if other:
            render.show_runs(terminal.console(), scores, other)
    if html:
        title = f"{out.name} and {compare.name}" if compare else out.name
        with staged(html) as place:
            place.write_text(render.scores_page(scores, other, title=f"Evaluation of {title}"), "utf-8")
    for sentence in unmet:
        terminal.complain(sentence)
    raise typer.Exit(terminal.SOME_FAILED if unmet else terminal.DONE)


def _of_these(scores: Scores, gold: Path, out: Path) -> Scores:
    """The scores, unless results and gold have no document in common: then a name is wrong."""
    if len(scores.missing) == len(scores.documents):
        raise InputError(str(out), f"has no result for any document of {gold}; name the results of these")
    return scores


def _unmet(requirements: list[Requirement], scores: Scores) -> list[str]:
    return [sentence for each in requirements if (sentence := each.unmet(scores))]


def _json(scores: Scores, other: Scores | None) -> str:
    """Everything of one run, or of two with what changed."""
    if other is None:
        return scores.to_json()
    from extractor.evaluate import changed_documents, changed_metrics  # noqa: PLC0415  rich takes a tenth of a second that --help need not pay

    told = {
        **scores.as_dict(),
        "compared": other.as_dict(),
        "changed_metrics": [
            {**change._asdict(), "delta": change.delta} for change in changed_metrics(scores, other)
        ],
        "changed_documents": [change._asdict() for change in changed_documents(scores, other)],
    }
    return json.dumps(told, ensure_ascii=False)
