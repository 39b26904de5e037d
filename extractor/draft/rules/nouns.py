"""Nouns: noun phrases, and what the words of the battery value chain in them say."""

from __future__ import annotations

import re
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING

from extractor.draft.rules.vocabulary import Pattern, load, phrases, words
from extractor.finder import Finder
from extractor.read.units import unit_table

if TYPE_CHECKING:
    from collections.abc import Sequence

_TOKEN = re.compile(r"[^\s,;:()\[\]“”\"—]+")
_SPACES = re.compile(r"[ \u00a0-]")
_GOODS_END = Pattern(r"[,;:()\[\]“”\"!?–—]|\.(?!\d)|\s{products.goods.ends_before}|\s\d")
_OF_PLANT = Pattern(r"(?:recycling|processing|manufacturing|producing) {facilities.heads.words}")
_IS_USE = re.compile(r"\b(?:for|used in) (?:[\w-]+ ){0,3}$")
"""Before words of what something is used in: "films for electric-vehicle batteries"."""
_USE_REACH = 40
_LONGEST_GOODS = 8
"""Words of goods that an amount is of."""
_LONGEST_SHORT_FORM = 9
_REACH = 120
"""Characters that the modifiers of a noun may take up."""
_SHORT_FORM = re.compile(r" \([A-Z][A-Za-z]{1,7}\)(?= )")
_SHORT_AT_END = re.compile(r" \([^()]*\)$")


def noun_phrase(text: str, start: int, end: int, floor: int, limit: int = 6) -> tuple[int, int]:
    """The phrase that ends at `end`, widened to the left of `start` over its modifiers, not past `floor`.

    From "separator" in "will make wet lithium-ion battery separator" to "wet lithium-ion battery separator".
    """
    tokens = list(_TOKEN.finditer(text, max(floor, start - _REACH), start))
    edge = start
    for token in reversed(tokens[-limit:]):
        behind = text[token.end() : edge].strip(" \u00a0")
        in_brackets = behind == ")" and text[token.start() - 1] == "("
        if in_brackets and edge < end and len(token[0]) <= _LONGEST_SHORT_FORM:
            edge = token.start() - 1  # "compressed air energy storage (CAES) station"
            continue
        if behind or not _modifies(token[0], text[token.end() : end]):
            break
        start = edge = token.start()
    return start, end


def _modifies(token: str, rest: str) -> bool:
    """Whether a word goes with the noun behind it: no verb, preposition, owner or number does."""
    word = token.lower()
    if _OF_PLANT.fullmatch(f"{word}{rest}"):
        return True
    bare = word.rstrip(".")
    if bare in words("products.noun_phrase.ends_before") or bare in words("names.companies.verbs"):
        return False
    if token.endswith(("’s", "'s", ".", "%")) or (
        token[0].isupper() and token.lower().endswith(("s’", "s'"))
    ):
        return False
    if word == "new" and token.islower():  # "new energy batteries", but not "new batteries"
        return rest.lstrip().startswith(("energy", "material"))
    return not token[0].isdigit() or token.endswith(("Ah", "V", "+"))


@cache
def _products() -> Finder:
    return Finder(phrases(word for listed in load("products.products").values() for word in listed))


@cache
def product_words() -> frozenset[str]:
    """The words of which the names of products are made, in lower case: "battery", "storage", "lithium"."""
    named = chain.from_iterable(load("products.products").values())
    return frozenset(word for name in named for word in _SPACES.sub(" ", name.lower()).split())


def product(
    text: str, start: int = 0, end: int | None = None, barred: Sequence[tuple[int, int]] = ()
) -> str | None:
    """The first product named in a passage, outside `barred` ones, with its modifiers.

    >>> product("It makes wet lithium-ion battery separator and more.")
    'wet lithium-ion battery separator'
    """
    end = len(text) if end is None else end
    hits = _products().finditer(text, start, end)
    hit = next((h for h in hits if not any(low <= h.start() < high for low, high in barred)), None)
    if hit is None:
        return None
    first, stop = noun_phrase(text, hit.start(), _chain(_products(), text, hit, end).end(), start)
    unit = unit_table().match(text, first)
    if unit is not None and unit[1] < hit.start() and text[unit[1]].isspace():
        first = unit[1] + 1  # "a 24 GWh lithium-ion cell plant"
    return text[first:stop]


def goods(text: str) -> str | None:
    """The goods named at the start of a passage, behind "20,000 tonnes of", with their modifiers.

    >>> goods("end-of-life batteries and production scrap annually")
    'end-of-life batteries and production scrap'
    """
    end = _GOODS_END.search(_SHORT_FORM.sub(lambda short: "-" * len(short[0]), text))
    phrase = _SHORT_AT_END.sub("", text[: end.start() if end else len(text)].strip())
    tokens = phrase.split()
    while tokens and tokens[0].lower() in words("products.goods.say_nothing"):
        tokens = tokens[1:]
    named = 0 < len(tokens) <= _LONGEST_GOODS and tokens[-1].lower() not in {"and", "or", "of"}
    return " ".join(tokens) if named else None


def is_product(name: str) -> bool:
    """Whether a name in capitals is nothing but a product's: "Composite Aluminum Foil"."""
    hit = _products().match(name)
    return hit is not None and _chain(_products(), name, hit, len(name)).end() == len(name)


@cache
def _segments() -> dict[str, str]:
    """Words that tell the segment, in lower case with plain spaces, and which they tell."""
    return {
        _plain(word): name
        for table in ("products.products", "products.segments")
        for name, listed in load(table).items()
        for word in listed
    }


@cache
def _segment_words() -> Finder:
    tables = (load("products.products"), load("products.segments"))
    return Finder(phrases(word for table in tables for listed in table.values() for word in listed))


def segment(text: str, *, uses: bool = True) -> str | None:
    """The step of the value chain that the first chain of such words points to, by its last word.

    What something is used in says so only where nothing else does, and never without `uses`.

    >>> segment("wet lithium-ion battery separator lines"), segment("lithium iron phosphate cell plant")
    ('separator', 'cell')
    """
    hits = list(_segment_words().finditer(text))
    own = (hit for hit in hits if not _IS_USE.search(text, max(0, hit.start() - _USE_REACH), hit.start()))
    hit = next(chain(own, hits if uses else ()), None)
    if hit is None:
        return None
    return _segments()[_plain(_chain(_segment_words(), text, hit, len(text))[0])]


def _chain(pattern: Finder, text: str, hit: re.Match[str], end: int) -> re.Match[str]:
    """The last of hits in a row: "lithium-ion battery separator" is one thing; its last word says what."""
    while True:
        short = _SHORT_FORM.match(text, hit.end(), end)  # "energy storage system (ESS) cathode materials"
        at = short.end() if short else hit.end()
        following = pattern.match(text, at + 1, end)
        if following is None or text[at] not in " -":
            return hit
        hit = following


def _plain(word: str) -> str:
    return _SPACES.sub(" ", word.lower())
