"""Runs: capitalised words in a row, which is what a name looks like."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from extractor.draft.rules.nouns import is_product
from extractor.draft.rules.vocabulary import Pattern, load, words
from extractor.places import is_country, known

if TYPE_CHECKING:
    from collections.abc import Iterator

_PARTICLE = r"(?:of|de|du|di|del|van|von|für|la|&)"
_WORD = r"(?:[A-Z0-9ÅÄÖÉÜØÁ](?:[\w’'&+/]|-(?!-))*(?:\.[A-Za-z]+)*|U\.S\.)"
# "Ministry of Economy, Trade and Industry" is one name, "National Development and Reform Commission" another
_FIELD = "(?=[A-Z]){names.offices.fields}"
_OFFICE = (
    rf"(?:(?:Ministry|Department|Bureau|Agency) (?:of|for) [A-Z]\w+(?:, [A-Z]\w+)+,? and [A-Z]\w+|"
    rf"(?:Ministry|Department) (?:of|for) (?:{_FIELD} )*{_FIELD} and {_FIELD}(?: {_FIELD})*|"
    rf"(?:[A-Z]\w+ ){{0,3}}{_FIELD} and {_FIELD} (?:Commission|Administration|Agency|Authority|Council)\b)"
)
_RUN = Pattern(
    rf"(?<![\w'’])(?:(?:The )?(?:(?:Federal|State|Union) )?{_OFFICE}|"
    r"(?:\d{1,2}[A-Z](?![\w+/’'-])|[A-ZÅÄÖÉÜØÁ](?:[\w&+/]|-(?!-))*(?:['’][A-Za-z]{2,})?|U\.S\.)"
    rf"(?:[ \u00a0](?:{_PARTICLE}[ \u00a0])?(?:{_WORD}|&|\([A-Z][\w ]+\)))*)"
)
_OFFICE_OF_TWO = Pattern(
    r"(?P<first>(?:[A-Z]\w+ ){1,3})and (?:[A-Z]\w+ ){1,2}(?=[A-Z]){names.not_names.offices_of_two}"
    r"(?: (?:of|for) [A-Z]\w+)?"
)
# "European Bank for Reconstruction and Development", "State Agency on Energy Efficiency"
_OFFICE_TAIL = re.compile(
    r" (?:for|on) (?:the )?[A-Z][a-z]+(?: [A-Z][a-z]+)*(?: and [A-Z][a-z]+(?: [A-Z][a-z]+)*)?"
)
# "Lumora Energy Investment and Development Group" is one company, for nobody is called Development Group
_COMPANY_TAIL = Pattern(
    r" and (?=[A-Z])(?:{names.companies.endings} ){1,2}(?=[A-Z]){names.companies.legal_forms}"
)
_ENDS_AS_OFFICE = Pattern(r"(?=[A-Z]){names.not_names.offices_of_two}$")
_BEGINS = re.compile(r"(?:^|[.!?:\n“\"•(]|\) ?(?:--?|[–—]))\s*$")
_TOKEN = re.compile(r"\S+")
_TWO_WORDS = re.compile(r"\w+ \w+")
_IS_PARTICLE = re.compile(_PARTICLE)
_NUMBER = re.compile(r"\d(?!\d?[A-Z]$)")
_BASED = re.compile(r"[A-Z][\w.]+-(?:[a-z]+ed|born|run|led|owned)")
_POSSESSIVE = re.compile(r"['’]s?(?= |$)")
_FAMILY = re.compile(r" (?:family|brothers)\b")
_HOME = re.compile(r" of ([A-Z]\S+(?: [A-Z]\S+)?)$")
_OFFICE_INSIDE = Pattern(r"[ \u00a0]{names.people.offices}(?=[ \u00a0]|$)")
_SHORT_FORM = re.compile(r"[ \u00a0]\([^()]*\)$")
_SMALL_WORDS = re.compile(r"(?: [a-z]{2,12}){1,2}(?= [A-Z])")
_LEGAL_FORM_REACH = 14
"""Characters behind a run in which its legal form may stand: ", Co., Ltd."."""
_PRODUCT_OR_UNIT = Pattern(r"{names.not_names.products}|(?:[kMGT]?Wh?|YoY|GWh|[A-Z]{2})(?:/\w+)?$")


class Run(NamedTuple):
    """Capitalised words in a row."""

    start: int
    end: int
    legal: bool
    """Whether a legal form closes it: "Huabao New Energy Co., Ltd."."""


def runs(text: str) -> Iterator[Run]:
    """The runs of a text, in order: without words that only open a sentence, closed by possessives."""
    position = 0
    while found := _RUN.search(text, position):
        start, position = _opening(text, *found.span()), found.end()
        if start >= position:
            continue
        if (pair := _OFFICE_OF_TWO.match(text, start)) and _is_one_office(text, start, pair):
            position = pair.end()
        if tail := _OFFICE_TAIL.match(text, position):
            position = tail.end() if _ENDS_AS_OFFICE.search(text, start, position) else position
        if tail := _COMPANY_TAIL.match(text, position):
            position = tail.end()
        if office := _OFFICE_INSIDE.search(text, start, position):
            position = office.end()  # "Zelvo CTO Jan Berg" are two names
        end = office.start() if office else position
        if possessive := _POSSESSIVE.search(text[start:end]):
            end, position = start + possessive.start(), start + possessive.end()
        closing = _legal_form(text, start, end)
        if closing is not None:
            end = closing
            position = max(closing, start + 1)
        elif short := _SHORT_FORM.search(text, start, end):
            end = short.start()  # "European Investment Bank (EIB)"
        end = _without_home(text, start, start + len(text[start:end].rstrip(" ,&")))
        if family := _FAMILY.match(text, end):
            end = family.end()
        position = max(position, end)
        if end - start > 1 and any(c.isalpha() for c in text[start:end]):
            yield Run(start, end, closing is not None)


def without_legal_form(name: str) -> str:
    """A company's name without what the register adds.

    >>> without_legal_form("Shenzhen Huabao New Energy Co., Ltd.")
    'Shenzhen Huabao New Energy'
    """
    return _legal_forms().sub("", name).strip(" ,")


def is_product_or_unit(run: str) -> bool:
    """Whether capitals name a product or a unit and nobody: "Solid-State Battery", "Wh/kg"."""
    return bool(is_product(run) or _PRODUCT_OR_UNIT.match(run)) and not _legal_forms().search(run)


@cache
def _legal_forms() -> re.Pattern[str]:
    longest_first = sorted(load("names.companies.legal_forms"), key=len, reverse=True)
    return re.compile(rf"[ ,]+(?:{'|'.join(map(re.escape, longest_first))})(?![^\W_])")


def _opening(text: str, start: int, end: int) -> int:
    """Where the name in a run starts: a sentence's first word is capitalised whatever it is."""
    begins = _BEGINS.search(text, max(0, start - 6), start) is not None
    while token := _TOKEN.match(text, start, end):
        alone = begins and token.end() == end and token[0] in words("names.not_names.trades")
        if not alone and not _names_nobody(token[0], begins=begins):
            break
        if begins and (place := _TWO_WORDS.match(text, start, end)) and known(place[0]):
            break  # "New York Power Authority"
        start = token.end()
        while start < end and text[start].isspace():
            start += 1
    return start


