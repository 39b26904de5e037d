"""Area × areal density = mass, and thickness × density of the material = areal density.

A mass stands in one sentence with its areal density or its area, the other one there or shortly before. A
thickness stands beside its areal density, and the material is the one named last before it
(data/densities.toml). Where there is one of each, a mass that does not fit is a conflict.

Agrees: "over 50 million square meters … areal density is approximately 180–220 g/m², representing a supply
volume of approximately 10kt"; "48 μm aluminium foil (approx. 128 g/m²)".

Disagrees: "6 μm copper foil (about 80 g/m²)"; "20 million square meters at 150 g/m², equivalent to 30,000 t".

Left open: a layered, coated or porous film, which is lighter or heavier than its material.
"""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise, product
from typing import TYPE_CHECKING, Any

from extractor.checks.interval import Agreement, Interval, by_power_of_ten
from extractor.checks.statements import continues
from extractor.checks.sums import distinct
from extractor.checks.vocabulary import pattern, table, words
from extractor.checks.windows import CROWD, PARTED
from extractor.checks.wording import computed, ends, span, stated

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractor.checks.case import Case
    from extractor.checks.sentences import Sentence
    from extractor.checks.windows import Window
    from schemas import Problem, Quantity

RULE = "mass_from_area"
TOLERANCE = Decimal("0.05")
"""Share by which a foil's thickness varies within its grade."""

_AREAL = "kg/m2"
_KILOGRAMS = Decimal(1000)  # of a cubic metre, for one g/cm3
_BACK = 3  # sentences back from a mass to its area
_MATERIAL = 250  # characters back from a thickness to the name of its material
_CLOSE = 60  # characters between a thickness and its areal density
_MANY = 5  # areas and areal densities that are looked at
THIN = Interval(Decimal("1e-7"), Decimal("5e-3"))
"""Metres that a foil, film or coating may be thick."""


def check(case: Case) -> Iterator[Problem]:
    """Multiply areas with areal densities, and thicknesses with densities."""
    if not any(figure.base_unit == _AREAL for figure in case.figures):
        return  # all of it is about areal densities
    for window in case.windows:
        yield from _thicknesses(case, window)
    for sentence in case.sentences:
        yield from _masses(case, sentence)
        yield from _thickness_before(case, sentence)


def _masses(case: Case, sentence: Sentence) -> Iterator[Problem]:
    """The masses of a sentence, by areas and areal densities of it and of the sentences before."""
    masses = distinct(sentence.figures, "kg") if len(sentence.figures) <= CROWD else []
    if not masses:
        return
    near = [s for s in case.around(sentence, _BACK) if s.start <= sentence.start]
    figures = [figure for s in reversed(near) for figure in reversed(s.figures[:CROWD])]
    areals, areas = distinct(figures, _AREAL), distinct((f for f in figures if f.unit != "mu"), "m2")
    here = {figure.figure for figure in (*areals, *areas) if figure.start >= sentence.start}
    one = len(masses) == len(areals) == len(areas) == 1
    said = pattern("mass.is_mass").search(case.words_before(masses[0], _CLOSE)) is not None
    told = said and (bool(here) or continues(near[0], sentence))
    sure = one and (told or (len(here) == 2 and not PARTED.search(sentence.bare)))  # noqa: PLR2004  both
    for mass in masses:
        pairs = product(areas[:_MANY], areals[:_MANY])
        factors = [pair for pair in pairs if sure or here & {figure.figure for figure in pair}]
        agreements = [_product(*pair).compare(Interval.of(mass)) for pair in factors]
        if Agreement.AGREE in agreements:
            yield _mass(case, *factors[agreements.index(Agreement.AGREE)], mass, Agreement.AGREE)
        elif sure and factors:
            yield _mass(case, *factors[0], mass, agreements[0])


def _product(area: Quantity, areal: Quantity) -> Interval:
    return Interval.of(area) * Interval.of(areal)


def _mass(case: Case, area: Quantity, areal: Quantity, mass: Quantity, agreement: Agreement) -> Problem:
    size = mass.base_value / mass.value
    low, high = (computed(area.base_value * end / size) for end in ends(areal))
    sums = f"{stated(area)} × {stated(areal)} = {span(low, high, mass.unit)}"
    figures = (area, areal, mass)
    numbers = (computed(area.base_value * areal.base_value), mass.base_value)
    return case.judged(
        RULE, sums, agreement, figures, numbers, hint=by_power_of_ten(mass, _product(area, areal))
    )


def _is_thin(figure: Quantity) -> bool:
    return figure.kind == "length" and Interval.of(figure).compare(THIN) is Agreement.AGREE


def _thicknesses(case: Case, window: Window) -> Iterator[Problem]:
    """A thickness with its areal density right behind it, and the material that was named last."""
    for thickness, areal in pairwise(window.figures):
        between = window.between(thickness, areal)
        weighed = areal.base_unit == _AREAL and areal.value > 0
        if _is_thin(thickness) and weighed and len(between) <= _CLOSE and ";" not in between:
            before = case.text[max(0, thickness.start - _MATERIAL) : thickness.start]
            solid = not pattern("mass.layered").search(before + between)
            if material := _material(between) or _material(before):
                yield _thickness(case, thickness, areal, material, solid=solid)


def _thickness_before(case: Case, sentence: Sentence) -> Iterator[Problem]:
    """An areal density alone, and in the sentence before a thickness of one material that fits it.

    Where two thicknesses stand there, the sentence may speak of either, so that none is held against it.
    """
    areals = distinct(sentence.figures, _AREAL)
    before = [s for s in case.around(sentence, 1) if s.start < sentence.start]
    if len(areals) != 1 or not before or any(f.kind in {"length", "mass"} for f in sentence.figures):
        return
    thin = [figure for figure in before[0].figures if _is_thin(figure)]
    material = _material(before[0].text)
    if material and not pattern("mass.layered").search(before[0].text + sentence.text):
        found = [_thickness(case, figure, areals[0], material, solid=True) for figure in thin]
        sure = len(thin) == 1 and pattern("mass.weighs").search(sentence.text) is not None
        yield from [p for p in found if p.verdict == "consistent"][:1] or (found if sure else [])


def _material(text: str) -> dict[str, Any] | None:
    """The material that a text names last."""
    named = [
        (found.end(), material)
        for material in table("densities")["material"]
        for found in words(tuple(material["words"])).finditer(text)
    ]
    return max(named, key=lambda item: item[0])[1] if named else None


def _thickness(
    case: Case, thickness: Quantity, areal: Quantity, material: dict[str, Any], *, solid: bool
) -> Problem:
    density = Interval(*material["density"])
    product = Interval.of(thickness) * density * Interval.point(_KILOGRAMS)
    size = areal.base_value / areal.value
    low, high = (
        computed(end * _KILOGRAMS * grams / size)
        for end, grams in zip(ends(thickness), (density.low, density.high), strict=True)
    )
    sums = (
        f"{stated(thickness)} of {material['name']} × {span(density.low, density.high, 'g/cm3')} = "
        f"{span(low, high, areal.unit)}"
    )
    figures, numbers = (thickness, areal), (computed((low + high) / 2), areal.value)
    agreement = Interval.of(areal).compare(product.widened(TOLERANCE))
    doubt = "" if solid else "the film is not of one solid material"
    return case.judged(RULE, sums, agreement, figures, numbers, doubt=doubt)
