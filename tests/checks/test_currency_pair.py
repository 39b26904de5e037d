"""One amount in two currencies."""

import pytest

RULE = "currency_pair"


def pair(press, text, first, second, *, published, **fields):
    """A text whose first amount is restated by the second."""
    document = press(text, published)
    restated = document.figure(*first)
    document.figure(*second, same_as=restated.figure, **fields)
    return document


def test_amounts_that_agree_at_the_rate_of_the_day_are_consistent(press):
    document = pair(
        press,
        "anode materials achieving 1.33 billion yuan ($185.27 million) in output in 2022",
        ("1.33 billion yuan", 1_330_000_000, "CNY"),
        ("$185.27 million", 185_270_000, "USD"),
        published="2023-06-20",
    )

    [problem] = document.problems(RULE)

    assert problem.verdict == "consistent"
    assert problem.figures == ["f1", "f2"]
    assert problem.message == (
        "1.33 billion CNY × 0.1393 USD/CNY (ECB, 2023-06-20) = 185.3 million USD, "
        "stated as 185.27 million USD: agrees"
    )


def test_a_weekend_takes_the_rate_of_the_friday_before(press):
    document = pair(
        press,
        "a loan of 100 million euros ($108 million)",
        ("100 million euros", 100_000_000, "EUR"),
        ("$108 million", 108_000_000, "USD"),
        published="2024-03-17",
    )

    [problem] = document.problems(RULE)

    assert "ECB, 2024-03-15" in problem.message
    assert problem.verdict == "consistent"


def test_a_day_after_the_series_takes_its_last_rate_and_says_so(press):
    document = pair(
        press,
        "an order worth 9,100 kuna (1,208 euros)",
        ("9,100 kuna", 9_100, "HRK"),
        ("1,208 euros", 1_208, "EUR"),
        published="2023-06-01",
    )

    [problem] = document.problems(RULE)

    assert problem.verdict == "consistent"
    assert "ECB, 2022-12-30" in problem.message


def test_a_wrong_scale_word_is_a_conflict_that_names_the_right_amount(press):
    document = pair(
        press,
        "The plant will cost 52 million yen ($475 million).",
        ("52 million yen", 52_000_000, "JPY"),
        ("$475 million", 475_000_000, "USD"),
        published="2019-06-14",
    )

    [problem] = document.problems(RULE)

    assert problem.verdict == "conflict"
    assert problem.severity == "error"
    assert problem.message.endswith("52 billion JPY would fit")


def test_a_power_of_ten_without_a_scale_word_names_both_readings(press):
    document = pair(
        press,
        "5.2 billion yuan ($7.2 billion)",
        ("5.2 billion yuan", 5_200_000_000, "CNY"),
        ("$7.2 billion", 7_200_000_000, "USD"),
        published="2023-06-20",
    )

    [problem] = document.problems(RULE)

    assert problem.message.endswith("off by a factor of 10; 52 billion CNY or 720 million USD would fit")


def test_amounts_that_no_rate_explains_are_a_conflict(press):
    document = pair(
        press,
        "1.33 billion yuan ($152 million)",
        ("1.33 billion yuan", 1_330_000_000, "CNY"),
        ("$152 million", 152_000_000, "USD"),
        published="2023-06-20",
    )

    [problem] = document.problems(RULE)

    assert problem.verdict == "conflict"
    assert problem.ratio is not None
    assert 0.8 < problem.ratio < 0.85


def test_an_amount_of_an_earlier_year_may_be_at_that_years_rate(press):
    document = pair(
        press,
        "Sales in 2020 came to 100 million euros ($122 million).",
        ("100 million euros", 100_000_000, "EUR"),
        ("$122 million", 122_000_000, "USD"),
        published="2022-10-03",
    )
    document.time("2020", "2020")

    [problem] = document.problems(RULE)

    assert problem.verdict == "consistent"
    assert problem.message.endswith('agrees at the rate of "2020"')


def test_an_older_rate_leaves_the_question_open(press):
    document = pair(
        press,
        "The site costs 100 million euros ($112 million).",
        ("100 million euros", 100_000_000, "EUR"),
        ("$112 million", 112_000_000, "USD"),
        published="2022-09-01",
    )

    [problem] = document.problems(RULE)

    assert problem.verdict == "underdetermined"
    assert "half year before" in problem.message


def test_a_bare_dollar_sign_may_be_another_dollar(press):
    document = pair(
        press,
        "100 million euros ($166 million)",
        ("100 million euros", 100_000_000, "EUR"),
        ("$166 million", 166_000_000, "USD"),
        published="2024-03-15",
        assumed=["currency"],
    )

    [problem] = document.problems(RULE)

    assert problem.verdict == "underdetermined"
    assert problem.message.endswith("agrees where $166 million is AUD")


@pytest.mark.parametrize(
    ("published", "unit", "reason"),
    [
        (None, "CNY", "no day of publication"),
        ("2024-05-14", "TWD", "no rate of TWD"),
        ("1998-05-14", "CNY", "no rate of the two for 1998-05-14"),
    ],
)
def test_without_a_rate_nothing_is_said(press, published, unit, reason):
    document = pair(
        press,
        "3 billion ($425 million)",
        ("3 billion", 3_000_000_000, unit),
        ("$425 million", 425_000_000, "USD"),
        published=published,
    )

    [problem] = document.problems(RULE)

    assert problem.verdict == "underdetermined"
    assert reason in problem.message


def test_bounds_widen_the_comparison(press):
    document = press("over 1 billion yuan (about $150 million)", "2023-06-20")
    first = document.figure("over 1 billion yuan", 1_000_000_000, "CNY", bound="at_least", low=1_000_000_000)
    document.figure("about $150 million", 150_000_000, "USD", bound="about", same_as=first.figure)

    [problem] = document.problems(RULE)

    assert problem.verdict == "consistent"


def test_a_restated_unit_of_area_is_no_currency_pair(press):
    document = press("353 mu (235,333 square meters)", "2023-06-20")
    first = document.figure("353 mu", 235_333, "m2")
    document.figure("235,333 square meters", 235_333, "m2", same_as=first.figure)

    assert document.problems(RULE) == []


def test_two_amounts_that_do_not_restate_each_other_are_left_alone(press):
    document = press("1 billion yuan in 2022 and $500 million in 2023", "2023-06-20")
    document.figure("1 billion yuan", 1_000_000_000, "CNY")
    document.figure("$500 million", 500_000_000, "USD")

    assert document.problems(RULE) == []
