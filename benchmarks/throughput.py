"""Throughput: `extractor run` beside plain instructor, langextract and bare clients, against one server.

    make bench-throughput
    python benchmarks/throughput.py [--texts briefs] [--quick] [--rounds N] [--only TOOL]...

The server answers every call after 200 ms with what its kind of tool expects, so that 64 calls in flight can
finish 320 documents a second and no tool has to ask again. All tools are given the same documents, varied
press texts of the fixtures, and write JSONL. They take turns, so that a busy machine is busy for all of them.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import urllib.request
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from statistics import mean, median
from typing import TYPE_CHECKING, Any, NamedTuple

from load.process import Spent, measured
from load.stories import TEXTS, stories, write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from load.stories import Story

HERE = Path(__file__).parent
IN_FLIGHT = 64
LATENCY = 0.2  # seconds
LIMIT = IN_FLIGHT / LATENCY
SIZES, QUICK_SIZES = (2_000, 20_000), (500, 2_000)
"""Documents of the runs that are repeated, and of the long run."""
WARM_UP = 200
"""Documents of a first run that is not counted: it leaves every tool's files in the system's memory."""
PACKAGES = ("openai", "httpx2", "instructor", "langextract", "aiohttp", "pydantic")
MEGABYTE = 1e6


class Tool(NamedTuple):
    """Something that turns a file of documents into a file of records."""

    name: str
    dialect: str
    """How the server has to answer it."""
    command: Callable[[Path, Path, str], list[str]]
    """Its command line from input, output and address."""


def peer(module: str, *more: str) -> Callable[[Path, Path, str], list[str]]:
    """The command line of one of the peers' modules."""
    return lambda source, target, url: [
        sys.executable, "-m", f"load.{module}", str(source), str(target), url, str(IN_FLIGHT), *more
    ]  # fmt: skip


def ours(source: Path, target: Path, url: str) -> list[str]:
    """What a user types."""
    extractor = str(Path(sys.executable).with_name("extractor"))
    return [
        extractor, "run", str(source), "-o", str(target), "--model", "m", "--base-url", url,
        "--concurrency", str(IN_FLIGHT),
    ]  # fmt: skip


TOOLS = (
    Tool("pressledger", "draft", ours),
    Tool("instructor", "objects", peer("plain_instructor")),
    Tool("langextract", "extractions", peer("plain_langextract", "64")),
    Tool("langextract, batches of 1,024", "extractions", peer("plain_langextract", "1024")),
    Tool("openai client", "objects", peer("plain_openai")),
    Tool("aiohttp", "objects", peer("plain_aiohttp")),
)


class Run(NamedTuple):
    """One run of a tool, as the system and the server saw it."""

    documents: int
    spent: Spent
    calls: int
    most: int
    first: float
    server: float
    """Processor seconds of the server."""

    @property
    def rate(self) -> float:
        """Documents a second, from the start of the command to its end."""
        return self.documents / (self.spent.ended - self.spent.started)

    @property
    def rate_once_asking(self) -> float:
        """Documents a second, from its first call to its end."""
        return self.documents / (self.spent.ended - self.first)

    @property
    def start(self) -> float:
        """Seconds until its first call."""
        return self.first - self.spent.started

    @property
    def cpu(self) -> float:
        """Processor milliseconds of a document, the start included."""
        return self.spent.cpu / self.documents * 1000


class Bench:
    """A folder with documents and a server that is up."""

    def __init__(self, folder: Path, told: list[Story], port: int) -> None:
        self._folder, self._address = folder, f"http://127.0.0.1:{port}"
        self._told = told
        self._runs = 0

    def run(self, tool: Tool, documents: int) -> Run:
        """Run a tool on so many documents; raises RuntimeError where it did not ask once for each."""
        source, target = self._folder / f"{documents}.jsonl", self._folder / "out" / "records.jsonl"
        if not source.exists():
            write(self._told, documents, source)
        target.parent.mkdir(exist_ok=True)
        target.unlink(missing_ok=True)
        self._runs += 1
        name, before = f"run-{self._runs}", self._stats()
        command = tool.command(source, target, f"{self._address}/{tool.dialect}/{name}/v1")
        spent = measured(command, HERE, self._folder / "said.txt")
        after = self._stats()
        seen = after["runs"].get(name, {"calls": 0})
        with target.open(encoding="utf-8") as lines:
            written = sum(1 for _ in lines)
        if not written == seen["calls"] == documents:
            raise RuntimeError(
                f"{tool.name} wrote {written} lines with {seen['calls']} calls for {documents} documents"
            )
        return Run(documents, spent, seen["calls"], seen["most"], seen["first"], after["cpu"] - before["cpu"])

    def _stats(self) -> dict[str, Any]:
        with urllib.request.urlopen(f"{self._address}/stats") as response:
            told: dict[str, Any] = json.load(response)
            return told

    def facts(self) -> str:
        """What the documents are."""
        texts = [story.text(0) for story in self._told]
        return (
            f"documents: {len(texts)} press texts with other numbers each time, {mean(map(len, texts)):,.0f} "
            f"characters and {mean(story.figures for story in self._told):.0f} figures on average"
        )


