"""The rules drafter: from a reading to a draft by dimension, trigger words and the subject at hand.

    vocabulary.py  the words of data/, compiled when first asked for
    nouns.py       noun phrases, products, segments
    runs.py        runs of capitals
    abbreviations.py  what the short forms in brackets stand for
    people.py      which names are people's
    companies.py   what the words of a company's name say of it
    names.py       which of them are companies, places, people
    asides.py      names that only tell who somebody is
    scene.py       sentences with their figures, times and names
    compared.py    times that an amount is only compared with
    mentions.py    noun phrases that mean a facility
    bare.py        facilities named without such a word
    groups.py      several facilities that are told of together
    site.py        one facility, with what is known of it
    apart.py       what tells two of them from each other
    identity.py    which of them mean the same one
    lead.py        what is said of the only one before it is named
    topic.py       whether a sentence goes on about the facility at hand
    sites.py       the facilities, and which of them a sentence or figure is about
    deals/         event word + word for an agreement + party
    forecasts/     metric word + figure of a fitting kind
    facilities/    what the sentences of each site say of it

The words that they look for stand in data/; the code has the grammar around them. Deals take their figures
first and facilities last: the words of an agreement are the most exact, and a facility has what is left.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.draft.model import Draft, Drafted
from extractor.draft.rules import deals, facilities, forecasts
from extractor.draft.rules.scene import Scene
from extractor.draft.rules.sites import Sites

if TYPE_CHECKING:
    from extractor.draft.labels import Labels
    from extractor.ledger import Reading

__all__ = ["RulesDrafter"]


class RulesDrafter:
    """Drafts by rules: offline, without a key, the same draft every time."""

    name = "rules"

    def draft(self, reading: Reading, labels: Labels | None = None) -> Drafted:
        """Say what each figure and time of the reading is.

        Figures that have a label are what it says; of which record is still for the rules to find.
        """
        scene = Scene(reading, labels)
        sites = Sites(scene)
        taken: set[str] = set()  # ids of figures that a record has
        drafted_deals = deals.draft(scene, sites, taken)
        drafted_forecasts = forecasts.draft(scene, sites, taken)
        drafted_facilities = facilities.draft(scene, sites, taken, drafted_deals)
        return Drafted(
            draft=Draft(facilities=drafted_facilities, deals=drafted_deals, forecasts=drafted_forecasts)
        )
