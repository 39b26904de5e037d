"""Forecasts: a metric word near a figure of a fitting kind, in a sentence about a market, a place or a company."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from extractor.draft.model import ForecastDraft
from extractor.draft.rules.mentions import parks
from extractor.draft.rules.names import is_observer
from extractor.draft.rules.vocabulary import load, named, noun_phrase, phrases, product
from extractor.places import country, is_country, is_region
from schemas import Span

if TYPE_CHECKING:
    from extractor.draft.rules.claims import Claims
    from extractor.draft.rules.scene import Line, Scene
    from extractor.draft.rules.sites import Sites
    from schemas import Quantity, When

# metrics of markets, which a research house states
_ALWAYS = {"demand", "shipments", "penetration", "market_share", "growth_rate", "price"}
_WHOLE = re.compile(
    r"(?i)\b(?:total|global|worldwide|overall|group|group-wide|combined|cumulative|aggregate|company['’]s|installed|"
    r"all (?:its|their|of its)|across (?:all|its)|(?:two|three|four|five|six|seven|eight|nine|ten|all|\d+) (?:\w+ )?(?:plants|bases|factories|sites))\b"
)
_COMPANY = re.compile(
    r"(?i)\bcapacity of the (?:company|group)\b|\b(?:company|group|firm)['’]s (?:[\w-]+ ){0,4}capacity|\b(?:its|their) (?:total|overall|global|combined|group) (?:[\w-]+ ){0,4}(?:capacity|output)|"
    r"['’]s (?:total|overall|combined) (?:[\w-]+ ){0,5}capacity|\bglobal capacity\b|\bcapacity of all\b|\b(?:bases|plants|factories) together\b|which together"
)
_SAID = re.compile(r"\b(?:said|stated|announced|disclosed|revealed|told|reported|replied|responded)\b")
_LOOKBACK = re.compile(
    r"(?i)\b(?:from|against|compared (?:with|to)|up from|down from|versus|vs\.?)\b[^,;]{0,20}$"
)
_SHARE_PRICE = re.compile(
    r"(?i)\b(?:shares? (?:in|of)? ?\w* ?(?:closed|rose|fell|jumped|dropped|climbed|were)|stock (?:price|rose|fell)|kospi|nikkei|closed up|closed down)\b"
)
_SHARE = re.compile(
    r" of (?:the |all |its )?(?:[\w-]+ ){0,5}?(demand|shipments|sales|market|installations|exports|imports|deliveries|registrations)\b"
)
_COUNTED = re.compile(
    r"(?i)vehicles|cars|units|packs|batteries|cells|systems|pieces|buses|trucks|scooters|bikes|motorcycles|sets|modules|enterprises|EVs"
)
_REGION = re.compile(
    r"(?:\bin|\bof|\bacross|\bwithin) (?:the )?((?:[A-Z][\w.-]+)(?: (?:of )?[A-Z][\w.-]+){0,3})"
)


def draft(scene: Scene, sites: Sites, claims: Claims) -> list[ForecastDraft]:
    """The forecasts of a document, in text order; their figures are claimed."""
    out: list[ForecastDraft] = []
    forecaster: tuple[int, str] | None = None
    house = _house(scene)
    for line in scene.lines:
        if line.headline or _SHARE_PRICE.search(line.text):
            continue
        said = _forecaster(scene, line)
        if said:
            forecaster = (line.section, said)
        carried = forecaster[1] if forecaster and forecaster[0] == line.section else None
        for figure in line.figures:
            if figure.same_as is not None or claims.taken(figure.figure):
                continue
            made = _forecast(scene, sites, line, figure, said or carried, out)
            if made is not None and made.forecaster is None and house and made.metric in _ALWAYS:
                made = made.model_copy(update={"forecaster": house})
            if made is not None:
                out.append(made)
                claims.forecasts.add(figure.figure)
    return out


def _house(scene: Scene) -> str | None:
    """The research house whose note a document is: the one observer that it names."""
    observers = list(
        dict.fromkeys(
            scene.names.full(n.text) for n in scene.names.all if n.sort == "company" and is_observer(n.text)
        )
    )
    return observers[0] if len(observers) == 1 else None


def _forecast(
    scene: Scene,
    sites: Sites,
    line: Line,
    figure: Quantity,
    forecaster: str | None,
    earlier: list[ForecastDraft],
) -> ForecastDraft | None:
    if (past := _lookback(scene, line, figure, earlier)) is not None:
        return past
    hit = _metric(scene, line, figure)
    if hit is None and (planned := _planned_by_place(scene, sites, line, figure, forecaster)) is not None:
        return planned
    if hit is None:
        return _continued(scene, sites, line, figure, forecaster, earlier)
    metric, start, end = hit
    park = _park(scene, sites, line)
    if not park and not _market(scene, sites, line, figure, metric, start, forecaster):
        return None
    when, since = _times(scene, line, figure, metric, earlier)
    subject, region = _subject(scene, line, figure, metric, start, end, earlier)
    if park:
        region = park
    if metric == "other" and when is None:
        return None
    return ForecastDraft(
        metric=metric,
        subject=subject,
        region=region,
        figure=figure.figure,
        when=when,
        since=since,
        forecaster=forecaster,
        basis=_basis(scene, line, figure, when),
        evidence=[Span(start=line.start, end=line.end)],
    )


def _lookback(
    scene: Scene, line: Line, figure: Quantity, earlier: list[ForecastDraft]
) -> ForecastDraft | None:
    """ "Up from 1% in 2023" is of what the figure before it in the sentence is of."""
    before = scene.text[max(line.start, figure.start - 24) : figure.start]
    if not re.search(
        r"(?i)\b(?:up|down|compared (?:with|to)|against|versus|rising|from)(?: from)? (?:just |only )?$",
        before,
    ):
        return None
    for past in reversed(earlier):
        known = scene.ledger.figure[past.figure]
        if past.evidence[0].start != line.start or known.kind != figure.kind or past.metric == "growth_rate":
            continue
        times = [t for t in line.times if 0 <= t.start - figure.end < 12]
        when = times[0].time if times else None
        return past.model_copy(update={"figure": figure.figure, "when": when, "basis": "reported"})
    return None


_STATE = re.compile(r"The (?:government|state|country|province|region|city|county|kingdom|ministry)\b")


def _planned_by_place(
    scene: Scene, sites: Sites, line: Line, figure: Quantity, forecaster: str | None
) -> ForecastDraft | None:
    """ "Gansu plans to have 6 GW of storage in service": a place's own target."""
    opener = next((n for n in line.names if n.start == line.start and n.sort == "place"), None)
    if (
        figure.kind not in {"power", "energy"}
        or sites.in_line(line)
        or not (opener or _STATE.match(line.text))
    ):
        return None
    projection, target = _basis_words()
    if not (target.search(line.text) or projection.search(line.text)):
        return None
    time = scene.time_of(figure, line)
    when = time.time if time else None
    return ForecastDraft(
        metric="capacity",
        subject=product(scene.text, figure.end, line.end),
        region=opener.text if opener else None,
        figure=figure.figure,
        when=when,
        forecaster=forecaster,
        basis=_basis(scene, line, figure, when),
        evidence=[Span(start=line.start, end=line.end)],
    )


