"""Scene: a reading laid out for the rules: sentences with their figures, times and names, each found once."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from extractor.draft.rules.compared import is_compared
from extractor.draft.rules.names import Name, Names
from extractor.draft.rules.vocabulary import Pattern
from extractor.places import known

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractor.draft.labels import Labels
    from extractor.layout import Section, Sentence
    from extractor.ledger import Reading
    from schemas import Quantity, When

_LABELLED = re.compile(r"[^:.]{2,40}:\s{2,}\S|[^:.]{2,40}:\s.*\d")
_DATELINE = Pattern(r"{names.datelines.labels}.{0,6}[:|•\d]|By [A-Z][\w.]+(?: [A-Z][\w.]+){0,3}\b.{0,4}[,|•]")
_AGENCY = re.compile(
    r"\([^()\n]{3,30}\)(?=(?: [A-Z][a-z]{2,8}\.? \d{1,2})?(?: ?(?:--|–|—)| - ))|"
    r"(?m:^)[A-Z][\w ]{3,40}(?=, [A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4})? ?(?:--?|–|—) )"
)
_BULLET = re.compile(r"(?:^|\n)[ \t\u00a0]*[•●▪◦·‣*–—-][ \t\u00a0]+$")
_LONGEST_DATELINE = 120
_LONGEST_HEADLINE = 220
_TIME_REACH = 90
"""Characters behind a figure within which a time is still of it."""
_LONGEST_RUN_IN = 60
_FEWEST_RUN_IN = 3
"""Paragraphs that open with a few words before their sentences, from which on these words are headings."""
_NEXT_CLAUSE = re.compile(r"; | (?:and|but|while)\b")
_OTHER_CLAUSE = re.compile(r"[;:]|, (?:while|and|but|with|which)\b|\bfrom\b.*\bin\b")


@dataclass(slots=True, eq=False)
class Line:
    """A sentence with what stands in it; all offsets are those of the text."""

    start: int
    end: int
    text: str
    section: int
    paragraph: int
    headline: bool
    """Whether it is a title, or a short line without a full stop."""
    capitalised: bool
    """Whether it is a title most of whose words have capitals, which name nothing then."""
    index: int
    """Its place in the scene's lines."""
    figures: list[Quantity] = field(default_factory=list)
    times: list[When] = field(default_factory=list)
    names: list[Name] = field(default_factory=list)
    companies: list[Name] = field(default_factory=list)
    """Of the names, those of companies."""
    whole: Line | None = None
    """The sentence that it is a passage of, None for a sentence."""

    def part(self, start: int, end: int) -> Line:
        """A passage of it as a line of its own."""
        within = [
            [part for part in whole if start <= part.start < end] for whole in (self.names, self.companies)
        ]
        return replace(
            self,
            start=start,
            end=end,
            text=self.between(start, end),
            figures=[figure for figure in self.figures if start <= figure.start < end],
            times=[time for time in self.times if start <= time.start < end],
            names=within[0],
            companies=within[1],
            whole=self,
        )

    def between(self, start: int, end: int) -> str:
        """Its words from one offset to another."""
        return self.text[max(start - self.start, 0) : max(end - self.start, 0)]

    def before(self, at: int, width: int) -> str:
        """Its words before an offset, at most `width` characters."""
        return self.between(at - width, at)

    def after(self, at: int, width: int) -> str:
        """Its words from an offset on, at most `width` characters."""
        return self.between(at, at + width)

    def gap_before(self, figure: Quantity) -> str:
        """The words between the figure before it, or the start of the sentence, and a figure."""
        index = self._index(figure)
        return self.between(self.figures[index - 1].end if index else self.start, figure.start)

    def gap_after(self, figure: Quantity) -> str:
        """The words between a figure and the next that does not restate it, or the end of the sentence."""
        rest = self.figures[self._index(figure) + 1 :]
        following = next((f for f in rest if f.same_as != figure.figure), None)
        return self.between(figure.end, following.start if following else self.end)

    def near(self, figure: Quantity, before: int, after: int) -> str:
        """The words around a figure between its neighbours and in its clause, so many characters at most."""
        behind = _NEXT_CLAUSE.split(self.gap_after(figure)[:after], maxsplit=1)[0]
        return f"{self.gap_before(figure)[-before:]} … {behind}"

    def time_of(self, figure: Quantity) -> When | None:
        """The time that a figure is of: the first behind it in its clause, else the last before it.

        Failing these, one in a clause behind.
        """
        own = self.own_time_of(figure)
        if own is not None:
            return own
        return next(
            (t for t in self.times if t.start >= figure.end and not is_compared(self, t, figure)), None
        )

    def own_time_of(self, figure: Quantity) -> When | None:
        """As `time_of`, but none of a clause behind: "102 GWh, which exceeds the 96 GWh of last year"."""
        rest = self.figures[self._index(figure) + 1 :]
        stop = next((f.start for f in rest if f.same_as is None), self.end)
        own = [time for time in self.times if not is_compared(self, time, figure)]
        behind = next((t for t in own if t.start >= figure.end), None)
        if behind is None or not self._is_near(figure, behind):
            behind = None
        elif behind.start < stop:
            return behind
        return next((t for t in reversed(own) if t.end <= figure.start), behind)

    def _is_near(self, figure: Quantity, time: When) -> bool:
        """Whether a time behind a figure stands in its clause."""
        between = self.between(figure.end, time.start)
        return len(between) < _TIME_REACH and not _OTHER_CLAUSE.search(between)

    def _index(self, figure: Quantity) -> int:
        return bisect_left(self.figures, figure.start, key=lambda other: other.start)


