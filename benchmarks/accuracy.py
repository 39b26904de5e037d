"""Accuracy: this toolkit, plain instructor and langextract with one model, documents and scorer.

    make bench-accuracy MODEL=NAME BASE_URL=http://127.0.0.1:8080/v1
    python benchmarks/accuracy.py --model NAME --base-url URL [--documents FOLDER] [--every N] [--systems A,B]
    python benchmarks/accuracy.py --report [--markdown]

Systems are asked one after the other, about one document at a time. What they say is kept in a folder as it
comes, so that the same command goes on where it was stopped, and --report makes the table from it without a
model. A peer's values are read by this toolkit's reader and scored as its own records are.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
import urllib.request
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jiter import from_json

from extractor.document import Document
from extractor.evaluate import Scores, evaluate
from extractor.input import documents as read_documents
from systems.meter import Meter
from systems.table import SYSTEMS, System

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).parents[1]
ANSWER_TOKENS = 2_048
"""Most tokens of an answer, the same for all, so that a model that repeats itself comes to an end."""
_REFUSED = {401, 403, 404}
"""Status of an answer that no other document will change."""
PACKAGES = ("instructor", "langextract", "openai")


class Lines:
    """A JSONL file that grows by whole lines, one for each document."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> dict[str, dict[str, Any]]:
        """The lines by document; what a stop has left of a line is cut off."""
        if not self._path.exists():
            return {}
        held = self._path.read_bytes()
        whole = held[: held.rfind(b"\n") + 1]
        if whole != held:
            self._path.write_bytes(whole)
        return {line["doc_id"]: line for line in map(json.loads, whole.splitlines())}

    def add(self, line: dict[str, Any]) -> None:
        """Write a line, to the disk."""
        with self._path.open("ab") as file:
            file.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())


class Run:
    """A folder with what systems said about some documents, and what it took them."""

    def __init__(self, folder: Path, facts: dict[str, Any]) -> None:
        self.folder, self.facts = folder, facts
        root = ROOT / facts["documents"]
        found = sorted(_documents(root), key=lambda document: document.doc_id)
        self.documents = found[:: facts["every"]]
        self._gold = {document.doc_id: _gold(root, document) for document in self.documents}

    def ask(self, system: System, base_url: str) -> None:
        """Ask a system about the documents that it has not answered yet; exits where there is no server."""
        answers, measurements = self._answers(system), self._measurements(system)
        answers.read()
        done = measurements.read()
        left = [document for document in self.documents if document.doc_id not in done]
        if not left:
            return
        with Meter(base_url) as meter:
            answer_one = system.start(self.facts["model"], meter.url, ANSWER_TOKENS)
            for number, document in enumerate(left, len(self.documents) - len(left) + 1):
                started = time.monotonic()
                answer, error = _asked(answer_one, document)
                wall, calls = time.monotonic() - started, meter.taken()
                if meter.unreachable:
                    sys.exit(f"{meter.unreachable}; start the server, and the same command goes on from here")
                if error and all(call["status"] in _REFUSED for call in calls):
                    sys.exit(f"{system.name}, {document.doc_id}: {error}")
                if not answer and calls and system.of_content:
                    answer = system.of_content(_partly(calls[-1]["content"]))
                answers.add({"doc_id": document.doc_id, "answer": answer})
                measurements.add(
                    {"doc_id": document.doc_id, "wall": round(wall, 3), "error": error, "calls": calls}
                )
                say(
                    f"{system.name}: {number} of {len(self.documents)}, {document.doc_id}, {wall:.0f} s"
                    f"{(error and f', no answer: {error[:150]}') or ''}"
                )

    def scored(self, system: System) -> tuple[Scores, list[dict[str, Any]], int] | None:
        """Scores of the documents that a system is done with, what they took, and how many have no record."""
        answers, taken = self._answers(system).read(), self._measurements(system).read()
        done = [document for document in self.documents if document.doc_id in taken]
        if not done:
            return None
        without, held = 0, []
        with tempfile.TemporaryDirectory() as name:
            gold, results = Path(name) / "gold.jsonl", Path(name) / "results.jsonl"
            for document in done:
                told = answers[document.doc_id]["answer"]
                records = system.records(told, document) if told else {}
                without += not any(records.get(kind) for kind in ("facilities", "deals", "forecasts"))
                held.append(({**records, "doc_id": document.doc_id}, self._gold[document.doc_id]))
            for path, lines in zip((results, gold), zip(*held, strict=True), strict=True):
                path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
            scores = evaluate(gold, results)
        return scores, [taken[document.doc_id] for document in done], without

    def _answers(self, system: System) -> Lines:
        return Lines(self.folder / f"{system.name.replace(' ', '-')}.answers.jsonl")

    def _measurements(self, system: System) -> Lines:
        return Lines(self.folder / f"{system.name.replace(' ', '-')}.measurements.jsonl")


