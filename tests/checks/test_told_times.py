"""Days that sentences tie to events by their words alone."""

import pytest

RULE = "timeline"


def told(problems):
    return [problem.message for problem in problems if problem.verdict == "conflict"]


@pytest.mark.parametrize(
    "text",
    [
        "The order was shipped in July 2025.",
        "Lumora's offer was accepted on 3 May 2025.",
        "The Leeds battery has been in operation since May 2025.",
        "Cells from Kassel came on stream in March 2026.",
    ],
)
def test_what_is_told_as_done_must_not_lie_ahead(found, text):
    (message,) = told(found(RULE, text))

    assert "published on 2024-05-01" in message


@pytest.mark.parametrize(
    "text",
    [
        "The order was shipped in March 2024.",
        "The start was moved to May 2025, and the date was set for June 2025.",
        "Deliveries were agreed for 2026, and a 5 GWh order was placed for 2027.",
        "The order is due to be shipped in July 2025.",
        "The contract was extended until 2026.",
    ],
)
def test_plans_may_lie_ahead(found, text):
    assert told(found(RULE, text)) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "The contract takes effect in January 2027 and ends in June 2025.",
            "a term begins 2027-01 and ends 2025-06",
        ),
        (
            "The contract was signed on 3 May 2023 and runs from January 2022 to December 2022.",
            "signed 2023-05-03, term 2022-01-01 to 2022-12-31: the term ends before the agreement is signed",
        ),
        (
            "Construction of the line began in May 2023 and it was completed in March 2022.",
            "construction start (2023-05) comes after completion (2022-03)",
        ),
        (
            "Construction began in May 2023. It was completed in March 2022.",
            "construction start (2023-05) comes after completion (2022-03)",
        ),
    ],
)
def test_days_out_of_order_are_a_conflict(found, text, message):
    assert message in told(found(RULE, text))


@pytest.mark.parametrize(
    "text",
    [
        "The contract takes effect in January 2025 and ends in June 2027.",
        "Construction of the line began in May 2022 and it was completed in March 2023.",
        # two places
        "Construction in Kassel began in May 2023 and production in Turku started in June 2022.",
        # two phases
        "Production started in June 2022, and construction of the second phase began in May 2023.",
    ],
)
def test_days_in_order_and_those_of_different_things_are_none(found, text):
    assert told(found(RULE, text)) == []
