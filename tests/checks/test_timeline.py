"""Dates in their order."""

import pytest

from schemas import Deal, Facility, Forecast, Milestone

RULE = "timeline"


def plant(*milestones, status=None):
    """A facility with milestones given as (event, time)."""
    dated = [Milestone(event=event, when=when) for event, when in milestones]
    return Facility(id="facility-1", status=status, milestones=dated)


def test_milestones_in_order_are_consistent(press):
    document = press("Ground was broken on June 26, 2025. Production starts in 2026.", "2025-11-20")
    facility = plant(
        ("construction_start", document.time("June 26, 2025", "2025-06-26")),
        ("production_start", document.time("2026", "2026")),
    )

    [problem] = document.problems(RULE, facilities=[facility])

    assert problem.verdict == "consistent"
    assert problem.message == "construction start 2025-06-26, production start 2026: in order"
    assert problem.records == ["facility-1"]


def test_production_before_construction_is_a_conflict(press):
    document = press("Construction begins in March 2026. Production begins in 2024.")
    facility = plant(
        ("construction_start", document.time("March 2026", "2026-03")),
        ("production_start", document.time("2024", "2024")),
    )

    [problem] = document.problems(RULE, facilities=[facility])

    assert problem.verdict == "conflict"
    assert problem.message == "construction start (2026-03) comes after production start (2024)"


def test_two_events_of_one_year_are_in_order(press):
    document = press("Construction begins in March 2026. Production begins in 2026.")
    facility = plant(
        ("construction_start", document.time("March 2026", "2026-03")),
        ("production_start", document.time("2026", "2026")),
    )

    [problem] = document.problems(RULE, facilities=[facility])

    assert problem.verdict == "consistent"


def test_a_second_phase_may_be_begun_after_the_first_one_runs(press):
    document = press("The plant opened in June 2023. Work on the second phase begins in 2025.")
    facility = plant(
        ("production_start", document.time("June 2023", "2023-06")),
        ("construction_start", document.time("2025", "2025")),
    )

    assert document.problems(RULE, facilities=[facility]) == []


def test_an_event_that_stands_twice_is_not_compared(press):
    document = press("It opened in 2021 and again in 2027. It was begun in 2025.")
    facility = plant(
        ("production_start", document.time("2021", "2021")),
        ("production_start", document.time("2027", "2027")),
        ("construction_start", document.time("2025", "2025")),
    )

    assert document.problems(RULE, facilities=[facility]) == []


@pytest.mark.parametrize("status", ["operational", None])
def test_what_is_told_as_done_cannot_lie_ahead(press, status):
    document = press("The plant was put into operation in December 2024.", "2023-06-20")
    when = document.time("December 2024", "2024-12")

    [problem] = document.problems(RULE, facilities=[plant(("production_start", when), status=status)])

    assert problem.verdict == "conflict"
    assert "production start (2024-12), published on 2023-06-20" in problem.message


def test_a_plan_may_lie_ahead_of_a_running_plant(press):
    document = press(
        "The plant runs, and new lines are expected to be put into operation in 2024.", "2023-06-20"
    )
    facility = plant(("production_start", document.time("2024", "2024")), status="operational")

    assert document.problems(RULE, facilities=[facility]) == []


def test_what_was_planned_may_lie_ahead(press):
    document = press(
        "The plant, which was announced last year, is due to be completed in 2026.", "2023-06-20"
    )

    assert document.problems(RULE, facilities=[plant(("completion", document.time("2026", "2026")))]) == []


def test_production_need_not_wait_for_completion(press):
    document = press("Production began in 2024. Completion followed in 2026.")
    facility = plant(
        ("production_start", document.time("2024", "2024")), ("completion", document.time("2026", "2026"))
    )

    assert document.problems(RULE, facilities=[facility]) == []


