"""Parts that are stated to make up a total."""

import pytest

from schemas import Deal, Volume
from schemas.facility import Metric

RULE = "parts_make_total"

ORDER = (
    "The buyer plans to purchase over 50 million square meters from 2026 to 2027, specifically 20 "
    "million square meters "
    "in 2026 and over 30 million square meters in 2027."
)


def order(press, last=30_000_000):
    document = press(ORDER)
    total = document.figure(
        "over 50 million square meters", 50_000_000, "m2", bound="at_least", low=50_000_000
    )
    first = document.figure("20 million square meters", 20_000_000, "m2")
    second = document.figure("over 30 million square meters", last, "m2", bound="at_least", low=last)
    term = document.time("2026 to 2027", "2026", "2027")
    years = document.time("2026", "2026"), document.time("2027", "2027")
    volumes = [
        Volume(quantity=total, when=term),
        Volume(quantity=first, when=years[0]),
        Volume(quantity=second, when=years[1]),
    ]
    return document, Deal(id="deal-1", kind="supply", volumes=volumes)


def amounts(press, text, unit, *stated):
    """A text with figures of one unit, given as (slice, value)."""
    document = press(text)
    for words, value in stated:
        document.figure(words, value, unit)
    return document


def test_yearly_volumes_that_fill_the_term_make_the_total(press):
    document, deal = order(press)

    [problem] = document.problems(RULE, deals=[deal])

    assert problem.verdict == "consistent"
    assert problem.message == "20 million m2 + over 30 million m2 = over 50 million m2, as stated"
    assert set(problem.figures) == {"f1", "f2", "f3"}
    assert problem.records == ["deal-1"]


def test_the_sentence_is_enough_where_no_record_took_the_figures(press):
    document, _ = order(press)

    [problem] = document.problems(RULE)

    assert problem.verdict == "consistent"


def test_the_deal_is_enough_where_the_text_was_left_out(press):
    document, deal = order(press)

    [problem] = document.problems(RULE, text=False, deals=[deal])

    assert problem.verdict == "consistent"


def test_years_that_fall_short_of_the_total_are_a_conflict(press):
    document = press("30,000 tons from 2026 to 2027: 10,000 tons in 2026 and 15,000 tons in 2027")
    term = document.time("2026 to 2027", "2026", "2027")
    volumes = [
        Volume(quantity=document.figure("30,000 tons", 30_000, "t"), when=term),
        Volume(quantity=document.figure("10,000 tons", 10_000, "t"), when=document.time("2026", "2026")),
        Volume(quantity=document.figure("15,000 tons", 15_000, "t"), when=document.time("2027", "2027")),
    ]

    [problem] = document.problems(RULE, deals=[Deal(id="deal-1", kind="supply", volumes=volumes)])

    assert problem.verdict == "conflict"
    assert problem.message == "10,000 t + 15,000 t = 25,000 t, but 30,000 t is stated as the total"


def test_years_told_in_another_paragraph_may_be_of_another_thing(press):
    document = press("30,000 tons 2026 to 2027\n\nThen 10,000 tons in 2026.\n\nIt has 15,000 tons in 2027.")
    term = document.time("2026 to 2027", "2026", "2027")
    volumes = [
        Volume(quantity=document.figure("30,000 tons", 30_000, "t"), when=term),
        Volume(quantity=document.figure("10,000 tons", 10_000, "t"), when=document.time("2026", "2026")),
        Volume(quantity=document.figure("15,000 tons", 15_000, "t"), when=document.time("2027", "2027")),
    ]

    assert document.problems(RULE, deals=[Deal(id="deal-1", kind="supply", volumes=volumes)]) == []


def test_years_that_leave_a_gap_in_the_term_say_nothing(press):
    document = press("90,000 tons from 2026 to 2028, 10,000 tons of it in 2026 and 15,000 tons in 2028")
    term = document.time("2026 to 2028", "2026", "2028")
    volumes = [
        Volume(quantity=document.figure("90,000 tons", 90_000, "t"), when=term),
        Volume(quantity=document.figure("10,000 tons", 10_000, "t"), when=document.time("2026", "2026")),
        Volume(quantity=document.figure("15,000 tons", 15_000, "t"), when=document.time("2028", "2028")),
    ]

    assert document.problems(RULE, deals=[Deal(id="deal-1", kind="supply", volumes=volumes)]) == []


