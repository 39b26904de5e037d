"""Ranges: two numbers that are the ends of one figure.

range     := number ("-" | "to" | "~") number unit? | number unit ("-" | "to") number unit
           | "between" number unit? "and" number unit? | number "or" the next number
tolerance := number unit? "±" number unit
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from extractor.read.currencies import currency_table
from extractor.read.figures.amounts import PER
from extractor.read.figures.counts import counted
from extractor.read.figures.numbers import ONE, Amount, digits, number_words
from extractor.read.figures.vocabulary import vocabulary
from extractor.read.tokens import SPACE
from extractor.read.units import factor

if TYPE_CHECKING:
    from decimal import Decimal

    from extractor.read.figures.amounts import Amounts, Measured
    from extractor.read.tokens import Tokens
    from extractor.read.units import Unit

_TO = re.compile(rf"-to-|-?[{SPACE}](?:to|through)[{SPACE}]|[{SPACE}]?[-–—−~～∼][{SPACE}]?(?=\S)")
_AND = re.compile(rf"[{SPACE}](?:and|to)[{SPACE}]")
_OR = re.compile(rf"[{SPACE}]or[{SPACE}]")
_TOLERANCE = re.compile(rf"[{SPACE}]?(?:±|\+/[-−–]|\+-|plus or minus)[{SPACE}]?")
_JOINT = re.compile("|".join(sign.pattern for sign in (_TO, _AND, _OR, _TOLERANCE, PER)))
_WORDS = frozenset({"to", "-to-", "through", "- to", "and", "or"})
_VAGUE = frozenset(
    {"about", "around", "roughly", "approximately", "some", "an", "estimated", "$", "€", "-", "−", "minus"}
)
_CHANGED = frozenset({"by", "up", "down"})
_OPENINGS = frozenset({"between", "from"}) | _CHANGED
_PRESENT = frozenset({"the", "its", "a", "current", "present", "existing", "initial", "today", "'", "’", "s"})
_ARTICLES = frozenset({"a", "an"})
_MINUS = frozenset({"-", "−", "–"})
_BREAKS = frozenset({",", ";", ":"})
_NEAR = 4  # tokens from "between" or "from" to the number: "between roughly $2", "from today's 5 GWh"
_CLAUSE = 14  # tokens before "from" in which a verb says that it is a change
_SIGN = 5  # tokens that a currency may have before the second number
_MUCH = 4  # times that a level is larger than the change that led to it
_SMALL = 20  # numbers that "two or three" may join
_YEARS = 1000  # a duration is no so many years: "4 to 2026"


class Range(NamedTuple):
    """Both ends in one unit, the unit where one is stated, and where the range ends."""

    low: Decimal
    high: Decimal
    measured: Measured | None
    end: int
    scale: Decimal
    opening: str = ""
    """The word before it that belongs to it: "between", "from" or nothing."""


class First(NamedTuple):
    """The first number of what may be a range."""

    amount: Amount
    start: int
    """Where it starts, with its currency."""
    value: Decimal
    """With its minus, if it has one."""
    money: Measured | None
    behind: Measured | None


def may_open_range(text: str, end: int, behind: Measured | None) -> bool:
    """Whether what stands behind a number that ends at `end`, or behind its unit, can go on to another."""
    return _JOINT.match(text, end) is not None or (
        behind is not None and _JOINT.match(text, behind.end) is not None
    )


def read_range(amounts: Amounts, first: First, floor: int) -> Range | None:
    """The range that a number opens; None where it opens none."""
    tokens, text = amounts.tokens, amounts.text
    opening = _opening(tokens, first.start, floor)
    places, per = _places(amounts, first)
    for at in places:
        measured = None if first.behind is None or at == first.amount.end else first.behind
        if (tolerance := _TOLERANCE.match(text, at)) is not None:
            return _tolerance(amounts, first, measured, tolerance.end())
        separator = _separator(text, at, opening)
        second = _second(amounts, first, separator) if separator else None
        if second is not None and separator is not None:
            found = _spanned(amounts, first, measured, second)
            sign = separator[0].strip(SPACE)
            if found is not None and found.low > found.high and _is_spread(tokens, first, second, opening):
                found = found._replace(low=found.high, high=found.low)  # ranged from -18 °C to -34 °C
            if found is None or not _are_ends(text, first, second, found, sign):
                continue
            if per is not None and at == per[1] and not _is_priced_alike(amounts, first, found, per[0]):
                continue
            if opening == "from" and sign in _WORDS and _is_change(tokens, first, second, found):
                return None
            if sign == "to" and _is_reached(tokens, first, second, found, opening):
                return None
            return found if opening in _CHANGED else found._replace(opening=opening)
    return None


def _places(amounts: Amounts, first: First) -> tuple[list[int], tuple[Unit, int] | None]:
    """Where what joins the second number may stand, the farthest first; and what a price is per."""
    places = [first.amount.end] if first.behind is None else [first.behind.end, first.amount.end]
    per = _price(amounts, first, places[0])
    flow = vocabulary().periods.behind.match(amounts.text, places[0]) if first.behind else None
    if flow is not None:
        places.insert(0, flow[1])  # 400,000 t/y to 500,000 t/y
    if per is not None:
        places.insert(0, per[1])
    return places, per


def _price(amounts: Amounts, first: First, end: int) -> tuple[Unit, int] | None:
    """What a price is per, and where that ends: "$60.5/kWh to $82/kWh"."""
    money = first.money or first.behind
    return amounts.denominator(money.unit, end) if money and money.unit.kind == "money" else None


def _is_priced_alike(amounts: Amounts, first: First, found: Range, unit: Unit) -> bool:
    """Whether the second price is per the same as the first."""
    after = _price(amounts, first, found.end)
    return after is not None and after[0] == unit


def _opening(tokens: Tokens, start: int, floor: int) -> str:
    """The word before the first number that says what two numbers are: "between", "by"; or nothing."""
    for word in tokens.before(start, _NEAR, floor):
        if word in _OPENINGS:
            return word
        if word not in _VAGUE and word not in _PRESENT:
            break
    return ""


def _separator(text: str, at: int, opening: str) -> re.Match[str] | None:
    """What joins two numbers at that place: "–" and "to", "and" behind "between", "or"."""
    between = _AND.match(text, at) if opening == "between" else None
    return between or _TO.match(text, at) or _OR.match(text, at)


def _second(amounts: Amounts, first: First, separator: re.Match[str]) -> Amount | None:
    """The upper number behind a range sign; a minus or the same currency may stand before it."""
    tokens = amounts.tokens
    begin = tokens.at(separator.end())
    sign = tokens.word(begin)
    negative = sign == "minus" or (sign in _MINUS and tokens.joined(begin + 1))
    index = begin + negative
    if first.money is not None:
        while not tokens.word(index).isdecimal() and index < begin + _SIGN:
            index += 1
        money = currency_table().before(tokens, index, separator.end()) if tokens.word(index) else None
        if index > begin and (
            money is None
            or money.start > tokens.starts[begin]
            or amounts.money(money.code).unit != first.money.unit
        ):
            return None
    word = tokens.word(index)
    if word in _ARTICLES and (one := _one_span(amounts, first, index)) is not None:
        return one
    if not (word.isdecimal() or (first.amount.worded and word in number_words().numbers)):
        return None
    second = amounts.number(index, separator.end())
    if second is None:
        return None
    second = amounts.sized(second, money=first.money is not None)
    return second._replace(value=-second.value) if negative else second


def _one_span(amounts: Amounts, first: First, index: int) -> Amount | None:
    """The one of "seven months to a year", whose article is token `index`."""
    spans = first.behind is not None and first.behind.unit.kind == "duration"
    one = Amount(ONE, amounts.tokens.starts[index], amounts.tokens.ends[index])
    unit = amounts.behind(one, one.end) if spans else None
    return one if unit is not None and unit.unit.kind == "duration" else None


def _spanned(amounts: Amounts, first: First, measured: Measured | None, second: Amount) -> Range | None:
    """Both numbers in the unit and under the scale that they share; None where they share none."""
    low, high = first.value, second.value
    unit: Measured | None = first.money
    end = second.end
    if unit is None:
        unit = amounts.behind(second, second.end)
        end = second.end if unit is None else unit.end
    if measured is not None:  # both ends have a unit
        if unit is None or unit.unit.kind != measured.unit.kind:
            return None
        if unit.unit.symbol != measured.unit.symbol:
            if unit.unit.pint is None or measured.unit.pint is None:
                return None
            high *= factor(unit.unit.pint, measured.unit.pint)
        unit = measured
    elif first.amount.scale == 1 and second.scale != 1 and low * second.scale <= high:
        low *= second.scale
    size = 1 if unit is None else unit.factor
    return Range(low * size, high * size, unit, end, second.scale)


def _are_ends(text: str, first: First, second: Amount, found: Range, sign: str) -> bool:
    """Whether the two numbers are the ends of one figure, and not a list, a date or a score."""
    if found.low >= found.high:
        return False
    if sign == "or":
        low, high = first.value / first.amount.scale, second.value / second.scale
        if high - low != 1 or high >= _SMALL:
            return False
    if found.measured is None:
        return _shares_noun(text, first.amount, second, sign)
    return not (found.measured.unit.kind == "duration" and first.amount.plain and second.value > _YEARS)


def _is_spread(tokens: Tokens, first: First, second: Amount, opening: str) -> bool:
    """Whether two numbers are ends whichever comes first: so words say it, or both have a minus."""
    if opening == "between" or (first.value < 0 and second.value < 0):
        return True
    return opening == "from" and not vocabulary().changes.ranging.isdisjoint(
        tokens.before(first.start, _NEAR)
    )


def _is_change(tokens: Tokens, first: First, second: Amount, found: Range) -> bool:
    """Whether "from A to B" is a change from one amount to another, two figures, and no range.

    A verb before it says so: "raised from 10 to 20 GWh", but "ranged from 10 to 20 GWh". Where no verb does,
    ends that share a unit are a range ("cells from 10 to 20 Ah") and ends with a unit each are none.
    """
    known = vocabulary().changes
    for word in tokens.before(first.start, _CLAUSE):
        if word in known.ranging:
            return False
        if word in known.from_to:
            return True
        if word in _BREAKS:
            break
    if found.measured is not None and found.measured.unit.kind == "temperature":
        return False
    measured = first.behind is not None and first.behind.end < second.start
    return measured or (first.money is not None and first.amount.scale != 1)


def _is_reached(tokens: Tokens, first: First, second: Amount, found: Range, opening: str) -> bool:
    """Whether the second amount is what a change by the first one led to.

    Both have a unit then: "rose by 20 GWh to 120 GWh", but "rose by 20 to 25 GWh". A share rarely says so,
    and behind the verb alone the second is much the larger: "slid $50 to $900".
    """
    if opening not in _CHANGED:
        verbs = vocabulary().changes.from_to.intersection(tokens.before(first.start, 1))
        if not verbs or found.high < _MUCH * found.low:
            return False
    if first.behind is not None:
        return first.behind.end < second.start and first.behind.unit.kind != "percent"
    return first.money is not None and tokens.words[tokens.at(second.start) - 1] != "to"


def _shares_noun(text: str, first: Amount, second: Amount, sign: str) -> bool:
    """Whether a noun follows two bare numbers, so that they are a range of it: "50 and 60 technicians"."""
    following = text[second.end : second.end + 1]
    if following.isalpha() or following in {"-", "/", "–"}:
        return False
    if counted(text, second.end, worded=first.worded) is not None:
        return True
    return not first.worded and (second.scale != 1 or (sign not in _WORDS and not first.plain))


def _tolerance(amounts: Amounts, first: First, measured: Measured | None, at: int) -> Range | None:
    """85 ± 5 °C, 3.2 V ± 0.1 V, 220 V ± 10%."""
    around = digits(amounts.text, at) if amounts.text[at : at + 1].isdecimal() else None
    if around is None:
        return None
    unit, width = amounts.behind(around, around.end), around.value
    end = around.end if unit is None else unit.end
    if measured is not None and unit is not None and unit.unit != measured.unit:
        if unit.unit.symbol != "%":
            return None
        width *= first.value / 100
    return Range(first.value - width, first.value + width, measured or unit, end, first.amount.scale)
