"""The rules drafter: from a reading to a draft by dimension, trigger words and the subject at hand.

    names.py       runs of capitals: companies, places, people
    sites.py       mentions of facilities, and which are one
    deals.py       event word + word for an agreement + party
    forecasts.py   metric word + figure of a fitting kind
    facilities.py  what the sentences of each site say of it

The words that they look for stand in data/. Deals claim their figures first and facilities last: the words of an
agreement are the most exact, and a facility takes what its sentences have left.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.draft.model import Draft, Drafted
from extractor.draft.rules import deals, facilities, forecasts
from extractor.draft.rules.claims import Claims
from extractor.draft.rules.scene import Scene
from extractor.draft.rules.sites import Sites

if TYPE_CHECKING:
    from extractor.ledger import Reading

__all__ = ["RulesDrafter"]


class RulesDrafter:
    """Drafts by rules: offline, without a key, the same draft every time."""

    name = "rules"

    def draft(self, reading: Reading) -> Drafted:
        """Say what each figure and time of the reading is."""
        scene = Scene(reading)
        sites = Sites(scene)
        claims = Claims()
        found_deals = deals.draft(scene, sites, claims)
        found_forecasts = forecasts.draft(scene, sites, claims)
        found_facilities = facilities.draft(scene, sites, claims)
        return Drafted(draft=Draft(facilities=found_facilities, deals=found_deals, forecasts=found_forecasts))