def _asked(answer_one: Callable[[Document], Any], document: Document) -> tuple[Any, str | None]:
    """What a system answers, or what it fails with."""
    try:
        return answer_one(document), None
    except Exception as error:  # noqa: BLE001  whatever a system fails with, it has no answer then
        return None, f"{type(error).__name__}: {error}"[:500]


def _partly(content: str | None) -> Any:  # noqa: ANN401  JSON
    """An answer that was cut off, as far as it goes; None where it is no JSON."""
    try:
        return from_json((content or "").encode(), partial_mode="on")
    except ValueError:
        return None


def _documents(folder: Path) -> Iterator[Document]:
    """The documents of a folder, as the command line reads them; exits where one cannot be read."""
    for found in read_documents([folder]):
        if not isinstance(found, Document):
            sys.exit(str(found))
        yield found


def _gold(folder: Path, document: Document) -> dict[str, Any]:
    stem = Path(document.doc_id).stem
    told: dict[str, Any] = json.loads((folder / f"{stem}.gold.json").read_text(encoding="utf-8"))
    return told


HEAD = (
    "", "figures P", "R", "F1", "all slots P", "R", "F1", "records F1", "prompt tokens", "answer tokens",
    "server s", "calls", "cut off", "no record", "documents",
)  # fmt: skip


def row(run: Run, system: System) -> tuple[str, ...] | None:
    """A line of the table; None for a system that has not been asked."""
    told = run.scored(system)
    if told is None:
        return None
    scores, taken, without = told
    calls = [call for each in taken for call in each["calls"]]

    def mean(name: str) -> float:
        return float(sum(call[name] for call in calls)) / len(taken)

    counts = [scores.count("all", slot) for slot in ("figures", "slots")]
    shares = [share for count in counts for share in (count.precision, count.recall, count.f1)]
    return (
        system.name,
        *("–" if share is None else f"{share:.2f}" for share in [*shares, scores.count("all", "records").f1]),
        f"{mean('prompt_tokens'):,.0f}",
        f"{mean('answer_tokens'):,.0f}",
        f"{mean('seconds'):,.0f}",
        f"{len(calls) / len(taken):.1f}",
        str(sum(any(call["finish"] == "length" for call in each["calls"]) for each in taken)),
        str(without),
        str(len(taken)),
    )


def report(run: Run, systems: list[System], *, markdown: bool) -> None:
    """Print what was measured, and on what."""
    rows = [told for system in systems if (told := row(run, system))]
    if markdown:
        for cells in (HEAD, ["---", *["---:"] * (len(HEAD) - 1)], *rows):
            print(f"| {' | '.join(cells)} |")
    else:
        widths = [max(map(len, column)) for column in zip(HEAD, *rows, strict=True)]
        for told in (HEAD, *rows):
            name, *numbers = (cell.rjust(width) for cell, width in zip(told, widths, strict=True))
            print("  ".join([told[0].ljust(len(name)), *numbers]))
    facts = run.facts
    every = f", every {facts['every']}. by name" if facts["every"] > 1 else ""
    print(
        f"\n{facts['model']} on {facts['server']}, {facts['began']}; {len(run.documents)} documents of "
        f"{facts['documents']}{every}; {facts['packages']}\nTokens, seconds and calls are means of a "
        f"document; an answer has {facts['answer_tokens']:,} tokens at most."
    )