def test_the_year_of_publication_is_not_ahead(press):
    document = press("The plant was completed in 2023.", "2023-06-20")

    assert document.problems(RULE, facilities=[plant(("completion", document.time("2023", "2023")))]) == []


def test_a_running_plant_with_a_coming_start_is_left_open_without_the_text(press):
    document = press("The plant was put into operation in December 2024.", "2023-06-20")
    when = document.time("December 2024", "2024-12")
    facility = plant(("production_start", when), status="operational")

    [problem] = document.problems(RULE, text=False, facilities=[facility])

    assert problem.verdict == "underdetermined"


def test_an_agreement_is_signed_before_its_term(press):
    document = press("Signed on September 1, 2025, the agreement runs from 2026 to 2028.", "2025-09-02")
    signed = document.time("September 1, 2025", "2025-09-01")
    deal = Deal(id="deal-1", kind="supply", signed=signed, term=document.time("2026 to 2028", "2026", "2028"))

    [problem] = document.problems(RULE, deals=[deal])

    assert problem.verdict == "consistent"
    assert problem.message == "signed 2025-09-01, term 2026-01-01 to 2028-12-31: in order"


def test_a_term_that_ends_before_the_signing_is_a_conflict(press):
    document = press("Signed on September 1, 2025, the agreement runs from 2022 to 2024.")
    signed = document.time("September 1, 2025", "2025-09-01")
    deal = Deal(id="deal-1", kind="supply", signed=signed, term=document.time("2022 to 2024", "2022", "2024"))

    [problem] = document.problems(RULE, deals=[deal])

    assert problem.verdict == "conflict"


def test_a_term_may_have_begun_when_the_agreement_is_signed(press):
    document = press("Signed on September 1, 2025, the agreement covers 2025 to 2027.")
    signed = document.time("September 1, 2025", "2025-09-01")
    deal = Deal(id="deal-1", kind="supply", signed=signed, term=document.time("2025 to 2027", "2025", "2027"))

    assert document.problems(RULE, deals=[deal]) == []


def test_a_signing_after_publication_is_a_conflict(press):
    document = press("The two companies signed the agreement on November 28, 2025.", "2025-11-20")
    deal = Deal(id="deal-1", kind="supply", signed=document.time("November 28, 2025", "2025-11-28"))

    [problem] = document.problems(RULE, deals=[deal])

    assert problem.verdict == "conflict"


def test_a_signing_on_the_next_day_is_a_matter_of_time_zones(press):
    document = press("The two companies signed the agreement on November 21, 2025.", "2025-11-20")
    deal = Deal(id="deal-1", kind="supply", signed=document.time("November 21, 2025", "2025-11-21"))

    assert document.problems(RULE, deals=[deal]) == []


def test_a_growth_period_begins_before_it_ends(press):
    document = press("growth of 11% from 2030 to 2024")
    figure = document.figure("11%", 11, "%")
    years = document.time("2030", "2030"), document.time("2024", "2024")
    forecast = Forecast(id="forecast-1", metric="growth_rate", quantity=figure, since=years[0], when=years[1])

    [problem] = document.problems(RULE, forecasts=[forecast])

    assert problem.verdict == "conflict"
    assert problem.figures == ["f1"]


def test_a_time_that_ends_before_it_begins_is_a_conflict(press):
    document = press("from 2027 to 2026")
    document.time("2027 to 2026", "2027", "2026")

    [problem] = document.problems(RULE)

    assert problem.message == '"2027 to 2026" ends on 2026-12-31, before it begins on 2027-01-01'


def test_unresolved_times_are_passed_over(press):
    document = press("Signed last week for next year.")
    unresolved = [
        document.time(words, "2025").model_copy(update={"start_date": None, "end_date": None})
        for words in ("last week", "next year")
    ]
    deal = Deal(id="deal-1", kind="supply", signed=unresolved[0], term=unresolved[1])

    assert press("Signed last week for next year.").problems(RULE, deals=[deal]) == []
