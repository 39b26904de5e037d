"""The country of a place as the press writes it."""

import pytest

from extractor.places import country, country_behind, country_told, is_adjective, is_country, is_region, known


@pytest.mark.parametrize(
    ("place", "code"),
    [
        ("Changzhou, Jiangsu", "CN"),
        ("the U.S. state of Tennessee", "US"),
        ("Hungarian", "HU"),
        ("Wuhai City, Inner Mongolia", "CN"),
        ("Bawal in Haryana", "IN"),
        ("Kulim Hi-Tech Park, Kedah", "MY"),
        ("Skellefteå", "SE"),
        ("Ochang, North Chungcheong Province", "KR"),
    ],
)
def test_a_place_has_a_country(place, code):
    assert country(place) == code


@pytest.mark.parametrize(
    "words", ["the new plant", "Phase Two", "", "Battery Energy Storage", "a river in March"]
)
def test_words_that_are_no_place_have_none(words):
    assert country(words) is None


def test_a_region_behind_a_city_tells_the_country():
    assert country("Paris, Texas") == "US"


def test_a_city_is_known_and_is_no_country():
    assert known("Ningde") == "CN"
    assert not is_country("Ningde")


def test_a_market_is_a_region_and_a_city_is_none():
    assert is_region("Global")
    assert not is_region("Lodz")


@pytest.mark.parametrize(
    ("behind", "code"),
    [
        (" in western Victoria, Australia, is a battery", "AU"),
        (", Texas, on Monday", "US"),
        (", in the state of Tamil Nadu, with", "IN"),
        (" (Hungary)", "HU"),
        (", Chinese makers said", None),
        (" and Germany", None),
        (", where France has its plant", None),
        (". Spain is next", None),
    ],
)
def test_what_stands_behind_a_place_tells_its_country(behind, code):
    assert country_behind(f"near Horsham{behind}", len("near Horsham")) == code


@pytest.mark.parametrize(
    ("name", "code"),
    [("Covington, Georgia", "US"), ("Georgia, U.S.", "US"), ("Georgia", "GE"), ("Tbilisi, Georgia", "GE")],
)
def test_georgia_is_a_state_beside_a_city_of_that_country(name, code):
    assert country(name) == code


@pytest.mark.parametrize(
    ("sentence", "code"),
    [
        ("The South Korean company builds a plant on a site in Tennessee.", "US"),
        ("Viability Gap Funding pays for the plant.", None),
        ("The plant in Austin makes cells.", "US"),
        ("China's Lumora chose Debrecen for the 8 billion U.S. dollars plant.", "HU"),
        ("The partners put US$700 million into it.", None),
        ("It stands in China's Sichuan.", "CN"),
    ],
)
def test_a_sentence_tells_where_something_stands_and_not_whose_home_is_where(sentence, code):
    assert country_told(sentence) == code


def test_an_adjective_of_a_country_or_continent_is_no_name():
    assert is_adjective("Hungarian")
    assert is_adjective("European")
    assert not is_adjective("Hungary")
