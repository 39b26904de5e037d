"""Parts of a whole in words.

part := (number | "a")? denominator: "two-thirds", "a quarter", "half of"
      | number ("in" | "out of") number: "one in five"
      | (number | "a")? denominator "of"? "a" (scale | unit): "half a million", "a quarter of a million"
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.read.figures.numbers import ONE, STATED, Amount, number_words
from extractor.read.units import tidy

if TYPE_CHECKING:
    from decimal import Decimal

    from extractor.read.tokens import Tokens

_CLOSES = frozenset({".", ",", ";", ":", ")", "!", "?", "\n", ""})
_ARTICLES = frozenset({"a", "an"})
_SPAN_OR_STATE = frozenset({"in", "for"})  # "for a quarter", "cut in half"; but "for half of the output"
_YEAR_DIGITS = 4
_SPANS = frozenset({"year", "quarter", "month", "week", "day", "hour"})
_MOST_OF = 10  # things of which a part is so many


def part(tokens: Tokens, index: int, at: int, over: Decimal, start: int) -> Amount | None:
    """The part that opens at token `index` and whose denominator is token `at`; None where it is none."""
    word = tokens.words[at]
    under = number_words().denominators[word]
    if over >= under or (at == index and word.endswith("s")):
        return None
    amount = Amount(tidy(over / under, STATED), start, tokens.ends[at], worded=True, fraction=True)
    is_rank = at == index and start == tokens.starts[index] and word not in {"half", "quarter"}
    if not is_rank and (scaled := _of_a_scale(tokens, at, amount)) is not None:
        return scaled  # but not "the fourth billion-yuan project"
    if tokens.word(at + 1) == "-" or _is_of_a_year(tokens, at):
        return None
    stands = _is_bare_part(tokens, at, start) if at == index else _is_counted_part(tokens, at, over)
    return amount if stands else None


def share_of(tokens: Tokens, at: int, over: Decimal, start: int) -> Amount | None:
    """The part that "one in five" and "nine out of ten" say; `at` is the token of the smaller number."""
    ahead = at + 1 + (tokens.word(at + 1) == "out")
    joint = "in" if ahead == at + 1 else "of"
    under, behind = number_words().numbers.get(tokens.word(ahead + 1)), tokens.word(ahead + 2)
    if tokens.word(ahead) != joint or under is None or not over < under <= _MOST_OF:
        return None
    if (
        (joint == "in" and over != ONE and under != _MOST_OF)
        or not behind.isalpha()
        or behind in number_words().scales
    ):
        return None
    if behind.removesuffix("s") in _SPANS:
        return None
    return Amount(tidy(over / under, STATED), start, tokens.ends[ahead + 1], worded=True, fraction=True)


def _of_a_scale(tokens: Tokens, at: int, amount: Amount) -> Amount | None:
    """Half a million, a quarter of a million, half a dozen, half a gigawatt-hour."""
    known, ahead = number_words(), at + 1
    if tokens.word(ahead) == "-" and tokens.word(ahead + 1) in known.scales:
        ahead += 1  # a half-billion-dollar plant
    ahead += tokens.word(ahead) == "of" and tokens.word(ahead + 1) in {"a", "one"}
    has_article = tokens.word(ahead) in _ARTICLES
    ahead += has_article
    word = tokens.word(ahead)
    if (scale := known.scales.get(word)) is not None:
        end = tokens.ends[ahead]
        return amount._replace(value=amount.value * scale, end=end, fraction=False, scale=scale)
    if tokens.words[at] != "half":
        return None
    if word == "dozen":
        return amount._replace(value=known.dozens[word] / 2, end=tokens.ends[ahead], fraction=False)
    if has_article and ahead == at + 2:
        return amount._replace(end=tokens.ends[at + 1], fraction=False)
    return None


def _is_bare_part(tokens: Tokens, at: int, start: int) -> bool:
    """Whether a denominator without a number is a part: "a third of", not "a third plant"."""
    known, ahead = number_words(), tokens.word(at + 1)
    has_article = tokens.starts[at] != start
    before = tokens.word(at - 1 - has_article)
    if before == "and" and has_article and ahead != "of":
        return False  # a decade and a half
    if before in known.no_part_after or (ahead != "of" and before in _SPAN_OR_STATE):
        return False
    if has_article:
        return ahead in known.before_part or ahead in _CLOSES
    if tokens.words[at] != "half":
        return False
    return ahead in known.before_half or (ahead in _CLOSES and tokens.word(at - 1) in known.after_half)


def _is_counted_part(tokens: Tokens, at: int, over: Decimal) -> bool:
    """Whether a denominator with a number is a part: "two-thirds", not "three quarters in a row"."""
    known, ahead = number_words(), tokens.word(at + 1)
    if tokens.words[at] in {"quarter", "quarters"} and tokens.word(at - 1) != "-" and ahead != "of":
        return False
    return over != ONE or ahead in known.before_part or ahead in _CLOSES


def _is_of_a_year(tokens: Tokens, at: int) -> bool:
    """Whether a year follows: a quarter or half of it is a time."""
    if tokens.word(at + 1) != "of" or tokens.words[at] not in {"quarter", "quarters", "half"}:
        return False
    ahead = [tokens.word(at + 2), tokens.word(at + 3)]
    return (ahead[0].isdecimal() and len(ahead[0]) == _YEAR_DIGITS) or bool({"year", "fiscal"} & {*ahead})
