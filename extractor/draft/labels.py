"""Labels: what a figure can be said to be, in one word of a fixed list, and the slot that this means."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

    from schemas import Quantity
    from schemas.quantity import Kind

UNLABELLED: frozenset[Kind] = frozenset({"number", "other", "ratio", "temperature", "speed"})
"""Kinds of figure that no record has but as a metric, and seldom: nobody is asked about them."""


@dataclass(frozen=True, slots=True)
class Label:
    """What a figure is said to be."""

    name: str
    record: Literal["facilities", "deals", "forecasts", ""]
    """The type of record that it is of; none where it says nothing of anything."""
    slot: str
    """What it is there: a slot, a forecast's metric, a capacity's stage, or else a metric's name."""
    kinds: tuple[Kind, ...]
    """The kinds of figure that it fits; any where there are none."""
    says: str
    """What it means, in a few words."""


Labels: TypeAlias = "Mapping[str, Label]"
"""Labels by figure id."""


@cache
def all_labels() -> dict[str, Label]:
    """Every label by its name, in the order of data/labels.toml."""
    told = (files("extractor.draft") / "data" / "labels.toml").read_text(encoding="utf-8")
    rows = tomllib.loads(told)["label"]
    return {row["name"]: Label(**{**row, "kinds": tuple(row["kinds"])}) for row in rows}


def fitting(figure: Quantity) -> list[str]:
    """The names of the labels that a figure of its kind can have."""
    return [label.name for label in all_labels().values() if not label.kinds or figure.kind in label.kinds]
