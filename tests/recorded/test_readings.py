"""A real model on passages of our own: what it says of a few figures, asked again, and cut off."""

import pytest
from readings import PLANTS, STORAGE, reading

from extractor.draft.validate import claimed, faults, valid_part

pytestmark = pytest.mark.vcr

SHARED = reading(
    "Alpha Cells has opened two plants. The plant in Silkeborg makes 8 GWh of cells a year and the plant in "
    "Odense makes 5 GWh of packs a year. The plant in Silkeborg and the plant in Odense have cost 250 "
    "million euros each.",
    figures=[("8 GWh", "energy"), ("5 GWh", "energy"), ("250 million euros", "money")],
)
"""One figure of two plants: a draft can give it to one of them only, and a model gives it to both."""


def test_a_model_says_what_each_figure_is(model):
    drafted = model.draft(STORAGE, strategy="document")

    (project,) = drafted.draft.facilities
    assert (project.operator, project.segment) == ("Vesterhav Energi", "energy_storage")
    assert project.investment == "f4"
    assert [capacity.figure for capacity in project.capacities] == ["f1", "f2"]
    (deal,) = drafted.draft.deals
    assert [(party.name, party.role) for party in deal.parties] == [
        ("Kolding Cells", "seller"),
        ("Vesterhav Energi", "buyer"),
    ]
    assert drafted.usage.prompt_tokens > drafted.usage.answer_tokens > 0


def test_two_plants_keep_their_own_figures(model):
    drafted = model.draft(PLANTS, strategy="document", enum_ids=False)

    plants = valid_part(drafted.draft, faults(drafted.draft, PLANTS)).facilities
    assert [(plant.name, plant.investment, plant.capacities[0].figure) for plant in plants] == [
        ("Silkeborg plant", "f1", "f2"),
        ("Odense plant", "f3", "f4"),
    ]


def test_what_was_right_outlives_being_asked_again(model):
    drafted = model.draft(SHARED, strategy="document")

    assert drafted.usage.reasks > 0
    assert claimed(valid_part(drafted.draft, faults(drafted.draft, SHARED))) == {"f1", "f2", "f3"}


def test_an_answer_cut_off_is_saved_as_far_as_it_goes(model):
    drafted = model.draft(STORAGE, strategy="document", max_answer_tokens=60)

    assert "Vesterhav Energi" in [facility.operator for facility in drafted.draft.facilities]
    assert [problem.message for problem in drafted.problems if "cut off" in problem.message]
