"""Times: days, months, quarters, halves, years and ranges of them, resolved against the publication date.

time   := range | point
range  := ("from" | "between")? point ("to" | "and" | "–") point
point  := day | month | quarter | half | part-of-year | year | decade | relative
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

from extractor.read.units import currency_table, load, unit_table
from schemas import When

if TYPE_CHECKING:
    from extractor.read.scan import Taken
    from schemas.when import Precision

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_FIRST_YEAR, _LAST_YEAR = 1950, 2100


@dataclass(frozen=True, slots=True)
class _Days:
    """First and last day, both inclusive; None while unresolved."""

    first: date | None
    last: date | None
    precision: Precision


@cache
def _grammar() -> _Grammar:
    return _Grammar()


class _Grammar:
    """times.toml, compiled into one pattern with a named group for every form of a point in time."""

    def __init__(self) -> None:
        data = load("times.toml")
        self.months: dict[str, int] = data["months"]
        self.ordinals: dict[str, int] = data["ordinals"]
        self.relatives: dict[str, int] = data["relative"]
        self.parts: dict[str, int] = data["parts"]
        self.future = re.compile(rf"\b(?:{'|'.join(data['future']['words'])})\b")
        month = rf"(?:{_any(self.months, capital=True)})(?![a-z])\.?"
        # a year is four digits on their own: 2,025 and 2025.5 are numbers
        year = r"(?:19[5-9]\d|20\d\d)(?![\d%]|[.,]\d)"
        day = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?!\d)"
        relative = rf"(?:{_any(self.relatives)})"
        ordinal = rf"(?:{_any(self.ordinals)})"
        # "of 2026", "of next year", "FY26", "'26"
        of = rf"(?:(?:[ -]of)?,?[ -]?(?:the[ ])?(?:fiscal(?:[ ]year)?[ ]|FY[ ]?|CY[ ]?)?(?P<{{0}}_year>{year})|(?:[ -]of)?[ ](?:fiscal[ ]|FY[ ]?)?(?P<{{0}}_rel>{relative})[ ]year|[ ]?(?:FY[ ]?|['’])(?P<{{0}}_short>\d\d)(?!\d))"
        forms = {
            "iso": r"(?P<iso_y>(?:19|20)\d\d)(?P<iso_s>[-/.])(?P<iso_m>0?[1-9]|1[0-2])(?P=iso_s)(?P<iso_d>0?[1-9]|[12]\d|3[01])(?!\d)",
            "dotted": r"(?P<dot_d>0?[1-9]|[12]\d|3[01])\.(?P<dot_m>0?[1-9]|1[0-2])\.(?P<dot_y>(?:19|20)\d\d)(?!\d)",
            "slashed": r"(?P<sl_a>0?[1-9]|[12]\d|3[01])/(?P<sl_b>0?[1-9]|[12]\d|3[01])/(?P<sl_y>(?:19|20)\d\d)(?!\d)",
            "chinese": r"(?P<cn_y>(?:19|20)\d\d)年(?:(?P<cn_m>\d{1,2})月(?:(?P<cn_d>\d{1,2})日)?)?",
            "days": rf"(?P<ds_m>{month})[ ](?P<ds_a>{day})[ ]?[-–][ ]?(?P<ds_b>{day}),?[ ](?P<ds_y>{year})",
            "monthrel": rf"(?P<mr_m>{month})(?:[ ]of)?[ ](?P<mr>this|next|last)[ ]year",
            "dmy": rf"(?P<dmy_d>{day})(?:[ ]of)?[ -](?P<dmy_m>{month})(?:,?[ -](?P<dmy_y>{year}))?",
            "mdy": rf"(?P<mdy_m>{month})[ ](?:the[ ])?(?P<mdy_d>{day})(?![ ]?(?:GWh|MWh|MW|GW|percent|million|billion))(?:,?[ ](?P<mdy_y>{year}))?",
            "my": rf"(?:(?P<my_part>{_any(self.parts)})[ -])?(?P<my_m>{month})(?:,|[ ]of)?[ -]?(?P<my_y>{year})",
            "half": rf"(?:(?:the[ ])?(?P<half_o>first|second|1st|2nd|latter)[ -]half|(?P<half_h>[Hh][12]|[12][Hh])(?![\w]))(?:{of.format('half')})?",
            "quarter": rf"(?:(?:the[ ])?(?P<q_o>{ordinal})[ -]quarter|(?P<q_q>[Qq][1-4]|[1-4][Qq])(?!\w))(?:{of.format('q')})?",
            "half_back": rf"(?P<hb_y>{year})[ -]?(?P<hb_h>[Hh][12])(?!\w)|(?P<qb_y>{year})[ -]?(?P<qb_q>[Qq][1-4])(?!\w)|(?P<hs_h>[12]H|H[12]|[1-4]Q|Q[1-4])(?P<hs_y>\d\d)(?!\d)",
            "decade": r"(?:the[ ])?(?P<dec_y>(?:19|20)\d0)s|(?:by[ ])?(?:the[ ]end[ ]of[ ])?(?:this|the)[ ](?P<decade>decade)(?!\w)",
            "part": rf"(?P<part>{_any(self.parts)})(?:[ -]|[ ]in[ ])(?:(?P<part_y>{year})|(?P<part_rel>this|next|last)[ ]year)",
            "end": rf"(?:by[ ])?(?:(?:the[ ])?(?:end|close)[ ]of|end-|year[ -]end(?:[ ]of)?[ ]?|end[ ]|the[ ]whole[ ]of[ ])[ ]?(?:(?P<end_fy>fiscal(?:[ ]year)?|FY)[ ]?)?(?:(?P<end_y>{year})|(?P<end_rel>{relative})[ ]year)|(?:by[ ])?(?:the[ ])?(?P<year_end>year[ -]end)(?!\w)",
            "fiscal": rf"(?:fiscal(?:[ ]year)?|financial[ ]year|FY|CY)[ ]?(?:(?P<fy_y>{year})|(?P<fy_s>\d\d)(?!\d))(?:[-/]\d\d(?!\d))?",
            "relyear": r"(?:(?:by|throughout|during|earlier|later|late)[ ])?(?P<ry>this|next|last|the[ ](?:current|coming|following|previous|past|same))[ ](?P<ry_unit>year|month|quarter)(?!\w)(?!['’]s)",
            "relmonth": rf"(?P<rm>this|next|last|(?:this|next|last)[ ]year['’]s)[ ](?P<rm_m>{month})(?![ ]\d)",
            "weekday": r"(?:last[ ]|this[ ]|on[ ])?(?P<weekday>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)(?!\w|['’]s)",
            "today": r"(?P<today>today|yesterday|tomorrow)(?!\w)",
            "year": rf"(?:by[ ])?(?P<year>{year})",
            "month": rf"(?:(?P<m_part>{_any(self.parts)})[ -])?(?P<month>{month})",
        }
        joined = "|".join(f"(?P<{name}_>{form})" for name, form in forms.items())
        self.point = re.compile(
            rf"(?<![\d.,/$€£¥₹-])(?:(?<![^\W_])|(?<=[a-z])(?=[A-Z][a-z]{{2}}))(?:{joined})", re.IGNORECASE
        )
        self.anchor = re.compile(
            rf"(?i:\b(?:{_any([*self.months, *self.parts, 'first', 'second', 'third', 'fourth', 'final', 'latter', 'the', 'this', 'next', 'last', 'by', 'end', 'year', 'fiscal', 'financial', 'FY', 'CY', 'earlier', 'later', 'throughout', 'during', 'today', 'yesterday', 'tomorrow', *_WEEKDAYS])})|(?<=[a-z])(?=(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec))|\b[HQ][1-4]|\b\d)"
        )
        self.opening = re.compile(r"(?:from|between)[ ](?:the[ ])?", re.IGNORECASE)
        self.to = re.compile(
            r"[ ]?[-–—~][ ]?|[ ](?:to|through|until|till)[ ](?:the[ ])?|[ ]and[ ]", re.IGNORECASE
        )
        self.short_end = re.compile(r"[-–/](\d\d)(?![\d%]|[.,]\d)")


def _any(words: object, *, capital: bool = False) -> str:
    ordered = sorted(words, key=len, reverse=True)  # type: ignore[call-overload]
    return "|".join((f"{w[0].upper()}{w[1:]}" if capital else w).replace(" ", "[ ]") for w in ordered)


def times(text: str, published: date | None, taken: Taken) -> list[When]:
    """Every time of the text in order; each claims its passage."""
    grammar = _grammar()
    found: list[When] = []
    pos = 0
    while anchor := grammar.anchor.search(text, pos):
        start = anchor.start()
        if (claimed := taken.end_of(start)) is not None:
            pos = max(claimed, anchor.end())
            continue
        hit = _time(text, start, published)
        if hit is None or not taken.claim(start, hit[1]):
            pos = max(anchor.end(), start + 1)
            continue
        days, end = hit
        found.append(When(time=f"t{len(found) + 1}", text=text[start:end], start=start, end=end,
                          start_date=days.first, end_date=days.last, precision=days.precision))  # fmt: skip
        pos = end
    return found


def _time(text: str, start: int, published: date | None) -> tuple[_Days, int] | None:
    """time := range | point, at `start`."""
    point = _point(text, start, published)
    if point is None:
        return None
    first, end = point
    between = text[max(0, start - 8) : start].lower().endswith("between ")
    separator = _grammar().to.match(text, end)
    if separator is None:
        return point
    if " and " in separator[0].lower() and not between:
        return point
    if (short := _grammar().short_end.match(text, end)) and first.precision == "year" and first.first:
        # 2025-26
        last = first.first.replace(year=first.first.year // 100 * 100 + int(short[1]))
        if 0 < last.year - first.first.year < 30 and not _measured(text, short.end()):  # noqa: PLR2004
            return _Days(first.first, date(last.year, 12, 31), "range"), short.end()
    second = _point(text, separator.end(), published)
    if second is None:
        return point
    last_days, last_end = second
    if (
        first.first
        and last_days.last
        and (first.first > last_days.last or first.precision == "day" != last_days.precision)
    ):
        return point
    return _Days(first.first, last_days.last, "range"), last_end


def _point(text: str, start: int, published: date | None) -> tuple[_Days, int] | None:
    """One point in time at `start`, and where it ends."""
    match = _grammar().point.match(text, start)
    if match is None:
        return None
    form = next(
        name[:-1] for name, value in match.groupdict().items() if name.endswith("_") and value is not None
    )
    if form == "year" and _measured(text, match.end(), preposed=_preposed(text, start)):
        return None
    days = _FORMS[form](match, text, published)
    return None if days is None else (days, match.end())


_PREPOSITION = re.compile(
    r"\b(?:in|by|since|during|until|till|through|before|after|from|of|between|and|to|for|end|year)[ ]$",
    re.IGNORECASE,
)


def _preposed(text: str, start: int) -> bool:
    return bool(_PREPOSITION.search(text[max(0, start - 9) : start]))


def _measured(text: str, end: int, *, preposed: bool = False) -> bool:
    """Whether a unit follows, so that the four digits are an amount: 2025 MWh. "In 2024 won the bid" is no won."""
    at = end + (text[end : end + 1] in {" ", "-", "\u00a0"} and end < len(text))
    unit = unit_table().match(text, at)
    if unit is not None and not (at > end and unit[1] - at == 1 and preposed):
        return not (preposed and unit[0].kind == "duration")
    return not preposed and currency_table().after(text, at) is not None


def _year(number: int) -> _Days:
    return _Days(date(number, 1, 1), date(number, 12, 31), "year")


def _months(year: int, first: int, last: int, precision: Precision) -> _Days:
    return _Days(date(year, first, 1), date(year, last, monthrange(year, last)[1]), precision)


def _day(year: int, month: int, day: int) -> _Days | None:
    if not (1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]):  # noqa: PLR2004
        return None
    return _Days(date(year, month, day), date(year, month, day), "day")


def _month_number(name: str) -> int:
    return _grammar().months[name.rstrip(".").lower()]


def _nearest_year(match: re.Match[str], text: str, published: date, month: int) -> int:
    """The year of a month without one: the coming one where the sentence looks ahead, else the latest."""
    before = text[max(0, match.start() - 90) : match.start()]
    clause = re.split(r"[.;\n]", before)[-1]
    last, coming = published.year - (month > published.month), published.year + (month < published.month)
    if _grammar().future.search(clause):
        return coming
    if _PAST.search(clause):
        return last
    # nothing is said: whichever is nearer, counted in months
    behind = (published.month - month) % 12
    return last if behind <= 6 else coming  # noqa: PLR2004


_PAST = re.compile(r"\b(?:was|were|had|has|have|since|last|did|went|began|came|broke|won|held|\w{3,}ed)\b")


def _offset(word: str) -> int:
    return _grammar().relatives.get(re.sub(r"\s+", " ", word.lower()), 0)


def _of(match: re.Match[str], name: str, published: date | None) -> int | None:
    """The year of "of 2026", "of next year", "FY26"; the publication's year where none is said."""
    if match[f"{name}_year"]:
        return int(match[f"{name}_year"])
    if match[f"{name}_short"]:
        return 2000 + int(match[f"{name}_short"])
    if published is None:
        return None
    return published.year + (_offset(match[f"{name}_rel"]) if match[f"{name}_rel"] else 0)


