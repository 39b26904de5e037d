"""What `kill -9` costs: a run with a model behind it, killed at random moments and begun again each time.

    python benchmarks/kills.py [--kills 50] [--documents 500] [--concurrency 8] [--processes 1] [--seed 1]

The model is the tests' server in a process of its own. Some of the kills come when so many documents have
been asked for, some while the command still starts. Only the main process is killed: those that it has
started have to end by themselves. Prints a table; the exit status is 1 where something was lost, written
twice, asked again although it was finished, or left running. Needs Linux, for its /proc.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.request import urlopen

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
DEFAULTS = {"kills": 50, "documents": 500, "concurrency": 8, "processes": 1, "seed": 1}
LATENCY = 0.05  # seconds
REFUSED = 0.03  # share of the documents that the model refuses, on the first try or always
STARTING = 1.5  # seconds after which a command has mostly begun to ask
PATIENCE = 10.0  # seconds that the processes of a killed run may take to end


@dataclass(slots=True)
class Count:
    """What the kills have cost so far."""

    while_starting: int = 0
    """Kills before the run had asked for anything."""
    again: int = 0
    """Calls for documents that had a result."""
    ended: list[str] = field(default_factory=list)
    """What was said by runs that ended before they were killed."""
    sessions: list[int] = field(default_factory=list)


@contextmanager
def model(seed: int) -> Iterator[str]:
    """The address of a server of a model in a process of its own."""
    command = [sys.executable, "-m", "tests.faults.server", f"--latency={LATENCY}", f"--seed={seed}"]
    faults = ["--fault=refusal", "--fault=refusal=1", f"--share={REFUSED}"]
    with subprocess.Popen([*command, *faults], cwd=ROOT, stdout=subprocess.PIPE, text=True) as server:
        try:
            yield server.stdout.readline().strip()
        finally:
            server.kill()


def calls(url: str) -> dict[str, list[str]]:
    """What each call for each document was answered."""
    with urlopen(url.removesuffix("/v1") + "/calls") as told:
        return json.load(told)


def ids(path: Path) -> list[str]:
    """The documents of the whole lines of a file."""
    if not path.exists():
        return []
    lines = path.read_bytes().split(b"\n")[:-1]
    return [json.loads(line)["doc_id"] for line in lines]


def alive(sessions: list[int]) -> int:
    """How many processes of these sessions are left."""
    found = 0
    for entry in Path("/proc").iterdir():
        try:
            state, *numbers = (entry / "stat").read_text().rpartition(")")[2].split()
        except (OSError, ValueError):
            continue  # no process, or none any more
        found += state != "Z" and int(numbers[2]) in sessions
    return found


def start(folder: Path, url: str, *options: str) -> subprocess.Popen[str]:
    """The command, in a session of its own so that its processes can be found."""
    arguments = [
        "run",
        "in.jsonl",
        "-o",
        "out.jsonl",
        "--model",
        "m",
        "--base-url",
        url,
        "--quiet",
        "--no-cache",
    ]
    return subprocess.Popen(
        [sys.executable, "-m", "extractor", *arguments, *options],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def kill(run: subprocess.Popen[str], url: str, point: int, chance: random.Random) -> bool:
    """Kill a run when so many documents have been asked for, or while it starts where they have been before.

    Whether it was still starting.
    """
    asked = len(calls(url))
    starting = asked >= point
    until = time.monotonic() + chance.uniform(0, STARTING)
    while run.poll() is None and len(calls(url)) < max(point, asked + 1):
        if starting and time.monotonic() > until:
            break
        time.sleep(0.01)
    else:
        starting = False
        time.sleep(chance.uniform(0, LATENCY))
    run.kill()
    return starting


def main() -> int:
    """Kill, count, and print what it came to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    for name, default in DEFAULTS.items():
        parser.add_argument(f"--{name}", type=int, default=default)
    told = parser.parse_args()
    chance = random.Random(told.seed)
    names = [f"Plant {number:03}" for number in range(told.documents)]
    # so early that no run is done before its kill
    points = sorted(chance.choices(range(1, told.documents - 2 * told.concurrency), k=told.kills))
    count, began = Count(), time.monotonic()
    with tempfile.TemporaryDirectory() as made, model(told.seed) as url:
        folder = Path(made)
        text = "{} in Debrecen costs 420 million euros and will make 8 GWh of cells a year."
        records = [json.dumps({"id": name, "text": text.format(name)}) for name in names]
        (folder / "in.jsonl").write_text("\n".join(records) + "\n")
        out, failures = folder / "out.jsonl", folder / "out.failures.jsonl"
        for point in [*points, None]:
            finished, before = ids(out), calls(url)
            run = start(folder, url, f"--concurrency={told.concurrency}", f"--processes={told.processes}")
            if point is not None:
                count.while_starting += kill(run, url, point, chance)
            _, said = run.communicate()
            if point is not None and run.returncode != -signal.SIGKILL:
                count.ended.append(f"{run.returncode}: {said}")
            count.sessions.append(run.pid)
            after = calls(url)
            count.again += sum(len(after.get(each, ())) - len(before[each]) for each in finished)
        written = Counter(ids(out) + ids(failures))
        until = time.monotonic() + PATIENCE
        while (left := alive(count.sessions)) and time.monotonic() < until:
            time.sleep(0.1)
    lost, twice = set(names) - set(written), [each for each, times in written.items() if times > 1]
    good = sum(answers.count("good") for answers in after.values())
    results = sum("good" in answers for answers in after.values())
    rows = {
        "documents": f"{told.documents}, of which the model refused {told.documents - results}",
        "kills": f"{told.kills}, of which {count.while_starting} while it started",
        "lost": len(lost),
        "written twice": len(twice),
        "finished and asked again": count.again,
        "in work at a kill and asked again": f"{good - results}, {(good - results) / told.kills:.1f} a kill",
        "processes left running": left,
        "runs that ended before their kill": len(count.ended),
        "seconds": round(time.monotonic() - began),
    }
    for name, value in rows.items():
        print(f"{name:34} {value}")
    print(*count.ended, said.strip(), sep="\n", file=sys.stderr)
    return int(any((lost, twice, count.again, left, count.ended)))


if __name__ == "__main__":
    sys.exit(main())
