"""Measures: a number with what it is a number of.

measure     := sign? currency? number scale? range? unit? denominator? qualifier?
denominator := ("/" | "per" | "a") unit: "yuan/Wh", "$9,450 a tonne"; a period is none
qualifier   := "LCE" | "of lithium carbonate equivalent"
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from extractor.read.figures.amounts import Amounts
from extractor.read.figures.bounds import bound_glued
from extractor.read.figures.counts import counted
from extractor.read.figures.figure import COUNT, NUMBER, Figure
from extractor.read.figures.multiples import is_factor
from extractor.read.figures.ranges import First, may_open_range, read_range
from extractor.read.figures.vocabulary import vocabulary
from extractor.read.tokens import SPACE
from extractor.read.units import Unit, unit_table

if TYPE_CHECKING:
    from extractor.read.currencies import Sign
    from extractor.read.figures.amounts import Measured
    from extractor.read.figures.numbers import Amount
    from extractor.read.figures.ranges import Range
    from extractor.read.tokens import Tokens
    from schemas.quantity import Kind, Period

_OF = re.compile(rf"[{SPACE}]of(?=[{SPACE}])")
_QUALIFIER = re.compile(
    rf"(?:[{SPACE}]\([a-zA-Z/]{{1,4}}\))?[{SPACE}]\(?(?:of[{SPACE}])?(?:contained[{SPACE}])?"
    r"(?:(?P<LCE>LCE|(?i:lithium carbonate equivalent))|(?P<written>LiOH|LHE|Li2O|SC6)"
    rf"|(?P<CO2e>(?:CO2|CO₂|(?i:carbon[{SPACE}]dioxide))[{SPACE}-]?(?:e|eq|(?i:equivalents?))"
    rf"|(?i:carbon[{SPACE}]equivalent)))(?![\w.]*\d|[^\W_])"
)
# a list, the size of what is counted, or a part: "six 280Ah cells", "three of them"
_GOES_ON = re.compile(
    rf"-?,?[{SPACE}](?:and|or|to)[{SPACE}]|,[{SPACE}]"
    rf"|[{SPACE}](?:(?=\d)|of[{SPACE}](?:them|these|which|the|its|their)\b)"
)
_JOINED_PERIOD = re.compile(r"-(year|yr|month|day|hour)(?![\w-])")  # $8.5/kW-month
_SHORT_UNIT = re.compile(r" \([A-Za-z]{1,6}\)(?= )")
_UNDIVIDED = frozenset({"number", "duration", "ratio", "percent"})
_BEFORE_MINUS = frozenset(" \t\n([/~～\u00a0\u202f")
_MINUS_WORDS = frozenset({"minus", "negative", "−", "－", "-", "﹣", "–"})
_SIGNED: frozenset[Kind] = frozenset({"temperature", "percent", "money", "number"})
# the amount of a year before in brackets, before what both are in: "€3.46 (3.12) billion", "-2 (-15) %"
_BEFORE = re.compile(rf"[{SPACE}]\([-−–]?\d[\d.,]*\)(?=[{SPACE}])")
_WHOLE = frozenset({"area", "count"})
_THOUSAND = Decimal(1000)
_THOUSANDS = re.compile(r"[1-9]\d{0,2}\.\d00")  # 8.300 tons, as no decimal of tons is written
_LETTER = re.compile(r"\d[TBMK]")
_LOST = frozenset({"of", "or", "was", "were", "loss", "losses", "to", "ebitda"})
_AFTER_LOSS = re.compile(rf"\)[{SPACE}](?:thousand|million|billion|bn|mn|m|per)\b")
_CODE = 1_000_000  # bare digits of this size count nothing
_LARGE = 1000  # a number in words from here on is a figure by itself
_PLURAL = 2


class Measures:
    """Reads measures in one text."""

    def __init__(self, tokens: Tokens) -> None:
        self.tokens, self.text = tokens, tokens.text
        self._amounts = Amounts(tokens)

    def at(self, index: int, floor: int, sign: Sign | None) -> Figure | None:
        """The measure whose number is token `index`, with the currency before it; None where it is none."""
        amount = self._amounts.number(index, floor)
        if amount is None:
            return None
        if sign is not None:
            sign, amount = self._out_of_brackets(sign, amount)
        if (bracket := _BEFORE.match(self.text, amount.end)) is not None:
            beside = self._beside_before(amount, sign, bracket.end())
            if beside is not None:
                return beside
        amount = self._over_of(self._amounts.sized(amount, money=sign is not None))
        if sign is not None and amount.scale == 1 and sign.size != 1:
            amount = amount.times(sign.size, amount.end)
        if sign is not None and sign.needs_scale and self._is_model(amount):
            return None
        return self._measured(amount, sign, floor)

    def _measured(self, amount: Amount, sign: Sign | None, floor: int) -> Figure | None:
        """The measure of a number under its scale; None where it is none."""
        amounts = self._amounts
        money = amounts.money(sign.code) if sign else None
        behind = None if money else amounts.behind(amount, amount.end)
        start = sign.start if sign else amount.start
        kind = money.unit.kind if money else behind.unit.kind if behind else "number"
        negative = self._minus_before(start, kind, floor)
        value = -amount.value if negative is not None or (sign and sign.negative) else amount.value
        figure = Figure(
            start if negative is None else negative,
            amount.end,
            value,
            NUMBER,
            amount.start,
            amount.scale,
            bound="about" if amount.about else "exact",
            worded=amount.worded,
            plain=amount.plain,
        )
        found = None
        if may_open_range(self.text, amount.end, behind):
            found = read_range(amounts, First(amount, start, value, money, behind), floor)
        if found is None:
            self._single(figure, amount, money, behind)
        else:
            self._spread(figure, found)
        if figure.unit.kind == "money":
            figure.end += 2 * self.text.startswith("/-", figure.end)  # Rs 29,500/- per MW
            self._restated(figure)
        if figure.unit is NUMBER and not self._is_figure(figure, amount):
            return None
        if (figure.unit.kind in _WHOLE or figure.unit.symbol == "t") and _THOUSANDS.fullmatch(
            self.text, amount.start, amount.end
        ):
            figure.multiply(_THOUSAND)
        self._denominator(figure)
        return figure

    def _is_model(self, amount: Amount) -> bool:
        """Whether what may be a currency is a part of a name: "R 12", "R1T"."""
        lettered = _LETTER.fullmatch(self.text, amount.start, amount.end) is not None
        return amount.plain if amount.scale == 1 else lettered

    def _out_of_brackets(self, sign: Sign, amount: Amount) -> tuple[Sign, Amount]:
        """A loss in brackets, "$(12.4) million" and "($161) million", as a minus; anything else as it is."""
        opened = self.text[sign.start - 1 : sign.start] == "("
        lost = opened and self.tokens.word(self.tokens.at(sign.start) - 2) in _LOST
        if lost and _AFTER_LOSS.match(self.text, amount.end):
            sign = sign._replace(start=sign.start - 1, negative=True, bracketed=True)
        return sign, amount._replace(end=amount.end + 1, plain=False) if sign.bracketed else amount

    def _beside_before(self, amount: Amount, sign: Sign | None, end: int) -> Figure | None:
        """A number whose scale and unit stand behind that of a year before: "SEK 798.9 (819.6) million"."""
        amounts = self._amounts
        sized = amounts.sized(amount._replace(end=end), money=sign is not None)
        behind = None if sign else amounts.behind(sized, sized.end)
        if sized.scale == 1 and behind is None:
            return None
        start = sign.start if sign else amount.start
        negative = self._minus_before(start, "money" if sign else "number", 0)
        value = -sized.value if negative is not None or (sign and sign.negative) else sized.value
        figure = Figure(
            start if negative is None else negative, amount.end, value, NUMBER, amount.start, sized.scale
        )
        measured = amounts.money(sign.code) if sign else behind
        if measured is not None:
            self._take(figure, measured, amount.end)
            figure.multiply(measured.factor)
        return figure

    def priced(self, index: int, floor: int) -> Figure | None:
        """The price whose number is token `index`, behind its currency and what it is per."""
        found = self._amounts.priced_before(index, floor)
        figure = self.at(index, floor, found[0]) if found else None
        if found and figure:
            figure.denominator = figure.denominator or found[1]
        return figure

    def _over_of(self, amount: Amount) -> Amount:
        """A vague number with the "of" before what it is of: "hundreds of millions of dollars"."""
        over = _OF.match(self.text, amount.end) if amount.about else None
        if over is None:
            return amount
        longer = amount._replace(end=over.end())
        unit = self._amounts.behind(longer, over.end())
        return longer if unit or counted(self.text, over.end(), worded=True) else amount

    def _single(
        self, figure: Figure, amount: Amount, money: Measured | None, behind: Measured | None
    ) -> None:
        """One number: "+" or "-odd" behind it, and its unit."""
        if bound_glued(self.text, figure):
            behind = None if money else self._amounts.behind(amount, figure.end)
        if money is not None:
            self._take(figure, money, figure.end)
        elif behind is not None:
            self._take(figure, behind, behind.end)
            figure.multiply(behind.factor)

    def _spread(self, figure: Figure, found: Range) -> None:
        """Two numbers: the ends of a range and their unit."""
        figure.low, figure.high, figure.bound = found.low, found.high, "range"
        figure.value = (found.low + found.high) / 2
        figure.end, figure.scale, figure.plain = found.end, found.scale, False
        if found.measured is not None:
            self._take(figure, found.measured, found.end)
        index = self.tokens.at(figure.start) - 1
        if found.opening and self.tokens.word(index) == found.opening:
            figure.start = self.tokens.starts[index]

    def _take(self, figure: Figure, measured: Measured, end: int) -> None:
        """Give the figure its unit."""
        figure.unit, figure.end, figure.per = measured.unit, end, measured.unit.per
        figure.of = measured.unit.of
        if measured.assumed:
            figure.assumed = ["currency"]
        if figure.unit.kind == "mass" and (found := _QUALIFIER.match(self.text, figure.end)):
            figure.of = found["written"] or found.lastgroup

    def _restated(self, figure: Figure) -> None:
        """Take in a second name of the same money: "$5 million USD"."""
        named = self._amounts.restated_currency(figure.end, figure.unit.symbol, assumed=bool(figure.assumed))
        if named is not None:
            figure.unit, figure.end, figure.assumed = Unit(named[0], "money"), named[1], []

    def _is_figure(self, figure: Figure, amount: Amount) -> bool:
        """Whether a bare number is a figure: it counts a noun, is in digits or thousands, or is a part."""
        if amount.fraction or (amount.plain and amount.value >= _CODE) or is_factor(self.tokens, figure):
            return True
        noun = counted(self.text, figure.end, worded=figure.worded)
        if noun is not None and not (amount.worded and amount.value < _PLURAL):
            span = unit_table().match(noun.of, noun.of.rfind(" ") + 1)
            is_span = span is not None and span[0].kind == "duration"  # two more years
            figure.unit, figure.of = (span[0], None) if span and is_span else (COUNT, noun.of)
            figure.end = noun.end
            return True
        figure.needs_unit = amount.worded and amount.scale < _LARGE
        return not figure.needs_unit or _GOES_ON.match(self.text, figure.end) is not None

    def _denominator(self, figure: Figure) -> None:
        """Take in what the figure is per."""
        if figure.unit.kind in _UNDIVIDED:
            return
        found = self._amounts.denominator(figure.unit, figure.end)
        if found is None and figure.of and (qualified := _QUALIFIER.match(self.text, figure.end)):
            found = self._amounts.denominator(figure.unit, qualified.end())  # 600 t LCE per GWh
        if found is not None and self.period(figure) is None:
            figure.denominator, figure.end = found

    def period(self, figure: Figure) -> tuple[Period, int] | None:
        """The period right behind a figure: "per annum", "a year", "/yr"; "a year ago" is none.

        The short form of the unit may stand between: "tonnes (DMT) per annum". A share that something had
        "in a year" is none of that year.
        """
        known, end = vocabulary().periods, figure.end
        if figure.denominator is not None and (joined := _JOINED_PERIOD.match(self.text, end)):
            return known.units[joined[1]], joined.end()
        found = known.behind.match(self.text, end) or known.behind.match(self.text, self._amounts.skip(end))
        if found is None and (short := _SHORT_UNIT.match(self.text, end)):
            found = known.behind.match(self.text, self._amounts.skip(short.end()))
        if found is None:
            return None
        first, ahead = (self.tokens.word(self.tokens.at(at)) for at in (end, found[1]))
        if first == "in" and figure.unit.kind == "percent":
            return None
        unfit = known.not_before_span if first == "in" else known.not_before
        return None if ahead in unfit and self.text[end : end + 1] != "/" else found

    def _minus_before(self, pos: int, kind: Kind, floor: int) -> int | None:
        """Where the minus before a figure of that kind starts: "−30 °C", "minus 20"; None for a hyphen."""
        tokens = self.tokens
        index = tokens.at(pos) - 1
        if index < 0 or (word := tokens.words[index]) not in _MINUS_WORDS or tokens.starts[index] < floor:
            return None
        if word == "-" and tokens.word(index - 1) == "minus" and tokens.joined(index):
            index, word = index - 1, "minus"  # minus-130 degrees
        start = tokens.starts[index]
        if word == "minus" or (word == "negative" and kind in _SIGNED):
            return start
        before = self.text[start - 1] if start else "\n"
        if tokens.ends[index] != pos or before not in _BEFORE_MINUS:
            return None
        if word in {"−", "－"}:
            return start
        if word == "–" or before == "\n":  # a dash, a bullet
            return start if kind == "temperature" or (kind == "money" and before != "\n") else None
        return start if kind in _SIGNED else None
