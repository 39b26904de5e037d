"""Holders by rules: whose a facility is tells which one a phrase means."""

import pytest

from extractor import Extractor


def facilities(text, published="2025-03-20"):
    return Extractor().extract(text, published=published).facilities


def facility(text, published="2025-03-20"):
    [only] = facilities(text, published)
    return only


def told(found):
    return (found.operator, amounts(found))


def amounts(found):
    return [capacity.quantity.value for capacity in found.capacities]


def test_its_plant_is_that_of_the_company_before_it():
    first, second = facilities(
        "Zelvo Cells paused its 20 GWh battery plant in Tampa, Florida. "
        "Norrfell Batteries also delayed its battery plant, which is to make 8 GWh of cells a year."
    )

    assert told(first) == ("Zelvo Cells", [20])
    assert told(second) == ("Norrfell Batteries", [8])


def test_its_plant_goes_back_to_the_only_one_that_the_company_has():
    first, second = facilities(
        "Zelvo Cells opened the Emden plant, which makes 20 GWh of cells a year.\n\n"
        "Norrfell Batteries had planned to build a 5 GWh cell plant in Vaasa, Finland.\n\n"
        "Zelvo Cells will add 300 people at its cell plant."
    )

    assert first.name == "Emden plant"
    assert [m.quantity.text for m in first.metrics] == ["300 people"]
    assert second.metrics == []


def test_what_another_builds_in_the_same_country_is_another():
    first, second = facilities(
        "Zelvo Minerals started up the Arkona mine in Namibia, with 90,000 tons of concentrate a year. "
        "In May Corvel Lithium Group commissioned a 300,000 tons per year lithium concentrator at the Sable "
        "mine in northern Namibia."
    )

    assert told(first) == ("Zelvo Minerals", [90_000])
    assert told(second) == ("Corvel Lithium Group", [300_000])


def test_a_company_may_say_more_of_a_plant_that_it_has_with_another():
    plant = facility(
        "Zelvo Cells and Norrfell Batteries are building a battery plant in Tampa, Florida. "
        "Norrfell Batteries said its 20 GWh battery plant would open in 2027."
    )

    assert amounts(plant) == [20]


@pytest.mark.parametrize(
    ("phrase", "first", "second"),
    [
        ("The new carnallite plant", [9_000], [50_000]),
        ("The plant", [], [50_000, 9_000]),
    ],
)
def test_a_phrase_means_the_one_that_it_describes(phrase, first, second):
    one, other = facilities(
        "Zelvo Minerals completed a carnallite processing plant, its oldest project, in 2020. "
        "It completed a petalite plant in 2021. The petalite plant makes 50,000 tons a year. "
        f"{phrase} makes 9,000 tons a year."
    )

    assert (amounts(one), amounts(other)) == (first, second)


def test_what_a_sentence_opens_with_only_describes_the_project():
    plant = facility(
        "Zelvo Power is building the 300 MW/1,200 MWh Mallee storage project in Victoria. "
        "Billed as the largest storage station in the state, the project is to be connected to the grid "
        "in 2027."
    )

    assert plant.name == "Mallee storage project"
    assert [(m.event, m.when.start_date.year) for m in plant.milestones] == [("production_start", 2027)]


def test_a_word_of_kind_inside_a_longer_phrase_opens_no_facility():
    plant = facility(
        "Zelvo Cells gets a grant to build a 5 GWh lithium iron phosphate (LFP) battery manufacturing plant. "
        "The 900 million euro project will employ 400 people."
    )

    assert plant.investment.value == 900_000_000
    assert amounts(plant) == [5]
    assert plant.segment == "cell"


def test_the_money_of_the_lead_is_the_only_facility_s():
    plant = facility(
        "Governor Berg announced that a carmaker is bringing a 72 million dollar investment to Hill County. "
        "\n\nZelvo Cells will build a battery plant in Elmwood. Cells will come off the line in 2026."
    )

    assert plant.investment.value == 72_000_000


def test_money_for_two_countries_is_no_one_facility_s():
    plant = facility(
        "Zelvo Cells will invest 300 million dollars in Finland and Japan.\n\n"
        "The battery plant in Vaasa will open in 2026."
    )

    assert plant.investment is None


