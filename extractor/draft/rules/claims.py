"""Claims: which figures a record type has taken, so that one figure has one owner in each."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Claims:
    """Ids of figures taken so far."""

    forecasts: set[str] = field(default_factory=set)
    deals: set[str] = field(default_factory=set)
    facilities: set[str] = field(default_factory=set)

    def taken(self, figure: str) -> bool:
        """Whether any record has it."""
        return figure in self.forecasts or figure in self.deals or figure in self.facilities
