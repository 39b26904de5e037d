"""Opening: the deal that a sentence tells of, by a word for an agreement with an event word near it."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from extractor.draft.model import AMOUNT
from extractor.draft.rules.asides import formed_venture
from extractor.draft.rules.deals import financing
from extractor.draft.rules.deals.agreement import Agreement
from extractor.draft.rules.deals.beside import told_role
from extractor.draft.rules.deals.goods import AMOUNTS_OF_GOODS, GOODS_REACH, goods_in
from extractor.draft.rules.deals.parties import candidates
from extractor.draft.rules.deals.roles import roles
from extractor.draft.rules.nouns import noun_phrase, product
from extractor.draft.rules.vocabulary import Pattern, rows

if TYPE_CHECKING:
    from extractor.draft.rules.names import Name
    from extractor.draft.rules.scene import Line, Scene
    from extractor.draft.rules.sites import Sites
    from extractor.draft.rules.vocabulary import Row
    from schemas import Quantity

_EVENT_REACH = 110
"""Characters between the word for an agreement and its event."""
_GIVEN_REACH = 80
"""Characters behind "will provide" in which the goods stand."""
_READ_ON = 3
"""Sentences from that of an agreement on, which tell that it is to supply."""
_TERMS = frozenset({"money", *AMOUNTS_OF_GOODS})
"""Kinds of figure that make a deal of a sentence without a party."""
_OF_PARTNERS = frozenset({"joint_venture", "cooperation"})
"""Kinds of deal whose sides are alike, so that "they" may be both."""
_OF_SHARES = frozenset({"acquisition", "funding"})
"""Kinds of deal that may be about "shares in Zelvo"."""
_TOGETHER = re.compile(r"(?:They|Both|The (?:two|pair|companies|partners|parties|firms|groups|sides))\b")
_EVENT = Pattern(r"{deals.words.events}")
_SIGNING = Pattern(r"{deals.words.signing}")
_SAYING = Pattern(r"{deals.words.saying}")
_OTHER_CLAUSE = re.compile(
    r"[;:]|,? \b(?:and|while|but|as|after|following|which|who)\b (?:the|it|its|they|[A-Z])"
)
_SIGNED_IN = re.compile(r"(?i)(?:signed|signing|inked|concluded)(?: back)? in $")
_DEADLINE = Pattern(r"{deals.words.deadlines} (?:the )?$")
_ADJACENT = 8
"""Characters between a verb of signing and its day within which no verb of saying counts."""
_NEGATED = re.compile(
    r"(?i)\b(?:no|not|without|nor) (?:\w+ ){0,3}(?:agreement|contract|deal|transactions?|winners?)\b|"
    r"not among the winners"
)
_UNNAMED = Pattern(
    r"{deals.words.signing} (?:another|an? (?:second|third|separate|further|different)) "
    r"(?:[\w-]+ ){0,4}?{deals.words.papers}|"
    r"{deals.words.signing} [^.;]*?\bwith (?:an?|another|one|two|three|four|five|several|unnamed|\d+) "
    r"(?:[\w-]+ ){0,5}?{names.companies.nouns}\b(?! [A-Z])"
)
"""A further deal, or one whose counterpart is not named: "signed agreements with two battery makers"."""
_PROVIDES = Pattern(r"{deals.verbs.loose}")
_QUOTED = re.compile(r"[,.!?]?[”\"’] $")
_ALSO_PLURAL = Pattern(r"{deals.words.also_plurals}")
_SUBJECT = re.compile(r"(?i)(?:\b(?:it|which|who|that|also|now|company|group|firm|maker|\w+ly|\))|['’]s) $")
_ORDER_BOOK = Pattern(r"{deals.words.order_books}")
_HANDS_OVER = Pattern(r"(?i:to|will|would|shall) {deals.verbs.hand_over}")
_MARKET_PRICE = Pattern(
    r"(?i:\baverag(?:e|ed|ing) (?:[\w-]+ ){0,2}(?:bid|bids|price|prices|tariff|at)\b)|"
    r"{deals.words.market_prices}"
)
"""What a market pays, which is no deal's price."""
_DEALS = Pattern(r"{deals.words.counted_deals}$")
_MOST_DEALS = 4
"""Deals that a sentence may tell of at once; what more are worth is a market's total."""
_APPOSITION = re.compile(r"(?:, |\(|[—–] )(?:an?|the|its|their) (?:[\w:/%-]+ ){0,3}$")
_NAMED_VENTURE = re.compile(r"\b(?:[Tt]he|its|their) (?:[A-Z]\w+ )+$")
_ARTICLE = re.compile(r"^(?:an?|the)\s+", re.IGNORECASE)
_PAPER = Pattern(r"{deals.words.papers}")
_ENDS_AS_PAPER = Pattern(r"{deals.words.papers}$")
_TRADE_PAPER = Pattern(r"{deals.words.trade_agreements}")
_STAKE = re.compile(r"(?i)\bstake")
_PURCHASE = re.compile(r"(?i)purchase of")
_HELD = Pattern(r"{deals.verbs.hold} (?:an? |the )?(?:[\w.%-]+ ){0,4}$")
_CONTRACT = Pattern(r"{deals.words.goods_contracts}")
_OTHER_PAPERS = Pattern(r"{deals.words.other_papers} $")
_SHARES = Pattern(r"{deals.words.shares} (?:in|of) (?:the )?$")
_FIRM = Pattern(r"{deals.words.firms}(?! [A-Z])|% of\b")  # "the firm Zelvo" only says who somebody is
_MOVED = Pattern(r"{deals.verbs.move} (?:[\w-]+ ){0,4}$")
_BUYS = Pattern(r"{deals.verbs.buy} (?:[\w-]+ ){0,3}$")
_COOPERATION = Pattern(r"{deals.words.cooperation}")
_SUPPLY = Pattern(r"{deals.words.supply}")


