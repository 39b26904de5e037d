"""The output contract: exact numbers, closed records, one JSON line."""

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

import schemas
from schemas import Facility, Quantity, Result


def quantity(**fields):
    given_fields = {
        "figure": "f1", "text": "5.2 billion yuan", "start": 0, "end": 16, "kind": "money",
        "value": Decimal("5.2E+9"), "unit": "CNY", "base_value": Decimal("5.2E+9"), "base_unit": "CNY",
    }  # fmt: skip
    return Quantity(**(given_fields | fields))


def models():
    return [getattr(schemas, name) for name in schemas.__all__ if isinstance(getattr(schemas, name), type)]


@pytest.mark.parametrize(
    ("value", "written"), [("5.2E+9", "5200000000"), ("0.55", "0.55"), ("13.50", "13.5"), ("-20", "-20")]
)
def test_a_json_number_is_exact_and_plain(value, written):
    line = quantity(value=Decimal(value)).model_dump_json()

    assert f'"value":{written},' in line


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=3))
def test_a_number_survives_the_way_through_json(value):
    again = Quantity.model_validate_json(quantity(value=value).model_dump_json())

    assert again.value == value


def test_a_number_that_is_none_is_refused():
    with pytest.raises(ValidationError):
        quantity(value=Decimal("NaN"))


@pytest.mark.parametrize("model", models(), ids=lambda model: model.__name__)
def test_every_field_says_what_it_means(model):
    assert issubclass(model, BaseModel)
    silent = [
        name
        for name, field in model.model_json_schema(mode="serialization")["properties"].items()
        if "description" not in field and "$ref" not in field
    ]

    assert silent == []


def test_a_record_is_closed_to_unknown_fields():
    with pytest.raises(ValidationError, match="colour"):
        Facility(id="facility-1", colour="green")


def test_a_result_carries_unknown_keys_through():
    line = json.loads(Result(doc_id="a", drafter="rules", desk="asia").to_json())

    assert line["desk"] == "asia"


def test_the_text_can_be_left_out_of_a_line():
    result = Result(doc_id="a", drafter="rules", text="a 5 MW plant")

    assert json.loads(result.to_json())["text"] == "a 5 MW plant"
    assert "text" not in json.loads(result.to_json(text=False))


def test_a_line_has_the_keys_of_the_contract():
    line = json.loads(Result(doc_id="a", drafter="rules").to_json())

    assert set(line) == {
        "schema_version", "doc_id", "source", "title", "published", "text", "drafter", "facilities", "deals",
        "forecasts", "figures", "times", "problems", "coverage", "usage", "run",
    }  # fmt: skip
