"""Events and states by rules: when something happens to a plant, and where it stands today."""

import pytest

from extractor import Extractor


def facility(text, published="2025-03-20"):
    [only] = Extractor().extract(text, published=published).facilities
    return only


def milestones(found):
    return [(milestone.event, milestone.when.text) for milestone in found.milestones]


@pytest.mark.parametrize(
    ("words", "event"),
    [
        ("Ground for the plant was broken in May 2024.", "construction_start"),
        ("The first sod of the plant was turned in May 2024.", "construction_start"),
        ("Piling for the plant began in May 2024.", "construction_start"),
        ("The kilns of the plant were installed in May 2024.", "equipment_install"),
        ("Machines have been moved in at the plant in May 2024.", "equipment_install"),
        ("The plant was topped out in May 2024.", "completion"),
        ("The plant has been running since May 2024.", "production_start"),
        ("The plant came online in May 2024.", "production_start"),
        ("The plant delivered its first cells in May 2024.", "production_start"),
        ("The plant reached its nameplate in May 2024.", "full_capacity"),
        ("The plant has been fully loaded since May 2024.", "full_capacity"),
        ("The plant was mothballed in May 2024.", "other"),
        ("Works at the plant started in May 2024.", "construction_start"),
        ("Ostravia began to build the plant in May 2024.", "construction_start"),
        ("The board decided to build the plant in May 2024.", "approved"),
    ],
)
def test_an_event_is_told_in_many_words(words, event):
    assert milestones(facility(words)) == [(event, "May 2024")]


def test_a_capacity_lifted_to_a_higher_one_is_full_then():
    plant = facility(
        "The Emden plant makes 3 GWh of cells a year. Ostravia will lift that to 8 GWh by the end of 2026."
    )

    assert milestones(plant) == [("full_capacity", "by the end of 2026")]


def test_each_of_two_events_has_the_time_beside_it():
    plant = facility(
        "At the Emden plant equipment will be moved in during the third quarter, and mass production is "
        "slated for the second quarter of 2026."
    )

    assert milestones(plant) == [
        ("equipment_install", "third quarter"),
        ("production_start", "second quarter of 2026"),
    ]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The Emden plant turns out 20,000 tons a year.", "operational"),
        ("The Emden plant was commissioned in 2021 and makes 20,000 tons a year.", "operational"),
        ("Ostravia is erecting the Emden plant, which will make 20,000 tons a year.", "under_construction"),
        ("The Emden plant, for 20,000 tons a year, will not be built.", "cancelled"),
        ("Ostravia is halting the Emden plant of 20,000 tons a year.", "suspended"),
        ("The Emden plant makes 20,000 tons a year. An expansion to 40,000 tons is planned.", "expanding"),
    ],
)
def test_the_status_is_what_has_happened_by_today(text, status):
    assert facility(text).status == status


@pytest.mark.parametrize(
    "condition",
    [
        "Once operational, it",
        "When the plant is fully operational, it",
        "After reaching full production, it",
        "After being put into operation, it",
    ],
)
def test_what_is_only_a_condition_has_not_happened(condition):
    plant = facility(f"Ostravia plans to build a plant in Emden. {condition} will make 20,000 tons a year.")

    assert plant.status == "planned"


def test_a_plant_with_a_running_capacity_runs():
    plant = facility("The Emden plant, whose current capacity is 12 GWh, covers 100 mu.")

    assert plant.status == "operational"


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("The Emden plant, for 20,000 tons a year, is to be operational in 2026.", "planned"),
        ("Construction of the Emden plant for 20,000 tons a year began in 2024.", "under_construction"),
    ],
)
def test_without_a_day_of_publication_the_tense_says_what_has_happened(words, status):
    assert facility(words, published=None).status == status


def test_a_date_that_nobody_can_compare_makes_no_plant_run():
    plant = facility(
        "Ostravia plans a plant in Emden for 20,000 tons a year, with operations beginning in 2026.",
        published=None,
    )

    assert plant.status != "operational"


@pytest.mark.parametrize(
    ("text", "status"),
    [
        (
            "The Emden plant has made 20,000 tons a year since it opened. Construction began in 2021.",
            "operational",
        ),
        (
            "The Emden plant went into operation in 2021, and a hall for 20,000 tons is under construction.",
            "expanding",
        ),
        ("The Emden plant of 20,000 tons a year has the potential to expand the output.", None),
        ("Ostravia said it would scrap the Emden plant of 20,000 tons a year.", "cancelled"),
        ("Piling for the Emden plant of 20,000 tons a year is complete.", "under_construction"),
        ("At the Emden plant of 20,000 tons a year production has not started.", "planned"),
    ],
)
def test_history_possibilities_and_negations_are_no_events_of_today(text, status):
    assert facility(text).status == status


@pytest.mark.parametrize(
    "words",
    [
        "This is the first copper foil project in the county.",
        "The county has built a complete foil industry chain.",
        "The county is expanding the foil industry.",
    ],
)
def test_words_that_modify_something_else_are_no_event(words):
    plant = facility(f"Ostravia plans to build a foil project in Emden for 20,000 tons a year. {words}")

    assert plant.status == "planned"


