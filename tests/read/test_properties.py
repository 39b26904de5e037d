"""What holds for every text: round trips, exact offsets, no exception, work that grows with the length."""

import sys
import tomllib
from datetime import date
from decimal import Decimal
from importlib.resources import files
from itertools import pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from extractor.read import ledger, read_figures

DATA = files("extractor.read") / "data"
PUBLISHED = date(2024, 2, 29)


def data(name):
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))


SPELLINGS = [
    (row.get("below", False), spelling, row.get("symbol", name))
    for name, row in data("units.toml").items()
    for spelling in [*row.get("symbols", []), *row.get("words", [])]
    if spelling not in {"x", "X", "×", "point", "second", "minute"}  # read by what stands beside them
]
UNITS = {spelling: symbol for below, spelling, symbol in SPELLINGS if not below}
UNITS_BELOW = {spelling: symbol for below, spelling, symbol in SPELLINGS if below}
POUNDS = "pound"  # a mass or money, by what stands beside it
ROWS = data("currencies.toml")
CODES = ROWS["codes"]["active"]
CURRENCIES = {code: row for code, row in ROWS.items() if code not in {"codes", "ambiguous"}}
SIGNS = {sign: code for code, row in CURRENCIES.items() for sign in row.get("before", [])}
NAMES = {name: code for code, row in CURRENCIES.items() for name in row.get("after", [])}
SCALES = {"": 1, "thousand": 10**3, "million": 10**6, "billion": 10**9, "lakh": 10**5, "crore": 10**7}
BOUNDS = {
    phrase: bound
    for bound, phrases in data("words.toml")["bounds"].items()
    if bound in {"at_least", "at_most", "about"}
    for phrase in phrases
}
VERBS_OF_BOUNDS = {"within", "max", "minimum", "maximum"}  # belong to what stands before them too

numbers = st.decimals(min_value=2, max_value=99_999, places=2, allow_nan=False, allow_infinity=False)


def written(number):
    """With thousands separators and without trailing zeros: 12345.50 is 12,345.5."""
    return f"{number.normalize():,f}"


@pytest.mark.parametrize("spelling", [spelling for spelling in UNITS if spelling != POUNDS])
def test_every_spelling_of_a_unit_is_read(spelling):
    (figure,) = read_figures(f"The hall takes 12.5 {spelling} there.")

    assert (figure.value, figure.unit, figure.text) == (Decimal("12.5"), UNITS[spelling], f"12.5 {spelling}")


@pytest.mark.parametrize("spelling", UNITS_BELOW)
def test_every_spelling_of_a_unit_below_a_line_is_read_there_alone(spelling):
    priced, *others = read_figures(f"The hall takes 12.5 EUR/{spelling} and in 1994 {spelling} were run.")

    assert (priced.unit, priced.text) == (f"EUR/{UNITS_BELOW[spelling]}", f"12.5 EUR/{spelling}")
    assert UNITS_BELOW[spelling] not in {other.unit for other in others}


@pytest.mark.parametrize("code", CODES)
def test_every_currency_code_is_read_before_and_behind_a_number(code):
    before, behind = read_figures(f"It costs {code} 12.5 million here and 12.5 million {code} there.")

    assert [(f.value, f.unit, f.kind) for f in (before, behind)] == [(12_500_000, code, "money")] * 2


@pytest.mark.parametrize("sign", SIGNS)
def test_every_sign_of_a_currency_is_read_before_a_number(sign):
    (figure,) = read_figures(f"It costs {sign}12.5 million there.")

    assert (figure.value, figure.unit, figure.text) == (12_500_000, SIGNS[sign], f"{sign}12.5 million")


@pytest.mark.parametrize("name", NAMES)
def test_every_name_of_a_currency_is_read_behind_a_number(name):
    (figure,) = read_figures(f"It costs 12.5 million {name} there.")

    assert (figure.value, figure.unit, figure.text) == (12_500_000, NAMES[name], f"12.5 million {name}")