class Scene:
    """The text, its names, and its lines in order: headings first in their section, then its sentences."""

    def __init__(self, reading: Reading, labels: Labels | None = None) -> None:
        self.text = reading.document.text
        self.labels: Labels = labels or {}
        """What somebody else says that figures are; the rules find the records to it."""
        self.ledger = reading.ledger
        self.published = reading.document.published
        self.lines: list[Line] = []
        self.headings: list[Line | None] = []
        """The heading of each section."""
        self.sections: list[list[Line]] = []
        """The lines of each section, the heading among them."""
        self._run_in = _run_in_headings(self.text, reading.sections, [f.start for f in self.ledger.figures])
        for section in reading.sections:
            self._lay_out(section)
        self.names = Names(
            self.text,
            capitalised=[(line.start, line.end) for line in self.headlines if line.capitalised],
            skipped=_no_names(reading),
        )
        self._fill()

    def previous(self, line: Line) -> Line | None:
        """The sentence before a line in its paragraph."""
        before = self.lines[line.index - 1] if line.index else None
        same = before is not None and before.paragraph == line.paragraph and not before.headline
        return before if same else None

    @cached_property
    def headlines(self) -> list[Line]:
        """The lines that are titles, in order."""
        return [line for line in self.lines if line.headline]

    @cached_property
    def companies(self) -> list[Name]:
        """The companies named in the lines of the text, in order."""
        return [company for line in self.lines for company in line.companies]

    @cached_property
    def company_count(self) -> Counter[str]:
        """How often each company is named, by the form that stands there."""
        return Counter(company.text for company in self.companies)

    @cached_property
    def regions(self) -> dict[str, str]:
        """A place → the region that the text names it with: "Kingston" → "Kingston, Ontario"."""
        found: dict[str, str] = {}
        for place, region in pairwise(self.names.all):
            if self.text[place.end : region.start] == ", " and known(region.text):
                found.setdefault(place.text, f"{place.text}, {region.text}")
        return found

    def _lay_out(self, section: Section) -> None:
        number = len(self.sections)
        self.sections.append([])
        heading = None
        if section.heading is not None:
            heading = self._add(*section.heading, number, paragraph=-1, headline=True)
        self.headings.append(heading)
        for sentence in section.sentences:
            if sentence.start in self._run_in:
                number = len(self.sections)
                self.sections.append([])
                self.headings.append(
                    self._add(sentence.start, sentence.end, number, paragraph=-1, headline=True)
                )
            elif not self._is_dateline(sentence):
                headline = _is_headline(self.text[sentence.start : sentence.end])
                headline = headline and not self._is_item(sentence)
                self._add(sentence.start, sentence.end, number, sentence.paragraph, headline=headline)

    def _add(self, start: int, end: int, section: int, paragraph: int, *, headline: bool) -> Line:
        words = self.text[start:end]
        capitalised = headline and _share_of_capitals(words) > 0.5
        line = Line(start, end, words, section, paragraph, headline, capitalised, index=len(self.lines))
        self.lines.append(line)
        self.sections[section].append(line)
        return line

    def _is_item(self, sentence: Sentence) -> bool:
        """Whether a line is an item of a list by its bullet."""
        return _BULLET.search(self.text, max(0, sentence.start - 8), sentence.start) is not None

    def _is_dateline(self, sentence: Sentence) -> bool:
        short = sentence.end - sentence.start < _LONGEST_DATELINE
        return short and _DATELINE.match(self.text, sentence.start, sentence.end) is not None

    def _fill(self) -> None:
        """Give each line what stands in it."""
        figures, times = self.ledger.figures, self.ledger.times
        figure_starts, time_starts = [f.start for f in figures], [t.start for t in times]
        for line in self.lines:
            line.figures = list(figures[_within(figure_starts, line)])
            line.times = list(times[_within(time_starts, line)])
            line.names = self.names.within(line.start, line.end)
            line.companies = [name for name in line.names if name.sort == "company"]


