"""Tense: which year a month without one lies in.

The nearest verb that shows a tense decides: "should end in October" looks ahead, "broke ground in May" back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from extractor.read.times.words import time_words

if TYPE_CHECKING:
    from datetime import date

    from extractor.read.tokens import Tokens

_FAR = 30  # tokens of the sentence in which a tense is looked for
_OPENING = 2  # tokens before a month that opens its sentence: "In October, the company will …"
_RIGHT_BEHIND = 2  # tokens behind a month for its verb: "the maker in May signed"
_COMPARED = frozenset({"up", "down"})
_INTO = frozenset({"in", "by", "from", "during", "until", "for", "since", "before", "after"})
_SHORTEST = 4  # letters of a verb in -ed
_HALF_A_YEAR, _YEAR = 6, 12


def nearest_year(tokens: Tokens, start: int, end: int, month: int, published: date) -> int:
    """The year of a month that stands at `start` to `end`: the coming one or the last."""
    last = published.year - (month > published.month)
    coming = published.year + (month < published.month)
    tense = tense_around(tokens, start, end)
    if tense is None:
        return last if (published.month - month) % _YEAR <= _HALF_A_YEAR else coming
    return coming if tense == "future" else last


def year_of_piece(tokens: Tokens, start: int, end: int, months: tuple[int, int], published: date) -> int:
    """The year of a quarter or half, from its first month to its last: this one, unless the tense forbids it.

    What is still ahead cannot be told as past: "sales fell in the fourth quarter", in March; nor can what is
    over as to come. Where no tense shows, early in a year its end is that of the year before.
    """
    first, last = months
    tense = tense_around(tokens, start, end, passing=time_words().saying)
    if first > published.month and (
        tense == "past" or (tense is None and first - published.month > _HALF_A_YEAR)
    ):
        return published.year - 1
    near = [word for word in tokens.before(start, 2) if word not in time_words().articles]
    dated = bool(near) and near[0] in _INTO  # but not "we will discuss our third quarter"
    return published.year + (last < published.month and tense == "future" and dated)


def tense_around(
    tokens: Tokens, start: int, end: int, passing: frozenset[str] = frozenset()
) -> Literal["past", "future"] | None:
    """The tense that is told around a time; None where none shows. Verbs to pass over tell none."""
    before = tokens.before(start, _FAR)
    opens = len(before) <= _OPENING
    tense = None if opens else _tense(before, passing, step=1)
    return tense or _tense(tokens.after(end, _FAR if opens else _RIGHT_BEHIND), passing, step=-1)


def _tense(words: list[str], passing: frozenset[str], *, step: int) -> Literal["past", "future"] | None:
    """The tense of the first word that shows one; the word before it in the text is `step` away."""
    known = time_words()
    for at, word in enumerate(words):
        before = words[at + step] if 0 <= at + step < len(words) else ""
        if word in passing or (word in known.nouns and before in known.articles):
            continue  # unveiled a plan in July
        if word in known.future and (word != "to" or before in known.before_to):
            return "future"
        if word == "from" and before in _COMPARED:
            return "past"  # up from 5 GWh in April
        past = word in known.past and before not in known.not_past_after
        if past or (word.endswith("ed") and len(word) > _SHORTEST and before not in known.passive):
            return "past"
    return None
