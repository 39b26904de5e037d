"""From one amount to another, and the growth stated between them."""

import pytest

RULE = "growth_rate"


def verdicts(problems):
    return [problem.verdict for problem in problems]


@pytest.mark.parametrize(
    "text",
    [
        "Sales rose from 320 MWh to 550 MWh, up 72% year on year.",
        "Sales rose from 320 to 550 MWh, a 72% increase.",
        "Revenue rose 72% to 550 million yuan from 320 million yuan a year earlier.",
        "Revenue fell 42% to 320 million yuan from 550 million yuan a year earlier.",
        "Sales reached 550 GWh, up 72% from 320 GWh a year earlier.",
        "Sales reached 550 GWh in 2023, an increase of 72% compared with 320 GWh in 2022.",
        "Profit was 550 million yuan, compared to 320 million yuan in 2022, reflecting a growth of 72%.",
        "Capacity will triple from 20 GWh to 60 GWh by 2026.",
        "Capacity more than doubled from 20 GWh to 45 GWh.",
        "Demand will grow from 320 GWh in 2024 to 550 GWh in 2030, a compound annual growth rate of 9.4%.",
        "The market will grow at a CAGR of 15% from $50 billion in 2023 to $133 billion by 2030.",
        "Demand was 1,000 GWh in 2024 and will be 2,800 GWh in 2030, a CAGR of 18.7%.",
        "Net profit shrank by a third, from 660 million yuan to 440 million yuan.",
        "Pack production jumped to 5.6 GWh, 40 percent above the 4 GWh of 2022.",
        "The market is 12 billion euros in 2024. By 2029 it will be 30 billion euros, a CAGR of 20 percent.",
        "At 410 euros, one costs 36% less than a year earlier, when the price stood at 640 euros.",
        (
            "Some 500,000 tons of batteries are scrapped in 2020. That figure is to rise to 1.2 million tons "
            "in 2025 and to 3.5 million tons in 2030, seven times as much."
        ),
    ],
)
def test_growth_that_fits_is_consistent(found, text):
    assert verdicts(found(RULE, text)) == ["consistent"]


@pytest.mark.parametrize(
    "text",
    [
        "Sales rose from 320 MWh to 550 MWh, up 62% year on year.",
        "Sales reached 550 GWh in 2023, an increase of 82% compared with 320 GWh in 2022.",
        "Capacity will triple from 20 GWh to 40 GWh by 2026.",
        "Demand will grow from 320 GWh in 2024 to 550 GWh in 2030, a compound annual growth rate of 19.4%.",
        "The market will grow at a CAGR of 25% from $50 billion in 2023 to $133 billion by 2030.",
        "Imports stood at 8.2 GWh in May 2023 and 10.6 GWh in May 2024, a rise of 49.3 percent.",
        "Output will go from 9 GWh in 2023 to 144 GWh in 2030; this corresponds to annual growth of 28%.",
        "Sales more than tripled: it sold 2.1 GWh in 2023 and 4.9 GWh in 2024.",
    ],
)
def test_growth_that_does_not_fit_is_a_conflict(found, text):
    assert verdicts(found(RULE, text)) == ["conflict"]


def test_the_message_gives_the_growth_computed_and_stated(found):
    (problem,) = found(RULE, "Sales rose from 320 MWh to 550 MWh, up 62% year on year.")

    assert problem.message == "320 MWh to 550 MWh is up 71.88%, stated as up 62%"
    assert (float(problem.expected), float(problem.found)) == (71.88, 62)
    assert problem.figures == ["f1", "f2", "f3"]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Sales rose from 320 MWh to 550 MWh, up 73.5%.", "nearly, but not quite"),
        (
            "Demand will rise from 100 GWh in 2024 to 200 GWh in 2030, a compound annual rate of 14.9%.",
            "over 5 years",
        ),
    ],
)
def test_what_rounding_or_counting_may_explain_is_left_open(found, text, why):
    (problem,) = found(RULE, text)

    assert problem.verdict == "underdetermined"
    assert why in problem.message


