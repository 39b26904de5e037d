"""Deals: an event word beside a word for an agreement, in a sentence that names a party."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from extractor.draft.model import DealDraft, MetricDraft, PartyDraft, VolumeDraft
from extractor.draft.rules.names import is_observer
from extractor.draft.rules.vocabulary import named, noun_phrase, pattern, product
from extractor.places import country
from schemas import Span

if TYPE_CHECKING:
    from extractor.draft.rules.claims import Claims
    from extractor.draft.rules.names import Name
    from extractor.draft.rules.scene import Line, Scene
    from extractor.draft.rules.sites import Sites
    from schemas import Quantity

_BACK = re.compile(
    r"(?i)^(?:the|this|that|under (?:the|this)|it|they|its|party|within|of (?:this|that|the)|calculated|payment|delivery|deliveries|specifically)\b"
)
_APPOSITION = re.compile(r"(?:, |\()(?:a|the|its|their) (?:\w+ )?$")
_NEGATED = re.compile(
    r"(?i)\b(?:no|not|without|nor) (?:\w+ ){0,3}(?:agreement|contract|deal|transactions?|winners?)\b|not among the winners"
)
_DELIVERS = re.compile(
    r"(?:It|They|The (?:company|firm|seller|buyer|supplier|customer)) (?:will|would|is to|are to|shall|plans to) (?:deliver|supply|purchase|buy|provide)\b"
)
_STRONG = re.compile(
    r"(?i)\b(?:contract|agreement|deal|orders?|buyer|seller|part(?:y|ies) [ab]|purchase|offtake|stake|transaction|bid|winner|loan|lend\w*)\b"
)
_NOUN = re.compile(
    r"(?i)\b(?:contract|agreement|deal|order|orders|buyer|seller|supplier|customer|parties|party [ab]|unit price|stake|transaction|consideration|round|"
    r"proceeds|funding|loan|lend|lending|winner|bid|bidder|value|valued|total price|price|pricing|prepaid|sum|amount|belong|owned|ownership|share capital|registered capital|new company|deliver|delivered|deliveries|delivery|purchase|supply volume|supplies|offtake|venture|licence|license|royalty|grant|shareholders?|"
    r"investors?|equity)\b")  # fmt: skip
_VOLUME = {"energy", "power", "mass", "area", "count", "volume"}


@dataclass(slots=True)
class _Deal:
    """A deal while it is drafted."""

    kind: str
    section: int
    line: Line
    parties: dict[str, str] = field(default_factory=dict)
    subject: str | None = None
    value: str | None = None
    unit_price: str | None = None
    volumes: list[VolumeDraft] = field(default_factory=list)
    metrics: list[MetricDraft] = field(default_factory=list)
    signed: str | None = None
    term: str | None = None
    facility: str | None = None
    lines: list[Line] = field(default_factory=list)


def draft(scene: Scene, sites: Sites, claims: Claims) -> list[DealDraft]:
    """The deals of a document, in text order; their figures are claimed."""
    out: list[_Deal] = []
    current: _Deal | None = None
    for line in scene.lines:
        if line.headline:
            continue
        if (
            current is not None
            and line.section != current.section
            and scene.headings[line.section] is not None
        ):
            current = None
        opened = _open(scene, line)
        if opened is not None and not (current is not None and _continues(scene, line, current, opened)):
            same = next((d for d in out if d.kind == opened.kind and _share(d, opened)), None)
            if same is None:
                out.append(opened)
            current = same or opened
        elif opened is not None and current is not None:
            _merge(current, opened)
        elif current is not None and not _goes_on(line, current, sites):
            continue
        if current is not None:
            current.lines.append(line)
            _fill(scene, sites, line, current, claims)
    for deal in out:
        _complete(scene, sites, deal)
    return [_finish(scene, sites, deal) for deal in out if _worth(deal)]


def _open(scene: Scene, line: Line) -> _Deal | None:
    """The deal that a sentence tells of."""
    if _NEGATED.search(line.text):
        return None
    events = pattern("deals", "events", "words")
    for row in named("deals", "trigger"):
        hit = row.pattern.search(scene.text, line.start, line.end)
        if hit is None:
            continue
        event = _nearest(events, scene.text, line, hit.start())
        if event is None or abs(event.start() - hit.start()) > 110:
            continue
        if row.name == "joint_venture" and _APPOSITION.search(
            scene.text, max(line.start, hit.start() - 8), hit.start()
        ):
            continue  # "Ultium Cells, a joint venture between …" says who somebody is
        if (
            row.name == "acquisition"
            and re.search(r"(?i)\b(?:contract|order)\b", line.text)
            and not _FIRM.search(line.text)
        ):
            continue  # goods are bought under a contract, and no firm
        companies = _candidates(scene, line)
        if row.name == "funding" and not any(f.kind == "money" for f in line.figures):
            continue
        if not companies:
            continue
        deal = _Deal(_refined(scene, line, row.name), line.section, line)
        _parties(scene, line, deal, companies, event, hit)
        days = [t for t in line.times if t.precision == "day"]
        if (
            days
            and re.search(r"(?i)\bsign|inked|entered into|reached|conclu|agree|clinch|struck", line.text)
            and deal.kind != "funding"
        ):
            deal.signed = min(days, key=lambda t: abs(t.start - event.start())).time
        deal.subject = _topic(scene, line, hit)
        return deal
    return None


def _topic(scene: Scene, line: Line, hit: re.Match[str]) -> str | None:
    """What it is about: the product of the sentence, else the agreement itself: "Series C", "equipment loan"."""
    barred = [(n.start, n.end) for n in line.companies]
    if made := product(scene.text, line.start, line.end, barred):
        return made
    if not _AGREEMENT.search(hit[0]):
        return None
    start, end = noun_phrase(scene.text, hit.start(), hit.end(), line.start, limit=3)
    while any(f.start < end and start < f.end for f in line.figures) and start < hit.start():
        start = max(f.end for f in line.figures if f.start < end and start < f.end)
    return scene.text[start:end].strip() or None


_AGREEMENT = re.compile(
    r"(?i)(?:agreement|contract|order|loan|loans|round|series \w|facility|bond|grant|subsidy|tender|partnership|memorandum of understanding|mou|intent|placement|licen[cs]e|venture)$"
)


_SUPPLY = re.compile(
    r"(?i)\b(?:supply agreement|supply contract|supply deal|hand over|feedstock|deliver\w*|suppl(?:y|ies|ying)|offtake|purchase from|shall purchase)\b"
)


_GOODS = re.compile(
    r"(?i)\b(?:buy|buys|bought|purchase|acquire)\b[^.;]{0,60}\b(?:tons?|tonnes|[GM]Wh|units|concentrate|material|materials|cells|batteries|systems|hydroxide|carbonate)\b"
)
_FIRM = re.compile(
    r"(?i)\b(?:stake|shares|acquisition|takeover|company|business|majority|minority|equity|subsidiary|firm|start-?up)\b|per cent of|% of"
)


def _refined(scene: Scene, line: Line, kind: str) -> str:
    """ "Signed the agreement" is of the kind that the title and the next sentences say."""
    if (
        kind == "acquisition"
        and product(scene.text, line.start, line.end)
        and _GOODS.search(line.text)
        and not _FIRM.search(line.text)
    ):
        return "supply"
    if kind != "cooperation" or re.search(
        r"(?i)cooperation|partnership|memorandum|\bMoU\b|framework|letter of intent|collaborat", line.text
    ):
        return kind
    titles = [x.text for x in scene.lines if x.headline and x.start < line.start][:3]
    following = [x.text for x in scene.lines if x.start >= line.start and x.section == line.section][:2]
    return "supply" if _SUPPLY.search(" ".join([*titles, *following])) else kind


_OBJECT = re.compile(
    r"(?i)(?:\b(?:with|from|to|by|between|including|led by|supply|supplying|provide|providing|award|awarded|appoint|appointed|select|selected|chose|hired|sell|customer|"
    r"supplier|partner|developer|automaker|carmaker|utility|investors?|group|giant|maker)|(?:tender|bid|order|contract|project|unit|subsidiary) of|['’]s),? (?:the )?$"
)
_STRICT = re.compile(
    r"(?i)\b(?:with|from|to|supply|supplying|provide|providing),? (?:the |another |battery maker |customer )?$"
)
_ALIAS = re.compile(
    r"(?i)\b(?:then|formerly|previously|formerly known as|now called|renamed|formerly called),? $"
)
_PAST_DEAL = re.compile(
    r"(?i)\b(?:since (?:\w+ )?\d{4}|when it signed|when the company|previous (?:deal|order|contract)|comes after|follows a)\b"
)
_ENOUGH = re.compile(r"(?i)\b(?:enough|equip|power|equivalent|sufficient)\b[^,;]*$")
_JOINED = re.compile(r"(?i)(?:\band|,|&)(?: the)? $")


def _candidates(scene: Scene, line: Line) -> list[Name]:
    """Names that can be parties: companies, and other names where a party would stand."""
    out = []
    for name in line.names:
        if _ALIAS.search(scene.text[max(line.start, name.start - 30) : name.start]):
            continue
        other = name.sort == "other" and (
            _OBJECT.search(scene.text[max(line.start, name.start - 24) : name.start])
            or _JOINED.search(scene.text[max(line.start, name.start - 6) : name.start])
            or name.start - line.start < 6
        )
        if name.sort == "company" or (
            other
            and not product(name.text, 0, len(name.text))
            and not _NO_PARTY.search(name.text)
            and country(name.text) is None
        ):
            out.append(name)
    return out


_NO_PARTY = re.compile(
    r"(?i)\b(?:agreement|contract|project|plant|street|zone|park|system|station|series|phase|award|conference|quarter|act|law|plan|road|index|exchange|MoU|EPC|IPO|tender|bid|battery|CEO)\b|^[A-Z]{2,3}$|^\d"
)


def _nearest(words: re.Pattern[str], text: str, line: Line, at: int) -> re.Match[str] | None:
    hits = list(words.finditer(text, line.start, line.end))
    return min(hits, key=lambda m: abs(m.start() - at)) if hits else None


def _parties(
    scene: Scene, line: Line, deal: _Deal, companies: list[Name], event: re.Match[str], hit: re.Match[str]
) -> None:
    """Who takes part, and as what: by the verb and the words between the names."""
    text = scene.text
    full = scene.names.full
    before, after = _sides(text, line, companies, event.start())
    heading = scene.headings[line.section]
    words = (line.text + " " + (heading.text if heading else "")).lower()
    subject, other = "other", "other"
    if deal.kind in {"cooperation", "joint_venture"}:
        subject = other = "partner"
    elif deal.kind == "acquisition":
        subject, other = "buyer", "target"
    elif deal.kind == "funding":
        subject, other = "target", "investor"
        if re.search(
            r"\b(?:lend|lends|lending|invests? in|invested in|granted|granting|grants|handed|awarded|provid\w+|commit\w*|extend\w*)\b",
            words,
        ):
            subject, other = "investor", "target"
    elif deal.kind == "licence":
        subject, other = "seller", "buyer"
        if re.search(r"licen[cs]e from|licen[cs]ed from|obtained", words):
            subject, other = "buyer", "seller"
    elif deal.kind == "supply":
        subject, other = "seller", "buyer"
        if re.search(
            r"shall purchase from|purchase from|agreed to purchase|will purchase|to buy from|buy .{0,60} from|offtake from|supplies from|supplied by|agreed to buy|to buy|will buy|buys|bought|will take|to take|takes|has contracted|purchases",
            words,
        ):
            subject, other = "buyer", "seller"
    elif deal.kind == "procurement":
        sells = re.search(
            r"\b(?:won|wins|winning|win|receives?|received|secured?|secures|bags|landed|clinched|awarded (?:a|an|the) (?:contract|order)|order from|orders from|lands?|was awarded|has been awarded|bags|bagged|appointed|selected|chosen)\b",
            words,
        )
        subject, other = ("seller", "buyer") if sells else ("buyer", "seller")
    # "with B winning the bid": the winner stands before its verb
    winner = re.search(r"(?:with|,) ?(?:the )?$", text[line.start : before[-1].start]) if before else None
    chosen = before[-1:] if winner and "winning" in words else before
    for company in chosen:
        name = full(company.text)
        if (
            company in before
            and re.search(
                r"\b(?:subsidiary|unit|arm),? (?:of )?$",
                text[max(line.start, company.start - 24) : company.start],
            )
            and len(before) > 1
        ):
            # a parent beside its subsidiary: the subsidiary is the party
            for parent in [full(c.text) for c in before if c is not company]:
                deal.parties.pop(parent, None)
            deal.parties[name] = subject
            break
        deal.parties.setdefault(name, subject)
    for company in after:
        gap = text[max(line.start, company.start - 30) : company.start].lower()
        role = other
        if deal.kind in {"supply", "procurement"} and re.search(r"\b(?:from|by)\s(?:the\s)?$", gap):
            role = "seller" if subject == "buyer" else "buyer"
        if deal.kind == "acquisition" and re.search(r"\bfrom\s(?:the\s)?$", gap):
            role = "seller"
        deal.parties.setdefault(full(company.text), role)


def _sides(text: str, line: Line, companies: list[Name], event: int) -> tuple[list[Name], list[Name]]:
    """The subjects of the event and its objects: behind it, or behind "with", "from" and the like."""
    before: list[Name] = []
    after: list[Name] = []
    previous: Name | None = None
    for company in companies:
        gap = text[max(line.start, company.start - 24) : company.start]
        joined = previous is not None and bool(
            re.fullmatch(r"(?:\s\([^)]*\))?,?(?: and| &)?(?: the)? ", text[previous.end : company.start])
        )
        if joined:
            (after if previous in after else before).append(company)
        elif company.start >= event or _STRICT.search(gap) or (_OBJECT.search(gap) and before):
            after.append(company)
        else:
            before.append(company)
        previous = company
    return before, after


def _share(a: _Deal, b: _Deal) -> bool:
    """Whether two tellings of one kind are of one deal: no party that contradicts."""
    return bool(set(a.parties) & set(b.parties)) and (
        set(a.parties) <= set(b.parties) or set(b.parties) <= set(a.parties)
    )


def _continues(scene: Scene, line: Line, current: _Deal, opened: _Deal) -> bool:
    """Whether a sentence with deal words goes on about the deal at hand."""
    if _share(current, opened) and line.section == current.section:
        return True
    new = set(opened.parties) - set(current.parties)
    return (
        bool(_BACK.match(line.text))
        and (not new or len(current.parties) < 2)
        and line.section == current.section
    )


def _merge(deal: _Deal, more: _Deal) -> None:
    for name, role in more.parties.items():
        deal.parties.setdefault(name, role)
    deal.signed = deal.signed or more.signed


def _goes_on(line: Line, deal: _Deal, sites: Sites) -> bool:
    """Whether a sentence without deal words may still give the deal's figures."""
    if line.section != deal.section:
        return False
    if sites.in_line(line) and not (_STRONG.search(line.text) or _DELIVERS.match(line.text)):
        return False
    return bool(_NOUN.search(line.text)) and line.paragraph - deal.lines[-1].paragraph <= 1


