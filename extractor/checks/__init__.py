"""Checking: what figures show only together. A check yields problems and edits nothing.

A check is one module: its docstring says what it compares, with an example that agrees and one that does
not, and `check(case)` yields problems. `RULES` names them all; docs/checks.md is built from the docstrings.
"""

from __future__ import annotations

import decimal
from typing import TYPE_CHECKING, Protocol

from extractor.checks import (
    capital_intensity,
    charge_discharge,
    currency_pair,
    growth_rate,
    magnitude,
    mass_from_area,
    name_variants,
    parts_make_total,
    per_period,
    power_energy_pair,
    same_quantity_differs,
    scale_slip,
    share_of_total,
    timeline,
    unexplained_figures,
    unit_price_times_volume,
)
from extractor.checks.case import Case

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from extractor.layout import Section
    from schemas import Problem, Result

__all__ = ["RULES", "Rule", "check"]


class Rule(Protocol):
    """A module that checks."""

    __doc__: str | None
    RULE: str

    def check(self, case: Case) -> Iterator[Problem]:
        """Yield what the rule finds."""
        ...


RULES: Mapping[str, Rule] = {
    "currency_pair": currency_pair,
    "unit_price_times_volume": unit_price_times_volume,
    "parts_make_total": parts_make_total,
    "power_energy_pair": power_energy_pair,
    "charge_discharge": charge_discharge,
    "mass_from_area": mass_from_area,
    "growth_rate": growth_rate,
    "share_of_total": share_of_total,
    "per_period": per_period,
    "same_quantity_differs": same_quantity_differs,
    "scale_slip": scale_slip,
    "capital_intensity": capital_intensity,
    "magnitude": magnitude,
    "timeline": timeline,
    "name_variants": name_variants,
    "unexplained_figures": unexplained_figures,
}
"""Every check by its name, in the order in which they run."""

# Absurd numbers (1E+999999) end as infinities, which no check reports, instead of an exception.
_ARITHMETIC = decimal.Context(prec=28, traps=[])


def check(result: Result, sections: tuple[Section, ...] | None = None) -> Result:
    """The result with the problems found, after those that it already has.

    A finding that the text repeats (a headline and its sentence) is one problem with all of its figures.
    `sections` are those of the text, where somebody has them already.
    """
    case = Case.of(result, sections)
    with decimal.localcontext(_ARITHMETIC):
        found = [problem for rule in RULES.values() for problem in rule.check(case)]
    return result.model_copy(update={"problems": [*result.problems, *_merged(found)]})


def _merged(problems: list[Problem]) -> Iterator[Problem]:
    """One problem for each message, with the figures and records of all that say it."""
    said: dict[tuple[str, str, str], list[Problem]] = {}
    for problem in problems:
        said.setdefault((problem.rule, problem.verdict, problem.message), []).append(problem)
    for same in said.values():
        yield same[0].model_copy(
            update={
                "figures": list(dict.fromkeys(figure for problem in same for figure in problem.figures)),
                "records": list(dict.fromkeys(record for problem in same for record in problem.records)),
            }
        )
