"""Reading figures: this reader, quantulum3 and recognizers-text on the same sentences, in one run.

    make bench-figures

A figure of the gold is found where a reader gives its number (value), and where it gives its number in its
unit (value and unit). Peers get the benefit of the doubt: either end of a range or its middle will do, a
period may be missing, a plain dollar is anybody's, and what a count counts is not asked. What is read beyond
the gold is wrong.
"""

from __future__ import annotations

import json
import logging
import math
import time
import tomllib
import warnings
from collections import Counter
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import pint

from extractor import read_figures

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

ROOT = Path(__file__).parents[1]
FIXTURES = ROOT / "fixtures"
READER_DATA = files("extractor.read") / "data"
CLOSE = 1e-6
"""Share by which a value may miss: peers compute in floating point."""
REPEATS = 5
"""Runs of a reader that takes no time; of a slower one the first is kept."""
SHORT = 1.0  # seconds


class Reading(NamedTuple):
    """A number as a reader gives it."""

    value: float
    units: tuple[tuple[tuple[str, int], ...], ...]
    """What it may be in: symbols with their powers, one such product for each meaning."""


class Reader(Protocol):
    """Something that reads figures."""

    name: str
    longest: float
    """Characters of the longest text that it is given."""

    def read(self, text: str) -> list[Reading]:
        """The figures of a text."""
        ...


class Ours:
    """The reader of this project."""

    name = "pressledger"
    longest = math.inf

    def read(self, text: str) -> list[Reading]:
        """As read_figures gives them."""
        return [Reading(float(figure.value), (symbols(figure.unit),)) for figure in read_figures(text)]


class Quantulum:
    """quantulum3 with its classifier, which tells pounds from pounds."""

    name = "quantulum3"
    longest = math.inf

    def __init__(self) -> None:
        from quantulum3 import parser  # noqa: PLC0415  installed for this benchmark alone

        self._parse = parser.parse
        self._names = peer_units(self.name)

    def read(self, text: str) -> list[Reading]:
        """Its dimensions one by one; a period below the line is what others give apart."""
        readings = []
        for found in self._parse(text):
            dimensions = [
                (each["base"], each["power"])
                for each in found.unit.dimensions
                if not (each["power"] < 0 and each["base"] in {"year", "month", "week", "day"})
            ] or [(found.unit.name, 1)]
            readings.append(Reading(found.value, self._meanings(dimensions)))
        return readings

    def _meanings(self, dimensions: list[tuple[str, int]]) -> tuple[tuple[tuple[str, int], ...], ...]:
        meanings: list[tuple[tuple[str, int], ...]] = [()]
        for name, power in dimensions:
            known = self._names.get(name, [name])
            meanings = [(*product, (symbol, power)) for product in meanings for symbol in known]
        return tuple(meanings)


class Recognizers:
    """recognizers-text: its numbers, percentages and units, without what it takes for a date."""

    name = "recognizers-text"
    longest = 20_000  # at 70,000 it took all memory of a machine with 24 GB

    def __init__(self) -> None:
        from recognizers_date_time import DateTimeRecognizer  # noqa: PLC0415  as above
        from recognizers_number import NumberRecognizer  # noqa: PLC0415
        from recognizers_number_with_unit import NumberWithUnitRecognizer  # noqa: PLC0415
        from recognizers_text import Culture  # noqa: PLC0415

        numbers, units = NumberRecognizer(Culture.English), NumberWithUnitRecognizer(Culture.English)
        self._models = [
            units.get_dimension_model(), units.get_currency_model(), units.get_temperature_model(),
            units.get_age_model(), numbers.get_percentage_model(), numbers.get_number_model(),
        ]  # fmt: skip
        self._dates = DateTimeRecognizer(Culture.English).get_datetime_model()
        self._names = peer_units(self.name)

    def read(self, text: str) -> list[Reading]:
        """What each model finds where no earlier one did."""
        taken = [(found.start, found.end) for found in self._dates.parse(text)]
        readings = []
        for model in self._models:
            for found in model.parse(text):
                overlaps = any(found.start <= end and start <= found.end for start, end in taken)
                if overlaps or not found.resolution or found.resolution.get("value") is None:
                    continue
                taken.append((found.start, found.end))
                readings.append(self._reading(found.type_name, found.resolution))
        return readings

    def _reading(self, kind: str, resolution: dict[str, str]) -> Reading:
        unit = "Percentage" if kind == "percentage" else resolution.get("unit", "")
        number = resolution["value"].rstrip("%")
        names = self._names.get(unit, [unit])
        return Reading(float(number), tuple(symbols(name) for name in names))


