"""Reader: which sentences tell of which deal."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extractor.draft.rules.companies import gives_money
from extractor.draft.rules.deals import figures
from extractor.draft.rules.deals.agreement import Agreement
from extractor.draft.rules.deals.beside import told_role
from extractor.draft.rules.deals.continuing import ABOUT_A_DEAL, BACK, continues, goes_on, is_told_of
from extractor.draft.rules.deals.goods import goods_in
from extractor.draft.rules.deals.listed import listed
from extractor.draft.rules.deals.opening import event_start, opened, signed
from extractor.draft.rules.deals.parties import candidates
from extractor.draft.rules.deals.parts import further, parts, respective, tender_of, winners, won
from extractor.draft.rules.deals.roles import missing_role, roles
from extractor.draft.rules.deals.terms import LABELLED, opened_by_title, read_label
from extractor.draft.rules.mentions import HEADS
from extractor.draft.rules.vocabulary import Pattern

if TYPE_CHECKING:
    from extractor.draft.rules.names import Name
    from extractor.draft.rules.scene import Line, Scene
    from extractor.draft.rules.sites import Sites

_UNTOLD = "other"
"""What a deal is of which no word tells that it is one."""
_WILL_DELIVER = Pattern(
    r"(?: \([^)]*\))?,? {deals.verbs.about_to} (?:also )?"
    r"(?:{deals.verbs.hand_over}|{deals.verbs.receive})"
)
_LINK = re.compile(r",? (?:and |& )?(?:including |such as )?(?:the )?")
_THE_PARTIES = re.compile(
    r"(?i)\b(?:the two|both|the|these two) (?:companies|parties|firms|groups|partners|sides)\b|"
    r"^(?:they|both)\b"
)
_THE_PAPER = Pattern(r"(?:The|This) (?:[\w$€£-]+ ){0,3}{deals.words.papers}")
_EARLIER = Pattern(
    r"(?:It|This|The (?:[\w-]+ ){0,3}{deals.continuing.papers}) (?:also )?{deals.words.succeeding} "
    r"(?:an?|the|their|its)(?: [\w-]+){0,4}? {deals.continuing.papers}(?: [\w-]+){0,6} (?:in|on|from) "
)
_ADVISES = Pattern(r"{deals.words.advising}")
_SERIES = re.compile(r"(?i)\bseries [a-z]\d?\b")
_A_SUM = Pattern(r"(?:{deals.words.sums} an? (?:[\w-]+ ){0,2}|{deals.words.given} )$")
_ANY_SUM = Pattern(r"(?:{deals.words.sums}|{deals.words.given}) (?:an? (?:[\w-]+ ){0,2})?$")
_SO_FAR = Pattern(r"{deals.words.so_far}")


class Reader:
    """Reads a document's lines in order and keeps the deal at hand."""

    def __init__(self, scene: Scene, sites: Sites, taken: set[str]) -> None:
        self.scene, self.sites, self.taken = scene, sites, taken
        self.found: list[Agreement] = []
        """The deals so far, in text order."""
        self._listed = listed(scene, sites)
        self._current: Agreement | None = None
        self._title: Agreement | None = None
        """The deal of the last title, until the text below comes to it."""

    def read(self, line: Line) -> None:
        """Find the deal of a line, if it tells of one, and give it what the line says."""
        if item := self._listed.get(line.index):
            self.found.append(item)
            item.lines.append(line)
            figures.take(self.sites, item, line, self.taken)
            self._current = self._title = None
            return
        if line.headline and not LABELLED.match(line.text):
            self._read_title(line)
            return
        current = self._current
        if current and line.section != current.section and self.scene.headings[line.section]:
            self._current = None
        named = winners(self.scene, line) or respective(self.scene, line)
        if named and (tender := tender_of(self.scene, line, self._current)):
            for part, name in named:
                self._add(won(self.scene, part, name, tender), part)
            return
        first, *rest = self._parts(line)
        deal = self._read_one(first)
        if deal is None:
            return
        for part in rest:
            if (other := further(self.scene, self.sites, part, deal)) is not None:
                self._add(other, part)

    def _parts(self, line: Line) -> list[Line]:
        """The passages of a sentence that tell of a deal each, or the sentence alone."""
        first, *rest = parts(self.sites, line) or [line]
        known = {} if self._current is None else self._current.parties
        told_of = (name for part in rest for name in candidates(self.sites, part))
        if rest and all(self.scene.names.full(name.text) in known for name in told_of):
            return [line]  # it goes on about a deal with several parties
        told = opened(self.scene, self.sites, first) if rest else None
        if rest and told is None and self._current is not None and self._current.kind == "procurement":
            named = candidates(self.sites, first)
            told = Agreement("procurement", first, {name.text: "seller" for name in named})
        if told is None or any(further(self.scene, self.sites, part, told) is None for part in rest):
            return [line]
        return [first, *rest]

    def _add(self, deal: Agreement, line: Line) -> None:
        """A further deal with the passage that tells of it."""
        self.found.append(deal)
        self._current, self._title = deal, None
        deal.lines.append(line)
        figures.take(self.sites, deal, line, self.taken)

    def _read_one(self, line: Line) -> Agreement | None:
        """Find the deal of a sentence, and give it what the sentence says."""
        deal = self._deal(line)
        if deal is None:
            return None
        deal = self._further_award(deal, line) or deal
        self._current, self._title = deal, None
        if line is not deal.line:
            self._add_parties(deal, line)
            deal.signed = deal.signed or signed(line)
        if LABELLED.match(line.text):
            read_label(deal, line)
        deal.lines.append(line)
        figures.take(self.sites, deal, line, self.taken)
        return deal

    def _add_parties(self, deal: Agreement, line: Line) -> None:
        """The parties that a further sentence names: who is given a role there, else who is missing."""
        named = candidates(self.sites, line)
        if not deal.parties and deal.kind != _UNTOLD:
            deal.parties, deal.told = roles(self.scene, line, deal.kind, named, event_start(line))
            return
        told: str | None = None
        before: Name | None = None
        for name in named:
            full, role = self.scene.names.full(name.text), told_role(line, deal.kind, name)
            if role is None and before and _LINK.fullmatch(line.between(before.end, name.start)):
                role = told  # "joined by A and B"
            if (
                role is None
                and deal.kind == "funding"
                and gives_money(name.text)
                and not _ADVISES.search(line.text)
            ):
                role = "investor"
            told, before = role, name
            if role is not None:
                deal.turn(full, role)
            if any(name.text in known for known in deal.parties):
                continue  # a party again, by its short name, or the parent that its name carries
            abbreviated = name.text.isupper() and len(name.text) <= 3  # "CPP" is a film before it is a firm
            if (
                role is None
                and len(deal.parties) < 2
                and name.sort == "company"
                and deal.kind != "funding"
                and not abbreviated
            ):
                role = missing_role(deal.parties.values())
            if role == "target" and role in deal.parties.values():
                role = None  # the money is one company's; another is only compared with it
            if role is not None:
                deal.parties.setdefault(full, role)

    def _further_award(self, deal: Agreement, line: Line) -> Agreement | None:
        """The award of a tender's next lot: the sentence names a winner, where the deal at hand has one."""
        sellers = [name for name, role in deal.parties.items() if role == "seller"]
        told_apart = bool(sellers) or line.whole is not None
        if deal.kind != "procurement" or not told_apart or not deal.figures() or not line.figures:
            return None
        named = candidates(self.sites, line)
        winners = [name for name in named if told_role(line, deal.kind, name) == "seller"]
        full = {self.scene.names.full(name.text) for name in winners}
        if len(full) != 1 or full & deal.parties.keys():
            return None
        buyers = {name: role for name, role in deal.parties.items() if role == "buyer"}
        award = Agreement(
            deal.kind, line, parties={**buyers, full.pop(): "seller"}, paper=deal.paper, term=deal.term
        )
        award.goods = goods_in(self.scene, line) or deal.goods
        self.found.append(award)
        return award

    def _read_title(self, line: Line) -> None:
        """A title in small letters tells of a deal as a sentence does: "Solenne licenses coating to X"."""
        if not line.times:  # a place and a date stand between title and text
            self._title = None if line.capitalised else opened(self.scene, self.sites, line)

    def _deal(self, line: Line) -> Agreement | None:
        """The deal that a line tells of: a new one, one told before, or the one at hand."""
        current = self._current
        new = opened(self.scene, self.sites, line)
        if new is None or (not new.parties and (current or self._title)):
            return self._continued(line)
        if current is not None and is_told_of(line, current, new):
            return current
        if current is not None and _EARLIER.match(line.text) and new.kind == current.kind:
            self.found.append(new)  # "It replaces a contract signed in 2021": with terms of its own
            return new
        another = current is not None and self._is_another(line, current, new)
        if current is not None and not another and continues(line, current, new):
            current.join(new)
            return current
        if self._title is not None and self._title.parties.keys() & new.parties.keys():
            new.join(self._title)
        elif self._title is not None and self._title.kind == new.kind and _THE_PAPER.match(line.text):
            new.join(self._title)  # "The 210 million dollar round was led by …" is that of the title
            new.paper = self._title.paper or new.paper
        if not new.parties and (before := self._told_before(line)):
            # "A will build two lines for B. Worth 87 million euros, the order was signed on …"
            named = candidates(self.sites, before)
            if len(named) > 1:
                new.parties, new.told = roles(self.scene, before, new.kind, named, named[0].end)
                new.goods = new.goods or goods_in(self.scene, before)
                new.lines.append(before)
                figures.take(self.sites, new, before, self.taken)
        alike = (deal for deal in self.found if deal.kind == new.kind and deal.agrees(new))
        known = next((deal for deal in alike if not self._is_another(line, deal, new)), None)
        if known is None:
            self.found.append(new)
        return known or new

    def _told_before(self, line: Line) -> Line | None:
        """The sentence with the parties of one that names none: the one before.

        For "the two companies" it is the last that names two.
        """
        before = self.scene.previous(line)
        if before is not None or not _THE_PARTIES.search(line.text):
            return before
        section = self.scene.sections[line.section]
        earlier = reversed(section[: section.index(line.whole or line)])
        return next((told for told in earlier if len(candidates(self.sites, told)) > 1), None)

    def _is_another(self, line: Line, current: Agreement, new: Agreement) -> bool:
        """Whether a sentence about the same parties tells of a further deal.

        It does by a round of another name, by a sum of its own ("was awarded a 9 million dollar grant"), or
        by a counterpart that it does not name.
        """
        if new.kind == "funding" == current.kind:
            rounds = [_SERIES.search(deal.line.text) for deal in (current, new)]
            if all(rounds) and len({hit[0].lower() for hit in rounds if hit}) > 1:
                return True
            value = self.scene.ledger.figure.get(current.value or "")
            return value is not None and any(
                figure.kind == "money"
                and figure.base_value != value.base_value
                and (_A_SUM if current is self._current else _ANY_SUM).search(line.before(figure.start, 40))
                and not _SO_FAR.search(line.near(figure, 40, 60))
                for figure in line.figures
            )
        has_terms = bool(current.figures()) or len(current.parties) > 1
        return has_terms and not BACK.match(line.text) and new.unnamed

    def _continued(self, line: Line) -> Agreement | None:
        """The deal that a line without an event goes on about."""
        if LABELLED.match(line.text) and not self._is_of_facility(line):
            if not self.found and (deal := opened_by_title(self.scene, line)):
                self.found.append(deal)
            return self.found[-1] if self.found else None
        if self._is_labelled(line):
            return self._at_hand(line)
        if self._current is not None:
            stays = self._delivers(line, self._current) or goes_on(line, self._current, self.sites)
            return self._current if stays else None
        if self._title is not None and ABOUT_A_DEAL.search(line.text):
            self.found.append(self._title)
            return self._title
        return None

    def _delivers(self, line: Line, deal: Agreement) -> bool:
        """Whether a sentence opens with a party that is to hand over or receive: "A is to supply 9 tons"."""
        first = next(iter(line.companies), None)
        if first is None or first.start > line.start or line.section != deal.section:
            return False
        party = self.scene.names.full(first.text) in deal.parties
        return party and _WILL_DELIVER.match(line.after(first.end, 60)) is not None

    def _is_labelled(self, line: Line) -> bool:
        """Whether figures of a line are said to be a deal's."""
        labels = (self.scene.labels.get(figure.figure) for figure in line.figures)
        return any(label and label.record == "deals" for label in labels)

    def _at_hand(self, line: Line) -> Agreement:
        """The deal that a line goes on about, which is known to be about one: the last of the section.

        Where none is known it opens one.
        """
        told = self.found if self._title is None else [*self.found, self._title]
        near = [deal for deal in told if deal.section == line.section]
        if near or len(told) == 1:
            deal = self._current or (near or told)[-1]
        else:
            named = candidates(self.sites, line)
            deal = Agreement(_UNTOLD, line, {self.scene.names.full(name.text): "other" for name in named})
        if deal not in self.found:
            self.found.append(deal)
        return deal

    def _is_of_facility(self, line: Line) -> bool:
        """Whether a labelled line describes a facility: it mentions one, or its heading does."""
        heading = self.scene.headings[line.section]
        return bool(self.sites.in_line(line) or (heading and HEADS.search(heading.text)))
