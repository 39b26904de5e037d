"""Facilities by rules: which plant a figure belongs to, and what it is of it."""

import pytest

from extractor import Extractor


def facilities(text, published="2025-03-20"):
    return Extractor().extract(text, published=published).facilities


def facility(text, published="2025-03-20"):
    [only] = facilities(text, published)
    return only


def texts(parts):
    return [part.quantity.text for part in parts]


def milestones(found):
    return [(milestone.event, milestone.when.text) for milestone in found.milestones]


# ── one facility or several ──────────────────────────────────────────────────


def test_the_plant_is_the_one_at_hand():
    plant = facility(
        "Norrfell Batteries is building a cell plant in Skellefteå, Sweden. "
        "The plant will have an annual capacity of 16 GWh and cost 900 million euros."
    )

    assert (plant.operator, plant.place, plant.country) == ("Norrfell Batteries", "Skellefteå, Sweden", "SE")
    assert texts(plant.capacities) == ["16 GWh"]
    assert plant.investment.text == "900 million euros"


def test_a_sentence_without_a_mention_goes_on_with_the_plant_at_hand():
    plant = facility(
        "Norrfell Batteries is building a cell plant in Skellefteå, Sweden. "
        "Its annual capacity will be 16 GWh."
    )

    assert texts(plant.capacities) == ["16 GWh"]


def test_a_place_name_names_the_plant_that_had_none():
    plant = facility(
        "Norrfell Batteries will build a factory in Tennessee. "
        "The Clarksville plant will cost 900 million dollars."
    )

    assert plant.name == "Clarksville plant"
    assert plant.investment.text == "900 million dollars"


def test_two_names_are_two_plants():
    first, second = facilities(
        "The Yueyang plant has a capacity of 20,000 tons. The Changde plant has a capacity of 30,000 tons."
    )

    assert (first.name, texts(first.capacities)) == ("Yueyang plant", ["20,000 tons"])
    assert (second.name, texts(second.capacities)) == ("Changde plant", ["30,000 tons"])


def test_a_plant_of_another_kind_is_another_plant():
    cells, cathode = facilities(
        "Ostravia Cells opened a 12 GWh factory in Katowice, Poland. "
        "Ostravia is also planning a cathode plant near Gdansk with an annual capacity of 40,000 tons."
    )

    assert (cells.place, texts(cells.capacities)) == ("Katowice, Poland", ["12 GWh"])
    assert (cathode.place, cathode.segment, cathode.operator) == ("near Gdansk", "cathode", "Ostravia Cells")


def test_the_same_size_means_the_same_project():
    project = facility(
        "Sunhaven Power plans a 100MW/400MWh storage project in Wuhai. "
        "Work on the 100MW/400MWh project began in March 2025."
    )

    assert texts(project.capacities) == ["100MW", "400MWh"]
    assert milestones(project) == [("construction_start", "March 2025")]


def test_another_size_means_another_project():
    wuhai, baotou = facilities(
        "Sunhaven Power plans a 100MW/400MWh storage project in Wuhai. "
        "A 50MW/100MWh storage project in Baotou covers 30 mu."
    )

    assert (wuhai.place, wuhai.land_area) == ("Wuhai", None)
    assert (baotou.place, baotou.land_area.text) == ("Baotou", "30 mu")


def test_a_heading_that_is_a_facility_rules_its_section():
    jiangsu, hubei = facilities(
        "Jiangsu Ruihe\nJiangsu Ruihe was founded in 2016. It covers an area of 120 mu.\n"
        "Hubei Ruihe\nHubei Ruihe has been under construction since 2024 and covers an area of 300 mu.\n"
    )

    assert (jiangsu.name, jiangsu.land_area.text) == ("Jiangsu Ruihe", "120 mu")
    assert (hubei.name, hubei.land_area.text, hubei.status) == ("Hubei Ruihe", "300 mu", "under_construction")


def test_names_that_are_listed_as_factories_are_facilities():
    found = facilities(
        "The group runs factories such as Tenglong North, Tenglong South and Tenglong East. "
        "Tenglong South has 12 production lines."
    )

    lines = {plant.name: texts(plant.lines) for plant in found}
    assert lines == {"Tenglong North": [], "Tenglong South": ["12 production lines"], "Tenglong East": []}


def test_the_same_words_under_another_heading_are_another_plant():
    first, second = facilities(
        "Dorin picks Kapwun\nDorin Energy will invest 1.2 billion yuan in a cell plant in Kapwun County.\n"
        "Lismor picks Tenbo\nLismor Energy will invest 1.5 billion yuan in a cell plant in Tenbo County.\n"
    )

    assert (first.operator, first.investment.text) == ("Dorin Energy", "1.2 billion yuan")
    assert (second.operator, second.investment.text) == ("Lismor Energy", "1.5 billion yuan")


