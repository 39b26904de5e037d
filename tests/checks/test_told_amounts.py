"""Amounts that two sentences give for one thing by their words."""

import pytest


@pytest.mark.parametrize(
    ("verdict", "text"),
    [
        (
            "conflict",
            (
                "The project in Sines has a budget of 300 million euros. The ministry's list "
                "gives the cost of the project as 420 million euros."
            ),
        ),
        (
            "conflict",
            (
                "The refinery employs 300 people. According to the annual report, the refinery "
                "has a staff of 450 people."
            ),
        ),
        (
            "conflict",
            (
                "The storage station at Ribe holds 90 MWh. A sign at the gate gives the energy of"
                " the station as 120 MWh."
            ),
        ),
        (
            "conflict",
            (
                "The contract is for the delivery of 40,000 t of hydroxide. Under the contract "
                "the buyer takes 60,000 t of hydroxide."
            ),
        ),
        (
            "consistent",
            (
                "The works will produce 45,000 tonnes of anode material this year. The county, "
                "too, expects the works to turn out 45 kt of anode material this year."
            ),
        ),
        (
            "underdetermined",
            (
                "The plant in Gdansk will cost 300 million euros. The press office puts the "
                "investment in the plant at 420 million euros."
            ),
        ),
        (
            None,
            (
                "The plant made 80,000 tons of anode material in 2023. The plant will make "
                "110,000 tons of anode material in 2025."
            ),
        ),
        (
            None,
            (
                "The plant's line in hall A makes 8 GWh of cells. The plant's line in hall B "
                "makes 12 GWh of cells."
            ),
        ),
        (
            None,
            ("The factory employs 300 people in production. The factory employs 120 people in development."),
        ),
        (
            None,
            ("The order covers 500 MWh for the north of the state. The order covers 300 MWh for the south."),
        ),
        (
            None,
            (
                "The plant cost 300 million euros. The investment of the plant's owner in ships "
                "was 400 million euros."
            ),
        ),
    ],
)
def test_what_words_tie_is_compared_and_nothing_else(found, verdict, text):
    verdicts = {problem.verdict for problem in found("same_quantity_differs", text)}

    assert verdict in verdicts if verdict else "conflict" not in verdicts
