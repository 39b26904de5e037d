"""What every record is built from."""

import schemas
from schemas.base import nesting


def test_the_fields_that_can_hold_other_models_are_known():
    assert nesting(schemas.Deal) == (
        "evidence",
        "parties",
        "value",
        "unit_price",
        "volumes",
        "signed",
        "term",
        "metrics",
    )


def test_a_model_of_words_and_numbers_has_none():
    assert nesting(schemas.Span) == ()