@settings(max_examples=300)
@given(
    number=numbers,
    scale=st.sampled_from(sorted(SCALES)),
    spelling=st.sampled_from(sorted({*UNITS} - {POUNDS, "s", "A", "amp"})),
    bound=st.sampled_from(sorted({*BOUNDS} - VERBS_OF_BOUNDS)),
)
def test_a_rendered_quantity_is_read_back(number, scale, spelling, bound):
    assume(not (spelling.lower() in {"mtpa", "mtpy"} and number * SCALES[scale] >= 100))  # metric tons then
    rendered = " ".join(filter(None, [bound, written(number), scale, spelling]))

    figures = read_figures(f"The hall takes {rendered} there.")

    assert [(f.value, f.unit, f.bound) for f in figures] == [
        (number * SCALES[scale], UNITS[spelling], expected(bound, figures[0]))
    ]


def expected(bound, figure):
    """Over three hours may say when and not how much; the words before it tell."""
    return figure.bound if bound == "over" and figure.kind == "duration" else BOUNDS[bound]


@settings(max_examples=200)
@given(
    low=numbers,
    more=numbers,
    scale=st.sampled_from(["", "million", "billion"]),
    sign=st.sampled_from(sorted(SIGNS)),
    joint=st.sampled_from(["–", "-", " to "]),
)
def test_a_rendered_range_is_read_back(low, more, scale, sign, joint):
    high = low + more

    (figure,) = read_figures(f"Bids of {sign}{written(low)}{joint}{written(high)} {scale} came in.")

    size = {"": 1, "million": 10**6, "billion": 10**9}[scale]
    assert (figure.low, figure.high, figure.bound) == (low * size, high * size, "range")
    assert figure.unit == SIGNS[sign]


any_text = st.text(max_size=200) | st.text(
    alphabet="0123456789.,-–−/±~ $€¥₹%½²³()[]'’+:kmMWGhtbnRxQH年月日万亿\u00a0\u2009\n", max_size=80
)
WORDS = """
from to between and half a third of two hundred million dozen May March 2025 2024-25 Q3 H1 FY26 next year last
quarter within $5 €3bn R1.9 5 GWh 800 MWh/ 10% -20 °C 1/4 annual output per ago later no. (5) phase 2 doubled
times three 5GWh pounds yuan/Wh , . ; ± + over about nearly 1,234.5 86 755 8899 1234 Spain the other x / - –
"""
words_of_text = st.lists(st.sampled_from([*WORDS.split(), "\n"]), max_size=30).map(" ".join)


@settings(max_examples=500)
@given(any_text | words_of_text)
def test_the_ledger_holds_ordered_slices_that_do_not_overlap(text):
    read = ledger(text, PUBLISHED)

    items = [*read.figures, *read.times, *read.dismissed]
    assert all(item.text and text[item.start : item.end] == item.text for item in items)
    names = [item for item in read.dismissed if item.reason != "date"]
    spans = sorted((item.start, item.end) for item in [*read.figures, *read.times, *names])
    assert all(first[1] <= second[0] for first, second in pairwise(spans))
    assert [item.figure for item in read.figures] == [f"f{n}" for n in range(1, len(read.figures) + 1)]
    assert [item.time for item in read.times] == [f"t{n}" for n in range(1, len(read.times) + 1)]


@given(any_text)
def test_figures_are_sound(text):
    for figure in read_figures(text):
        assert figure.low is None or figure.high is None or figure.low <= figure.value <= figure.high
        assert (figure.bound == "range") == (figure.low is not None and figure.high is not None)


def steps(text):
    """The calls that reading a text makes."""
    made = 0

    def count(_frame, event, _argument):
        nonlocal made
        made += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        ledger(text, PUBLISHED)
    finally:
        sys.setprofile(before)
    return made


@pytest.mark.parametrize(
    "unit",
    [
        "5 GWh of cells in 2025 and ",
        "5-",
        "1,",
        "1/",
        "$5 ",
        "5 million ",
        "May 5 to ",
        "half of a ",
        "(5) ",
        "Abc 5 ",
    ],
)
def test_twice_the_text_is_twice_the_work(unit):
    steps(unit)  # what is loaded once

    assert steps(unit * 600) <= 2.1 * steps(unit * 300)


@pytest.mark.parametrize(
    "hostile",
    ["1" * 5000, "1," * 3000, "(" * 3000, "5 " * 3000, "two " * 2000, "9.9." * 2000, "million " * 900],
)
def test_a_hostile_text_raises_nothing(hostile):
    assert ledger(hostile, PUBLISHED) is not None
