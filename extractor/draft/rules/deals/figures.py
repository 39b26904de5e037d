"""Figures of a deal: its value, price, volumes and stakes, by dimension and the words around them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extractor.draft.model import VolumeDraft
from extractor.draft.rules.amounts import LAND_UNITS, SHARE_PRICES, is_interval, is_price, metric
from extractor.draft.rules.deals.goods import goods_of, serves_count
from extractor.draft.rules.nouns import product
from extractor.draft.rules.vocabulary import Pattern, words
from extractor.finder import Finder

if TYPE_CHECKING:
    from datetime import date

    from extractor.draft.rules.deals.agreement import Agreement
    from extractor.draft.rules.scene import Line
    from extractor.draft.rules.sites import Sites
    from schemas import Quantity, When

_MOVED = frozenset({"energy", "power", "mass", "area", "count", "volume"})
"""Kinds of amount that change hands."""
_TOLD_OF_DEALS = frozenset({"percent", "duration"})
"""Kinds of amount that are a deal's where a sentence opens with it, even if it mentions a plant."""
_WITH_VOLUMES = frozenset({"supply", "procurement", "cooperation"})
_WITH_STAKES = frozenset({"joint_venture", "acquisition", "funding", "cooperation"})

OF_THE_DEAL = Pattern(
    r"(?:{deals.continuing.leading} )?(?:the terms of )?(?i:the|this|that) (?:[\w$€£-]+ ){0,3}"
    r"{deals.continuing.papers}|"
    r"(?:This|That|It|The (?:amount|volume|sum|total)) (?:also )?{deals.continuing.equals}"
)
"""How a sentence opens that goes on about the deal told last: "Under the deal", "The size of the deal"."""

_EARLIER_DEAL = Pattern(r"{deals.words.earlier_deals}|\b(?i:since) (?:\w+ )?\d{4}\b")
_VALUE = Pattern(r"{deals.roles.value}")
_ADVANCE = Pattern(r"{deals.roles.advance}")
_PER_UNIT = re.compile(r" ?\([^()]{1,40}\) ?(?:/|per )\w")
_RESPECTIVELY = re.compile(r"\brespectively\b")
_PAID_IN = Pattern(
    r"(?: \([^)]*\))?(?: (?:in|of|worth of))?(?: (?:new|its|own|[A-Z]\w+)){0,3} {deals.roles.paid_in}"
)
_PRICE_LIMIT = Pattern(r"{deals.roles.price_limit}")
_PRICE_SPREAD = Pattern(r"{deals.roles.price_spread}")
_STAKE = Pattern(r"{deals.roles.stake}")
_VOLUME = Pattern(r"{deals.roles.volume}")
_GOODS_COUNTED = Pattern(r"{deals.roles.counted}")
_COST_OF_PLANT = Pattern(r"{deals.roles.not_value_at_site}")
_COMPANY_MONEY = Pattern(r"{deals.roles.not_value}")
_EXPANSION = re.compile(r"(?: \([^)]*\))? (?:[\w-]+ )?(?:expansion|upgrade)\b")
_MOVES = Pattern(r"{deals.verbs.move}[^,;]*$")
_HANDED_OVER = Pattern(r"{deals.roles.handed_over}")
_CAPABLE = Pattern(r"{deals.roles.not_volume}")
_SAVED = Pattern(r"{deals.roles.saved}[^,;]*$")
_OPTION = Pattern(r"{deals.roles.option}(?: [\w-]+){0,4} $")
_OF_PAPER = Pattern(r" (?:[\w-]+ ){0,3}{deals.words.papers}")
_SIGNED = Pattern(r"{deals.words.signing}")
_WHOLE = Pattern(r"{deals.roles.whole}")
_WHOLE_REACH = 60
"""Characters around a volume in which words say that it is the whole."""
_ROUND = Finder(r"(?i).{0,12}?\bseries ([a-z]\d?)\b")
_TWO_ENDS = re.compile(r"(?i)\b(?:from|between|through|until|till|to|over|years?|months?)\b|\d ?[-–—/] ?\d")
_PROLONGED = Pattern(r"{deals.words.prolonging}[^;]*$")
_ENOUGH_FOR = Pattern(r"{deals.roles.equivalent}[^,;]*$")


