"""Continuing: whether a sentence goes on about the deal at hand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extractor.draft.rules.amounts import SHARE_PRICES
from extractor.draft.rules.deals.beside import told_role
from extractor.draft.rules.deals.figures import OF_THE_DEAL
from extractor.draft.rules.deals.opening import tells_of_none
from extractor.draft.rules.deals.parties import candidates
from extractor.draft.rules.deals.terms import LABELLED
from extractor.draft.rules.vocabulary import Pattern

if TYPE_CHECKING:
    from extractor.draft.rules.deals.agreement import Agreement
    from extractor.draft.rules.scene import Line
    from extractor.draft.rules.sites import Sites

_GENERAL = "cooperation"
"""What a deal is that its words do not tell."""
_ALIKE = frozenset({"supply", "procurement"})
_IT = re.compile(r"(?:It|They|This|Both)\b")
_COLON = re.compile(r"[^:]{2,50}:\s")
BACK = Pattern(r"{deals.continuing.openers}")
ABOUT_A_DEAL = Pattern(r"{deals.continuing.words}")
_STRONGLY_ABOUT_A_DEAL = Pattern(r"{deals.continuing.strong}")
_DELIVERS = Pattern(
    r"(?:It|They|The {deals.continuing.sides}|The (?:[\w-]+ ){0,3}{names.companies.nouns}) "
    r"{deals.verbs.about_to} (?:{deals.verbs.hand_over}|{deals.verbs.receive})"
)
# "The company's plant in Lund will supply 9 tons to the buyer"; without the buyer it is what the plant makes
_PLANT_DELIVERS = Pattern(
    r"(?:Its|The (?:{deals.continuing.sides}|{names.companies.nouns})['’]s?) [^.,;]{3,50}? "
    r"{deals.verbs.about_to} {deals.verbs.hand_over} [^.;]*? to (?:the |its )?(?:[\w-]+ ){0,2}"
    r"(?:{deals.continuing.sides}|{names.companies.nouns})"
)
_THE_PAPER = Pattern(r"\b[Tt]he (?:[\w-]+ ){0,2}{deals.continuing.papers}")
_THE_PAPER_WITH = Pattern(r"(?:The|This) (?:[\w-]+ ){0,3}{deals.words.papers} (?:with|between) ")


def is_told_of(line: Line, current: Agreement, new: Agreement) -> bool:
    """Whether a sentence is about the deal at hand, and names others beside it only to set it off.

    "The agreement with B is the second after that with C."
    """
    return _THE_PAPER_WITH.match(line.text) is not None and next(iter(new.parties), None) in current.parties


def continues(line: Line, current: Agreement, new: Agreement) -> bool:
    """Whether a sentence with deal words goes on about the deal at hand."""
    if line.section != current.section:
        return False
    if OF_THE_DEAL.match(line.text) and new.parties and not new.parties.keys() - current.parties.keys():
        return True  # "The deal includes a right to the offtake"
    if (
        not {current.kind, new.kind} <= _ALIKE
        and current.kind != new.kind
        and _GENERAL not in {current.kind, new.kind}
    ):
        return False
    unknown = new.parties.keys() - current.parties.keys()
    opens_with_time = bool(line.times) and line.times[0].start == line.start  # "This week, Zelvo raised …"
    goes_back = BACK.match(line.text) and not opens_with_time and (not unknown or len(current.parties) < 2)
    return current.agrees(new) or bool(goes_back)


def _refers_to(line: Line, deal: Agreement, sites: Sites) -> bool:
    """Whether a sentence however far behind is about "the round" or "the contract", or says who was in it."""
    if OF_THE_DEAL.match(line.text):
        return True
    return _THE_PAPER.search(line.text) is not None and any(
        told_role(line, deal.kind, name) for name in candidates(sites, line)
    )


def goes_on(line: Line, deal: Agreement, sites: Sites) -> bool:
    """Whether a sentence that opens no deal may still give the deal's figures."""
    if line.section != deal.section:
        return False
    since = sites.scene.lines[deal.lines[-1].index + 1 : line.index]
    next_one = all(SHARE_PRICES.search(other.text) for other in since)
    if line.paragraph - deal.lines[-1].paragraph > 1 and not (next_one or _refers_to(line, deal, sites)):
        return False
    delivers = _DELIVERS.match(line.text) or _PLANT_DELIVERS.match(line.text)
    if sites.in_line(line) and not (_STRONGLY_ABOUT_A_DEAL.search(line.text) or delivers):
        return False
    if tells_of_none(line) or SHARE_PRICES.search(line.text):
        return False
    if LABELLED.match(deal.line.text) and _COLON.match(line.text) and not sites.in_line(line):
        return True  # "- after amendment: 1.2 billion won" in a list of terms
    # "It will deliver …", "Section 2 went to B at 702 million yuan"
    at_once = next_one and (
        _IT.match(line.text) or any(told_role(line, deal.kind, name) for name in candidates(sites, line))
    )
    return bool(at_once or (next_one and delivers) or ABOUT_A_DEAL.search(line.text))
