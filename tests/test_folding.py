"""A text in lower case, letter for letter."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.folding import folded


def test_it_is_in_lower_case():
    assert folded("Straße 5 GWh, ÉNERGIE") == "straße 5 gwh, énergie"


@pytest.mark.parametrize("text", ["İzmir", "ısı", "ſtage"])
def test_letters_that_only_a_pattern_takes_as_equal_are_not_folded(text):
    assert folded(text) is None


@given(st.text(), st.text("kiszKISZ", min_size=1, max_size=2))
def test_offsets_and_matches_of_plain_letters_are_those_of_the_text(text, letters):
    plain = folded(text)

    if plain is not None:
        assert len(plain) == len(text)
        in_any_case = [found.start() for found in re.finditer(f"(?={letters})", text, re.IGNORECASE)]
        assert [at for at in range(len(text)) if plain.startswith(letters.lower(), at)] == in_any_case
