"""What holds for every text."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.read import ledger, read_figures

UNITS = {
    "MWh": "MWh", "GWh": "GWh", "megawatts": "MW", "tonnes": "t", "metric tons": "t", "kt": "kt", "mu": "mu",
    "hectares": "ha", "square meters": "m2", "km": "km", "kV": "kV", "Ah": "Ah", "%": "%", "yuan": "CNY",
    "euros": "EUR", "yuan/Wh": "CNY/Wh", "g/m²": "g/m2",
}  # fmt: skip
SCALES = {"": 1, "thousand ": 10**3, "million ": 10**6, "billion ": 10**9}
BOUNDS = {"": "exact", "over ": "at_least", "up to ": "at_most", "about ": "about", "nearly ": "at_most"}


@settings(max_examples=300)
@given(
    number=st.integers(2, 999),
    cents=st.sampled_from(["", ".5", ".25"]),
    scale=st.sampled_from(sorted(SCALES)),
    unit=st.sampled_from(sorted(UNITS)),
    bound=st.sampled_from(sorted(BOUNDS)),
)
def test_a_rendered_quantity_is_read_back(number, cents, scale, unit, bound):
    text = f"The order covers {bound}{number}{cents} {scale}{unit} there."

    (figure,) = read_figures(text)

    assert figure.value == Decimal(f"{number}{cents}") * SCALES[scale]
    assert (figure.unit, figure.bound) == (UNITS[unit], BOUNDS[bound])


@settings(max_examples=300)
@given(st.text(max_size=200) | st.text(alphabet="0123456789.,-–/ $€¥%kmMWGht()[]万亿\u00a0\n", max_size=80))
def test_figures_times_and_dismissals_are_ordered_slices_that_do_not_overlap(text):
    read = ledger(text)
    spans = [(item.start, item.end) for item in (*read.figures, *read.times)]

    assert all(
        text[item.start : item.end] == item.text for item in (*read.figures, *read.times, *read.dismissed)
    )
    ordered = sorted(spans)
    assert all(first[1] <= second[0] for first, second in pairwise(ordered))


@pytest.mark.parametrize(
    "hostile", ["1" * 5000, "1," * 3000, "(" * 3000, "5 " * 3000, "two " * 2000, "9.9." * 2000]
)
def test_a_hostile_text_raises_nothing(hostile):
    ledger(hostile)
