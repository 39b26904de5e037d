"""Area × areal density = mass, and thickness × density of the material = areal density.

A mass stands in one sentence with its areal density or its area, the other one there or shortly before. A
thickness stands right before its areal density, and the material is the one named last before it
(data/densities.toml).

Agrees: "over 50 million square meters … areal density is approximately 180–220 g/m², representing a supply
volume of approximately 10kt"; "48 μm aluminium foil (approx. 128 g/m²)".

Disagrees: "6 μm copper foil (about 80 g/m²)"; "20 million square meters at 150 g/m², equivalent to 30,000 t".

Left open: a layered, coated or porous film, which is lighter or heavier than its material.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from extractor.checks.interval import Agreement, Interval, power_of_ten
from extractor.checks.vocabulary import pattern, table, words
from extractor.checks.wording import computed, ends, span, stated

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractor.checks.case import Case
    from extractor.checks.marked import Marked
    from extractor.checks.sentences import Sentence
    from schemas import Problem, Quantity

RULE = "mass_from_area"
TOLERANCE = Decimal("0.05")
"""Share by which a foil's thickness varies within its grade."""

_AREAL = "kg/m2"
_KILOGRAMS = Decimal(1000)  # of a cubic metre, for one g/cm3
_BACK = 3  # sentences back from a mass to its area
_MATERIAL = 250  # characters back from a thickness to the name of its material
_CLOSE = 60  # characters between a thickness and its areal density
THIN = Interval(Decimal("1e-7"), Decimal("5e-3"))
"""Metres that a foil, film or coating may be thick."""


def check(case: Case) -> Iterator[Problem]:
    """Multiply areas with areal densities, and thicknesses with densities."""
    for marked in case.marked:
        kinds = {figure.base_unit for figure in marked.sentence.figures}
        if _AREAL in kinds:
            yield from _masses(case, marked)
            yield from _thicknesses(case, marked)
        elif any(figure.kind == "mass" for figure in marked.sentence.figures):
            yield from _of_sentences_before(case, marked)
    for sentence in case.sentences:
        yield from _thickness_before(case, sentence)


def _masses(case: Case, marked: Marked) -> Iterator[Problem]:
    for found, figures in marked.find(r"<areal>~80<mass>"):
        areal, mass = figures["areal"], figures["mass"]
        if areal.base_unit != _AREAL or mass.kind != "mass" or min(areal.value, mass.value) <= 0:
            continue
        areas = _areas(case, marked, areal)
        between = marked.text[found.end("areal") : found.start("mass")]
        fitting = [
            area for area in areas if _product(area, areal).compare(Interval.of(mass)) is Agreement.AGREE
        ]
        if fitting:
            yield _mass(case, fitting[0], areal, mass, Agreement.AGREE)
        elif len(areas) == 1 and pattern("mass.is_mass").search(between):
            yield _mass(case, areas[0], areal, mass, _product(areas[0], areal).compare(Interval.of(mass)))


def _of_sentences_before(case: Case, marked: Marked) -> Iterator[Problem]:
    """An area and its mass in one sentence, the only areal density in one before it in the paragraph."""
    before = [s for s in case.around(marked.sentence, _BACK) if s.start < marked.sentence.start]
    areals = {f.base_value: f for s in before for f in s.figures if f.base_unit == _AREAL and f.value > 0}
    for found, figures in marked.find(r"<area>~80<mass>"):
        area, mass = figures["area"], figures["mass"]
        fit = area.kind == "area" and area.unit != "mu" and mass.kind == "mass"
        if not fit or len(areals) != 1 or min(area.value, mass.value) <= 0:
            continue
        (areal,) = areals.values()
        agreement = _product(area, areal).compare(Interval.of(mass))
        between = marked.text[found.end("area") : found.start("mass")]
        if agreement is Agreement.AGREE or pattern("mass.is_mass").search(between):
            yield _mass(case, area, areal, mass, agreement)


