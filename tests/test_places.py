"""The country of a place as the press writes it."""

import pytest

from extractor.places import country, country_behind, is_country, is_region, known


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
