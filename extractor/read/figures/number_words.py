"""Numbers in words.

words   := counted | vague | part | article scale+ | "dozen"
counted := tens? small? ("point" small+)? scale* ("and a half")? group*: "two hundred and six"
vague   := ("several" | "a few" | "a couple of" | "tens of" | "hundreds of") scale+ | "hundreds" "of"
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from extractor.read.figures.fractions import part, share_of
from extractor.read.figures.numbers import ONE, STATED, Amount, number_words
from extractor.read.tokens import SPACE
from extractor.read.units import tidy

if TYPE_CHECKING:
    from extractor.read.tokens import Tokens

_CONFIRMED = re.compile(rf"[{SPACE}]\((\d[\d,]{{0,12}})\)")
_DOZEN = 12
_TEN, _TWENTY, _NINETY, _HUNDRED, _THOUSAND = 10, 20, 90, 100, 1000
_MOST = Decimal("1e15")  # value that a further scale word may multiply
_ALONE = frozenset({"million", "billion", "trillion"})
_NOT_ALONE_AFTER = frozenset({"-", "hundred", "of", "many", "some", "digit", "figure"})


def words(tokens: Tokens, index: int, floor: int) -> Amount | None:
    """The number in words whose first word, but for an article, is token `index`; None where it is none."""
    known, word = number_words(), tokens.words[index]
    has_article = tokens.word(index - 1) in {"a", "an"} and not tokens.joined(index)
    has_article = has_article and tokens.starts[index - 1] >= floor
    start = tokens.starts[index - has_article]
    if word in known.vague and (found := _vague(tokens, index, start)):
        return found
    if word in known.denominators:
        return part(tokens, index, index, ONE, start)
    if word in known.numbers:
        return _confirmed(tokens.text, _counted(tokens, index))
    if word == "dozen":
        return Amount(known.dozens[word], start, tokens.ends[index], worded=True)
    if has_article or _stands_alone(tokens, index):
        return _grouped(tokens, index, start, ONE)
    return None


def _confirmed(text: str, amount: Amount | None) -> Amount | None:
    """Fifty (50), as contracts write it."""
    confirmed = _CONFIRMED.match(text, amount.end) if amount else None
    if amount and confirmed and Decimal(confirmed[1].replace(",", "")) == amount.value:
        return amount._replace(end=confirmed.end())
    return amount


def _stands_alone(tokens: Tokens, index: int) -> bool:
    """Whether a bare scale word is a number: "billion-dollar", but not "multi-billion" or "a few million"."""
    follows = tokens.word(index + 1) == "-" and tokens.words[index] in _ALONE
    return follows and tokens.word(index - 1) not in _NOT_ALONE_AFTER


def _vague(tokens: Tokens, index: int, start: int) -> Amount | None:
    """Several hundred, tens of thousands, a couple of dozen, hundreds of something."""
    known = number_words()
    value, at, scale = known.vague[tokens.words[index]], index + 1, ONE
    at += tokens.word(at) == "of"
    if tokens.word(at) in known.dozens:
        return Amount(value * known.dozens["dozen"], start, tokens.ends[at], about=True, worded=True)
    end = None
    while (size := known.scales.get(tokens.word(at))) is not None and scale < _MOST:
        scale, end = scale * size, tokens.ends[at]
        at += 1
        at += tokens.word(at) == "of" and tokens.word(at + 1) in known.scales
    heads_table = tokens.word(index - 1) in {"(", "in"}  # (millions of yen)
    if end is None and value >= _DOZEN and tokens.word(index + 1) == "of" and not heads_table:
        end = tokens.ends[index]  # hundreds of jobs
    return None if end is None else Amount(value * scale, start, end, scale=scale, about=True, worded=True)


def _counted(tokens: Tokens, index: int) -> Amount | None:
    """Forty-two, three point five billion, two-thirds, two dozen."""
    known, at = number_words(), index
    value, start = known.numbers[tokens.words[index]], tokens.starts[index]
    ahead = _next(tokens, at)
    if _adds(known.numbers.get(tokens.word(ahead), ONE * 0), value):
        value, at = value + known.numbers[tokens.words[ahead]], ahead
        ahead = _next(tokens, at)
    if tokens.word(ahead) in known.denominators:
        return part(tokens, index, ahead, value, start)
    if (share := share_of(tokens, at, value, start)) is not None:
        return share
    if tokens.word(ahead) == "dozen":
        return Amount(value * known.dozens["dozen"], start, tokens.ends[ahead], worded=True)
    if tokens.word(ahead) == "point" and tokens.word(ahead + 1) in known.numbers:
        at, decimals = ahead, ""
        while tokens.word(at + 1) in known.numbers:
            at += 1
            decimals += str(known.numbers[tokens.words[at]])
        value += Decimal(f"0.{decimals}")
    return _grouped(tokens, _next(tokens, at), start, value, tokens.ends[at])


def _grouped(tokens: Tokens, at: int, start: int, value: Decimal, end: int | None = None) -> Amount:
    """A value under scale words, and the smaller groups behind it: "one million five hundred thousand"."""
    known = number_words()
    total, current, scale = Decimal(0), value, ONE
    end = tokens.starts[at] if end is None else end
    while at < len(tokens.words):
        joined = tokens.words[at] == "and"
        ahead = _next(tokens, at) if joined else at
        word = tokens.word(ahead)
        if not joined and (size := known.scales.get(word)) is not None and total + current < _MOST:
            scale = size
            if size >= _THOUSAND:
                total, current = total + (current or ONE) * size, Decimal(0)
            else:
                current *= size
        elif joined and word in {"a", "one"} and tokens.word(_next(tokens, ahead)) in {"half", "quarter"}:
            ahead = _next(tokens, ahead)
            half = tidy(ONE / known.denominators[tokens.words[ahead]], STATED)
            current, total = (current, total + half * scale) if total else (current + half, total)
        elif word in known.numbers and _measures(tokens, ahead):
            break  # two million two-person households
        elif word in known.numbers and _adds(known.numbers[word], current, total, joined=joined):
            current, scale = current + known.numbers[word], ONE
        else:
            break
        end, at = tokens.ends[ahead], _next(tokens, ahead)
    return Amount(total + current, start, end, scale=scale, worded=True)


def _measures(tokens: Tokens, at: int) -> bool:
    """Whether a hyphen joins a number to what it measures, and not to more of the number."""
    hyphen = tokens.word(at + 1) == "-" and tokens.joined(at + 1) and tokens.joined(at + 2)
    known, word = number_words(), tokens.word(at + 2)
    return hyphen and word not in known.numbers and word not in known.scales


def _adds(smaller: Decimal, current: Decimal, total: Decimal = ONE * 0, *, joined: bool = False) -> bool:
    """Whether "twenty" + "five" or "hundred and" + "twenty" is one number; "two and three" is not."""
    if current >= _HUNDRED and current % _HUNDRED == 0:
        return 0 < smaller < _HUNDRED
    if current == 0 and total > 0:
        return True
    tens = current % _TEN == 0 and _TWENTY <= current % _HUNDRED <= _NINETY
    return not joined and 0 < smaller < _TEN and tens


def _next(tokens: Tokens, at: int) -> int:
    """The token after `at`, over a hyphen that joins the two."""
    hyphen = tokens.word(at + 1) == "-" and tokens.joined(at + 1) and tokens.joined(at + 2)
    return at + 2 if hyphen else at + 1
