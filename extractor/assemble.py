"""Assemble: a draft's ids become quantities and times, its words names, and every figure is counted."""

from __future__ import annotations

import re
from bisect import bisect_right
from datetime import date
from typing import TYPE_CHECKING

from extractor.draft.validate import cited, faults, valid_part
from extractor.places import country, country_behind, country_told
from extractor.quote import find_words
from schemas import (
    Capacity,
    Coverage,
    Deal,
    Dismissed,
    Facility,
    Forecast,
    Lines,
    Metric,
    Milestone,
    Party,
    Problem,
    Result,
    Span,
    Volume,
    quantities,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from extractor.draft import DealDraft, Drafted, FacilityDraft, ForecastDraft, MetricDraft
    from extractor.ledger import Ledger, Reading
    from schemas import Quantity, When

_OFTEN_ALIKE = frozenset({"percent", "count", "number"})
"""Kinds of figure of which two are often the same by chance."""
_NEAR = 60
"""Characters on either side of an amount whose words say what it is."""
_WORD = re.compile(r"[a-z]{5,}")
_FULL_STOPS = frozenset('.!?”"')
_IN_TITLE = ""
"""Among the words beside an amount, that they are a title's."""
_YEAR = re.compile(r"(?:19|20)\d\d")


def assemble(reading: Reading, drafted: Drafted, drafter: str) -> Result:
    """The result of one document: typed records, ledger and coverage, before any check.

    What is wrong with the draft is left out and told as a problem; the rest of the document stands.
    """
    document, ledger = reading.document, reading.ledger
    rejected = faults(drafted.draft, reading)
    draft = valid_part(drafted.draft, rejected)
    facilities = [_facility(reading, item, number) for number, item in enumerate(draft.facilities, 1)]
    deals = [_deal(reading, item, number) for number, item in enumerate(draft.deals, 1)]
    forecasts = [_forecast(reading, item, number) for number, item in enumerate(draft.forecasts, 1)]
    problems = [*drafted.problems, *(fault.problem for fault in rejected)]
    if document.published is None:
        problems += _unresolved(ledger)
    return Result(
        doc_id=document.doc_id,
        source=document.source,
        title=document.title,
        published=document.published,
        text=document.text,
        drafter=drafter,
        facilities=facilities,
        deals=deals,
        forecasts=forecasts,
        figures=list(ledger.figures),
        times=list(ledger.times),
        problems=problems,
        coverage=coverage(reading, _used([*facilities, *deals, *forecasts])),
        usage=drafted.usage,
        **document.extra,
    )


def coverage(reading: Reading, used: set[str]) -> Coverage:
    """Every numeral of the text: used, dismissed or unexplained; one in brackets goes with the first."""
    ledger = reading.ledger
    dismissed = list(ledger.dismissed)
    used = used | {f.figure for f in ledger.figures if f.same_as in used}
    used |= {f.same_as for f in ledger.figures if f.same_as is not None and f.figure in used}
    stated: dict[tuple[object, ...], set[str]] = {}
    for figure in ledger.figures:
        if figure.figure in used and figure.kind not in _OFTEN_ALIKE:
            stated.setdefault(_amount(figure), set()).update(_words_beside(reading, figure))
    unexplained = []
    lines = iter(reading.furniture)
    line = next(lines, None)
    for figure in ledger.figures:
        while line is not None and line.end <= figure.start:
            line = next(lines, None)
        if figure.figure in used:
            continue
        if _is_repeated(reading, figure, stated.get(_amount(figure))):
            used.add(figure.figure)  # the same amount stated again
        elif line is not None and line.start <= figure.start:
            dismissed.append(
                Dismissed(
                    figure=figure.figure,
                    text=figure.text,
                    start=figure.start,
                    end=figure.end,
                    reason=line.reason,
                )
            )
        else:
            unexplained.append(figure.figure)
    dismissed.sort(key=lambda item: item.start)
    return Coverage(
        figures_read=len(used) + len(dismissed) + len(unexplained),
        figures_used=len(used),
        figures_dismissed=dismissed,
        figures_unexplained=unexplained,
    )


def _amount(figure: Quantity) -> tuple[object, ...]:
    return figure.base_value, figure.base_unit, figure.per, figure.bound


def _is_repeated(reading: Reading, figure: Quantity, beside: set[str] | None) -> bool:
    """Whether a figure states an amount of the records again, and is not by chance the same.

    `beside` are the words beside that amount wherever a record has it. It is stated again where some of the
    words are the same, or in a title, whose words may be any.
    """
    if beside is None:
        return False
    words = _words_beside(reading, figure)
    return _IN_TITLE in beside | words or bool(beside & words)


def _words_beside(reading: Reading, figure: Quantity) -> set[str]:
    """The words of its sentence around a figure that say what it is, with `_IN_TITLE` in a title."""
    text = reading.document.text
    index = bisect_right(reading.sentences, figure.start, key=lambda sentence: sentence.start) - 1
    sentence = reading.sentences[index] if index >= 0 else figure
    end = max(sentence.end, figure.end)
    before = text[max(sentence.start, figure.start - _NEAR) : figure.start]
    words = set(_WORD.findall(f"{before} {text[figure.end : min(end, figure.end + _NEAR)]}".lower()))
    return words if text[sentence.start : end].rstrip()[-1:] in _FULL_STOPS else words | {_IN_TITLE}


def _used(records: Iterable[Facility | Deal | Forecast]) -> set[str]:
    """Ids of every figure that stands in a record."""
    return {quantity.figure for record in records for quantity in quantities(record)}


def _facility(reading: Reading, item: FacilityDraft, number: int) -> Facility:
    ledger = reading.ledger
    return Facility(
        id=f"facility-{number}",
        evidence=_evidence(reading, item),
        name=item.name,
        operator=item.operator,
        place=item.place,
        country=_country(reading.document.text, item),
        segment=item.segment,
        products=item.products,
        status=item.status,
        capacities=[
            Capacity(quantity=ledger.figure[c.figure], product=c.product, stage=c.stage)
            for c in item.capacities
        ],
        investment=_figure(ledger, item.investment),
        land_area=_figure(ledger, item.land_area),
        lines=[Lines(quantity=ledger.figure[x.figure], product=x.product) for x in item.lines],
        milestones=[Milestone(event=m.event, when=ledger.time[m.time]) for m in item.milestones],
        metrics=_metrics(ledger, item.metrics),
    )


def _evidence(reading: Reading, item: FacilityDraft | DealDraft | ForecastDraft) -> list[Span]:
    """The passages that the drafter gave, else the sentences with the record's figures, times and names."""
    if item.evidence:
        return item.evidence
    ledger, text = reading.ledger, reading.document.text
    places = [(ledger.figure.get(name) or ledger.time[name]).start for name in cited(item)]
    if not places:
        named = getattr(item, "name", None) or next(
            (party.name for party in getattr(item, "parties", [])), None
        )
        places = [span.start for span in find_words(named, text)[:1]] if named else []
    sentences = reading.sentences
    holding: dict[int, Span] = {}
    for place in places:
        at = bisect_right(sentences, place, key=lambda sentence: sentence.start) - 1
        if at >= 0 and at not in holding and place < sentences[at].end:
            holding[at] = Span(start=sentences[at].start, end=sentences[at].end)
    return [holding[at] for at in sorted(holding)]


def _country(text: str, item: FacilityDraft) -> str | None:
    """From the place and what stands behind it, else from the name, the sentence, or the operator's name."""
    if item.place:
        behind = (country_behind(text, span.end) for span in find_words(item.place, text))
        stated = country(item.place, cities=False) or next(filter(None, behind), None)
        if code := stated or country(item.place):
            return code
    told = (country_told(text[span.start : span.end]) for span in item.evidence[:1])
    # many build abroad: "Shanghai Lumora will open a plant near the coast of Finland"
    found = (country(item.name or ""), *told, country(item.operator or ""))
    return next(filter(None, found), None)


def _deal(reading: Reading, item: DealDraft, number: int) -> Deal:
    ledger = reading.ledger
    return Deal(
        id=f"deal-{number}",
        evidence=_evidence(reading, item),
        kind=item.kind,
        subject=item.subject,
        parties=[Party(name=party.name, role=party.role) for party in item.parties],
        value=_figure(ledger, item.value),
        unit_price=_figure(ledger, item.unit_price),
        volumes=[Volume(quantity=ledger.figure[v.figure], when=_time(ledger, v.time)) for v in item.volumes],
        signed=_time(ledger, item.signed),
        term=_time(ledger, item.term),
        facility=item.facility,
        metrics=_metrics(ledger, item.metrics),
    )


def _forecast(reading: Reading, item: ForecastDraft, number: int) -> Forecast:
    ledger = reading.ledger
    when, since = _time(ledger, item.when), _time(ledger, item.since)
    if when is not None and when == since:
        # one range of years gives a growth period both of its ends
        since, when = _end(when, last=False), _end(when, last=True)
    return Forecast(
        id=f"forecast-{number}",
        evidence=_evidence(reading, item),
        metric=item.metric,
        subject=item.subject,
        region=item.region,
        quantity=ledger.figure[item.figure],
        when=when,
        since=since,
        forecaster=item.forecaster,
        basis=item.basis,
    )


def _end(when: When, *, last: bool) -> When:
    """The first or last year of a range of years, as it stands in the range's text."""
    years = list(_YEAR.finditer(when.text))
    day = when.end_date if last else when.start_date
    if len(years) < 2 or day is None:  # noqa: PLR2004
        return when
    year = years[-1 if last else 0]
    return when.model_copy(
        update={
            "text": year[0],
            "start": when.start + year.start(),
            "end": when.start + year.end(),
            "start_date": date(day.year, 1, 1),
            "end_date": date(day.year, 12, 31),
            "precision": "year",
        }
    )


def _figure(ledger: Ledger, figure: str | None) -> Quantity | None:
    return None if figure is None else ledger.figure[figure]


def _time(ledger: Ledger, time: str | None) -> When | None:
    return None if time is None else ledger.time[time]


def _metrics(ledger: Ledger, items: list[MetricDraft]) -> list[Metric]:
    return [Metric(name=item.name, quantity=ledger.figure[item.figure]) for item in items]


def _unresolved(ledger: Ledger) -> list[Problem]:
    """Relative times without a publication date to stand on."""
    open_times = [time for time in ledger.times if time.start_date is None]
    if not open_times:
        return []
    words = ", ".join(f'"{time.text}"' for time in open_times[:5])
    return [
        Problem(
            rule="unresolved_time",
            verdict="underdetermined",
            severity="warning",
            message=f"No publication date is known, so {words} cannot be resolved.",
        )
    ]
