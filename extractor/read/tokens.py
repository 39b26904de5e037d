"""Tokens: a text as words, numerals and signs with their places, so that rules need not search.

token := letters | digits | sign | line end
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import accumulate

SPACE = " \u00a0\u202f\u2009"
"""The spaces that may stand inside a figure."""

# A character, and behind a letter or digit the rest of its run. The first class lets the search skip spaces;
# plain letters are tried before all others because a simple class is matched much faster.
_TOKEN = re.compile(r"([\S\n](?:(?<=[^\W\d_])(?:[a-z]++(?![^\W\d_])|[^\W\d_]*)|(?<=\d)\d*|))")
_DOMAIN = re.compile(r"\.(?:com|org|net|cn|eu|io)(?:/|\s|$)")
_WEB = re.compile(rf"://|www\.|\w@\w|{_DOMAIN.pattern}")
_STOP = re.compile(r"[\n.!?;。；](?:(?<=\n)|(?=\s|\Z))")
_LONGEST = 200  # characters of a web address that are looked at on either side of what shows it
_LINE = 200  # characters of a line that are looked at for its capitals
_TITLE = 12  # words of it
_SHORTEST = 2
_MOSTLY = 0.6


class Tokens:
    """The tokens of one text: `words` in lower case, `starts` and `ends` their offsets."""

    __slots__ = ("_addresses", "_stops", "ends", "starts", "text", "words")

    def __init__(self, text: str) -> None:
        self.text = text
        self._addresses = _addresses(text)
        lowered = text.lower()
        # İ becomes two letters, and Σ becomes what its neighbours say: then it goes word by word
        as_one = len(lowered) == len(text) and "Σ" not in text
        pieces = _TOKEN.split(lowered if as_one else text)  # gap, token, gap, token … gap
        offsets = list(accumulate(map(len, pieces)))
        self.starts, self.ends = offsets[:-1:2], offsets[1::2]
        self.words = pieces[1::2] if as_one else [word.lower() for word in pieces[1::2]]
        self._stops = [stop.start() for stop in _STOP.finditer(text)]

    def at(self, pos: int) -> int:
        """The index of the first token that starts at or after `pos`."""
        return bisect_left(self.starts, pos)

    def word(self, index: int) -> str:
        """The token in lower case; empty before the first and after the last."""
        words = self.words
        return words[index] if 0 <= index < len(words) else ""

    def written(self, index: int) -> str:
        """The token as written; empty before the first and after the last."""
        return self.text[self.starts[index] : self.ends[index]] if 0 <= index < len(self.words) else ""

    def joined(self, index: int) -> bool:
        """Whether nothing stands between this token and the one before."""
        starts = self.starts
        return 0 < index < len(starts) and starts[index] == self.ends[index - 1]

    def ends_sentence(self, index: int) -> bool:
        """Whether the token is a line end, or a stop with space or nothing behind it."""
        return _STOP.match(self.text, self.starts[index]) is not None

    def before(self, pos: int, count: int, floor: int = 0) -> list[str]:
        """Up to `count` tokens before `pos` in its sentence, the nearest first; none from before `floor`."""
        starts, stops = self.starts, bisect_left(self._stops, pos)
        opens = bisect_left(starts, max(floor, self._stops[stops - 1] + 1 if stops else 0))
        index = bisect_left(starts, pos, opens)
        found = self.words[max(opens, index - count) : index]
        found.reverse()
        return found

    def after(self, pos: int, count: int, ceiling: int | None = None) -> list[str]:
        """Up to `count` tokens from `pos` on in its sentence; none that ends behind `ceiling`."""
        index, stops = bisect_left(self.starts, pos), bisect_left(self._stops, pos)
        limit = len(self.text) if ceiling is None else ceiling
        if stops < len(self._stops):
            limit = min(limit, self._stops[stops])
        return self.words[index : min(bisect_right(self.ends, limit), index + count)]

    def address(self, pos: int) -> tuple[int, int] | None:
        """The span of the web or mail address that holds the character at `pos`."""
        if not self._addresses:
            return None
        at = bisect_right(self._addresses, (pos, len(self.text))) - 1
        return self._addresses[at] if at >= 0 and pos < self._addresses[at][1] else None

    def titled(self, pos: int) -> bool:
        """Whether the line around `pos` is set as a title: most of its first dozen words are capitalised."""
        first = max(pos - _LINE, 0)
        start = max(self.text.rfind("\n", first, pos) + 1, first)
        line = self.text[start : start + _LINE].split("\n", 1)[0].split()
        words = [word for word in line[:_TITLE] if word[0].isalpha()]
        return len(words) > _SHORTEST and sum(word[0].isupper() for word in words) > _MOSTLY * len(words)


def _addresses(text: str) -> list[tuple[int, int]]:
    """The spans of web and mail addresses, in text order."""
    if not ("://" in text or "www." in text or "@" in text or _DOMAIN.search(text)):
        return []
    found: list[tuple[int, int]] = []
    end = 0
    for sign in _WEB.finditer(text):
        start = sign.start()
        if start < end:
            continue
        while start > max(end, sign.start() - _LONGEST) and not text[start - 1].isspace():
            start -= 1
        around = text[start : sign.end() + _LONGEST].split(maxsplit=1)
        end = start + len(around[0])
        found.append((start, end))
    return found