def test_two_events_of_one_sentence_keep_their_years():
    plant = facility(
        "Ostravia will start building the Emden cell facility in 2026 and begin making cells in 2028."
    )

    assert milestones(plant) == [("construction_start", "2026"), ("production_start", "2028")]


def test_an_apposition_parts_no_event_from_its_time():
    plant = facility(
        "Construction of the Emden plant, a maker of carbonate, is expected to begin in May 2025. "
        "It will make 20,000 tons a year."
    )

    assert milestones(plant) == [("construction_start", "May 2025")]


def test_a_permit_refused_is_no_approval():
    plant = facility("The permit for the Emden plant of 12 hectares was refused in May 2024.")

    assert milestones(plant) == []


def test_a_plant_put_into_operation_runs():
    store = facility("Ostravia has put the 300 MW Mallee battery into commercial operation.")

    assert store.status == "operational"


@pytest.mark.parametrize(
    "text",
    [
        "RENO, Nev., Oct. 3, 2024 -- Ostravia has put its 300 MW Mallee battery into service.",
        "Ostravia has put its 300 MW Mallee battery into service, the company said on Thursday.",
    ],
)
def test_the_day_on_which_it_is_said_is_no_milestone(text):
    assert facility(text).milestones == []


def test_the_day_on_which_it_is_said_first_is_one():
    plant = facility("Ostravia said Thursday its board has approved a 20 GWh cell plant in Emden.")

    assert milestones(plant) == [("approved", "Thursday")]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Ostravia has finished construction of a 20 GWh cell plant in Emden.", "operational"),
        ("Construction of the Emden plant, for 20 GWh of cells, is already underway.", "under_construction"),
        ("A 20 GWh cell plant in Emden is to open in 2027.", "planned"),
    ],
)
def test_words_of_its_state(text, status):
    assert facility(text).status == status


def test_a_plant_that_is_to_open_has_the_time():
    assert milestones(facility("A 20 GWh cell plant in Emden is to open in 2027.")) == [
        ("production_start", "2027")
    ]


def test_what_was_planned_once_is_no_milestone():
    battery = facility(
        "The 850 MW Mallee battery is being built in Emden. The original completion date was March 2024."
    )

    assert (battery.status, battery.milestones) == ("under_construction", [])


def test_a_companys_total_is_lifted_and_not_its_plants():
    plant = facility(
        "Ostravia Chemical opened a cathode plant in Emden with 46,000 tons a year.\n\n"
        "Ostravia Chemical aims to increase its cathode capacity to 340,000 tons in 2027."
    )

    assert plant.milestones == []


@pytest.mark.parametrize(
    ("told", "events"),
    [
        ("The startup said that demand in 2027 has room for more.", []),
        ("Start-up of the plant is planned for 2027.", [("production_start", "2027")]),
        ("The plant start-up comes in 2027.", [("production_start", "2027")]),
    ],
)
def test_a_young_company_starts_no_plant(told, events):
    found = facility(f"Corvel is building a 5 GWh battery plant in Blyth, England. {told}")

    assert milestones(found) == events


@pytest.mark.parametrize(
    "said",
    [
        "The company revealed today it is focused on completion of the plant.",
        "It was completed, according to a statement issued on Monday.",
        "Anna Berg founded the company in 2014.",
    ],
)
def test_a_day_of_saying_and_a_founding_of_a_company_are_no_milestones(said):
    found = facility(f"Corvel is building a 5 GWh battery plant in Blyth, England. {said}")

    assert milestones(found) == []


def test_a_clause_about_another_facility_says_nothing_of_the_first():
    text = (
        "Zelvo Power has submitted plans for a 500 MW battery storage project near Leeds, while "
        "construction has started at Corvel Energy's 49 MW storage project near Perth."
    )

    first, second = Extractor().extract(text, published="2025-03-20").facilities

    assert (first.status, second.status) == ("planned", "under_construction")


def test_construction_of_something_long_has_begun_too():
    found = facility(
        "Construction of the second phase of the country's first salt cavern compressed air energy storage "
        "station near Perth has begun. It will have 350 MW."
    )

    assert found.status == "under_construction"


def test_a_building_that_is_topped_out_is_still_being_built():
    assert (
        facility("The Emden cell plant of Corvel with 5 GWh has been capped.").status == "under_construction"
    )


def test_a_sum_that_was_completed_completes_no_building():
    plant = "Zelvo broke ground on a 5 GWh cell plant in Gera in May 2024."

    assert milestones(
        facility(f"{plant} An investment of 80 million euros was completed there in June 2024.")
    ) == [("construction_start", "May 2024")]
    assert milestones(facility(f"{plant} It completed an investment of 80 million euros in June 2024.")) == [
        ("construction_start", "May 2024")
    ]
    assert milestones(facility(f"{plant} It was completed in June 2024.")) == [
        ("construction_start", "May 2024"),
        ("completion", "June 2024"),
    ]
