"""Dateline: the publication date that a press text states about itself, near its top.

A date counts where it is set off from the sentences: a line or a field of its own ("• 2022-11-23",
"| 5 May 2024 |"), after a label ("Updated: 2023-06-20"), or in a dateline ("SEOUL, March 4, 2025 —"). A date
inside a running sentence, "On March 4, 2025, the company said", does not.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from extractor.read.units import load

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOP = 2000
"""Characters from the start of the text in which a publication date is looked for: a cookie banner, menus and
the headline fit; the body's own dates are held off by the rules below."""
_SHORT = 160
"""A line longer than this is running text, not a byline or a row of fields."""
_HEAD = 100
"""Longest place and agency before the date of a dateline."""
_MONTHS = 12
_YEAR = re.compile(r"(?:19|20)\d\d")  # what every full date has

_SEPARATOR = re.compile(r"[|｜•·●▪■◆►»«]|\t|\s{2,}|(?:^|\s)[-–—/*>]+(?=\s|$)|--+|—")
_CLOCK = (
    r"(?:\d{1,2}(?:[:.]\d\d)?\s?[ap]\.?m\b\.?|\d{1,2}[:h]\d\d(?::\d\d(?:\.\d+)?)?)"
    r"(?:\s?\(?(?:[A-Z]{1,5}|(?:Eastern|Central|Mountain|Pacific|Beijing|[Ll]ocal)(?:\s[Tt]ime)?)?"
    r"(?:[+-]\d{1,2}(?::?\d\d)?)?\)?(?![a-z]))"
)
_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
_TIME_BEFORE = re.compile(rf"(?:(?:^|\s)(?:{_CLOCK}|(?i:{_WEEKDAY}))[.,]*)+\s*$")
_TIME_AFTER = re.compile(rf"(?:T|,?\s*(?:at\s)?){_CLOCK}", re.IGNORECASE)
_SET_OFF_AFTER = re.compile(
    rf"\s*(?:\.?$|[)\]】）(/]|{_SEPARATOR.pattern}|,\s[A-Z][\w.]*(?:\s[A-Z][\w.]*)?$|by\s\S|[Ss]ource\b)"
)
_AUTHOR = re.compile(r"\sby\s.{1,60}$")
_AFTER_PLACE = re.compile(r"\s*[:.]\s")
_IN_BRACKETS = re.compile(r"\([^()]*\)|/[^/]*/")
_CONNECTORS = frozenset({"of", "de", "del", "la", "am", "an", "der", "and", "the", "do", "da", "upon"})


def publication_date(text: str) -> date | None:
    """Find the day on which a press text says that it was published; None where it does not say.

    The first date that is set off near the top is taken; one that is labelled as a change ("Updated:") only
    where there is no other. A numeric date that could be two days (03/04/2025) is not taken. Never raises.
    """
    updated = None
    for line in text[:_TOP].splitlines():
        for found in _dates(line.strip()):
            label = found.label()
            if label in _words().updated:
                updated = updated or found.day
            elif label is not None or found.is_set_off():
                return found.day
    return updated


@dataclass(frozen=True, slots=True)
class _Found:
    """A full date and the rest of its line on both sides."""

    day: date
    before: str
    after: str

    @property
    def field(self) -> str:
        """What stands before the date since the last separator."""
        return _SEPARATOR.split(self.before)[-1].strip().lstrip("([【（")

    @property
    def in_short_line(self) -> bool:
        return len(self.before) + len(self.after) < _SHORT

    def label(self) -> str | None:
        """Find the label before the date ("updated"), in lower case."""
        colon = _words().before_colon.search(self.before)
        if colon:
            return colon["label"].lower()
        field = self.field.rstrip(" :：-–").lower()
        field = _AUTHOR.sub("", field.removesuffix(" on").removesuffix(" at"))
        return field if field in _words().labels and self._ends_well() else None

    def is_set_off(self) -> bool:
        """Tell whether the date is a field of its own, or stands in a dateline that opens the line."""
        if not self.in_short_line and not _is_head(self.before):
            return False
        field = self.field
        if not field or (field.islower() and field.isalpha() and self.before[-1:].isalpha()):
            return self._ends_well()  # an icon's name may be glued to the date: "iconNov 20, 2025"
        if not _is_head(field) or not (field.endswith((",", ".", "(", ")", "]")) or field.isupper()):
            return False
        return self._ends_well() or bool(_AFTER_PLACE.match(self.after))

    def _ends_well(self) -> bool:
        return bool(_SET_OFF_AFTER.match(self.after))


