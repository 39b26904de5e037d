"""Share × total = part."""

import pytest

RULE = "share_of_total"


def told(problems):
    return [(problem.verdict, problem.message) for problem in problems]


@pytest.mark.parametrize(
    "text",
    [
        "Shipments will be 112 GWh, or 4 percent of the 2,800 GWh needed in 2030.",
        "LFP made up 67% of the total 150 GWh installed, or 100 GWh.",
        "Of the 150 GWh installed last year, 100 GWh, or 67%, was lithium iron phosphate.",
        "The company shipped 64 GWh, accounting for 32% of China's total installations of 200 GWh.",
        "Installations hit 200 GWh. Among them, LFP was 140 GWh, up 30%, accounting for 70% of the total.",
        "Sales hit 131.4 GWh.\nAmong them, power battery sales accounted for 71.6% (94.1 GWh), up 7.6%.",
    ],
)
def test_a_part_that_is_its_share_of_the_total_is_consistent(found, text):
    assert [problem.verdict for problem in found(RULE, text)] == ["consistent"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "Of the 150 GWh installed last year, 100 GWh, or 57%, was lithium iron phosphate.",
            "57% of 150 GWh = 85.5 GWh, but 100 GWh is stated",
        ),
        (
            "The company shipped 64 GWh, accounting for 42% of China's total installations of 200 GWh.",
            "42% of 200 GWh = 84 GWh, but 64 GWh is stated",
        ),
        (
            "Installations reached 200 GWh. Among them, LFP was 140 GWh, accounting for 60% of the total.",
            "60% of 200 GWh = 120 GWh, but 140 GWh is stated",
        ),
    ],
)
def test_a_part_that_is_not_is_a_conflict(found, text, message):
    assert told(found(RULE, text)) == [("conflict", message)]


def test_every_part_of_a_list_is_held_against_the_total(found):
    text = "Shipments were 200 GWh, of which LFP accounted for 140 GWh (70%) and NCM for 60 GWh (40%)."

    assert [problem.verdict for problem in found(RULE, text)] == ["consistent", "conflict"]


def test_a_share_that_only_just_misses_is_left_open(found):
    (problem,) = found(RULE, "It shipped 65 GWh, accounting for 32.1% of China's installations of 200.1 GWh.")

    assert problem.verdict == "underdetermined"
    assert problem.message.endswith("nearly, but not quite")


@pytest.mark.parametrize(
    "text",
    [
        "Installations reached 200 GWh. LFP was 140 GWh, accounting for 60% of the domestic market.",
        "Installations were 200 GWh and exports 50 GWh. Among them, LFP was 140 GWh, 60% of the total.",
        "NCM was 60 GWh, a market share of 30%. LFP was 140 GWh, accounting for 70% of the total.",
        "Output reached 200 GWh, of which 140 GWh, up 20%, was LFP.",
    ],
)
def test_a_share_of_which_the_total_is_not_sure_is_no_conflict(found, text):
    assert [problem for problem in found(RULE, text) if problem.verdict == "conflict"] == []


@pytest.mark.parametrize(
    ("verdict", "text"),
    [
        (
            "conflict",
            (
                "Of the 640 GWh that were installed worldwide, Chinese makers supplied 400 GWh, a"
                " share of 75 percent."
            ),
        ),
        (
            "conflict",
            (
                "The country will need 60 GWh of storage by 2030. Of this amount, 25 percent, or "
                "24 GWh, is to come from homes."
            ),
        ),
        (
            "conflict",
            ("Shipments came to 150 GWh in the quarter; iron phosphate had 90 GWh of that, 80 percent."),
        ),
        (
            "conflict",
            ("The bank lends 240 million euros, which is 60 percent of the total cost of 300 million euros."),
        ),
        (
            "conflict",
            ("The company sold 40 GWh worldwide. At 18 GWh, Europe made up 30 percent of the total."),
        ),
        ("conflict", "Roughly 60 percent of Kestrel's 500 MWh pipeline – 200 MWh – sits in Queensland."),
        ("conflict", "Spain awarded 3.2 GWh. Solaria won 480 MWh, which equals 25 percent of that volume."),
        ("consistent", "A quarter of the plant's 40 GWh, that is 10 GWh, is for trucks."),
        (None, "Grid batteries totalled 200 GWh worldwide. Zelan sold 20 GWh, a 30 percent share in Europe."),
        (None, "The fund bought 30 percent for 90 million euros, with equity put at 250 million euros."),
        (None, "Exports were 3.8 GWh in April, 34 percent of all exports, after 2.9 GWh or 29% in March."),
        (None, "Of the 120 kt that it can make, it made 24 kt, 11 percent less than planned."),
        (None, "It owns 45 percent of the 300 MW park, and bought another 100 MW outright."),
        (
            None,
            (
                "Zelan supplied 400 GWh of the 640 GWh installed, and its share of the domestic "
                "market was 75 percent."
            ),
        ),
    ],
)
def test_what_words_tie_is_compared_and_nothing_else(found, verdict, text):
    verdicts = {problem.verdict for problem in found("share_of_total", text)}

    assert verdict in verdicts if verdict else "conflict" not in verdicts