def opened(scene: Scene, sites: Sites, line: Line) -> Agreement | None:
    """The deal that a sentence tells of: the first kind whose words stand by an event, with party or amount.

    A deal without a party waits for the sentences that follow to name one.
    """
    events = [hit for hit in _EVENT.finditer(scene.text, line.start, line.end) if _happens(line, hit)]
    financed = financing.instrument(scene, line)
    if not (events or financed) or tells_of_none(line):
        return None
    parties = candidates(sites, line)
    has_terms = any(figure.kind in _TERMS for figure in line.figures)
    if not (parties or has_terms or _TOGETHER.match(line.text)):
        return None
    if paid := financing.paid(line, events):
        return _agreement(scene, line, _funding(), parties, paid, paid)
    for strict in (True, False) if events else ():
        for row in rows("deal_kinds.kind"):
            words = row.pattern.search(scene.text, line.start, line.end)
            reach = row.data.get("reach", _EVENT_REACH)
            event = None if words is None else _event_near(events, words, reach)
            if words is None or event is None or not _fits(row.name, line, words):
                continue
            if strict and _OTHER_CLAUSE.search(_between(scene.text, words, event)):
                continue  # "signed a supply deal and the miner owns a stake in it"
            if not parties and ("reach" in row.data or not (has_terms or row.name in _OF_PARTNERS)):
                continue  # too general to stand without a party
            if len(parties) < 2 and _HANDS_OVER.fullmatch(words[0]):
                continue  # "it will deliver 20,000 tons": no agreement, unless it says to whom
            return _agreement(scene, line, row, parties, words, event)
    return _agreement(scene, line, _funding(), parties, financed, financed) if financed else None


@cache
def _funding() -> Row:
    return next(row for row in rows("deal_kinds.kind") if row.name == "funding")


def _happens(line: Line, event: re.Match[str]) -> bool:
    """Whether a word is an event here: in "Audi sources cells", but not in "renewable sources".

    Nor is the "said" behind a quotation, which is about anything.
    """
    if line.after(event.end(), 6) == " chain":
        return False  # "supply chain"
    if _SAYING.fullmatch(event[0]):
        return not _QUOTED.search(line.before(event.start(), 4))
    if not _ALSO_PLURAL.fullmatch(event[0]):
        return True
    behind_name = any(name.end + 1 == event.start() for name in line.names)
    return behind_name or _SUBJECT.search(line.before(event.start(), 24)) is not None


def _agreement(
    scene: Scene, line: Line, row: Row, parties: list[Name], words: re.Match[str], event: re.Match[str]
) -> Agreement:
    agreement = Agreement(_kind(scene, line, row), line)
    agreement.parties, agreement.told = roles(scene, line, agreement.kind, parties, event.start())
    agreement.unnamed = _UNNAMED.search(line.text) is not None
    agreement.signed = signed(line)
    agreement.goods = goods_in(scene, line, of_money=agreement.kind == "funding")
    agreement.paper = _paper(scene, line, agreement.kind, words, event)
    if agreement.kind == "funding":
        agreement.told_sum = financing.sum_of(line)
    return agreement


def _between(text: str, one: re.Match[str], other: re.Match[str]) -> str:
    """The words between two hits, "" where they touch or overlap."""
    first, last = sorted((one.span(), other.span()))
    return text[first[1] : last[0]]


def event_start(line: Line) -> int:
    """Where the first event of a sentence stands, or its start."""
    hit = _EVENT.search(line.text)
    return line.start + (hit.start() if hit else 0)


def tells_of_none(line: Line) -> bool:
    """Whether a sentence is about order books, market prices and totals, or a deal that is not made."""
    if any(words.search(line.text) for words in (_ORDER_BOOK, _NEGATED, _MARKET_PRICE)):
        return True
    return any(
        figure.kind == "count" and figure.value > _MOST_DEALS and _DEALS.search(figure.of or "")
        for figure in line.figures
    )


def _event_near(events: list[re.Match[str]], words: re.Match[str], reach: int) -> re.Match[str] | None:
    """The event word nearest to words for an agreement: without one the sentence only mentions a deal."""
    nearest = min(events, key=lambda hit: abs(hit.start() - words.start()))
    return nearest if abs(nearest.start() - words.start()) <= reach else None


