"""Chart: what forecasts say of one thing at several times, as bars from zero."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from extractor.render.words import label, quantity_words, shown, when_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import Console

    from schemas import Forecast

_WIDTH = 24
"""Characters of the longest bar."""
_EIGHTHS = " ▏▎▍▌▋▊▉"


def show_charts(console: Console, forecasts: Iterable[Forecast]) -> None:
    """Print a chart for each thing of which the forecasts tell an amount at two times or more.

    What has no name or no resolved time is left out, and growth rates, as a bar for a period says nothing.
    """
    series: dict[tuple[str, ...], list[Forecast]] = {}
    for forecast in forecasts:
        dated = forecast.when is not None and forecast.when.start_date is not None
        if dated and forecast.subject and forecast.metric != "growth_rate":
            series.setdefault(_thing(forecast), []).append(forecast)
    for found in series.values():
        if len({forecast.when.start_date for forecast in found if forecast.when}) > 1:
            _chart(console, found)


def _thing(forecast: Forecast) -> tuple[str, ...]:
    """What has to be the same for two amounts to stand in one chart."""
    quantity = forecast.quantity
    words = (
        forecast.metric,
        forecast.subject,
        forecast.region,
        quantity.base_unit,
        quantity.per,
        quantity.of,
    )
    return tuple((word or "").casefold() for word in words)


def _chart(console: Console, forecasts: Sequence[Forecast]) -> None:
    first = forecasts[0]
    about = " of ".join(part for part in (label(first.metric), first.subject) if part)
    place = f", {first.region}" if first.region else ""
    console.print(Text(f"Over time: {shown(about + place)}", style="bold"))
    ordered = sorted(forecasts, key=lambda each: (str(each.when and each.when.end_date), each.quantity.start))
    largest = max(abs(forecast.quantity.base_value) for forecast in ordered)
    table = Table.grid(padding=(0, 2, 0, 0))
    for forecast in ordered:
        quantity = forecast.quantity
        share = float(abs(quantity.base_value) / largest) if largest else 0.0
        table.add_row(
            Text(when_words(forecast.when) if forecast.when else ""),
            Text(bar(share, _WIDTH).ljust(_WIDTH), style="green"),
            Text(f"{quantity_words(quantity)}, {label(forecast.basis)}"),
        )
    console.print(Padding(table, (0, 0, 1, 2), expand=False))


def bar(share: float, width: int) -> str:
    """A bar as long as a share (0 to 1) of `width` characters, to an eighth; nothing is as long as something.

    >>> bar(0.5, 3)
    '█▌'
    """
    eighths = max(round(share * width * 8), 1 if share > 0 else 0)
    return "█" * (eighths // 8) + _EIGHTHS[eighths % 8].strip()
