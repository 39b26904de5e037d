"""Layout: a text as sections under headings, paragraphs and sentences; offsets only."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

_LINE = re.compile(r"[^\n]+")
# "[Separator: Minghao lands contract] On March 12 …", an item of a weekly
_ITEM = re.compile(r"\s*[\[【](?P<label>[^\]】\n]{8,240})[\]】]\s*(?=\S)")
# a run of stops is taken whole, or not at all: a line of a hundred thousand of them is read in one go
_END = re.compile(
    r"""[.!?;。！？](?:(?<=[.!?])(?<![.!?][.!?])[.!?]*+["”’')\]]*+(?=\s+["“‘'(\[●•]*[A-Z0-9€$£¥₹"“])"""
    r"|(?<=[。！？])|(?<=;)(?=\s*\d\)))"
)
# words whose full stop ends no sentence
_ABBREVIATION = re.compile(
    r"(?:\b(?:Co|Ltd|Inc|Corp|Pvt|Pty|Bros|No|Nos|Art|Sec|St|Mt|Ft|Mr|Mrs|Ms|Dr|Prof|Gen|Gov|Sen|Rep|Jr|Sr|vs|etc|"
    r"approx|ca|cf|e\.g|i\.e|a\.m|p\.m|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|Rs|Fig|Vol|est|tel|Tel|Add|"
    r"U\.S|U\.K|S\.A|S\.p\.A|S\.L|N\.V|B\.V|D\.C)|"
    r"(?<![Ss]eries )(?<![Pp]hase )(?<![Cc]lass )(?<![Rr]ound )(?<![Tt]ranche )(?<![Pp]arty )\b[A-Z])\.$"
)
_NUMBERED = re.compile(r"^\(?(?:\d{1,2}|[IVX]{1,4}|[a-z])[.)]\s+")
_LABELLED = re.compile(r"[^:]{2,40}:\s{2,}\S|[^:]{2,40}:\s+\S.*\d")
_MAX_HEADING = 130
_WORDS = re.compile(r"[^\W\d_][\w'’&.-]*")
_BULLET = re.compile(r"[\s●•▪◦·*–—-]*")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, or a line that is one."""

    start: int
    end: int
    paragraph: int
    """Number of the paragraph that it stands in."""


@dataclass(slots=True)
class Section:
    """A heading and what follows it up to the next one; a text may start without one."""

    heading: tuple[int, int] | None
    sentences: list[Sentence] = field(default_factory=list)


@lru_cache(maxsize=8)  # drafting, assembling and checking look at one text after the other
def sections(text: str, furniture: tuple[tuple[int, int], ...] = ()) -> tuple[Section, ...]:
    """The sections of a text, in order; lines that lie in `furniture` are left out."""
    out = [Section(None)]
    lines = [m for m in _LINE.finditer(text) if m[0].strip()]
    skip = iter(sorted(furniture))
    passage = next(skip, None)
    number, listed = 0, False
    for index, line in enumerate(lines):
        while passage is not None and passage[1] <= line.start():
            passage = next(skip, None)
        if passage is not None and passage[0] <= line.start():
            continue
        start, end = _trim(text, line.start(), line.end())
        if start == end:
            continue
        if item := _ITEM.match(text, start, end):
            out.append(Section((item.start("label"), item.end("label"))))
            start = item.end()
        elif is_heading(text[start:end], _next_body(lines, index)):
            out.append(Section((start, end)))
            listed = False
            continue
        elif listed:
            out.append(
                Section(None)
            )  # an item of a list is one paragraph; what follows is not under its heading
        number += 1
        listed = item is not None
        out[-1].sentences += _sentences(text, start, end, number)
    return tuple(section for section in out if section.heading or section.sentences)


def is_heading(line: str, following: str) -> bool:
    """Whether a line is a heading of the one that follows: short, no full stop, mostly capitals."""
    line = _NUMBERED.sub("", line)
    if (
        not line
        or len(line) > _MAX_HEADING
        or line[-1] in ".!?;,。；"
        or not following
        or not line[0].isalnum()
    ):
        return False
    if _LABELLED.match(line):
        return False
    words = _WORDS.findall(line)
    if not words or (": " in line and line.split(": ", 1)[1][:1].isdigit()):
        return False
    if len(words) > 18:  # noqa: PLR2004
        return False
    longer = len(following) > len(line) * 1.2 or following[-1] in ".!?。"
    capitals = sum(w[0].isupper() for w in words) / len(words)
    return longer and (capitals >= 0.5 or len(words) <= 8)  # noqa: PLR2004


def _next_body(lines: list[re.Match[str]], index: int) -> str:
    """The next line, stripped."""
    return lines[index + 1][0].strip() if index + 1 < len(lines) else ""


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    bullet = _BULLET.match(text, start, end)
    start = bullet.end() if bullet else start
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _sentences(text: str, start: int, end: int, paragraph: int) -> list[Sentence]:
    out, begin = [], start
    for stop in _END.finditer(text, start, end):
        if text[begin : stop.start()].strip().isdigit():
            continue  # the number of a list item
        if text[stop.start()] == "." and _ABBREVIATION.search(
            text, max(begin, stop.start() - 8), stop.start() + 1
        ):
            continue
        out.append(Sentence(*_trim_end(text, begin, stop.end()), paragraph))
        begin = stop.end()
    if text[begin:end].strip():
        out.append(Sentence(*_trim_end(text, begin, end), paragraph))
    return out


def _trim_end(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
