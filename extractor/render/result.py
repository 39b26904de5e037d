"""Result: one document's records, problems and coverage."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from extractor.layout import sections
from extractor.render.records import Row, deal_rows, facility_rows, forecast_rows
from extractor.render.words import label, marked, shown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import Console

    from schemas import Coverage, Problem, Quantity, Result
    from schemas.problem import Verdict

_VERDICTS: dict[Verdict, str] = {
    "conflict": "Conflicts",
    "underdetermined": "Underdetermined",
    "consistent": "Consistent",
}
_LABEL_WIDTH = 18
_CONTEXT = 110
"""Characters of a sentence that are shown on either side of an unexplained figure."""


def show_result(console: Console, result: Result) -> None:
    """Print one document: heading, records, problems by verdict with conflicts first, and coverage."""
    _heading(console, result)
    for facility in result.facilities:
        _record(console, "Facility", facility.name or facility.operator, facility.id, facility_rows(facility))
    for deal in result.deals:
        _record(console, "Deal", label(deal.kind), deal.id, deal_rows(deal))
    for forecast in result.forecasts:
        about = " of ".join(part for part in (label(forecast.metric), forecast.subject) if part)
        _record(console, "Forecast", about, forecast.id, forecast_rows(forecast))
    if not (result.facilities or result.deals or result.forecasts):
        console.print("No records.\n")
    for verdict, title in _VERDICTS.items():
        _problems(console, title, [problem for problem in result.problems if problem.verdict == verdict])
    _coverage(console, result)
    console.print()


def _heading(console: Console, result: Result) -> None:
    console.print(Rule(Text(f"{shown(result.doc_id)} ", style="bold"), align="left"))
    if result.title:
        console.print(Text(shown(result.title), style="bold"))
    published = f"published {result.published}" if result.published else "no publication date"
    console.print(Text(f"{published}, read by {shown(result.drafter)}"))
    console.print()


def _record(console: Console, kind: str, name: str | None, identifier: str, rows: Iterable[Row]) -> None:
    heading = Table.grid(expand=True)
    heading.add_column(ratio=1)
    heading.add_column(justify="right")
    heading.add_row(Text(f"{kind}: {shown(name or 'without a name')}", style="bold"), Text(identifier))
    console.print(heading)
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(width=_LABEL_WIDTH)
    table.add_column()
    for row in rows:
        table.add_row(*map(Text, row))
    console.print(Padding(table, (0, 0, 1, 2), expand=False))


def _problems(console: Console, title: str, problems: list[Problem]) -> None:
    if not problems:
        return
    console.print(Text(f"{title} ({len(problems)})", style="bold"))
    for problem in problems:
        ids = ", ".join([*problem.figures, *problem.records])
        console.print(_indented(f"{problem.severity}: {shown(problem.message)}"))
        console.print(_indented(f"{problem.rule}{f' [{ids}]' if ids else ''}", 4))
    console.print()


def _coverage(console: Console, result: Result) -> None:
    coverage = result.coverage
    left = set(coverage.figures_unexplained)
    unexplained = [figure for figure in result.figures if figure.figure in left]
    counts = (
        f"{coverage.figures_read} numerals: {coverage.figures_used} used, "
        f"{len(coverage.figures_dismissed)} dismissed, {len(left)} unexplained"
    )
    console.print(Text("Coverage", style="bold"))
    console.print(_indented(counts))
    if coverage.figures_dismissed:
        console.print(_indented(f"dismissed: {_reasons(coverage)}"))
    sentences = _sentences(result.text or "")
    for figure in unexplained:
        console.print(_indented(f"unexplained: {marked(figure.figure, figure.text)}"))
        if result.text is not None:
            console.print(_indented(_around(figure, result.text, sentences), 4))


def _indented(text: str, columns: int = 2) -> Padding:
    return Padding(Text(text), (0, 0, 0, columns), expand=False)


def _reasons(coverage: Coverage) -> str:
    reasons = Counter(dismissed.reason for dismissed in coverage.figures_dismissed)
    return ", ".join(f"{count} × {shown(reason)}" for reason, count in reasons.most_common())


def _sentences(text: str) -> list[tuple[int, int]]:
    """List the sentences and headings of a text by their offsets."""
    found = []
    for section in sections(text):
        found += [section.heading] if section.heading else []
        found += [(sentence.start, sentence.end) for sentence in section.sentences]
    return found


def _around(figure: Quantity, text: str, sentences: list[tuple[int, int]]) -> str:
    """Cut the sentence that a figure stands in, with the figure in brackets; a long one is shortened."""
    bounds = ((start, end) for start, end in sentences if start <= figure.start < end)
    first, last = next(bounds, (figure.start, figure.end))
    before, after = text[first : figure.start], text[figure.end : last]
    if len(before) > _CONTEXT:
        before = f"…{before[-_CONTEXT:].partition(' ')[2]}"
    if len(after) > _CONTEXT:
        after = f"{after[:_CONTEXT].rpartition(' ')[0]}…"
    return shown(f"{before}[{text[figure.start : figure.end]}]{after}")