def _run_in_headings(text: str, sections: tuple[Section, ...], figures: list[int]) -> set[int]:
    """Where the items of a digest start, three of them or more on end.

    From "Maplecore starts digging. Bécancour is where …" the first sentence.
    """
    starts: set[int] = set()
    for section in sections:
        found: list[int] = []
        for _, group in groupby(section.sentences, key=lambda sentence: sentence.paragraph):
            first, *rest = group
            short = first.end - first.start <= _LONGEST_RUN_IN and text[first.end - 1] == "."
            has_figure = bisect_left(figures, first.start) < bisect_left(figures, first.end)
            if rest and short and not has_figure:
                found.append(first.start)
                continue
            starts.update(found if len(found) >= _FEWEST_RUN_IN else ())
            found = []
        starts.update(found if len(found) >= _FEWEST_RUN_IN else ())
    return starts


def _no_names(reading: Reading) -> Iterator[tuple[int, int]]:
    """The passages that are something else than a name: figures, times, stock codes, menus."""
    ledger = reading.ledger
    yield from ((figure.start, figure.end) for figure in ledger.figures)
    yield from ((time.start, time.end) for time in ledger.times)
    # "(Yicai Global) Dec. 2 --", "Financial Press, Jan. 16 -": the agency
    yield from (hit.span() for hit in _AGENCY.finditer(reading.document.text))
    yield from ((d.start, d.end) for d in ledger.dismissed if d.reason not in {"name", "date"})
    yield from ((line.start, line.end) for line in reading.furniture)


def _within(starts: list[int], line: Line) -> slice:
    return slice(bisect_left(starts, line.start), bisect_left(starts, line.end))


def _is_headline(words: str) -> bool:
    """Whether a line is a title: no full stop, and short or most of its words capitalised."""
    tokens = [token for token in words.split() if token[0].isalpha()]
    if not tokens or _LABELLED.match(words) or words[-1] in '.!?。”"' or len(words) > _LONGEST_HEADLINE:
        return False
    return len(tokens) < 16 or _share_of_capitals(words) > 0.5


def _share_of_capitals(words: str) -> float:
    """How many of the words start with a capital."""
    tokens = [token for token in words.split() if token[0].isalpha()]
    return sum(token[0].isupper() for token in tokens) / max(len(tokens), 1)
