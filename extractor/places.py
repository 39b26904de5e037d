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

_DATA = files("extractor") / "data"
_TOKEN = re.compile(r"U\.S\.|U\.K\.|[^\W\d_](?:[\w'’.-]*\w)?")
_LONGEST = 4  # words in a place name that is looked up
# words that a subdivision's official name carries and the press leaves out
_KINDS = re.compile(
    r"\b(?:Sheng|Shi|Zizhiqu|Zhuangzu|Huizu|Uygur|Special City|Metropolitan City|Province|State|Region|County|Prefecture|"
    r"Oblast|Kray|Land|megye|kraj|Voivodeship|do|Federal District|Distrito|Provincia|Departamento|län|fylke|Republic)\b"
)  # fmt: skip


@cache
def _data() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads((_DATA / "places.toml").read_text(encoding="utf-8"))


@cache
def _countries() -> dict[str, str]:
    """Country names, adjectives and subdivisions: they outrank cities of the same name."""
    import pycountry  # noqa: PLC0415  a tenth of a second that only a text with places pays

    names: dict[str, str] = {}
    for row in pycountry.subdivisions:
        plain = " ".join(_KINDS.sub("", row.name).split()).strip(" -,[]")
        # the same name in two countries ("Córdoba", "Limburg") says nothing by itself
        for name in {row.name, plain, _unaccented(plain)}:
            if len(name) > 3:  # noqa: PLR2004
                names[name] = (
                    row.country_code if names.get(name, row.country_code) == row.country_code else ""
                )
    for row in pycountry.countries:
        for name in (row.name, getattr(row, "common_name", None), getattr(row, "official_name", None)):
            if name:
                names[name] = row.alpha_2
    for code, words in _data()["country"].items():
        names |= dict.fromkeys(words, code)
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
    return _countries().get(name) or _cities().get(name)


def is_country(name: str) -> bool:
    """Whether it is exactly the name of a country, its people or one of its regions, and not of a city."""
    return name in _countries()


def is_region(name: str) -> bool:
    """Whether the word means a market rather than a place: global, Europe, overseas."""
    return name.lower() in _regions()


@cache
def _regions() -> frozenset[str]:
    return frozenset(word.lower() for word in _data()["regions"]["words"])


def country(text: str) -> str | None:
    """The country that the words of a place, name or sentence point to: a country's own name first, then a city's.

    None where nothing is known of them.
    """
    tokens = list(_TOKEN.finditer(text))
    city = None
    for index in range(len(tokens)):
        for length in range(min(_LONGEST, len(tokens) - index), 0, -1):
            name = text[tokens[index].start() : tokens[index + length - 1].end()]
            if not name[0].isupper() or name in _data()["not_places"]["words"]:
                continue
            for spelled in (name, name.removesuffix("-based"), name.removesuffix("'s").removesuffix("’s")):
                if code := _countries().get(spelled):
                    return code
                city = city or _cities().get(spelled)
    return city
