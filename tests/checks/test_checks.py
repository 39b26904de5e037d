"""The registry, and what holds for all checks together."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractor.checks import RULES, check
from schemas import (
    Capacity,
    Deal,
    Facility,
    Forecast,
    Metric,
    Milestone,
    Problem,
    Quantity,
    Result,
    Volume,
    When,
)

UNITS = ["CNY", "USD", "JPY", "XXX", "Wh", "W", "kg", "%", "h", "count", "CNY/Wh", "USD/kg", "", "/"]
WORDS = [
    "over ", "specifically ", "i.e. ", "phase 1 ", "phase 2 ", "in total ", "/", " and ", ". ", "\n\n", "The plant ",
    "holds ", "remaining ", "lithium-ion battery anode", "[Item of the week] ", "4-hour battery ", "1.33 ",
]  # fmt: skip
TEXT = st.lists(st.sampled_from(WORDS) | st.text(max_size=6), max_size=30).map("".join)
AMOUNTS = st.decimals(allow_nan=False, allow_infinity=False) | st.sampled_from(
    [Decimal(0), Decimal(1), Decimal("1E+999999"), Decimal("-3"), Decimal("1E-999999"), Decimal(100)]
)
DAYS = st.dates() | st.sampled_from([date.min, date.max, date(2023, 6, 20)])


@st.composite
def figures(draw):
    start = draw(st.integers(0, 120))
    return Quantity(
        figure=f"f{draw(st.integers(1, 6))}",
        text=draw(st.sampled_from(["1.33 billion", "20", "", "²", "٣ tons", "two"])),
        start=start,
        end=start + draw(st.integers(0, 20)),
        kind=draw(st.sampled_from(["money", "energy", "power", "mass", "percent", "rate", "duration", "count"])),
        value=draw(AMOUNTS),
        unit=draw(st.sampled_from(UNITS)),
        low=draw(st.none() | AMOUNTS),
        high=draw(st.none() | AMOUNTS),
        bound=draw(st.sampled_from(["exact", "about", "at_least", "at_most", "range"])),
        base_value=draw(AMOUNTS),
        base_unit=draw(st.sampled_from(UNITS)),
        per=draw(st.sampled_from([None, "year"])),
        assumed=draw(st.sampled_from([[], ["currency"]])),
        same_as=draw(st.none() | st.sampled_from(["f1", "f2", "f9"])),
    )


@st.composite
def times(draw):
    start = draw(st.integers(0, 120))
    return When(
        time=f"t{draw(st.integers(1, 4))}",
        text="2026",
        start=start,
        end=start + draw(st.integers(0, 12)),
        start_date=draw(st.none() | DAYS),
        end_date=draw(st.none() | DAYS),
        precision=draw(st.sampled_from(["day", "month", "year", "range"])),
    )


MAYBE_FIGURE, MAYBE_TIME = st.none() | figures(), st.none() | times()
SUBJECTS = st.sampled_from([None, "lithium-ion battery anode materials", "anodes", "battery", ""])
FACILITIES = st.builds(
    Facility,
    id=st.just("facility-1"),
    country=st.none(),
    status=st.sampled_from([None, "operational"]),
    capacities=st.lists(st.builds(Capacity, quantity=figures()), max_size=3),
    milestones=st.lists(st.builds(Milestone, when=times()), max_size=4),
    investment=MAYBE_FIGURE,
    land_area=MAYBE_FIGURE,
    lines=st.just([]),
    metrics=st.lists(st.builds(Metric, quantity=figures()), max_size=2),
)
DEALS = st.builds(
    Deal,
    id=st.just("deal-1"),
    kind=st.sampled_from(["supply", "joint_venture"]),
    value=MAYBE_FIGURE,
    unit_price=MAYBE_FIGURE,
    volumes=st.lists(st.builds(Volume, quantity=figures(), when=MAYBE_TIME), max_size=4),
    signed=MAYBE_TIME,
    term=MAYBE_TIME,
    metrics=st.just([]),
)
FORECASTS = st.builds(
    Forecast,
    id=st.just("forecast-1"),
    subject=SUBJECTS,
    quantity=figures(),
    when=MAYBE_TIME,
    since=MAYBE_TIME,
    region=st.sampled_from([None, "China", ""]),
)
RESULTS = st.builds(
    Result,
    doc_id=st.just("press"),
    drafter=st.just("rules"),
    published=st.none() | DAYS,
    text=st.none() | TEXT,
    facilities=st.lists(FACILITIES, max_size=2),
    deals=st.lists(DEALS, max_size=2),
    forecasts=st.lists(FORECASTS, max_size=4),
    figures=st.lists(figures(), max_size=8),
    times=st.lists(times(), max_size=4),
    problems=st.just([]),
)


@settings(max_examples=300, deadline=timedelta(seconds=5), suppress_health_check=list(HealthCheck))
@given(RESULTS)
def test_no_result_makes_a_check_raise(result):
    checked = check(result)

    assert {problem.rule for problem in checked.problems} <= set(RULES)
    assert Result.model_validate_json(checked.to_json()).problems == checked.problems


def test_every_rule_is_registered_under_its_own_name():
    assert {name: rule.RULE for name, rule in RULES.items()} == {name: name for name in RULES}
    assert set(RULES) == {
        "currency_pair",
        "unit_price_times_volume",
        "parts_make_total",
        "power_energy_pair",
        "same_quantity_differs",
        "timeline",
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
