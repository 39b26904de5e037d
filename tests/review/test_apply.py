"""Corrections onto results: what becomes of records, coverage and problems, and of what no longer fits."""

import pytest
from reviewer import drafted, says

from extractor.review import Corrections, apply_corrections

TEXT = (
    "Lumora 🔋 builds a cathode plant in Debrecen, Hungary, with a total investment of 183 million euros "
    "and an annual output of 12,000 tons. Of the sum, 40 million euros are a loan. The plant in Szeged is to "
    "enter production in May 2026; it was approved in June 2024.\n\n"
    "Norvik's separator plant in Gdansk, Poland has a capacity of 300 million square meters.\n"
)
CATHODE = {
    "name": "cathode plant",
    "place": "Debrecen, Hungary",
    "investment": "183 million euros",
    "capacities": [{"figure": "12,000 tons", "product": "cathode"}],
    "milestones": [
        {"event": "approved", "time": "May 2026"},
        {"event": "approved", "time": "June 2024"},
    ],
}
SEPARATOR = {"name": "separator plant", "capacities": [{"figure": "300 million square meters"}]}


@pytest.fixture
def result():
    return drafted(TEXT, facilities=[CATHODE, SEPARATOR])


@pytest.fixture
def plant(result):
    return result.facilities[0]


def corrected(result, *corrections):
    """The result with the corrections, all of which hold."""
    [after] = apply_corrections([result], corrections)
    assert [p.message for p in told(after) if p.verdict != "consistent"] == []
    return after


def told(result):
    return [problem for problem in result.problems if problem.rule == "correction"]


def test_without_corrections_a_result_is_what_it_was(result):
    assert list(apply_corrections([result], [])) == [result]


def test_an_accepted_slot_stays_and_is_told(result, plant):
    after = corrected(result, says("accept", result, plant, "investment"))

    assert after.facilities == result.facilities
    assert after.coverage == result.coverage
    [problem] = told(after)
    assert (problem.verdict, problem.severity) == ("consistent", "info")
    assert problem.message == "facility-1 investment: confirmed by a reviewer"
    assert problem.figures == [plant.investment.figure]
    assert problem.records == ["facility-1"]


def test_a_rejected_figure_leaves_its_slot_and_is_unexplained(result, plant):
    after = corrected(result, says("reject", result, plant, "investment"))

    assert after.facilities[0].investment is None
    assert plant.investment.figure in after.coverage.figures_unexplained
    assert after.coverage.figures_used == result.coverage.figures_used - 1
    assert told(after)[0].message == 'facility-1 investment: "183 million euros" rejected by a reviewer'


def test_an_edited_slot_holds_the_other_figure_as_it_was_read(result, plant):
    after = corrected(result, says("edit", result, plant, "investment", value="40 million euros"))

    loan = next(figure for figure in result.figures if figure.text == "40 million euros")
    assert after.facilities[0].investment == loan
    assert told(after)[0].message == (
        'facility-1 investment: set to "40 million euros" by a reviewer, was "183 million euros"'
    )


def test_a_record_stands_on_the_sentence_of_a_figure_that_is_put_into_it(result, plant):
    before = [TEXT[span.start : span.end] for span in plant.evidence]

    after = corrected(result, says("edit", result, plant, "investment", value="40 million euros"))

    now = [TEXT[span.start : span.end] for span in after.facilities[0].evidence]
    assert [passage for passage in now if passage not in before] == [
        "Of the sum, 40 million euros are a loan."
    ]


def test_the_checks_are_done_again_with_the_corrected_figures():
    wrong = drafted(
        TEXT,
        facilities=[{**CATHODE, "milestones": [
            {"event": "production_start", "time": "June 2024"},
            {"event": "construction_start", "time": "May 2026"},
        ]}],
    )  # fmt: skip
    assert [p.verdict for p in wrong.problems if p.rule == "timeline"] == ["conflict"]

    [after] = apply_corrections(
        [wrong],
        [says("reject", wrong, wrong.facilities[0], "milestones.when", item="June 2024")],
    )

    assert [p.verdict for p in after.problems if p.rule == "timeline"] == []


def test_a_list_element_goes_with_the_figure_that_it_is_about(result, plant):
    after = corrected(result, says("reject", result, plant, "capacities.quantity", item="12,000 tons"))

    assert after.facilities[0].capacities == []


def test_the_slots_of_a_list_element_are_corrected_one_by_one(result, plant):
    after = corrected(
        result,
        says("edit", result, plant, "capacities.stage", item="12,000 tons", value="planned"),
        says("reject", result, plant, "capacities.product", item="12,000 tons"),
    )

    [capacity] = after.facilities[0].capacities
    assert (capacity.quantity.text, capacity.stage, capacity.product) == ("12,000 tons", "planned", None)


def test_a_slot_and_the_figure_beside_it_are_corrected_together(result, plant):
    after = corrected(
        result,
        says(
            "edit",
            result,
            plant,
            "capacities.quantity",
            item="12,000 tons",
            value="300 million square meters",
        ),
        says("edit", result, plant, "capacities.stage", item="12,000 tons", value="planned"),
    )

    [capacity] = after.facilities[0].capacities
    assert (capacity.quantity.text, capacity.stage) == ("300 million square meters", "planned")


def test_a_slot_that_cannot_be_empty_says_other(result, plant):
    after = corrected(result, says("reject", result, plant, "milestones.event", item="May 2026"))

    assert [milestone.event for milestone in after.facilities[0].milestones] == ["other", "approved"]


