"""Series by rules: what a market note's sentences take from those before them, and who wrote the note."""

import pytest

from extractor import Extractor


def forecasts(text, published="2025-03-20"):
    return Extractor().extract(text, published=published).forecasts


def by_figure(text, field, published="2025-03-20"):
    """Figure → a field of its forecast; of a time its words."""
    values = {f.quantity.text: getattr(f, field) for f in forecasts(text, published)}
    return {figure: getattr(value, "text", value) for figure, value in values.items()}


MONTH = (
    "Power battery installations in China reached 40 GWh in January 2025, up 30 percent year-on-year.\n\n"
    "Ternary installations were 9 GWh, up 5 percent year-on-year.\n\n"
    "LFP installations were 31 GWh, up 44 percent year-on-year.\n"
)


# ── when ─────────────────────────────────────────────────────────────────────


def test_a_series_keeps_its_time_past_the_growth_told_last():
    assert set(by_figure(MONTH, "when").values()) == {"January 2025"}


@pytest.mark.parametrize(
    "behind",
    [
        "up 52% against 2022",
        "up 52% on 2022",
        "a rise of 52% on the installation levels of 2022",
        "compared with 2.3 GWh in 2022",
    ],
)
def test_the_time_compared_with_is_not_the_amount_s(behind):
    text = f"In 2023 battery demand in Spain was 3.5 GWh, {behind}."

    assert by_figure(text, "when")["3.5 GWh"] == "2023"


def test_a_plan_that_is_not_met_compares_with_no_time():
    assert by_figure("Battery demand was lower than expected in 2024, at 9 GWh.", "when") == {"9 GWh": "2024"}


def test_the_sentence_before_gives_the_time_rather_than_another_clause():
    text = (
        "In the first half of 2024 battery demand was 90 GWh. "
        "Its demand for storage was 30 GWh, which is more than the 25 GWh of all of last year."
    )

    assert by_figure(text, "when", "2024-09-01")["30 GWh"] == "first half of 2024"


def test_a_bracket_does_not_part_an_amount_from_its_time():
    text = "Recycling capacity in Europe will grow to 350 kt (0.35 million tons) by 2030."

    assert by_figure(text, "when") == {"350 kt": "by 2030"}


@pytest.mark.parametrize(
    ("text", "basis"),
    [
        ("Pack prices fell 20% to $115/kWh this year.", "reported"),
        ("Pack prices will fall 20% to $115/kWh this year.", "projection"),
        ("Battery demand grows from 250 GWh in 2025 to 900 GWh in 2030.", "reported"),
        ("Grid-scale projects in Spain added 402 MWh of storage capacity in 2024.", "reported"),
    ],
)
def test_what_is_told_as_past_is_reported(text, basis):
    assert forecasts(text)[0].basis == basis


# ── where ────────────────────────────────────────────────────────────────────


def test_a_series_keeps_its_region():
    assert set(by_figure(MONTH, "region").values()) == {"China"}


def test_of_two_regions_side_by_side_neither_is_at_hand():
    text = (
        "Battery demand in Spain was 3 GWh in 2024. Battery demand in Italy was 4 GWh in 2024.\n\n"
        "Demand for storage was 2 GWh.\n"
    )

    assert by_figure(text, "region") == {"3 GWh": "Spain", "4 GWh": "Italy", "2 GWh": None}


@pytest.mark.parametrize(
    "name", ["South Korean rival Norrfell Energy", "Norway's Norrfell Energy", "Norrfell Energy of Norway"]
)
def test_where_a_company_is_at_home_is_no_market(name):
    text = f"Global battery installations reached 900 GWh in 2024. {name} had installations of 39 GWh."

    assert by_figure(text, "region")["39 GWh"] in {"Global", None}


def test_a_market_named_in_the_sentence_before_is_at_hand():
    text = "Home storage dominates the German market. It added 3 GWh of installed capacity in 2024."

    assert by_figure(text, "region") == {"3 GWh": "German"}


# ── what ─────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "figure", "metric"),
    [
        ("Packs for buses fell 19% to $125/kWh in 2024.", "$125/kWh", "price"),
        ("Residential storage grew 63% to 346 MW in 2024.", "346 MW", "capacity"),
        (
            "Battery output in China was 11 GWh in 2024, accounting for 36% of total production.",
            "36%",
            "market_share",
        ),
        (
            "Germany had a 34% share of the storage market in 2024, up 15% against 2023.",
            "15%",
            "growth_rate",
        ),
    ],
)
def test_a_level_has_the_metric_that_its_sentence_implies(text, figure, metric):
    assert by_figure(text, "metric")[figure] == metric


