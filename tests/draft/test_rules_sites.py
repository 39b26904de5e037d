"""Sites by rules: what is a facility, how it is called, where it stands and whose it is."""

import pytest

from extractor import Extractor


def facilities(text, published="2025-03-20"):
    return Extractor().extract(text, published=published).facilities


def facility(text, published="2025-03-20"):
    [only] = facilities(text, published)
    return only


# ── what is a facility ───────────────────────────────────────────────────────


def test_works_are_a_plant_where_they_are_no_verb():
    assert facility("The Sakahama Works makes 12,000 tons of electrolyte a year.").name == "Sakahama Works"
    assert facilities("Ostravia works with Norrfell on 12,000 tons of electrolyte a year.") == []


@pytest.mark.parametrize(
    "text",
    [
        "Lennox Quay's UK Battery Project Database Report puts the figure at 750 MW.",
        "Cell capacity will be 220 GWh by 2030, thanks to the incentive scheme for Advanced Battery Storage.",
    ],
)
def test_a_publication_or_a_scheme_is_none(text):
    assert facilities(text) == []


def test_a_name_with_a_size_behind_it_is_a_project():
    first, second = facilities(
        "Ostravia Power closed a loan for Elm Fork (200 MW / 400 MWh) in Hill County, Texas, and Dry Mesa "
        "(100 MW / 200 MWh) in Concho County, Texas."
    )

    assert (first.name, first.place) == ("Elm Fork", "Hill County, Texas")
    assert (second.name, second.place) == ("Dry Mesa", "Concho County, Texas")
    assert [c.quantity.text for c in second.capacities] == ["100 MW", "200 MWh"]


def test_the_unit_of_an_amount_is_no_part_of_a_product():
    plant = facility("Lumora is building a 24\u00a0GWh lithium-ion cell plant in Emden.")

    assert plant.products == ["lithium-ion cell"]


def test_a_heading_in_capitals_is_the_name_of_what_is_told_under_it():
    mine = facility(
        "Kestrin Minerals Limited reports on the quarter.\n\n"
        "MT ORRAN (Kestrin 100%)\n"
        "Mt Orran has a nameplate of 330ktpa. Mining was held up by rain for some days in May.\n"
    )

    assert (mine.name, mine.operator) == ("Mt Orran", "Kestrin Minerals Limited")


@pytest.mark.parametrize(
    "text",
    [
        "The installed base of power batteries was 12.6 GWh in August 2024.",
        "NCM battery installations totaled 10.7 GWh in June 2024.",
        "An average gigafactory costs over $100 million.",
    ],
)
def test_words_of_markets_are_no_facility(text):
    assert facilities(text) == []


def test_what_the_plant_is_said_to_be_is_no_other_plant():
    plant = facility(
        "Ostravia is building a separator plant in Emden, Germany. It will be the company's first factory "
        "outside Norway. The plant will cost 184 million euros."
    )

    assert plant.place == "Emden, Germany"
    assert plant.investment.text == "184 million euros"


def test_each_item_of_a_digest_has_its_own_facility():
    found = facilities(
        "Ostravia digs. Ostravia Cells broke ground on a cell plant of 8 GWh in Emden last week.\n\n"
        "Foil for two. Norrfell Foil is doubling its Kulim works. Its capacity goes to 60,000 t a year.\n\n"
        "Live at last. Fenrick Grid energised its 150 MW Thorley battery in County Durham on 9 March 2025.\n"
    )

    assert [(f.name, f.operator) for f in found] == [
        ("cell plant", "Ostravia Cells"),
        ("Kulim works", "Norrfell Foil"),
        ("Thorley battery", "Fenrick Grid"),
    ]


# ── name, place, operator ────────────────────────────────────────────────────