@pytest.mark.parametrize(
    ("text", "unit", "stated"),
    [
        (
            "15,000 tons in 2026, 25,000 tons in 2027 and 40,000 tons in 2028, i.e. 80,000 tons altogether",
            "t",
            [
                ("15,000 tons", 15_000),
                ("25,000 tons", 25_000),
                ("40,000 tons", 40_000),
                ("80,000 tons", 80_000),
            ],
        ),
        (
            (
                "The total investment is 4.5 billion yuan, including 2.4 billion yuan for cells and 2.1 "
                "billion yuan for packs."
            ),
            "CNY",
            [("4.5 billion yuan", 4.5e9), ("2.4 billion yuan", 2.4e9), ("2.1 billion yuan", 2.1e9)],
        ),
        (
            (
                "The state grants €562m.\n\nOf that sum €393m comes from Berlin; the remaining €169m from "
                "Brandenburg."
            ),
            "EUR",
            [("€562m", 562e6), ("€393m", 393e6), ("€169m", 169e6)],
        ),
        (
            (
                "Phase 1 reached 60,000 tons last year. Phase 2 adds 90,000 tons. The base will then make "
                "150,000 tons."
            ),
            "t",
            [("60,000 tons", 60_000), ("90,000 tons", 90_000), ("150,000 tons", 150_000)],
        ),
        (
            "Of 5 billion won in total, 2 billion won in phase 1 and 3 billion won in phase 2 will be spent.",
            "KRW",
            [("5 billion won", 5e9), ("2 billion won", 2e9), ("3 billion won", 3e9)],
        ),
    ],
)
def test_parts_that_add_up_are_consistent(press, text, unit, stated):
    [problem] = amounts(press, text, unit, *stated).problems(RULE)

    assert problem.verdict == "consistent"
    assert len(problem.figures) == len(stated)


@pytest.mark.parametrize(
    ("text", "stated", "message"),
    [
        (
            "The order is for 1.2 GWh. A batch of 0.8 GWh is due in June, the remaining 0.4 GWh later.",
            [("1.2 GWh", "1.2"), ("0.8 GWh", "0.8"), ("0.4 GWh", "0.4")],
            "0.8 GWh + 0.4 GWh = 1.2 GWh, as stated",
        ),
        (
            "The base has 9 GWh. There are 4 GWh of lithium, 3 GWh of zinc and 2 GWh of vanadium cells.",
            [("9 GWh", 9), ("4 GWh", 4), ("3 GWh", 3), ("2 GWh", 2)],
            "4 GWh + 3 GWh + 2 GWh = 9 GWh, as stated",
        ),
        (
            "It builds 15 GWh in two projects. A park in Chongqing will make 10 GWh. A plant adds 5 GWh.",
            [("15 GWh", 15), ("10 GWh", 10), ("5 GWh", 5)],
            "10 GWh + 5 GWh = 15 GWh, as stated",
        ),
    ],
)
def test_the_total_may_stand_in_a_sentence_before(press, text, stated, message):
    [problem] = amounts(press, text, "GWh", *stated).problems(RULE)

    assert (problem.verdict, problem.message) == ("consistent", message)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("seven sections, each with 1.5 GWh, totalling 10.5 GWh", "seven sections"),
        ("7 x 1.5 GWh parks totalling 10.5 GWh", "7"),
    ],
)
def test_equal_parts_are_multiplied(press, text, count):
    document = press(text)
    document.figure(count, 7, "count")
    document.figure("1.5 GWh", "1.5", "GWh")
    document.figure("10.5 GWh", "10.5", "GWh")

    [problem] = document.problems(RULE)

    assert problem.verdict == "consistent"
    assert problem.message == "7 × 1.5 GWh = 10.5 GWh, as stated"
    assert problem.figures == ["f1", "f2", "f3"]


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        ("A total of 100 GWh is planned. Phase 1 has 20 GWh and phase 2 has 30 GWh.", []),
        (
            "A total of 100 GWh is planned in two phases. Phase 1 has 20 GWh and phase 2 has 30 GWh.",
            ["conflict"],
        ),
    ],
)
def test_phases_short_of_the_total_are_a_conflict_only_where_there_are_no_others(press, text, verdicts):
    document = amounts(press, text, "GWh", ("100 GWh", 100), ("20 GWh", 20), ("30 GWh", 30))

    assert [problem.verdict for problem in document.problems(RULE)] == verdicts


