"""Patterns that are only searched for where a text has their words."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.checks.cues import Cues

PHRASES = ("of which", "i.e.", "totalling", "total", "in 2 steps", "non-stop", "skip")
WORDS = (
    "Of",
    "which",
    "I.E.",
    "total",
    "TOTALLING",
    "totally",
    "in",
    "2",
    "steps",
    "non",
    "-",
    "stop",
    "ſKİP",
    "é",
    "⟨0⟩",
)
PLAIN = re.compile(
    rf"(?<!\w)(?:{'|'.join(re.escape(phrase) for phrase in sorted(PHRASES, key=len, reverse=True))})(?!\w)",
    re.IGNORECASE,
)


def places(matches):
    return [match.span() for match in matches]


@given(
    st.lists(st.sampled_from(WORDS)), st.sampled_from([" ", "", "; "]), st.integers(0, 30), st.integers(0, 60)
)
def test_they_find_what_the_pattern_finds(words, between, begin, end):
    text, cues = between.join(words), Cues.of(PHRASES)

    assert places(cues.finditer(text)) == places(PLAIN.finditer(text))
    assert places(cues.finditer(text, begin, end)) == places(PLAIN.finditer(text, begin, end))
    assert places(filter(None, [cues.search(text, begin)])) == places(
        filter(None, [PLAIN.search(text, begin)])
    )


@pytest.mark.parametrize("text", ["TOTAL", "a total.", "⟨1⟩ total", "tot\u0131l total"])
def test_a_text_with_the_word_may_match(text):
    assert Cues.of(["total", "of it"]).may_match(text)


@pytest.mark.parametrize("text", ["", "totally", "it", "a subtotal of them"])
def test_a_text_without_it_does_not(text):
    assert not Cues.of(["total", "of it all"]).may_match(text)


def test_every_part_is_needed():
    cues = Cues(re.compile("from.*to"), [{"from"}, {"to", "until"}])

    assert cues.may_match("from 1 to 2")
    assert cues.may_match("from 1 until 2")
    assert not cues.may_match("from 1")


def test_marks_are_counted():
    cues = Cues(re.compile("⟨.*⟨"), [{"⟨⟨"}])

    assert cues.may_match("⟨0⟩ and ⟨1⟩")
    assert not cues.may_match("⟨0⟩ and ⟦0⟧")


def test_overlapping_matches_are_all_given():
    matches = Cues(re.compile("a.a"), [{"a"}]).overlapping("a a a")

    assert places(matches) == [(0, 3), (2, 5)]