def take(sites: Sites, agreement: Agreement, line: Line, taken: set[str]) -> None:
    """Give a sentence's figures that are the deal's to it, and its term; they are taken."""
    at_site = bool(sites.in_line(line))
    of_deal = OF_THE_DEAL.match(line.text) is not None
    if agreement.term is None:
        agreement.term = next(
            (time.time for time in line.times if _is_term(line, time, sites.scene.published)), None
        )
    for figure in line.figures:
        if figure.figure in taken or figure.same_as is not None:
            continue
        if label := sites.scene.labels.get(figure.figure):
            if label.record == "deals":
                _take_labelled(agreement, line, figure, label.slot)
                taken.add(figure.figure)
            continue
        before = line.between(line.start, figure.start)
        older = _EARLIER_DEAL.search(before) or _is_of_past_year(sites, line, figure)
        if older and line is not agreement.line:
            continue  # an older deal, told for comparison
        if _is_of_other_round(agreement, line, figure) or _is_size(sites, agreement, line, figure):
            continue
        at_site_alone = at_site and not (of_deal and figure.kind in _TOLD_OF_DEALS)
        if _take_one(agreement, line, figure, at_site=at_site_alone):
            taken.add(figure.figure)


def _is_term(line: Line, time: When, published: date | None) -> bool:
    """Whether a deal may run over a time: a range with two ends that is not over, and not "last week".

    A time by which it may be prolonged is none of its own.
    """
    over = published is not None and time.end_date is not None and time.end_date <= published
    if time.precision != "range" or over or _PROLONGED.search(line.before(time.start, 60)):
        return False
    return _TWO_ENDS.search(time.text) is not None


def _is_of_past_year(sites: Sites, line: Line, figure: Quantity) -> bool:
    """Whether a sentence tells what was signed in an earlier year: "they signed a first deal in 2020"."""
    published = sites.scene.published
    time = line.time_of(figure)
    if published is None or time is None or time.precision != "year" or time.end_date is None:
        return False
    return time.end_date.year < published.year and _SIGNED.search(line.text) is not None


def _is_of_other_round(agreement: Agreement, line: Line, figure: Quantity) -> bool:
    """Whether money is that of a round with another letter: "which closed a $25 million Series A"."""
    named, own = _ROUND.match(line.after(figure.end, 24)), _ROUND.search(agreement.line.text)
    return named is not None and own is not None and named[1].lower() != own[1].lower()


def _is_size(sites: Sites, agreement: Agreement, line: Line, figure: Quantity) -> bool:
    """Whether an amount is the size of a plant beside its name: "the 80 MW Kemmick project"."""
    if figure.kind not in {"power", "energy"}:
        return False
    site = sites.around(line, figure.start, figure.end)
    if site is None or site.name in agreement.parties:
        return False
    return site.named or site.head not in words("facilities.heads.wares")


def _take_labelled(agreement: Agreement, line: Line, figure: Quantity, slot: str) -> None:
    """Give a figure the slot that it is said to have; where that is taken, it is a metric."""
    if slot == "value" and agreement.value is None:
        agreement.value = figure.figure
    elif slot == "unit_price" and agreement.unit_price is None:
        agreement.unit_price = figure.figure
    elif slot == "volumes":
        _add_volume(agreement, line, figure)
    else:
        _metric(agreement, line, figure, slot.replace("_", " ") or None)


def _take_one(agreement: Agreement, line: Line, figure: Quantity, *, at_site: bool) -> bool:
    """Give a figure its slot; whether it has one."""
    if is_price(figure):
        return _price(agreement, line, figure)
    if figure.kind == "money":
        return _money(agreement, line, figure, at_site=at_site)
    if figure.kind == "percent":
        return _percent(agreement, line, figure, at_site=at_site)
    if figure.kind == "duration" and not line.after(figure.end, 4).startswith("-old"):
        of_paper = line is agreement.line or not at_site or _OF_PAPER.match(line.gap_after(figure))
        return (
            bool(of_paper)
            and not is_interval(line, figure)
            and _metric(agreement, line, figure, "term length")
        )
    if figure.kind in _MOVED and figure.unit not in LAND_UNITS:
        return _volume(agreement, line, figure, at_site=at_site)
    return False


def _price(agreement: Agreement, line: Line, figure: Quantity) -> bool:
    if _PRICE_LIMIT.search(line.near(figure, 70, 40)):
        return _metric(agreement, line, figure, "floor price")
    if agreement.unit_price is not None or _is_of_several(line, figure):
        return False
    agreement.unit_price = figure.figure
    return True