def test_all_phases_beside_another_total_are_a_conflict(press):
    document = amounts(
        press,
        '"Phase I will be 5 GWh. Phase II of 7 GWh and Phase III of 10 GWh will follow, so that all 20 '
        'GWh is up by 2029."',
        "GWh",
        ("5 GWh", 5),
        ("7 GWh", 7),
        ("10 GWh", 10),
        ("20 GWh", 20),
    )

    [problem] = document.problems(RULE)

    assert problem.verdict == "conflict"
    assert problem.message == "5 GWh + 7 GWh + 10 GWh = 22 GWh, but 20 GWh is stated as the total"


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        (
            "15,000 tons in 2026 and 25,000 tons in 2027, i.e. 50,000 tons altogether",
            [("15,000 tons", 15_000), ("25,000 tons", 25_000), ("50,000 tons", 50_000)],
        ),
        (
            (
                "Of the 90,000 tons sold, 30,000 tons went abroad. Output was 60,000 tons, consisting of "
                "20,000 tons of LFP "
                "and 30,000 tons of NCM."
            ),
            [
                ("90,000 tons", 90_000),
                ("30,000 tons", 30_000),
                ("60,000 tons", 60_000),
                ("20,000 tons", 20_000),
                ("30,000 tons", 30_000),
            ],
        ),
    ],
)
def test_a_list_said_to_be_complete_that_does_not_add_up_is_a_conflict(press, text, stated):
    [problem] = amounts(press, text, "t", *stated).problems(RULE)

    assert problem.verdict == "conflict"


@pytest.mark.parametrize(
    ("text", "amounts_in_gwh"),
    [
        ("demand of 100 GWh, including 20 GWh from Europe and 30 GWh from India", [100, 20, 30]),
        (
            "100 GWh, specifically 60 GWh for cars, 30 GWh of it here, 40 GWh for storage",
            [100, 60, 30, 40],
        ),
        ("The grid has 90 GWh.\n[A week in numbers] 40 GWh, 30 GWh and 20 GWh were sold.", [90, 40, 30, 20]),
        ("10 GWh in 2023, 20 GWh in 2024 and 30 GWh in 2025", [10, 20, 30]),
        ("after plants of 20 GWh and 30 GWh, bringing the total to 100 GWh", [20, 30, 100]),
        ("phase 1 of 20 GWh and phase 2 of 30 GWh; phase 3 and a total of 100 GWh may follow", [20, 30, 100]),
        ("Limestone Coast (20 GWh) and Portland (4 parks of 30 GWh totalling 100 GWh)", [20, 30, 100]),
        ("100 GWh, specifically 20 GWh in Hungary and 30 GWh in Spain, among others", [100, 20, 30]),
    ],
)
def test_amounts_that_only_may_be_parts_are_passed_over(press, text, amounts_in_gwh):
    document = amounts(press, text, "GWh", *((f"{amount} GWh", amount) for amount in amounts_in_gwh))

    assert document.problems(RULE) == []


def test_a_restated_amount_is_no_part(press):
    document = press(
        "1.5 billion yuan in total, including 1 billion yuan ($140 million) in 2024 and 0.5 billion yuan"
    )
    document.figure("1.5 billion yuan", 1.5e9, "CNY")
    part = document.figure("1 billion yuan", 1e9, "CNY")
    document.figure("$140 million", 140e6, "USD", same_as=part.figure)
    document.figure("0.5 billion yuan", 0.5e9, "CNY")

    [problem] = document.problems(RULE)

    assert problem.figures == ["f2", "f4", "f1"]