def _iso(match: re.Match[str], _text: str, _published: date | None) -> _Days | None:
    return _day(int(match["iso_y"]), int(match["iso_m"]), int(match["iso_d"]))


def _dotted(match: re.Match[str], _text: str, _published: date | None) -> _Days | None:
    return _day(int(match["dot_y"]), int(match["dot_m"]), int(match["dot_d"]))


def _slashed(match: re.Match[str], _text: str, _published: date | None) -> _Days | None:
    """14/11/2025 and 11/14/2025; where both readings are possible the day comes first, as outside the US."""
    a, b, year = int(match["sl_a"]), int(match["sl_b"]), int(match["sl_y"])
    return _day(year, b, a) or _day(year, a, b)


def _chinese(match: re.Match[str], _text: str, _published: date | None) -> _Days | None:
    year = int(match["cn_y"])
    if match["cn_d"]:
        return _day(year, int(match["cn_m"]), int(match["cn_d"]))
    if match["cn_m"]:
        month = int(match["cn_m"])
        return _months(year, month, month, "month") if 1 <= month <= 12 else None  # noqa: PLR2004
    return _year(year)


def _with_month(match: re.Match[str], text: str, published: date | None, name: str) -> _Days | None:
    month, day = _month_number(match[f"{name}_m"]), int(re.sub(r"\D", "", match[f"{name}_d"]))
    if not match[f"{name}_m"][0].isupper():
        return None
    if match[f"{name}_y"]:
        return _day(int(match[f"{name}_y"]), month, day)
    if published is None:
        return _Days(None, None, "day")
    return _day(_nearest_year(match, text, published, month), month, day)


