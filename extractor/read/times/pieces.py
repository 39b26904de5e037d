"""Pieces: what the forms of years, their halves, quarters, thirds and seasons, and decades resolve to."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from extractor.read.currencies import currency_table
from extractor.read.figures.counts import counts_after, ends_span
from extractor.read.times import days
from extractor.read.times.dates import month_number, number
from extractor.read.times.days import Days, unresolved
from extractor.read.times.moment import Moment
from extractor.read.times.tense import year_of_piece
from extractor.read.times.words import time_words
from extractor.read.units import unit_table

if TYPE_CHECKING:
    from extractor.read.times.moment import Context
    from extractor.read.tokens import Tokens
    from schemas.when import Precision

_SEVERAL = {"two": 2, "2": 2, "three": 3, "3": 3}
_QUARTER = 3
_MONTHS = {"year": 12, "quar": _QUARTER, "half": 6}
_RECENT = 1950  # earlier years are ones only behind a preposition: "founded in 1878"
_OF_A_DECADE = {1: (0, 3), 2: (4, 6), 3: (7, 9)}  # its early, middle and late years
_LISTED = frozenset({"and", "or", "to", "/", "&", "-", "–"})
_MARKS = frozenset({"h", "q"})
_JOINTS = frozenset({" ", "-", "\u00a0"})
_AHEAD = re.compile(r"\b(?:over|within|during|for|throughout) the $", re.IGNORECASE)
_BESIDE = 16  # characters before a decade for what makes it the next ten years


def year(match: re.Match[str], context: Context) -> Days | None:
    """A year; four digits that a unit, a currency or a counted noun follows are an amount: 2025 MWh."""
    of_era, start = int(match["y"]), match.start("y")
    tokens, at = context.tokens, context.tokens.at(start)
    preposed = start > match.start() or context.before() in time_words().prepositions
    preposed = preposed and not ends_span(tokens, at)
    if not preposed and (of_era < _RECENT or counts_after(tokens, at)):
        return None
    return None if _is_measured(tokens, match.end(), preposed=preposed) else days.year(of_era)


def _is_measured(tokens: Tokens, end: int, *, preposed: bool) -> bool:
    """Whether a unit or currency follows four digits; in "in 2024 won the bid" there is none."""
    text = tokens.text
    at = end + (text[end : end + 1] in _JOINTS)
    unit = unit_table().match(text, at)
    if unit is not None and not (preposed and unit[1] - at == 1 and at > end):
        return not (preposed and unit[0].kind == "duration")
    return not preposed and currency_table().after(text, at) is not None


def year_end(match: re.Match[str], context: Context) -> Days:
    """By the end of 2025: the whole year."""
    of_era = int(match["y"]) if match["y"] else context.relative_year(match["rel"])
    return unresolved("year") if of_era is None else days.year(of_era)


def this_year_end(_: re.Match[str], context: Context) -> Days:
    """By year-end: the publication's year."""
    return unresolved("year") if context.published is None else days.year(context.published.year)


def fiscal_year(match: re.Match[str], _: Context) -> Days:
    """Fiscal 2026: taken as the calendar year, since companies differ."""
    return days.year(int(match["y"]) if match["y"] else 2000 + int(match["short"]))


def fiscal_year_ending(match: re.Match[str], _: Context) -> Days:
    """The fiscal year ending March 2028, the quarter ended 30 September 2025: the months to its end."""
    return _ended(int(match["y"]), month_number(match["m"]), _MONTHS[match["span"].lower()[:4]])


def _ended(of_era: int, month: int, number_of: int) -> Days:
    """So many months up to the end of one."""
    end = date(of_era, month, 1)
    first = days.shifted(end, 1 - number_of, "month")
    return Days(first, days.whole(end, "month").last, "quarter" if number_of == _QUARTER else "range")


def half(match: re.Match[str], context: Context) -> Days | Moment | None:
    """First half of 2025, H2 of next year, 1H."""
    mark = (match["o"] or match["mark"]).lower()
    first = "1" in mark or mark in {"first", "opening"}
    return _piece(match, context, "half", 1 if first else 7)


def quarter(match: re.Match[str], context: Context) -> Days | Moment | None:
    """Third quarter of 2025, Q3, 3Q; "last quarter" is the one before this, a stated end counts first."""
    if match["end"]:
        return _ended(int(match["end_y"]), month_number(match["end"]), _QUARTER)
    word = (match["o"] or "").lower()
    if word == "last" and not (match["of_year"] or match["of_rel"] or match["of_short"]):
        if context.published is None:
            return unresolved("quarter")
        return days.whole(days.shifted(context.published, -1, "quarter"), "quarter")
    which = time_words().ordinals[word] if word else number(match["mark"])
    return _piece(match, context, "quarter", 3 * which - 2)


def quarters(match: re.Match[str], context: Context) -> Days:
    """The first three quarters of 2025; without a year those that were over last."""
    number_of = _SEVERAL[match["n"].lower()]
    first = 1 if match["o"].lower() == "first" else 13 - 3 * number_of
    last, of_era = first + 3 * number_of - 1, _stated_year(match, context)
    if of_era is None and not match["of_rel"] and context.published is not None:
        of_era = context.published.year - (context.published.month <= last)
    return unresolved("range") if of_era is None else days.months(of_era, first, last, "range")


def first_months(match: re.Match[str], _: Context) -> Days:
    """9M25, 1-9M 2025: the first nine months."""
    return days.months(int(match["y"] or 2000 + int(match["short"])), 1, int(match["n"]), "range")


