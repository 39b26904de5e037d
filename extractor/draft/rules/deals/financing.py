"""Financing: money that is lent, given or raised, told by the words beside the sum."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extractor.draft.rules.mentions import HEADS
from extractor.draft.rules.vocabulary import Pattern

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractor.draft.rules.scene import Line, Scene
    from schemas import Quantity

_RAISES = Pattern(r"{deals.words.sums} (?:an? )?(?:\w+ )?$")
_GETS = Pattern(r"{deals.words.gets} (?:\w+ )?$")
_IS_GIVEN = Pattern(
    r"(?:,? (?:which |that )?(?:has|have|had|was|were|is|are|will be)(?: been)?)? "
    r"{deals.words.given} (?:to|from|in)\b"
)
_INVESTS = Pattern(r"{deals.words.invests} (?:an? |another |a further |up to )?(?:\w+ )?$")
_INTO = re.compile(r"(?: \([^)]*\))? (?:in|into) (?:the )?(?:[\w-]+ ){0,4}?")
_INTO_ONE = Pattern(
    r"(?: \([^)]*\))? (?:in|into) (?:the|its) (?:[\w-]+ ){0,5}{names.companies.nouns}(?! [A-Z])(?!['’])"
)
_POSSESSIVE = re.compile(r"['’]")
_NO_GRANT = Pattern(r"{deals.words.trade_papers}")
_COMPANY_MONEY = Pattern(r"{deals.roles.not_value}")
_INSTRUMENT = Pattern(r"{deals.words.instruments}")
# "a loan of altogether €40 million", but not "loans for the €40 million plant"
_INSTRUMENT_OF = Pattern(
    r"{deals.words.instruments}(?: package)? (?:(?:of|worth|totall?ing)(?: [a-z]+){0,2}|for) $"
)
# "€40 million in green loans", but not "a €40 million plant with loans"
_OF_INSTRUMENT = Pattern(
    r"(?: worth of| in| of)?(?:[ -](?!{deals.words.not_compound})[\w-]+){0,3}?[ -]{deals.words.instruments}"
)
_REACH = 50
"""Characters between a sum and the loan or grant that it is of."""
_NOT_LENT = Pattern(r"{deals.words.not_lent}")


def paid(line: Line, events: Sequence[re.Match[str]]) -> re.Match[str] | None:
    """The event whose object or subject is money alone, under no contract: "was awarded $57 million"."""
    if not events or _NO_GRANT.search(line.text):
        return None
    figure = next((figure for figure in line.figures if _is_paid(line, figure)), None)
    if figure is None:
        return None
    return min(events, key=lambda hit: abs(hit.start() - figure.start))


def sum_of(line: Line) -> str | None:
    """The id of the sum that a sentence says is lent, given or raised, where words beside it say so.

    The 12 million of "which opened a $30 million plant, has won a $12 million grant".
    """
    return next(
        (
            figure.figure
            for figure in line.figures
            if _is_paid(line, figure) or _lent(line, figure) or _is_raised(line, figure)
        ),
        None,
    )


def _is_raised(line: Line, figure: Quantity) -> bool:
    return figure.kind == "money" and _RAISES.search(line.before(figure.start, 40)) is not None


def _is_paid(line: Line, figure: Quantity) -> bool:
    if figure.kind != "money":
        return False
    before, behind = line.before(figure.start, 24), line.after(figure.end, 40)
    gets = _GETS.search(before) and not _COMPANY_MONEY.search(behind)
    invests = _INVESTS.search(before) and _goes_to_company(line, figure)
    return bool(gets or invests or _IS_GIVEN.match(behind))


def _goes_to_company(line: Line, figure: Quantity) -> bool:
    """Whether money is put into a company, and not into its plant: "invested $5 million in Zelvo"."""
    if _INTO_ONE.match(line.after(figure.end, 120)):
        return True
    company = next((name for name in line.companies if name.start > figure.end), None)
    if company is None or not _INTO.fullmatch(line.between(figure.end, company.start)):
        return False
    behind = line.after(company.end, 40)
    return not (_POSSESSIVE.match(behind) or HEADS.match(behind.lstrip()))


def instrument(scene: Scene, line: Line) -> re.Match[str] | None:
    """The word for a loan, a grant or a bond that a sum is of: "a loan of €40 million", "$9m in guarantees".

    None where it is asked for, paid back or only possible.
    """
    if _NOT_LENT.search(line.text):
        return None
    span = next((span for figure in line.figures if (span := _lent(line, figure))), None)
    return None if span is None else _INSTRUMENT.search(scene.text, *span)


def _lent(line: Line, figure: Quantity) -> tuple[int, int] | None:
    """The passage beside money that says that it is lent or given, None for any other figure."""
    if figure.kind != "money":
        return None
    if before := _INSTRUMENT_OF.search(line.before(figure.start, _REACH)):
        return figure.start - len(before[0]), figure.start
    if behind := _OF_INSTRUMENT.match(line.after(figure.end, _REACH)):
        return figure.end, figure.end + behind.end()
    return None