def _dmy(match: re.Match[str], text: str, published: date | None) -> _Days | None:
    return _with_month(match, text, published, "dmy")


def _mdy(match: re.Match[str], text: str, published: date | None) -> _Days | None:
    return _with_month(match, text, published, "mdy")


def _my(match: re.Match[str], _text: str, _published: date | None) -> _Days | None:
    month = _month_number(match["my_m"])
    return _months(int(match["my_y"]), month, month, "month")


_BEFORE_MONTH = re.compile(
    r"\b(?:in|by|since|during|until|till|from|of|this|to|early|mid|late|and|through|for|before|after|between)[ -]$",
    re.IGNORECASE,
)


def _month(match: re.Match[str], text: str, published: date | None) -> _Days | None:
    """A month without a year; capitalised and after a preposition, since May and March are words too."""
    name = match["month"]
    if not name[0].isupper() or (name.rstrip(".").lower() in {"may", "march", "mar", "jan", "sun", "dec", "sep"}
                                 and not _BEFORE_MONTH.search(text[max(0, match.start() - 8) : match.start()])):  # fmt: skip
        return None
    if len(name) <= 3 and not _BEFORE_MONTH.search(text[max(0, match.start() - 8) : match.start()]):  # noqa: PLR2004
        return None
    month = _month_number(name)
    if published is None:
        return _Days(None, None, "month")
    return _months(_nearest_year(match, text, published, month), month, month, "month")


