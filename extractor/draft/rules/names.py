"""Names: runs of capitalised words, and which of them are companies, places or people."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from typing import Literal

from extractor.draft.rules.vocabulary import load, phrases
from extractor.places import is_country, is_region, known

Sort = Literal["company", "place", "person", "other"]

_CAP = r"(?:[A-Z0-9ÅÄÖÉÜØÁ][\w’'&+/-]*(?:\.[A-Za-z]+)*|U\.S\.)"
_RUN = re.compile(
    rf"(?<![\w'’])(?:[A-ZÅÄÖÉÜØÁ][\w&+/-]*(?:['’][A-Za-z]{{2,}})?|U\.S\.)"
    rf"(?:[ \u00a0](?:(?:of|de|du|di|del|van|von|für|la|&)[ \u00a0])?(?:{_CAP}|&|\([A-Z][\w ]+\)))*"
)
_POSSESSIVE = re.compile(r"['’]s?$")
_TITLE = re.compile(
    r"^,? (?:deputy|vice|chief|managing|general|senior|executive|co-founder|founder|head|director|chair|president|CEO|CFO|CTO|COO|"
    r"minister|mayor|governor|secretary|spokes|analyst|manager|partner at|who\b)", re.IGNORECASE)  # fmt: skip
_HONORIFIC = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof)\.? |\b(?:said|says|told|added|president|director|chairman|chairwoman|CEO|chief executive|"
    r"minister|governor|mayor|premier|analyst|founder|boss|executive officer|officer) )$")  # fmt: skip
_ACTS = re.compile(
    r",? (?:has |have |had )?(?:said|says|announced|signed|agreed|acquired|completed (?:its|the)|raised|won|secured|bought|awarded|unveiled|launched|reported|posted) "
)
_PLACE_BEFORE = re.compile(r"\b(?:in|at|near|from|outside|across|of)(?: the)?(?: \w+ (?:of|in))? $")


@dataclass(frozen=True, slots=True)
class Name:
    """A name at its place in the text."""

    start: int
    end: int
    text: str
    sort: Sort


@cache
def _suffixes() -> re.Pattern[str]:
    words = sorted(load("vocabulary")["companies"]["suffixes"], key=len, reverse=True)
    return re.compile(rf"[ ,]+(?:{'|'.join(map(re.escape, words))})(?![^\W_])")


@cache
def _words(key: str) -> frozenset[str]:
    return frozenset(load("vocabulary")["companies"][key])


@cache
def _verbs() -> re.Pattern[str]:
    return re.compile(rf"(?:\s\([^)]{{1,60}}\))?,? (?:{'|'.join(_words('verbs'))})\b")


class Names:
    """Every name of one text, with companies known by all their forms."""

    def __init__(self, text: str, headlines: list[tuple[int, int]], skipped: list[tuple[int, int]]) -> None:
        """Headlines are read only for names that the text uses; skipped passages (figures, menus) not at all."""
        self.text = text
        closed = Passages(headlines + skipped)
        runs = [
            run
            for run in _runs(text)
            if not closed.touch(run[0], run[1]) and not _generic(text[run[0] : run[1]])
        ]
        self._full: dict[str, str] = {}
        """Form of a company's name → the fullest form in the text."""
        companies = [text[start:end] for start, end, suffixed in runs if suffixed]
        companies += [
            text[start:end]
            for start, end, suffixed in runs
            if not suffixed and self._ends_like_company(text[start:end])
        ]
        self._learn(companies)
        self.all = [
            name for start, end, suffixed in runs if (name := self._sort(start, end, suffixed=suffixed))
        ]
        if self._full:
            forms = re.compile(
                rf"(?<![^\W_])(?:{'|'.join(map(re.escape, sorted(self._full, key=len, reverse=True)))})(?![^\W_])"
            )
            for start, end in headlines:
                self.all += [
                    Name(m.start(), m.end(), m[0], "company") for m in forms.finditer(text, start, end)
                ]
            self.all.sort(key=lambda name: name.start)
        self._starts = [name.start for name in self.all]

    def within(self, start: int, end: int) -> list[Name]:
        """The names that start in a passage, in order."""
        return self.all[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def companies(self, start: int, end: int) -> list[Name]:
        """The companies named in a passage, in order."""
        return [name for name in self.within(start, end) if name.sort == "company"]

    def full(self, name: str) -> str:
        """The fullest form of a company's name that the text has."""
        return self._full.get(name, name)

    def _opens_sentence(self, start: int) -> bool:
        return start == 0 or bool(re.search(r"(?:[.!?:\n“\"•]\s*|^)$", self.text[max(0, start - 4) : start]))

    def _lone(self, word: str) -> bool:
        """Whether a capitalised word occurs only where a sentence begins, and may be any word."""
        if any(c.isupper() for c in word[1:]):
            return False
        return not any(
            not self._opens_sentence(m.start())
            for m in re.finditer(rf"(?<![^\W_]){re.escape(word)}(?![^\W_])", self.text)
        )

    def _learn(self, companies: list[str]) -> None:
        """Short forms: "Huabao New Energy" and "Huabao" for "Shenzhen Huabao New Energy Co., Ltd."."""
        for full in sorted(set(companies), key=len, reverse=True):
            self._full.setdefault(full, full)
            bare = _suffixes().sub("", full).strip(" ,")
            tokens = bare.split()
            leading = [t for t in tokens if not known(t) or len(tokens) == 1]
            forms = {bare, " ".join(leading), " ".join(tokens[:2])}
            if (
                leading
                and len(leading[0]) > 2
                and leading[0] not in _words("endings")
                and leading[0][0].isupper()
            ):
                forms.add(leading[0])
            for form in forms:
                if form and not known(form) and form not in _words("not_names"):
                    self._full.setdefault(form, full)

    def _ends_like_company(self, run: str) -> bool:
        tokens = run.split()
        return len(tokens) > 1 and (
            tokens[-1] in _words("endings") or " ".join(tokens[-2:]) in _words("endings")
        )

    def _sort(self, start: int, end: int, *, suffixed: bool) -> Name | None:
        text, run = self.text, self.text[start:end]
        if suffixed or run in self._full or self._ends_like_company(run):
            return Name(start, end, run, "company")
        after, before = text[end : end + 40], text[max(0, start - 30) : start]
        spelled = run.title() if run.isupper() and len(run) > 3 else run  # SEOUL in a dateline
        if is_region(spelled) or known(spelled) or all(known(part) for part in spelled.split()):
            acts = _ACTS.match(after) and self._opens_sentence(start) and not is_country(spelled)
            return Name(start, end, run, "company" if acts else "place")
        tokens = run.split()
        if 2 <= len(tokens) <= 4 and (_TITLE.match(after) or _HONORIFIC.search(before)):
            return Name(start, end, run, "person")
        if _PLACE_BEFORE.search(before) and not _verbs().match(after):
            return Name(start, end, run, "other")
        if len(tokens) == 1 and self._opens_sentence(start) and self._lone(run):
            return Name(start, end, run, "other")
        if (_verbs().match(after) or _POSSESSIVE.match(after[:2])) and _is_named(run):
            return Name(start, end, run, "company")
        return Name(start, end, run, "other")


class Passages:
    """Passages that a name must not touch."""

    def __init__(self, spans: list[tuple[int, int]]) -> None:
        self._spans = sorted(spans)
        self._starts = [start for start, _ in self._spans]
        self._reach = list(accumulate((end for _, end in self._spans), max))

    def touch(self, start: int, end: int) -> bool:
        """Whether a passage overlaps one of them."""
        at = bisect_left(self._starts, end)
        return at > 0 and self._reach[at - 1] > start


_GENERIC = re.compile(
    r"(?:Semi-|All-|Quasi-)?(?:Solid|Liquid|Lithium|Sodium|Li-ion|Na-ion|Lithium-ion|Sodium-ion|Energy Storage|Battery|Strategic|National|World)\b"
)
_UNITS = re.compile(r"(?:[kMGT]?Wh?|YoY|GWh|[A-Z]{2})(?:/\w+)?")


def _generic(run: str) -> bool:
    """Whether a run is a product or a unit in capitals: "Solid-State Battery", "Wh/kg"."""
    return bool(_UNITS.fullmatch(run) or (_GENERIC.match(run) and not _suffixes().search(run)))


def is_observer(company: str) -> bool:
    """Whether a body reports and regulates rather than builds."""
    return any(word in company for word in _words("observers"))


def _is_named(run: str) -> bool:
    tokens = run.split()
    return tokens[0] not in _words("not_names") and len(tokens) <= 5 and not tokens[0][0].isdigit()


@cache
def _heads() -> re.Pattern[str]:
    return phrases(load("facilities")["heads"]["words"])


def _runs(text: str) -> list[tuple[int, int, bool]]:
    """Runs of capitalised words as (start, end, whether a legal form closes them)."""
    out = []
    pos = 0
    while match := _RUN.search(text, pos):
        start, end = match.span()
        pos = end
        # a sentence's first word is capitalised whatever it is
        while (token := re.compile(r"[^\s]+").match(text, start, end)) and _drop(token[0]):
            start = token.end()
            while start < end and text[start].isspace():
                start += 1
        if start >= end:
            continue
        if possessive := re.search(r"['’]s?(?= |$)", text[start:end]):
            pos = start + possessive.end()
            end = start + possessive.start()
        suffix = None
        if inner := _suffixes().search(text, start, end + 14):
            closing = inner.end()
            while more := _suffixes().match(text, closing):
                closing = more.end()
            if inner.start() > start and inner.start() <= end:
                suffix, end = inner, closing
                pos = max(closing, start + 1)
        run = text[start:end].rstrip(" ,&")
        end = start + len(run)
        if len(run) > 1 and any(c.isalpha() for c in run):
            out.append((start, end, suffix is not None))
        pos = max(pos, end)
    return out


def _drop(token: str) -> bool:
    if token in {"of", "de", "du", "di", "del", "van", "von", "für", "la", "&"}:
        return True
    if re.fullmatch(r"[A-Z][\w.]*-(?:based|headquartered|listed|backed|born)", token):
        return True
    return token.rstrip(",.:") in _words("not_names") or token[0].isdigit()
