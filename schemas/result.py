"""Result: what one document becomes, one JSON line."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from pydantic import ConfigDict, Field

from schemas.base import Model
from schemas.deal import Deal
from schemas.facility import Facility
from schemas.forecast import Forecast
from schemas.problem import Problem
from schemas.quantity import Quantity
from schemas.when import When

if TYPE_CHECKING:
    from schemas.frames import Engine

SCHEMA_VERSION = 1


class Dismissed(Model):
    """A numeral that is no figure about the industry, with the reason."""

    figure: str | None = None
    """Ledger id where a figure was dismissed; null where the numeral was never a figure (a stock code)."""
    text: str
    """The exact slice of the document."""
    start: int = Field(ge=0)
    """Offset of the slice."""
    end: int = Field(ge=0)
    """Offset after the slice."""
    reason: str
    """Why: "stock code", "phone number", "date", "name", "page furniture" …"""


class Coverage(Model):
    """Every numeral of the text, accounted for: read = used + dismissed + unexplained."""

    figures_read: int = 0
    """Numerals found in the text."""
    figures_used: int = 0
    """Figures that stand in a record, restate one that does, or were read as part of one."""
    figures_dismissed: list[Dismissed] = Field(default_factory=list)
    """Numerals that are no figures, each with its reason."""
    figures_unexplained: list[str] = Field(default_factory=list)
    """Ids of figures that no record took."""


class Usage(Model):
    """What the draft cost; zeros for the rules."""

    calls: int = 0
    """Requests sent to the model."""
    reasks: int = 0
    """Of these, repeated because an answer did not validate."""
    prompt_tokens: int = 0
    """Tokens sent."""
    cached_tokens: int = 0
    """Of these, served from the provider's cache."""
    answer_tokens: int = 0
    """Tokens generated."""
    known_answers: int = 0
    """Answers that were kept from before, and cost nothing; they are no calls and have no tokens here."""
    cost_usd: float | None = None
    """What the tokens cost in US dollars, by the package genai-prices; null where it knows no price."""
    seconds: float = 0.0
    """Time spent waiting for the model."""
    prompt_hash: str | None = None
    """Identifies the prompt files that were used."""


class Run(Model):
    """What a result line was made of, so that a run that was broken off can be continued."""

    document: str
    """Key of the document: a hash of its id, text, title, publication date and carried-through keys."""
    settings: str
    """Key of the settings: a hash of the drafter, its settings and the versions of toolkit and schema."""


class Result(Model):
    """What one document becomes. Keys of the input that the contract does not know are carried through."""

    model_config = ConfigDict(extra="allow")

    schema_version: Literal[1] = 1
    """Version of this contract."""
    doc_id: str
    """The document's id: given, or made from its file name and place in the file."""
    source: str | None = None
    """Where it came from: a publisher, an address or a file."""
    title: str | None = None
    """Headline."""
    published: date | None = None
    """Publication date, which relative times are resolved against."""
    text: str | None = None
    """The document's text that all offsets refer to; null where it was left out."""
    drafter: str
    """`rules`, or the name of the language model."""
    facilities: list[Facility] = Field(default_factory=list)
    """Plants, lines, bases, parks and storage projects."""
    deals: list[Deal] = Field(default_factory=list)
    """Agreements between named parties."""
    forecasts: list[Forecast] = Field(default_factory=list)
    """Amounts of markets, places and companies at a time."""
    figures: list[Quantity] = Field(default_factory=list)
    """The ledger: every figure of the text."""
    times: list[When] = Field(default_factory=list)
    """The ledger: every time of the text."""
    problems: list[Problem] = Field(default_factory=list)
    """What the checks found."""
    coverage: Coverage = Coverage()
    """What became of every figure."""
    usage: Usage = Usage()
    """What it cost."""
    run: Run | None = None
    """What the line was made of; null for a result that no batch wrote."""

    def to_json(self, *, text: bool = True) -> str:
        """One JSON line without the line break; `text=False` leaves the document's text out."""
        return self.model_dump_json(exclude=None if text else {"text"})

    def to_dataframe(self, table: str, *, engine: Engine = "pandas") -> Any:  # noqa: ANN401
        """One table of this result, such as "capacities", as a data frame of pandas or polars.

        For many results at once there is `schemas.to_dataframe(results, table)`; docs/tables.md has the
        tables. Raises as that does.
        """
        from schemas.frames import to_dataframe  # noqa: PLC0415  tables are made from this model

        return to_dataframe([self], table, engine=engine)
