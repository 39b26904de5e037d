"""Unit price × volume = value.

The price is any figure of money per unit; value and volume are those of the deal that owns it, or stand in
its sentence or next to it. A conflict needs a deal that owns both, or one value, one volume and one price
only in a sentence or neighbours about an order. Values and volumes of one deal that leave the unit price
unsaid give a derived one.

Agrees: "winning the bid at 440 million yuan, equivalent to a unit price of 0.55 yuan/Wh" for a system of
800 MWh.

Disagrees: the same bid "at 440 million yuan, equivalent to a unit price of 0.75 yuan/Wh".

Left open: a difference within 15 %, which tax or a part of the scope explains; a price that is only
derived. A market's price is only reported where it agrees.
"""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import product
from typing import TYPE_CHECKING

from extractor.checks.interval import Agreement, Interval, by_power_of_ten, power_of_ten
from extractor.checks.statements import continues
from extractor.checks.sums import distinct, whole_of
from extractor.checks.vocabulary import pattern, vocabulary
from extractor.checks.wording import amount, computed, stated

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from extractor.checks.case import Case
    from schemas import Deal, Problem, Quantity

RULE = "unit_price_times_volume"
SCOPE = Decimal("0.15")
"""Share by which tax, transport or a part of the scope may part value and product."""
_PARAGRAPH = 12  # sentences on either side in which a volume may stand
_CROWD = 24  # figures or combinations beyond which agreement may be chance

_CURRENCY = re.compile(r"[A-Z]{3}")
_BASE_UNITS = frozenset({"Wh", "W", "kg", "m2", "m3", "m"})
_THOUSANDS = frozenset({"kWh", "kW", "t"})  # units of a thousand base units


def check(case: Case) -> Iterator[Problem]:
    """Multiply every stated unit price; derive one for deals that state none."""
    deals = {deal.unit_price.figure: deal for deal in case.deals if deal.unit_price}
    for price in case.figures:
        currency, _, unit = price.base_unit.partition("/")
        if _CURRENCY.fullmatch(currency) and unit in _BASE_UNITS and price.value > 0 and not price.change:
            yield from _multiply(case, price, currency, unit, deals.get(price.figure))
    for deal in case.deals:
        if deal.unit_price is None:
            yield from _derive(case, deal)


def _multiply(case: Case, price: Quantity, currency: str, unit: str, deal: Deal | None) -> Iterator[Problem]:
    owned = [deal.value] if deal and deal.value else []
    values = _goods([*owned, *_nearby(case, price, reach=1)], currency)
    bought = [volume.quantity for volume in deal.volumes] if deal else []
    close = _goods([*bought, *_nearby(case, price, reach=0)], unit)
    volumes = _goods([*close, *_nearby(case, price, reach=_PARAGRAPH)], unit)
    for around in (close, volumes):
        crowded = len(values) * len(around) > _CROWD
        pairs = () if crowded else product(values, around)
        fitting = [pair for pair in pairs if _gap(price, *pair) is Agreement.AGREE]
        if fitting:
            value, volume = fitting[0]
            yield _finding(case, (price, volume), value, Agreement.AGREE)
            return
    if deal and deal.value and deal.value.base_unit == currency and (bought or close):
        sure = _goods(bought, unit) if bought else close
        beside = case.together(price, deal.value) and (
            bool(bought) or all(case.together(price, volume) for volume in sure)
        )
        stated_values = [deal.value]
    else:
        sure = _goods(_nearby(case, price, reach=1), unit)
        beside = _of_order(case, price, [*values[:1], *sure[:1]])
        stated_values = values
    if beside and len(stated_values) == len(sure) == 1:
        value, volume = stated_values[0], sure[0]
        if _gap(price, value, volume) is Agreement.DIFFER:
            near = _gap(price, value, volume, SCOPE) is not Agreement.DIFFER
            slip = power_of_ten(Interval.of(value), Interval.of(price) * Interval.of(volume))
            near = near or (slip is None and _is_wider(case, price, value, volume))
            doubt = "tax or scope may explain the difference" if near else ""
            yield _finding(case, (price, volume), value, Agreement.DIFFER, doubt)