def test_a_sentence_with_an_event_before_the_project_tells_of_it():
    project = facility(
        "Hebei Yanli Carbon Co., Ltd. broke ground on March 3, 2025. The project costs 1.8 billion yuan."
    )

    assert project.operator == "Hebei Yanli Carbon Co., Ltd."
    assert milestones(project) == [("construction_start", "March 3, 2025")]


@pytest.mark.parametrize(
    "text",
    [
        "The company's plant managers met 40 suppliers in Leipzig.",
        "The project company raised prices by 4 percent.",
        "Total investment in batteries rose to 40 billion dollars last year.",
        "Demand from the South Korean battery maker fell by 12 percent.",
        "The group runs eight plants and has 12,000 employees.",
    ],
)
def test_words_that_only_look_like_a_plant_are_none(text):
    assert facilities(text) == []


# ── figures ──────────────────────────────────────────────────────────────────


def test_land_and_output_are_both_areas_and_not_mixed_up():
    plant = facility(
        "The separator plant in Debrecen covers 200,000 square meters. "
        "It can produce 400 million square meters of separator a year."
    )

    assert plant.land_area.text == "200,000 square meters"
    assert texts(plant.capacities) == ["400 million square meters"]


def test_floor_area_is_no_land():
    plant = facility(
        "The factory in Leipzig has a floor area of 45,000 square meters and stands on 12 hectares."
    )

    assert plant.land_area.text == "12 hectares"
    assert [(m.name, m.quantity.text) for m in plant.metrics] == [("floor area", "45,000 square meters")]


def test_what_is_counted_says_what_it_is():
    plant = facility(
        "The factory in Leipzig will create 1,200 jobs, have eight production lines "
        "and make 500,000 battery packs a year."
    )

    assert [(m.name, m.quantity.text) for m in plant.metrics] == [("jobs", "1,200 jobs")]
    assert texts(plant.lines) == ["eight production lines"]
    assert texts(plant.capacities) == ["500,000 battery packs a year"]


def test_the_investment_is_of_the_whole_and_a_phase_s_is_a_metric():
    plant = facility(
        "Dorin Energy will build a cell plant in Kapwun. "
        "The first phase has an investment of 800 million yuan "
        "and the total investment is 2 billion yuan."
    )

    assert plant.investment.text == "2 billion yuan"
    assert [(m.name, m.quantity.text) for m in plant.metrics] == [("phase investment", "800 million yuan")]


def test_money_on_a_phase_is_not_the_investment():
    plant = facility(
        "Dorin Energy spends 800 million yuan on the second phase of its Kapwun plant, "
        "now under construction."
    )

    assert plant.investment is None
    assert [(m.name, m.quantity.text) for m in plant.metrics] == [("phase investment", "800 million yuan")]


def test_a_verb_that_could_be_a_noun_leaves_the_plant_its_price():
    assert facility("The Emden plant costs 700 million euros.").investment.text == "700 million euros"


def test_revenue_is_no_investment():
    plant = facility("The Emden plant cost 700 million euros. The plant reached revenue of 90 million euros.")

    assert plant.investment.text == "700 million euros"
    assert [m.quantity.text for m in plant.metrics] == ["90 million euros"]


def test_what_a_store_takes_in_and_gives_is_no_capacity():
    project = facility("The 200MW/800MWh storage project in Wuhai will discharge 189 million kWh a year.")

    assert texts(project.capacities) == ["200MW", "800MWh"]
    assert [m.quantity.text for m in project.metrics] == ["189 million kWh a year"]


def test_what_a_plant_saves_is_no_capacity():
    plant = facility(
        "The recycling plant in Leipzig processes 10,000 tons a year and saves 40,000 tons of CO2."
    )

    assert texts(plant.capacities) == ["10,000 tons a year"]
    assert [m.quantity.text for m in plant.metrics] == ["40,000 tons"]


def test_a_swapped_pair_beside_the_right_one_fills_no_slot():
    project = facility(
        "The 200MW/800MWh storage project in Wuhai starts this year. The 200MWh/80MWh project covers 100 mu."
    )

    assert texts(project.capacities) == ["200MW", "800MWh"]


def test_a_capacity_is_of_the_product_behind_it():
    [capacity] = facility("The Perth refinery makes 20,000 tons of lithium hydroxide a year.").capacities

    assert capacity.product == "lithium hydroxide"


def test_a_capacity_today_and_one_to_come_are_told_apart():
    plant = facility(
        "The Emden plant now makes 4 GWh of cells a year, and its capacity will reach 12 GWh by 2027."
    )

    assert [(c.quantity.text, c.stage) for c in plant.capacities] == [
        ("4 GWh", "operating"),
        ("12 GWh", "planned"),
    ]