def test_a_figure_that_no_record_took_becomes_an_element_of_a_list(result, plant):
    after = corrected(result, says("edit", result, plant, "metrics.quantity", value="40 million euros"))

    [metric] = after.facilities[0].metrics
    assert (metric.name, metric.quantity.text) == ("other", "40 million euros")
    assert after.coverage.figures_unexplained == []


def test_the_country_goes_with_the_place(result, plant):
    after = corrected(result, says("edit", result, plant, "place", value="Poland"))

    assert (after.facilities[0].place, after.facilities[0].country) == ("Poland", "PL")


def test_a_rejected_record_goes_and_the_others_keep_their_ids(result, plant):
    after = corrected(result, says("reject", result, plant))

    assert [facility.id for facility in after.facilities] == ["facility-2"]


def test_a_forecast_is_nothing_without_its_amount():
    result = drafted(
        "Demand reaches 300 GWh in 2025.",
        forecasts=[{"metric": "demand", "figure": "300 GWh", "when": "2025"}],
    )

    after = corrected(result, says("reject", result, result.forecasts[0], "quantity"))

    assert after.forecasts == []


def test_corrections_of_a_corrected_result_follow_those_that_made_it(result, plant):
    first = says("edit", result, plant, "investment", value="40 million euros")
    once = corrected(result, first)
    second = says("reject", once, once.facilities[0], "investment")

    for order in ([first, second], [second, first]):
        after = corrected(result, *order)
        assert after.facilities[0].investment is None


def test_another_drafter_s_records_are_found_by_their_figures(result, plant):
    said = says("edit", result, plant, "investment", value="40 million euros")
    rerun = drafted(TEXT, facilities=[SEPARATOR, {**CATHODE, "name": "plant in Szeged", "milestones": []}])

    after = corrected(rerun, said)

    assert after.facilities[1].investment.text == "40 million euros"
    assert after.facilities[0] == rerun.facilities[0]


def test_what_is_already_as_the_person_wants_it_is_no_failure(result, plant):
    rerun = drafted(TEXT, facilities=[{**CATHODE, "investment": "40 million euros", "place": None}])
    known = Corrections(
        [
            says("edit", result, plant, "investment", value="40 million euros"),
            says("reject", result, plant, "place"),
        ]
    )

    after = known.apply(rerun)

    assert after.facilities == rerun.facilities
    assert (known.applied, known.unfit) == (2, [])
    assert [problem.message for problem in told(after)] == [
        'facility "cathode plant" investment: already as the reviewer wants it',
        'facility "cathode plant" place: already as the reviewer wants it',
    ]


UNFIT = {
    "the slot holds something else": (
        {**CATHODE, "investment": "40 million euros"},
        ("accept", "investment", {}),
        'no longer fits: it now holds "40 million euros"',
    ),
    "the slot is empty": (
        {**CATHODE, "investment": None},
        ("accept", "investment", {}),
        "no longer fits: it now holds nothing",
    ),
    "the list element is gone": (
        {**CATHODE, "capacities": []},
        ("accept", "capacities.product", {"item": "12,000 tons"}),
        "no longer fits: that list element is gone",
    ),
    "the record is gone": (
        SEPARATOR,
        ("accept", "investment", {}),
        "no longer fits: no facility stands on these figures",
    ),
    "words that do not stand in the text": (
        CATHODE,
        ("edit", "name", {"value": "Gigafactory"}),
        'does not fit: "Gigafactory" does not stand in the text',
    ),
    "a figure of the wrong kind": (
        CATHODE,
        ("edit", "investment", {"value": "12,000 tons"}),
        'does not fit: "12,000 tons" is mass, and this slot takes money',
    ),
}


@pytest.mark.parametrize(("record", "said", "reason"), UNFIT.values(), ids=UNFIT.keys())
def test_a_correction_that_does_not_fit_changes_nothing_and_is_told(result, plant, record, said, reason):
    action, slot, more = said
    known = Corrections([says(action, result, plant, slot, **more)])
    rerun = drafted(TEXT, facilities=[record])

    after = known.apply(rerun)

    assert after.facilities == rerun.facilities
    [problem] = told(after)
    assert (problem.verdict, problem.severity) == ("underdetermined", "warning")
    assert problem.message.endswith(f" {slot}: the correction {reason}")
    assert known.unfit == [f"document: {problem.message}"]
    assert known.missing == []


def test_a_figure_that_the_text_does_not_have_there_is_not_put_into_a_record(result, plant):
    said = says("edit", result, plant, "investment", value="40 million euros")
    forged = said.model_copy(update={"value": said.value.model_copy(update={"text": "90 million euros"})})
    known = Corrections([forged])

    assert known.apply(result).facilities == result.facilities
    assert 'there is no figure "90 million euros" at' in known.unfit[0]


def test_of_two_corrections_of_one_slot_the_later_holds_and_the_other_is_told(result, plant):
    known = Corrections(
        [says("reject", result, plant, "investment"), says("accept", result, plant, "investment")]
    )

    assert known.apply(result).facilities[0].investment == plant.investment
    assert known.unfit == [
        "document: facility-1 investment: a later correction of the same slot holds instead"
    ]


def test_a_document_that_never_comes_is_told(result, plant):
    known = Corrections([says("accept", result, plant, "investment")])
    other = drafted("Another text with 5 MW.", doc_id="other")

    assert list(apply_corrections([other], known)) == [other]
    assert known.missing == ["document: no result has the text that 1 of the corrections are about"]


def test_a_result_without_its_text_is_left_alone(result, plant):
    known = Corrections([says("accept", result, plant, "investment")])
    bare = result.model_copy(update={"text": None})

    assert known.apply(bare) == bare
    assert len(known.missing) == 1