def _is_wider(case: Case, price: Quantity, value: Quantity, volume: Quantity) -> bool:
    """Whether a value that is more than the goods come to is said to be of more than the goods."""
    more = Interval.of(value).low > (Interval.of(price) * Interval.of(volume)).high
    sentence = case.sentence(value) if more else None
    return sentence is not None and pattern("unit_price.wider").search(sentence.text) is not None


def _of_order(case: Case, price: Quantity, factors: list[Quantity]) -> bool:
    """Whether a price is that of the goods at hand, and of no market.

    It is where value and volume stand in its sentence or the next, beside a word for an order.
    """
    sentence = case.sentence(price)
    near = " ".join(s.text for s in case.around(sentence, 1)) if sentence else ""
    prices = [f for f in _nearby(case, price, reach=1) if f.base_unit == price.base_unit]
    if len({f.base_value for f in prices}) > 1 or pattern("unit_price.market").search(near):
        return False
    places = [case.sentence(figure) for figure in (price, *factors)]
    told = sorted({s.start: s for s in places if s}.values(), key=lambda s: s.start)
    ordered = pattern("unit_price.deal").search(near) is not None
    return ordered and all(continues(told[0], s, named=False) for s in told[1:])


def _gap(price: Quantity, value: Quantity, volume: Quantity, slack: Decimal = Decimal(0)) -> Agreement:
    return Interval.of(value).compare((Interval.of(price) * Interval.of(volume)).widened(slack))


def _finding(
    case: Case, factors: tuple[Quantity, Quantity], value: Quantity, agreement: Agreement, doubt: str = ""
) -> Problem:
    price, volume = factors
    gives = computed(price.base_value * volume.base_value)
    sums = f"{stated(price)} × {stated(volume)} = {amount(gives, value.unit)}"
    hint = by_power_of_ten(value, Interval.of(price) * Interval.of(volume))
    figures, numbers = (price, volume, value), (gives, value.base_value)
    return case.judged(RULE, sums, agreement, figures, numbers, doubt=doubt, hint=hint, severity="error")


def _derive(case: Case, deal: Deal) -> Iterator[Problem]:
    """Value ÷ volume, where a deal has one of each."""
    if deal.value is None or deal.value.kind != "money" or deal.value.per:
        return
    per = vocabulary()["unit_price"]["per"]
    for kind, unit in per.items():
        volumes = [volume.quantity for volume in deal.volumes if volume.quantity.kind == kind]
        volume = whole_of(volumes)
        if volume is None or volume.base_value <= 0 or volume.per or not case.together(deal.value, volume, 1):
            continue
        size = Decimal(1000) if unit in _THOUSANDS else Decimal(1)
        price = computed(deal.value.base_value / volume.base_value * size)
        message = (
            f"{stated(deal.value)} ÷ {stated(volume)} = {amount(price, f'{deal.value.unit}/{unit}')}, "
            "derived: no unit price is stated"
        )
        yield case.problem(RULE, "underdetermined", message, (deal.value, volume), records=[deal.id])
        return


def _nearby(case: Case, figure: Quantity, reach: int) -> Iterator[Quantity]:
    """Figures of a figure's sentence and of `reach` sentences on either side within its paragraph."""
    sentence = case.sentence(figure)
    for other in case.around(sentence, reach) if sentence else ():
        yield from other.figures[:_CROWD]


def _goods(figures: Iterable[Quantity], base_unit: str) -> list[Quantity]:
    """One figure per amount of this unit, in the order given; no yearly flows, no restatements."""
    return distinct((f for f in figures if not f.per and not f.same_as), base_unit)
