"""`extractor run` with a model behind it: what it says, and with which exit status."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from faults.replies import Fault
from faults.server import FaultServer
from typer.testing import CliRunner

from extractor.cli import app

pytestmark = pytest.mark.block_network(allowed_hosts=["127.0.0.1"])

ROOT = Path(__file__).parents[2]
DONE, SOME_FAILED, NOTHING_DONE, INTERRUPTED = 0, 1, 2, 130


@pytest.fixture
def arguments(tmp_path, monkeypatch):
    """The command for a server's address."""
    monkeypatch.chdir(tmp_path)
    paths = ["in.jsonl", "-o", "out.jsonl"]
    return lambda server: ["run", *paths, "--model", "m", "--base-url", server.url, "--no-cache"]


@pytest.fixture
def extractor_(arguments):
    return lambda server, *more: CliRunner().invoke(app, [*arguments(server), *more])


def all_four(fault):
    return {f"Plant {number:03}": fault for number in range(4)}


@pytest.mark.parametrize(
    ("faults", "status", "told"),
    [
        ({}, DONE, "documents 4 done"),
        ({"Plant 002": "refusal"}, SOME_FAILED, "failed: Plant 002: the model refused to answer"),
        ({"Plant 003": "401"}, SOME_FAILED, "does not accept the API key"),
        (all_four("refusal"), NOTHING_DONE, "failed: Plant 003: the model refused to answer"),
        (all_four("401"), NOTHING_DONE, "does not accept the API key"),
        (all_four("404"), NOTHING_DONE, 'knows no model "m"'),
        (all_four("html"), NOTHING_DONE, "is no OpenAI-compatible server"),
    ],
    ids=["all done", "one refused", "key expires", "all refused", "wrong key", "wrong model", "no model"],
)
def test_the_exit_status_tells_how_it_went(job, extractor_, faults, status, told):
    press = job(4)
    with FaultServer({each: Fault(name) for each, name in faults.items()}) as server:
        ran = extractor_(server, "--concurrency", "1")

    assert told in " ".join(ran.stderr.split())
    assert "Traceback" not in ran.stderr
    assert ran.exit_code == status
    assert set(press.results) == {each for each in press.documents if server.answers(each) == ["good"]}


def test_a_run_that_was_ended_goes_on_with_the_same_command(job, extractor_):
    press = job(4)
    with FaultServer({"Plant 002": Fault("401")}) as server:
        extractor_(server, "--concurrency", "1")
    finished = set(press.results)
    with FaultServer(port=server.port) as back:
        ran = extractor_(back, "--concurrency", "1")

    assert ran.exit_code == DONE
    assert set(back.calls) == set(press.documents) - finished
    assert press.accounted() == press.each_once()


def test_failures_can_be_left_alone(job, extractor_):
    press = job(4)
    with FaultServer({"Plant 002": Fault("refusal")}) as server:
        extractor_(server)
    with FaultServer(port=server.port) as back:
        ran = extractor_(back, "--no-retry-failures", "--json-summary")

    assert ran.exit_code == SOME_FAILED
    assert json.loads(ran.stdout)["left"] == 1
    assert back.asked() == {}
    assert press.accounted() == press.each_once()


def test_a_signal_lets_what_is_in_flight_finish_and_nothing_is_asked_twice(job, arguments, extractor_):
    press = job(60)
    with FaultServer(latency=0.1) as server:
        command = [sys.executable, "-m", "extractor", *arguments(server), "-q"]
        settings = {**os.environ, "PYTHONPATH": str(ROOT)}
        with subprocess.Popen(command, env=settings, text=True, stderr=subprocess.PIPE) as run:  # noqa: S603
            while len(server.calls) < 10:
                assert run.poll() is None, run.stderr.read()
                time.sleep(0.01)
            run.send_signal(signal.SIGTERM)
            _, told = run.communicate()
        asked = set(server.calls)
        again = extractor_(server)

    assert (run.returncode, again.exit_code) == (INTERRUPTED, DONE)
    assert "the same command goes on" in told
    assert len(asked) < 60
    assert server.asked() == press.each_once()
    assert press.accounted() == press.each_once()
