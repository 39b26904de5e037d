"""NewsQuant: the reader on the test set that CQE was published with, 590 sentences of general news.

    python benchmarks/newsquant.py NewsQuant.json [--misses]

The set is not part of this project: it is data/formatted_test_set/NewsQuant.json in satya77/CQE_Evaluation on
GitHub (Almasian et al., "CQE: A Comprehensive Quantity Extractor", EMNLP 2023, which reports F1 92.0 by value
and 85.6 by value and unit). A quantity is found by its value, or by its value in its unit.

Where the set writes what is the same otherwise than this reader does, it counts as found: a change from one
amount to another is two figures here and a range there; "hundreds" is about 100 here and 100-1000 there;
"within six weeks" is a time here; cents are hundredths of their currency. What is counted is compared by the
last word that is kept here. "One of the best" is a quantity there and no figure here, and so is "doubled" the
other way round: those count as errors.
"""

from __future__ import annotations

import argparse
import json
import math
import re
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from extractor import read_figures, read_times

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemas import Quantity

CLOSE = 1e-5
"""Share by which values may differ, as in the published evaluation."""
VAGUE = 10
"""There "hundreds" go on to ten times as many."""
SPAN = re.compile(r"(?:\w+[ -])+(?:years?|months?|weeks?|days?|hours?|minutes?|decades?|quarters?)\b")
HUNDREDTHS = frozenset({"cent", "sen", "point"})
"""Units of the set that are hundredths of a currency; pence are points there."""
UNSEEN = slice(160, 341)
"""The sentences that nobody looked at while the reader was mended."""
PUBLISHED = {"value": 0.920, "value and unit": 0.856}

Value = tuple[float, ...]
"""One number, or both ends of a range."""


class Score(NamedTuple):
    """How many quantities there are, were read and were right."""

    gold: int
    read: int
    right: int

    @property
    def line(self) -> str:
        """Precision, recall and F1."""
        return f"{self.right / self.read:.3f} | {self.right / self.gold:.3f} | {self.f1:.3f}"

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.right / (self.gold + self.read)


def figures(text: str) -> list[Quantity]:
    """The figures of a sentence, and the spans that its times say: "six weeks" of "within six weeks"."""
    spans = [span[0] for time in read_times(text) if (span := SPAN.search(time.text))]
    told = [figure for span in spans for figure in _durations(span)[:1]]
    return [*read_figures(text), *told]


def _durations(span: str) -> list[Quantity]:
    """The durations of a few words, without the one before them that makes a time of them."""
    words = [span, span.partition(" ")[2]]
    return [figure for said in words for figure in read_figures(said) if figure.kind == "duration"]


def value(written: str) -> Value:
    """A value of the set: "5.0", "-130", "1.99E-29", "252.0-287.0"."""
    ends = re.fullmatch(r"([\d.]+) ?- ?([\d.]+)", written)
    return (float(ends[1]), float(ends[2])) if ends else (float(written),)


def values(figure: Quantity, unit: str) -> Iterator[Value]:
    """What a figure may be in the set, in a unit of it."""
    number = float(figure.value)
    if figure.bound == "range" and figure.low is not None and figure.high is not None:
        yield (float(figure.low), float(figure.high))
    else:
        yield (number,)
    if figure.bound == "about":
        yield (number, VAGUE * number)
    if figure.kind in {"money", "rate"} and unit.partition(" ")[0] in HUNDREDTHS:
        yield (number * 100,)


def close(one: Value, other: Value) -> bool:
    """Whether two values are the same but for rounding; a fall may be written with a minus."""
    same = (math.isclose(abs(a), abs(b), rel_tol=CLOSE) for a, b in zip(one, other, strict=False))
    return len(one) == len(other) and all(same)


@cache
def names() -> dict[str, Any]:
    """What the set's units are called here."""
    table = Path(__file__).with_name("newsquant_units.toml")
    return tomllib.loads(table.read_text(encoding="utf-8"))


def in_unit(figure: Quantity, unit: str) -> bool:
    """Whether a figure is in a unit of the set: "dollar per barrel", "new season"."""
    known = names()
    if figure.unit in known["units"].get(unit, []):
        return True
    of, _, per = unit.partition(" per ")
    above, _, below = figure.unit.partition("/")
    if per:
        period = known["periods"].get(per)
        stated = figure.per == period if period else below in [*known["units"].get(per, []), per]
        counted = above == "count" and not _singular(figure.of or "").isdisjoint(of.lower().split())
        return stated and (above in known["units"].get(of, []) or counted)
    if unit.startswith(("%", "-")):
        return figure.kind in {"number", "percent"}
    return figure.kind == "count" and not _singular(figure.of or "").isdisjoint(unit.lower().split())


def _singular(noun: str) -> set[str]:
    """The last word of a noun phrase, as it may stand in a dictionary."""
    last = noun.lower().rpartition(" ")[2]
    regular = {last, last.removesuffix("s"), last.removesuffix("es"), re.sub("ies$", "y", last)}
    return regular | {re.sub("men$", "man", last), last.removesuffix("ren")}


def scored(items: list[dict[str, Any]], *, misses: bool) -> tuple[Score, Score]:
    """The scores by value, and by value and unit."""
    gold = read = by_value = by_unit = 0
    for item in items:
        left = figures(item["text"])
        gold, read = gold + len(item["quantities"]), read + len(left)
        missed = []
        for quantity in item["quantities"]:
            wanted, unit = value(quantity["value"]), quantity["normalized_unit"]
            found = [figure for figure in left if any(close(wanted, one) for one in values(figure, unit))]
            if not found and len(wanted) > 1:  # a change from one amount to another
                ends = [figure for end in wanted for figure in left if close((end,), (float(figure.value),))]
                if len(ends) == len(wanted):
                    found, read = ends[1:], read - 1
                    left.remove(ends[0])
            if not found:
                missed.append(quantity)
                continue
            right = [figure for figure in found if in_unit(figure, unit)]
            left.remove((right or found)[0])
            by_value, by_unit = by_value + 1, by_unit + bool(right)
            if not right:
                missed.append(quantity)
        if misses and (missed or left):
            print(item["text"])
            for quantity in missed:
                print(f"    - {quantity['value']} {quantity['normalized_unit']}")
            for figure in left:
                print(f"    + {figure.text!r}")
    return Score(gold, read, by_value), Score(gold, read, by_unit)


def main() -> None:
    """Print the scores beside those that were published."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("data", type=Path, help="NewsQuant.json, or its items as JSON Lines")
    options.add_argument("--misses", action="store_true", help="print what is missed and read beyond the set")
    chosen = options.parse_args()
    text = chosen.data.read_text(encoding="utf-8")
    items = json.loads(text) if text.startswith("[") else [json.loads(line) for line in text.splitlines()]
    results = dict(zip(PUBLISHED, scored(items, misses=chosen.misses), strict=True))
    unseen = dict(zip(PUBLISHED, scored(items[UNSEEN], misses=False), strict=True))
    total = next(iter(results.values()))
    print(f"{len(items)} sentences, {total.gold} quantities; {total.read} read\n")
    print("| | precision | recall | F1 | F1 of those not looked at | F1 published of CQE |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    for name, score in results.items():
        print(f"| {name} | {score.line} | {unseen[name].f1:.3f} | {PUBLISHED[name]:.3f} |")


if __name__ == "__main__":
    main()