def _continued(
    scene: Scene,
    sites: Sites,
    line: Line,
    figure: Quantity,
    forecaster: str | None,
    earlier: list[ForecastDraft],
) -> ForecastDraft | None:
    """A figure without a metric word goes on with the forecast of its kind just before: "and 4,100 GWh in 2030"."""
    if sites.in_line(line) or figure.kind == "number":
        return None
    near = [x.paragraph for x in scene.lines if x.paragraph <= line.paragraph and not x.headline]
    for past in reversed(earlier):
        known = scene.ledger.figure[past.figure]
        where = next((x for x in scene.lines if past.evidence and x.start == past.evidence[0].start), None)
        if where is None or where.section != line.section or (near and line.paragraph - where.paragraph > 1):
            break
        if (
            known.kind != figure.kind
            or known.base_unit != figure.base_unit
            or past.metric == "growth_rate"
            or (past.metric == "market_share" and "share" not in line.text)
        ):
            continue
        time = scene.time_of(figure, line)
        if time is None and not _basis_words()[0].search(line.text):
            return None
        return past.model_copy(
            update={
                "figure": figure.figure,
                "when": time.time if time else None,
                "since": None,
                "forecaster": forecaster or past.forecaster,
                "basis": _basis(scene, line, figure, time.time if time else None),
                "evidence": [Span(start=line.start, end=line.end)],
            }
        )
    if (
        figure.kind == "rate"
        and figure.unit.split("/")[0].isupper()
        and len(figure.unit.split("/")[0]) == 3
        and line.times
    ):
        subject = product(scene.text, line.start, line.end)
        if subject:
            when = scene.time_of(figure, line)
            return ForecastDraft(metric="price", subject=subject, region=_region(scene, line, figure.start), figure=figure.figure, when=when.time if when else None, forecaster=forecaster,
                                 basis=_basis(scene, line, figure, when.time if when else None), evidence=[Span(start=line.start, end=line.end)])  # fmt: skip
    return None


