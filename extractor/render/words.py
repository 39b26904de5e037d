"""Words: figures and times of a result in a few words each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.checks.wording import amount, computed, stated

if TYPE_CHECKING:
    from schemas import Quantity, When

MARKED = r"(?<!\\)\[[ft]\d+: [^\[\]]*\]"
"""A figure or time as `marked` puts it."""
_QUOTED = 60


def shown(text: str) -> str:
    """Put text of a document on one line, without the control characters that a terminal would obey."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


def marked(identifier: str, text: str) -> str:
    """Quote the words of the document behind a figure or time: "[f2: 5.2 billion yuan]"."""
    return f"[{identifier}: {shortened(text)}]"


def shortened(text: str, limit: int = _QUOTED) -> str:
    """Put text on one line, cut at the end where it is longer than `limit` characters."""
    text = shown(text)
    return text if len(text) <= limit else f"{text[: limit - 1].rstrip()}…"


def value_words(quantity: Quantity) -> str:
    """Put a figure without its bound and period: "5.2 billion CNY", "16 assembly lines", "180–220 g/m2"."""
    bound = "range" if quantity.bound == "range" else "exact"
    return quantity_words(quantity.model_copy(update={"bound": bound, "per": None}))


def quantity_words(quantity: Quantity) -> str:
    """Put a figure with all that the reader knows of it: "over 1 billion m2", "down 6%"."""
    unit = "" if quantity.unit == "count" else quantity.unit
    of = shown(quantity.of or "")
    words = stated(quantity.model_copy(update={"unit": f"{unit} {of}".strip()}))
    if quantity.change:
        words = f"{quantity.change} {words}"
    if quantity.assumed:
        words = f"{words} ({', '.join(quantity.assumed)} assumed)"
    return words


def base_words(quantity: Quantity) -> str:
    """Put a figure in its base unit, to four digits; "" where that is its own unit."""
    if quantity.base_unit == quantity.unit:
        return ""
    return amount(computed(quantity.base_value), quantity.base_unit)


def derived_words(quantity: Quantity) -> str:
    """Put an amount of money in dollars and euros, as computed and not stated; "" where it was not."""
    derived = getattr(quantity, "derived", None)
    if derived is None:
        return ""
    values = ((derived.usd_value, "USD"), (derived.eur_value, "EUR"))
    words = " or ".join(amount(computed(value), unit) for value, unit in values if unit != quantity.unit)
    return f"{words} (derived, {derived.rate_date})"


def when_words(when: When) -> str:
    """Put a time as coarsely as it is stated: "2025", "2024-03", "H1 2023", "2023-01-01 to 2023-04-30"."""
    start, end = when.start_date, when.end_date
    if start is None or end is None:
        return "not resolved: no publication date"
    coarse = {
        "day": str(start),
        "month": f"{start:%Y-%m}",
        "quarter": f"Q{(start.month + 2) // 3} {start.year}",
        "half": f"H{(start.month + 5) // 6} {start.year}",
        "year": str(start.year),
        "decade": f"{start.year}s",
    }
    return coarse.get(when.precision, f"{start} to {end}")


def label(name: str | None) -> str:
    """Put a name of the contract in words: "under_construction" becomes "under construction", None ""."""
    return (name or "").replace("_", " ")
