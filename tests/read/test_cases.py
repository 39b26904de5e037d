"""Every sentence of fixtures/figures: the figures and times that it holds, and the numerals that are none.

Sentences that the reader is known to get wrong stand in known_gaps.toml with the reason.
"""

import json
import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from extractor.read import ledger

FIXTURES = Path(__file__).parents[2] / "fixtures" / "figures"
GAPS = tomllib.loads((Path(__file__).parent / "known_gaps.toml").read_text(encoding="utf-8"))
OF_A_FIGURE = ("text", "kind", "value", "unit", "low", "high", "bound", "per", "change", "of", "same_as")
USUAL = dict.fromkeys(OF_A_FIGURE) | {"bound": "exact"}
DIGITS = 10
"""The digits that the gold gives of a fraction without an end."""


def cases(gaps, having="text"):
    """The cases that have something under a key; those in a table of known gaps are to fail."""
    parameters = []
    for path in sorted(FIXTURES.glob("*.jsonl")):
        part = path.stem.split("-")[0]
        for line in path.read_text(encoding="utf-8").splitlines():
            case = json.loads(line, parse_float=Decimal)
            name = f"{part}-{case['id'].removeprefix(part + '-')}"
            marks = [pytest.mark.xfail(reason=GAPS[gaps][name])] if name in GAPS[gaps] else []
            if case[having]:
                parameters.append(pytest.param(case, id=name, marks=marks))
    return parameters


def read(case):
    return ledger(case["text"], date.fromisoformat(case["published"]) if case.get("published") else None)


def found(case):
    """The figures that were read, with the words of the amount that one restates."""
    figures = read(case).figures
    texts = {figure.figure: figure.text for figure in figures}
    rows = [{name: getattr(figure, name) for name in OF_A_FIGURE} for figure in figures]
    return [
        row | {"value": rounded(row["value"]), "of": head(row), "same_as": texts.get(row["same_as"])}
        for row in rows
    ]


def head(row):
    """The noun that is counted: "16 … assembly lines" may be read as lines or as assembly lines."""
    return row["of"].split()[-1] if row["kind"] == "count" else None


def stated(case):
    """The figures of the gold, with what it leaves out because it is usual."""
    rows = [
        USUAL | {name: value for name, value in gold.items() if name in USUAL} for gold in case["figures"]
    ]
    return [row | {"value": rounded(Decimal(row["value"])), "of": head(row)} for row in rows]


def rounded(value):
    return round(value, DIGITS) if value else value


@pytest.mark.parametrize("case", cases("figures"))
def test_the_figures_of_a_sentence(case):
    assert found(case) == stated(case)


@pytest.mark.parametrize("case", cases("times", having="times"))
def test_the_times_of_a_sentence(case):
    times = [
        (time.text, str(time.start_date), str(time.end_date), time.precision) for time in read(case).times
    ]

    assert times == [
        (gold["text"], str(gold["start_date"]), str(gold["end_date"]), gold["precision"])
        for gold in case["times"]
    ]


@pytest.mark.parametrize("case", cases("no_times"))
def test_a_sentence_has_no_other_times(case):
    assert len(read(case).times) == len(case["times"])


@pytest.mark.parametrize("case", cases("dismissed", having="not_figures"))
def test_the_numerals_of_a_sentence_that_are_no_figures(case):
    text, in_ledger = case["text"], read(case)

    for name in case["not_figures"]:
        start, end = text.index(name["text"]), text.index(name["text"]) + len(name["text"])
        assert not [item.text for item in in_ledger.figures if item.start < end and start < item.end]
        if any(character.isdigit() for character in name["text"]):
            assert [item.text for item in in_ledger.dismissed if item.start < end and start < item.end]