def symbols(unit: str) -> tuple[tuple[str, int], ...]:
    """The symbols of a unit with their powers: CNY/Wh is CNY above and Wh below the line."""
    above, _, below = unit.partition("/")
    return ((above, 1), (below, -1)) if below and unit not in {"km/h", "m/min"} else ((unit, 1),)


def peer_units(name: str) -> dict[str, list[str]]:
    """What a peer's units are called here."""
    table = tomllib.loads((Path(__file__).parent / "peer_units.toml").read_text(encoding="utf-8"))[name]
    return {unit: [meant] if isinstance(meant, str) else meant for unit, meant in table.items()}


@cache
def registry() -> pint.UnitRegistry[float]:
    """The units that this reader knows."""
    return pint.UnitRegistry(str(READER_DATA / "units.txt"))


@cache
def expressions() -> dict[str, str]:
    """Symbol → pint's expression for it."""
    rows = tomllib.loads((READER_DATA / "units.toml").read_text(encoding="utf-8"))
    ours = {row.get("symbol", name): row["pint"] for name, row in rows.items() if "pint" in row}
    return ours | {"dm": "decimeter"}  # quantulum3's litres


@cache
def size(unit: tuple[tuple[str, int], ...]) -> tuple[float, tuple[tuple[str, float], ...]]:
    """How large a unit is in base units, and which those are."""
    factor, bases = 1.0, Counter[str]()
    for symbol, power in unit:
        if symbol in {"", "count", "x"}:
            continue
        if symbol in {"pp", "bp", "%"}:
            factor, symbol = factor * (0.01 if symbol == "bp" else 1), "%"  # noqa: PLW2901
        expression = expressions().get(symbol)
        if expression is None:
            bases[symbol] += power
            continue
        whole = registry().Quantity(1, registry().parse_units(expression)).to_root_units()
        factor *= float(whole.magnitude) ** power
        for name, exponent in whole.unit_items():
            bases[name] += exponent * power
    return factor, tuple(sorted((name, exponent) for name, exponent in bases.items() if exponent))


class Gold(NamedTuple):
    """A figure that a sentence holds."""

    values: tuple[float, ...]
    """Its value; of a range also both ends."""
    unit: tuple[tuple[str, int], ...]

    def has_value(self, reading: Reading) -> bool:
        """Whether the number is right, in whatever unit."""
        return any(math.isclose(value, reading.value, rel_tol=CLOSE) for value in self.values)

    def has_unit(self, reading: Reading) -> bool:
        """Whether the number is right in its unit."""
        factor, bases = size(self.unit)
        for meaning in reading.units:
            other, found = size(meaning)
            wanted = (value * factor for value in self.values)
            if found == bases and any(math.isclose(reading.value * other, v, rel_tol=CLOSE) for v in wanted):
                return True
        return False


class Case(NamedTuple):
    """A sentence with its figures."""

    topic: str
    text: str
    gold: list[Gold]


