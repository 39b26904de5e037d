"""Goods: what a deal is about, behind an amount or a word of trade."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extractor.draft.rules.nouns import goods, product
from extractor.draft.rules.vocabulary import Pattern
from extractor.places import known

if TYPE_CHECKING:
    from extractor.draft.rules.scene import Line, Scene
    from schemas import Quantity

AMOUNTS_OF_GOODS = frozenset({"mass", "area", "count", "energy"})
"""Kinds of amount that a deal about a product is a supply deal for."""
GOODS_REACH = 60
"""Characters behind an amount in which its product stands."""
_OF = re.compile(r"(?: (?:a|per) (?:year|annum)| annually)? of ")
_COUNTED = Pattern(r"{deals.roles.counted}$")
_FOR = re.compile(r"(?P<goods>[\w-]+(?: [\w-]+)?) for (?:about |some |up to )?$")
_TRADE = Pattern(r"{deals.words.trade} (?:the |its |their |a |an )?")
_ORDERED_OF = Pattern(r"{deals.words.papers} (?:from|with|by) [^.;:]{3,80}? for (?:the |its |a |an )?")
_GOODS_HEAD = Pattern(r"(?: \([A-Z][A-Za-z]{1,7}\))?(?:[ -]{products.goods.heads}){1,2}(?![\w-])")
_MAKER = Pattern(r"(?:[\w-]+ ){1,3}{names.companies.nouns}")
_NO_GOODS = Pattern(r"[\w.]+-(?:based|headquartered|listed)|[$€£¥₹]?[\d.,]+\w*|{products.goods.no_part}")


def goods_of(line: Line, figure: Quantity) -> str | None:
    """What an amount is of: "6 stacking lines", "60,000 tons of cathode material"."""
    if figure.kind == "count":
        return figure.of
    company = next((name.start for name in line.companies if name.start >= figure.end), line.end)
    behind = line.gap_after(figure)[: min(GOODS_REACH, company - figure.end)]
    of = _OF.match(behind)
    return (goods(behind[of.end() :]) if of else None) or product(behind)


def serves_count(line: Line, figure: Quantity) -> bool:
    """Whether a count is of what goods are for: "films for 300,000 cars", but not "an order for 300 cars"."""
    told = _FOR.search(line.before(figure.start, 40)) if figure.kind == "count" else None
    return told is not None and product(told["goods"]) is not None


def goods_in(scene: Scene, line: Line, *, of_money: bool = False) -> str | None:
    """The goods of a sentence: behind an amount or a word of trade, else its first product.

    What a company makes that raises or lends money is not what the deal is about (`of_money`).
    """
    for figure in line.figures:
        counted = figure.kind == "count"
        if figure.kind not in AMOUNTS_OF_GOODS or (counted and not _COUNTED.search(figure.of or "")):
            continue
        if serves_count(line, figure):
            continue
        if (found := goods_of(line, figure)) and (counted or product(found)):
            return _bare(found)
    for words in (_TRADE, _ORDERED_OF):
        for hit in words.finditer(line.text):
            named = _goods_behind(line, hit.end())
            named = None if named is None else _bare(named)
            if (
                named is None
                or named.startswith("chain")
                or any(name.text in named for name in line.companies)
            ):
                continue
            if product(named) or (words is _ORDERED_OF and _COUNTED.search(named)):
                return named
    barred = [(company.start, company.end) for company in line.companies]
    barred += [(figure.start, figure.end) for figure in line.figures]
    # "lithium-ion battery maker Zelvo" says who somebody is, and what it trades at best
    makers = [(line.start + hit.start(), line.start + hit.end()) for hit in _MAKER.finditer(line.text)]
    found = product(scene.text, line.start, line.end, barred + makers)
    if found is None and makers and not of_money:
        found = product(scene.text, line.start, line.end, barred)
    if found is None:
        return None
    end = scene.text.index(found, line.start) + len(found)
    head = _GOODS_HEAD.match(scene.text, end, line.end)  # "energy storage systems", "silicon anode products"
    return _bare(found + (head[0] if head else ""))


def _goods_behind(line: Line, at: int) -> str | None:
    """The goods that stand at a place in a sentence, or behind the amount that does."""
    amount = next((figure for figure in line.figures if figure.start == line.start + at), None)
    return goods(line.text[at:].lstrip()) if amount is None else goods_of(line, amount)


def _bare(goods: str) -> str:
    """Goods without what in front of them is no part of them: a trade, a home, a sum, a number.

    "cathode materials" of "supply of 40 Chinese cathode materials".
    """
    bare = _TRADE.sub("", goods) if _TRADE.match(goods) else goods
    while " " in bare:
        first, rest = bare.split(" ", 1)
        if not (_NO_GOODS.fullmatch(first) or (first[0].isupper() and known(first))):
            break
        bare = rest
    return bare if product(bare) or not product(goods) else goods