def _fits(kind: str, line: Line, words: re.Match[str]) -> bool:
    """Whether the words for an agreement mean one here."""
    if kind == "joint_venture":
        # "Ultium Cells, a joint venture between …" says who somebody is
        if _NAMED_VENTURE.search(line.before(words.start(), 24)):
            return False  # "the Ultium Cells joint venture" has its name already
        apposition = _APPOSITION.search(line.before(words.start(), 40))
        return apposition is None or any(formed_venture(line, name) for name in line.names)
    if kind == "acquisition" and _STAKE.search(words[0]) and _HELD.search(line.before(words.start(), 60)):
        return False  # "A will hold a 51% stake in the company" says whose it is
    if kind == "acquisition" and _PURCHASE.fullmatch(words[0]):
        return any(name.sort == "company" and told_role(line, kind, name) == "target" for name in line.names)
    if kind == "acquisition":
        # goods are bought under a contract, and no firm
        return _CONTRACT.search(line.text) is None or _FIRM.search(line.text) is not None
    if kind == "cooperation":
        return _OTHER_PAPERS.search(line.before(words.start(), 24)) is None
    if kind == "funding":
        return any(figure.kind == "money" for figure in line.figures)
    if kind == "supply" and _PROVIDES.fullmatch(words[0]) and not _TRADE_PAPER.search(line.text):
        # who will provide debt or know-how supplies no goods
        behind = words.end() - line.start
        amounts = any(figure.kind in AMOUNTS_OF_GOODS for figure in line.figures)
        return amounts or product(line.text, behind, min(behind + _GIVEN_REACH, len(line.text))) is not None
    return True


def _kind(scene: Scene, line: Line, row: Row) -> str:
    """The kind that the words stand for, made sharper by those around: "an agreement" may be to supply."""
    if row.name == "acquisition":
        return "supply" if _buys_goods(line) else row.name
    if row.name != "cooperation":
        return row.name
    amounts = [figure for figure in line.figures if figure.kind in AMOUNTS_OF_GOODS]
    if _COOPERATION.search(line.text):  # "partners that will buy 5,000 tons", but not "that will build 5 GWh"
        amounts = [figure for figure in amounts if _MOVED.search(line.before(figure.start, 60))]
        return "supply" if any(_is_of_goods(line, figure) for figure in amounts) else row.name
    if any(_is_of_goods(line, figure) for figure in amounts):
        return "supply"
    titles = [title.text for title in scene.headlines[:3] if title.start < line.start]
    lines = scene.sections[line.section]
    behind = [other for other in lines if other.start >= line.start][:_READ_ON]
    if any(_buys_goods(other) for other in behind):
        return "supply"
    following = [other.text for other in behind]
    return "supply" if _SUPPLY.search(" ".join([*titles, *following])) else row.name


def _is_of_goods(line: Line, figure: Quantity) -> bool:
    """Whether a product is named right behind an amount."""
    begin = figure.end - line.start
    return product(line.text, begin, min(begin + GOODS_REACH, len(line.text))) is not None


def _buys_goods(line: Line) -> bool:
    """Whether an amount of goods is bought, and no firm: "bought 60,000 tons of concentrate"."""
    bought = (figure for figure in line.figures if _BUYS.search(line.before(figure.start, 40)))
    return any(figure.kind in AMOUNT for figure in bought) and not _FIRM.search(line.text)


def signed(line: Line) -> str | None:
    """The day of signing: the one nearest to a verb of signing, and no nearer to one of saying."""
    signing = [line.start + hit.start() for hit in _SIGNING.finditer(line.text)]
    saying = [line.start + hit.start() for hit in _SAYING.finditer(line.text)]
    if not signing:
        return None
    told = []
    for time in line.times:
        if _DEADLINE.search(line.before(time.start, 24)):
            continue
        if time.precision == "day" or (
            time.precision == "month" and _SIGNED_IN.search(line.before(time.start, 12))
        ):
            distance = min(abs(time.start - verb) for verb in signing)
            said = min((abs(time.start - verb) for verb in saying), default=distance)
            if distance <= max(said, _ADJACENT):
                told.append((distance, time.time))
    return min(told)[1] if told else None


def _paper(scene: Scene, line: Line, kind: str, words: re.Match[str], event: re.Match[str]) -> str | None:
    """What a deal is called: "equipment loan", "supply contract", "shares in Nordpack AB"."""
    for company in line.companies if kind in _OF_SHARES else ():
        if shares := _SHARES.search(line.before(company.start, 30)):
            return scene.text[company.start - len(shares[0]) : company.end]
    paper = words if _ENDS_AS_PAPER.search(words[0]) else None
    if paper is None and kind == "funding":
        paper = _PAPER.search(scene.text, line.start, line.end)
    if paper is None:
        return None
    # the verb, the parties and the figures in front of it are no part of its name
    ends = [event.end(), *(name.end for name in line.names), *(figure.end for figure in line.figures)]
    floor = max([line.start, *(end for end in ends if end < paper.end())])
    first = max(paper.start(), floor)
    start, end = noun_phrase(scene.text, first, paper.end(), floor, limit=3)
    return _ARTICLE.sub("", scene.text[start:end].strip()) or None
