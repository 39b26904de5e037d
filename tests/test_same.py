"""Same: which names are those of one facility."""

import pytest
from readings import reading

from extractor.draft import Draft, FacilityDraft
from extractor.draft.merge import merged


def together(one, other):
    """How many facilities two names are, whichever comes first."""
    text = reading(f"{one}, {other}")
    drafts = [Draft(facilities=[FacilityDraft(name=name)]) for name in (one, other)]
    return {len(merged(each, text).facilities) for each in (drafts, drafts[::-1])}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Aldhavn cell plant", "the Aldhavn cell plant"),
        ("Aldhavn cell plant", "Aldhavn plant"),
        ("Aldhavn cell plant", "plant in Aldhavn"),
        ("Aldhavn cell plant", "Aldhavn gigafactory"),
        ("Aldhavn cell plant", "Aldhavn's cell plant"),
        ("Lemvig storage project", "200MW Lemvig storage project"),
        ("Lemvig BESS", "Lemvig storage project"),
        ("pilot line", "pilot line"),
        ("separator plant", "the separator plant"),
        ("Phase 2 of the Aldhavn plant", "Aldhavn plant, Phase 2"),
    ],
)
def test_of_one_name_are_one(one, other):
    assert together(one, other) == {1}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Aldhavn cell plant", "Silkeborg plant"),
        ("Aldhavn cell plant", "Aldhavn separator plant"),
        ("Aldhavn plant", "Phase 2 of the Aldhavn plant"),
        ("Line A", "Line B"),
        ("first Aldhavn plant", "second Aldhavn plant"),
        ("Jiangsu plant", "Jiangxi plant"),
        ("200MW Lemvig storage project", "100MW Lemvig storage project"),
        ("Aldhavn mine", "Aldhavn production line"),
        ("cell plant", "Aldhavn cell plant"),
        ("pilot line", "production line"),
        ("plant", "Aldhavn plant"),
        ("plant", "plant"),
    ],
)
def test_of_different_names_are_two(one, other):
    assert together(one, other) == {2}