def _metric(scene: Scene, line: Line, figure: Quantity) -> tuple[str, int, int] | None:
    """The metric of a figure, with its words' place: the nearest fitting word before it, or right behind it."""
    best: tuple[int, str, int, int] | None = None
    if figure.kind == "percent" and (share := _SHARE.match(scene.text, figure.end, line.end)):
        return "market_share", share.start(1), share.end(1)
    kind = (
        "rate"
        if figure.kind == "rate" and figure.base_unit[:3].isupper() and figure.base_unit[3:4] == "/"
        else figure.kind
    )
    if kind == "count" and not _COUNTED.search(figure.of or ""):
        return None
    if kind == "rate" and "/" in figure.unit and not figure.unit.split("/")[0].isupper():
        return None
    for rank, row in enumerate(named("forecasts", "metric")):
        if kind not in row.row["kinds"]:
            continue
        if row.name == "growth_rate" and re.search(r"\bto $", scene.text[line.start : figure.start]):
            continue  # "may rise to 5%" is a level
        for hit in row.pattern.finditer(scene.text, line.start, line.end):
            if figure.start <= hit.start() < figure.end:
                distance = 0
            elif hit.end() <= figure.start:
                between = scene.text[hit.end() : figure.start]
                distance = len(between) + 60 * len(re.findall(r";|, (?:while|but)\b", between))
            else:
                between = re.sub(r"\([^()]*\)", "", scene.text[figure.end : hit.start()])
                distance = 20 + 3 * len(between)
                if re.search(r"[;,.]", between) or len(between) > 40:
                    continue
            score = (distance + 2 * rank, row.name, hit.start(), hit.end())
            best = min(best, score) if best else score
    if best is None or best[0] > 220:
        return None
    return best[1:]


def _market(
    scene: Scene, sites: Sites, line: Line, figure: Quantity, metric: str, start: int, forecaster: str | None
) -> bool:
    """Whether the sentence speaks of a market, a place or a whole company, and not of one facility."""
    mentioned = sites.in_line(line)
    clause = scene.text[max(line.start, start - 80) : min(line.end, figure.end + 80)]
    site = sites.of_figure(line, figure.start, figure.end)
    if metric == "growth_rate" and figure.kind == "percent":
        words = scene.text[max(line.start, figure.start - 200) : min(line.end, figure.end + 60)]
        if figure.change is None and not re.search(
            r"(?i)\b(?:growth|grow|grew|growing|CAGR|year[ -]on[ -]year|yoy|y/y|compound|annual|demand|sales|shipments|output|revenue|profit|market|prices?)\b",
            words,
        ):
            return False
        return not mentioned or "demand" in words
    if metric in {"demand", "shipments", "penetration", "price"}:
        return not (
            mentioned and metric == "shipments" and site is not None and _bound_to_site(scene, line, figure)
        )
    if metric == "market_share":
        return bool(
            re.search(
                r"(?i)market|demand|sales|global|world|share of|of the total|accounted|account for|shipments|vehicles|country|imports?|installations",
                clause,
            )
        ) and not re.search(
            r"(?i)stake|equity|sharehold|joint venture|ownership|per cent of (?:the )?shares|owned", line.text
        )
    between = [f for f in line.figures if start < f.start < figure.start and f.kind == figure.kind]
    if metric in {"capacity", "output"} and not between and _COMPANY.search(clause):
        return True
    if mentioned:
        return False
    if metric in {"capacity", "output"}:
        market = _region(scene, line, start) is not None and forecaster is not None
        whole = bool(_WHOLE.search(clause)) or bool(
            country(clause) and re.search(r"(?i)\bin\b|'s|’s", clause) and site is None
        )
        return whole or market or (site is None and bool(line.times) and figure.kind != "count")
    if metric in {"output_value", "other"}:
        park = site is not None and bool(parks().search(site.head))
        return (
            site is None
            or park
            or bool(
                re.search(r"(?i)market|revenue|sales|output value|production value|turnover|profit", clause)
            )
        )
    return site is None


