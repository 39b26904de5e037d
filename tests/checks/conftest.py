"""Results built by hand: a text, its figures and times by their slices, and records over them."""

import re
from datetime import date
from decimal import Decimal

import pytest

from extractor import Extractor
from extractor.checks import check
from schemas import Problem, Quantity, Result, When

# unit: kind, base unit, size in base units
UNITS = {
    "GWh": ("energy", "Wh", "1e9"),
    "MWh": ("energy", "Wh", "1e6"),
    "MW": ("power", "W", "1e6"),
    "t": ("mass", "kg", "1000"),
    "m2": ("area", "m2", "1"),
    "%": ("percent", "%", "1"),
    "h": ("duration", "h", "1"),
    "count": ("count", "count", "1"),
    "CNY/Wh": ("rate", "CNY/Wh", "1"),
    "CNY/t": ("rate", "CNY/kg", "0.001"),
}


class Press:
    """A press text whose figures and times are named by their slices, in the order of the text."""

    def __init__(self, text: str = "", published: str | None = None) -> None:
        self.text = text
        self.published = date.fromisoformat(published) if published else None
        self.figures: list[Quantity] = []
        self.times: list[When] = []

    def figure(self, text: str, value: float | str, unit: str, **fields) -> Quantity:
        """Add the next figure of the text; a unit that is not in `UNITS` is a currency."""
        kind, base_unit, size = UNITS.get(unit, ("money", unit, "1"))
        value = Decimal(str(value))
        start = self.text.index(text, self.figures[-1].end if self.figures else 0)
        quantity = Quantity(
            figure=f"f{len(self.figures) + 1}",
            text=text,
            start=start,
            end=start + len(text),
            kind=kind,
            value=value,
            unit=unit,
            base_value=value * Decimal(size),
            base_unit=base_unit,
            **fields,
        )
        self.figures.append(quantity)
        return quantity

    def time(self, text: str, first: str, last: str | None = None) -> When:
        """Add the next time of the text: a year, a month or a day, or the days from `first` to `last`."""
        start = self.text.index(text, self.times[-1].end if self.times else 0)
        begin, end, precision = _days(first)
        when = When(
            time=f"t{len(self.times) + 1}",
            text=text,
            start=start,
            end=start + len(text),
            start_date=begin,
            end_date=_days(last)[1] if last else end,
            precision="range" if last else precision,
        )
        self.times.append(when)
        return when

    def result(self, *, text: bool = True, **records) -> Result:
        """The result with its ledger and these records."""
        return Result(
            doc_id="press",
            drafter="by hand",
            published=self.published,
            text=self.text if text else None,
            figures=self.figures,
            times=self.times,
            **records,
        )

    def problems(self, rule: str, *, text: bool = True, **records) -> list[Problem]:
        """What one rule finds."""
        return [
            problem for problem in check(self.result(text=text, **records)).problems if problem.rule == rule
        ]


def _days(when: str) -> tuple[date, date, str]:
    """First and last day of "2026", "2026-03" or "2026-03-01"."""
    parts = [int(part) for part in re.findall(r"\d+", when)]
    if len(parts) == 1:
        return date(parts[0], 1, 1), date(parts[0], 12, 31), "year"
    if len(parts) == 2:
        following = date(parts[0] + parts[1] // 12, parts[1] % 12 + 1, 1)
        return date(*parts, 1), date.fromordinal(following.toordinal() - 1), "month"
    return date(*parts), date(*parts), "day"


@pytest.fixture
def press() -> type[Press]:
    """Make a press text: `press("a plant of 20 GWh", published="2025-01-31")`."""
    return Press


@pytest.fixture(scope="session")
def found():
    """What a rule finds in a text that is read and drafted by the rules: `found("growth_rate", "from …")`."""
    extractor = Extractor()

    def find(rule: str, text: str, published: str | None = "2024-05-01") -> list[Problem]:
        problems = extractor.extract(text, published=published).problems
        return [problem for problem in problems if problem.rule == rule]

    return find