def _piece(match: re.Match[str], context: Context, precision: Precision, first: int) -> Days | Moment | None:
    """A half or quarter of the year that is stated behind it, else of the publication's."""
    last = first + (5 if precision == "half" else 2)

    def in_year(of_era: int) -> Days:
        return days.months(of_era, first, last, precision)

    stated = _stated_year(match, context)
    if stated is not None:
        return in_year(stated)
    if match["of_rel"]:
        return unresolved(precision)
    if match["mark"] and not _is_mark(match, context):
        return None
    if context.published is None:
        return Moment(unresolved(precision), match.end(), in_year=in_year)
    months = (first, last)
    known = in_year(year_of_piece(context.tokens, match.start(), match.end(), months, context.published))
    return Moment(known, match.end(), in_year=in_year)


def _stated_year(match: re.Match[str], context: Context) -> int | None:
    """The year of "of 2026", "of next year", "FY26"; None where none is said or it cannot be told."""
    if match["of_year"]:
        return int(match["of_year"])
    if match["of_short"]:
        return 2000 + int(match["of_short"])
    return context.relative_year(match["of_rel"]) if match["of_rel"] else None


def _is_mark(match: re.Match[str], context: Context) -> bool:
    """Whether a bare Q4 or H2 is a time: "in Q4", "H2 results"; not "the Q4 e-tron", "green H2"."""
    known, mark = time_words(), match["mark"]
    ahead = "".join(context.tokens.after(match.end(), 1))
    if not mark.isupper() or (mark[0] == "H" and ahead in known.hydrogen):
        return False
    if ahead in known.marks_after or _mark_follows(match, context):
        return True
    return context.at == 0 or (
        context.before() in known.marks_before and (mark, context.before()) != ("H2", "of")
    )


def _mark_follows(match: re.Match[str], context: Context) -> bool:
    """Whether another mark follows: "1H and Q2 2024", "Q1-Q3"."""
    joint, mark, of_mark = [*context.tokens.after(match.end(), 3), "", "", ""][:3]
    return joint in _LISTED and (mark in _MARKS or of_mark in _MARKS)


def half_or_quarter(match: re.Match[str], _: Context) -> Days | None:
    """2026 H1, 2026Q3, 1H26, 2024's third quarter."""
    given = match.groupdict()
    of_era = int(given["y"]) if given.get("y") else 2000 + int(given["short"])
    mark = (given["mark"] or "").lower()
    which = number(mark) if mark else time_words().ordinals[given["o"].lower()]
    if "h" in mark or (not mark and given["what"].lower() == "half"):
        return days.months(of_era, 6 * which - 5, 6 * which, "half") if which in {1, 2} else None
    return days.months(of_era, 3 * which - 2, 3 * which, "quarter")


def quarter_to_month(match: re.Match[str], context: Context) -> Days | Moment | None:
    """The September quarter: the three months to its end, as Australian reports say it."""
    month = month_number(match["m"])
    if month % 3 or not match["m"][0].isupper():
        return None

    def in_year(of_era: int) -> Days:
        return days.months(of_era, month - 2, month, "quarter")

    stated = int(match["y0"]) if match["y0"] else _stated_year(match, context)
    return context.yearless(match, month, in_year) if stated is None else in_year(stated)


def part(match: re.Match[str], context: Context) -> Days:
    """Early, mid and late: a third of the year each; mid-to-late 2026: two thirds."""
    of_era = int(match["y"]) if match["y"] else context.relative_year(match["rel"])
    if of_era is None:
        return unresolved("range")
    parts = time_words().parts
    first = parts[match["part"].lower()]
    last = parts[(match.groupdict().get("last") or match["part"]).lower()]
    return days.months(of_era, 4 * first - 3, 4 * last, "range")


def mid_year(match: re.Match[str], context: Context) -> Days | None:
    """Mid-year 2026, by midyear: the middle third; without a year only behind a preposition."""
    if match["y"] or match["rel"]:
        of_era = int(match["y"]) if match["y"] else context.relative_year(match["rel"])
    elif context.before() in time_words().prepositions:
        of_era = context.published.year if context.published else None
    else:
        return None
    return unresolved("range") if of_era is None else days.months(of_era, 5, 8, "range")


def season(match: re.Match[str], context: Context) -> Days | None:
    """Spring 2025, next summer: three months of the northern year; winter runs into the next."""
    relative = match["rel"] or match["rel2"]
    if not (match["y"] or relative):
        return None
    of_era = int(match["y"]) if match["y"] else context.relative_year(relative)
    if of_era is None:
        return unresolved("range")
    first = date(of_era, time_words().seasons[match["season"].lower()], 1)
    return Days(first, days.shifted(first, 3, "month") - days.ONE_DAY, "range")


def decade(match: re.Match[str], _: Context) -> Days:
    """The 2030s."""
    return days.decade(int(match["y"]))


def part_of_decade(match: re.Match[str], _: Context) -> Days:
    """The early 2030s: four years; the middle and the end three each."""
    first, last = _OF_A_DECADE[time_words().parts[match["part"].lower()]]
    return Days(date(int(match["y"]) + first, 1, 1), date(int(match["y"]) + last, 12, 31), "range")


def this_decade(match: re.Match[str], context: Context) -> Days:
    """By the end of the decade, next decade; over the next decade, which begins today."""
    relative = match["rel"].lower()
    before = _AHEAD.search(match.string, max(match.start() - _BESIDE, 0), match.start())
    ahead = relative == "coming" or (relative == "next" and before is not None)
    if context.published is None:
        return unresolved("range" if ahead else "decade")
    if ahead:
        return Days(context.published, days.shifted(context.published, 10, "year"), "range")
    return days.decade(context.published.year + (10 if relative == "next" else 0))
