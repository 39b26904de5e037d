"""Memory: the peak of a run by rules over few documents and over many, each of one line. Linux only.

python benchmarks/memory.py [FEW MANY]
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from load.process import measured

SIZES = (2_000, 40_000)
MEGABYTE = 1e6


def peak(documents: int, folder: Path) -> float:
    """Megabytes that `extractor run` takes at most, over so many documents."""
    source = folder / f"{documents}.jsonl"
    with source.open("w", encoding="utf-8") as lines:
        for number in range(documents):
            text = f"The plant will make {number % 97 + 1} GWh a year."
            lines.write(json.dumps({"id": f"d{number}", "text": text}) + "\n")
    command = [
        sys.executable,
        "-m",
        "extractor",
        "run",
        str(source),
        "-o",
        str(folder / f"{documents}.out.jsonl"),
    ]
    return measured([*command, "--quiet"], Path(__file__).parents[1], folder / "said.txt").peak / MEGABYTE


if __name__ == "__main__":
    print("| documents | peak MB |\n| ---: | ---: |")
    with tempfile.TemporaryDirectory() as name:
        for size in map(int, sys.argv[1:] or SIZES):
            print(f"| {size:,} | {peak(size, Path(name)):.0f} |", flush=True)
