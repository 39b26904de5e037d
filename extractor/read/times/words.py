"""Time words: times.toml as tables, and its forms as patterns by the token that they open with."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from extractor.read.units import load

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

YEAR = r"(?:1[89]\d\d|20\d\d)(?!\d|[.,]\d|%)"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:[ ]?(?:st|nd|rd|th)(?!\w))?(?!\d|[.,]\d)"
_CENTURIES = frozenset({"18", "19", "20"})
_YEAR_DIGITS, _DAY_DIGITS = 4, 2
_FULL_NAME = 4  # letters from which a month is a name in full and no abbreviation


class Form(NamedTuple):
    """A form of a point in time."""

    name: str
    pattern: re.Pattern[str]


class TimeWords:
    """The words and forms of times.toml."""

    def __init__(self) -> None:
        data = load("times.toml")
        self.months: dict[str, int] = data["months"]
        self.month_ends = frozenset(name[-3:] for name in self.months)
        self.homographs = frozenset(data["month_homographs"]["words"])
        self.ordinals: dict[str, int] = data["ordinals"]
        self.relatives: dict[str, int] = data["relative"]
        self.parts: dict[str, int] = data["parts"]
        self.seasons: dict[str, int] = data["seasons"]
        self.weekdays: dict[str, int] = data["weekdays"]
        self.near_days: dict[str, int] = data["near_days"]
        self.prepositions = frozenset(data["prepositions"]["words"])
        tense = {name: frozenset(words) for name, words in data["tense"].items()}
        self.future, self.past, self.passive = tense["future"], tense["past"], tense["passive"]
        self.not_past_after, self.before_to = tense["not_past_after"], tense["before_to"]
        self.nouns, self.articles, self.saying = tense["nouns"], tense["articles"], tense["saying"]
        self.marks_before, self.marks_after, self.hydrogen = (
            frozenset(data["marks"][name]) for name in ("before", "after", "hydrogen")
        )
        self.spans = {name: frozenset(words) for name, words in data["spans"].items()}
        self.postponed = frozenset(data["postponed"]["words"])
        lists = ("ordinals", "relative", "parts", "seasons", "weekdays", "near_days")
        stands_for = {f"<{name}>": _any(data[name]) for name in lists}
        stands_for |= {"<of>": self._of(), "<month>": self._month(), "<year>": YEAR, "<day>": _DAY}
        self.followers = {
            opening: frozenset(word for name in words for word in data.get(name, [name]))
            for opening, words in data["followers"].items()
        }
        self.openings: dict[str, list[Form]] = {}
        for row in data["form"]:
            pattern = row["pattern"]
            for name, meaning in stands_for.items():
                pattern = pattern.replace(name, meaning)
            form = Form(row["name"], re.compile(pattern, 0 if row.get("cased") else re.IGNORECASE))
            for opening in row["opens"]:
                for word in {word.removeprefix("the ").split()[0] for word in data.get(opening, [opening])}:
                    self.openings.setdefault(word, []).append(form)

    def opened(self, word: str, ahead: str) -> Sequence[Form]:
        """The forms that a token opens; none where none of them goes on with the token `ahead`."""
        if word.isdecimal():  # as times.toml calls it: "####" for a year, "#" for a day
            is_year = len(word) == _YEAR_DIGITS and word[:2] in _CENTURIES
            word = "####" if is_year else "#" if len(word) <= _DAY_DIGITS else ""
        followers = self.followers.get(word)
        return self.openings.get(word, ()) if followers is None or ahead in followers else ()

    def _month(self) -> str:
        """A month's name; a full stop belongs to an abbreviation only, so that it may end a sentence."""
        full = _any(name for name in self.months if len(name) > _FULL_NAME or name in {"may", "june", "july"})
        return rf"(?:(?:{full})(?![^\W_])|(?:{_any(self.months)})(?![^\W\d_])\.?)"

    def _of(self) -> str:
        """A year behind a half or quarter: "of 2026", "2026", "of next year", "FY26", "'26", or nothing."""
        fiscal = r"(?:calendar[ ](?:year[ ])?|fiscal[ ](?:year[ ])?|financial[ ]year[ ]|FY[ ]?|CY[ ]?)?"
        return (
            rf"(?:(?:[ -]of|[ ]in)?,?[ /-]?(?:the[ ])?{fiscal}(?P<of_year>{YEAR})"
            r"(?:[EF]|[-/–]\d\d(?!\d|[.,]\d|[ ]?[%kMG]))?(?!\w)"
            rf"|(?:[ -]of)?[ ](?:fiscal[ ]|FY[ ]?)?(?P<of_rel>{_any(self.relatives)})"
            r"[ ](?:fiscal[ ]|financial[ ])?year(?!\w|['’]s)"
            r"|[ ]?(?:FY[ ]?|['’])(?P<of_short>\d\d)(?!\d))?"
        )


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True)).replace(" ", "[ ]").join(("(?:", ")"))


@cache
def time_words() -> TimeWords:
    """The words and forms, loaded once."""
    return TimeWords()
