"""Prices: what calls cost, by the price lists of the package genai-prices."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from genai_prices import Usage


def cost_usd(model: str, base_url: str, *, prompt: int, cached: int, answer: int) -> float | None:
    """US dollars for so many tokens sent, of these cached, and answered; None where no price is known."""
    if not _is_known(model, base_url):
        return None
    from genai_prices import Usage  # noqa: PLC0415  a quarter of a second that a server of one's own need not pay

    used = Usage(input_tokens=prompt, cache_read_tokens=cached, output_tokens=answer)
    return _price(model, base_url, used)


@cache
def _is_known(model: str, base_url: str) -> bool:
    if "://127." in base_url or "://localhost" in base_url:
        return False
    from genai_prices import Usage  # noqa: PLC0415

    try:
        _price(model, base_url, Usage(input_tokens=1, output_tokens=1))
    except LookupError:
        return False
    return True


def _price(model: str, base_url: str, used: Usage) -> float:
    from genai_prices import calc_price  # noqa: PLC0415

    return float(calc_price(used, model, provider_api_url=base_url).total_price)
