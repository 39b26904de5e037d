"""Parts by rules: sentences that tell of several deals, each with a party and an amount of its own."""

import pytest

from extractor import Extractor


def told(text):
    """Seller, buyer and volumes of each deal."""
    found = []
    for deal in Extractor().extract(text, published="2025-03-20").deals:
        names = {party.role: party.name for party in deal.parties}
        volumes = [volume.quantity.text for volume in deal.volumes]
        found.append((names.get("seller"), names.get("buyer"), volumes))
    return found


def test_clauses_with_a_seller_each_are_a_deal_each():
    assert told(
        "The group signed three contracts: Minghao Film will supply 300 million square meters of separators; "
        "Tallow Minerals will supply 20,000 tons of lithium hydroxide; and Kanto Chemical will supply 8,000 "
        "tons of electrolyte."
    ) == [
        ("Minghao Film", None, ["300 million square meters"]),
        ("Tallow Minerals", None, ["20,000 tons"]),
        ("Kanto Chemical", None, ["8,000 tons"]),
    ]


@pytest.mark.parametrize(
    ("text", "deals"),
    [
        (
            "Zelvo Cells secured supplies of 780 tons of salt from Tallow Chemical and 71 tons from Kemmick.",
            [("Tallow Chemical", "Zelvo Cells", ["780 tons"]), ("Kemmick", "Zelvo Cells", ["71 tons"])],
        ),
        (
            "Tallow Minerals will supply 50 tons of graphite to Zelvo Cells and 30 tons to Korda Cells.",
            [
                ("Tallow Minerals", "Zelvo Cells", ["50 tons"]),
                ("Tallow Minerals", "Korda Cells", ["30 tons"]),
            ],
        ),
    ],
)
def test_an_amount_with_a_name_of_its_own_is_a_further_deal_of_the_same_other_side(text, deals):
    assert told(text) == deals


def test_two_goods_for_one_buyer_are_one_deal():
    assert told(
        "Tallow Minerals will supply 5,000 tons of lithium hydroxide and 3,000 tons of lithium carbonate to "
        "Zelvo Cells."
    ) == [("Tallow Minerals", "Zelvo Cells", ["5,000 tons", "3,000 tons"])]


def test_what_each_side_gives_is_one_deal():
    [(seller, buyer, volumes)] = told(
        "Under the contract, Tallow Minerals will deliver 500 tons now and Zelvo Cells will pay $5 million."
    )

    assert (seller, buyer, volumes) == ("Tallow Minerals", "Zelvo Cells", ["500 tons"])


def test_the_winners_of_a_tender_have_an_award_each():
    assert told(
        "The tender, issued by Rajvansh Power Ltd, sought bids for 1 GW of battery storage. The winners are "
        "Kaveri Renewables (200 MW/400 MWh), Ostara Cables (100 MW) and Suryodaya Grid (50 MW)."
    ) == [
        (None, "Rajvansh Power Ltd", ["1 GW"]),
        ("Kaveri Renewables", "Rajvansh Power Ltd", ["200 MW", "400 MWh"]),
        ("Ostara Cables", "Rajvansh Power Ltd", ["100 MW"]),
        ("Suryodaya Grid", "Rajvansh Power Ltd", ["50 MW"]),
    ]


def test_projects_with_their_sizes_are_no_winners():
    text = (
        "Harrow Storage raised $120 million for its projects, Cedar Fork (200 MW) and Lone Mesquite (100 MW)."
    )
    result = Extractor().extract(text, published="2025-03-20")

    assert len(result.deals) == 1
    assert [facility.name for facility in result.facilities] == ["Cedar Fork", "Lone Mesquite"]


def test_the_size_of_a_plant_beside_its_name_is_no_volume():
    [deal] = (
        Extractor()
        .extract("Korda Power awarded Zelvo Systems a contract to supply the 80 MW Kemmick project.")
        .deals
    )

    assert deal.volumes == []


def test_the_largest_of_a_market_have_won_nothing():
    text = "The largest suppliers are Kaveri Batteries (37 GWh), Ostara Cells (20 GWh) and Suryodaya (9 GWh)."

    assert told(text) == []


def test_what_each_has_won_respectively_is_a_deal_each():
    found = (
        Extractor()
        .extract(
            "Korda Power has concluded its battery tender. Zelvo, Kemmick and Minra won 250 MW, 150 MW and "
            "100 MW at tariffs of INR 2.1/kWh, INR 2.2/kWh and INR 2.3/kWh, respectively."
        )
        .deals
    )
    sold = {party.name: deal for deal in found for party in deal.parties if party.role == "seller"}
    assert {
        name: ([volume.quantity.text for volume in deal.volumes], deal.unit_price and deal.unit_price.text)
        for name, deal in sold.items()
    } == {
        "Zelvo": (["250 MW"], "INR 2.1/kWh"),
        "Kemmick": (["150 MW"], "INR 2.2/kWh"),
        "Minra": (["100 MW"], "INR 2.3/kWh"),
    }


@pytest.mark.parametrize(
    "text",
    [
        "Zelvo and Minra own 60% and 40% of the venture, respectively.",
        "Zelvo and Minra produced 3 GWh and 4 GWh, respectively.",
    ],
)
def test_what_each_owns_or_makes_respectively_is_no_deal(text):
    assert told(text) == []
