"""Moments: the forms of times.toml tried at one place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.read.times import dates, pieces, relative
from extractor.read.times.moment import Context, Moment
from extractor.read.times.words import time_words

if TYPE_CHECKING:
    import re
    from collections.abc import Callable
    from datetime import date

    from extractor.read.times.days import Days
    from extractor.read.tokens import Tokens

_FORMS: dict[str, Callable[[re.Match[str], Context], Days | Moment | None]] = {
    "iso": dates.in_digits,
    "chinese": dates.chinese,
    "half_quarter_of_year": pieces.half_or_quarter,
    "decade": pieces.decade,
    "year": pieces.year,
    "dotted": dates.in_digits,
    "slashed": dates.slashed,
    "days_of_month": dates.days_of_month,
    "day_of_month": dates.day,
    "day_alone": dates.day_alone,
    "half_or_quarter_short": pieces.half_or_quarter,
    "half": pieces.half,
    "quarter": pieces.quarter,
    "week_of_month": dates.week_of_month,
    "quarters": pieces.quarters,
    "months_short": pieces.first_months,
    "days_in_month": dates.days_of_month,
    "day_in_month": dates.day,
    "month_of_relative_year": dates.month_of_relative_year,
    "quarter_to_month": pieces.quarter_to_month,
    "month_of_year": dates.month_of_year,
    "month": dates.bare_month,
    "part_of_month": dates.part_of_month,
    "parts": pieces.part,
    "part_of_decade": pieces.part_of_decade,
    "part": pieces.part,
    "part_of_this": relative.part_of_this,
    "mid_year": pieces.mid_year,
    "year_end": pieces.year_end,
    "this_year_end": pieces.this_year_end,
    "this_decade": pieces.this_decade,
    "fiscal_year_ending": pieces.fiscal_year_ending,
    "fiscal_year": pieces.fiscal_year,
    "year_before": relative.year_before,
    "to_date": relative.to_date,
    "one_ago": relative.one_ago,
    "previous": relative.previous,
    "relative": relative.relative,
    "relative_month": dates.relative_month,
    "month_of_years": dates.month_of_relative_year,
    "season": pieces.season,
    "weekday": relative.weekday,
    "near_day": relative.near_day,
}


def moment(tokens: Tokens, index: int, published: date | None, latest: Days | None = None) -> Moment | None:
    """The point in time that token `index` opens; None where it opens none or there is no such token.

    `latest` is the time before it, which "the same month last year" looks back to.
    """
    forms = time_words().opened(tokens.word(index), tokens.word(index + 1))
    if not forms:
        return None
    context, start = Context(tokens, index, published, latest), tokens.starts[index]
    for form in forms:
        match = form.pattern.match(tokens.text, start)
        if match is None:
            continue
        found = _FORMS[form.name](match, context)
        if isinstance(found, Moment):
            return found._replace(form=form.name)
        if found is not None:
            return Moment(found, match.end(), form.name)
    return None
