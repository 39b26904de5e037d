"""Every sentence of fixtures/figures: the figures and times that it holds, and the numerals that are none."""

import json
import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from extractor.read import ledger

FIXTURES = Path(__file__).parents[2] / "fixtures" / "figures"
GAPS = tomllib.loads((Path(__file__).parent / "known_gaps.toml").read_text(encoding="utf-8"))["gaps"]


def cases():
    for path in sorted(FIXTURES.glob("*.jsonl")):
        part = path.stem.split("-")[0]
        for line in path.read_text(encoding="utf-8").splitlines():
            case = json.loads(line, parse_float=Decimal)
            name = f"{part}-{case['id'].removeprefix(part + '-')}"
            marks = [pytest.mark.xfail(reason=GAPS[name])] if name in GAPS else []
            yield pytest.param(case, id=name, marks=marks)


def rounded(value):
    return round(float(value), 6)


@pytest.mark.parametrize("case", list(cases()))
def test_a_sentence_is_read_as_its_gold_says(case):
    published = date.fromisoformat(case["published"]) if case.get("published") else None

    read = ledger(case["text"], published)

    figures = [(rounded(figure.value), figure.unit) for figure in read.figures]
    times = [(str(time.start_date), str(time.end_date)) for time in read.times]
    assert figures == [(rounded(gold["value"]), gold["unit"]) for gold in case.get("figures", [])]
    assert times == [(str(gold["start_date"]), str(gold["end_date"])) for gold in case.get("times", [])]
