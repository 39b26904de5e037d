"""Quantity: a number that stands in the text."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from schemas.base import Model, Number, nesting

Kind = Literal[
    "money", "energy", "power", "mass", "area", "length", "volume", "percent", "count", "duration",
    "voltage", "charge", "temperature", "speed", "ratio", "rate", "number", "other",
]  # fmt: skip
Bound = Literal["exact", "about", "at_least", "at_most", "range"]
Period = Literal["year", "month", "day", "hour"]
Change = Literal["up", "down"]


class Derived(Model):
    """An amount of money in US dollars and euros: computed from reference rates, never stated in the text."""

    usd_value: Number
    """The amount in US dollars, to six digits."""
    eur_value: Number
    """The amount in euros, to six digits."""
    usd_rate: Number
    """US dollars for one unit of the stated currency."""
    eur_rate: Number
    """Euros for one unit of the stated currency."""
    rate_date: date
    """Day of the rates: the day of publication, or the last one before it that has a rate."""
    source: str
    """Who publishes the rates."""


class Quantity(Model):
    """A figure of the text with its unit: always a slice of the document, never a generated number."""

    figure: str
    """Id in the document's figure ledger: "f1", "f2", … in text order."""
    text: str
    """The exact slice of the document: bound words, number and unit, as in "over 1 billion square meters"."""
    start: int = Field(ge=0)
    """Offset of the slice in the document's text, in Unicode code points."""
    end: int = Field(ge=0)
    """Offset after the slice."""
    kind: Kind
    """Dimension of the figure; `ratio` is a multiple ("1.5 times"), `rate` a compound unit (CNY/Wh, g/m2)."""
    value: Number
    """The number with scale words folded in, in `unit`; the midpoint of a range."""
    unit: str
    """Standard symbol: MWh, t, m2, mu, %, count; an ISO 4217 code for money; "" for a bare number."""
    low: Number | None = None
    """Lower end of a range or bound, in `unit`; null where open."""
    high: Number | None = None
    """Upper end of a range or bound, in `unit`; null where open."""
    bound: Bound = "exact"
    """How the words limit the number: over = at_least, nearly and up to = at_most, approximately = about."""
    base_value: Number
    """`value` in `base_unit`, for comparing."""
    base_unit: str
    """kg, m, m2, m3, W, Wh, V, Ah, h, kg/m2, CNY/Wh …; money stays in its own currency."""
    per: Period | None = None
    """The period of a flow: an annual output of 12,000 tons is 12000 t per year; null where none is said."""
    change: Change | None = None
    """Direction where the words say so: "dropped 6 percent" is value 6, down."""
    of: str | None = None
    """What is counted ("assembly lines"), or the substance a mass is stated as ("LCE")."""
    assumed: list[str] = Field(default_factory=list)
    """What the reader assumed: `currency` for a bare $ or ¥, `ton` where short tons are possible."""
    same_as: str | None = None
    """Id of the figure whose amount this one restates, as a bracketed second currency does."""
    derived: Derived | None = None
    """Money in US dollars and euros at the rates of the publication day; null for what is no money, without a
    publication date, and for currencies that the series of the European Central Bank does not have."""


def quantities(value: Model) -> list[Quantity]:
    """Every quantity that a record or a part of one holds, in the order of its slots."""
    found: list[Quantity] = []
    for name in nesting(type(value)):
        held = getattr(value, name)
        for item in held if isinstance(held, list) else [held]:
            if isinstance(item, Quantity):
                found.append(item)
            elif item is not None:
                found += quantities(item)
    return found