def _is_of_several(line: Line, figure: Quantity) -> bool:
    """Whether a price is one of several: of a spread of bids, or of parties that the sentence lists."""
    return _PRICE_SPREAD.search(line.before(figure.start, 60)) is not None or (
        len(line.names) != 1 and _RESPECTIVELY.search(line.text) is not None
    )


def _money(agreement: Agreement, line: Line, figure: Quantity, *, at_site: bool) -> bool:
    near = line.near(figure, 70, 40)
    if advance := _ADVANCE.search(near):
        return _metric(agreement, line, figure, advance[0].lower())
    if _PER_UNIT.match(line.after(figure.end, 40)):
        # "₹240,347 (~$2,804)/MW/month": the unit stands behind the second currency
        if agreement.unit_price is None and not _is_of_several(line, figure):
            agreement.unit_price = figure.figure
            return True
        return False
    if agreement.kind != "funding" and at_site and _EXPANSION.match(line.after(figure.end, 40)):
        return False
    if _COMPANY_MONEY.search(near) or (at_site and _COST_OF_PLANT.search(near)):
        return False
    if agreement.value is None:
        if line is agreement.line and agreement.told_sum not in {None, figure.figure}:
            return False  # the first of "planning a $60 million plant, has won a $9 million grant"
        if line is not agreement.line and not _VALUE.search(near):
            return False
        agreement.value = figure.figure
        return True
    if line.section != agreement.section or (at_site and not _PAID_IN.match(line.after(figure.end, 60))):
        return False
    return _metric(agreement, line, figure)


def _percent(agreement: Agreement, line: Line, figure: Quantity, *, at_site: bool) -> bool:
    if SHARE_PRICES.search(line.near(figure, 70, 40)):
        return False
    of_stakes = agreement.kind in _WITH_STAKES and _STAKE.search(line.text)
    if of_stakes and _STAKE.search(line.near(figure, 60, 40)):
        return _metric(agreement, line, figure, "stake")
    if at_site and not of_stakes and not (agreement.kind == "funding" and line is agreement.line):
        return False
    return _metric(agreement, line, figure)


def _volume(agreement: Agreement, line: Line, figure: Quantity, *, at_site: bool) -> bool:
    before = line.gap_before(figure)
    if agreement.kind not in _WITH_VOLUMES and not _MOVES.search(before):
        return False
    if not (line.whole or _VOLUME.search(line.text)) or (
        figure.kind == "count" and not _GOODS_COUNTED.search(figure.of or "")
    ):
        return False
    if at_site and line is not agreement.line:
        told = line.between(line.start, figure.start)
        if _CAPABLE.search(before) or not _HANDED_OVER.search(told):
            return False
    if _SAVED.search(before) or (figure.per is not None and _CAPABLE.search(before)):
        return False
    if _OPTION.search(before):
        return _metric(agreement, line, figure, "option")
    named = max((name.end for name in line.companies if name.end <= figure.start), default=line.start)
    serves = serves_count(line, figure)
    if serves or _ENOUGH_FOR.search(before, max(0, len(before) - (figure.start - named))):
        return _metric(agreement, line, figure, figure.of or "equivalent")
    _add_volume(agreement, line, figure)
    return True


def _add_volume(agreement: Agreement, line: Line, figure: Quantity) -> None:
    before = line.gap_before(figure)
    time = line.time_of(figure)
    when = time.time if time is not None and time.precision != "day" else None
    amount = (figure.base_value, figure.base_unit)
    if when is None and amount in agreement.amounts:
        return  # "over and above the initial 75,000 tonnes"
    if when is None:
        agreement.amounts.add(amount)
    beside = f"{before[-_WHOLE_REACH:]} … {line.gap_after(figure).split(',')[0][:_WHOLE_REACH]}"
    if _WHOLE.search(beside):
        when = agreement.term or next((t.time for t in line.times if t.precision == "range"), None)
    found = goods_of(line, figure)
    if agreement.goods is None or _is_surer(agreement, figure, found):
        agreement.goods = found or agreement.goods
    agreement.volumes.append(VolumeDraft(figure=figure.figure, time=when))


def _is_surer(agreement: Agreement, figure: Quantity, found: str | None) -> bool:
    """Whether what the first amount is of says more than the goods so far: it is what changes hands."""
    if agreement.volumes or figure.kind == "count" or found is None or product(found) is None:
        return False
    return found not in (agreement.goods or "")


def _metric(agreement: Agreement, line: Line, figure: Quantity, name: str | None = None) -> bool:
    agreement.metrics.append(metric(line, figure, name))
    return True