def _areas(case: Case, marked: Marked, areal: Quantity) -> list[Quantity]:
    """Different areas of the sentence and of those before it in the paragraph, nearest first."""
    sentences = [s for s in case.around(marked.sentence, _BACK) if s.start <= marked.sentence.start]
    figures = [figure for sentence in reversed(sentences) for figure in reversed(sentence.figures)]
    areas = [
        f for f in figures if f.kind == "area" and f.unit != "mu" and f.value > 0 and f.start < areal.end
    ]
    return list({(area.base_value, area.bound): area for area in areas}.values())


def _product(area: Quantity, areal: Quantity) -> Interval:
    return Interval.of(area) * Interval.of(areal)


def _mass(case: Case, area: Quantity, areal: Quantity, mass: Quantity, agreement: Agreement) -> Problem:
    size = mass.base_value / mass.value
    low, high = (computed(area.base_value * end / size) for end in ends(areal))
    sums = f"{stated(area)} × {stated(areal)} = {span(low, high, mass.unit)}"
    figures = (area, areal, mass)
    numbers = (computed(area.base_value * areal.base_value), mass.base_value)
    match agreement:
        case Agreement.AGREE:
            message = f"{sums}, stated as {stated(mass)}: agrees"
            return case.problem(RULE, "consistent", message, figures, numbers=numbers)
        case Agreement.OPEN:
            message = f"{sums}, stated as {stated(mass)}: too vague to compare"
            return case.problem(RULE, "underdetermined", message, figures, numbers=numbers)
        case Agreement.DIFFER:
            shift = power_of_ten(Interval.of(mass), _product(area, areal))
            hint = f": off by a factor of {10 ** abs(shift):,}" if shift else ""
            message = f"{sums}, but {stated(mass)} is stated{hint}"
            return case.problem(RULE, "conflict", message, figures, numbers=numbers)


def _thicknesses(case: Case, marked: Marked) -> Iterator[Problem]:
    """A thickness with its areal density right behind it, and the material that was named last."""
    for _, figures in marked.find(rf"<thickness>~{_CLOSE}<areal>"):
        thickness, areal = figures["thickness"], figures["areal"]
        thin = thickness.kind == "length" and Interval.of(thickness).compare(THIN) is Agreement.AGREE
        if not thin or areal.base_unit != _AREAL or areal.value <= 0:
            continue
        before = case.text[max(0, thickness.start - _MATERIAL) : thickness.start]
        between = case.text[thickness.end : areal.start]
        material = _material(between) or _material(before)
        if material:
            solid = not pattern("mass.layered").search(before + between)
            yield _thickness(case, thickness, areal, material, solid=solid)


def _thickness_before(case: Case, sentence: Sentence) -> Iterator[Problem]:
    """An areal density alone, and in the sentence before a thickness of one material that fits it.

    Where two thicknesses stand there, the sentence may speak of either, so that none is held against it.
    """
    areals = [f for f in sentence.figures if f.base_unit == _AREAL and f.value > 0]
    before = [s for s in case.around(sentence, 1) if s.start < sentence.start]
    if len(areals) != 1 or not before or any(f.kind in {"length", "mass"} for f in sentence.figures):
        return
    thin = [
        f for f in before[0].figures if f.kind == "length" and Interval.of(f).compare(THIN) is Agreement.AGREE
    ]
    material = _material(before[0].text)
    if not material or not thin or pattern("mass.layered").search(before[0].text + sentence.text):
        return
    found = [problem for f in thin for problem in (_thickness(case, f, areals[0], material, solid=True),)]
    agreeing = [problem for problem in found if problem.verdict == "consistent"]
    sure = len(thin) == 1 and pattern("mass.weighs").search(sentence.text) is not None
    yield from agreeing[:1] or (found if sure else [])


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
    if Interval.of(areal).compare(product.widened(TOLERANCE)) is Agreement.AGREE:
        message = f"{sums}, stated as {stated(areal)}: agrees"
        return case.problem(RULE, "consistent", message, figures, numbers=numbers)
    if solid:
        message = f"{sums}, but {stated(areal)} is stated"
        return case.problem(RULE, "conflict", message, figures, numbers=numbers)
    message = f"{sums}, stated as {stated(areal)}: the film is not of one solid material"
    return case.problem(RULE, "underdetermined", message, figures, numbers=numbers)
