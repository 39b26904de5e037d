"""Documents, jobs and what came of them, for the tests of batch jobs; in the working directory."""

import json
from pathlib import Path

from extractor import Extractor, LLMDrafter

SENTENCE = "Lumora has started building a {} plant in Debrecen, Hungary, for {} million euros."


def asking(server, model="m", **settings):
    """An extractor that asks this server, and keeps no answers."""
    return Extractor(LLMDrafter(model, base_url=server.url, **{"cache": False} | settings))


def without_seconds(name):
    """The lines, but for the time that they took."""
    told = []
    for line in lines(name):
        if "usage" in line:
            line["usage"]["seconds"] = 0.0
        told.append(json.dumps(line))
    return told


def write(*kinds, name="in.jsonl"):
    """Documents d1, d2, … of these kinds."""
    records = [{"id": f"d{n}", "text": SENTENCE.format(kind, n), "n": n} for n, kind in enumerate(kinds, 1)]
    Path(name).write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return name


def lines(name="out.jsonl"):
    """What the lines of a file say; none where there is no file."""
    path = Path(name)
    return (
        [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []
    )


def ids(name="out.jsonl"):
    return [line["doc_id"] for line in lines(name)]


def failures():
    """Why documents failed, by their ids."""
    return {line["doc_id"]: line["error"] for line in lines("out.failures.jsonl")}


def to_the_end(job, server, **options):
    """Collect until nothing is under way any more."""
    while not (standing := job.collect(**options)).is_complete:
        server.end()
    return standing
