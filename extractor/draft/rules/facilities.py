"""Facilities: what each site's sentences say of it, by dimension and trigger words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extractor.draft.model import CapacityDraft, FacilityDraft, LinesDraft, MetricDraft, MilestoneDraft
from extractor.draft.rules.mentions import parks
from extractor.draft.rules.names import is_observer
from extractor.draft.rules.vocabulary import named, pattern, product, segment
from extractor.places import country, known
from schemas import Span

if TYPE_CHECKING:
    from extractor.draft.rules.claims import Claims
    from extractor.draft.rules.identity import Site
    from extractor.draft.rules.scene import Line, Scene
    from extractor.draft.rules.sites import Sites
    from schemas import Quantity, When

_FUTURE = re.compile(
    r"(?i)\b(?:will|would|plans?|planned|expected|expects?|after|upon|once|when|can achieve|to be|designed|aims?|target|by then|scheduled|"
    r"slated|under construction|being built|being constructed|proposed|future|eventually|to reach|room for|could|is to|are to|to have|further)\b"
)
_RUNNING = re.compile(
    r"(?i)\b(?:runs|operates|operating|operational|currently|at present|existing|current|now produces|has been (?:completed|in operation|running|put into)|"
    r"have been (?:completed|put into)|has reached|reached|already|turning out|has been turning|was (?:completed|commissioned|put into))\b")  # fmt: skip
_PAST = re.compile(
    r"(?i)\b(?:has been|have been|was|were|has reached|reached|had been|since|already|currently|now|today|opened|began|started|completed|entered|went|came|successfully|officially)\b"
)
_WILL = re.compile(
    r"(?i)\b(?:will|to be|expected|scheduled|slated|planned|plans?|aims?|would|is to|are to|due|by the end of|targeting|targets?|want|hopes?|should|arranged|set to|next year|upcoming|anticipated)\b"
)
_DISTANCE = re.compile(r"\s*(?:to the )?(?:north|south|east|west|away|from|outside|off|inland)")
_ITS = re.compile(r"\b(?:its|their) (?:\w+ )?$")
_CLAUSE = re.compile(r";|, (?:while|but)\b")
_BY = re.compile(r"\b(?:by|of|from) (?:the )?$")
_SUBJECT = re.compile(
    r"(?:It|The (?:plant|factory|facility|project|site|base|line|station|mine|refinery|unit|building|complex|gigafactory|system))\b"
)
_BUILT = re.compile(
    r"(?i)\b(?:built|build|building|construct\w*|erect\w*|set up|establish\w*)\b[^.;]*\b(?:for|at|with) $"
)
_DEFAULTS = {"percent": "share", "money": "amount", "duration": "duration", "rate": "rate"}
_OUTPUT = {"mass", "energy", "power", "area", "length", "volume", "count", "charge"}
_LAND = {"mu", "ha", "acre", "km2", "pyeong", "mi2"}
_PLACE = re.compile(
    r"(?:\b(?:located|situated|based|sits|settles|lies|built|settled)\b[^.;]{0,30}? )?\b(?:in|at|near|outside) (?:the )?"
    r"(?P<place>(?:(?:U\.S\. )?(?:state|city|town|county|province|port|region|industrial zone|outskirts) of )?"
    r"[A-ZÅÄÖÉØÁŁŚ][\w.’'-]*(?:[ -](?:[A-ZÅÄÖÉØÁŁŚ][\w.’'-]*|of|de|county|city|town|province|district|prefecture|industrial park|zone|park|in))*"
    r"(?:, (?:[A-ZÅÄÖÉØÁŁŚ][\w.’'-]*)(?: (?:[A-Z][\w.’'-]*|county|city|town|province|district|prefecture|of))*){0,4})"
)


def draft(scene: Scene, sites: Sites, claims: Claims) -> list[FacilityDraft]:
    """The facilities of a document, in text order; their figures are claimed."""
    drafts = []
    for site in sorted(sites.all, key=lambda site: site.lines[0].start if site.lines else 0):
        made = _Facility(scene, sites, site, claims).draft()
        if made is not None:
            drafts.append(made)
    return drafts


class _Facility:
    """One facility while it is drafted."""

    def __init__(self, scene: Scene, sites: Sites, site: Site, claims: Claims) -> None:
        self.scene, self.sites, self.site, self.claims = scene, sites, site, claims
        self.investment: str | None = None
        self.land: str | None = None
        self.capacities: list[CapacityDraft] = []
        self.lines: list[LinesDraft] = []
        self.metrics: list[MetricDraft] = []
        self.milestones: list[MilestoneDraft] = []
        self.status: str | None = None
        self._seen: set[tuple[object, ...]] = set()
        self._own: set[str] = set()
        """Ids of the figures that it has."""

    def draft(self) -> FacilityDraft | None:
        """The facility, or None where the text says nothing of it but its name."""
        own = [line for line in self.site.lines if not line.headline]
        for line in own:
            for figure in line.figures:
                if self.claims.taken(figure.figure) or figure.same_as is not None:
                    continue
                if self.sites.of_figure(line, figure.start, figure.end) is self.site and self._take(
                    line, figure
                ):
                    self.claims.facilities.add(figure.figure)
                    self._own.add(figure.figure)
            self._events(line)
        self.status = self._status([*own, *self.site.shared])
        strong = self.investment or self.land or self.capacities or self.lines or self.milestones
        named_site = self.site.named and self.status is not None
        if not (strong or named_site):
            return None
        if parks().search(self.site.name or "") and not (self.investment or self.land or self.milestones):
            return None
        return self._finish(own)

    def _finish(self, own: list[Line]) -> FacilityDraft:
        place = self._place(own)
        self._drop_swapped()
        stage = {"operational": "operating", "expanding": None}.get(
            self.status or "", "planned" if self.status else None
        )
        self.capacities = [c if c.stage else c.model_copy(update={"stage": stage}) for c in self.capacities]
        products = self._products(own)
        segment = self._segment(own, products)
        if len(products) == 1 and segment != "energy_storage":
            # a plant with one product has its capacity of that
            self.capacities = [
                c if c.product else c.model_copy(update={"product": products[0]}) for c in self.capacities
            ]
        return FacilityDraft(
            name=self.site.name if self.site.name != self.site.head else None,
            operator=self._operator(own),
            place=place,
            segment=segment,  # type: ignore[arg-type]
            products=products,
            status=self.status,  # type: ignore[arg-type]
            capacities=self.capacities,
            investment=self.investment,
            land_area=self.land,
            lines=self.lines,
            milestones=self.milestones,
            metrics=self.metrics,
            evidence=[Span(start=line.start, end=line.end) for line in own],
        )

    # ── figures ──────────────────────────────────────────────────────────────

    def _take(self, line: Line, figure: Quantity) -> bool:
        """Give a figure its slot; whether it has one."""
        scene = self.scene
        before, after = scene.gap_before(figure, line), scene.gap_after(figure, line)
        near = before[-90:] + " … " + after[:50]
        if figure.kind == "money":
            return self._money(line, figure, near)
        if figure.kind == "area" and self._is_land(figure, near):
            if pattern("facilities", "roles", "floor").search(near) and figure.unit not in _LAND:
                return self._metric("floor area", figure)
            if self.land is None:
                self.land = figure.figure
                return True
            return self._metric("land area", figure)
        if figure.kind == "count":
            return self._count(line, figure)
        if figure.kind in _OUTPUT:
            return self._output(line, figure, near)
        if figure.kind == "voltage":
            return self._metric("voltage", figure)
        if figure.kind == "duration":
            return self._metric(self._label(line, figure, "duration"), figure)
        if figure.kind == "percent" and re.search(
            r"(?i)utili[sz]ation|efficiency|recovery|completed?|finished|progress", near
        ):
            return self._metric(self._label(line, figure, "share"), figure)
        return self._other(line, figure)

    def _other(self, line: Line, figure: Quantity) -> bool:
        """Any other figure of a sentence whose subject the facility is."""
        about = any(site is self.site for _, _, site in self.sites.in_line(line)) or _SUBJECT.match(line.text)
        about = about or any(
            f.figure in self.claims.facilities and f.figure in self._own for f in line.figures
        )
        if not about or figure.kind in {"number", "ratio"}:
            return False
        return self._metric(self._label(line, figure, _DEFAULTS.get(figure.kind, figure.kind)), figure)

    def _money(self, line: Line, figure: Quantity, near: str) -> bool:
        scene = self.scene
        inside = any(
            first <= figure.start and figure.end <= last and site is self.site
            for first, last, site in self.sites.in_line(line)
        )
        invested: object = pattern("facilities", "roles", "investment").search(near)
        if _BUILT.search(scene.text[line.start : figure.start]):
            invested = True
        if not inside and not invested:
            return self._other(line, figure)
        if re.search(
            r"(?i)revenue|sales of|output value|profit|turnover|market|per (?:ton|unit|kilo)|saves?|price of|a share|subsid|grant|loan|debt|savings",
            near,
        ):
            return self._other(line, figure)
        start = scene.gap_before(figure, line)[-80:].lower() + scene.gap_after(figure, line)[:30].lower()
        if re.search(r"\b(?:phase|stage)\b|\bfirst-phase\b", start) and (
            self.investment is not None
            or re.search(
                r"(?:phase|stage)(?: (?:1|2|i|ii|one|two|alone))?\b[^.]{0,40}$", start[: len(start) - 0]
            )
        ):
            return self._metric("phase investment", figure)
        if self.investment is None:
            self.investment = figure.figure
            return True
        previous = scene.ledger.figure[self.investment]
        if (previous.value, previous.unit) == (figure.value, figure.unit):
            return True  # the same amount again
        if "total" in near.lower() and previous.unit == figure.unit and figure.value > previous.value:
            self.metrics.append(MetricDraft(name="phase investment", figure=self.investment))
            self.investment = figure.figure
            return True
        return self._metric(self._label(line, figure, "further investment"), figure)

    def _is_land(self, figure: Quantity, near: str) -> bool:
        if figure.unit in _LAND:
            return True
        if pattern("facilities", "roles", "floor").search(near):
            return True
        made = pattern("facilities", "roles", "capacity").search(near)
        land = pattern("facilities", "roles", "land").search(near)
        return land is not None and (made is None or (figure.value < 5_000_000 and figure.per is None))

    def _count(self, line: Line, figure: Quantity) -> bool:
        of = (figure.of or "").lower()
        if re.search(r"\blines?$", of):
            self.lines.append(
                LinesDraft(figure=figure.figure, product=product(figure.text, 0, len(figure.text)))
            )
            return True
        if pattern("facilities", "roles", "jobs").search(of):
            return self._metric("jobs", figure)
        if figure.per or pattern("facilities", "roles", "capacity").search(
            self.scene.gap_before(figure, line)[-60:]
        ):
            if re.search(r"pieces|units|sets|vehicles|packs|modules|cells|batteries|systems", of):
                return self._capacity(line, figure)
        return self._metric(of or "count", figure)

    def _output(self, line: Line, figure: Quantity, near: str) -> bool:
        scene = self.scene
        if (
            re.search(r"(?i)\b(?:discharg|charging capacity|charge)\w*", near)
            and figure.kind == "energy"
            and figure.per
        ):
            return self._metric(self._label(line, figure, "annual energy"), figure)
        if (
            re.search(
                r"(?i)emission|CO2|carbon dioxide|water|groundwater|electricity consumption|coal|save|saving|reduc|offset|households|homes",
                near,
            )
            and figure.kind != "power"
        ):
            return self._metric(self._label(line, figure, "amount"), figure)
        inside = any(
            first <= figure.start and figure.end <= last and site is self.site
            for first, last, site in self.sites.in_line(line)
        )
        cue = pattern("facilities", "roles", "capacity").search(near)
        if figure.kind == "length" and _DISTANCE.match(scene.gap_after(figure, line)):
            return False
        if figure.kind == "energy" and figure.base_value < 1_000_000 and figure.per is None:
            return self._other(line, figure)  # a battery of some kWh, not a plant's capacity
        if figure.kind == "length" and figure.per is None:
            return self._metric(self._label(line, figure, "length"), figure)
        if figure.kind == "area" and cue is None and figure.per is None:
            return self._other(line, figure)
        known = {scene.ledger.figure[c.figure].unit for c in self.capacities}
        if inside or cue or figure.per or figure.kind in {"energy", "power"} or figure.unit in known:
            return self._capacity(line, figure)
        return self._other(line, figure)

    def _capacity(self, line: Line, figure: Quantity) -> bool:
        key = (figure.base_value, figure.base_unit, figure.bound)
        if key in self._seen:
            return True  # the same capacity again
        self._seen.add(key)
        scene = self.scene
        after = scene.gap_after(figure, line)
        of = re.match(r"\s*(?:(?:per year|a year|annually) )?of (?!land|annual|production|capacity)", after)
        made = product(scene.text, figure.end, figure.end + min(len(after), 90)) if of else None
        self.capacities.append(
            CapacityDraft(figure=figure.figure, product=made, stage=self._stage(line, figure))
        )  # type: ignore[arg-type]
        return True

    def _stage(self, line: Line, figure: Quantity) -> str | None:
        near = self.scene.gap_before(figure, line)[-140:] + " … " + self.scene.gap_after(figure, line)[:60]
        clause = self.scene.text[max(line.start, figure.start - 140) : min(line.end, figure.end + 60)]
        for words in (near, clause):
            running, future = _RUNNING.search(words), _FUTURE.search(words)
            if running and not (future and words is near):
                return "operating"
            if future:
                return "planned"
        return None

    def _metric(self, name: str, figure: Quantity) -> bool:
        self.metrics.append(MetricDraft(name=name, figure=figure.figure))
        return True

    def _label(self, line: Line, figure: Quantity, default: str) -> str:
        """A metric's name: the noun phrase that is "of" or "is" the figure."""
        hit = re.search(
            r"((?:[A-Za-z][\w-]* ){0,3}[A-Za-z][\w-]*) (?:of|is|are|was|:|reaches|stands at)\s*$",
            self.scene.text[max(line.start, figure.start - 70) : figure.start],
        )
        if hit is None:
            return default
        words = [
            w
            for w in hit[1].split()
            if w.lower() not in {"the", "a", "an", "with", "and", "its", "to", "average", "has", "have"}
        ]
        return " ".join(words) or default

    def _drop_swapped(self) -> None:
        """A storage project's pair beside the same pair swapped is contradicted by the text: the problem tells, the slot does not."""
        ledger = self.scene.ledger.figure
        powers = {ledger[c.figure].base_value for c in self.capacities if ledger[c.figure].kind == "power"}
        if not powers:
            return
        kept = []
        for capacity in self.capacities:
            figure = ledger[capacity.figure]
            neighbour = (
                self.scene.text[figure.end : figure.end + 1] == "/"
                or self.scene.text[figure.start - 1 : figure.start] == "/"
            )
            partner = next(
                (
                    f
                    for f in self.scene.ledger.figures
                    if f.start == figure.end + 1 or f.end == figure.start - 1
                ),
                None,
            )
            if neighbour and partner is not None and partner.kind == figure.kind == "energy":
                continue
            kept.append(capacity)
        self.capacities = kept

    # ── words ────────────────────────────────────────────────────────────────

    def _events(self, line: Line) -> None:
        """Dated events: each time goes to the nearest event word of its clause."""
        for time in line.times:
            if self.sites.of_figure(line, time.start, time.end) is not self.site:
                continue
            hit = self._event(line, time)
            if hit is not None and (hit, time.start_date, time.end_date) not in self._seen:
                self._seen.add((hit, time.start_date, time.end_date))
                self.milestones.append(MilestoneDraft(event=hit, time=time.time))  # type: ignore[arg-type]

    def _event(self, line: Line, time: When) -> str | None:
        text = self.scene.text
        best: tuple[int, str] | None = None
        for row in named("facilities", "event"):
            for hit in row.pattern.finditer(text, line.start, line.end):
                low, high = min(hit.end(), time.end), max(hit.start(), time.start)
                between = text[low:high]
                others = [t for t in line.times if low <= t.start < high and t is not time]
                breaks = len(re.findall(r";|, (?:and|while|but|with|which)\b|\band\b", between))
                distance = (
                    len(between) + 40 * breaks + 60 * len(others) + (8 if hit.start() > time.end else 0)
                )
                score = (distance, row.name)
                best = min(best, score) if best else score
        return best[1] if best and best[0] < 150 else None

    def _status(self, own: list[Line]) -> str | None:
        """The strongest state that the sentences say is reached; what is still to come counts only as planned."""
        reached: set[str] = set()
        planned = False
        for line in own:
            for row in named("facilities", "event"):
                for hit in row.pattern.finditer(self.scene.text, line.start, line.end):
                    clause = self.scene.text[
                        max(line.start, hit.start() - 50) : min(line.end, hit.end() + 12)
                    ]
                    times = [t for t in line.times if t.start > hit.start() and t.start - hit.end() < 40]
                    future = any(
                        t.start_date and self.scene.published and t.start_date > self.scene.published
                        for t in times
                    )
                    if _WILL.search(clause) or future:
                        planned = True
                    elif (
                        row.name in {"completion", "production_start", "full_capacity"}
                        and not _PAST.search(clause)
                        and not re.search(r"(?i)\b(?:has|have|had|is|are)\b", clause)
                    ):
                        continue
                    else:
                        reached.add(row.row["done"])
            here = any(site is self.site for _, _, site in self.sites.in_line(line))
            for row in named("facilities", "status") if here or line in self.site.shared else ():
                if hit := row.pattern.search(self.scene.text, line.start, line.end):
                    reached.add(row.name)
                    del hit
        for state in ("cancelled", "suspended"):
            if state in reached:
                return state
        if {"operational", "under_construction"} <= reached and (self._phased(own) or "expanding" in reached):
            return "expanding"
        for state in ("under_construction", "operational", "expanding", "announced", "planned"):
            if state in reached:
                return state
        return "planned" if planned else None

    def _phased(self, own: list[Line]) -> bool:
        return any(pattern("facilities", "roles", "phase").search(line.text) for line in own)

    def _operator(self, own: list[Line]) -> str | None:
        names = self.scene.names
        if self.site.owner:
            return names.full(self.site.owner)
        name = self.site.name or ""
        for company in {c.text for line in self.scene.lines for c in line.companies}:
            if name.startswith(company) and names.full(company) != company:
                return names.full(company)  # the project carries its company's name
        sites = [site.name for site in self.sites.all if site.heading or site.name in self.sites.listed]
        candidates = []
        for line, mention in self.site.mentions:
            before = [
                c
                for c in line.companies
                if c.end <= mention.start and not _CLAUSE.search(self.scene.text, c.end, mention.start)
            ]
            if _ITS.search(self.scene.text[max(line.start, mention.start - 8) : mention.start]):
                # "a loan to Verkor for its gigafactory"
                nearest = [
                    n
                    for n in line.names
                    if n.end <= mention.start and n.sort in {"company", "other"} and not is_observer(n.text)
                ]
                candidates += [n.text for n in nearest[-1:]]
            behind = [
                c
                for c in line.companies
                if c.start >= mention.end and _BY.search(self.scene.text[max(0, c.start - 16) : c.start])
            ]
            candidates += [c.text for c in [*before[-1:], *behind]]
        for line in own:
            # the subject of a sentence about it
            candidates += [
                c.text
                for c in line.companies
                if c.start - line.start < 24 or _BY.search(self.scene.text[max(0, c.start - 16) : c.start])
            ]
        section = [
            c.text for line in self.scene.lines if line.section == self.site.section for c in line.companies
        ]
        document = [c.text for line in self.scene.lines for c in line.companies]
        for text in [*candidates, *section, *document]:
            if not is_observer(text) and text != name and not any(site and site in text for site in sites):
                return names.full(text)
        return None

    def _place(self, own: list[Line]) -> str | None:
        """Where it stands: the first "in PLACE" of its sentences whose country is known, else the first of all."""
        fallback = None
        lines = sorted(
            own,
            key=lambda line: (
                not re.search(r"(?i)\blocated|situated|settle|establish|built in|registered in", line.text)
            ),
        )
        for line in lines:
            for hit in _PLACE.finditer(line.text):
                place = hit["place"].rstrip(" .,'’")
                place = re.sub(r" in$", "", place)
                start = line.start + hit.start("place")
                if any(t.start <= start < t.end for t in line.times) or self._is_company(line, start):
                    continue
                if self.sites.of_figure(line, start, start + len(place)) not in {self.site, None}:
                    continue
                if country(place):
                    return place
                sort = next((n.sort for n in line.names if n.start <= start < n.end), "other")
                fallback = fallback or (place if sort in {"place", "other"} and len(place) > 3 else None)
        for line in own:
            if hit := re.match(r"Location:\s*(.+)", line.text):
                return hit[1].strip()
        # "the Pohang plant" stands in Pohang
        words = (self.site.name or "").split()
        leading = next(
            (
                " ".join(words[:n])
                for n in (3, 2, 1)
                if len(words) > n
                and known(" ".join(words[:n]))
                and (words[n].islower() or n == len(words) - 1)
            ),
            None,
        )
        return fallback or leading

    def _is_company(self, line: Line, start: int) -> bool:
        return any(n.start <= start < n.end and n.sort in {"company", "person"} for n in line.names)

    def _products(self, own: list[Line]) -> list[str]:
        """What it makes: named behind a verb of making or beside a capacity, else in its own name."""
        found: list[str] = []
        text = self.scene.text
        for capacity in self.capacities:
            if capacity.product:
                found.append(capacity.product)
        for line in own:
            for hit in re.finditer(
                r"(?i)\b(?:produc(?:e|es|ing|tion of)|manufactur(?:e|es|ing)(?: of)?|mak(?:e|es|ing)|turn(?:s|ing)? out|focus(?:es|ed)? on|output of|capacity (?:of|for)|meters? (?:for|of))\b",
                line.text,
            ):
                if made := product(text, line.start + hit.end(), min(line.end, line.start + hit.end() + 90)):
                    found.append(made)
        if not found:
            for line, mention in self.site.mentions:
                if made := product(text, mention.start, mention.end):
                    found.append(made)
                    break
                del line
        unique: list[str] = []
        for words in found:
            if not any(words.lower() in known.lower() or known.lower() in words.lower() for known in unique):
                unique.append(words)
        return unique[:4]

    def _segment(self, own: list[Line], products: list[str]) -> str | None:
        phrases = [self.scene.text[m.start : m.end] for _, m in self.site.mentions]
        kinds = {self.scene.ledger.figure[c.figure].kind for c in self.capacities}
        for words in (" ; ".join(phrases), " ; ".join(products), " ; ".join(line.text for line in own)):
            if (found := segment(words)) is not None:
                return "energy_storage" if found == "cell" and {"power", "energy"} <= kinds else found
        heading = self.scene.headings[self.site.section]
        return segment(
            " ; ".join([heading.text if heading else "", *(line.text for line in self.scene.lines[:3])])
        )