def _bound_to_site(scene: Scene, line: Line, figure: Quantity) -> bool:
    return not re.search(r"(?i)\b(?:global|market|world|total)\b", line.text)


def _park(scene: Scene, sites: Sites, line: Line) -> str | None:
    """The town or park whose yearly targets a sentence states, where the document has one and the sentence names no plant."""
    for _, _, site in sites.in_line(line):
        if not parks().search(site.name or site.head):
            return None
    named_here = parks().search(scene.text, line.start, line.end)
    region = _park_name(scene, sites)
    if region is None:
        return None
    if named_here or re.search(r"(?i)annual (?:output|production)|output value|production scale", line.text):
        return region
    return None


def _park_name(scene: Scene, sites: Sites) -> str | None:
    candidates = [
        site for site in sites.all if site.name and parks().search(site.name) and parks().search(site.head)
    ]
    return candidates[0].name if candidates else None


def _times(
    scene: Scene, line: Line, figure: Quantity, metric: str, earlier: list[ForecastDraft]
) -> tuple[str | None, str | None]:
    """The time of a figure; for growth over a range of years the range stands for both ends."""
    time: When | None = None
    if metric == "growth_rate":
        spans = [
            t
            for t in line.times
            if t.precision == "range" and t.start_date and t.end_date and t.start_date.year < t.end_date.year
        ]
        if spans:
            return spans[0].time, spans[0].time
        ends = [t for t in line.times if t.end <= figure.start and t.precision == "year"]
        if len(ends) >= 2 and re.search(r"(?i)CAGR|compound", line.text):
            ordered = sorted(ends[-2:], key=lambda t: (t.start_date is None, t.start_date))
            return ordered[1].time, ordered[0].time
    time = scene.time_of(figure, line)
    if time is not None and time.precision == "day" and metric != "price" and _SAID.search(line.text):
        time = None  # the day of the statement, not of the amount
    if time is None:
        # a sentence without a time goes on with that of the sentence before it, past with past and future with future
        ahead = bool(_basis_words()[0].search(line.text) or _basis_words()[1].search(line.text))
        before = [
            x
            for x in scene.lines
            if x.paragraph == line.paragraph and x.start < line.start and not x.headline
        ][-1:]
        told = [
            f
            for f in earlier
            if before
            and f.evidence
            and f.evidence[0].start == before[0].start
            and f.when
            and (f.basis != "reported") == ahead
        ]
        if told:
            return told[-1].when, None
        years = [t for x in before for t in x.times if t.precision in {"year", "half", "quarter"}]
        if years and not told and re.match(r"(?i)(?:the|its|by then|annual|this)\b", line.text):
            return years[0].time, None
    return (time.time if time else None), None


@cache
def _basis_words() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = load("forecasts")["basis"]
    return phrases(words["projection"]), phrases(words["target"])


