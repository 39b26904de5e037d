"""The tables of documents, of their figures and times, and of what the checks found."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from schemas.problem import Problem
from schemas.quantity import Quantity
from schemas.result import Coverage, Dismissed, Result, Run, Usage
from schemas.tables.column import Column, Row, Table, of_model
from schemas.tables.groups import quantity_columns, rate_columns, span_columns, when_columns
from schemas.tables.records import DOC_ID, OF_DOCUMENT, POSITION
from schemas.when import When

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from schemas.tables.column import Type

_USAGE: dict[str, Type] = {
    "calls": "integer", "reasks": "integer", "prompt_tokens": "integer", "cached_tokens": "integer",
    "answer_tokens": "integer", "known_answers": "integer", "cost_usd": "number", "seconds": "number",
    "prompt_hash": "text",
}  # fmt: skip
_PROBLEM_ID = Column(
    "problem_id", "integer", "Place among the document's problems, from 1.", "position", key=True
)
_PROBLEM_OF = Column("problem_id", "integer", "The problem, within the document.", "owner", key=True)


def _document(result: Result) -> Iterator[Row]:
    yield Row(result, result)


def _figures(result: Result) -> Iterator[Row]:
    """The ledger's figures, each with its fate as `owner`."""
    dismissed = {numeral.figure for numeral in result.coverage.figures_dismissed}
    unexplained = set(result.coverage.figures_unexplained)
    for position, figure in enumerate(result.figures, start=1):
        fate = "dismissed" if figure.figure in dismissed else "used"
        yield Row(result, figure, "unexplained" if figure.figure in unexplained else fate, position)


def _listed(name: str) -> Callable[[Result], Iterator[Row]]:
    return lambda result: (
        Row(result, item, None, position) for position, item in enumerate(getattr(result, name), start=1)
    )


def _dismissed(result: Result) -> Iterator[Row]:
    for position, numeral in enumerate(result.coverage.figures_dismissed, start=1):
        yield Row(result, numeral, None, position)


def _named_in_problems(name: str) -> Callable[[Result], Iterator[Row]]:
    """A row for each figure or record that a problem names, with the problem's number as `owner`."""
    return lambda result: (
        Row(result, identifier, number, position)
        for number, problem in enumerate(result.problems, start=1)
        for position, identifier in enumerate(getattr(problem, name), start=1)
    )


def _extra(row: Row) -> str | None:
    extra = row.result.model_extra
    return json.dumps(extra, ensure_ascii=False, default=str) if extra else None


def _digits(row: Row) -> str:
    return f"{row.item.value:f}"


DOCUMENTS = Table(
    "documents",
    "One row a document.",
    _document,
    (
        DOC_ID,
        of_model(Result, "title"),
        of_model(Result, "source"),
        of_model(Result, "published", "date"),
        of_model(Result, "drafter"),
        of_model(Coverage, "figures_read", "integer", at="item.coverage"),
        of_model(Coverage, "figures_used", "integer", at="item.coverage"),
        Column(
            "figures_dismissed",
            "integer",
            "Numerals that are no figures; they stand in `dismissed`.",
            lambda row: len(row.result.coverage.figures_dismissed),
        ),
        Column(
            "figures_unexplained",
            "integer",
            "Figures that no record took; their `fate` in `figures` says so.",
            lambda row: len(row.result.coverage.figures_unexplained),
        ),
        *(
            replace(of_model(Usage, name, type_, at="item.usage"), name=f"usage_{name}")
            for name, type_ in _USAGE.items()
        ),
        *(
            replace(of_model(Run, name, at="item.run"), name=f"run_{name}")
            for name in ("document", "settings")
        ),
        of_model(Result, "schema_version", "integer"),
        Column("extra", "text", "Keys of the input that were carried through, as a JSON object.", _extra),
        of_model(Result, "text"),
    ),
)
FIGURES = Table(
    "figures",
    "One row a figure of the text: the ledger that the figure columns of all other tables refer to.",
    _figures,
    (
        DOC_ID,
        replace(of_model(Quantity, "figure"), key=True),
        of_model(Quantity, "kind"),
        Column("fate", "text", "`used` by a record, `dismissed` or `unexplained`.", "owner"),
        *(column for column in quantity_columns("item") if column.name != "figure"),
        Column("value_exact", "text", "`value` with all of its digits.", _digits),
        of_model(Quantity, "assumed"),
        of_model(Quantity, "same_as"),
        *rate_columns("item"),
        *span_columns(Quantity),
    ),
    (OF_DOCUMENT,),
)
TIMES = Table(
    "times",
    "One row a time of the text.",
    _listed("times"),
    (
        DOC_ID,
        replace(of_model(When, "time"), key=True),
        *(column for column in when_columns("item") if column.name != "time"),
        *span_columns(When),
    ),
    (OF_DOCUMENT,),
)
DISMISSED = Table(
    "dismissed",
    "One row a numeral that is no figure about the industry.",
    _dismissed,
    (
        DOC_ID,
        POSITION,
        *(of_model(Dismissed, name) for name in ("text", "reason", "figure")),
        *span_columns(Dismissed),
    ),
    (OF_DOCUMENT,),
)
PROBLEMS = Table(
    "problems",
    "One row a comparison that a check made; those that agree are here too.",
    _listed("problems"),
    (
        DOC_ID,
        _PROBLEM_ID,
        *(of_model(Problem, name) for name in ("rule", "verdict", "severity", "message")),
        *(of_model(Problem, name, "number") for name in ("expected", "found", "ratio")),
    ),
    (OF_DOCUMENT,),
)
PROBLEM_FIGURES = Table(
    "problem_figures",
    "One row a figure that a problem names.",
    _named_in_problems("figures"),
    (DOC_ID, _PROBLEM_OF, POSITION, Column("figure", "text", "The figure, within the document.", "item")),
    ((("doc_id", "problem_id"), "problems"),),
)
PROBLEM_RECORDS = Table(
    "problem_records",
    "One row a record that a problem names.",
    _named_in_problems("records"),
    (
        DOC_ID,
        _PROBLEM_OF,
        POSITION,
        Column("record_id", "text", "The facility, deal or forecast, within the document.", "item"),
    ),
    ((("doc_id", "problem_id"), "problems"),),
)
