"""Result: one document's records, problems and coverage."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from extractor.layout import sections
from extractor.render.chart import show_charts
from extractor.render.records import Row, deal_rows, facility_rows, forecast_rows
from extractor.render.words import MARKED, label, marked, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from rich.console import Console

    from schemas import Coverage, Problem, Quantity, Result
    from schemas.problem import Verdict

_VERDICTS: dict[Verdict, str] = {
    "conflict": "Conflicts",
    "underdetermined": "Underdetermined",
    "consistent": "Consistent",
}
_STYLES = {
    "Facility": "blue",
    "Deal": "yellow",
    "Forecast": "green",
    "conflict": "red",
    "consistent": "green",
}
"""Colours beside the words that say the same."""
_LABEL_WIDTH = 18
_CONTEXT = 90
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
    show_charts(console, result.forecasts)
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
    title = Text.assemble((f"{kind}: ", _STYLES[kind]), shown(name or "without a name"), style="bold")
    heading.add_row(title, Text(identifier, style="dim"))
    console.print(heading)
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(width=_LABEL_WIDTH)
    table.add_column()
    for row in rows:
        table.add_row(Text(row.slot), _quieter(row.value))
    console.print(Padding(table, (0, 0, 1, 2), expand=False))


def _problems(console: Console, title: str, problems: list[Problem]) -> None:
    if not problems:
        return
    style = _STYLES.get(problems[0].verdict, "")
    console.print(Text(f"{title} ({len(problems)})", style=f"bold {style}"))
    for problem in problems:
        ids = ", ".join([*problem.figures, *problem.records])
        console.print(_indented(f"{problem.severity}: {shown(problem.message)}"))
        console.print(_indented(f"{problem.rule}{f' [{ids}]' if ids else ''}", 4, style="dim"))
    console.print()


def _coverage(console: Console, result: Result) -> None:
    coverage = result.coverage
    counts = (
        f"{coverage.figures_read} numerals: {coverage.figures_used} used, "
        f"{len(coverage.figures_dismissed)} dismissed, {len(coverage.figures_unexplained)} unexplained"
    )
    console.print(Text("Coverage", style="bold"))
    console.print(_indented(counts))
    if coverage.figures_dismissed:
        console.print(_indented(f"dismissed: {_reasons(coverage)}"))
    for passage in _unexplained(result):
        console.print(_indented(f"unexplained: {passage}"))


def _indented(text: str, columns: int = 2, style: str = "") -> Padding:
    words = Text(text, style=style)
    words.highlight_regex(MARKED, "bold")
    return Padding(words, (0, 0, 0, columns), expand=False)


def _quieter(value: str) -> Text:
    """What a slot holds, with the words of the text behind it in the background."""
    words = Text(value)
    words.highlight_regex(MARKED, "dim")
    return words


def _reasons(coverage: Coverage) -> str:
    reasons = Counter(dismissed.reason for dismissed in coverage.figures_dismissed)
    return ", ".join(f"{count} × {shown(reason)}" for reason, count in reasons.most_common())


def _unexplained(result: Result) -> Iterator[str]:
    """Yield the sentences that hold unexplained figures, with these marked; without a text, the marks."""
    left = set(result.coverage.figures_unexplained)
    figures = [figure for figure in result.figures if figure.figure in left]
    if result.text is None:
        yield from (marked(figure.figure, figure.text) for figure in figures)
        return
    sentences = _sentences(result.text)
    for (start, end), group in groupby(figures, lambda figure: _sentence_of(figure, sentences)):
        pieces, position = [], start
        for figure in group:
            pieces += [_shortened(result.text[position : figure.start]), marked(figure.figure, figure.text)]
            position = figure.end
        tail = _shortened(result.text[position:end])
        yield shown("".join([*pieces, tail]))


def _sentences(text: str) -> list[tuple[int, int]]:
    """List the sentences and headings of a text by their offsets."""
    found = []
    for section in sections(text):
        found += [section.heading] if section.heading else []
        found += [(sentence.start, sentence.end) for sentence in section.sentences]
    return found


def _sentence_of(figure: Quantity, sentences: list[tuple[int, int]]) -> tuple[int, int]:
    around = ((start, end) for start, end in sentences if start <= figure.start and figure.end <= end)
    return next(around, (figure.start, figure.end))


def _shortened(words: str) -> str:
    """Leave out the middle of a long passage between two figures, or between one and the sentence's end."""
    if len(words) <= 2 * _CONTEXT:
        return words
    return f"{words[:_CONTEXT].rpartition(' ')[0]} … {words[-_CONTEXT:].partition(' ')[2]}"
