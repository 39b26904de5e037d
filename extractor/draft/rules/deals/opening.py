"""Opening: the deal that a sentence tells of, by a word for an agreement with an event word near it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extractor.draft.rules.deals.agreement import Agreement
from extractor.draft.rules.deals.parties import candidates, sides
from extractor.draft.rules.nouns import noun_phrase, product
from extractor.draft.rules.vocabulary import Pattern, rows

if TYPE_CHECKING:
    from extractor.draft.rules.scene import Line, Scene
    from extractor.draft.rules.vocabulary import Row

_EVENT_REACH = 110
"""Characters between the word for an agreement and its event."""
_EVENT = Pattern(r"{deals.words.events}")
_SIGNING = Pattern(r"{deals.words.signing}")
_NEGATED = re.compile(
    r"(?i)\b(?:no|not|without|nor) (?:\w+ ){0,3}(?:agreement|contract|deal|transactions?|winners?)\b|"
    r"not among the winners"
)
_APPOSITION = re.compile(r"(?:, |\()(?:a|the|its|their) (?:\w+ )?$")
_PAPER = Pattern(r"{deals.words.papers}$")
_CONTRACT = Pattern(r"{deals.words.goods_contracts}")
_FIRM = Pattern(r"{deals.words.firms}|% of\b")
_GOODS = Pattern(r"{deals.verbs.buy}[^.;]{0,60}{deals.words.goods}")
_COOPERATION = Pattern(r"{deals.words.cooperation}")
_SUPPLY = Pattern(r"{deals.words.supply}")


def opened(scene: Scene, line: Line) -> Agreement | None:
    """The deal that a sentence tells of: the first kind whose words stand by an event and beside a party."""
    if _NEGATED.search(line.text):
        return None
    parties = candidates(line)
    if not parties:
        return None
    for row in rows("deals.kind"):
        words = row.pattern.search(scene.text, line.start, line.end)
        event = None if words is None else _event_near(scene, line, words.start())
        if words is None or event is None or not _fits(row.name, line, words):
            continue
        agreement = Agreement(_kind(scene, line, row), line)
        agreement.parties = sides(scene, line, agreement.kind, parties, event.start())
        agreement.signed = _signed(line, agreement.kind, event.start())
        agreement.subject = _subject(scene, line, words)
        return agreement
    return None


def _event_near(scene: Scene, line: Line, at: int) -> re.Match[str] | None:
    """The event word nearest to a place: without one the sentence only mentions a deal."""
    hits = _EVENT.finditer(scene.text, line.start, line.end)
    nearest = min(hits, key=lambda hit: abs(hit.start() - at), default=None)
    return nearest if nearest is not None and abs(nearest.start() - at) <= _EVENT_REACH else None


def _fits(kind: str, line: Line, words: re.Match[str]) -> bool:
    """Whether the words for an agreement mean one here."""
    if kind == "joint_venture":
        # "Ultium Cells, a joint venture between …" says who somebody is
        return _APPOSITION.search(line.before(words.start(), 8)) is None
    if kind == "acquisition":
        # goods are bought under a contract, and no firm
        return _CONTRACT.search(line.text) is None or _FIRM.search(line.text) is not None
    if kind == "funding":
        return any(figure.kind == "money" for figure in line.figures)
    return True


def _kind(scene: Scene, line: Line, row: Row) -> str:
    """The kind that the words stand for, made sharper by those around: "an agreement" may be to supply."""
    if row.name == "acquisition":
        goods = product(line.text) and _GOODS.search(line.text) and not _FIRM.search(line.text)
        return "supply" if goods else row.name
    if row.name != "cooperation" or _COOPERATION.search(line.text):
        return row.name
    titles = [title.text for title in scene.headlines[:3] if title.start < line.start]
    lines = scene.sections[line.section]
    following = [other.text for other in lines if other.start >= line.start][:2]
    return "supply" if _SUPPLY.search(" ".join([*titles, *following])) else row.name


def _signed(line: Line, kind: str, event: int) -> str | None:
    """The day nearest to the event where the sentence speaks of signing."""
    days = [time for time in line.times if time.precision == "day"]
    if not days or kind == "funding" or not _SIGNING.search(line.text):
        return None
    return min(days, key=lambda time: abs(time.start - event)).time


def _subject(scene: Scene, line: Line, words: re.Match[str]) -> str | None:
    """What it is about: the product of the sentence, else the agreement itself, as in "equipment loan"."""
    barred = [(company.start, company.end) for company in line.companies]
    if made := product(scene.text, line.start, line.end, barred):
        return made
    if not _PAPER.search(words[0]):
        return None
    start, end = noun_phrase(scene.text, words.start(), words.end(), line.start, limit=3)
    inside = [figure.end for figure in line.figures if figure.start < end and start < figure.end]
    return scene.text[max([start, *inside]) : end].strip() or None
