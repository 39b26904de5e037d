"""Reader: one pass over a text, from left to right, that finds figures, times and dismissed numerals.

Wherever a number or a time can open, one passage is read around it and the pass goes on behind it. Nothing is
searched for at a distance of more than a few words, so that the work grows with the text and no faster.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from extractor.read import names
from extractor.read.currencies import currency_table
from extractor.read.figures import around, neighbours, restated, ties
from extractor.read.figures.ages import age
from extractor.read.figures.bounds import bound_after, bound_before
from extractor.read.figures.figure import COUNT, MULTIPLE
from extractor.read.figures.measure import Measures
from extractor.read.figures.multiples import is_factor, is_frequency, multiple
from extractor.read.figures.numbers import number_words
from extractor.read.figures.vocabulary import vocabulary
from extractor.read.times.ranges import Time, time_at
from extractor.read.times.spans import span
from extractor.read.times.words import time_words
from extractor.read.tokens import Tokens
from schemas import Dismissed, Quantity, When

if TYPE_CHECKING:
    from datetime import date

    from extractor.read.figures.figure import Figure
    from extractor.read.times.days import Days

_TIME, _NUMBER, _MULTIPLE = 1, 2, 4
_IN_WEB_ADDRESS = frozenset("/.@_")
_HYPHENS = frozenset({"-", "’", "'"})
_ICON_LENGTH = 40  # characters behind a glued month that its date may take
_LOOK_BACK = 300  # characters back to the time that "a year earlier" counts from
_MONTH = 3  # letters of the shortest month
_GLUED_MONTH = re.compile(r"(?<=[a-z])[A-Z][a-z]{2,8}$")
_TON = re.compile(r"\btons?\b")
_SHORT_TON_LAND = re.compile(
    r"\b(?:acres?|U\.S\.|US|United States|American|square[- ]f(?:ee|oo)t|short tons?)\b"
)


@cache
def _roles() -> dict[str, int]:
    """What every word that opens something opens."""
    opened = {
        _TIME: time_words().openings,
        _NUMBER: number_words().openers,
        _MULTIPLE: [*vocabulary().multiples.words, *vocabulary().multiples.bare],
    }
    roles: dict[str, int] = {}
    for role, words in opened.items():
        for word in words:
            roles[word] = roles.get(word, 0) | role
    return roles


class Reader:
    """Reads one text; `quantities`, `whens` and `dismissals` are what it found."""

    def __init__(self, text: str, published: date | None) -> None:
        self._text, self._published = text, published
        self._tokens = Tokens(text)
        self._measures = Measures(self._tokens)
        self._figures: list[Figure] = []
        self._times: list[Time] = []
        self._latest: Days | None = None
        """The last of them that does not look back itself: two "a year earlier" are of one year."""
        self._names: list[names.Name] = []
        self._done = 0
        """Up to here everything is read."""

    def read(self) -> Reader:
        """Read the text."""
        roles, starts, words = _roles(), self._tokens.starts, self._tokens.words
        openers = [index for index, word in enumerate(words) if word in roles or word.isdecimal()]
        for index in openers:
            if starts[index] < self._done:
                continue
            role = roles.get(words[index])
            if role is None:
                self._numeral(index)
            elif not self._is_in_address(index):
                self._word(index, role)
        self._look_around()
        return self

    def _word(self, index: int, role: int) -> None:
        """A word that can open a time, a multiple or a number, tried in this order."""
        if role & _TIME and self._may_open_time(index) and self._time(index):
            return
        if role & _MULTIPLE and self._multiple(index):
            return
        if role & _NUMBER:
            self._number(index)

    def _is_in_address(self, index: int) -> bool:
        """Whether a word is a piece of a web address: "www.two-plants.com/may"."""
        start = self._tokens.starts[index]
        return start > 0 and self._text[start - 1] in _IN_WEB_ADDRESS

    def _numeral(self, index: int) -> None:
        """A numeral in digits: a name, a time or a figure."""
        tokens = self._tokens
        sign = currency_table().before(tokens, index, self._done)
        if sign is None and (price := self._measures.priced(index, self._done)):
            self._add(price)
            return
        name = names.opened(tokens, index, self._done) if sign is None else None
        name = name or names.after_word(tokens, index, self._done)
        may_be_day = name is None or name.reason == "ordinal"  # on the 23rd
        if may_be_day and sign is None and self._dated(index):
            return
        figure = None
        if name is None and sign is not None:
            figure = self._measures.at(index, self._done, sign)
        if name is None and figure is None:
            name = names.glued(tokens, index, self._done)
            figure = self._measures.at(index, self._done, None) if name is None else None
        if figure is not None and not self._carries_on(index, figure):
            name = names.turned_out(tokens, index, figure, self._done)
        if name is not None:
            self._names.append(name)
            self._done = name.end
        elif figure is not None:
            self._add(figure)
        else:
            self._done = max(self._done, tokens.ends[index])

    def _dated(self, index: int) -> bool:
        """A time that opens with a numeral or with the month glued before it; whether there is one."""
        if self._tokens.word(index - 1)[-_MONTH:] in time_words().month_ends and self._glued_month(index):
            return True
        return self._may_open_time(index) and self._time(index)

    def _carries_on(self, index: int, figure: Figure) -> bool:
        """Whether a bare number carries on the statement before: "Spain took 12 GWh, Italy 9"."""
        if not self._figures or figure.unit.kind != "number" or not names.is_gapped(self._tokens, index):
            return False
        return ties.is_gapped(self._text, self._figures[-1], figure)

    def _may_open_time(self, index: int) -> bool:
        """Whether any form of a time opens with this token and the next."""
        words = self._tokens.words
        return bool(time_words().opened(words[index], words[index + 1] if index + 1 < len(words) else ""))

    def _time(self, index: int) -> bool:
        """A time that opens here; whether there is one."""
        is_near = self._times and self._tokens.starts[index] - self._times[-1].end < _LOOK_BACK
        near = self._latest if is_near else None
        found = time_at(self._tokens, index, self._done, self._published, near)
        if found is not None:
            self._take(found)
        return found is not None

    def _take(self, time: Time) -> None:
        """Keep a time."""
        self._times.append(time)
        self._done = time.end
        if not time.looks_back:
            self._latest = time.days

    def _glued_month(self, index: int) -> bool:
        """A date behind the name of a page's icon, as in "iconNov 20, 2025"; whether there is one."""
        tail = _GLUED_MONTH.search(self._tokens.written(index - 1))
        if tail is None or tail[0].lower() not in time_words().months:
            return False
        start = self._tokens.starts[index - 1] + tail.start()
        if start < self._done:
            return False
        found = time_at(Tokens(self._text[start : start + _ICON_LENGTH]), 0, 0, self._published)
        if found is None:
            return False
        self._take(Time(start, start + found.end, found.days))
        return True

    def _multiple(self, index: int) -> bool:
        """A multiple that is one word; whether there is one."""
        figure = multiple(self._tokens, index)
        if figure is not None:
            self._add(figure)
        return figure is not None

    def _number(self, index: int) -> None:
        """A number in words."""
        tokens = self._tokens
        if tokens.joined(index) and tokens.words[index - 1] in _HYPHENS:
            return
        if names.is_worded_name(tokens, index):
            return
        figure = self._measures.at(index, self._done, None)
        if figure is not None and figure.first >= self._done:
            self._add(figure)

    def _add(self, figure: Figure) -> None:
        """Take in what stands before and behind a measure, and keep it: as a time where it is one."""
        tokens, text = self._tokens, self._text
        if is_factor(tokens, figure):
            figure.unit, figure.needs_unit = MULTIPLE, False
        elif is_frequency(tokens, figure):
            figure.unit, figure.of = COUNT, "times"
        elif (years := age(tokens, figure)) is not None:
            figure.unit = years
        bound_after(text, figure)
        if figure.unit.kind != "ratio" and (period := self._measures.period(figure)):
            figure.per, figure.end = period
            bound_after(text, figure)
        bound_before(tokens, figure, self._done)
        is_duration = figure.unit.kind == "duration"
        time = span(tokens, figure, self._done, self._published, self._latest) if is_duration else None
        if time is None:
            self._figures.append(figure)
            self._done = figure.end
        else:
            self._take(time)

    def _look_around(self) -> None:
        """What the neighbours of a figure and the words beside it add."""
        tokens, text = self._tokens, self._text
        if not self._figures:
            return
        found = self._figures = neighbours.share(text, self._figures)
        restated.link(text, found)
        for at, figure in enumerate(found):
            floor = found[at - 1].end if at else 0
            ceiling = found[at + 1].start if at + 1 < len(found) else len(text)
            if figure.per is None and figure.denominator is None:
                figure.per = around.period(tokens, figure, floor, ceiling)
                if figure.per is not None and at and ties.carries_on(text, found[at - 1], figure):
                    # 1,900 tonnes of carbonate and 7,400 tonnes of hydroxide per year
                    found[at - 1].per = found[at - 1].per or figure.per
            alike = at > 0 and (figure.denominator is None) == (found[at - 1].denominator is None)
            if figure.per is None and alike and ties.carries_on(text, found[at - 1], figure):
                figure.per = found[at - 1].per
            if figure.per is None and figure.same_as is not None:
                figure.per = found[figure.same_as].per
            figure.change = figure.change or around.change(tokens, figure, floor, ceiling)
        neighbours.share_around(text, found)
        self._short_tons()

    def _short_tons(self) -> None:
        """Say where a ton may be a short one."""
        tons = [figure for figure in self._figures if figure.unit.symbol == "t"]
        tons = [figure for figure in tons if _is_plain_ton(self._text[figure.first : figure.end].lower())]
        if tons and _SHORT_TON_LAND.search(self._text):
            for figure in tons:
                figure.assumed.append("ton")

    def quantities(self) -> list[Quantity]:
        """The figures, finished."""
        return [figure.quantity(self._text, number) for number, figure in enumerate(self._figures, 1)]

    def whens(self) -> list[When]:
        """The times, finished."""
        return [
            When(
                time=f"t{number}",
                text=self._text[time.start : time.end],
                start=time.start,
                end=time.end,
                start_date=time.days.first,
                end_date=time.days.last,
                precision=time.days.precision,
            )
            for number, time in enumerate(self._times, 1)
        ]

    def dismissals(self) -> list[Dismissed]:
        """The numerals that are no figures: names, and dates in digits."""
        dates = [
            names.Name(time.start, time.end, "date")
            for time in self._times
            if any(c.isdigit() for c in self._text[time.start : time.end])
        ]
        return [
            Dismissed(
                text=self._text[name.start : name.end], start=name.start, end=name.end, reason=name.reason
            )
            for name in sorted([*self._names, *dates])
        ]


def _is_plain_ton(written: str) -> bool:
    """Whether a mass is written as a plain ton, which may be metric or short."""
    return _TON.search(written) is not None and "metric" not in written