def test_other_money_builds_another_plant_in_the_same_town():
    first, second = facilities(
        "Zelvo Materials said it will spend 600 million euros on a nickel cathode factory in Emden, Germany. "
        "A month ago it announced a plan to spend 390 million euros to build a manganese cathode plant "
        "with an annual capacity of 30,000 tons in Emden."
    )

    assert (first.investment.value, second.investment.value) == (600_000_000, 390_000_000)
    assert (amounts(first), amounts(second)) == ([], [30_000])


def test_a_plant_that_will_be_the_third_is_the_one_at_hand():
    plant = facility(
        "Zelvo Materials will build a cathode plant with an annual output of 60,000 tons in Emden, Germany. "
        "Once completed, the Emden plant will be Zelvo Materials' third cathode plant in Europe."
    )

    assert (plant.name, amounts(plant)) == ("Emden plant", [60_000])


def test_what_is_currently_being_built_does_not_run():
    plant = facility("Zelvo is currently building a cathode plant with an annual capacity of 30,000 tons.")

    assert [capacity.stage for capacity in plant.capacities] == ["planned"]


def test_towns_of_one_state_and_two_states_have_plants_of_their_own():
    bartow, commerce = facilities(
        "Zelvo Cells is building a 35 GWh cell plant in Bartow County, Georgia. Zelvo Cells began production "
        "at its Peachtree site in Commerce, Georgia, in 2022."
    )
    assert (bartow.country, commerce.name) == ("US", "Peachtree site")

    kentucky, tennessee = facilities(
        "Zelvo Cells broke ground on a battery plant in the U.S. state of Kentucky with 600 jobs. The third "
        "plant to be built in Stanton, Tennessee, will make 43 GWh a year."
    )
    assert (amounts(kentucky), amounts(tennessee)) == ([], [43])


def test_a_county_and_its_state_may_be_one_place():
    plant = facility(
        "Zelvo Cells broke ground on a battery plant in Ohio. "
        "The plant in Fayette County will make 40 GWh a year."
    )

    assert amounts(plant) == [40]


def test_what_all_plants_make_together_is_no_one_plant_s():
    plant = facility(
        "Zelvo Cells is building a battery plant in Ohio with 20 GWh. "
        "Altogether, Zelvo's battery plants will amount to 129 GWh."
    )

    assert amounts(plant) == [20]


def test_the_other_partner_of_a_venture_is_not_who_builds():
    plant = facility(
        "Battery maker Zelvo Cells said its joint venture with Corvel Motor Co. has broken ground on a "
        "battery plant in Ohio. It will make 40 GWh of cells a year."
    )

    assert plant.operator == "Zelvo Cells"


def test_a_sum_that_a_plant_is_only_part_of_is_not_invested_in_it():
    plant = facility(
        "Zelvo Cells is building a 20 GWh battery plant in Ohio. "
        "The project is part of the 11 billion dollar investment that it announced last year."
    )

    assert plant.investment is None


@pytest.mark.parametrize("beside", ["solar farm", "wind farm"])
def test_a_farm_beside_a_battery_keeps_its_power(beside):
    battery = facility(
        f"The 200 MWh Mallee battery is being built in Victoria. It is located next to the 400 MW {beside}."
    )

    assert amounts(battery) == [200]


def test_what_the_project_is_said_to_be_opens_no_other():
    plant = facility(
        "Zelvo Cells started construction of a new battery plant in Elmwood Wednesday. It’s the "
        "largest economic development project in the history of Kansas. The Kansas factory "
        "will create 4,000 jobs."
    )

    assert plant.name == "Kansas factory"
    assert [m.event for m in plant.milestones] == ["construction_start"]


def test_who_only_builds_or_supplies_is_passed_over_before_its_plant():
    battery = facility(
        "French storage provider Zelvo Power told construction contractor Ferrow to start on the 270 MW "
        "second stage of its Mallee Battery."
    )

    assert (battery.operator, battery.country) == ("Zelvo Power", None)


def test_an_industrial_complex_is_where_a_plant_stands():
    plant = facility(
        "Zelvo Steel plans to build a battery materials plant in Emden. It will start construction of the "
        "anode plant at Blue Dune Industrial Complex in November for 700 million euros."
    )

    assert plant.name != "Blue Dune Industrial Complex"
    assert plant.investment.value == 700_000_000


def test_a_sentence_about_a_state_or_the_trade_is_not_about_the_plant():
    plant = facility(
        "Zelvo Cells will build a battery plant in Emden with 500 jobs. In the past year, Ohio got plans "
        "for 9,000 jobs. Several battery makers have 4,000 jobs there."
    )

    assert [m.quantity.value for m in plant.metrics] == [500]
