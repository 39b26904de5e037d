"""The public names are what users and measuring scripts rely on."""

import pytest

import extractor
import schemas


@pytest.mark.parametrize("package", [extractor, schemas])
def test_every_public_name_is_there_and_the_list_is_sorted(package):
    for name in package.__all__:
        getattr(package, name)

    assert sorted(package.__all__, key=lambda name: (not name.isupper(), name)) == list(package.__all__)


def test_the_names_of_the_contract_are_public():
    assert {"Extractor", "LLMDrafter", "RulesDrafter", "read_figures", "read_times"} <= set(extractor.__all__)
    assert {"Facility", "Deal", "Forecast", "Quantity", "When", "Problem", "Result"} <= set(schemas.__all__)


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="has no attribute 'Extactor'"):
        extractor.Extactor  # noqa: B018
