"""Growth: the amount at the start, the amount at the end, and the growth stated between them.

Two amounts of one unit are base and reached where a word says so ("from … to", "against", "above") or the
year of each; the growth is the one beside them in the sentence ("up 72 %", "tripled"), alone in a
neighbouring one ("That is a CAGR of …"), or beside the second amount with the first alone in the sentence
before. A compound rate runs over the years between the two times. Rounding decides what agrees; a growth
that misses by less than two percent is left open.

Agrees: "from 320 GWh in 2024 to 550 GWh in 2030, a compound annual growth rate of 9.4 %".

Disagrees: "from 320 GWh to 550 GWh, up 62 %".

Left open: a compound rate that fits one year more or less; a rate of which the text does not say whether it
is a year's or the whole; a growth that only just misses.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from itertools import combinations
from typing import TYPE_CHECKING

from extractor.checks.growths import LOOSE, Growth, Step
from extractor.checks.interval import Agreement, Interval
from extractor.checks.statements import continues
from extractor.checks.vocabulary import pattern
from extractor.checks.windows import PARTED, POINTING, as_percent
from extractor.checks.wording import amount, computed, stated

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractor.checks.case import Case
    from extractor.checks.sentences import Sentence
    from extractor.checks.windows import Window
    from schemas import Problem, Quantity, When
    from schemas.problem import Verdict

RULE = "growth_rate"
SLACK = Decimal("0.02")
"""Share of the multiple that unrounded figures behind the stated ones may hide."""

_FREE = r"(?:(?!(?:was|were|is|are|and|to|reach\w*|stood|came|sales|activities)\b)[^,;]){0,35}$"
_FROM = re.compile(rf"(?<!\w)from\b{_FREE}", re.IGNORECASE)
_TO = re.compile(r"(?<!compared )\b(?:to|at)\b[^,;]{0,40}$")
_BASE = re.compile(
    r"(?<!\w)(?:from|against|versus|vs\.?|compare[sd]? (?:with|to)|than|above|below|over|under|after|on)\b"
    rf"(?:{_FREE}| ⟦\d+⟧,? when [^⟨,;]{{0,35}}$)",
    re.IGNORECASE,
)
_NEAR_BASE = 60  # characters before an amount for the word that makes it the base
_OTHER_BASE = re.compile(
    r"\W*(?:\w+ )?(?:over|above|below|under|than|compared|on|of|from)\b"
    r"(?! (?:the |a |that |this |its )?(?:⟦|year|same|period|next|past|last|previous|prior|average"
    r"|corresponding"
    r"|quarter|\w+ years))"
)
_SINCE = re.compile(r" (?:\w+ )?(?:over|from|on|than in|since|compared (?:with|to)) (?:the )?⟦\d+⟧")
_REACHES = re.compile(r"[^⟨,;]{0,12}\bto\b[^⟨,;]{0,12}⟨")
_DEFINITE = re.compile(r"\bthe (?:about |roughly )?$")
_COMPARED = re.compile(r" (?:(above|over|more|higher)|below|under|less|lower|fewer)\b", re.IGNORECASE)
_YEARS_BEFORE = re.compile(
    r"\b(?:within|inside|over|in|space of|last|past) (?:the )?(?:space of )?$", re.IGNORECASE
)
_ABOUT_GROWTH = 60  # characters around a percentage in which words say whether it is a year's
_CLOSE = 90  # characters between a growth and the amounts that it is of
_LONGEST = 60  # years of a growth
_DAYS = 365.25
_VERDICTS: dict[Agreement, tuple[Verdict, str]] = {
    Agreement.AGREE: ("consistent", ": agrees"),
    Agreement.OPEN: ("underdetermined", ": too vague to compare"),
    Agreement.DIFFER: ("conflict", ""),
}


def check(case: Case) -> Iterator[Problem]:
    """Grow every base by the growth stated and compare."""
    for window in case.windows:
        rates = list(_rates(window))
        steps = list(_steps(window)) if rates else []
        for rate in rates:
            base = _own_base(window, rate)
            told = [step for step in steps if _beside(window, rate, step)]
            if base:
                own = [_step(window, base, reached) for reached in _before(window, rate, base)[-1:]]
                told = [step for step in told if step.base.figure == base.figure] or own
            growths = [growth for step in told if (growth := _growth(window, rate, step))]
            yield from [_compare(case, _from_any_base(case, growth)) for growth in growths[:1]]
    for window in case.neighbours:
        for rate in _rates(window):
            step = _across(window, rate)
            if step and (growth := _growth(window, rate, step)):
                yield _compare(case, growth)


def _from_any_base(case: Case, growth: Growth) -> Growth:
    """The growth from an earlier amount of its series, where it agrees with that and not with the last.

    After "0.5 million … 1.2 million in 2025 and 3.5 million in 2030" both bases can be meant by "seven
    times", in either unit where one restates the other.
    """
    sentence = case.sentence(growth.reached)
    if sentence is None or growth.years is not None or growth.agrees():
        return growth
    told = [f for s in case.around(sentence, 1) for f in s.figures if f.start <= growth.reached.start]
    ends = [
        f for f in told if f.figure == growth.reached.figure or _is_bracketed(sentence, f, growth.reached)
    ]
    others = (
        replace(growth, base=base, reached=reached, dated=None)
        for reached in ends
        for base in told
        if base.start < reached.start and _fits(reached, base)
    )
    return next((other for other in others if replace(other, base=_plain(other.base)).agrees()), growth)


def _is_bracketed(sentence: Sentence, first: Quantity, second: Quantity) -> bool:
    """Whether the second amount stands in a bracket behind the first: "3.5 million tons (350 GWh)"."""
    return sentence.text[first.end - sentence.start : second.start - sentence.start].strip() == "("


def _plain(figure: Quantity) -> Quantity:
    """An amount without "more than" or "up to"."""
    bounded = figure.bound in {"at_least", "at_most"}
    return figure.model_copy(update={"bound": "exact", "low": None, "high": None}) if bounded else figure


def _across(window: Window, rate: Quantity) -> Step | None:
    """The step of a growth in two sentences, of which the second speaks of the first.

    The growth stands with a base of its own ("This is up 72 % from 320 GWh"), alone ("That is a CAGR of
    31 %"), or beside what was reached a year later.
    """
    first, second = window.sentences
    told, base = continues(first, second), _own_base(window, rate)
    pointing = (POINTING.match(second.text) and (told or second.text.startswith("The "))) or pattern(
        "growth.apart"
    ).search(second.text)
    if base and pointing and rate.start > first.end:
        lone = [f for f in window.figures if f.end <= first.end and _fits(base, f)]
        return _step(window, base, lone[0]) if len(lone) == 1 else None
    for one, other in combinations([f for f in window.figures if _fits(f, f) and f.kind != "count"], 2):
        alike = [f for f in window.figures if _fits(one, f)]
        if not _fits(one, other) or len(alike) != 2:  # noqa: PLR2004  base and reached
            continue
        places = [f.start > first.end for f in (one, other, rate)]
        step, back = _step(window, one, other), _step(window, other, one)
        alone = places[0] == places[1] != places[2] and len(window.sentences[places[2]].figures) == 1
        money = pattern("growth.of_money").search(window.sentences[places[2]].text) and one.kind != "money"
        if alone and pointing and not money and not _OTHER_BASE.match(window.after(rate)):
            return back if back.years else step
        told_later = not step.years and pattern("growth.year_later").search(second.text)
        later = step.years == 1 or told_later or (step.years and _compound(window, rate))
        if places == [False, True, True] and told and later and _beside(window, rate, step):
            return Step(one, other, step.years or 1)
    return None


def _own_base(window: Window, rate: Quantity) -> Quantity | None:
    """The base that follows a growth: "550 GWh, up 72 % from 320 GWh"."""
    base = next((f for f in window.figures if f.start > rate.start), None)
    words = window.between(rate, base) if base and _fits(base, base) else ""
    return base if _BASE.search(words) and not PARTED.search(words) else None


def _before(window: Window, rate: Quantity, base: Quantity) -> list[Quantity]:
    """The amounts before a growth that its base may have grown to: no bases themselves."""
    amounts = [f for f in window.figures if f.start < rate.start and _fits(base, f)]
    return [f for f in amounts if not _BASE.search(window.before(f, _NEAR_BASE))]


def _rates(window: Window) -> Iterator[Quantity]:
    """The growths of a window: multiples, and percentages that go up or down or by the year."""
    for figure in window.figures:
        rate = as_percent(figure)
        if figure.kind == "ratio" and figure.change != "down" and figure.value > 0:
            yield figure
        elif rate:
            compared = _COMPARED.match(window.after(figure, 20))
            change = rate.change or (("up" if compared[1] else "down") if compared else None)
            told = _REACHES.match(window.tail(figure)) is not None or _compound(window, figure)
            if change or (figure.kind == "percent" and told):
                yield rate.model_copy(update={"change": change})


def _steps(window: Window) -> Iterator[Step]:
    """Pairs of amounts of which a word or the two years say which one was first."""
    for base in window.figures:
        before = window.before(base, _NEAR_BASE)
        if not (_fits(base, base) or base.kind == "number") or not _BASE.search(before):
            continue
        at = window.figures.index(base)
        behind = [f for f in window.figures[at + 1 :] if _fits(base, f)]
        ahead = _before(window, base, base)
        to = behind and _TO.search(window.before(behind[0], _NEAR_BASE))
        if _FROM.search(before) and to and not PARTED.search(window.between(base, behind[0])):
            yield _step(window, _in_unit(base, behind[0]), behind[0])
        elif ahead and base.kind != "number":
            yield _step(window, base, ahead[-1])
        elif behind and base.kind != "number" and before[:1].isupper():
            yield _step(window, base, behind[0])
    for at, base in enumerate(window.figures):
        following = next((f for f in window.figures[at + 1 :] if f.base_unit == base.base_unit), None)
        based = following and _BASE.search(window.before(following, _NEAR_BASE))
        if following and not based and base.kind != "number" and _fits(base, following):
            step = _step(window, base, following)
            if step.years:
                yield step


def _fits(base: Quantity, reached: Quantity) -> bool:
    """Whether two figures can be amounts of one thing."""
    if reached.value <= 0 or reached.kind in {"percent", "ratio", "number", "duration"} or reached.change:
        return False
    flows = base.per is None or reached.per is None or base.per == reached.per
    return base.kind == "number" or (base.base_unit == reached.base_unit and flows)


def _step(window: Window, base: Quantity, reached: Quantity) -> Step:
    return Step(base, reached, _years(window.dated(base), window.dated(reached)))


def _beside(window: Window, rate: Quantity, step: Step) -> bool:
    """Whether a growth stands right before, between or behind two amounts, in their own clause."""
    first, last = sorted((step.base, step.reached), key=lambda figure: figure.start)
    if rate.start > last.start:
        words = window.between(last, rate)
        apart = "⟨" in words or _OTHER_BASE.match(window.tail(rate)) is not None
    else:
        words = window.between(rate, last if first.start < rate.start else first)
        following = next(f for f in window.figures if f.start > rate.start)
        apart = _REACHES.match(window.tail(rate)) is not None and following.figure != step.reached.figure
    definite = _DEFINITE.search(window.before(rate))
    begun = [POINTING.match(words[parted.end() :].strip()) is None for parted in PARTED.finditer(words)]
    return len(words) <= _CLOSE and not (apart or definite or any(begun))


def _growth(window: Window, rate: Quantity, step: Step) -> Growth | None:
    """The growth of a step, where nothing says that it is one of other years or of another base."""
    own = _own_span(window, rate)
    if own and step.years and own != _ends(window, step):
        return None
    since = _SINCE.match(window.after(rate)) if len(window.sentences) == 1 else None
    dated = window.dated(step.base)
    begun = window.times(since[0])[0].start_date if since else None
    if begun and (dated is None or dated.start_date is None or dated.start_date.year != begun.year):
        return None
    years = step.years or (own[1] - own[0] if own else None)
    if _compound(window, rate):
        return Growth(step.base, step.reached, rate, years, years) if years else None
    near = window.before(rate, _ABOUT_GROWTH) + window.after(rate, _ABOUT_GROWTH)
    if years not in (None, 1) and pattern("growth.yearly").search(near):
        return None
    fell = step.reached.base_value < step.base.base_value
    way = rate.change or ("down" if fell else "up")
    return Growth(step.base, step.reached, rate.model_copy(update={"change": way}), None, years)


def _compound(window: Window, rate: Quantity) -> bool:
    """Whether a growth is compounded year by year."""
    if rate.per == "year":
        return True
    before, behind = window.before(rate, _ABOUT_GROWTH), window.after(rate, _ABOUT_GROWTH)
    for words in (before, behind):
        for found in pattern("growth.compound").finditer(words):
            earlier = re.match(r" (?:earlier|ago|before|on year|over year)", words[found.end() :])
            if not earlier and not _YEARS_BEFORE.search(words[: found.start()]):
                return True
    return False


def _own_span(window: Window, rate: Quantity) -> tuple[int, int] | None:
    """First and last year that a growth names for itself: "between 2024 and 2030"."""
    times = window.times(window.after(rate, 45)) or window.times(window.before(rate, 45))
    years = [day.year for time in times for day in (time.start_date, time.end_date) if day]
    return (min(years), max(years)) if years and min(years) < max(years) else None


def _ends(window: Window, step: Step) -> tuple[int, ...]:
    times = (window.dated(step.base), window.dated(step.reached))
    return tuple(time.end_date.year for time in times if time and time.end_date)


def _in_unit(bare: Quantity, other: Quantity) -> Quantity:
    """A bare number before an amount ("from 320 to 550 GWh") in the unit of that; anything else as it is."""
    if bare.kind != "number" or not other.value:
        return bare
    size = other.base_value / other.value
    unit = {"kind": other.kind, "unit": other.unit, "base_unit": other.base_unit, "per": other.per}
    return bare.model_copy(update={**unit, "base_value": bare.value * size})


def _years(first: When | None, last: When | None) -> int | None:
    """Whole years from one time to another."""
    if not (first and last and first.end_date and last.end_date) or first.time == last.time:
        return None
    years = round((last.end_date - first.end_date).days / _DAYS)
    return years if 1 <= years <= _LONGEST else None


def _compare(case: Case, growth: Growth) -> Problem:
    found, years = Interval.of(growth.reached), growth.years or 1
    sums, numbers = _sums(growth, years)
    figures = (growth.base, growth.reached, growth.growth)
    agreement = growth.agreement(years)
    verdict, remark = _VERDICTS[agreement]
    if agreement is Agreement.DIFFER and (doubt := _doubt(growth, found, years)):
        verdict, remark = "underdetermined", f": {doubt}"
    return case.problem(RULE, verdict, f"{sums}{remark}", figures, numbers=numbers)


def _doubt(growth: Growth, found: Interval, years: int) -> str | None:
    """What else than a mistake may part the amounts."""
    slack = LOOSE if growth.growth.kind == "ratio" else SLACK
    if found.compare(growth.reaches(years).widened(slack)) is Agreement.AGREE:
        return "nearly, but not quite"
    if growth.years:
        others = [n for n in (years - 1, years + 1) if n > 0]
    else:
        others = [growth.dated] if growth.dated and growth.dated > 1 else []
    for other in others:
        if found.compare(growth.reaches(other).widened(SLACK)) is Agreement.AGREE:
            return f"agrees if it is a yearly growth over {other} {'year' if other == 1 else 'years'}"
    if growth.growth.kind == "ratio" and "times" in growth.growth.text:
        added = Interval.of(growth.base) * (growth.factor + Interval.point(Decimal(1)))
        if found.compare(added.widened(SLACK)) is Agreement.AGREE:
            return f"agrees if it grows by {stated(growth.growth)} of what it was"
    return None


def _sums(growth: Growth, years: int) -> tuple[str, tuple[Decimal, Decimal]]:
    """The arithmetic in words, and the numbers: growth computed and stated, in percent or as a multiple."""
    base, reached, rate = growth.base, growth.reached, growth.growth
    multiple = reached.base_value / base.base_value
    span = f"{stated(base)} to {stated(reached)}"
    if rate.kind == "ratio":
        said = f"{amount(rate.value, '', rate.bound)} times"
        times = computed(multiple)
        return f"{span} is {amount(times, '')} times, stated as {said}", (times, rate.value)
    yearly = multiple ** (1 / Decimal(years))
    percent = computed((yearly - 1) * 100)
    sign = -1 if rate.change == "down" else 1
    over = f" a year over {years} years" if growth.years and years > 1 else ""
    said = f"{'down' if sign < 0 else 'up'} {stated(rate)}"
    sums = f"{span} is {'down' if percent < 0 else 'up'} {amount(abs(percent), '%')}{over}, stated as {said}"
    return sums, (percent, rate.value * sign)