def _relmonth(match: re.Match[str], _text: str, published: date | None) -> _Days | None:
    if published is None:
        return _Days(None, None, "month")
    month, word = _month_number(match["rm_m"]), match["rm"].lower()
    if "year" in word:
        year = published.year + _offset(word.split()[0])
    elif word == "next":
        year = published.year + (month <= published.month)
    elif word == "last":
        year = published.year - (month >= published.month)
    else:
        year = published.year
    return _months(year, month, month, "month")


def _monthrel(match: re.Match[str], _text: str, published: date | None) -> _Days | None:
    """October last year."""
    if published is None:
        return _Days(None, None, "month")
    month = _month_number(match["mr_m"])
    return _months(published.year + _offset(match["mr"]), month, month, "month")


def _weekday(match: re.Match[str], _text: str, published: date | None) -> _Days | None:
    """The latest day of that name, as in the news: on Monday."""
    if published is None:
        return _Days(None, None, "day")
    day = published - timedelta(
        days=(published.weekday() - _WEEKDAYS.index(match["weekday"].capitalize())) % 7
    )
    return _Days(day, day, "day")


def _days(match: re.Match[str], _text: str, _published: date | None) -> _Days | None:
    """June 11-13, 2025."""
    year, month = int(match["ds_y"]), _month_number(match["ds_m"])
    first, last = (_day(year, month, int(re.sub(r"\D", "", match[name]))) for name in ("ds_a", "ds_b"))
    return _Days(first.first, last.last, "range") if first and last else None