def the_run(chosen: argparse.Namespace) -> Run:
    """The run of this folder, begun where there is none; exits where it is one of something else."""
    about = chosen.folder / "run.json"
    asked = {
        "model": chosen.model, "documents": chosen.documents, "every": chosen.every,
        "answer_tokens": ANSWER_TOKENS,
    }  # fmt: skip
    if about.exists():
        facts: dict[str, Any] = json.loads(about.read_text(encoding="utf-8"))
        other = [name for name, value in asked.items() if facts[name] != value]
        if other and not chosen.report:
            names = ", ".join(f"{name} {facts[name]}" for name in other)
            sys.exit(f"{chosen.folder} holds a run with {names}; give the same, or another --folder")
        return Run(chosen.folder, facts)
    if chosen.report:
        sys.exit(f"{chosen.folder} holds no run; give --model and --base-url to begin one")
    chosen.folder.mkdir(parents=True, exist_ok=True)
    facts = {
        **asked,
        "server": chosen.server or _server(chosen.base_url),
        "began": datetime.now(UTC).date().isoformat(),
        "packages": ", ".join(filter(None, map(_version, PACKAGES))),
    }
    about.write_text(json.dumps(facts, indent=1), encoding="utf-8")
    return Run(chosen.folder, facts)


def _server(base_url: str) -> str:
    """What the server calls itself; exits where there is none."""
    try:
        with urllib.request.urlopen(f"{base_url}/models", timeout=30) as response:
            name: str = response.headers.get("Server") or json.load(response)["data"][0]["owned_by"]
            return name
    except OSError as error:
        sys.exit(f"no server answers at {base_url} ({error}); start it, or give another --base-url")
    except (ValueError, LookupError):
        return base_url


def _version(package: str) -> str | None:
    try:
        return f"{package} {version(package)}"
    except PackageNotFoundError:
        return None


def say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


def main() -> None:
    """Ask whoever has not been asked yet, and print the table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--model", help="name of the model, as its server knows it")
    options.add_argument("--base-url", help="an OpenAI-compatible endpoint, such as http://127.0.0.1:8080/v1")
    options.add_argument("--server", help="what the table calls the server; what it calls itself by default")
    options.add_argument("--documents", default="fixtures/press/heldout", metavar="FOLDER")
    options.add_argument("--every", type=int, default=1, metavar="N", help="take every N. document by name")
    options.add_argument("--systems", default=",".join(SYSTEMS), metavar="A,B", help=", ".join(SYSTEMS))
    options.add_argument("--folder", type=Path, default=ROOT / "accuracy-run", help="where the run is kept")
    options.add_argument("--report", action="store_true", help="only print the table of what is there")
    options.add_argument("--markdown", action="store_true", help="print it for a README")
    chosen = options.parse_args()
    names = [name.strip() for name in chosen.systems.split(",")]
    if unknown := [name for name in names if name not in SYSTEMS]:
        options.error(f"there is no system {', '.join(unknown)}; there are {', '.join(SYSTEMS)}")
    if not chosen.report and not (chosen.model and chosen.base_url):
        options.error("give --model and --base-url, or --report")
    run = the_run(chosen)
    systems = [SYSTEMS[name] for name in names]
    if not chosen.report:
        for system in systems:
            run.ask(system, chosen.base_url.rstrip("/"))
    report(run, systems, markdown=chosen.markdown)


if __name__ == "__main__":
    main()