def cases(part: str) -> list[Case]:
    """The sentences of fixtures/figures: "dev" or "heldout"."""
    found = []
    for path in sorted((FIXTURES / "figures").glob(f"{part}-*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            case = json.loads(line)
            gold = [
                Gold(
                    tuple({row["value"], *(row[end] for end in ("low", "high") if row.get(end) is not None)}),
                    symbols(row["unit"]),
                )
                for row in case["figures"]
            ]
            found.append(Case(path.stem.partition("-")[2], case["text"], gold))
    return found


class Score(NamedTuple):
    """Figures found, wrong and missed."""

    found: int
    wrong: int
    missed: int

    @property
    def f1(self) -> float:
        """2 P R / (P + R)."""
        return 2 * self.found / (2 * self.found + self.wrong + self.missed or 1)


def score(answers: Iterable[tuple[Case, Sequence[Reading]]], right: Callable[[Gold, Reading], bool]) -> Score:
    """Each gold figure takes the first answer that is right; both ends of a range are one figure."""
    found = wrong = missed = 0
    for case, readings in answers:
        left = list(readings)
        for gold in case.gold:
            fitting = [reading for reading in left if right(gold, reading)]
            taken = fitting if len(gold.values) > 1 else fitting[:1]
            for reading in taken:
                left.remove(reading)
            found, missed = found + bool(taken), missed + (not taken)
        wrong += len(left)
    return Score(found, wrong, missed)


def seconds(reader: Reader, texts: Sequence[str]) -> float:
    """The time to read all texts, once warm."""
    best = math.inf
    for _ in range(REPEATS):
        start = time.perf_counter()
        for text in texts:
            reader.read(text)
        best = min(best, time.perf_counter() - start)
        if best > SHORT:
            break
    return best


def row(*cells: Any) -> None:  # noqa: ANN401
    print("| " + " | ".join(str(cell) for cell in cells) + " |")


def show_accuracy(readers: list[Reader], part: str, title: str) -> None:
    """F1 of each reader, over all topics and by topic."""
    sentences = cases(part)
    answers = {each.name: [(case, each.read(case.text)) for case in sentences] for each in readers}
    print(f"\n{title}: {len(sentences)} sentences, {sum(len(case.gold) for case in sentences)} figures, F1\n")
    row("", *answers)
    row("---", *("---" for _ in answers))
    for name, right in (("value", Gold.has_value), ("value and unit", Gold.has_unit)):
        row(name, *(f"{score(answer, right).f1:.3f}" for answer in answers.values()))
    for topic in sorted({case.topic for case in sentences}):
        by_topic = [[one for one in answer if one[0].topic == topic] for answer in answers.values()]
        row(f"value and unit: {topic}", *(f"{score(answer, Gold.has_unit).f1:.3f}" for answer in by_topic))


def show_speed(readers: list[Reader]) -> None:
    """Characters a second on sentences, on pages, and on all pages as one text."""
    sentences = [case.text for part in ("dev", "heldout") for case in cases(part)]
    pages = [
        path.read_text(encoding="utf-8") for path in sorted((FIXTURES / "press/development").glob("*.txt"))
    ]
    print("\nThousand characters a second, and how many times as long as pressledger it takes\n")
    row("", *(reader.name for reader in readers))
    row("---", *("---" for _ in readers))
    for name, texts in (
        ("sentences", sentences),
        ("pages", pages),
        ("all pages as one text", ["\n\n".join(pages)]),
    ):
        length = sum(map(len, texts))
        able = [max(map(len, texts)) <= reader.longest for reader in readers]
        taken = [
            seconds(reader, texts) if can else math.inf for reader, can in zip(readers, able, strict=True)
        ]
        rates = [
            f"{length / 1000 / each:,.1f} ({each / taken[0]:,.0f}×)" if each < math.inf else "–"
            for each in taken
        ]
        row(f"{name}: {len(texts)}, {length / 1000:,.0f} thousand characters", *rates)


def main() -> None:
    """Print both tables."""
    warnings.filterwarnings("ignore")
    logging.disable()
    readers: list[Reader] = [Ours(), Quantulum(), Recognizers()]
    for reader in readers:
        reader.read("A plant of 5 GWh for two billion yuan, 300 tonnes and 20% of it in May 2025.")  # loads
    peers = {"quantulum3": "quantulum3", "recognizers-text": "recognizers-text-suite"}
    print(", ".join(f"{name} {version(package)}" for name, package in peers.items()))
    show_accuracy(readers, "heldout", "Set aside")
    show_accuracy(readers, "dev", "Development")
    show_speed(readers)


if __name__ == "__main__":
    main()
