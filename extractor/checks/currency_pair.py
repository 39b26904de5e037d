"""One amount in two currencies, against the reference rate of the European Central Bank.

A pair is a figure that restates another one in a second currency, mostly in brackets. The rate is that of
the day of publication (or of the last banking day before it), with a tolerance of 6 %; an amount of an
earlier time that the sentence names may also have been converted at that time's rate.

Agrees: "1.33 billion yuan ($185.27 million) in output in 2022", published on 2023-06-20.

Disagrees: "52 million yen ($475 million)", published in 2019: 52 *billion* yen would fit.

Left open: no day of publication; a currency that the series does not have; an amount that fits an older
rate; a bare dollar sign that fits another dollar.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from extractor.checks import rates
from extractor.checks.interval import Agreement, Interval, power_of_ten
from extractor.checks.vocabulary import vocabulary
from extractor.checks.wording import SCALE_WORDS, amount, computed, stated

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractor.checks.case import Case
    from extractor.checks.rates import Rate
    from schemas import Problem, Quantity
    from schemas.problem import Severity, Verdict

RULE = "currency_pair"
TOLERANCE = Decimal("0.06")
"""Share by which a newsroom's rate may differ from the reference rate of the day."""
OLD_RATE = timedelta(days=182)
"""How far back a rate may come from before it counts as wrong."""


def check(case: Case) -> Iterator[Problem]:
    """Compare every amount with the one that it restates."""
    for restated in case.figures:
        first = case.figure.get(restated.same_as or "")
        if first and first.kind == restated.kind == "money" and first.unit != restated.unit:
            yield _compare(case, first, restated)


@dataclass(frozen=True, slots=True)
class _Judgement:
    verdict: Verdict
    remark: str
    severity: Severity | None = None


def _compare(case: Case, first: Quantity, restated: Quantity) -> Problem:
    pair = (first, restated)
    missing = rates.unknown(first.unit, restated.unit)
    rate = rates.on(case.published, first.unit, restated.unit) if case.published else None
    if case.published is None or rate is None:
        reason = (
            "no day of publication to take a rate from"
            if case.published is None
            else f"the ECB series has no rate of {' and '.join(missing) or 'the two'} for {case.published}"
        )
        return case.problem(
            RULE, "underdetermined", f"{stated(first)} and {stated(restated)}: {reason}", pair
        )

    expected = computed(first.base_value * rate.value)
    judgement = _judge(case, case.published, rate, first, restated)
    message = (
        f"{stated(first)} × {computed(rate.value)} {restated.unit}/{first.unit} (ECB, {rate.day}) = "
        f"{amount(expected, restated.unit)}, stated as {stated(restated)}: {judgement.remark}"
    )
    return case.problem(
        RULE,
        judgement.verdict,
        message,
        pair,
        severity=judgement.severity,
        numbers=(expected, restated.base_value),
    )


def _judge(case: Case, published: date, rate: Rate, first: Quantity, restated: Quantity) -> _Judgement:
    found, at_rate = Interval.of(restated), _at(first, rate)
    if found.compare(at_rate) is Agreement.AGREE:
        return _Judgement("consistent", "agrees")
    if when := _earlier_rate(case, published, first, restated):
        return _Judgement("consistent", f'agrees at the rate of "{when}"')
    if shift := power_of_ten(found, at_rate):
        return _Judgement("conflict", _fitting(first, restated, shift), "error")
    if doubt := _doubt(published, rate, first, restated):
        return _Judgement("underdetermined", doubt)
    return _Judgement("conflict", "the amounts differ")


def _doubt(published: date, rate: Rate, first: Quantity, restated: Quantity) -> str | None:
    """What else than a mistake may part two amounts."""
    if other := _other_currency(published, first, restated):
        return f"agrees where {other}"
    if Interval.of(restated).compare(_at(first, rate)) is Agreement.OPEN:
        return "too vague to compare"
    if _matches(first, restated, _half_year_before(published), published):
        return "fits a rate of the half year before"
    if published - rate.day > rates.STALE:
        return "the series ends too early to tell"
    return None


def _at(first: Quantity, rate: Rate) -> Interval:
    """The first amount in the second currency, with the tolerance."""
    return (Interval.of(first) * Interval.point(rate.value)).widened(TOLERANCE)


def _matches(first: Quantity, restated: Quantity, begin: date, end: date) -> bool:
    """Whether the two agree at some rate of a time."""
    rate = rates.between(begin, end, first.unit, restated.unit)
    return rate is not None and Interval.of(restated).compare(Interval.of(first) * rate) is Agreement.AGREE


def _earlier_rate(case: Case, published: date, first: Quantity, restated: Quantity) -> str | None:
    """The time, named in the sentence and over or running at publication, whose rate fits."""
    sentence = case.sentence(first)
    for time in sentence.times if sentence else ():
        begin, end = time.start_date, time.end_date
        if begin is None or end is None or not begin <= end or begin >= published:
            continue
        if _matches(first, restated, begin, min(end, published)):
            return time.text
    return None


def _half_year_before(published: date) -> date:
    """Half a year before publication, as far as there are dates."""
    return published - OLD_RATE if published - date.min > OLD_RATE else date.min


def _fitting(first: Quantity, restated: Quantity, shift: int) -> str:
    """Which amount would fit: the scale word of the one or the other is off by a power of ten."""
    fitting = [
        amount(first.value.scaleb(shift), first.unit),
        amount(restated.value.scaleb(-shift), restated.unit),
    ]
    if shift % 3:
        return f"off by a factor of {10 ** abs(shift):,}; {' or '.join(fitting)} would fit"
    worded = [fits for fits in fitting if any(word in fits for word in SCALE_WORDS)]
    return f"{' or '.join(worded or fitting)} would fit"


def _other_currency(published: date, first: Quantity, restated: Quantity) -> str | None:
    """Where a bare sign was read as one currency: the other one that makes the two agree."""
    for figure, partner in ((first, restated), (restated, first)):
        if "currency" not in figure.assumed:
            continue
        for other in vocabulary()["currencies"].get(figure.unit, ()):
            rate = rates.on(published, other, partner.unit)
            if rate and Interval.of(partner).compare(_at(figure, rate)) is Agreement.AGREE:
                return f"{figure.text} is {other}"
    return None