def _fill(scene: Scene, sites: Sites, line: Line, deal: _Deal, claims: Claims) -> None:
    """The figures of a sentence that are the deal's."""
    first = line is deal.line
    if not first and len(deal.parties) < 2:
        for company in line.companies:
            winner = re.search(r"(?i)\b(?:winner|winning|won|bidder|seller|supplier|contractor)\b", line.text)
            roles = set(deal.parties.values())
            role = (
                "seller"
                if winner
                else "buyer"
                if "seller" in roles
                else "seller"
                if "buyer" in roles
                else "partner"
                if "partner" in roles
                else "other"
            )
            if deal.kind not in {"funding"}:
                deal.parties.setdefault(scene.names.full(company.text), role)
    for figure in line.figures:
        if claims.taken(figure.figure) or figure.same_as is not None:
            continue
        if not first and _PAST_DEAL.search(scene.text[line.start : figure.start]):
            continue  # an older deal, told for comparison
        if _fill_one(scene, sites, line, deal, figure, first=first):
            claims.deals.add(figure.figure)
    if deal.term is None:
        ranges = [t for t in line.times if t.precision == "range"]
        if ranges and re.search(r"(?i)\bfrom\b|between|through|term|period|over|–|-", line.text):
            deal.term = ranges[0].time


def _fill_one(scene: Scene, sites: Sites, line: Line, deal: _Deal, figure: Quantity, *, first: bool) -> bool:
    text = scene.text
    before, after = scene.gap_before(figure, line), scene.gap_after(figure, line)
    near = before[-70:] + " " + after[:40]
    if figure.kind == "rate" and figure.unit[:3].isupper() and figure.unit[3:4] == "/":
        if re.search(r"(?i)floor|ceiling|cap of", near):
            deal.metrics.append(MetricDraft(name="floor price", figure=figure.figure))
            return True
        if deal.unit_price is None:
            deal.unit_price = figure.figure
            return True
        return False
    if figure.kind == "money":
        if pattern("deals", "roles", "advance").search(near):
            deal.metrics.append(
                MetricDraft(
                    name=pattern("deals", "roles", "advance").search(near)[0].lower(), figure=figure.figure
                )
            )  # type: ignore[index]
            return True
        if sites.in_line(line) and re.search(
            r"(?i)total investment|planned investment|capex|plant costing|factory costing|cost of the (?:plant|project)",
            near,
        ):
            return False
        if re.search(
            r"(?i)revenue|profit|turnover|market cap|valuation|valued at .{0,20}post|share price|per share",
            near,
        ):
            return False
        if deal.value is None and (pattern("deals", "roles", "value").search(near) or first):
            deal.value = figure.figure
            return True
        if deal.value is not None and line.section == deal.section and not sites.in_line(line):
            deal.metrics.append(MetricDraft(name=_named(text, figure, line), figure=figure.figure))
            return True
        return False
    if figure.kind == "percent":
        if pattern("deals", "roles", "stake").search(line.text) and deal.kind in {
            "joint_venture",
            "acquisition",
            "funding",
            "cooperation",
        }:
            stake = pattern("deals", "roles", "stake").search(before[-60:] + " " + after[:40])
            deal.metrics.append(
                MetricDraft(
                    name="stake" if stake else _named(text, figure, line, "share"), figure=figure.figure
                )
            )
            return True
        if not sites.in_line(line) or (first and deal.kind == "funding"):
            deal.metrics.append(MetricDraft(name=_named(text, figure, line, "share"), figure=figure.figure))
            return True
        return False
    if figure.unit in {"mu", "ha", "acre"}:
        return False
    if figure.kind == "duration" and (first or not sites.in_line(line)):
        deal.metrics.append(MetricDraft(name="term length", figure=figure.figure))
        return True
    moved = re.search(r"(?i)\b(?:take|takes|buy|purchase|supply|deliver)\b[^,;]*$", before)
    if figure.kind in _VOLUME and (deal.kind in {"supply", "procurement", "cooperation"} or moved):
        if figure.kind == "count" and not re.search(
            r"(?i)units|sets|vehicles|pieces|systems|containers|batteries|packs|modules|cells|machines|cabinets|lines|buses|trucks",
            figure.of or "",
        ):
            return False
        if not pattern("deals", "roles", "volume").search(line.text):
            return False
        if sites.in_line(line) and not first and not re.search(r"(?i)deliver|purchase|order|supply", before):
            return False
        if re.search(r"(?i)\b(?:capacity|capable|shipped|output)\b", before) and figure.per is not None:
            return False
        if _ENOUGH.search(before):
            deal.metrics.append(MetricDraft(name=figure.of or "equivalent", figure=figure.figure))
            return True
        time = _time_of_volume(scene, line, figure)
        deal.volumes.append(VolumeDraft(figure=figure.figure, time=time))
        return True
    return False