def _basis(scene: Scene, line: Line, figure: Quantity, when: str | None) -> str:
    """Target where somebody aims, projection where something is expected, reported where the time is past."""
    projection, target = _basis_words()
    time = scene.ledger.time.get(when or "")
    lookback = _LOOKBACK.search(scene.text[max(line.start, figure.start - 24) : figure.start])
    published = scene.published
    if published and time is not None and time.end_date is not None and time.end_date < published:
        return "reported"
    clause = scene.text[max(line.start, figure.start - 120) : min(line.end, figure.end + 40)]
    if lookback and (time is None or published is None):
        return "reported"
    if target.search(clause):
        return "target"
    if projection.search(clause):
        return "projection"
    future = (
        time is not None
        and published is not None
        and time.end_date is not None
        and time.end_date >= published
    )
    return "projection" if future else "reported"


def _subject(
    scene: Scene,
    line: Line,
    figure: Quantity,
    metric: str,
    start: int,
    end: int,
    earlier: list[ForecastDraft],
) -> tuple[str | None, str | None]:
    """What is measured and where: the phrase in front of the metric word, or behind its "of" and "for"."""
    text = scene.text
    region = _region(scene, line, start)
    first, _ = noun_phrase(text, start, start, line.start, limit=7)
    phrase = _strip(text[first:start].strip())
    twin = next((f for f in reversed(earlier) if f.evidence and f.evidence[0].start == line.start), None)
    if metric == "growth_rate" and twin is not None and not phrase and twin.metric != "price":
        return twin.subject, twin.region
    if metric in {"capacity", "output"} and (own := _own(scene, line, figure, first)) is not None:
        return own, region
    if (respective := _respectively(scene, line, figure)) is not None:
        return respective, region
    following = re.compile(
        r"(?: rates?)?(?: from \d{4} to \d{4})?,? (?:of|for) (?:the )?([^,;.()]{3,80}?)(?= (?:is|are|was|were|will|may|to|in|by|at|has|have|reached|could|would|from|amounted|stood|came|currently|and|as|on|rose|fell|grew|dropped|climbed|jumped|increased|decreased|declined|surged|slipped|totalled|totaled|exceeded|hit|found)\b|[,;.()]|$)"
    ).match(text, end, line.end)
    behind = re.compile(
        r" (?:for|of) (?:the )?([^,;.()]{3,60}?)(?= (?:by|in|at|to|as|from|and)\b|[,;.()]|$)"
    ).match(text, figure.end, line.end)
    if (
        behind
        and metric in {"penetration", "growth_rate", "price", "market_share"}
        and (words := _strip(behind[1]))
        and product(text, *behind.span(1))
    ):
        return words, region
    if (not phrase or metric in {"growth_rate", "penetration", "price", "market_share"}) and following:
        words = _strip(following[1])
        if words and not words[0].isdigit():
            return words, region
    if metric == "market_share" and (taker := _taker(scene, line, figure)):
        return taker, region
    if phrase:
        return phrase, region
    near = product(text, line.start, figure.start) or product(text, figure.end, line.end)
    if near:
        return _strip(near) or near, region
    companies = [n for n in line.companies if n.end <= figure.start]
    return (scene.names.full(companies[-1].text) if companies else None), region


def _taker(scene: Scene, line: Line, figure: Quantity) -> str | None:
    """Whose share it is: the subject of "Electric vehicles took 74%", the name before "(17.1%)"."""
    before = scene.text[line.start : figure.start]
    if hit := re.search(r"([A-Z][\w-]+(?: [A-Z][\w-]+)*) \($", before):
        return hit[1]
    hit = re.match(
        r"(?:In [^,]{3,40}, )?([A-Z][\w-]*(?: [\w-]+){0,4}?)(?:['’]s)? (?:took|take|takes|accounted|account|accounts|will|made|make|makes|kept|keeps|had|has|held|holds|remain\w*|represent\w*|could|may|should|is|are|was|were)\b",
        before,
    )
    return _strip(hit[1]) or None if hit else None


def _own(scene: Scene, line: Line, figure: Quantity, first: int) -> str | None:
    """The company whose own capacity or output a sentence states: "the company's capacity", "it aims to lift"."""
    words = scene.text[line.start : figure.start]
    if not re.search(
        r"(?i)\b(?:the company|the group|the firm|the company['’]s|its|it|of the company|we|our)\b", words
    ):
        return None
    before = [
        name
        for x in scene.lines
        if x.start <= line.start
        for name in x.companies
        if not is_observer(name.text)
    ]
    del first
    return scene.names.full(before[-1].text) if before else None