def test_a_place_tells_a_factory_without_a_name_from_others():
    assert facility("Ostravia is building a factory in Miskolc for 310 million euros.").name == (
        "factory in Miskolc"
    )


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("The plant at Sagunto, near Valencia, has 8 production lines.", "Sagunto, near Valencia"),
        ("The Chakan plant near Pune has 8 production lines.", "near Pune"),
        (
            "The plant, in the industrial zone of Jorf Lasfar, has 8 production lines.",
            "industrial zone of Jorf Lasfar",
        ),
        ("Emden, Germany, is where the plant with its 8 production lines stands.", "Emden, Germany"),
    ],
)
def test_a_place_is_told_as_the_text_has_it(text, place):
    assert facility(text).place == place


def test_a_place_has_the_region_that_the_text_gives_it_elsewhere():
    plant = facility(
        "Volta Cycle has been shredding batteries in Kingston, Ontario, for years. "
        "The Kingston plant takes in 20,000 tonnes a year."
    )

    assert (plant.country, plant.operator) == ("CA", "Volta Cycle")


def test_a_point_of_the_compass_is_no_country():
    battery = facility("The Thorley battery, near Goole in East Yorkshire, is rated at 400 MW/800 MWh.")

    assert (battery.place, battery.country) == ("near Goole in East Yorkshire", "GB")


@pytest.mark.parametrize(
    "text",
    [
        "Tallow Bank lends 90 million euros for the Emden plant. Ostravia Cells will run 8 production lines.",
        "Ostravia Cells, a unit of Tallow Group, is building the Emden plant with 8 production lines.",
        "Ostravia Cells ordered 8 coating machines from Rossi Machines for its Emden plant of 12 hectares.",
    ],
)
def test_who_lends_owns_the_owner_or_delivers_is_not_the_operator(text):
    assert facility(text).operator == "Ostravia Cells"


# ── what its figures are ─────────────────────────────────────────────────────


def test_a_capacity_is_of_what_stands_behind_it_whatever_it_is():
    hub = facility(
        "The Emden hub takes in 40,000 tons of end-of-life batteries and production scrap annually."
    )

    assert [c.product for c in hub.capacities] == ["end-of-life batteries and production scrap"]


@pytest.mark.parametrize(
    ("text", "investment"),
    [
        ("All in all €780 million is earmarked for the Emden plant.", "€780 million"),
        ("Ostravia, a subsidiary of Tallow, puts 2.1 billion yuan of investment into the Emden plant.", None),
    ],
)
def test_money_for_a_plant_is_its_investment(text, investment):
    assert facility(text).investment.text == (investment or "2.1 billion yuan")


@pytest.mark.parametrize(
    "words",
    [
        "comes in two phases",
        "drew 23 bids",
        "has so far swallowed 185 million euros",
        "was six million euros under budget",
    ],
)
def test_not_every_figure_is_one_of_the_plant(words):
    plant = facility(f"The Emden plant with its 8 production lines {words}.")

    assert plant.investment is None
    assert [m.name for m in plant.metrics if m.quantity.kind == "count"] == []


def test_the_company_is_the_one_that_the_sentence_before_is_about():
    plant = facility(
        "Norrfell Foil supplies Ostravia Cells. Ostravia is a maker of cells. "
        "The company built a 16 GWh plant in Emden."
    )

    assert plant.operator == "Ostravia Cells"


def test_a_facility_that_is_built_is_one_without_more_words():
    plant = facility(
        "Norrfell Films is building a facility that will produce separators in Emden. "
        "The volume of the investment is 184 million euros."
    )

    assert (plant.investment.text, plant.status) == ("184 million euros", "under_construction")


def test_a_town_says_more_than_a_country_and_its_fullest_form_most():
    plant = facility(
        "Ostravia is building a plant in eastern Germany. It covers 20 hectares in Emden. "
        "The plant is located in Emden, Lower Saxony."
    )

    assert plant.place == "Emden, Lower Saxony"


@pytest.mark.parametrize(
    "text",
    [
        "Battery energy storage additions in Europe reached 12 GWh in 2024.",
        "Europe's battery energy storage system (BESS) fleet grew to 36 GWh.",
        "Ostravia shipped 3 GWh of its battery energy storage systems in 2024.",
        "Battery storage in Italy stood at 3.7 GWh at the end of the year.",
        "The facility of 90 million euros has a tenor of three years.",
    ],
)
def test_what_is_counted_sold_or_lent_is_no_facility(text):
    assert facilities(text) == []


