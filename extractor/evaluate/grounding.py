"""Grounding: whether what stands in the records stands in the text."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from extractor.quote import stands_in

if TYPE_CHECKING:
    from extractor.evaluate.documents import Document
    from extractor.evaluate.items import Item

SORTS = {"figure": "figures", "name": "names"}
"""The sorts of items that are slices or words of the text."""


def grounding(result: Document) -> tuple[Counter[str], Counter[str], list[str]]:
    """Items of each sort in the records of a result, those of them that stand in its text, and the others.

    A figure stands there when its offsets give its words; without offsets, and for a name, its words must
    stand somewhere. Of a result without its text nothing is counted.
    """
    asked: Counter[str] = Counter()
    grounded: Counter[str] = Counter()
    others: list[str] = []
    if result.text is not None:
        for kind, records in result.records.items():
            for item in (item for record in records for item in record if item.sort in SORTS):
                asked[SORTS[item.sort]] += 1
                if _stands(item, result.text):
                    grounded[SORTS[item.sort]] += 1
                else:
                    others.append(f"{kind}.{item.slot}: {item.words}")
    return asked, grounded, others


def _stands(item: Item, text: str) -> bool:
    if item.span is None:
        return stands_in(item.words, text)
    start, end = item.span
    return text[start:end] == item.words
