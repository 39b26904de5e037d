"""Growth: the amount at the start, the amount at the end, and the growth stated between them.

The words tie the three together: "from 320 to 550, up 72 %", "550, up 72 % from 320", "tripled from 20 to
60", an amount with its growth and that of the year before in the last sentence, or two dated amounts with a
compound annual rate beside them. A compound rate runs over the years between the two times. Rounding
decides what agrees; a growth that misses by less than two percent is left open.

Agrees: "from 320 GWh in 2024 to 550 GWh in 2030, a compound annual growth rate of 9.4 %".

Disagrees: "from 320 GWh to 550 GWh, up 62 %".

Left open: a compound rate that fits one year more or less; a rate of which the text does not say whether it
is a year's or the whole; a growth that only just misses.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain
from typing import TYPE_CHECKING

from extractor.checks import statements
from extractor.checks.interval import Agreement, Interval
from extractor.checks.marked import Marked, template
from extractor.checks.vocabulary import pattern
from extractor.checks.wording import amount, computed, stated

if TYPE_CHECKING:
    from collections.abc import Iterator
    from re import Match

    from extractor.checks.case import Case
    from extractor.checks.sentences import Sentence
    from schemas import Problem, Quantity, When

RULE = "growth_rate"
SLACK = Decimal("0.02")
"""Share of the multiple that unrounded figures behind the stated ones may hide."""
CUT = Decimal("0.001")
"""Share of the multiple by which a percentage may be cut off instead of rounded."""
LOOSE = Decimal("0.1")
"""Share by which "doubled" and its like may miss."""

_MOVE = r"(?:{growth.up}|{growth.down}|{growth.compound})"
_OWN_BASE = r"(?! ?(?:over|than|compared|on the|from(?! a year)))"  # "up 30 % over plan" has another base
_TIED = (
    rf"\bfrom ~15<base>~60\bto ~30<reached>~~50{_MOVE}~~30<growth>{_OWN_BASE}",
    r"\bfrom ~15<base>~60\bto ~30<reached>~~15<growth> (?:{growth.up}|{growth.down})",
    r"<growth>~~40\bfrom ~15<base>~60\bto ~30<reached>",
    r"<growth>~~12\bto ~15<reached>~60{growth.base} ~20<base>",
    r"<reached>~~40(?:{growth.up}|{growth.down}) ~10<growth> ~~30{growth.base} ~20<base>",
    r"<reached>~~60{growth.base} ~20<base>~~70(?:{growth.up}|{growth.down}) ~~15<growth>",
    rf"<base>~15⟦\d+⟧~~15(?:and |, |to )~~25<reached>~15⟦\d+⟧,? ~~10{_MOVE}~~15<growth>{_OWN_BASE}",
    r"<reached>~~45 ~15<growth> (?:(?:higher|lower|more|less) than|above|below|over|under) ~30<base>",
    rf"<base>,? ~~10⟦\d+⟧,? ~~10{_MOVE}~~10<growth> to ~15<reached>",
)
_MULTIPLE = (
    r"<growth>~~120<reached>~80{growth.base} ~~20<base>",
    r"<growth>~~120\bfrom ~15<base>~60\bto ~30<reached>",
)
_DATED = (
    r"<base>~15⟦\d+⟧~80<reached>~15⟦\d+⟧~~60{growth.compound}~~40<growth>",
    r"⟦\d+⟧~30<base>~60⟦\d+⟧~30<reached>~~60{growth.compound}~~40<growth>",
    r"<reached>~60(?:{growth.base}) ~20<base>~~60{growth.compound}~~40<growth>",
)
_BESIDE = (
    rf"<reached>~~30{_MOVE}~~15<growth>{_OWN_BASE}",
    rf"<reached>,? ~~10<growth> (?:{_MOVE}|more|less)(?! than)",
    rf"{_MOVE}~~15<growth> to ~~15<reached>",
)
_YEARLY = (
    r"(?<!within )(?<!inside )(?<!over )(?<!in )(?<!space of )(?<!last )(?<!past )"
    r"{growth.compound}(?! (?:earlier|ago|before|on year|over year))"
)
_ABOUT_GROWTH = 60  # characters around a percentage in which words say whether it is a year's
_OWN_SPAN = 40  # characters behind a percentage for its own years: "between 2024 and 2030"
_COMPARED = re.compile(r"\b(?:above|below|over|under|less|more|higher|lower|fewer)\b", re.IGNORECASE)
_LONGEST = 60  # years of a growth
_DAYS = 365.25
CROWD = 24  # figures of a sentence beyond which it is a table


@dataclass(frozen=True, slots=True)
class Growth:
    """From one amount to another, with the growth stated; `years` is None where it is no yearly one."""

    base: Quantity
    reached: Quantity
    growth: Quantity
    years: int | None
    dated: int | None
    """Whole years between the times of the two amounts, where both are known."""

    def reaches(self, years: int) -> Interval:
        """The amount reached when the stated growth is compounded over so many years."""
        return Interval.of(self.base) * self.factor**years

    @property
    def factor(self) -> Interval:
        """The stated growth as a multiple."""
        stated_growth = Interval.of(self.growth)
        if self.growth.kind == "ratio":
            worded = self.growth.bound in {"exact", "about"}
            return Interval.point(self.growth.value).widened(LOOSE) if worded else stated_growth
        share = stated_growth * Interval.point(Decimal("0.01"))
        if self.growth.change == "down":
            share *= Interval.point(Decimal(-1))
        return Interval.point(Decimal(1)) + share


def check(case: Case) -> Iterator[Problem]:
    """Grow every base by the growth stated and compare."""
    for marked in case.marked:
        told = set()
        for words in (*_TIED, *_MULTIPLE, *_DATED):
            for found, figures in marked.find(words):
                if words in _MULTIPLE and figures["growth"].kind != "ratio":
                    continue
                growth = _growth(marked, found, figures, compound=words in _DATED)
                if growth and growth.growth.figure not in told:
                    told.add(growth.growth.figure)
                    yield from _compare(case, growth)
    for sentence in case.sentences:
        for growth in (_in_neighbour(case, sentence), _since_last(case, sentence)):
            if growth:
                yield from _compare(case, growth)


def _growth(
    marked: Marked, found: Match[str], figures: dict[str, Quantity], *, compound: bool
) -> Growth | None:
    """The three figures of a match, where their kinds let them be a growth."""
    reached, growth = figures["reached"], _directed(figures["growth"], found[0])
    base = _in_unit(figures["base"], reached)
    flows = base.per is None or reached.per is None or base.per == reached.per
    same = base.base_unit == reached.base_unit and flows and base.kind != "percent"
    if not same or base.value <= 0 or growth.value <= 0:
        return None
    multiple = growth.kind == "ratio" and growth.change != "down"
    if not multiple and (growth.kind != "percent" or growth.unit != "%"):
        return None
    around = marked.text[max(0, found.start("growth") - _ABOUT_GROWTH) : found.end("growth") + _ABOUT_GROWTH]
    times = _time(marked, found, "base"), _time(marked, found, "reached")
    own = marked.times_after(found, "growth", _OWN_SPAN)
    if own and not _same_span(times, own):
        return None
    dated = _years(*times)
    yearly = compound or growth.per == "year" or template(_YEARLY).search(around) is not None
    if yearly:
        return Growth(base, reached, growth, dated, dated) if dated else None
    yearly_base = dated not in (None, 1) and template("{growth.yearly}").search(around)
    whole = multiple or growth.change
    return Growth(base, reached, growth, None, dated) if whole and not yearly_base else None


def _in_neighbour(case: Case, sentence: Sentence) -> Growth | None:
    """A growth alone in its sentence, between the two amounts of the sentence right before or after it."""
    if len(sentence.figures) != 1 or not pattern("growth.apart").search(sentence.text):
        return None
    (rate,) = sentence.figures
    yearly = rate.kind == "percent" and template(_YEARLY).search(sentence.text) is not None
    for other in case.around(sentence, 1):
        found = _two_amounts(other) if other is not sentence else None
        if found and not (found[0].kind != "money" and pattern("growth.of_money").search(sentence.text)):
            base, reached, dated = found
            if rate.kind == "ratio" and rate.change == "up":
                return Growth(base, reached, rate, None, dated)
            if yearly and dated:
                return Growth(base, reached, rate, dated, dated)
    return None


def _since_last(case: Case, sentence: Sentence) -> Growth | None:
    """An amount with its growth, and alone in the sentence before the amount of the year before it."""
    if not 1 < len(sentence.figures) <= CROWD:
        return None
    marked = sentence.marked
    found, figures = next(chain.from_iterable(marked.find(words) for words in _BESIDE), (None, {}))
    before = [s for s in case.around(sentence, 1) if s.start < sentence.start]
    if found is None or not before or not statements.alike(before[0], sentence):
        return None
    wider = pattern("plant.more").search(sentence.bare) and not pattern("plant.more").search(before[0].bare)
    if wider or not statements.products(sentence.bare) <= statements.products(before[0].bare):
        return None
    reached, growth = figures["reached"], _directed(figures["growth"], found[0])
    bases = [f for f in before[0].figures if f.base_unit == reached.base_unit and f.value > 0]
    others = [f for f in sentence.figures if f.base_unit == reached.base_unit]
    ends = [{t.start_date.year for t in s.times if t.start_date} for s in (before[0], sentence)]
    apart = len(ends[0]) == len(ends[1]) == 1 and max(ends[1]) - max(ends[0]) == 1
    apart = apart or pattern("growth.year_later").search(sentence.text) is not None
    percent = growth.kind == "percent" and growth.unit == "%" and growth.change and growth.per is None
    if not (apart and percent and len(bases) == len(others) == 1 and bases[0].change is None):
        return None
    return Growth(bases[0], reached, growth, None, 1) if reached.kind not in {"percent", "number"} else None


def _two_amounts(sentence: Sentence) -> tuple[Quantity, Quantity, int | None] | None:
    """The two amounts of a sentence in the order of their times or else of the text; years between."""
    marked = sentence.marked
    pair = next(marked.find(r"^[^⟨]*<one>[^⟨]*<two>[^⟨]*$"), None)
    if pair is None:
        return None
    found, figures = pair
    one, two = figures["one"], figures["two"]
    same = (one.base_unit, one.per) == (two.base_unit, two.per) and one.kind not in {"percent", "count"}
    if not same or min(one.value, two.value) <= 0:
        return None
    first, last = _time(marked, found, "one"), _time(marked, found, "two")
    if _years(last, first):
        return two, one, _years(last, first)
    return one, two, _years(first, last)


def _directed(growth: Quantity, words: str) -> Quantity:
    """A percentage with the direction that a comparison gives it: "30 % below the 48 GWh of last year"."""
    compared = _COMPARED.search(words)
    if growth.change or growth.kind != "percent" or compared is None:
        return growth
    down = compared[0].lower() in {"below", "under", "less", "lower", "fewer"}
    return growth.model_copy(update={"change": "down" if down else "up"})


def _in_unit(bare: Quantity, other: Quantity) -> Quantity:
    """A bare number before an amount ("from 320 to 550 GWh") in the unit of that; anything else as it is."""
    if bare.kind != "number" or not other.value:
        return bare
    size = other.base_value / other.value
    unit = {"kind": other.kind, "unit": other.unit, "base_unit": other.base_unit, "per": other.per}
    return bare.model_copy(update={**unit, "base_value": bare.value * size})


def _same_span(times: tuple[When | None, When | None], own: list[When]) -> bool:
    """Whether the time that a growth names for itself is the one between the two amounts."""
    first, last = own[0].start_date, own[-1].end_date
    if first is None or last is None or first.year == last.year:
        return True
    ends = [time.end_date.year if time and time.end_date else None for time in times]
    return ends == [first.year, last.year]


def _time(marked: Marked, found: Match[str], name: str) -> When | None:
    return next(iter(marked.times_after(found, name)), None) or next(
        iter(marked.times_before(found, name)[::-1]), None
    )


def _years(first: When | None, last: When | None) -> int | None:
    """Whole years from one time to another."""
    if first is None or last is None or first.time == last.time:
        return None
    if first.end_date is None or last.end_date is None:
        return None
    years = round((last.end_date - first.end_date).days / _DAYS)
    return years if 1 <= years <= _LONGEST else None


def _compare(case: Case, growth: Growth) -> Iterator[Problem]:
    found, years = Interval.of(growth.reached), growth.years or 1
    sums, numbers = _sums(growth, years)
    figures = (growth.base, growth.reached, growth.growth)
    match found.compare(growth.reaches(years).widened(CUT)):
        case Agreement.AGREE:
            yield case.problem(RULE, "consistent", f"{sums}: agrees", figures, numbers=numbers)
        case Agreement.OPEN:
            yield case.problem(
                RULE, "underdetermined", f"{sums}: too vague to compare", figures, numbers=numbers
            )
        case Agreement.DIFFER if doubt := _doubt(growth, found, years):
            yield case.problem(RULE, "underdetermined", f"{sums}: {doubt}", figures, numbers=numbers)
        case Agreement.DIFFER:
            yield case.problem(RULE, "conflict", sums, figures, numbers=numbers)


def _doubt(growth: Growth, found: Interval, years: int) -> str | None:
    """What else than a mistake may part the amounts."""
    slack = LOOSE if growth.growth.kind == "ratio" else SLACK
    if found.compare(growth.reaches(years).widened(slack)) is Agreement.AGREE:
        return "nearly, but not quite"
    if growth.years:
        others = [n for n in (years - 1, years + 1) if n > 0]
    else:
        others = [growth.dated] if growth.dated and growth.dated > 1 else []
    for other in others:
        if found.compare(growth.reaches(other).widened(SLACK)) is Agreement.AGREE:
            return f"agrees if it is a yearly growth over {other} {'year' if other == 1 else 'years'}"
    if growth.growth.kind == "ratio" and "times" in growth.growth.text:
        added = Interval.of(growth.base) * (growth.factor + Interval.point(Decimal(1)))
        if found.compare(added.widened(SLACK)) is Agreement.AGREE:
            return f"agrees if it grows by {stated(growth.growth)} of what it was"
    return None


def _sums(growth: Growth, years: int) -> tuple[str, tuple[Decimal, Decimal]]:
    """The arithmetic in words, and the numbers: growth computed and stated, in percent or as a multiple."""
    base, reached, rate = growth.base, growth.reached, growth.growth
    multiple = reached.base_value / base.base_value
    span = f"{stated(base)} to {stated(reached)}"
    if rate.kind == "ratio":
        said = f"{amount(rate.value, '', rate.bound)} times"
        return f"{span} is {amount(computed(multiple), '')} times, stated as {said}", (
            computed(multiple),
            rate.value,
        )
    yearly = multiple ** (1 / Decimal(years))
    percent = computed((yearly - 1) * 100)
    sign = -1 if rate.change == "down" else 1
    over = f" a year over {years} years" if growth.years and years > 1 else ""
    said = f"{'down' if sign < 0 else 'up'} {stated(rate)}"
    sums = f"{span} is {'down' if percent < 0 else 'up'} {amount(abs(percent), '%')}{over}, stated as {said}"
    return sums, (percent, rate.value * sign)