@pytest.mark.parametrize(
    ("where", "place"),
    [
        ("in China's lithium-rich province of Qinghai", "province of Qinghai"),
        ("in the eastern German area of Bitterfeld-Wolfen", "area of Bitterfeld-Wolfen"),
        ("near the Catalan town of Vilanova del Puig", "near the Catalan town of Vilanova del Puig"),
    ],
)
def test_a_kind_of_place_may_stand_behind_other_words(where, place):
    assert facility(f"Ostravia will build a plant for 20,000 tons a year {where}.").place == place


def test_the_home_of_a_company_is_not_where_its_plant_stands():
    plant = facility(
        "The South Korean company will build a plant for 60,000 tons a year on a site in Tennessee."
    )

    assert plant.country == "US"


@pytest.mark.parametrize(
    "words",
    [
        "enough for 600,000 electric vehicles",
        "and cathodes for 600,000 electric vehicles a year",
        "sufficient to supply half a million batteries",
    ],
)
def test_what_an_output_is_good_for_is_no_capacity(words):
    plant = facility(f"The Emden plant will make 60,000 tons of cathode material a year, {words}.")

    assert [c.quantity.text for c in plant.capacities] == ["60,000 tons"]


@pytest.mark.parametrize(
    ("words", "stages"),
    [
        ("now makes 3 GWh a year and goes to 8 GWh a year", ["operating", "planned"]),
        ("makes 3 GWh a year. A second phase, adding 5 GWh, is under construction", ["operating", "planned"]),
        ("is expanding: 3 GWh a year in one hall, 5 GWh a year in the other", ["operating", "planned"]),
    ],
)
def test_the_capacity_of_today_is_told_from_the_one_to_come(words, stages):
    plant = facility(f"The Emden plant {words}.")

    assert [capacity.stage for capacity in plant.capacities] == stages


def test_what_is_announced_today_does_not_run_today():
    plant = facility("Ostravia today announced the Emden plant with a capacity of 8 GWh a year.")

    assert plant.capacities[0].stage == "planned"


@pytest.mark.parametrize(
    ("text", "products"),
    [
        ("The Thornley battery stores 200 MW / 800 MWh with LFP batteries.", []),
        (
            "The Emden recycling plant takes in 30,000 tons of scrap and makes 5,000 tons of carbonate.",
            ["carbonate"],
        ),
    ],
)
def test_what_is_taken_in_or_installed_is_no_product(text, products):
    assert facility(text).products == products


# ── owners and countries ─────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "operator"),
    [
        (
            "Rossi Systems completed construction of the 30 MW Emden BESS, which is owned by Norrfell Power.",
            "Norrfell Power",
        ),
        (
            "Norrfell Power has given system integrator Rossi Systems notice to build a 10MW BESS in Emden.",
            "Norrfell Power",
        ),
        (
            "Norrfell Power is building the 30 MW Emden BESS on land owned by Ostravia Steel.",
            "Norrfell Power",
        ),
    ],
)
def test_who_owns_it_in_so_many_words_operates_it(text, operator):
    assert facility(text).operator == operator


def test_who_sells_cells_may_run_the_plant_that_makes_them():
    plant = facility(
        "Karo Motors ordered 5 GWh of prismatic cells from Ostravia Cells. The cells will come from the "
        "Ostravia plant in Emden, which has a capacity of 20 GWh."
    )

    assert plant.operator == "Ostravia Cells"


def test_outside_a_country_is_not_in_it():
    plant = facility(
        "Ostravia is building a plant in Vaskila for 20,000 tons of graphite a year. It will be the only one "
        "outside China."
    )

    assert (plant.place, plant.country) == ("Vaskila", None)


def test_the_country_of_the_sentence_comes_before_that_of_the_operators_name():
    plant = facility(
        "Shanghai Lumora Battery Co., Ltd. plans a plant in the Vaskila industrial zone on the coast of "
        "Finland for 100,000 tons of graphite a year."
    )

    assert plant.country == "FI"
