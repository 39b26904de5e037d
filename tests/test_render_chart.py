"""Charts of forecasts in a terminal of 80 columns or a pipe."""

import io
from datetime import date
from decimal import Decimal

import pytest
from rich.console import Console

from extractor.render.chart import bar, show_charts
from schemas import Forecast, Quantity, When


def forecast(value, year, *, unit="GWh", base=1, **more):
    amount = Quantity(
        figure="f1",
        text="x",
        start=0,
        end=1,
        kind="energy",
        value=Decimal(value),
        unit=unit,
        base_value=Decimal(value) * base,
        base_unit="GWh",
    )
    when = When(
        time="t1",
        text="x",
        start=0,
        end=1,
        start_date=year and date(year, 1, 1),
        end_date=year and date(year, 12, 31),
        precision="year",
    )
    said = {"metric": "demand", "subject": "LFP cells", "quantity": amount, "when": when, **more}
    return Forecast(id="forecast-1", **said)


def printed(*forecasts):
    console = Console(file=io.StringIO(), width=80, highlight=False, markup=False, emoji=False)
    show_charts(console, forecasts)
    return [line.rstrip() for line in console.file.getvalue().splitlines()]


def test_amounts_of_one_thing_stand_in_the_order_of_their_times():
    lines = printed(
        forecast(2, 2030, unit="TWh", base=1000), forecast(500, 2024, basis="reported"), forecast(1000, 2026)
    )

    assert lines == [
        "Over time: demand of LFP cells",
        "  2024  ██████                    500 GWh, reported",
        "  2026  ████████████              1,000 GWh, projection",
        "  2030  ████████████████████████  2 TWh, projection",
        "",
    ]


def test_the_region_belongs_to_the_thing():
    lines = printed(
        forecast(1, 2024, region="Europe"),
        forecast(2, 2025, region="Europe"),
        forecast(9, 2026, region="India"),
    )

    assert [line for line in lines if "Over time" in line] == ["Over time: demand of LFP cells, Europe"]


NO_CHART = {
    "one time only": [forecast(1, 2024), forecast(2, 2024)],
    "different things": [forecast(1, 2024), forecast(2, 2025, subject="NMC cells")],
    "different metrics": [forecast(1, 2024), forecast(2, 2025, metric="output")],
    "growth rates": [forecast(1, 2024, metric="growth_rate"), forecast(2, 2025, metric="growth_rate")],
    "nothing named": [forecast(1, 2024, subject=None), forecast(2, 2025, subject=None)],
    "times that are not resolved": [forecast(1, None), forecast(2, 2025)],
}


@pytest.mark.parametrize("forecasts", NO_CHART.values(), ids=NO_CHART.keys())
def test_there_is_no_chart_of(forecasts):
    assert printed(*forecasts) == []


@pytest.mark.parametrize(
    ("share", "drawn"), [(0, ""), (0.0001, "▏"), (0.25, "▌"), (0.5, "█"), (0.9, "█▊"), (1, "██")]
)
def test_a_bar_is_drawn_to_an_eighth_of_a_character(share, drawn):
    assert bar(share, 2) == drawn


def test_zeros_have_no_bar():
    assert printed(forecast(0, 2024), forecast(0, 2025))[1].split() == ["2024", "0", "GWh,", "projection"]
