"""Asking: what the plain peers share, as anyone would write it: a schema, a prompt, workers on a file."""

from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import BaseModel, Field

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

PROMPT = (
    "You read press text about batteries and energy storage. Extract every facility (plants, lines, storage "
    "projects), every deal between named parties, and every forecast of a market or a company, with their "
    "figures. Give a figure as the words of the text, its value with scale words folded in, and its unit. "
    "Leave out what the text does not say."
)


class Quantity(BaseModel):
    """A figure with its unit."""

    text: str
    value: float
    unit: str


class Capacity(BaseModel):
    """An output or storage capacity."""

    figure: Quantity
    product: str | None = None
    stage: str | None = None


class Milestone(BaseModel):
    """A dated event."""

    event: str
    time: str


class Metric(BaseModel):
    """Any other figure of a record."""

    name: str
    figure: Quantity


class Facility(BaseModel):
    """A plant, line, base or storage project."""

    name: str | None = None
    operator: str | None = None
    place: str | None = None
    segment: str | None = None
    products: list[str] = Field(default_factory=list)
    status: str | None = None
    capacities: list[Capacity] = Field(default_factory=list)
    investment: Quantity | None = None
    land_area: Quantity | None = None
    lines: list[Capacity] = Field(default_factory=list)
    milestones: list[Milestone] = Field(default_factory=list)
    metrics: list[Metric] = Field(default_factory=list)


class Party(BaseModel):
    """One side of a deal."""

    name: str
    role: str = "other"


class Volume(BaseModel):
    """An amount that changes hands."""

    figure: Quantity
    time: str | None = None


class Deal(BaseModel):
    """An agreement between named parties."""

    kind: str
    subject: str | None = None
    parties: list[Party] = Field(default_factory=list)
    value: Quantity | None = None
    unit_price: Quantity | None = None
    volumes: list[Volume] = Field(default_factory=list)
    signed: str | None = None
    term: str | None = None
    facility: str | None = None
    metrics: list[Metric] = Field(default_factory=list)


class Forecast(BaseModel):
    """An amount of a market or a company at a time."""

    metric: str
    subject: str | None = None
    region: str | None = None
    figure: Quantity
    when: str | None = None
    since: str | None = None
    forecaster: str | None = None
    basis: str = "projection"


class Records(BaseModel):
    """The records of one press text."""

    facilities: list[Facility] = Field(default_factory=list)
    deals: list[Deal] = Field(default_factory=list)
    forecasts: list[Forecast] = Field(default_factory=list)


RESPONSE_FORMAT = {
    "type": "json_schema",
    "json_schema": {"name": "Records", "schema": Records.model_json_schema()},
}


def messages(text: str) -> list[dict[str, str]]:
    """What the model is told."""
    return [{"role": "system", "content": PROMPT}, {"role": "user", "content": text}]


class Job(NamedTuple):
    """A peer's command line: IN.jsonl OUT.jsonl BASE_URL CONCURRENCY."""

    source: Path
    target: Path
    base_url: str
    concurrency: int

    @classmethod
    def of_command_line(cls) -> Job:
        """The job that this process was started for."""
        source, target, base_url, concurrency = sys.argv[1:5]
        return cls(Path(source), Path(target), base_url, int(concurrency))

    def documents(self) -> Iterator[dict[str, Any]]:
        """The lines of the input, one by one."""
        with self.source.open(encoding="utf-8") as lines:
            yield from map(json.loads, lines)

    async def work(self, answer: Callable[[str], Awaitable[Any]]) -> None:
        """Answer each text, so many at a time, and write the results as they come."""
        documents = self.documents()
        with self.target.open("w", encoding="utf-8") as out:

            async def worker() -> None:
                for document in documents:  # shared by all workers
                    records = await answer(document["text"])
                    out.write(
                        json.dumps({"id": document["id"], "records": records}, ensure_ascii=False) + "\n"
                    )

            await asyncio.gather(*(worker() for _ in range(self.concurrency)))