def _time_of_volume(scene: Scene, line: Line, figure: Quantity) -> str | None:
    time = scene.time_of(figure, line)
    if time is None or time.precision == "day":
        return None
    return time.time


def _named(text: str, figure: Quantity, line: Line, default: str = "amount") -> str:
    """A metric's name: the noun phrase before "of", or the words right before the figure."""
    hit = re.search(
        r"((?:[\w-]+ ){0,2}[\w-]+) (?:of|is|was|at|:)\s*$",
        text[max(line.start, figure.start - 60) : figure.start],
    )
    return hit[1] if hit else default


_COUNTERPART = {
    "partner": "partner",
    "buyer": "seller",
    "seller": "buyer",
    "investor": "target",
    "target": "buyer",
}


def _complete(scene: Scene, sites: Sites, deal: _Deal) -> None:
    """A deal that names one side is with the company that the text is about, where the text is about one."""
    if len(deal.parties) != 1 or deal.kind not in {"supply", "procurement", "funding", "cooperation"}:
        return
    (name, role), *_ = deal.parties.items()
    if role not in _COUNTERPART or role == "target":
        return
    before = [
        c
        for line in scene.lines
        if line.start <= deal.line.start and (line.section == deal.section or not line.section)
        for c in line.companies
    ]
    full = [scene.names.full(c.text) for c in before if not is_observer(c.text)]
    others = [c for c in full if c != name and c not in name and name not in c]
    if others:
        deal.parties[max(dict.fromkeys(others), key=others.count)] = _COUNTERPART[role]


