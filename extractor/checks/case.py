"""Case: what every check sees, built once from a result, with the indexes that spare all-pairs comparison."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from extractor.checks.interval import Agreement
from extractor.checks.sentences import Sentence, sentences
from extractor.checks.windows import CROWD, Window
from extractor.checks.wording import computed, stated
from extractor.layout import sections
from schemas import Problem, quantities

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date
    from decimal import Decimal

    from extractor.layout import Section
    from schemas import Deal, Dismissed, Facility, Forecast, Quantity, Result, When
    from schemas.problem import Severity, Verdict

_LARGEST = 30  # decimal exponent beyond which a computed number says nothing
_NEAR = 200  # characters within which two figures of a result without text count as one sentence


@dataclass(frozen=True)
class Case:
    """A result as the checks see it: text ("" where it was left out), ledger, records and their indexes."""

    text: str
    published: date | None
    figures: tuple[Quantity, ...]
    times: tuple[When, ...]
    facilities: tuple[Facility, ...]
    deals: tuple[Deal, ...]
    forecasts: tuple[Forecast, ...]
    dismissed: tuple[Dismissed, ...]
    """Numerals that are no figures."""
    unexplained: tuple[str, ...]
    """Ids of figures that no record took."""
    sections: tuple[Section, ...]
    """The text in sections, furniture included."""

    @classmethod
    def of(cls, result: Result, told: tuple[Section, ...] | None = None) -> Case:
        """The case of one result, its ledger in text order; `told` are the sections of its text, if known."""
        return cls(
            result.text or "",
            result.published,
            tuple(sorted(result.figures, key=lambda figure: figure.start)),
            tuple(sorted(result.times, key=lambda time: time.start)),
            tuple(result.facilities),
            tuple(result.deals),
            tuple(result.forecasts),
            tuple(result.coverage.figures_dismissed),
            tuple(result.coverage.figures_unexplained),
            sections(result.text or "") if told is None else told,
        )

    @cached_property
    def figure(self) -> Mapping[str, Quantity]:
        """Figures by id."""
        return {figure.figure: figure for figure in self.figures}

    @cached_property
    def owners(self) -> Mapping[str, tuple[str, ...]]:
        """Ids of the records that a figure stands in, by the figure's id."""
        owners: dict[str, dict[str, None]] = defaultdict(dict)
        for record, owned in self.owned.items():
            for quantity in owned:
                owners[quantity.figure][record] = None
        return {figure: tuple(records) for figure, records in owners.items()}

    @cached_property
    def owned(self) -> Mapping[str, tuple[Quantity, ...]]:
        """The figures of a record, by its id."""
        records = (*self.facilities, *self.deals, *self.forecasts)
        return {record.id: tuple(quantities(record)) for record in records}

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences of the text, each with its figures and times; none where the text was left out."""
        return tuple(sentences(self.text, self.sections, self.figures, self.times))

    @cached_property
    def paragraphs(self) -> Mapping[int, tuple[Sentence, ...]]:
        """The sentences of each paragraph, by its number."""
        grouped: dict[int, list[Sentence]] = defaultdict(list)
        for sentence in self.sentences:
            grouped[sentence.paragraph].append(sentence)
        return {number: tuple(members) for number, members in grouped.items()}

    @cached_property
    def windows(self) -> tuple[Window, ...]:
        """The sentences with two figures and more, as windows.

        Tables are left out, and so is "… and …, respectively", where neighbours do not belong together.
        """
        return tuple(Window.of(s) for s in self.sentences if len(s.figures) > 1 and self._told(s))

    @cached_property
    def neighbours(self) -> tuple[Window, ...]:
        """Windows of two sentences that follow each other, with no heading between, both with figures."""
        return tuple(
            Window.of(one, other)
            for one, other in pairwise(self.sentences)
            if one.figures and other.figures and self._told(one) and self._told(other)
            if not one.heading and not other.heading
        )

    @cached_property
    def dated(self) -> tuple[Window, ...]:
        """The sentences with times, as windows; tables are left out."""
        return tuple(
            Window.of(sentence)
            for sentence in self.sentences
            if 0 < len(sentence.times) <= CROWD and len(sentence.figures) <= CROWD
        )

    @staticmethod
    def _told(sentence: Sentence) -> bool:
        return len(sentence.figures) <= CROWD and "respectively" not in sentence.text

    @cached_property
    def _starts(self) -> list[int]:
        return [sentence.start for sentence in self.sentences]

    def sentence(self, at: Quantity | When) -> Sentence | None:
        """The sentence that a figure or time stands in; None where the text was left out."""
        index = bisect_right(self._starts, at.start) - 1
        return self.sentences[index] if index >= 0 else None

    def around(self, sentence: Sentence, reach: int) -> tuple[Sentence, ...]:
        """A sentence with up to `reach` sentences of its paragraph on either side."""
        at = bisect_left(self._starts, sentence.start)
        near = self.sentences[max(0, at - reach) : at + reach + 1]
        return tuple(other for other in near if other.paragraph == sentence.paragraph)

    def sentences_before(self, sentence: Sentence, number: int) -> tuple[Sentence, ...]:
        """The last sentences and headings before one, in text order."""
        at = bisect_left(self._starts, sentence.start)
        return self.sentences[max(0, at - number) : at]

    def words_before(self, figure: Quantity, reach: int) -> str:
        """Up to `reach` characters before a figure, back to its sentence's start or the figure before it."""
        begin = max([figure.start - reach, self._bounds(figure)[0]])
        return self.text[begin : figure.start]

    def words_after(self, figure: Quantity, reach: int) -> str:
        """Up to `reach` characters after a figure, on to its sentence's end or the next figure."""
        end = min([figure.end + reach, self._bounds(figure)[1]])
        return self.text[figure.end : end]

    def following(self, figure: Quantity) -> Quantity | None:
        """The figure after one."""
        at = self._places.get(figure.figure, 0) + 1
        return self.figures[at] if at < len(self.figures) else None

    def preceding(self, figure: Quantity) -> Quantity | None:
        """The figure before one."""
        at = self._places.get(figure.figure, 0) - 1
        return self.figures[at] if at >= 0 else None

    def _bounds(self, figure: Quantity) -> tuple[int, int]:
        """End of the figure before or start of the sentence; start of the figure after or end of it."""
        at = self._places.get(figure.figure, 0)
        sentence = self.sentence(figure)
        begin, end = (sentence.start, sentence.end) if sentence else (0, len(self.text))
        if at and self.figures[at - 1].end <= figure.start:
            begin = max(begin, self.figures[at - 1].end)
        if at + 1 < len(self.figures) and self.figures[at + 1].start >= figure.end:
            end = min(end, self.figures[at + 1].start)
        return begin, end

    @cached_property
    def _places(self) -> Mapping[str, int]:
        return {figure.figure: at for at, figure in enumerate(self.figures)}

    def together(self, a: Quantity, b: Quantity, reach: int = 0) -> bool:
        """Whether two figures are in one sentence or up to `reach` apart; near each other, without a text."""
        first, last = sorted((a, b), key=lambda figure: figure.start)
        place = self.sentence(last)
        if place is None:
            return last.start - first.start < _NEAR
        return any(s.start <= first.start < s.end for s in (place, *self.sentences_before(place, reach)))

    def problem(  # noqa: PLR0913  a problem has that many fields
        self,
        rule: str,
        verdict: Verdict,
        message: str,
        figures: Iterable[Quantity],
        *,
        severity: Severity | None = None,
        numbers: tuple[Decimal, Decimal] | None = None,
        records: Iterable[str] = (),
    ) -> Problem:
        """A finding about these figures and the records that they stand in.

        `numbers` are what the arithmetic gives and what the text states, in one unit. A conflict is a
        warning unless `severity` says otherwise.
        """
        ids = list(dict.fromkeys(figure.figure for figure in figures))
        owned = [record for figure in ids for record in self.owners.get(figure, ())]
        expected, found = numbers or (None, None)
        ratio = found / expected if found is not None and expected else None
        return Problem(
            rule=rule,
            verdict=verdict,
            severity=severity or ("warning" if verdict == "conflict" else "info"),
            message=message,
            figures=ids,
            records=list(dict.fromkeys([*records, *owned])),
            expected=_sayable(expected),
            found=_sayable(found),
            ratio=_sayable(ratio),
        )

    def judged(  # noqa: PLR0913  what is compared, how it compares, and what may explain it
        self,
        rule: str,
        sums: str,
        agreement: Agreement,
        figures: Sequence[Quantity],
        numbers: tuple[Decimal, Decimal],
        *,
        doubt: str = "",
        hint: str = "",
        severity: Severity | None = None,
    ) -> Problem:
        """The verdict on arithmetic shown as `sums`, against the last of the figures.

        A `doubt` leaves a difference open; a `hint` is said of one that nothing explains.
        """
        said = stated(figures[-1])
        same = sums.endswith((f"= {said}", f"= {said.removesuffix(f' per {figures[-1].per}')}"))
        verdict: Verdict = "underdetermined"
        message = f"{sums}, stated as {said}: {doubt or 'too vague to compare'}"
        if agreement is Agreement.AGREE:
            verdict = "consistent"
            message = f"{sums}, as stated" if same else f"{sums}, stated as {said}: agrees"
        elif agreement is Agreement.DIFFER and not doubt:
            verdict, message = "conflict", f"{sums}, but {said} is stated{hint}"
        severity = severity if verdict == "conflict" else None
        return self.problem(rule, verdict, message, figures, severity=severity, numbers=numbers)


def _sayable(value: Decimal | None) -> Decimal | None:
    """A number without the digits that nothing stands behind; None where it is beyond all measure."""
    if value is None or not value.is_finite() or (value and abs(value.adjusted()) > _LARGEST):
        return None
    return computed(value)