@pytest.mark.parametrize(
    "text",
    [
        "Capacity rose from 100 MW to 200 MW, and net profit increased 30% to 5 million euros.",
        "Sales rose from 320 MWh in 2020 to 550 MWh in 2023, up 22% year on year.",
        "It looks for 1,930 GWh this year and for 4,100 GWh in 2030, a CAGR of 17.7% between 2022 and 2030.",
        "Its stake rises from 20% to 30%, an increase of 10%.",
        "Sales of cells and packs rose from 10 GWh to 20 GWh and 5 GWh, up 50% and 20%, respectively.",
        "Output rose from 10 GWh to 20 GWh, an increase of 5% over the plan.",
        "Exports rose from 5 GWh to 8 GWh, outpacing the 30 percent growth of the market.",
        "Profit fell to 200 million euros from 250 million euros, 15 percent less than expected.",
        "Capacity doubled to 40 GWh in 2022 and reached 60 GWh in 2023.",
        "Sales were 12 GWh, up 40 percent, while orders rose from 20 GWh to 35 GWh.",
        "The workforce grew from 800 people to 1,000 people. That is 30 percent more than in Erfurt.",
        "It will top 12 GW this year, 7 GW more than in 2020, and 30 GW by 2030, up 250% from 2021.",
    ],
)
def test_a_growth_of_something_else_is_passed_over(found, text):
    assert found(RULE, text) == []


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("Capacity in Hungary has tripled since 2021. It was 14 GWh then and is 31 GWh today.", "conflict"),
        ("Capacity in Hungary has tripled since 2021. It was 10 GWh then and is 31 GWh today.", "consistent"),
        (
            "Demand will be 300 GWh in 2028, against 120 GWh in 2023. That is a CAGR of 31 percent.",
            "conflict",
        ),
        (
            "Demand will be 300 GWh in 2028, against 120 GWh in 2023. That is a CAGR of 20 percent.",
            "consistent",
        ),
    ],
)
def test_a_growth_may_stand_beside_the_sentence_of_its_amounts(found, text, verdict):
    assert verdicts(found(RULE, text)) == [verdict]


def test_every_growth_has_the_base_that_follows_it(found):
    text = (
        "Operating profit was 460.6 billion won. This is an increase of 135.5% compared to last year (195.6 "
        "billion won), but a decrease of 27.3% compared to the previous quarter (633.2 billion won)."
    )

    assert verdicts(found(RULE, text)) == ["consistent", "consistent"]


@pytest.mark.parametrize(
    ("verdict", "text"),
    [
        (
            "conflict",
            (
                "Sales of grid batteries reached 48 GWh in 2022. A year later they stood at 84 "
                "GWh, 55 percent more."
            ),
        ),
        (
            "consistent",
            (
                "Sales of grid batteries reached 48 GWh in 2022. A year later they stood at 84 "
                "GWh, 75 percent more."
            ),
        ),
        (
            "conflict",
            (
                "The mill's output, which was 20,000 tonnes in 2021, climbed by 60 percent to "
                "36,000 tonnes in 2022."
            ),
        ),
        (
            "conflict",
            ("At 72 GWh, installations were 30 percent above the 48 GWh of the first half of last year."),
        ),
        ("conflict", "Installations increased from 240 GWh to 330 GWh within a year, up 58 percent."),
        (
            "consistent",
            (
                "The mill doubled its output: it turned out 36,000 tonnes last year, compared "
                "with 18,000 tonnes in the year before."
            ),
        ),
        (
            None,
            (
                "Sales of grid batteries reached 48 GWh in 2022. A year later sales of car "
                "batteries stood at 84 GWh, up 55 percent."
            ),
        ),
        (
            None,
            "In 2023 the plant made 12 GWh. A year later the company as a whole made 40 GWh, up 30 percent.",
        ),
    ],
)
def test_what_words_tie_is_compared_and_nothing_else(found, verdict, text):
    verdicts = {problem.verdict for problem in found("growth_rate", text)}

    assert verdict in verdicts if verdict else "conflict" not in verdicts