def test_a_figure_has_one_owner():
    document = Extractor().extract(
        "Norrfell Batteries will build a 16 GWh plant in Emden. "
        "Norrfell Batteries signed a contract with Tallow Minerals for 20,000 tons of spodumene.",
        published="2025-03-20",
    )

    [plant], [deal] = document.facilities, document.deals
    assert texts(plant.capacities) == ["16 GWh"]
    assert texts(deal.volumes) == ["20,000 tons"]


# ── events ───────────────────────────────────────────────────────────────────


def test_each_time_goes_to_the_event_next_to_it():
    plant = facility(
        "The Emden plant was approved in 2022, completed in 2024 and went into operation in January 2025."
    )

    assert milestones(plant) == [
        ("approved", "2022"),
        ("completion", "2024"),
        ("production_start", "January 2025"),
    ]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The Emden plant was commissioned in 2021.", "operational"),
        ("Ground was broken for the Emden plant in March 2024.", "under_construction"),
        ("The Emden plant will go into operation in 2027.", "planned"),
        ("Construction of the Emden plant was halted in February 2025.", "suspended"),
        ("Norrfell Batteries has cancelled the Emden plant.", "cancelled"),
        (
            "The Emden plant has been in operation since 2021, and its second phase is under construction.",
            "expanding",
        ),
        ("Ground for the Emden plant is to be broken in June 2026.", "planned"),
    ],
)
def test_the_status_is_what_has_been_reached(text, status):
    assert facility(text).status == status


def test_a_date_before_publication_and_one_after_it_make_two_statuses():
    text = "Production at the Emden plant starts in June 2025."

    assert facility(text, published="2025-03-20").status == "planned"
    assert facility(text, published="2025-09-20").status == "operational"


# ── whose, where, what ───────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "text",
    [
        "Norrfell Batteries' Emden plant has a capacity of 12 GWh.",
        "SNE Research said the Emden plant, owned by Norrfell Batteries, has a capacity of 12 GWh.",
        "Tallow Bank granted a loan to Norrfell Batteries for its Emden plant, of a capacity of 12 GWh.",
        "Norrfell Batteries AG dates from 2016. Norrfell will build a plant in Emden of 12 GWh a year.",
    ],
)
def test_the_operator_is_who_owns_builds_or_runs_it(text):
    assert facility(text).operator.startswith("Norrfell Batteries")


@pytest.mark.parametrize(
    ("text", "place", "country"),
    [
        ("The cell plant in Douai, France has 8 production lines.", "Douai, France", "FR"),
        ("The Pohang plant has 8 production lines.", "Pohang", "KR"),
        ("The plant covers 100 mu in Wuhai City, Inner Mongolia.", "Wuhai City, Inner Mongolia", "CN"),
        (
            "The plant covers 100 mu in the Zero-Waste Industrial Park of Wuhai City, Inner Mongolia.",
            "Zero-Waste Industrial Park of Wuhai City, Inner Mongolia",
            "CN",
        ),
        ("The plant stands 30 km south of Perth and has 8 production lines.", "30 km south of Perth", "AU"),
    ],
)
def test_the_place_is_where_it_stands(text, place, country):
    plant = facility(text)

    assert (plant.place, plant.country) == (place, country)


def test_a_month_is_no_place():
    assert facility("The cell plant was opened in March and has 8 production lines.").place is None


@pytest.mark.parametrize(
    ("text", "segment"),
    [
        ("The cathode plant has 8 production lines.", "cathode"),
        ("The factory has 8 production lines for lithium-ion battery separators.", "separator"),
        ("The 200MW/800MWh storage project covers 100 mu.", "energy_storage"),
        ("The mine produces 40,000 tons of spodumene concentrate a year.", "raw_material"),
        ("The recycling plant processes 10,000 tons a year.", "recycling"),
        ("The 20 GWh gigafactory has 8 production lines.", "cell"),
    ],
)
def test_the_segment_is_that_of_its_own_words(text, segment):
    assert facility(text).segment == segment


def test_the_products_are_what_it_makes_and_not_its_name():
    assert facility("The Emden anode factory has 8 production lines.").products == ["anode"]
    assert facility("The Emden factory will make cathode material for 12 customers.").products == [
        "cathode material"
    ]
    assert facility("The Wuhai storage project covers 100 mu.").products == []


def test_a_park_without_money_or_land_is_a_region_and_no_facility():
    assert (
        facilities("The Wannian battery town aims for an annual output value of 30 billion yuan by 2025.")
        == []
    )
    assert facility("The Wannian battery town covers 12 square kilometers.").name == "Wannian battery town"
