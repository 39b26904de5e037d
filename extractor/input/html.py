"""HTML: main text, headline, address and publication date of a press page, by trafilatura."""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from typing import Any

from extractor.input.dateline import publication_date

_FRAGMENT = re.compile(r"<\s*(?:html|body)\b", re.IGNORECASE)

# What is cut out before the text is looked for. trafilatura knows most of it, but on short pages it falls
# back to taking nearly everything.
_NAMED = re.compile(
    r"(?:^|[-_\s])(?:cookies?|consent|gdpr|related|recommend(?:ed|ations?)|newsletter|breadcrumbs?|share|social)"
    r"(?:$|[-_\s])",
    re.IGNORECASE,
)
_FURNITURE = (
    "//nav | //dialog | //form | //footer[not(ancestor::article)] | //aside"
    " | //*[@role='navigation' or @role='contentinfo' or @role='dialog' or @role='search']"
)
_NAMED_BLOCKS = "//div | //section | //ul | //ol | //p"
_ARTICLE = "descendant-or-self::article | descendant-or-self::main | descendant-or-self::h1"

# Where a page's markup may say when it was published. Elements with more text than a byline are running text.
_DATED = "//script[@type='application/ld+json'] | //time | //h1 | //*[@class or @id or @itemprop]"
_BYLINE = 100
_LAST_DAY = "2100-01-01"  # htmldate would otherwise compare with the clock


@dataclass(frozen=True, slots=True)
class Page:
    """What an HTML page says: `text` is the main text, one block a line, "" where there is none."""

    text: str
    title: str | None = None
    published: date | None = None
    address: str | None = None


def read_page(markup: str) -> Page:
    """Read one page or fragment; navigation, cookie banners, related news and footers are left out.

    The date is the one that the markup declares (meta, JSON-LD, <time>, a byline), else the one that the main
    text or a short block around it states; never one from running text.
    """
    import trafilatura  # noqa: PLC0415  a quarter of a second that only HTML pays

    if not _FRAGMENT.search(markup):
        markup = f"<html><body>{markup}</body></html>"
    tree = trafilatura.load_html(markup)
    if tree is None:
        return Page("")
    _cut_furniture(tree)
    declared = trafilatura.extract_metadata(
        _declarations(tree),
        date_config={"extensive_search": False, "original_date": True, "max_date": _LAST_DAY},
    )
    main: Any = trafilatura.bare_extraction(tree, include_comments=False)
    text = (main.text or "").strip() if main else ""
    if declared.date:
        published: date | None = date.fromisoformat(declared.date)
    else:
        published = publication_date(text) or publication_date(_short_blocks(tree))
    return Page(text, declared.title, published, declared.url)


def _cut_furniture(tree: Any) -> None:  # noqa: ANN401  lxml has no types
    named = (
        block
        for block in tree.xpath(_NAMED_BLOCKS)
        if _NAMED.search(f"{block.get('class', '')} {block.get('id', '')}") and not block.xpath(_ARTICLE)
    )
    for element in [*tree.xpath(_FURNITURE), *named]:
        if element.getparent() is not None:
            element.drop_tree()


def _declarations(tree: Any) -> Any:  # noqa: ANN401  lxml has no types
    """Make a page of nothing but the elements that may declare title, address and date."""
    page = tree.makeelement("html")
    page.extend(deepcopy(head) for head in tree.xpath("//head"))
    body = tree.makeelement("body")
    page.append(body)
    for element in tree.xpath(_DATED):
        if element.tag == "script" or len(element.text_content()) <= _BYLINE:
            body.append(deepcopy(element))
            body[-1].tail = None
    return page


def _short_blocks(tree: Any) -> str:  # noqa: ANN401  lxml has no types
    """Join the page's blocks that are no longer than a byline, one a line."""
    lines = (" ".join(block.text_content().split()) for block in tree.xpath("//div | //p | //li | //td"))
    return "\n".join(line for line in lines if 0 < len(line) <= _BYLINE)
