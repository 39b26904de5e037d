"""Requirements: what scores have to reach, such as "figures.f1>=0.9", for those who test with them."""

from __future__ import annotations

import operator
import re
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

from extractor.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from extractor.evaluate.scores import Scores

_WRITTEN = re.compile(r"\s*([\w.]+)\s*(>=|<=|>|<)\s*(\d+(?:\.\d+)?)\s*")
_RELATIONS: dict[str, Callable[[float, float], bool]] = {
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
}


@dataclass(frozen=True, slots=True)
class Requirement:
    """A metric, a relation and a number."""

    metric: str
    relation: str
    number: float

    @classmethod
    def parse(cls, text: str) -> Requirement:
        """Read METRIC>=NUMBER, with >=, <=, > or <; raises InputError where it is none."""
        found = _WRITTEN.fullmatch(text)
        if not found:
            raise InputError(
                f'requirement "{text}"', "is not METRIC>=NUMBER, such as figures.f1>=0.9, with >=, <=, > or <"
            )
        return cls(found[1], found[2], float(found[3]))

    def unmet(self, scores: Scores) -> str | None:
        """One sentence on how the scores miss it; None where they meet it. Nothing measured does not.

        Raises InputError where there is no such metric.
        """
        metrics = scores.metrics()
        if self.metric not in metrics:
            raise InputError(f'requirement "{self}"', _unknown(self.metric, metrics))
        value = metrics[self.metric]
        if value is None:
            return f"{self} is required, but there is nothing to measure {self.metric} on"
        if _RELATIONS[self.relation](value, self.number):
            return None
        return f"{self} is required, but {self.metric} is {value:.4f}"

    def __str__(self) -> str:
        return f"{self.metric}{self.relation}{self.number:g}"


def _unknown(name: str, names: Iterable[str]) -> str:
    """Say which metrics there are, the shares of a slot in one."""
    near = get_close_matches(name, names, n=1)
    slots = sorted({known.removesuffix(".f1") for known in names if known.endswith(".f1")})
    single = [known for known in names if known.rpartition(".")[0] not in slots]
    return (
        f"asks for a metric that there is not{f' (did you mean {near[0]}?)' if near else ''}; there are "
        f"{', '.join(single)}, and .precision, .recall and .f1 of {', '.join(slots)}"
    )
