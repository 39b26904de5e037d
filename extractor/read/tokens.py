"""Tokens: a text as words, numerals and signs with their places, so that rules need not search.

token := letters | digits | sign | line end
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

SPACE = " \u00a0\u202f\u2009"
"""The spaces that may stand inside a figure."""

_TOKEN = re.compile(r"[^\W\d_]+|\d+|[^\w\s]|[_\n]")
_WEB = re.compile(r"://|www\.|\w@\w|\.(?:com|org|net|cn|eu|io)(?:/|\s|$)")
_ENDS = frozenset(".!?;。；\n")
_LONGEST = 200  # characters of a web address that are looked at on either side of what shows it
_LINE = 200  # characters of a line that are looked at for its capitals
_TITLE = 12  # words of it
_SHORTEST = 2
_MOSTLY = 0.6


class Tokens:
    """The tokens of one text: `words` in lower case, `starts` and `ends` their offsets."""

    __slots__ = ("_addresses", "ends", "starts", "text", "words")

    def __init__(self, text: str) -> None:
        self.text = text
        self._addresses = _addresses(text)
        spans = [match.span() for match in _TOKEN.finditer(text)]
        self.starts = [start for start, _ in spans]
        self.ends = [end for _, end in spans]
        self.words = [text[start:end].lower() for start, end in spans]

    def at(self, pos: int) -> int:
        """The index of the first token that starts at or after `pos`."""
        return bisect_left(self.starts, pos)

    def word(self, index: int) -> str:
        """The token in lower case; empty before the first and after the last."""
        return self.words[index] if 0 <= index < len(self.words) else ""

    def written(self, index: int) -> str:
        """The token as written; empty before the first and after the last."""
        return self.text[self.starts[index] : self.ends[index]] if 0 <= index < len(self.words) else ""

    def joined(self, index: int) -> bool:
        """Whether nothing stands between this token and the one before."""
        return 0 < index < len(self.words) and self.starts[index] == self.ends[index - 1]

    def ends_sentence(self, index: int) -> bool:
        """Whether the token is a line end, or a stop with space or nothing behind it."""
        if self.words[index] not in _ENDS:
            return False
        end = self.ends[index]
        return self.words[index] == "\n" or end == len(self.text) or self.text[end].isspace()

    def before(self, pos: int, count: int, floor: int = 0) -> list[str]:
        """Up to `count` tokens before `pos` in its sentence, the nearest first; none from before `floor`."""
        index = self.at(pos) - 1
        found: list[str] = []
        while index >= 0 and len(found) < count and self.starts[index] >= floor:
            if self.ends_sentence(index):
                break
            found.append(self.words[index])
            index -= 1
        return found

    def after(self, pos: int, count: int, ceiling: int | None = None) -> list[str]:
        """Up to `count` tokens from `pos` on in its sentence; none that ends behind `ceiling`."""
        index = self.at(pos)
        limit = len(self.text) if ceiling is None else ceiling
        found: list[str] = []
        while index < len(self.words) and len(found) < count and self.ends[index] <= limit:
            if self.ends_sentence(index):
                break
            found.append(self.words[index])
            index += 1
        return found

    def address(self, pos: int) -> tuple[int, int] | None:
        """The span of the web or mail address that holds the character at `pos`."""
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
