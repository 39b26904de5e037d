"""Names: which runs of capitals are companies, places or people, and which company a short form means."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from extractor.draft.rules.abbreviations import abbreviations
from extractor.draft.rules.companies import looks_like_company, short_forms
from extractor.draft.rules.lexicon import Lexicon
from extractor.draft.rules.passages import Passages
from extractor.draft.rules.people import People
from extractor.draft.rules.runs import is_product_or_unit, runs, without_legal_form
from extractor.draft.rules.vocabulary import Pattern, words
from extractor.places import is_adjective, is_country, is_region, known

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from extractor.draft.rules.abbreviations import Abbreviation
    from extractor.draft.rules.runs import Run

Sort = Literal["company", "place", "person", "other"]

_BEHIND = 40
"""Characters behind a name that tell its sort."""
_BEFORE = 30
"""Characters before a name that tell its sort."""
_CLAUSE_REACH = 80
"""Characters before a name in which its sentence may start."""
_LONGEST_LEGAL_NAME = 8
"""Words of a company's name in a title."""
_TOKEN = re.compile(r"[^\W_]+")
_OPENS = re.compile(r"[.!?:\n“\"•]\s*$")
_OPENS_CLAUSE = re.compile(r"(?:^|[.!?:\n“\"•]\s*)(?:[A-Z][a-z]+(?: [a-z\d][\w-]*){0,8}, )?$")
"""Before who opens a sentence: "In a separate statement, Zelvo announced"."""
_POSSESSIVE = re.compile(r"['’]s?$")
_PART_OF = Pattern(r"{facilities.places.relative} ")
_GOES_ON = re.compile(r"\.\d")
_PLACE_BEFORE = re.compile(r"\b(?:in|at|near|from|outside|across|of)(?: the)?(?: \w+ (?:of|in))? $")
_IN_TOWN = re.compile(r"\b(?:in|at|near|outside|across)(?: the)? $")
_REGION_BEHIND = re.compile(r", ([A-Z]\w+(?: [A-Z]\w+)?)")
_VERB = Pattern(r"(?:\s\([^)]{1,60}\))?,? {names.companies.verbs}")
_PAST = re.compile(r" (?:[a-z]+ly )?[a-z]{2,}ed (?!by\b|in\b|to\b)")
_DEED = Pattern(
    r",? (?:has |have |had )?(?:also |now |today |previously |recently |just )?{names.companies.deeds} "
)
_CALLED_BEFORE = Pattern(r"{names.companies.nouns},? (?:called |named )?[“\"]?$")
_CALLED_BEHIND = Pattern(
    r",? (?:an?|the|its|which is an?|[A-Z]\w+['’]s) (?:[\w-]+,? ){0,4}{names.companies.nouns}\b|"
    r" \((?:[A-Z][A-Za-z ]{1,12}: ?[\w.]+|\d{4,6}\.[A-Z]{2}|hereinafter)"
)
_HOME_BEFORE = re.compile(r"(?:(?P<place>[A-Z][\w.]+)['’]s|-(?:based|headquartered|listed|backed)) $")


@dataclass(frozen=True, slots=True)
class Name:
    """A name at its place in the text."""

    start: int
    end: int
    text: str
    sort: Sort


