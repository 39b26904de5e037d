"""Places: the country of a place name, by pycountry, a list of cities and the press's own words.

>>> country("Changzhou, Jiangsu"), country("the U.S. state of Tennessee"), country("Hungarian SEMCORP")
('CN', 'US', 'HU')
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache
from importlib.resources import files
from itertools import chain

_DATA = files("extractor") / "data"
_TOKEN = re.compile(r"U\.S\.|U\.K\.|[^\W\d_](?:[\w'’.-]*\w)?(?![\w$])")  # "US$" is no country
_LONGEST = 4  # words in a place name that is looked up
# "Horsham, Victoria, and", but not "Horsham, Chinese makers"
_NAME = r"[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,3}"
_BEHIND = re.compile(
    rf"(?:,? (?:(?:located |situated )?in|of)|,| \() ?(?:the )?(?:(?:state|province|region|county) of )?"
    rf"(?:(?:north|south|east|west|central)\w*(?:-?(?:east|west)\w*)? )?({_NAME}(?:, {_NAME})?)"
    r"(?=[,.;:)\n]|$| (?:is|was|has|had|will|would|to|for|and|with|by|on|at|in|that|which|where|near|from)\b)"
)
_WHOSE = re.compile(r"\b[A-Z]\w+[’']s (?=[A-Z])")
_LONGER_NAME = re.compile(r"(?<=[a-z,] )[A-Z][\w’'-]*(?: [A-Z][\w’'-]*)+")
# words that a subdivision's official name carries and the press leaves out
_KINDS = re.compile(
    r"\b(?:Sheng|Shi|Zizhiqu|Zhuangzu|Huizu|Uygur|Special City|Metropolitan City|Province|State|Region|"
    r"County|Prefecture|Oblast|Kray|Land|megye|kraj|Voivodeship|do|Federal District|Distrito|Provincia|"
    r"Departamento|län|fylke|Republic)\b"
)


@cache
def _data() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads((_DATA / "places.toml").read_text(encoding="utf-8"))


@cache
def _countries() -> dict[str, str]:
    """Names of countries and their people."""
    import pycountry  # noqa: PLC0415  a tenth of a second that only a text with places pays

    names: dict[str, str] = {}
    for row in pycountry.countries:
        for key in ("name", "common_name", "official_name"):
            if name := getattr(row, key, None):
                names[name] = row.alpha_2
    for table in ("country", "people"):
        for code, words in _data()[table].items():
            names |= dict.fromkeys(words, code)
    return names


@cache
def _adjectives() -> frozenset[str]:
    return frozenset(chain(_data()["continents"]["words"], *_data()["people"].values()))


@cache
def _subdivisions() -> dict[str, str]:
    """Names of states, provinces and regions; one that two countries have ("Limburg") is left out."""
    import pycountry  # noqa: PLC0415

    names: dict[str, str] = {}
    for row in pycountry.subdivisions:
        plain = " ".join(_KINDS.sub("", row.name).split()).strip(" -,[]")
        for name in {row.name, plain, _unaccented(plain)}:
            if len(name) > 3:  # noqa: PLR2004
                names[name] = (
                    row.country_code if names.get(name, row.country_code) == row.country_code else ""
                )
    return {name: code for name, code in names.items() if code}


@cache
def _cities() -> dict[str, str]:
    lines = (_DATA / "cities.tsv").read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t") for line in lines if line and line[0] != "#")


def _unaccented(name: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))


def known(name: str) -> str | None:
    """The ISO 3166 alpha-2 code of exactly this name, of a country, region or city; None where it is none."""
    if name in _data()["not_places"]["words"]:
        return None
    return _countries().get(name) or _subdivisions().get(name) or _cities().get(name)


def is_country(name: str) -> bool:
    """Whether it is exactly the name of a country, its people or one of its regions, and not of a city."""
    if name in _data()["not_places"]["words"]:
        return False
    return name in _countries() or name in _subdivisions()


def is_adjective(word: str) -> bool:
    """Whether a word says of what country or continent something is: "Hungarian", "European"."""
    return word in _adjectives()


def is_nation(name: str) -> bool:
    """Whether it is exactly the name of a country or its people, and not of one of its regions."""
    return name in _countries() and name not in _data()["not_places"]["words"]


def is_region(name: str) -> bool:
    """Whether the word means a market rather than a place: global, Europe, overseas."""
    return name.lower() in _regions()


@cache
def _regions() -> frozenset[str]:
    return frozenset(word.lower() for word in _data()["regions"]["words"])


def country_behind(text: str, end: int) -> str | None:
    """The country that stands right behind a place: "near Horsham in western Victoria, Australia".

    `end` is where the place ends.
    """
    found = _BEHIND.match(text, end)
    return country(found[1], cities=False) if found else None


def country_told(sentence: str) -> str | None:
    """The country of what a sentence tells of: not that of "the South Korean company" that does it.

    Nor of "China's Lumora", where it tells of another; nor is a word of a longer name a city: "Viability Gap
    Funding".
    """
    plain = _aside().sub("", sentence)
    for told in (_WHOSE.sub("", plain), plain):
        lone = _LONGER_NAME.sub(lambda name: name[0] if known(name[0]) else "", told)
        if code := country(told, cities=False) or country(lone):
            return code
    return None


@cache
def _aside() -> re.Pattern[str]:
    """Companies by their home, and amounts of "U.S. dollars"."""
    nouns, moneys = ("|".join(_data()[table]["words"]) for table in ("companies", "moneys"))
    return re.compile(
        rf"\b(?:U\.S\.|[A-Z]\w+) (?:{moneys})\b|"
        rf"(?:\b[A-Z]\w+ )?\b[A-Z]\w+(?:-based)?(?: [a-z][\w-]*){{0,4}}? (?:{nouns})\b"
    )


def country(text: str, *, cities: bool = True) -> str | None:
    """The country that the words of a place, name or sentence point to; None where nothing is known of them.

    A country's own name comes first, then the last region, since "Paris, Texas" is in Texas, then, unless
    `cities` is off, a city: a weak sign, since many cities share a name.
    """
    tokens = list(_TOKEN.finditer(text))
    region = city = None
    taken = 0
    for index in range(len(tokens)):
        if index < taken:
            continue
        for length in range(min(_LONGEST, len(tokens) - index), 0, -1):
            name = text[tokens[index].start() : tokens[index + length - 1].end()]
            if not name[0].isupper() or name in _data()["not_places"]["words"]:
                continue
            spelled = name.removesuffix("-based").removesuffix("'s").removesuffix("’s")
            beside = [
                token[0] for token in (*tokens[max(index - 1, 0) : index], *tokens[index + 1 : index + 2])
            ]
            if code := _nation(spelled, beside):
                return code
            if code := _subdivisions().get(spelled):
                region = code
            elif cities and (code := _cities().get(spelled)):
                city = city or code
            if code:
                taken = index + length
                break
    return region or city


def _nation(name: str, beside: list[str]) -> str | None:
    """The country of this name; beside a city of the U.S. or "US" Georgia is the state."""
    code, state = _countries().get(name), _subdivisions().get(name)
    if code and state and state != code:
        around = {"US" if word == "County" else _cities().get(word) or known(word) for word in beside}
        return state if state in around else code
    return code