def test_a_restated_area_is_no_part(press):
    document = press("1,000 mu in all, including 600 mu (40 ha) up north and 400 mu (26.7 ha) down south")
    document.figure("1,000 mu", 1000, "m2")
    for words, value in [("600 mu", 600), ("40 ha", 600), ("400 mu", 400), ("26.7 ha", 400)]:
        document.figure(words, value, "m2", same_as=document.figures[-1].figure if "ha" in words else None)

    [problem] = document.problems(RULE)

    assert problem.figures == ["f2", "f4", "f1"]


def test_counts_that_do_not_add_up_may_count_different_things(press):
    text = "60 lines, specifically 20 lines for foil and 30 lines for film"
    document = amounts(press, text, "count", ("60 lines", 60), ("20 lines", 20), ("30 lines", 30))

    assert document.problems(RULE) == []


def test_shares_of_a_company_make_a_hundred_percent(press):
    document = amounts(
        press,
        "The company will belong to Guoxin for 51% and to Atlas for 49%.",
        "%",
        ("51%", 51),
        ("49%", 49),
    )

    [problem] = document.problems(RULE)

    assert problem.message == "51% + 49% = 100%"
    assert problem.verdict == "consistent"


def test_the_remaining_share_may_stand_in_the_next_sentence(press):
    document = amounts(
        press,
        "Belmont is to acquire 85 percent of the shares in Nordpack. The sellers keep the remaining 15 "
        "percent.",
        "%",
        ("85 percent", 85),
        ("15 percent", 15),
    )

    [problem] = document.problems(RULE)

    assert problem.verdict == "consistent"


def test_shares_of_a_joint_venture_above_a_hundred_percent_are_a_conflict(press):
    document = amounts(
        press, "Guoxin holds 51% and Atlas holds 59% of the venture.", "%", ("51%", 51), ("59%", 59)
    )
    metrics = [Metric(name="stake", quantity=figure) for figure in document.figures]

    [problem] = document.problems(RULE, deals=[Deal(id="deal-1", kind="joint_venture", metrics=metrics)])

    assert problem.verdict == "conflict"


def test_a_raised_stake_is_no_sum(press):
    document = amounts(press, "Guoxin raised its stake from 40% to 60%.", "%", ("40%", 40), ("60%", 60))

    assert document.problems(RULE) == []


@pytest.mark.parametrize(
    ("verdict", "text"),
    [
        (
            "conflict",
            (
                "With 20 GWh in Chongqing, 14 GWh in Wuhu and 9 GWh in Dongguan, the company "
                "counts 53 GWh across its three sites."
            ),
        ),
        (
            "conflict",
            ("The group's two plants in Yibin and Jintan have 12 GWh and 18 GWh and together reach 36 GWh."),
        ),
        (
            "conflict",
            (
                "The order is for 900 MWh. It is split into 300 MWh for Texas, 250 MWh for "
                "Arizona and 450 MWh for Nevada."
            ),
        ),
        (
            "conflict",
            (
                "Total spending comes to 4.5 billion yuan. Buildings account for 1.2 billion "
                "yuan, machines for 2.9 billion yuan and land for 0.8 billion yuan."
            ),
        ),
        (
            "conflict",
            (
                "Iron cells made up 72 percent of installations, and nickel cells supplied all "
                "the rest, 38 percent."
            ),
        ),
        (
            "consistent",
            (
                "The group's combined capacity is 43 GWh. Chongqing contributes 20 GWh, Wuhu 14 "
                "GWh and Dongguan 9 GWh."
            ),
        ),
        (None, ("Besides its two plants of 5 GWh and 8 GWh, it plans a 20 GWh one across the border.")),
        (None, ("Total capacity is 10 GWh. The expansion adds 8 GWh in Spain and 6 GWh in Portugal.")),
        (None, "After adding 20 GWh in Hefei and 10 GWh in Wuhu, total capacity reached 53 GWh."),
    ],
)
def test_what_words_tie_is_compared_and_nothing_else(found, verdict, text):
    verdicts = {problem.verdict for problem in found("parts_make_total", text)}

    assert verdict in verdicts if verdict else "conflict" not in verdicts
