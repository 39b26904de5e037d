"""The words of the rules, from the data files, compiled when first asked for.

A list of words goes by its address: "facilities.roles.land" is the list `land` in the table `[roles]` of
data/facilities.toml. The rules name lists; which words are in them is the data files' business alone.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from extractor.finder import Finder

if TYPE_CHECKING:
    from collections.abc import Iterable

_ADDRESS = re.compile(r"\{([a-z_]+(?:\.[a-z_]+)+)\}")


def phrases(words: Iterable[str], patterns: Iterable[str] = ()) -> str:
    """The source of a regular expression for any of the words or phrases, the longest first.

    Words match whole and in any case, a space matches a hyphen too, and a star at the end stands for any
    ending: "suppl*" is supply, supplies and supplier. `patterns` are regular expressions, for what no phrase
    can say.
    """
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    escaped = (re.escape(word).replace(r"\ ", r"[ \u00a0-]").replace(r"\*", r"\w*") for word in ordered)
    return rf"(?<![^\W_])(?i:{'|'.join([*escaped, *patterns])})(?![^\W_])"


@cache
def load(address: str) -> Any:  # noqa: ANN401  a list of words, a table or an array of tables
    """What stands at an address: a list of words, a table of them, or an array of tables."""
    file, *keys = address.split(".")
    found: Any = _file(file)
    for key in keys:
        found = found[key]
    return found


@cache
def words(address: str) -> frozenset[str]:
    """The words of a list as they are written, for looking one up."""
    return frozenset(load(address))


class Pattern(Finder):
    r"""A regular expression that names lists of words: `{deals.roles.volume}` is any word of that list.

    It reads no data file and compiles nothing before its first use.

    >>> Pattern(r"{deals.roles.advance} of (\w+)").search("with a down payment of half")[1]
    'half'
    """

    @cached_property
    def source(self) -> str:
        """The regular expression, with the words in the place of their addresses."""
        return _filled(self._given)


@dataclass(frozen=True)
class Row:
    """One of an array of tables: a name and the phrases that it goes by."""

    name: str
    pattern: Finder
    data: dict[str, Any]
    """Whatever else the table says."""


@cache
def rows(address: str) -> tuple[Row, ...]:
    """The tables of an array, in the order of the file: `rows("forecasts.metric")`."""
    return tuple(
        Row(row["name"], Finder(phrases(row["words"], map(_filled, row.get("patterns", ())))), row)
        for row in load(address)
    )


def _filled(source: str) -> str:
    """A regular expression with the words of its lists in the place of their addresses."""
    return _ADDRESS.sub(lambda hit: phrases(load(hit[1])), source)


@cache
def _file(name: str) -> dict[str, Any]:
    path = files("extractor.draft.rules") / "data" / f"{name}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))