def test_a_share_beside_a_share_needs_no_market_of_its_own():
    text = "Cars made up 71% of battery sales in 2024. Storage made up 28%."

    assert by_figure(text, "metric") == {"71%": "market_share", "28%": "market_share"}


def test_use_of_a_plant_s_capacity_is_no_market_share():
    assert by_figure("The lines ran at 87% of capacity in 2024.", "metric") == {}


def test_an_amount_goes_on_without_a_verb():
    text = "Homes in Spain had 2,770 MWh of batteries installed in 2024. To this come 593 MWh at businesses."

    assert by_figure(text, "when") == {"2,770 MWh": "2024", "593 MWh": "2024"}


@pytest.mark.parametrize(
    ("text", "figure", "subject"),
    [
        (
            "Installations of lithium iron phosphate (LFP) batteries were 9 GWh in January 2025.",
            "9 GWh",
            "lithium iron phosphate (LFP) batteries",
        ),
        (
            "The price of lithium carbonate slid to 60,450 yuan/t in May 2024.",
            "60,450 yuan/t",
            "lithium carbonate",
        ),
        (
            "The price of spodumene was $800/t in May 2024, and that of lithium carbonate was $9,000/t.",
            "$9,000/t",
            "lithium carbonate",
        ),
        (
            "Home storage accounted for 63% of installations in 2024, ahead of large storage systems (21%).",
            "21%",
            "large storage systems",
        ),
        (
            "Demand for lithium carbonate equivalent (LCE) will reach 1.2 million tons by 2025.",
            "1.2 million tons",
            "lithium carbonate equivalent",
        ),
        (
            "Norrfell Energy sold 9 GWh in 2024. The company came second with a market share of 14%.",
            "14%",
            "Norrfell Energy",
        ),
        (
            "Ternary battery output was 11 GWh in 2024, accounting for 36% of total output.",
            "36%",
            "Ternary battery",
        ),
    ],
)
def test_the_subject_is_a_noun_phrase(text, figure, subject):
    assert by_figure(text, "subject")[figure] == subject


def test_a_section_s_heading_is_its_subject():
    text = "Lithium Ore:\nPrices fell into the range of $600-620/mt.\n\nBlack Mass:\nNothing changed.\n"

    assert by_figure(text, "subject") == {"$600-620/mt": "Lithium Ore"}


# ── who says so ──────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "text",
    [
        "Battery Demand Set to Triple, Says Gridpeak Analytica\n\nBattery demand will reach 9 GWh in 2030.",
        "Battery demand will reach 9 GWh in 2030, a new study by the consultancy Gridpeak Analytica finds.",
        "Gridpeak Analytica's latest storage monitor puts battery demand at 9 GWh in 2030.",
        "Gridpeak Analytica research shows that battery demand will reach 9 GWh in 2030.",
        "Battery demand will reach 9 GWh in 2030.\n\nGridpeak Analytica also sees 400 GW of solar in 2030.",
        "The consultancy Gridpeak Analytica, of Oslo, said that battery demand will reach 9 GWh in 2030.",
        "Battery demand will reach 9 GWh in 2030, data released on Monday by Gridpeak Analytica showed.",
    ],
)
def test_the_source_of_a_note_is_its_forecaster(text):
    assert set(by_figure(text, "forecaster").values()) == {"Gridpeak Analytica"}


@pytest.mark.parametrize(
    "text",
    [
        "Businesses expect storage. Battery demand will reach 9 GWh in 2030.",
        "Gridpeak's research arm is in Oslo. Battery demand will reach 9 GWh in 2030.",
        "[PQ Daily] Storage grows\n\nBattery demand will reach 9 GWh in 2030.",
        "Battery demand will reach 9 GWh in 2030. Gridpeak Energy said it would build a plant.",
    ],
)
def test_who_only_acts_is_no_source(text):
    assert set(by_figure(text, "forecaster").values()) == {None}


def test_a_company_s_own_aim_is_not_the_house_s():
    text = (
        "According to Gridpeak Analytica, battery demand was 9 GWh in 2024.\n\n"
        "Norrfell Energy aims for a total capacity of 60 GWh by 2028.\n"
    )

    assert by_figure(text, "forecaster")["9 GWh"] == "Gridpeak Analytica"


@pytest.mark.parametrize(
    "text",
    [
        "Zelvo Power [OSE:300999] closed 9.3 percent higher at $43.71 a share today.",
        "Battery makers' shares fell 4 percent in 2024.",
    ],
)
def test_what_a_share_costs_is_no_forecast(text):
    assert forecasts(text) == []
