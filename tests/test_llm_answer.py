"""Answer: the schema that a model is held to, and what is saved of an answer that breaks it."""

import json

import pytest
from readings import reading

from extractor.draft import CapacityDraft, Draft, FacilityDraft, ForecastDraft
from extractor.draft.llm.answer import MAX_ITEMS, MAX_WORDS, schema_with_ids, static_schema, usable_part
from extractor.errors import ModelAnswerError


def nodes(schema):
    """Every part of a schema that describes a value."""
    if isinstance(schema, dict):
        yield schema
        for inner in schema.values():
            yield from nodes(inner)
    elif isinstance(schema, list):
        for inner in schema:
            yield from nodes(inner)


def ids(schema, model, slot):
    node = schema["$defs"][model]["properties"][slot]
    return (node["anyOf"][0] if "anyOf" in node else node)["enum"]


class TestStaticSchema:
    def test_every_string_and_list_is_bounded(self):
        for node in nodes(static_schema()):
            if node.get("type") == "string" and "enum" not in node:
                assert node["maxLength"] == MAX_WORDS
            if node.get("type") == "array":
                assert node["maxItems"] == MAX_ITEMS

    def test_a_model_is_not_asked_for_evidence(self):
        schema = static_schema()

        assert "Span" not in schema["$defs"]
        assert all("evidence" not in node.get("properties", {}) for node in nodes(schema))

    def test_no_slot_takes_a_number(self):
        assert not [node for node in nodes(static_schema()) if node.get("type") in {"number", "integer"}]


class TestSchemaWithIds:
    def test_a_slot_offers_the_ids_of_its_dimension(self):
        read = reading(
            "5 euros, 2 GWh, 3 tons, 7 euros in 2026",
            figures=[("5 euros", "money"), ("2 GWh", "energy"), ("3 tons", "mass"), ("7 euros", "money")],
            times=["2026"],
        )

        schema = schema_with_ids(read, ["f1", "f2", "f3", "f4", "t1"])

        assert ids(schema, "FacilityDraft", "investment") == ["f1", "f4"]
        assert ids(schema, "CapacityDraft", "figure") == ["f2", "f3"]
        assert ids(schema, "ForecastDraft", "figure") == ["f1", "f2", "f3", "f4"]
        assert ids(schema, "ForecastDraft", "when") == ["t1"]

    def test_an_id_that_the_model_does_not_see_is_not_offered(self):
        read = reading("5 euros, 7 euros", figures=[("5 euros", "money"), ("7 euros", "money")])

        assert ids(schema_with_ids(read, ["f2"]), "DealDraft", "value") == ["f2"]

    def test_a_slot_that_nothing_fits_is_left_out(self):
        read = reading("5 euros", figures=[("5 euros", "money")])

        facility = schema_with_ids(read, ["f1"])["$defs"]["FacilityDraft"]["properties"]

        assert "investment" in facility
        assert not {"land_area", "capacities", "lines", "milestones"} & set(facility)

    def test_a_list_is_no_longer_than_the_ids_it_can_be_about(self):
        read = reading("5 euros in 2026", figures=[("5 euros", "money")], times=["2026"])

        facility = schema_with_ids(read, ["f1", "t1"])["$defs"]["FacilityDraft"]["properties"]

        assert facility["milestones"]["maxItems"] == 1
        assert facility["products"]["maxItems"] == MAX_ITEMS

    def test_one_document_does_not_leave_its_ids_to_the_next(self):
        schema_with_ids(reading("5 euros", figures=[("5 euros", "money")]), ["f1"])

        assert "land_area" in static_schema()["$defs"]["FacilityDraft"]["properties"]


class TestUsablePart:
    def test_a_valid_answer_is_kept_whole(self):
        draft = Draft(facilities=[FacilityDraft(name="Herning plant", investment="f1")])

        assert usable_part(draft.model_dump_json()) == (draft, [])

    def test_a_wrong_choice_costs_its_slot(self):
        draft, problems = usable_part('{"facilities": [{"name": "A", "segment": "battery", "size": 3}]}')

        assert draft == Draft(facilities=[FacilityDraft(name="A")])
        assert [problem.message.partition(":")[0] for problem in problems] == [
            "facilities[0].segment",
            "facilities[0].size",
        ]

    def test_a_missing_slot_costs_the_element_that_is_nothing_without_it(self):
        answer = {
            "facilities": [{"capacities": [{"product": "cells"}, {"figure": "f2"}]}],
            "forecasts": [{"metric": "demand"}, {"metric": "demand", "figure": "f1"}],
        }

        draft, problems = usable_part(json.dumps(answer))

        assert draft == Draft(
            facilities=[FacilityDraft(capacities=[CapacityDraft(figure="f2")])],
            forecasts=[ForecastDraft(metric="demand", figure="f1")],
        )
        assert len(problems) == 2

    def test_a_required_slot_with_a_wrong_choice_costs_the_element_too(self):
        draft, _ = usable_part('{"forecasts": [{"metric": "mood", "figure": "f1"}]}')

        assert draft == Draft()

    def test_an_answer_cut_off_keeps_what_was_said(self):
        draft, _ = usable_part('{"facilities": [{"name": "A", "investment": "f1"}, {"name": "B", "inv')

        assert draft == Draft(facilities=[FacilityDraft(name="A", investment="f1"), FacilityDraft(name="B")])

    def test_marks_are_taken_off(self):
        draft, _ = usable_part('{"facilities": [{"name": "the [f3: 18650] plant"}]}')

        assert draft.facilities[0].name == "the 18650 plant"

    def test_offsets_that_nobody_asked_for_are_not_believed(self):
        draft, problems = usable_part(
            '{"facilities": [{"name": "A", "evidence": [{"start": 0, "end": 9999}]}]}'
        )

        assert draft.facilities[0].evidence == []
        assert problems == []

    @pytest.mark.parametrize("answer", ["", "I am sorry, but", "[]", "3"])
    def test_nothing_to_save(self, answer):
        with pytest.raises(ModelAnswerError, match="the model's answer is"):
            usable_part(answer)
