"""A finder finds what the regular expression finds, wherever it looks."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.finder import Finder

WORDS = st.sampled_from(
    ["as", "as well", "art", "party", "plant", "plants*", "EV", "Über", "宁德", "µm", "r&d", "a"]
)
TEXTS = st.lists(st.one_of(WORDS, st.text("aApPrtTyY sS.,_-µÜüıİ", max_size=6)), max_size=12).map(" ".join)


def alternatives(words):
    return "|".join(re.escape(word).replace(r"\*", r"\w*") for word in words)


PATTERNS = st.one_of(
    st.lists(WORDS, min_size=1, max_size=5).map(
        lambda words: rf"(?<![^\W_])(?i:{alternatives(words)})(?![^\W_])"
    ),
    st.lists(WORDS, min_size=1, max_size=5).map(
        lambda words: rf"(?i:(?<!\w)(?:{alternatives(words)})(?!\w))"
    ),
    st.lists(WORDS, min_size=1, max_size=3).map(lambda words: rf"(?:the )?(?:{alternatives(words)})+ (\w+)"),
    st.lists(WORDS, min_size=1, max_size=3).map(
        lambda words: rf"(?i).{{0,4}}?\b(?:{alternatives(words)})[^,]*$"
    ),
    st.lists(WORDS, min_size=1, max_size=3).map(lambda words: rf"(?=[ap]){alternatives(words)}|[.,]"),
)


@given(PATTERNS, TEXTS, st.integers(0, 20), st.integers(0, 60))
def test_it_finds_what_the_pattern_finds(source, text, start, end):
    finder, pattern = Finder(source), re.compile(source)

    def spans(found):
        return [hit.span() for hit in found]

    assert spans(finder.finditer(text)) == spans(pattern.finditer(text))
    assert spans(finder.finditer(text, start, end)) == spans(pattern.finditer(text, start, end))
    for here, there in (
        (finder.search(text), pattern.search(text)),
        (finder.search(text, start, end), pattern.search(text, start, end)),
        (finder.match(text, start), pattern.match(text, start)),
        (finder.fullmatch(text), pattern.fullmatch(text)),
    ):
        assert (here and here.span()) == (there and there.span())
    assert finder.sub("-", text) == pattern.sub("-", text)


@pytest.mark.parametrize("text", ["the PARTY began", "a party-goer", "third party"])
def test_a_text_with_one_of_the_words_may_have_a_match(text):
    assert Finder(r"(?i:\b(?:art|party)\b)").may_be_in(text)


def test_a_text_without_any_of_the_words_has_none():
    assert not Finder(r"(?i:\b(?:art|party)\b)").may_be_in("the plant began")
