"""One flow over two periods."""

import pytest

RULE = "per_period"


@pytest.mark.parametrize(
    "text",
    [
        "The line makes 1,000 tons a month, equivalent to 12,000 tons a year.",
        "It makes 40 tons a day, or about 14,000 tons annually.",
        "It recycles 12,000 tons a year, or 1,000 tons a month.",
    ],
)
def test_a_year_that_is_its_months_or_days_is_consistent(found, text):
    assert [problem.verdict for problem in found(RULE, text)] == ["consistent"]


def test_a_year_that_is_not_is_a_conflict(found):
    (problem,) = found(RULE, "The line makes 1,000 tons a month, equivalent to 18,000 tons a year.")

    assert problem.verdict == "conflict"
    assert problem.message == ("1,000 t per month × 12 = 12,000 t per year, but 18,000 t per year is stated")
    assert (problem.expected, problem.found) == (12_000, 18_000)


def test_a_plant_that_rests_on_some_days_is_left_open(found):
    (problem,) = found(RULE, "It makes 40 tons a day, or about 11,000 tons annually.")

    assert problem.verdict == "underdetermined"


def test_flows_that_no_word_ties_are_passed_over(found):
    text = "It made 40 tons a day at first. Today the site ships 30,000 tons a year."

    assert found(RULE, text) == []


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        ("It makes 25 million m2 each month. At this pace it makes 1.2 billion m2 a year.", ["conflict"]),
        ("It makes 25 million m2 each month. It makes 300 million m2 a year.", ["consistent"]),
        ("Its capacity is 16,000 tonnes a year. It is now making 1,000 tonnes a month.", []),
    ],
)
def test_the_next_sentence_may_give_the_other_period(found, text, verdicts):
    assert [problem.verdict for problem in found(RULE, text)] == verdicts


@pytest.mark.parametrize(
    ("verdict", "text"),
    [
        ("conflict", ("The works ships 2,500 tonnes each month. Over the year that makes 45,000 tonnes.")),
        (
            "conflict",
            (
                "The machines produce 60,000 cells a day between them. On an annual basis they make "
                "210 million cells."
            ),
        ),
        (
            "conflict",
            ("The line coats 400,000 square meters of film daily, or 200 million square meters per year."),
        ),
        ("conflict", ("Monthly output is 3,000 tonnes, so the plant will produce 48,000 tonnes annually.")),
        ("consistent", "Every month 1.5 GWh of cells leave the plant, 18 GWh a year."),
        (
            "conflict",
            "Quarterly production is 9,000 tonnes of anode powder, which annualises to 46,000 tonnes.",
        ),
        ("conflict", "It treats 6,500 tonnes a month; on a yearly basis that is 87,000 tonnes."),
        ("consistent", "The mill crushes 900 tonnes of ore every 24 hours – some 310,000 tonnes per annum."),
        (None, "It makes 1 million m2 a day; the three lines together make 1.1 billion m2 a year."),
        (None, "It produces 2,000 tonnes a month and has contracts for 60,000 tonnes a year."),
        (None, "It makes 1,000 tonnes a month of foil, so it needs 20,000 tonnes a year of copper."),
        (None, "Monthly output is 900 tonnes of anode, so 20,000 tonnes of needle coke go in annually."),
        (
            None,
            (
                "The plant produces 500 tonnes a month. Over the "
                "year that began in July it shipped 9,000 tonnes."
            ),
        ),
    ],
)
def test_what_words_tie_is_compared_and_nothing_else(found, verdict, text):
    verdicts = {problem.verdict for problem in found("per_period", text)}

    assert verdict in verdicts if verdict else "conflict" not in verdicts
