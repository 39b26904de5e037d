"""Apart: what tells two facilities from each other: their place, size, name, money and whose they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.draft.rules.asides import is_aside
from extractor.places import is_country, is_nation

if TYPE_CHECKING:
    from collections.abc import Callable

    from extractor.draft.rules.mentions import Mention
    from extractor.draft.rules.scene import Line
    from extractor.draft.rules.site import Site


def holder(mention: Mention, line: Line, full: Callable[[str], str]) -> str | None:
    """Who has it by the words right before: "Lumora's plant", "Lumora … its plant"."""
    if mention.owner is not None:
        return full(mention.owner)
    if not line.before(mention.start, len("their ")).endswith(("its ", "their ")):
        return None
    return maker(mention, line, full)


def maker(mention: Mention, line: Line, full: Callable[[str], str]) -> str | None:
    """The company nearest before a mention: "Lumora is building a plant"."""
    before = (c for c in reversed(line.companies) if c.end <= mention.start and not is_aside(line, c))
    return next((full(company.text) for company in before), None)


def apart(site: Site, mention: Mention) -> bool:
    """Whether size, place or name say that a site and a mention are two."""
    if site.sizes and not mention.sizes <= site.sizes:
        return True
    if stands_elsewhere(site, mention):
        return True
    return has_other_name(site, mention)


def stands_elsewhere(site: Site, mention: Mention) -> bool:
    """Whether both have a place, and not the same; of "the Hungarian plant" only the country is known.

    Two towns of one state are two places; a town and its state may be one.
    """
    if mention.place:
        same_town = mention.town & (site.place | site.proper) or mention.place & (site.town | site.proper)
        return bool(site.place) and not same_town
    return bool(mention.countries and site.countries) and not mention.countries & site.countries


def is_in_other_town(site: Site, mention: Mention) -> bool:
    """Whether both stand in towns of one region, or in two regions: what no two names for one place do."""
    if not mention.place or not site.place:
        return False
    if mention.place & site.place:
        return stands_elsewhere(site, mention) and bool(site.town - mention.place)
    regions = [{word for word in place if _is_region(word)} for place in (mention.place, site.place)]
    return all(regions)


def _is_region(word: str) -> bool:
    """Whether a word in lower case is a state's or province's name, and no country's."""
    return is_country(word.title()) and not is_nation(word.title())


def is_of_other_size(site: Site, mention: Mention) -> bool:
    """Whether "a 100-GWh plant" is not the one of 20 GWh that stands in the same place."""
    units = {unit for _, unit in site.sizes}
    return not mention.definite and any(
        unit in units and (value, unit) not in site.sizes for value, unit in mention.sizes
    )


def is_of_other_maker(site: Site, mention: Mention, line: Line, full: Callable[[str], str]) -> bool:
    """Whether "Lumora is building a plant" tells of none that the text gives to others in the same place."""
    whose = None if mention.definite else maker(mention, line, full)
    if whose is None or not site.holders:
        return False
    return whose not in site.holders and all(
        full(company.text) != whose for told in site.lines if told is not line for company in told.companies
    )


def is_for_other_money(site: Site, mention: Mention, line: Line) -> bool:
    """Whether "it spends 390 million to build a plant" is not the one that it spends 610 million on."""
    if mention.definite:
        return False
    own = {(f.value, f.unit) for f in line.figures if f.kind == "money" and f.same_as is None}
    theirs = {
        (f.value, f.unit)
        for told, _ in site.mentions
        if told is not line
        for f in told.figures
        if f.kind == "money"
    }
    return bool(own and theirs) and not own & theirs


def has_other_rank(site: Site, mention: Mention) -> bool:
    """Whether "its first plant" is not the one that is its second."""
    return bool(mention.ranks and site.ranks) and not mention.ranks & site.ranks


def has_other_name(site: Site, mention: Mention) -> bool:
    """Whether both have names of their own with no word in common: one country makes them no one plant."""
    return bool(mention.proper and site.named and not mention.proper & (site.proper | site.place))


def is_of_somebody_new(mention: Mention, line: Line, site: Site, full: Callable[[str], str]) -> bool:
    """Whether a company that the site's sentences have not named has it."""
    theirs = holder(mention, line, full)
    known = {full(name.text) for told in site.lines if told is not line for name in told.names}
    known |= site.holders
    return theirs is not None and theirs not in known


def is_anothers(site: Site, mention: Mention, line: Line, full: Callable[[str], str]) -> bool:
    """Whether a possessive gives the facility to a company that no other sentence about the site names."""
    if mention.owner is None:
        return False
    companies = ((told, company) for told, _ in site.mentions for company in told.companies)
    # the possessive itself says nothing of the site
    known = {full(c.text) for told, c in companies if told is not line or c.end < mention.start - len("'s  ")}
    return full(mention.owner) not in known