_NOT_SUBJECT = re.compile(
    r"^(?:global|worldwide|overseas|domestic|annual|total|average|cumulative|installed|newly installed|year-on-year|the|its|their|world|overall|expected|market|combined|in|yearly|compound|current|average|new|strong)$",
    re.IGNORECASE,
)


def _strip(phrase: str) -> str:
    """A phrase without leading words that say how much or where."""
    tokens = phrase.split()
    while tokens and (
        _NOT_SUBJECT.match(tokens[0])
        or is_region(tokens[0])
        or (country(tokens[0].removesuffix("'s").removesuffix("’s")) is not None
        and tokens[0][0].isupper())
    ):
        tokens = tokens[1:]
    while tokens and _NOT_SUBJECT.match(tokens[-1]):
        tokens = tokens[:-1]
    return " ".join(tokens)


def _respectively(scene: Scene, line: Line, figure: Quantity) -> str | None:
    """The member of "EVs, ESS, and consumer electronics at 11%, 27%, and 10%, respectively" that a figure is of."""
    if "respectively" not in line.text:
        return None
    stop = line.start + line.text.index("respectively")
    same = [f for f in line.figures if f.kind == figure.kind and f.end <= stop]
    chain: list[Quantity] = []
    for candidate in same:
        if chain and len(scene.text[chain[-1].end : candidate.start]) > 12:
            chain = []
        chain.append(candidate)
    if figure not in chain or len(chain) < 2:
        return None
    before = scene.text[line.start : chain[0].start]
    listed = re.search(
        r"(?:\b(?:in|for|of|on)\b )?([^,;:()]+(?:, [^,;:()]+){%d},? and [^,;:()]+?)(?: (?:at|to|by|is|are|will|were|was|reach|reached|of|rising|growing|came)\b[^,]*)?$"
        % (len(chain) - 2),
        before.strip(),
    )
    if listed is None:
        return None
    members = [
        re.sub(r"^and ", "", part.strip()) for part in re.split(r",\s*|\s+and\s+", listed[1]) if part.strip()
    ]
    members = members[-len(chain) :]
    head = re.split(r" (?:in|for|of|on) ", members[0])
    members[0] = head[-1]
    return members[chain.index(figure)] if len(members) == len(chain) else None


def _region(scene: Scene, line: Line, start: int) -> str | None:
    """A market's or country's name in the clause: "global", "China's", "in Europe"."""
    clause = scene.text[line.start : line.end]
    best: tuple[int, str] | None = None
    for hit in re.finditer(r"(?<![\w-])(?:(?:[A-Z][\w.-]+ )?[A-Z][\w.-]*|[a-z][a-z-]+)", clause):
        for word in (hit[0], hit[0].split()[-1], hit[0].split()[0]):
            bare = word.removesuffix(".") if not word.startswith("U.") else word
            if is_region(bare) or (bare[0].isupper() and len(bare) > 1 and is_country(bare)):
                distance = abs(line.start + hit.start() - start)
                if best is None or distance < best[0]:
                    best = (distance, bare)
                break
    return best[1] if best and best[0] < 120 else None


def _forecaster(scene: Scene, line: Line) -> str | None:
    """Who says so: "according to X", "X expects", "X puts"."""
    words = load("forecasts")["forecasters"]
    for name in line.names:
        if name.sort in {"place"}:
            continue
        after = scene.text[name.end : name.end + 24].lower()
        before = scene.text[max(line.start, name.start - 40) : name.start].lower()
        if re.match(rf",? (?:{'|'.join(words['after'])})\b", after) and name.sort != "person":
            follows = re.match(r",? (?:said|says)\b", after)
            if follows and not line.figures:
                continue
            return name.text
        if re.search(
            rf"(?:{'|'.join(w for w in words['before'] if w != 'by')})(?: the)?(?: [\w-]+){{0,3}} $", before
        ):
            return name.text
    return None
