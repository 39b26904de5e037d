"""The registry, and what holds for all checks together."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractor.checks import RULES, check
from extractor.derive import derive
from schemas import (
    Capacity,
    Coverage,
    Deal,
    Dismissed,
    Facility,
    Forecast,
    Metric,
    Milestone,
    Problem,
    Quantity,
    Result,
    Span,
    Volume,
    When,
)

UNITS = [
    "CNY", "USD", "JPY", "ZZZ", "Wh", "W", "kg", "%", "h", "count", "CNY/Wh", "USD/kg", "kg/m2", "m2", "m",
    "x", "", "/",
]  # fmt: skip
WORDS = [
    "over ", "specifically ", "i.e. ", "phase 1 ", "phase 2 ", "in total ", "/", " and ", ". ", "\n\n",
    "The plant ", "holds ", "remaining ", "lithium-ion battery anode", "[Item of news] ", "4-hour battery ",
    "from ", " to ", ", up ", "a CAGR of ", "charges ", "discharges ", " of the total", "Among them, ",
    "equivalent to ", " a month", "copper foil ", " thick", "efficiency of ", "a stake of ", "signed ",
    "was completed in ", "Atlas Energy (002846) ", "total investment of ",
]  # fmt: skip
TEXT = st.lists(st.sampled_from(WORDS) | st.text(max_size=4), min_size=5, max_size=15).map("".join)
KINDS = [
    "money", "energy", "power", "mass", "area", "length", "percent", "count", "rate", "duration", "ratio",
    "number",
]  # fmt: skip
AMOUNTS = st.decimals(allow_nan=False, allow_infinity=False) | st.sampled_from(
    [Decimal(0), Decimal(1), Decimal("1E+999999"), Decimal(-3), Decimal("1E-999999"), Decimal(100)]
)
DAYS = st.none() | st.dates() | st.sampled_from([date.min, date.max, date(2023, 6, 20), date(2023, 6, 21)])


SPANS = st.builds(Span, start=st.integers(0, 150), end=st.integers(0, 150))
CODE = Dismissed(text="002846", start=20, end=26, reason="stock code")


@st.composite
def figures(draw, number):
    start = draw(st.integers(0, 120))
    value = draw(AMOUNTS)
    return Quantity(
        figure=f"f{number}",
        text=draw(st.sampled_from(["1.33 billion", "20", "", "²", "٣ tons", "two"])),
        start=start,
        end=start + draw(st.integers(0, 9)),
        kind=draw(st.sampled_from(KINDS)),
        value=value,
        unit=draw(st.sampled_from(UNITS)),
        low=draw(st.sampled_from([None, value])),
        high=draw(st.sampled_from([None, Decimal(5)])),
        bound=draw(st.sampled_from(["exact", "about", "at_least", "at_most", "range"])),
        base_value=draw(st.sampled_from([value, Decimal(0), Decimal("2e6")])),
        base_unit=draw(st.sampled_from(UNITS)),
        per=draw(st.sampled_from([None, "year", "month", "day", "hour"])),
        change=draw(st.sampled_from([None, "up", "down"])),
        assumed=draw(st.sampled_from([[], ["currency"]])),
        same_as=draw(st.sampled_from([None, "f1", "f9"])),
    )


@st.composite
def times(draw, number):
    start = draw(st.integers(0, 120))
    return When(
        time=f"t{number}",
        text="2026",
        start=start,
        end=start + draw(st.integers(0, 9)),
        start_date=draw(DAYS),
        end_date=draw(DAYS),
        precision=draw(st.sampled_from(["day", "month", "year", "range"])),
    )


@st.composite
def results(draw):
    """Any figures and times at all, a text that need not be theirs, and records that hold some of them."""
    ledger = [draw(figures(number)) for number in range(1, draw(st.integers(2, 7)))]
    dated = [draw(times(number)) for number in range(1, draw(st.integers(2, 5)))]
    some, one = st.sampled_from(ledger), st.sampled_from([None, *ledger])
    when, maybe_when = st.sampled_from(dated), st.sampled_from([None, *dated])
    facility = Facility(
        id="facility-1",
        name=draw(st.sampled_from([None, "Atlas"])),
        status=draw(st.sampled_from([None, "operational"])),
        segment=draw(st.sampled_from([None, "cell", "energy_storage", "separator"])),
        investment=draw(one),
        evidence=draw(
            st.lists(st.builds(Span, start=st.integers(0, 150), end=st.integers(0, 150)), max_size=2)
        ),
        capacities=[Capacity(quantity=figure) for figure in ledger[:4]],
        milestones=[
            Milestone(event=event, when=draw(when)) for event in ("construction_start", "production_start")
        ],
    )
    deal = Deal(
        id="deal-1",
        kind=draw(st.sampled_from(["supply", "joint_venture"])),
        value=draw(one),
        unit_price=draw(one),
        volumes=[Volume(quantity=figure, when=draw(maybe_when)) for figure in ledger],
        signed=draw(maybe_when),
        term=draw(maybe_when),
        metrics=[Metric(name="stake", quantity=figure) for figure in ledger[:2]],
    )
    forecasts = [
        Forecast(
            id=f"forecast-{number}",
            metric="output",
            subject=draw(st.sampled_from([None, "lithium-ion battery anode materials", "anodes", ""])),
            quantity=draw(some),
            when=draw(maybe_when),
            since=draw(maybe_when),
            region=draw(st.sampled_from([None, "China", ""])),
        )
        for number in (1, 2)
    ]
    return Result(
        doc_id="press",
        drafter="rules",
        published=draw(DAYS),
        text=draw(st.none() | TEXT),
        facilities=[facility],
        deals=[deal],
        forecasts=forecasts,
        coverage=Coverage(
            figures_unexplained=[figure.figure for figure in ledger[3:]],
            figures_dismissed=draw(st.sampled_from([[], [CODE]])),
        ),
        figures=ledger,
        times=dated,
    )


@settings(max_examples=150, deadline=timedelta(seconds=5), suppress_health_check=[HealthCheck.too_slow])
@given(results())
def test_no_result_makes_a_check_raise(result):
    checked = check(derive(result))

    assert {problem.rule for problem in checked.problems} <= {*RULES, "derived_money"}
    assert [Problem.model_validate_json(p.model_dump_json()) for p in checked.problems] == checked.problems


def test_absurd_numbers_are_no_exception(press):
    document = press("huge yuan (huge dollars) at huge yuan/Wh for huge MWh", "2023-06-20")
    first = document.figure("huge yuan", "1E+999999", "CNY")
    document.figure("huge dollars", "1E+999999", "USD", same_as=first.figure)
    price = document.figure("huge yuan/Wh", "1E+999999", "CNY/Wh")
    volume = document.figure("huge MWh", "1E+999990", "MWh")
    deal = Deal(id="deal-1", kind="supply", value=first, unit_price=price, volumes=[Volume(quantity=volume)])

    problems = check(document.result(deals=[deal])).problems

    assert all(problem.expected is None for problem in problems)


def test_every_rule_is_registered_under_its_own_name():
    assert {name: rule.RULE for name, rule in RULES.items()} == {name: name for name in RULES}
    assert set(RULES) == {
        "capital_intensity",
        "charge_discharge",
        "currency_pair",
        "growth_rate",
        "magnitude",
        "mass_from_area",
        "name_variants",
        "parts_make_total",
        "per_period",
        "power_energy_pair",
        "same_quantity_differs",
        "scale_slip",
        "share_of_total",
        "timeline",
        "unexplained_figures",
        "unit_price_times_volume",
    }


def test_problems_are_added_to_those_the_result_has(press):
    document = press("The company will belong to Guoxin for 51% and to Atlas for 49%.")
    document.figure("51%", 51, "%")
    document.figure("49%", 49, "%")
    earlier = Problem(rule="reader", verdict="underdetermined", message="no publication date")
    result = document.result(problems=[earlier])

    checked = check(result)

    assert checked.problems[0] == earlier
    assert [problem.rule for problem in checked.problems[1:]] == ["parts_make_total"]
    assert result.problems == [earlier]


def test_an_empty_result_has_no_problems(press):
    assert check(press().result()).problems == []


def test_one_finding_told_twice_is_one_problem(press):
    sentence = "The company will belong to Guoxin for 51% and to Atlas for 49%."
    document = press(f"{sentence}\n\n{sentence}")
    for words, value in [("51%", 51), ("49%", 49)] * 2:
        document.figure(words, value, "%")

    [problem] = check(document.result()).problems

    assert problem.figures == ["f1", "f2", "f3", "f4"]