def _is_one_office(text: str, start: int, pair: re.Match[str]) -> bool:
    """Whether names with "and" are one: "the Export and Investment Fund", not "the EU and Tallow Bank"."""
    first = pair["first"].split()
    ends = first[-1] in words("names.not_names.offices_of_two") or len(first[-1]) < 4
    return text[max(0, start - 4) : start].lower() == "the " and not ends and not known(first[-1])


def _without_home(text: str, start: int, end: int) -> int:
    """Where a name ends before its bearer's city: "InoCell" of "InoCell of Nitra", but "Bank of Lyon"."""
    hit = _HOME.search(text, start, end)
    if hit is None or not known(hit[1]) or is_country(hit[1]):
        return end
    of_place = text[start : hit.start()].rsplit(maxsplit=1)[-1] in words("names.not_names.institutions")
    return end if of_place else hit.start()


def _names_nobody(token: str, *, begins: bool) -> bool:
    """Whether no name starts with a word: "The", "of", "Shenzhen-based", "2025".

    "Lithium" may open a name, but not where it opens a sentence (`begins`).
    """
    if _IS_PARTICLE.fullmatch(token) or _BASED.fullmatch(token) or _NUMBER.match(token):
        return True
    bare = token.rstrip(",.:")
    return bare in words("names.not_names.words") or (begins and bare in words("names.not_names.openers"))


def _legal_form(text: str, start: int, end: int) -> int | None:
    """Where the legal form in or right behind a run ends; None where it has none."""
    if small := _SMALL_WORDS.match(text, end):
        form = _legal_forms().match(text, small.end())
        if form and form[0].endswith("."):
            end = small.end()  # "SK ie technology Co.", but not "Zelvo or the Company"
    inner = _legal_forms().search(text, start, end + _LEGAL_FORM_REACH)
    if inner is None or not start < inner.start() <= end:
        return None
    closing = inner.end()
    while more := _legal_forms().match(text, closing):
        closing = more.end()
    return closing
