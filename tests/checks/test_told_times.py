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


@pytest.mark.parametrize(
    ("verdict", "text"),
    [
        (
            "conflict",
            (
                "Construction of the second cathode plant in Yueyang started in September 2023. "
                "The plant began mass production in March 2022."
            ),
        ),
        (
            "conflict",
            (
                "Earthworks for the refinery got under way in May 2023. It has been making "
                "hydroxide since commercial operation started in June 2021."
            ),
        ),
        ("conflict", ("Work on the site started in April 2024. Full capacity was reached in December 2022.")),
        (
            "conflict",
            (
                "The two companies sealed the offtake agreement in October 2023. Under it, "
                "deliveries cover the years from 2020 to 2022."
            ),
        ),
        (
            "conflict",
            (
                "On June 18, 2023, the miner and a trader signed a contract. Deliveries under the"
                " contract run from January 2021 to December 2022."
            ),
        ),
        (
            "consistent",
            ("Building work for the gigafactory began in May 2023, and operation is to begin in late 2025."),
        ),
        (
            "conflict",
            "Ground was broken at the works in March 2023. First cells rolled off the line in October 2022.",
        ),
        ("conflict", "The supply pact, inked on 3 May 2023, spans the years 2020 to 2022."),
        ("conflict", "Both signed a licence agreement on 14 February 2024. It is valid from 2020 to 2022."),
        (None, "The contract, signed on 1 March 2024, replaces one that ran from 2019 to 2023."),
        (None, "Production began in 2019, and construction of a warehouse started in 2022."),
        (
            None,
            (
                "Construction of the second plant started in September 2023. The first plant "
                "began production in March 2022."
            ),
        ),
        (
            None,
            (
                "Construction of a second plant in Wuhu started in September 2023. The company "
                "began mass production in March 2022."
            ),
        ),
        (
            None,
            (
                "Construction of a cell factory started in May 2023. Production at its pack "
                "factory began in March 2022."
            ),
        ),
        (
            None,
            (
                "In June 2023 the firms signed a contract. Deliveries under an earlier agreement "
                "ran from January 2021 to December 2022."
            ),
        ),
        (
            None,
            (
                "Construction of the cathode plant began in June 2023. The "
                "company started production of cathodes at its first plant in 2019."
            ),
        ),
    ],
)
def test_what_words_tie_is_compared_and_nothing_else(found, verdict, text):
    verdicts = {problem.verdict for problem in found("timeline", text)}

    assert verdict in verdicts if verdict else "conflict" not in verdicts
