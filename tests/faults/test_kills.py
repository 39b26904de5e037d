"""Runs that are killed lose nothing, write nothing twice and ask for nothing again that was finished."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="the benchmark looks for processes in /proc")
def test_the_benchmark_of_kills_finds_nothing_wrong_in_a_few():
    command = [sys.executable, "benchmarks/kills.py", "--kills", "2", "--documents", "40"]

    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603

    told = dict(line.split("  ", 1) for line in ran.stdout.splitlines())
    found = {name: told[name].strip() for name in ("lost", "written twice", "finished and asked again")}
    assert found == {"lost": "0", "written twice": "0", "finished and asked again": "0"}
    assert ran.returncode == 0
