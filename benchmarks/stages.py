"""Stages: processor time of each stage for a document of the throughput benchmark, with its model's answer.

python benchmarks/stages.py [reports | briefs]
"""

from __future__ import annotations

import gc
import json
import sys
import time
from collections import Counter
from typing import TYPE_CHECKING, Any

from extractor import LLMDrafter
from extractor.assemble import assemble
from extractor.batch.processes import GARBAGE
from extractor.checks import check
from extractor.derive import derive
from extractor.document import Document
from extractor.draft.asking import Concluded, Reply, advance
from extractor.input import publication_date
from extractor.read import read
from load.stories import stories

if TYPE_CHECKING:
    from collections.abc import Callable

DOCUMENTS = 210


class Clock(Counter[str]):
    """Seconds of processor time by what they were spent on."""

    def timed(self, name: str, work: Callable[..., Any], *arguments: Any) -> Any:  # noqa: ANN401  any stage
        """Do the work and count its time."""
        started = time.process_time()
        result = work(*arguments)
        self[name] += time.process_time() - started  # type: ignore[assignment]  seconds are no whole numbers
        return result


def measure(documents: list[tuple[Document, dict[str, Any]]], drafter: LLMDrafter) -> Clock:
    clock = Clock()
    for document, reply in documents:
        reading = clock.timed("read", read, document)
        talk = drafter.dialogue(reading)
        clock.timed("ask", advance, talk)
        end = clock.timed("take the answer", advance, talk, Reply(reply))
        if not isinstance(end, Concluded):
            raise SystemExit("the answer was asked about again; it should be without faults")
        result = clock.timed("assemble", assemble, reading, end.result, drafter.name)
        result = clock.timed("derive", derive, result)
        result = clock.timed("check", check, result, None if reading.furniture else reading.sections)
        clock.timed("write", result.to_json)
    return clock


def main() -> None:
    gc.set_threshold(*GARBAGE)  # as in a worker
    told = stories(*sys.argv[1:])
    documents = []
    for serial in range(DOCUMENTS):
        story = told[serial % len(told)]
        text = story.text(serial)
        choice = {"message": {"content": json.dumps(story.answer("draft"))}, "finish_reason": "stop"}
        documents.append((Document(text, str(serial), publication_date(text)), {"choices": [choice]}))
    drafter = LLMDrafter("m", base_url="http://127.0.0.1:9/v1", cache=False)  # nothing is sent
    measure(documents, drafter)  # what is made once is made here
    clock = measure(documents, drafter)
    print("| stage | ms a document |\n| --- | ---: |")
    for name, seconds in clock.items():
        print(f"| {name} | {seconds / DOCUMENTS * 1000:.2f} |")
    print(f"| all | {sum(clock.values()) / DOCUMENTS * 1000:.2f} |")


if __name__ == "__main__":
    main()
