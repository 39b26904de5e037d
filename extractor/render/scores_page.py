"""Scores page: an evaluation as one HTML file that needs nothing else, for screens and for paper."""

from __future__ import annotations

from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING

from extractor.evaluate.runs import changed_documents, changed_metrics
from extractor.render.scores import difference, score_lines, score_lists, share

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from extractor.evaluate import Count, Scores

_COLUMNS = ("precision", "recall", "F1", "right", "found", "gold")


def scores_page(scores: Scores, other: Scores | None = None, *, title: str = "Evaluation") -> str:
    """The page; `other` are the scores of a second run over the same gold, set beside the first."""
    css = (files("extractor.render") / "scores_page.css").read_text("utf-8")
    body = "\n".join(_body(scores, other, title))
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>\n{css}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    )


def _body(scores: Scores, other: Scores | None, title: str) -> Iterator[str]:
    yield f"<h1>{escape(title)}</h1>"
    yield from (f"<p>{escape(line)}</p>" for line in score_lines(scores))
    if other is not None:
        yield from _runs(scores, other)
    for group, slots in scores.counts.items():
        yield f"<h2>{escape(group)}</h2>"
        yield _table("slot", _COLUMNS, ((slot, _cells(count)) for slot, count in slots.items()))
    if scores.confusion:
        yield "<h2>Figures that are not right</h2>"
        rows = (
            (f"{gold} → {found}", (_cell(str(number)),))
            for (gold, found), number in scores.confusion.most_common()
        )
        yield _table("slot in gold → slot of the result", ("figures",), rows)
    for heading, lines in score_lists(scores).items():
        yield f"<h2>{escape(heading)} ({len(lines)})</h2>{_list(lines)}"
    yield "<h2>Documents, the worst first</h2>"
    yield _table("document", _COLUMNS, ((name, _cells(count)) for name, count in scores.documents.items()))
    for doc_id in scores.documents:
        yield from _document(doc_id, scores)


def _document(doc_id: str, scores: Scores) -> Iterator[str]:
    """What is missed and wrong in one document; nothing for one where all is right."""
    told = scores.differences.get(doc_id)
    if told and (told.missed or told.wrong):
        yield f"<h3>{escape(doc_id)}</h3>"
        if told.missed:
            yield f"<p>Missed ({len(told.missed)})</p>{_list(told.missed)}"
        if told.wrong:
            yield f"<p>Wrong ({len(told.wrong)})</p>{_list(told.wrong)}"


def _runs(first: Scores, second: Scores) -> Iterator[str]:
    """What differs between the two runs."""
    yield "<h2>The second run beside the first</h2>"
    rows = (
        (
            change.metric,
            (_cell(share(change.before)), _cell(share(change.after)), _cell(difference(change.delta))),
        )
        for change in changed_metrics(first, second)
    )
    yield _table("metric", ("first", "second", "difference"), rows)
    for document in changed_documents(first, second):
        f1 = f"F1 {share(document.before)} → {share(document.after)}"
        yield f"<h3>{escape(document.doc_id)}: {f1}</h3>"
        yield _list([f"+ {line}" for line in document.gained], "gain")
        yield _list([f"− {line}" for line in document.lost], "loss")


def _table(first: str, columns: Sequence[str], rows: Iterable[tuple[str, Iterable[str]]]) -> str:
    heads = "".join(f'<th scope="col">{escape(name)}</th>' for name in (first, *columns))
    lines = (f'<tr><th scope="row">{escape(name)}</th>{"".join(cells)}</tr>' for name, cells in rows)
    head = f"<thead><tr>{heads}</tr></thead>"
    return f'<div class="wide"><table>{head}<tbody>\n{chr(10).join(lines)}\n</tbody></table></div>'


def _cells(count: Count) -> list[str]:
    shares = [_bar(value) for value in (count.precision, count.recall, count.f1)]
    return [*shares, *(_cell(str(number)) for number in (count.matched, count.predicted, count.gold))]


def _cell(text: str) -> str:
    return f"<td>{escape(text)}</td>"


def _bar(value: float | None) -> str:
    return f'<td class="bar" style="--share: {100 * (value or 0):.0f}%">{share(value)}</td>'


def _list(lines: Sequence[str], kind: str = "") -> str:
    if not lines:
        return ""
    opening = f'<ul class="{kind}">' if kind else "<ul>"
    return f"{opening}{''.join(f'<li>{escape(line)}</li>' for line in lines)}</ul>"
