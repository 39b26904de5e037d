"""The commands `batch submit`, `batch status` and `batch collect`, as a user types them."""

import json
import re
import signal
import time
from pathlib import Path

import pytest
from batch_server import BatchServer
from typer.testing import CliRunner

from extractor.cli import app

pytestmark = pytest.mark.block_network(allowed_hosts=["127.0.0.1"])


@pytest.fixture
def server():
    with BatchServer() as server:
        yield server


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A working directory with three documents, one of which the model makes a fault about at first."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    kinds = ["plain", "faulty", "plain"]
    records = [
        {"id": f"d{n}", "text": f"A {kind} plant costs {n} million euros."} for n, kind in enumerate(kinds)
    ]
    (tmp_path / "in.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records))
    return tmp_path


@pytest.fixture
def typed(folder):  # noqa: ARG001  it is run there
    """The command line in that directory: a line of words."""
    runner = CliRunner()
    return lambda line: runner.invoke(app, line.split())


@pytest.fixture
def submit(server):
    """The command that submits the three."""
    return f"batch submit in.jsonl --out out.jsonl --model m --base-url {server.url}"


def lines(path):
    return Path(path).read_text(encoding="utf-8").splitlines()


def ids(path="out.jsonl"):
    return [json.loads(line)["doc_id"] for line in lines(path)]


def without_seconds(path):
    return [re.sub(r'"seconds":[0-9.]+', "", line) for line in lines(path)]


def test_submit_tells_what_is_under_way_and_what_comes_next(typed, submit):
    ran = typed(submit)

    assert (ran.exit_code, ran.stdout) == (0, "")
    assert "batch-2" in ran.stderr
    assert "3 documents: 3 under way" in ran.stderr
    assert "next: extractor batch collect out.jsonl" in ran.stderr


def test_collect_writes_what_is_there_and_says_by_its_status_that_not_all_is(typed, submit, server):
    typed(submit)
    before = typed("batch collect out.jsonl")
    server.end()

    after = typed("batch collect out.jsonl")

    assert (before.exit_code, after.exit_code, ids()) == (4, 4, ["d0", "d2"])
    assert "documents  2 done" in after.stderr
    assert "3 documents: 2 done, 1 under way" in after.stderr

    server.end()
    last = typed("batch collect out.jsonl")

    assert (last.exit_code, ids()) == (0, ["d0", "d2", "d1"])
    assert "next:" not in last.stderr


def test_a_job_keeps_the_window_that_it_was_begun_with(typed, submit, server):
    submitted = typed(f"{submit} --window 500")
    server.end()

    collected = typed("batch collect out.jsonl --reask now")

    assert (submitted.exit_code, collected.exit_code, ids()) == (0, 0, ["d0", "d1", "d2"])


def test_collect_asks_at_once_where_that_is_wanted(typed, submit, server):
    typed(submit)
    server.end()

    ran = typed("batch collect out.jsonl --reask now")

    assert (ran.exit_code, ids()) == (0, ["d0", "d1", "d2"])


def test_collect_waits_until_all_is_done(typed, submit, server, monkeypatch):
    typed(submit)
    monkeypatch.setattr(time, "sleep", lambda _: server.end())

    ran = typed("batch collect out.jsonl --wait --json-summary --quiet")

    assert (ran.exit_code, sorted(ids()), ran.stderr) == (0, ["d0", "d1", "d2"], "")
    assert json.loads(ran.stdout)["usage"]["calls"] == 4


def test_a_wait_can_be_stopped(typed, submit, monkeypatch):
    typed(submit)
    monkeypatch.setattr(time, "sleep", lambda _: signal.raise_signal(signal.SIGINT))

    ran = typed("batch collect out.jsonl --wait")

    assert ran.exit_code == 130
    assert "stopped; nothing is lost, and the same command goes on from here" in ran.stderr
    assert "next: extractor batch collect out.jsonl" in ran.stderr


def test_results_are_those_of_run(typed, server):
    options = f"--model m --base-url {server.url} --no-cache --published 2025-03-01 --no-text"
    typed(f"batch submit in.jsonl -o out.jsonl {options}")
    typed(f"run in.jsonl -o run.jsonl {options}")
    server.end()
    typed("batch collect out.jsonl --no-cache --reask now")

    assert without_seconds("out.jsonl") == without_seconds("run.jsonl")


def test_what_fails_is_named_and_tried_again_by_the_same_submit(typed, submit, server):
    typed(submit)
    server.reply = lambda _: (400, {"error": {"message": "no"}})
    server.end()

    ran = typed("batch collect out.jsonl")

    assert ran.exit_code == 2
    assert f"failed: d0: {server.url} refuses this document (400: no)" in ran.stderr
    assert ids("out.failures.jsonl") == ["d0", "d1", "d2"]
    assert "3 documents: 3 under way" in typed(submit).stderr


def test_status_shows_every_batch(typed, submit, server):
    typed(submit)
    server.end("expired", answered=2)
    typed("batch collect out.jsonl -q")

    ran = typed("batch status out.jsonl")
    told = json.loads(typed("batch status out.jsonl --json").stdout)

    assert ran.exit_code == 0
    shown = [line.split() for line in ran.stdout.splitlines()]
    assert ["batch-2", "expired,", "collected", "3", "2", "1"] in shown
    assert "3 documents: 1 done, 2 under way" in ran.stdout
    assert {name: told[name] for name in ("documents", "done", "failed", "under_way", "open")} == {
        "documents": 3,
        "done": 1,
        "failed": 0,
        "under_way": 2,
        "open": 0,
    }
    assert told["batches"][1] | {"id": None} == {
        "id": None,
        "status": "validating",
        "requests": 2,
        "completed": 0,
        "failed": 0,
        "is_collected": False,
    }


@pytest.mark.parametrize(
    ("call", "answer", "told"),
    [
        (
            "GET /batches",
            (401, {"error": {"message": "Bad key"}}),
            "does not accept the API key; set OPENAI_",
        ),
        ("GET /batches", (404, {"error": {"message": "Nothing"}}), "there is no Batch API at http"),
        ("GET /batches", (200, {}), "there is no Batch API at http"),
        (
            "GET /models/m",
            (404, {"error": {"code": "model_not_found", "message": "?"}}),
            'knows no model "m"',
        ),
        (
            "POST /files",
            (400, {"error": {"message": "Invalid file"}}),
            "refuses the batch (400: Invalid file)",
        ),
        ("POST /batches", (429, {"error": {"code": "insufficient_quota"}}), "says that the quota is used up"),
    ],
    ids=["key", "address", "other server", "model", "file", "quota"],
)
def test_a_wrong_setting_is_told_in_one_sentence(typed, server, call, answer, told):
    server.refuse = {call: [answer]}
    submit = f"batch submit in.jsonl --out out.jsonl --model m --base-url {server.url}"

    ran = typed(submit)

    assert ran.exit_code == 2
    assert ran.stderr.startswith("extractor: ")
    assert told in ran.stderr
    assert ran.stderr.count("\n") == 1
    assert typed(submit).exit_code == 0  # nothing is in the way of the next try


def test_a_batch_that_is_refused_as_a_whole_is_told_in_one_sentence(typed, submit, server):
    typed(submit)
    server.refuse_batches("invalid_model", "The model does no batches.")

    ran = typed("batch collect out.jsonl")

    assert ran.exit_code == 2
    assert ran.stderr == (
        f"extractor: {server.url} has refused the batch batch-2: The model does no batches. (invalid_model)\n"
    )


@pytest.mark.parametrize("command", ["status", "collect"])
def test_without_a_submit_there_is_nothing_to_ask_for(typed, command):
    ran = typed(f"batch {command} out.jsonl")

    assert (ran.exit_code, ran.stderr) == (
        2,
        "extractor: out.jsonl: nothing is under way for it (out.batch is missing); use batch submit\n",
    )


def test_another_model_is_noticed(typed, submit):
    typed(submit)

    ran = typed(submit.replace("--model m", "--model n"))

    assert ran.exit_code == 2
    assert "out.batch was begun with other settings (drafter m, now n;" in ran.stderr


def test_a_document_that_cannot_be_read_costs_only_itself(typed, submit, folder):
    with (folder / "in.jsonl").open("a") as file:
        file.write("nonsense\n")

    ran = typed(submit)

    assert ran.exit_code == 1
    assert "failed: in.jsonl:4: " in ran.stderr
    assert "3 documents: 3 under way" in ran.stderr