def _is_head(before: str) -> bool:
    """Tell whether words before a date can be place and agency: "SEOUL, South Korea (Yonhap) --"."""
    words = re.findall(r"[^\W\d_]+", _IN_BRACKETS.sub(" ", before))
    return len(before) <= _HEAD and all(not word[0].islower() or word in _CONNECTORS for word in words)


@dataclass(frozen=True, slots=True)
class _Words:
    labels: frozenset[str]
    updated: frozenset[str]
    before_colon: re.Pattern[str]
    months: dict[str, int]
    dates: tuple[re.Pattern[str], ...]


@cache
def _words() -> _Words:
    months = load("times.toml")["months"]
    data = tomllib.loads((files("extractor.input") / "dateline.toml").read_text(encoding="utf-8"))
    anywhere = "|".join(sorted(data["anywhere"], key=len, reverse=True))
    name = rf"(?P<name>(?i:{'|'.join(sorted(months, key=len, reverse=True))}))\b\.?"
    year, day, apart = r"(?P<year>(?:19|20)\d\d)(?!\d)", r"(?P<day>\d{1,2})", r"(?<![\d.,/–-])"
    return _Words(
        labels=frozenset(data["published"]) | frozenset(data["updated"]),
        updated=frozenset(data["updated"]),
        before_colon=re.compile(rf"(?:^|[\s|(>])(?P<label>{anywhere})\s*[:：]\s*$", re.IGNORECASE),
        months=months,
        dates=(
            re.compile(rf"{apart}{year}\s?[-/.年]\s?(?P<month>\d{{1,2}})\s?[-/.月]\s?{day}(?![\d%])日?"),
            re.compile(rf"{name}\s{{1,3}}{day}(?:st|nd|rd|th)?\s?,?\s{{1,3}}{year}"),
            re.compile(rf"{apart}{day}(?:st|nd|rd|th|\.)?[\s-]{{1,3}}(?:of\s)?{name},?[\s-]{{1,3}}{year}"),
            re.compile(rf"{apart}(?P<first>\d{{1,2}})(?P<point>[./])(?P<second>\d{{1,2}})(?P=point){year}"),
        ),
    )


def _dates(line: str) -> Iterator[_Found]:
    """Yield every unambiguous full date of the line in text order, without the time of day beside it."""
    if not _YEAR.search(line):
        return
    matches = (match for pattern in _words().dates for match in pattern.finditer(line))
    for match in sorted(matches, key=lambda match: match.start()):
        day = _day(match.groupdict())
        if day is not None:
            before, after = line[: match.start()], line[match.end() :]
            yield _Found(day, _TIME_BEFORE.sub(" ", before), _TIME_AFTER.sub("", after, count=1))


def _day(parts: dict[str, str]) -> date | None:
    """Make a day of its parts; None where they are no day or could be two."""
    if "first" in parts:
        first, second = int(parts["first"]), int(parts["second"])
        day_first = parts["point"] == "." or first > _MONTHS or first == second
        if not day_first and second <= _MONTHS:
            return None
        day, month = (first, second) if day_first else (second, first)
    else:
        day = int(parts["day"])
        month = _words().months[parts["name"].lower()] if "name" in parts else int(parts["month"])
    try:
        return date(int(parts["year"]), month, day)
    except ValueError:
        return None
