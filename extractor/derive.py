"""Derive: every amount of money in US dollars and euros, beside what the text states, never in its place."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from extractor.checks import rates
from schemas import Derived, Problem, Quantity
from schemas.base import Model, nesting

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from schemas import Result

RULE = "derived_money"
SOURCE = "European Central Bank, euro foreign exchange reference rates"

_DIGITS = 6  # of a derived amount, as the rates have them
_LARGEST = 30  # decimal exponent beyond which an amount is no money


def derive(result: Result) -> Result:
    """The result with `derived` filled in every amount of money, in the ledger and in the records.

    Rates are those of the day of publication, or of the last banking day before it. A currency without such a
    rate stays without derived values, and one problem says so.
    """
    published = result.published
    if published is None:
        return result
    money = [figure for figure in result.figures if figure.kind == "money"]
    derived = {figure.figure: _derived(figure, published) for figure in money}
    lists = {
        name: [_filled(item, derived) for item in getattr(result, name)]
        for name in ("figures", "facilities", "deals", "forecasts")
    }
    without = [figure for figure in money if derived[figure.figure] is None]
    return result.model_copy(
        update={**lists, "problems": [*result.problems, *_without_rate(without, published)]}
    )


def _derived(figure: Quantity, published: date) -> Derived | None:
    dollar, euro = (_rate(figure.unit, target, published) for target in ("USD", "EUR"))
    if dollar is None or euro is None or abs(figure.base_value.adjusted()) > _LARGEST:
        return None
    return Derived(
        usd_value=_rounded(figure.base_value * dollar.value),
        eur_value=_rounded(figure.base_value * euro.value),
        usd_rate=dollar.value,
        eur_rate=euro.value,
        rate_date=min(dollar.day, euro.day),
        source=SOURCE,
    )


@lru_cache(maxsize=4096)
def _rate(currency: str, target: str, published: date) -> rates.Rate | None:
    """The rate of the day, where the series has one that is no older than it proves anything."""
    rate = rates.on(published, currency, target)
    return rate if rate and published - rate.day <= rates.STALE else None


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(Decimal(1).scaleb(value.adjusted() - _DIGITS + 1)).normalize() if value else value


def _filled(value: Any, derived: dict[str, Derived | None]) -> Any:  # noqa: ANN401
    """A copy whose quantities of money have their derived values; the value itself where it holds none."""
    if isinstance(value, Quantity):
        found = derived.get(value.figure)
        return value.model_copy(update={"derived": found}) if found else value
    if isinstance(value, Model):
        fields = {name: getattr(value, name) for name in nesting(type(value))}
        changed = {name: new for name, old in fields.items() if (new := _filled(old, derived)) is not old}
        return value.model_copy(update=changed) if changed else value
    if isinstance(value, list):
        items = [_filled(item, derived) for item in value]
        return items if any(new is not old for new, old in zip(items, value, strict=True)) else value
    return value


def _without_rate(figures: Iterable[Quantity], published: date) -> Iterable[Problem]:
    """One problem for each currency that has no rate."""
    by_currency: dict[str, list[str]] = {}
    for figure in figures:
        by_currency.setdefault(figure.unit, []).append(figure.figure)
    for currency, ids in by_currency.items():
        yield Problem(
            rule=RULE,
            verdict="underdetermined",
            severity="info",
            message=f"{currency} has no value in USD or EUR: the ECB series has no rate for {published}",
            figures=ids,
        )