def _half(match: re.Match[str], _text: str, published: date | None) -> _Days | None:
    year = _of(match, "half", published)
    if year is None:
        return _Days(None, None, "half")
    mark = (match["half_o"] or match["half_h"]).lower()
    first = "1" in mark or mark == "first"
    return _months(year, 1 if first else 7, 6 if first else 12, "half")


def _quarter(match: re.Match[str], _text: str, published: date | None) -> _Days | None:
    year = _of(match, "q", published)
    mark = match["q_o"]
    number = _grammar().ordinals[mark.lower()] if mark else int(re.sub(r"\D", "", match["q_q"]))
    if mark and mark.lower() == "last" and not (match["q_year"] or match["q_rel"]):
        # "last quarter" is the one before this
        return _shift_quarter(published, -1)
    return (
        _Days(None, None, "quarter") if year is None else _months(year, 3 * number - 2, 3 * number, "quarter")
    )


def _shift_quarter(published: date | None, offset: int) -> _Days:
    if published is None:
        return _Days(None, None, "quarter")
    index = published.year * 4 + (published.month - 1) // 3 + offset
    return _months(index // 4, index % 4 * 3 + 1, index % 4 * 3 + 3, "quarter")


def _half_back(match: re.Match[str], _text: str, _published: date | None) -> _Days | None:
    """2026 H1, 2026Q3, 1H26."""
    mark = match["hb_h"] or match["qb_q"] or match["hs_h"]
    year = int(match["hb_y"] or match["qb_y"] or 2000 + int(match["hs_y"]))
    number = int(re.sub(r"\D", "", mark))
    if "h" in mark.lower():
        return _months(year, 6 * number - 5, 6 * number, "half")
    return _months(year, 3 * number - 2, 3 * number, "quarter")


def _decade(match: re.Match[str], _text: str, published: date | None) -> _Days | None:
    if match["dec_y"]:
        year = int(match["dec_y"])
    elif published is None:
        return _Days(None, None, "decade")
    else:
        year = published.year // 10 * 10
    return _Days(date(year, 1, 1), date(year + 9, 12, 31), "decade")


def _part(match: re.Match[str], _text: str, published: date | None) -> _Days | None:
    if match["part_y"]:
        year = int(match["part_y"])
    elif published is None:
        return _Days(None, None, "range")
    else:
        year = published.year + _offset(match["part_rel"])
    third = _grammar().parts[match["part"].lower()]
    return _months(year, 4 * third - 3, 4 * third, "range")


def _end(match: re.Match[str], _text: str, published: date | None) -> _Days | None:
    if match["end_y"]:
        return _year(int(match["end_y"]))
    if published is None:
        return _Days(None, None, "year")
    return _year(published.year + (_offset(match["end_rel"]) if match["end_rel"] else 0))


def _fiscal(match: re.Match[str], _text: str, _published: date | None) -> _Days | None:
    return _year(int(match["fy_y"]) if match["fy_y"] else 2000 + int(match["fy_s"]))


def _relyear(match: re.Match[str], _text: str, published: date | None) -> _Days | None:
    unit, offset = match["ry_unit"].lower(), _offset(match["ry"])
    if published is None:
        return _Days(None, None, unit)  # type: ignore[arg-type]
    if unit == "year":
        return _year(published.year + offset)
    if unit == "quarter":
        return _shift_quarter(published, offset)
    index = published.year * 12 + published.month - 1 + offset
    return _months(index // 12, index % 12 + 1, index % 12 + 1, "month")


def _today(match: re.Match[str], _text: str, published: date | None) -> _Days | None:
    if published is None:
        return _Days(None, None, "day")
    day = published + timedelta(days={"yesterday": -1, "today": 0, "tomorrow": 1}[match["today"].lower()])
    return _Days(day, day, "day")


def _bare_year(match: re.Match[str], _text: str, _published: date | None) -> _Days | None:
    number = int(match["year"])
    return _year(number) if _FIRST_YEAR <= number <= _LAST_YEAR else None


_FORMS = {
    "iso": _iso, "dotted": _dotted, "slashed": _slashed, "chinese": _chinese, "dmy": _dmy, "mdy": _mdy, "my": _my,
    "half": _half, "quarter": _quarter, "half_back": _half_back, "decade": _decade, "part": _part, "end": _end,
    "fiscal": _fiscal, "monthrel": _monthrel, "weekday": _weekday, "days": _days, "relyear": _relyear, "relmonth": _relmonth, "today": _today, "year": _bare_year,
    "month": _month,
}  # fmt: skip
