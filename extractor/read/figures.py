"""Figures: numbers with their units, bounds, ranges and periods.

figure  := bound? measure bound-after? period?
measure := currency? number scale? (range-sign currency? number scale?)? unit? ("/" | "per" unit)?

The text is read once, from left to right: wherever a number can start, one figure is parsed around it with patterns that
match at that place. Nothing is searched for at a distance of more than a few words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from extractor.read.numbers import SPACE, Amount, digits, scale, scale_letter, word_pattern, words
from extractor.read.units import Unit, compound_in_base, currency_table, in_base, load, tidy, unit_table
from schemas import Dismissed, Quantity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractor.read.scan import Taken
    from extractor.read.units import Resolver
    from schemas.quantity import Bound, Change, Period

COUNT = Unit("count", "count")
NUMBER = Unit("", "number")
_MULTIPLE = Unit("x", "ratio")

_RANGE = re.compile(rf"[{SPACE}]?[-–—−~～][{SPACE}]?|[{SPACE}]to[{SPACE}]|-to-")
_AND = re.compile(rf"[{SPACE}](?:and|to)[{SPACE}]")
_PER = re.compile(rf"[{SPACE}]?/[{SPACE}]?|[{SPACE}-]per[{SPACE}-]|[{SPACE}]an?[{SPACE}]")
_WORD = re.compile(rf"[{SPACE}]?-?([^\W\d_][\w'’/-]*)")
_BRACKET = re.compile(
    rf"[{SPACE},]*(?:[(（\[]|,?[{SPACE}](?:or|equivalent to|equal to|worth))[{SPACE}]?(?:or|equivalent to|equal to|i\.e\.,?)?[{SPACE}]?$"
)
_LIST = re.compile(rf",?[{SPACE}](?:and|or|to)[{SPACE}]|,[{SPACE}]|[{SPACE}]?/[{SPACE}]?")
_QUALIFIER = re.compile(rf"[{SPACE}]\(?(?:of[{SPACE}])?(LCE|lithium carbonate equivalent|LiOH|Li2O)\b")
_SENTENCE_END = re.compile(r"[.!?;。；\n](?=\s|$)")
_SCALED = re.compile(
    r"\b(?:scal\w+|ramp\w*|step\w*|build|built|go|goes|going|speed\w*|add\w*)\s*$", re.IGNORECASE
)
_SHORT_TON_LAND = re.compile(
    r"\b(?:acres?|U\.S\.|US|United States|American|square[- ]f(?:ee|oo)t|short tons?)\b"
)
_LONE_SCALES = ("k", "K", "bn", "Bn", "mn", "Mn", "mln", "tn", "trn")
_DIRECT = ("per", "a", "each", "every", "of")


@dataclass(slots=True)
class Figure:
    """A figure while it is read; `quantity` makes it final."""

    start: int
    end: int
    value: Decimal
    unit: Unit
    first: int
    """Where the number itself starts, behind bound words and currency."""
    scale: Decimal = Decimal(1)
    low: Decimal | None = None
    high: Decimal | None = None
    bound: Bound = "exact"
    per: Period | None = None
    change: Change | None = None
    of: str | None = None
    denominator: Unit | None = None
    assumed: list[str] = field(default_factory=list)
    same_as: int | None = None
    worded: bool = False
    """Whether the number is in words."""

    def quantity(self, text: str, number: int) -> Quantity:
        """The finished figure, as the `number`-th of the text."""
        if self.denominator is not None:
            symbol = f"{self.unit.symbol}/{self.denominator.symbol}"
            base, base_unit = compound_in_base(self.value, self.unit, self.denominator)
            kind = "rate"
        else:
            symbol, kind = self.unit.symbol, self.unit.kind
            base, base_unit = in_base(self.value, self.unit)
        return Quantity(
            figure=f"f{number}",
            text=text[self.start : self.end],
            start=self.start,
            end=self.end,
            kind=kind,
            value=_plain(self.value),
            unit=symbol,
            low=None if self.low is None else _plain(self.low),
            high=None if self.high is None else _plain(self.high),
            bound=self.bound,
            base_value=base,
            base_unit=base_unit,
            per=self.per,
            change=self.change,
            of=self.of,
            assumed=self.assumed,
            same_as=None if self.same_as is None else f"f{self.same_as + 1}",
        )


def _plain(value: Decimal) -> Decimal:
    """The same number without exponent and trailing zeros, every stated digit kept."""
    value = value.normalize()
    return value.quantize(Decimal(1)) if value.as_tuple().exponent > 0 else value  # type: ignore[operator]


@cache
def _vocabulary() -> _Vocabulary:
    return _Vocabulary()


class _Vocabulary:
    """words.toml, indexed for looking up at a place."""

    def __init__(self) -> None:
        data = load("words.toml")
        self.bounds: dict[str, Bound] = {
            w: bound for bound in ("at_least", "at_most", "about") for w in data["bounds"][bound]
        }
        self.longest_bound = max(len(phrase.split()) for phrase in self.bounds)
        after = {
            w: bound for bound in ("at_least", "at_most", "about") for w in data["bounds"][f"after_{bound}"]
        }
        self.after_bounds: dict[str, Bound] = after  # type: ignore[assignment]
        self.after_bound = re.compile(rf"[{SPACE}]?(?:{_any(after)})(?![\w+]|[{SPACE}]?\d)")
        periods = {w: period for period, ws in data["periods"].items() for w in ws}
        self.periods: dict[str, Period] = periods
        self.period = re.compile(rf"[{SPACE}]?({_any(periods)})(?![^\W_])")
        adjectives = {w: period for period, ws in data["period_adjectives"].items() for w in ws}
        self.adjectives: dict[str, Period] = adjectives
        self.adjective = re.compile(
            rf"(?i:(?<![^\W_])({_any(adjectives)}))(?:[{SPACE}-][\w()&/'’%-]+){{0,11}}[{SPACE}]?$"
        )
        self.late_period = re.compile(
            rf"(?:[{SPACE}-](?!and\b|or\b|by\b|in\b|for\b)[^\W\d][\w&/'’-]*){{0,7}}?[{SPACE}]({_any(w for w in periods if w[0] not in '/-' and w != 'pa')})(?![^\W_])"
        )
        self.of_annual = re.compile(rf"[{SPACE}-](?:of[{SPACE}])?(annual|yearly|monthly|daily)\b")
        self.changes: dict[str, Change] = {w: c for c in ("up", "down") for w in data["changes"][c]}
        self.stop = frozenset(data["not_counted"]["stop"])
        self.not_counted = frozenset(data["not_counted"]["words"])
        self.counted = frozenset(data["not_counted"]["counted"])
        self.people = frozenset(data["not_counted"]["people"])
        self.multiples = {w: Decimal(v) for w, v in data["multiples"].items()}
        multiple = rf"|(?<![^\W_])(?i:(?P<multiple>{_any(self.multiples)}))(?![^\W_]|-)"
        self.anchor = re.compile(rf"\d|{word_pattern().pattern}{multiple}")


def _any(phrases: Iterator[str] | dict[str, object]) -> str:
    return "|".join(re.escape(p).replace(r"\ ", f"[{SPACE}]") for p in sorted(phrases, key=len, reverse=True))


def figures(text: str, taken: Taken, resolve: Resolver) -> tuple[list[Quantity], list[Dismissed]]:
    """Every figure of the text in order, and the numerals that turn out to be names; `taken` passages are left alone."""
    reader = _Reader(text, taken, resolve)
    found = list(reader.read())
    _share_units(text, found)
    _link(text, found)
    for index, figure in enumerate(found):
        _look_around(text, found, index)
        if figure.unit.symbol == "t" and re.search(r"\btons?\b", text[figure.first : figure.end]):
            _short_tons(text, figure)
    return [figure.quantity(text, number) for number, figure in enumerate(found, 1)], reader.dismissed


class _Reader:
    """One pass over a text."""

    def __init__(self, text: str, taken: Taken, resolve: Resolver) -> None:
        self.text, self.taken, self.resolve = text, taken, resolve
        self.vocabulary, self.units, self.currencies = _vocabulary(), unit_table(), currency_table()
        self.dismissed: list[Dismissed] = []
        self.done = 0
        """Up to here everything is read: the end of the figure before."""

    def read(self) -> Iterator[Figure]:
        """Every figure, in text order."""
        pos = 0
        while anchor := self.vocabulary.anchor.search(self.text, pos):
            start = anchor.start()
            if (claimed := self.taken.end_of(start)) is not None:
                pos = self.done = claimed
                continue
            figure = self.figure(anchor)
            if figure is None:
                pos = max(anchor.end(), self.done)
            else:
                yield figure
                pos = self.done = figure.end

    def figure(self, anchor: re.Match[str]) -> Figure | None:
        """figure := bound? measure bound-after? period?."""
        text, first = self.text, anchor.start()
        if anchor["multiple"]:
            figure = Figure(
                first,
                anchor.end(),
                self.vocabulary.multiples[anchor[0].lower()],
                _MULTIPLE,
                first,
                worded=True,
            )
            self.bound_before(figure)
            return figure
        worded = not anchor[0].isdigit()
        currency = None if worded else self.currencies.before(text, self.done, first)
        start = currency[1] if currency else first
        if not worded and currency is None and self.in_name(first):
            return None
        amount = words(text, anchor) if worded else digits(text, first)
        if amount is None:
            # a digit of another script: no number that this grammar knows
            return None
        figure = self.measure(start, first, amount, currency[0] if currency else None, worded=worded)
        if figure is None:
            return None
        self.bound_after(figure)
        self.period_after(figure)
        self.bound_before(figure)
        return figure

    def in_name(self, first: int) -> bool:
        """Whether the digits belong to a word such as NCM811, LiFePO4 or MC-1, which is then dismissed."""
        text = self.text
        before = text[first - 1] if first else " "
        hyphened = before in "-–_." and first > 1 and text[first - 2].isalpha() and first - 1 > self.done
        if not (before.isalpha() or hyphened or before == "_"):
            return False
        start = first - 1
        while (
            start > self.done
            and (text[start - 1].isalnum() or text[start - 1] in "-_")
            and first - start < 40
        ):
            start -= 1
        end = first
        while end < len(text) and (text[end].isalnum() or text[end] in "_") and end - first < 200:
            end += 1
        self.dismiss(start, end, "name")
        return True

    def dismiss(self, start: int, end: int, reason: str) -> None:
        self.done = end
        self.dismissed.append(Dismissed(text=self.text[start:end], start=start, end=end, reason=reason))

    def measure(
        self, start: int, first: int, amount: Amount, sign: str | None, *, worded: bool
    ) -> Figure | None:
        """measure := currency? number scale? (range-sign currency? number scale?)? unit? (per unit)?."""
        amount = self.scaled(amount, money=sign is not None)
        plus = (
            self.text[amount.end : amount.end + 1] == "+"
            and not self.text[amount.end + 1 : amount.end + 2].isdigit()
        )
        high = None if plus or worded and amount.scale == 1 else self.range_end(first, amount, sign)
        end = high.end if high else amount.end + plus
        figure = Figure(start, end, amount.value, NUMBER, first, scale=(high or amount).scale, worded=worded)
        if plus:
            figure.bound, figure.low = "at_least", amount.value
        if amount.about:
            figure.bound = "about"
        if sign is not None:
            code, assumed = self.resolve(sign)
            figure.unit = Unit(code, "money")
            figure.assumed = ["currency"] if assumed else []
            self.trailing_currency(figure)
        elif not self.unit(figure):
            followed = self.text[end : end + 1]
            if not worded and (
                followed.isalpha() or (followed == "-" and amount.plain and self.is_name_tail(end))
            ):
                stop = end
                while (
                    stop < len(self.text)
                    and (self.text[stop].isalnum() or self.text[stop] == "-")
                    and stop - end < 200
                ):
                    stop += 1
                self.dismiss(first, stop, "name")
                return None
            if not self.count(figure, amount) and worded and amount.scale < 1000:  # noqa: PLR2004
                return None
        if high is not None:
            low = amount.value
            if amount.scale == 1 and high.scale != 1 and low * high.scale <= high.value:
                low *= high.scale
            figure.low, figure.high, figure.bound = low, high.value, "range"
            figure.value = (low + high.value) / 2
        self.denominator(figure)
        return figure

    def is_name_tail(self, pos: int) -> bool:
        """Whether "-" leads on to capitals or digits, as in 811-HV, and not to an ordinary word."""
        tail = self.text[pos + 1 : pos + 3]
        return tail.isupper() and tail.isalpha()

    def scaled(self, amount: Amount, *, money: bool) -> Amount:
        """Number scale?, where a scale letter needs money or a unit beside it: "$5m", "5m tonnes", not "5 m"."""
        amount = scale(self.text, amount)
        if amount.scale != 1:
            return amount
        letter = scale_letter(self.text, amount)
        if letter is None:
            return amount
        if money or self.text[amount.end : letter.end] in _LONE_SCALES:
            return letter
        rest = re.compile(rf"[{SPACE}-]").match(self.text, letter.end)
        if rest and (self.units.match(self.text, rest.end()) or self.currencies.after(self.text, rest.end())):
            return letter
        return amount

    def range_end(self, first: int, amount: Amount, sign: str | None) -> Amount | None:
        """The upper number of "180-220", "$2bn–$3bn", "5% to 8%", "between 3 and 4 GWh"; None where there is none."""
        text, pos = self.text, amount.end
        before = text[max(0, first - 24) : first].lower()
        unit = self.units.match(text, self.skip(pos)) or (
            self.currencies.after(text, self.skip(pos)) if not sign else None
        )
        between = re.search(r"\bbetween[ ]\S{0,4}$", before)
        for at in {pos, unit[1] if unit else pos}:
            separator = (_AND if between else _RANGE).match(text, at)
            if separator is None:
                continue
            if (
                re.search(r"(?<!ranging )(?<!ranged )(?<!range )(?<!ranges )\bfrom[ ]\S{0,4}$", before)
                and "to" in separator[0]
            ):
                continue  # "from 320 to 550" is a change: two figures
            number_at = separator.end()
            if sign is not None:
                width = re.compile(r"[^\s\d]{1,4} ?(?=\d)").match(text, number_at)
                number_at = width.end() if width else number_at
            high = digits(text, number_at)
            if high is None or self.taken.overlaps(number_at, high.end):
                continue
            high = self.scaled(high, money=sign is not None)
            low = amount.value * (high.scale if amount.scale == 1 and not (unit and at == unit[1]) else 1)
            if not (low < high.value or amount.value < high.value):
                continue
            if unit and at == unit[1]:
                second = self.units.match(text, self.skip(high.end)) or self.currencies.after(
                    text, self.skip(high.end)
                )
                if second is None or second[0] != unit[0]:
                    continue
            elif text[separator.start() : separator.end()] in "-–" and not self.measured(high, sign):
                continue
            return high
        return None

    def measured(self, high: Amount, sign: str | None) -> bool:
        """Whether a unit or a noun follows, so that "3-5" is a range and not a score or a code."""
        if sign is not None:
            return True
        at = self.skip(high.end)
        return bool(self.units.match(self.text, at) or self.currencies.after(self.text, at) or high.scale != 1
                    or _WORD.match(self.text, high.end))  # fmt: skip

    def skip(self, pos: int) -> int:
        """Over one space or hyphen."""
        return pos + (self.text[pos : pos + 1] in set(SPACE + "-") and pos < len(self.text))

    def trailing_currency(self, figure: Figure) -> None:
        """ "$5 million USD" and "¥3 billion yuan": a second name of the same money belongs to the figure."""
        named = self.currencies.after(self.text, self.skip(figure.end))
        if named is None or self.text[figure.end : figure.end + 1] == "-":
            return
        code, _ = self.resolve(named[0])
        if code == figure.unit.symbol or figure.assumed:
            figure.unit, figure.end, figure.assumed = Unit(code, "money"), named[1], []

    def unit(self, figure: Figure) -> bool:
        """The unit behind the number, money or other; whether there is one."""
        text, at = self.text, self.skip(figure.end)
        money = self.currencies.after(text, at)
        measure = self.units.match(text, at)
        if money and (measure is None or money[1] >= measure[1]) and not self.is_verb(figure, at, money[1]):
            code, assumed = self.resolve(money[0])
            figure.unit, figure.end = Unit(code, "money"), money[1]
            figure.assumed = ["currency"] if assumed else []
            return True
        if measure is None or self.is_lone(figure, measure[0], at):
            return False
        unit, figure.end = measure
        figure.unit, figure.per = unit, unit.per
        if unit.kind == "mass" and (found := _QUALIFIER.match(text, figure.end)):
            figure.of = "LCE" if found[1].startswith("lith") else found[1]
        return True

    def is_verb(self, figure: Figure, start: int, end: int) -> bool:
        """ "won" after a number is money, unless it wins something: "in 2024 won the bid", "all three won a"."""
        return (
            self.text[start:end] == "won"
            and bool(re.compile(r" (?:the|a|an|its|two|by)\b").match(self.text, end))
            and (figure.scale == 1)
        )

    def is_lone(self, figure: Figure, unit: Unit, at: int) -> bool:
        """Whether a one-letter unit or "one day" is ordinary text: "5 t" needs its letter to end the word."""
        if figure.worded and unit.kind == "duration" and figure.value == 1:
            return True
        return unit.symbol in {"x"} and self.text[at : at + 1] == "x" and at != figure.end

    def count(self, figure: Figure, amount: Amount) -> bool:
        """Count := number noun-phrase, whose head is the first plural: "16 wet separator coating assembly lines"."""
        if amount.plain and amount.value >= 1000000:  # noqa: PLR2004
            return False
        pos, seen, v = figure.end, 0, self.vocabulary
        limit = 3 if figure.worded else 12
        names: list[str] = []
        while seen < limit and (step := _WORD.match(self.text, pos)):
            word = step[1].lower().rstrip("'’")
            if word in v.stop and not (word == "of" and False):
                break
            pos, seen = step.end(), seen + 1
            names.append(step[1])
            if self.is_counted(word, figure):
                figure.unit, figure.end = COUNT, pos
                figure.of = " ".join(names[-2:]) if seen > 1 and not figure.worded else names[-1]
                return True
        return False

    def is_counted(self, word: str, figure: Figure) -> bool:
        v = self.vocabulary
        tail = word.rsplit("-", 1)[-1]
        if tail in v.people or tail in v.counted:
            return True
        if figure.worded or word[-2:] in {"ss", "us", "is"} or tail in v.not_counted:
            return False
        return word.endswith("s") and len(word) > 3 and "'" not in word  # noqa: PLR2004

    def denominator(self, figure: Figure) -> None:
        """Per := ("/" | "per" | "a") unit; a period is no denominator: 5 GWh per year stays GWh."""
        separator = _PER.match(self.text, figure.end)
        if separator is None or figure.unit.kind in {"number", "duration", "ratio"}:
            return
        if self.vocabulary.period.match(self.text, figure.end):
            return
        money = figure.unit.kind == "money"
        if separator[0].strip() in {"a", "an"} and not money:
            return
        at = separator.end()
        if found := self.units.match(self.text, at):
            if (
                separator[0].strip() == "/"
                and found[0].kind in {"power", "energy"}
                and not money
                and figure.unit.kind != "charge"
            ):
                return
            figure.denominator, figure.end = replace(found[0]), found[1]
        elif money and (
            noun := re.compile(
                r"(?i:(share|unit|vehicle|pack|cell|piece|set|person|household|line|kit))\b"
            ).match(self.text, at)
        ):
            figure.denominator, figure.end = Unit(noun[1].lower(), "count"), noun.end()

    def bound_after(self, figure: Figure) -> None:
        """ "500 MWh or more"."""
        found = self.vocabulary.after_bound.match(self.text, figure.end)
        if found and figure.bound == "exact":
            self.set_bound(figure, self.vocabulary.after_bounds[found[0].strip(SPACE)])
            figure.end = found.end()

    def period_after(self, figure: Figure) -> None:
        """ "12,000 tonnes per annum", "5 GWh a year", "20 GWh/yr"."""
        found = self.vocabulary.period.match(self.text, figure.end)
        if found and figure.unit.kind not in {"number", "duration"}:
            figure.per, figure.end = (
                self.vocabulary.periods[re.sub(rf"[{SPACE}]", " ", found[1])],
                found.end(),
            )

    def bound_before(self, figure: Figure) -> None:
        """Bound words before the number, two layers at most: "up to about 5 GWh"."""
        for _ in range(2):
            found = self.bound_words(figure.start)
            if found is None or found[1] < self.done:
                return
            bound, start = found
            between = figure.bound == "range"
            if not between and (figure.bound in {"exact", "about"}):
                self.set_bound(figure, bound)
            figure.start = start

    def bound_words(self, pos: int) -> tuple[Bound, int] | None:
        """The bound that ends right before `pos`, and where it starts."""
        text, v = self.text, self.vocabulary
        low = max(self.done, pos - 40)
        head = text[low:pos].rstrip(SPACE)
        if head and (bound := v.bounds.get(head[-1])):
            return bound, low + len(head) - 1
        if len(head) == pos - low or not head:
            return None  # a bound word stands apart from its number
        starts = [m.start() for m in re.finditer(r"(?<!\S)\S", head)][-v.longest_bound :]
        for start in starts:
            words_before = re.sub(rf"[{SPACE}]", " ", head[start:]).lower().lstrip('(（["“')
            if words_before == "up to" and _SCALED.search(head[:start]):
                return None  # "scaled up to 5 GWh" is no limit
            if bound := v.bounds.get(words_before):
                return bound, low + len(head) - len(words_before)
        between = re.search(r"\bbetween$", head)
        return ("range", low + between.start()) if between else None

    def set_bound(self, figure: Figure, bound: Bound) -> None:
        if bound == "range":
            return
        figure.bound = bound
        figure.low = figure.value if bound == "at_least" else None
        figure.high = figure.value if bound == "at_most" else None


def _share_units(text: str, found: list[Figure]) -> None:
    """A bare number takes the unit of the next member of its list: "10, 20 and 30 GWh", "from 320 to 550 yuan"."""
    for figure, after in zip(reversed(found[:-1]), reversed(found[1:]), strict=True):
        gap = text[figure.end : after.start]
        if figure.unit.kind != "number" or after.unit.kind in {"number", "count"} or not _LIST.fullmatch(gap):
            continue
        if figure.worded or figure.scale != 1 and after.unit.kind != "money":
            continue
        share = after.scale if figure.scale == 1 else Decimal(1)
        figure.unit, figure.denominator, figure.per = after.unit, after.denominator, after.per
        figure.assumed = list(after.assumed)
        figure.value *= share
        figure.low = None if figure.low is None else figure.low * share
        figure.high = None if figure.high is None else figure.high * share


def _link(text: str, found: list[Figure]) -> None:
    """A bracketed second currency or unit restates the amount before it: "353 mu (23.5 ha)"."""
    for index in range(1, len(found)):
        figure, before = found[index], found[index - 1]
        if figure.unit.kind != before.unit.kind or figure.unit.symbol == before.unit.symbol:
            continue
        if figure.denominator is None and before.denominator is not None:
            continue
        gap = text[before.end : figure.start]
        if figure.unit.kind in {
            "money",
            "energy",
            "power",
            "mass",
            "area",
            "length",
            "volume",
        } and _BRACKET.fullmatch(gap):
            figure.same_as = index - 1 if before.same_as is None else before.same_as
            figure.per = figure.per or before.per


_FLOWS = frozenset({"mass", "energy", "power", "area", "volume", "length", "count", "money", "charge"})


def _look_around(text: str, found: list[Figure], index: int) -> None:
    """The period and direction that the words beside a figure say."""
    figure, v = found[index], _vocabulary()
    floor = max(found[index - 1].end if index else 0, figure.start - 120)
    before = text[floor : figure.start]
    ends = [m.end() for m in _SENTENCE_END.finditer(before)]
    before = before[ends[-1] :] if ends else before
    ceiling = min(found[index + 1].start if index + 1 < len(found) else len(text), figure.end + 80)
    if figure.per is None and figure.unit.kind in _FLOWS and figure.denominator is None:
        figure.per = _period(text, found, index, before, ceiling)
    if figure.same_as is not None and figure.per is None:
        figure.per = found[figure.same_as].per
    figure.change = _change(text, figure, before)


def _period(text: str, found: list[Figure], index: int, before: str, ceiling: int) -> Period | None:
    figure, v = found[index], _vocabulary()
    if hit := v.adjective.search(before):
        return v.adjectives[hit[1].lower()]
    if hit := v.of_annual.match(text, figure.end, ceiling):
        return {"annual": "year", "yearly": "year", "monthly": "month", "daily": "day"}[hit[1]]  # type: ignore[return-value]
    if figure.unit.kind != "money" and (hit := v.late_period.match(text, figure.end, ceiling)):
        return v.periods[re.sub(rf"[{SPACE}]", " ", hit[1])]
    previous = found[index - 1] if index else None
    listed = previous is not None and previous.unit == figure.unit and previous.unit.kind != "money"
    if (
        listed
        and previous is not None
        and re.search(r"(?:\band|,|/)\s*(?:\w+\s+){0,3}$", before)
        and not re.search(r"[.;:]", before)
    ):
        return previous.per
    return None


def _change(text: str, figure: Figure, before: str) -> Change | None:
    v = _vocabulary()
    tail = before.split()[-3:]
    tail = [w.strip(",.(").lower() for w in tail]
    if tail and tail[-1] in {"by", "of", "a", "an", "nearly"}:
        tail = tail[:-1]
        joined = True
    else:
        joined = figure.unit.kind in {"percent", "ratio"}
    if tail and tail[-1] in {"a", "an", "by"}:
        tail = tail[:-1]
    if tail and joined and tail[-1] in v.changes and figure.unit.kind != "number":
        return v.changes[tail[-1]]
    if figure.unit.kind == "percent":
        after = text[figure.end : figure.end + 40].split()[:3]
        for word in after:
            plain = word.strip(",.)").lower()
            if plain in v.changes and plain not in {"cut", "cuts", "grow"}:
                return v.changes[plain]
            if plain not in {
                "year-on-year",
                "yoy",
                "y/y",
                "annual",
                "price",
                "year",
                "on",
                "annualised",
                "annualized",
            }:
                break
    return None


def _short_tons(text: str, figure: Figure) -> None:
    written = text[figure.first : figure.end].lower()
    if (
        "metric" not in written
        and "ton" in written
        and "tonne" not in written
        and _SHORT_TON_LAND.search(text)
    ):
        figure.assumed.append("ton")
