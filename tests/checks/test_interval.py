"""What a stated figure leaves open, and the arithmetic of such amounts."""

from decimal import Decimal

import pytest

from extractor.checks.interval import Agreement, Interval, power_of_ten


def span(low, high, **ends):
    return Interval(Decimal(str(low)), Decimal(str(high)), **ends)


@pytest.mark.parametrize(
    ("words", "value", "unit", "ends"),
    [
        ("0.55 yuan/Wh", "0.55", "CNY/Wh", ("0.545", "0.555")),
        ("1.33 billion yuan", 1.33e9, "CNY", (1.325e9, 1.335e9)),
        ("5.0 billion yuan", 5e9, "CNY", (4.95e9, 5.05e9)),
        ("20 million tons", 20_000_000, "t", (19.5e9, 20.5e9)),
        ("2 million tons", 2_000_000, "t", (1.95e9, 2.05e9)),
        ("220,000 tons", 220_000, "t", (219_999_500, 220_000_500)),
        ("4%", 4, "%", (3.5, 4.5)),
        ("two tons", 2, "t", (1950, 2050)),
        ("16 lines", 16, "count", (16, 16)),
    ],
)
def test_an_exact_figure_was_rounded_at_its_last_digit(press, words, value, unit, ends):
    figure = press(words).figure(words, value, unit)

    assert Interval.of(figure) == span(*ends)


def test_about_is_ten_percent(press):
    figure = press("about 10 tons").figure("about 10 tons", 10, "t", bound="about")

    assert Interval.of(figure) == span(9000, 11000)


def test_over_begins_at_its_number_and_has_no_certain_end(press):
    interval = Interval.of(press("over 50 MWh").figure("over 50 MWh", 50, "MWh", bound="at_least", low=50))

    assert interval.compare(span(55e6, 60e6)) is Agreement.AGREE
    assert interval.compare(span(90e6, 100e6)) is Agreement.OPEN
    assert interval.compare(span(30e6, 40e6)) is Agreement.DIFFER


def test_up_to_ends_at_its_number_and_has_no_certain_begin(press):
    interval = Interval.of(
        press("nearly 700 tons").figure("nearly 700 tons", 700, "t", bound="at_most", high=700)
    )

    assert interval.compare(span(650_000, 680_000)) is Agreement.AGREE
    assert interval.compare(span(100_000, 200_000)) is Agreement.OPEN
    assert interval.compare(span(800_000, 900_000)) is Agreement.DIFFER


def test_a_range_is_its_two_ends(press):
    figure = press("180-220 t").figure("180-220 t", 200, "t", bound="range", low=180, high=220)

    assert Interval.of(figure) == span(180_000, 220_000)


def test_sums_products_and_quotients_are_intervals():
    assert Interval.total([span(1, 2), span(10, 20), span(100, 200)]) == span(111, 222)
    assert span(2, 3) * span(10, 20) == span(20, 60)
    assert span(10, 20) / span(2, 5) == span(2, 10)


def test_an_open_end_stays_open_in_sums_and_turns_round_in_a_divisor():
    over = span(50, 60, open_high=True)

    assert (over + span(20, 20)).open_high
    assert (span(100, 100) / over).open_low


@pytest.mark.parametrize(
    ("found", "shift"), [(475e6, 3), (4.75e6, 1), (47.5, -4), (475e3, None), (900e3, None)]
)
def test_a_power_of_ten_is_found_where_only_the_point_moved(found, shift):
    assert power_of_ten(span(found, found), span(450e3, 500e3)) == shift


def test_a_power_multiplies_both_ends():
    assert span(2, 3) ** 3 == span(8, 27)


@pytest.mark.parametrize(
    ("low", "open_low", "exceeds"), [(11, False, True), (9, False, False), (11, True, False)]
)
def test_an_interval_exceeds_another_where_nothing_can_bring_them_together(low, open_low, exceeds):
    assert span(low, 12, open_low=open_low).exceeds(span(5, 10)) is exceeds


def test_what_is_no_number_decides_nothing():
    assert span("NaN", "NaN").compare(span(1, 2)) is Agreement.OPEN