class Names:
    """Every name of one text, with companies known by all their forms."""

    def __init__(
        self, text: str, capitalised: Sequence[tuple[int, int]], skipped: Iterable[tuple[int, int]]
    ) -> None:
        """Passages in capitals are read for full and for known names, `skipped` ones not at all."""
        self._text = text
        titles, barred = Passages(capitalised), Passages(skipped)
        introduced = list(abbreviations(text))
        things = {short.short for short in introduced if not short.proper}  # "energy storage system (ESS)"
        found = [
            run
            for run in map(barred.outside, runs(text))
            if run is not None
            and text[run.start : run.end] not in things
            and (_is_legal_name(text, run) if titles.touch(run.start, run.end) else _may_be_name(text, run))
        ]
        found = list(_without_nations(text, found))
        self._full: dict[str, str] = {}
        """Form of a company's name → the fullest form in the text."""
        self._long: dict[str, str] = {}
        """Abbreviation → the name that the text introduces it with."""
        self._lone: dict[str, bool] = {}
        written = [(text[run.start : run.end], run.legal) for run in found]
        self._learn(name for name, legal in written if legal or looks_like_company(name))
        self._people = People(text, found, self._full)
        self._learn_by_words_around(found)
        self._learn_abbreviations(introduced, {run.end: text[run.start : run.end] for run in found})
        self._learn_initials(found)
        self.all = self._sorted(found)
        known = Passages((name.start, name.end) for name in self.all)
        self.all += [name for name in self._in_capitals(capitalised) if not known.touch(name.start, name.end)]
        self.all.sort(key=lambda name: name.start)
        self._starts = [name.start for name in self.all]

    def within(self, start: int, end: int) -> list[Name]:
        """The names that start in a passage, in order."""
        return self.all[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def long(self, name: str) -> str:
        """What an abbreviation is short for: "Viability Gap Funding" for "VGF"; any other name itself."""
        return self._long.get(name, name)

    def restates(self, name: Name) -> bool:
        """Whether a name in brackets is only the short form of the one before it."""
        at = bisect_left(self._starts, name.start)
        before = self.all[at - 1] if at else None
        return (
            before is not None
            and self._text[before.end : name.start] == " ("
            and self.full(before.text) == self.full(name.text)
        )

    def full(self, name: str) -> str:
        """The fullest form of a company's name that the text has."""
        return self._full.get(name, name)

    # ── forms of a name ──────────────────────────────────────────────────────

    def _learn(self, companies: Iterable[str]) -> None:
        """Short forms: "Huabao New Energy" and "Huabao" for "Shenzhen Huabao New Energy Co., Ltd."."""
        for full in sorted(set(companies), key=lambda name: (-len(name), name)):
            for form in (full, *short_forms(full)):
                self._full.setdefault(form, full)

    def _learn_by_words_around(self, found: Sequence[Run]) -> None:
        """Who is a company by the words around its name at one place is one everywhere."""
        self._towns = {self._text[run.start : run.end] for run in found if self._stands_for_town(run)}
        for run in found:
            name = self._text[run.start : run.end]
            if name not in self._full and name not in self._towns and self._is_surely_company(name, run):
                self._full[name] = name

    def _stands_for_town(self, run: Run) -> bool:
        """Whether a name stands where a town's does: "in Albemarle", "Albemarle, North Carolina"."""
        before = self._text[max(0, run.start - _BEFORE) : run.start]
        if _IN_TOWN.search(before):
            return True
        region = _REGION_BEHIND.match(self._text, run.end)
        return region is not None and bool(known(region[1]))

    def _learn_abbreviations(
        self, introduced: Iterable[Abbreviation], runs_by_end: Mapping[int, str]
    ) -> None:
        """The short and the long form of a company are one: either may be known as a company's."""
        for long in introduced:
            words, run = self._text[long.start : long.end], runs_by_end.get(long.end, "")
            name = max(words, run, key=len)
            if not long.proper:
                continue
            self._long[long.short] = name
            if {name, run, long.short} & self._full.keys():
                full = self._full.setdefault(name, name)
                # of "Pacific Gas and Electric Company" only the last words are a run of capitals
                self._full |= dict.fromkeys({long.short, run} - {""}, full)

    def _learn_initials(self, found: Sequence[Run]) -> None:
        """Capitals that are the initials of one company's name mean it: "ONE" for "Our Next Energy"."""
        initials: dict[str, set[str]] = {}
        for full in set(self._full.values()):
            bare = without_legal_form(full)
            first = "".join(re.findall(r"\b[A-Z]", bare))
            every = "".join(re.findall(r"\b[A-Za-z]", bare)).upper()  # "DOE" for the "Department of Energy"
            for letters in {first, f"{first}L", every}:  # the second is that of "Limited"
                initials.setdefault(letters, set()).add(full)
        for run in found:
            name = self._text[run.start : run.end]
            if len(name) > 2 and name.isupper() and len(meant := initials.get(name, set()) - {name}) == 1:
                self._full[name] = next(iter(meant))

    def _in_capitals(self, passages: Iterable[tuple[int, int]]) -> list[Name]:
        forms = Lexicon(self._full)
        return [
            Name(start, end, self._text[start:end], "company")
            for passage in passages
            for start, end in forms.find(self._text, *passage)
        ]

    # ── sorts ────────────────────────────────────────────────────────────────

    def _sorted(self, found: Sequence[Run]) -> list[Name]:
        """The names with their sorts; who acts as a company does at one place is one wherever it stands."""
        names = [Name(run.start, run.end, self._text[run.start : run.end], self._sort(run)) for run in found]
        acting = {n.text for n in names if n.sort == "company" and not n.text.isupper()} - self._towns
        acting -= words("names.companies.endings")
        return [
            replace(name, sort="company") if name.sort == "other" and name.text in acting else name
            for name in names
        ]

    def _sort(self, run: Run) -> Sort:
        """What a name is of: by its own words, then by the words around it."""
        text, name = self._text, self._text[run.start : run.end]
        if (
            run.legal
            or name in self._full
            or name.endswith((" family", " brothers"))
            or looks_like_company(name)
        ):
            return "company"
        if name in self._people:
            return "person"
        if name in self._long:
            return "other"  # what it is short for is no company
        behind = text[run.end : run.end + _BEHIND]
        before = text[max(0, run.start - _BEFORE) : run.start]
        if _is_place(name):
            return "place"
        tokens = name.split()
        if _is_kind_of_place(tokens):
            return "place"
        if name in words("names.places.abbreviations") and behind[:1] == ".":
            return "place"
        if self._is_called_company(name, run, before):
            return "company"
        if _PLACE_BEFORE.search(before) and (behind[:1] == "," or not _VERB.match(behind)):
            return "other"
        if len(tokens) == 1 and self._opens_sentence(run.start) and self._is_any_word(name):
            return "other"
        plain = name[1:].islower() or tokens[-1] in words("forecasts.regions.titles")
        acts = _VERB.match(behind) or _POSSESSIVE.match(behind[:2]) or (not plain and _PAST.match(behind))
        return "company" if acts and _may_name(tokens) else "other"

    def _is_surely_company(self, name: str, run: Run) -> bool:
        """Whether the words around a name make it a company's wherever it stands."""
        tokens = name.split()
        if name in self._people or _is_kind_of_place(tokens) or not _may_name(tokens):
            return False
        before = self._text[max(0, run.start - _BEFORE) : run.start]
        if _is_place(name):  # "the US company Albemarle" is called like a town
            wide = " " in name or is_region(_spelled(name)) or is_country(_spelled(name))
            opens = _OPENS_CLAUSE.search(self._text, max(0, run.start - _CLAUSE_REACH), run.start)
            does = opens and _DEED.match(self._text, run.end, run.end + _BEHIND)
            return not wide and bool(does or self._is_called_company(name, run, before))
        if self._is_called_company(name, run, before):
            return True
        if len(tokens) == 1 and self._opens_sentence(run.start) and self._is_any_word(name):
            return False
        acts = _DEED.match(self._text, run.end, run.end + _BEHIND)
        return acts is not None and not acts[0].startswith(",") and not _PLACE_BEFORE.search(before)

    def _is_called_company(self, name: str, run: Run, before: str) -> bool:
        """Whether the words around a name make it a company's: "developer Ionweave", "Turin's Rossi"."""
        tokens = name.split()
        if not _may_name(tokens):
            return False
        if _CALLED_BEHIND.match(self._text, run.end, run.end + 2 * _BEHIND):
            return True
        if len(tokens) == 1 and self._is_any_word(name):
            return False
        if _CALLED_BEFORE.search(before):
            return True
        home = _HOME_BEFORE.search(before)
        return home is not None and (home["place"] is None or bool(known(home["place"])))

    def _opens_sentence(self, start: int) -> bool:
        return start == 0 or _OPENS.search(self._text[max(0, start - 4) : start]) is not None

    def _is_any_word(self, word: str) -> bool:
        """Whether a capitalised word occurs only where a sentence begins, and may be any word."""
        if any(c.isupper() for c in word[1:]):
            return False
        if word not in self._lone:
            self._lone[word] = all(self._opens_sentence(start) for start in self._places(word))
        return self._lone[word]

    def _places(self, word: str) -> Iterable[int]:
        """Where a word stands in the text."""
        first = _TOKEN.match(word)
        for start in self._tokens.get(first[0] if first else "", ()):
            if self._text.startswith(word, start) and not _TOKEN.match(self._text, start + len(word)):
                yield start

    @cached_property
    def _tokens(self) -> dict[str, list[int]]:
        """Every capitalised word with its places: found once, for a text may have a thousand names."""
        places: dict[str, list[int]] = {}
        for token in _TOKEN.finditer(self._text):
            if token[0][0].isupper():
                places.setdefault(token[0], []).append(token.start())
        return places


def _is_place(name: str) -> bool:
    """Whether a name is a place's that is known, a part of one, or several's: "Central China"."""
    spelled = _spelled(name)
    if is_region(spelled) or known(spelled) or all(map(_is_wide, re.split(r"[ -]", spelled))):
        return True
    part = _PART_OF.match(spelled)
    return part is not None and is_country(spelled[part.end() :])


def _is_wide(name: str) -> bool:
    """Whether a name is that of a country or a part of one, and no town's, which may be anybody's."""
    return is_region(name) or is_country(name)


def _is_kind_of_place(tokens: list[str]) -> bool:
    """Whether the last of several words makes them a place: "Sichuan Province", but not "LCP Delta"."""
    short = len(tokens) == 2 and len(tokens[0]) > 2 and tokens[0].isupper() and known(tokens[0]) is None
    return len(tokens) > 1 and tokens[-1] in words("names.places.kinds") and not short


def _spelled(name: str) -> str:
    """A name in capitals as it is usually written: SEOUL in a dateline."""
    return name.title() if name.isupper() and len(name) > 3 else name


def _without_nations(text: str, found: Sequence[Run]) -> Iterator[Run]:
    """The runs without a nation before a name that the text also has alone: "Chinese Lumora Power"."""
    alone = {text[run.start : run.end] for run in found}
    for run in found:
        nation, _, rest = text[run.start : run.end].partition(" ")
        yield run._replace(start=run.end - len(rest)) if rest in alone and is_adjective(nation) else run


def _may_be_name(text: str, run: Run) -> bool:
    """Whether a run is neither a product nor a unit; two letters are a name where they act: "GM said"."""
    if _GOES_ON.match(text, run.end):
        return False  # "SC6" of "SC6.0"
    if not is_product_or_unit(text[run.start : run.end]):
        return True
    acts = _DEED.match(text, run.end, run.end + _BEHIND) is not None
    if run.end - run.start > 2 and looks_like_company(text[run.start : run.end]):  # "startup Solid Power"
        return acts or _CALLED_BEFORE.search(text[max(0, run.start - _BEFORE) : run.start]) is not None
    return acts and run.end - run.start == 2


def _is_legal_name(text: str, run: Run) -> bool:
    """Whether a run in a title is a company's full name alone: "Zhuhai Keyuan New Film Co., Ltd."."""
    tokens = text[run.start : run.end].lower().split()
    return (
        run.legal
        and len(tokens) <= _LONGEST_LEGAL_NAME
        and not words("names.companies.verbs").intersection(tokens)
    )


def _may_name(tokens: list[str]) -> bool:
    """Whether a run is short enough for a name and starts like one: "24M", but not "2025 Outlook"."""
    return len(tokens) <= 5 and not tokens[0].isdigit() and tokens[0] not in words("names.not_names.words")