def _worth(deal: _Deal) -> bool:
    """Whether enough is known: two parties, or one with a value or volumes."""
    return len(deal.parties) > 1 or bool(deal.parties and (deal.value or deal.volumes or deal.unit_price))


def _finish(scene: Scene, sites: Sites, deal: _Deal) -> DealDraft:
    site = next((s for line in deal.lines for _, _, s in sites.in_line(line) if s.name), None)
    named_sites = [s for s in sites.all if s.named]
    if site is None and len(named_sites) == 1 and deal.kind in {"supply", "procurement", "funding"}:
        site = named_sites[0]
    parties = dict(deal.parties)
    roles = set(parties.values())
    if site is not None and deal.kind == "procurement" and "buyer" not in roles and site.owner:
        # the owner of the project that an award is for
        parties.setdefault(scene.names.full(site.owner), "buyer")
    return DealDraft(
        kind=deal.kind,  # type: ignore[arg-type]
        subject=deal.subject,
        parties=[PartyDraft(name=name, role=role) for name, role in parties.items()],  # type: ignore[arg-type]
        value=deal.value,
        unit_price=deal.unit_price,
        volumes=deal.volumes,
        signed=deal.signed,
        term=deal.term,
        facility=site.name if site else None,
        metrics=deal.metrics,
        evidence=[Span(start=line.start, end=line.end) for line in dict.fromkeys(map(_key, deal.lines))],
    )


@dataclass(frozen=True, slots=True)
class _Passage:
    start: int
    end: int


def _key(line: Line) -> _Passage:
    return _Passage(line.start, line.end)
