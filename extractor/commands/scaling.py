"""Scaling: the options of `run` that say where its documents are worked on."""

from __future__ import annotations

import os
from math import ceil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from contextlib import AbstractAsyncContextManager

    from extractor.batch.processes import Desks
    from extractor.pipeline import Extractor

_KEEPS_UP = 32
"""Documents at the model at a time that one process reads and checks."""


def at_work(  # noqa: PLR0913  what a run is told, all of it by name
    ray: str | None,
    extractor: Extractor,
    *,
    processes: int | None,
    concurrency: int,
    settings: str,
    text: bool,
) -> tuple[int, AbstractAsyncContextManager[Desks] | None]:
    """How many processes there are, and their desks where they are those of a Ray cluster."""
    if ray is None:
        return processes or min(ceil(concurrency / _KEEPS_UP), os.cpu_count() or 1), None
    from extractor.scale import Cluster  # noqa: PLC0415  only where asked for

    cluster = Cluster(ray)
    actors = processes or cluster.cpus
    return actors, cluster.desks(
        extractor, actors=actors, concurrency=concurrency, settings=settings, text=text
    )