@contextmanager
def bench(texts: str = "reports") -> Iterator[Bench]:
    """Make the documents' folder and start the server."""
    told = stories(texts)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        answers = folder / "stories.json"
        answers.write_text(json.dumps([story.for_server() for story in told]), encoding="utf-8")
        command = [sys.executable, "-m", "load.server", str(answers), str(LATENCY)]
        with subprocess.Popen(command, cwd=HERE, stdout=subprocess.PIPE, text=True) as server:
            try:
                yield Bench(folder, told, int(server.stdout.readline() if server.stdout else 0))
            finally:
                server.terminate()


def row(*cells: object) -> None:
    print("| " + " | ".join(map(str, cells)) + " |")


def show(short: dict[Tool, list[Run]], long: dict[Tool, Run], sizes: tuple[int, int]) -> None:
    """Print a line for each tool."""
    few, many = (f"{size:,}" for size in sizes)
    row(
        "",
        f"documents a second, {many}",
        "share of the limit",
        f"share at {few}, once asking: median (best)",
        "start, s",
        f"CPU ms a document, {many}",
        f"peak MB, {few}",
        f"peak MB, {many}",
        "calls a document",
        "most in flight",
    )
    row("---", *["---:"] * 9)
    for tool, run in long.items():
        shares = [each.rate_once_asking / LIMIT for each in short[tool]]
        runs = [*short[tool], run]
        row(
            tool.name,
            f"{run.rate:.0f}",
            f"{run.rate / LIMIT:.2f}",
            f"{median(shares):.2f} ({max(shares):.2f})",
            f"{median(each.start for each in runs):.1f}",
            f"{run.cpu:.1f}",
            f"{max(each.spent.peak for each in short[tool]) / MEGABYTE:.0f}",
            f"{run.spent.peak / MEGABYTE:.0f}",
            f"{max(each.calls / each.documents for each in runs):g}",
            max(each.most for each in runs),
        )
    server = median(run.server / run.documents for run in long.values()) * 1000
    print(f"\nThe server takes {server:.2f} ms of CPU a call, on the same cores.")
    print("Peak: sum of PSS of all of a tool's processes, without the server.")


def machine() -> str:
    """What it ran on."""
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return (
        f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}; {packages}"
    )


def main() -> None:
    """Run all tools and print the table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument(
        "--texts", default="reports", choices=TEXTS, help="of about 2,000 or 1,100 characters"
    )
    options.add_argument("--quick", action="store_true", help=f"{QUICK_SIZES} documents instead of {SIZES}")
    options.add_argument("--rounds", type=int, default=3, metavar="N", help="repetitions of the short runs")
    options.add_argument("--only", action="append", choices=[tool.name for tool in TOOLS], metavar="TOOL")
    chosen = options.parse_args()
    sizes = QUICK_SIZES if chosen.quick else SIZES
    tools = [tool for tool in TOOLS if not chosen.only or tool.name in chosen.only]
    short: dict[Tool, list[Run]] = {tool: [] for tool in tools}
    long: dict[Tool, Run] = {}
    with bench(chosen.texts) as running:
        print(f"limit: {IN_FLIGHT} calls in flight / {LATENCY} s = {LIMIT:.0f} documents a second")
        print(f"{running.facts()}\n{machine()}\n", flush=True)
        for tool in tools:
            running.run(tool, WARM_UP)
        for _ in range(chosen.rounds):
            for tool in tools:
                short[tool].append(running.run(tool, sizes[0]))
                tell(tool, short[tool][-1])
        for tool in tools:
            long[tool] = running.run(tool, sizes[1])
            tell(tool, long[tool])
    show(short, long, sizes)


def tell(tool: Tool, run: Run) -> None:
    """Say on standard error how a run went."""
    print(
        f"{tool.name}: {run.documents:,} documents, {run.rate_once_asking:.0f} a second once asking, "
        f"{run.cpu:.1f} ms of CPU each, load {os.getloadavg()[0]:.1f}",
        file=sys.stderr,
    )


if __name__ == "__main__":
    main()
