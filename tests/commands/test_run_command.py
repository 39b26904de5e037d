"""The command `run`, as a user types it."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import ClassVar

import pytest
from press import SENTENCE, lines

import extractor.draft.llm
from extractor.draft.rules import RulesDrafter
from extractor.errors import ModelAnswerError, ModelSetupError

ROOT = Path(__file__).parents[2]
CONTRADICTION = "Lahn Energie sold 10 GWh of cells, up 50% from 5 GWh a year earlier."


@pytest.fixture
def model(monkeypatch):
    """A language model in the place of the real one: it drafts by rules, and remembers how it was asked."""

    class Model(RulesDrafter):
        error = None
        asked: ClassVar = []

        def __init__(self, name, **settings):
            self.name = name
            self.asked.append((name, settings))

        def draft(self, reading):
            if self.error:
                raise self.error
            return super().draft(reading)

    monkeypatch.setattr(extractor.draft.llm, "LLMDrafter", Model)
    return Model


def test_run_writes_one_line_a_document_and_a_summary(extractor_, press):
    ran = extractor_("run", press, "-o", "out.jsonl")

    assert ran.exit_code == 0
    [result] = lines("out.jsonl")
    assert (result["doc_id"], result["text"], result["drafter"]) == ("press.txt", SENTENCE, "rules")
    assert result["figures"][0]["value"] == 183_000_000
    assert ran.stdout == ""
    assert "documents  1 done" in ran.stderr
    assert "results    out.jsonl" in ran.stderr


def test_run_goes_on_after_a_document_that_fails_and_tells_by_its_exit_status(extractor_, press):
    ran = extractor_("run", "missing.txt", press, "-o", "out.jsonl")

    assert ran.exit_code == 1
    assert len(lines("out.jsonl")) == 1
    [failure] = lines("out.failures.jsonl")
    assert (failure["where"], failure["error"]) == ("missing.txt", "no such file")
    assert "failed: missing.txt: no such file" in ran.stderr
    assert "failures   out.failures.jsonl" in ran.stderr


def test_run_that_does_nothing_useful_has_a_status_of_its_own(extractor_, folder):
    ran = extractor_("run", "missing.txt", "-o", "out.jsonl")

    assert ran.exit_code == 2
    assert not (folder / "out.jsonl").exists()


@pytest.mark.parametrize(
    ("text", "options", "status"),
    [
        (CONTRADICTION, [], 0),
        (CONTRADICTION, ["--fail-on", "conflict"], 3),
        (SENTENCE, ["--fail-on", "conflict"], 0),
    ],
)
def test_run_fails_on_a_conflict_where_that_is_asked_for(extractor_, folder, text, options, status):
    (folder / "a.txt").write_text(text, encoding="utf-8")

    ran = extractor_("run", "a.txt", "-o", "out.jsonl", *options)

    assert ran.exit_code == status
    assert len(lines("out.jsonl")) == 1


def test_a_document_that_fails_goes_before_a_conflict(extractor_, folder):
    (folder / "a.txt").write_text(CONTRADICTION, encoding="utf-8")

    ran = extractor_("run", "a.txt", "missing.txt", "-o", "out.jsonl", "--fail-on", "conflict")

    assert ran.exit_code == 1


def test_run_to_standard_output(extractor_, press):
    ran = extractor_("run", press, "missing.txt", "-o", "-")

    assert ran.exit_code == 1
    assert json.loads(ran.stdout)["doc_id"] == "press.txt"


def test_run_from_standard_input(extractor_):
    record = json.dumps({"id": "a", "text": SENTENCE, "tag": "x"})

    ran = extractor_("run", "-", "-o", "-", "--quiet", input=record)

    assert json.loads(ran.stdout)["tag"] == "x"
    assert ran.stderr == ""


def test_run_leaves_the_text_out_where_asked(extractor_, press):
    extractor_("run", press, "-o", "out.jsonl", "--no-text")

    assert "text" not in lines("out.jsonl")[0]


def test_run_takes_a_publication_date(extractor_, press):
    extractor_("run", press, "-o", "out.jsonl", "--published", "2022-11-23")

    assert lines("out.jsonl")[0]["published"] == "2022-11-23"


def test_run_prints_only_failures_where_asked_to_be_quiet(extractor_, press):
    assert (
        extractor_("run", press, "missing.txt", "-o", "out.jsonl", "-q").stderr
        == "failed: missing.txt: no such file\n"
    )


@pytest.mark.usefixtures("press")
def test_run_reads_a_directory_without_its_own_output(extractor_):
    extractor_("run", ".", "-o", "out.jsonl")
    extractor_("run", ".", "-o", "out.jsonl", "--force")

    assert [result["doc_id"] for result in lines("out.jsonl")] == ["press.txt"]


def test_run_does_not_overwrite_unless_forced(extractor_, press, folder):
    (folder / "out.jsonl").write_text("old\n")

    refused = extractor_("run", press, "-o", "out.jsonl")
    kept = (folder / "out.jsonl").read_text()
    forced = extractor_("run", press, "-o", "out.jsonl", "--force")

    assert (refused.exit_code, kept, forced.exit_code) == (2, "old\n", 0)
    assert refused.stderr == (
        "extractor: out.jsonl holds something else than results that could be continued (line 1); "
        "choose another name, or replace it with --force\n"
    )


def test_the_longest_silence_of_a_server_can_be_set(extractor_, press, model):
    extractor_("run", press, "-o", "out.jsonl", "--model", "m", "--timeout", "7.5")

    assert model.asked[-1][1]["timeout"] == 7.5


def test_the_closing_counts_can_be_had_as_json(extractor_, press):
    ran = extractor_("run", press, "-o", "out.jsonl", "--json-summary", "--quiet")

    counts = json.loads(ran.stdout)
    assert (counts["documents"], counts["records"]["facilities"], counts["figures"]["read"]) == (1, 1, 1)
    assert extractor_("run", press, "-o", "-", "--json-summary").exit_code == 2


def test_the_same_command_goes_on_where_a_run_ended(extractor_, folder):
    (folder / "in.jsonl").write_text(json.dumps({"id": "a", "text": SENTENCE}) + "\n")
    extractor_("run", "in.jsonl", "-o", "out.jsonl")
    with (folder / "in.jsonl").open("a") as more:
        more.write(json.dumps({"id": "b", "text": SENTENCE}) + "\n")

    ran = extractor_("run", "in.jsonl", "-o", "out.jsonl")

    assert [result["doc_id"] for result in lines("out.jsonl")] == ["a", "b"]
    assert "documents  1 done, 1 finished before" in ran.stderr


def test_run_into_a_folder_that_is_not_there(extractor_, press):
    ran = extractor_("run", press, "-o", "missing/out.jsonl")

    assert ran.exit_code == 2
    assert "missing/out.jsonl cannot be written: there is no such folder" in ran.stderr


def test_run_with_a_model_hands_on_its_settings(extractor_, press, model):
    address = "http://127.0.0.1:8080/v1"

    ran = extractor_(
        "run",
        press,
        "-o",
        "out.jsonl",
        "--model",
        "m",
        "--base-url",
        address,
        "--api-key",
        "k",
        "--strategy",
        "figures",
        "--window",
        "6000",
    )

    assert ran.exit_code == 0
    assert model.asked[-1] == (
        "m",
        {
            "base_url": address,
            "api_key": "k",
            "strategy": "figures",
            "window": 6000,
            "timeout": 300,
            "rpm": None,
            "tpm": None,
            "cache": True,
            "log_calls": None,
        },
    )
    assert lines("out.jsonl")[0]["drafter"] == "m"


def test_how_a_model_is_asked_needs_one(extractor_, press):
    ran = extractor_("run", press, "-o", "out.jsonl", "--strategy", "figures")

    assert ran.exit_code == 2
    assert "--strategy" in ran.stderr
    assert "need --model" in ran.stderr


@pytest.mark.usefixtures("model")
def test_run_with_a_model_keeps_the_order_of_the_documents(extractor_, folder):
    (folder / "in.jsonl").write_text(
        "".join(json.dumps({"id": n, "text": SENTENCE}) + "\n" for n in range(20))
    )

    extractor_("run", "in.jsonl", "-o", "out.jsonl", "--model", "m", "--concurrency", "5")

    assert [result["doc_id"] for result in lines("out.jsonl")] == [str(n) for n in range(20)]


@pytest.mark.parametrize("options", [["--processes", "2"], ["--processes", "2", "--unordered"]])
def test_run_does_the_same_in_several_processes(extractor_, press, options):
    extractor_("run", press, "-o", "one.jsonl")

    ran = extractor_("run", press, "-o", "two.jsonl", *options)

    assert ran.exit_code == 0
    assert lines("two.jsonl") == lines("one.jsonl")


def test_run_with_a_model_that_cannot_be_used_ends_with_one_sentence(extractor_, press, model):
    model.error = ModelSetupError("the key is wrong")

    ran = extractor_("run", press, "-o", "out.jsonl", "--model", "m")

    assert ran.exit_code == 2
    assert ran.stderr.splitlines()[0] == "extractor: the key is wrong"


def test_run_with_a_model_without_an_answer_fails_that_document(extractor_, press, model):
    model.error = ModelAnswerError("the model gave no usable answer")

    ran = extractor_("run", press, "-o", "out.jsonl", "--model", "m")

    assert ran.exit_code == 2
    assert lines("out.failures.jsonl")[0]["error"] == "the model gave no usable answer"


@pytest.fixture
def running():
    """Starts a command in the background; it ends with the test."""
    started = []

    def start(*arguments: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "extractor", *arguments]
        settings = {**os.environ, "PYTHONPATH": str(ROOT)}
        pipes = dict.fromkeys(("stdin", "stderr"), subprocess.PIPE)
        started.append(subprocess.Popen(command, text=True, env=settings, **pipes))  # noqa: S603
        return started[-1]

    yield start
    for each in started:
        each.kill()
        each.communicate()


def wait_for_output(name: str) -> None:
    while not (Path(name).is_file() and Path(name).stat().st_size):
        time.sleep(0.02)


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_a_run_that_is_stopped_leaves_whole_lines(folder, running, sent):
    record = json.dumps({"text": SENTENCE * 20}) + "\n"
    (folder / "in.jsonl").write_text(record * 20_000)

    run = running("run", "in.jsonl", "-o", "out.jsonl")
    wait_for_output("out.jsonl")
    run.send_signal(sent)
    _, told = run.communicate()

    assert run.returncode == 130
    assert "stopping; what is in work is finished first" in told
    assert "stopped; the results so far are whole" in told
    assert 0 < len(lines("out.jsonl")) < 20_000


def test_a_run_that_waits_for_input_can_be_stopped(folder, running):
    run = running("run", "-", "-o", "out.jsonl")
    run.stdin.write(json.dumps({"text": SENTENCE}) + "\n" * 20_000)
    run.stdin.flush()
    wait_for_output("out.jsonl")
    run.send_signal(signal.SIGTERM)

    assert run.wait() == 130
    assert len((folder / "out.jsonl").read_text().splitlines()) == 1
