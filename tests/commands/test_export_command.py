"""The command `extractor export`, as a user types it."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from extractor.cli import app
from extractor.commands.export import Format
from extractor.export import FORMATS

ROOT = Path(__file__).parents[2]
RESULT = json.dumps({"doc_id": "a", "drafter": "rules", "text": "5 MW"})


@pytest.fixture
def extractor_(tmp_path, monkeypatch):
    """The command line in an empty directory with one result in it."""
    monkeypatch.chdir(tmp_path)
    Path("in.jsonl").write_text(f"{RESULT}\n")
    return lambda *arguments, **settings: CliRunner().invoke(app, ["export", *arguments], **settings)


def test_every_format_can_be_asked_for():
    assert list(Format) == list(FORMATS)


@pytest.mark.parametrize("to", FORMATS)
def test_export_writes_what_it_says(extractor_, to):
    ran = extractor_("in.jsonl", "--to", to, "-o", "out")

    assert (ran.exit_code, ran.stdout) == (0, "")
    assert ran.stderr == "1 documents, 1 rows in 18 tables: out\n"
    assert Path("out").exists()


def test_export_from_standard_input(extractor_):
    ran = extractor_("-", "--to", "csv", "-o", "out", input=RESULT)

    assert ran.exit_code == 0
    assert len(Path("out/documents.csv").read_text().splitlines()) == 2


def test_export_goes_on_after_a_line_that_is_no_result(extractor_):
    Path("in.jsonl").write_text(f"oops\n{RESULT}\n")

    ran = extractor_("in.jsonl", "--to", "sqlite", "-o", "out")

    assert ran.exit_code == 1
    assert ran.stderr.startswith('extractor: in.jsonl:1: is not a result of "extractor run"')
    assert "1 documents" in ran.stderr


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["missing.jsonl", "--to", "csv", "-o", "out"], "extractor: missing.jsonl: no such file"),
        (
            ["in.jsonl", "--to", "csv", "-o", "no/out"],
            "extractor: no/out cannot be written: there is no such folder",
        ),
        (["in.jsonl", "--to", "sqlite", "-o", "in.jsonl", "--force"], "extractor: in.jsonl is the input;"),
        (["in.jsonl", "--to", "pdf", "-o", "out"], "'pdf' is not one of 'csv', 'parquet', 'duckdb', 'xlsx'"),
        (["in.jsonl", "-o", "out"], "Missing option '--to'"),
    ],
    ids=["no input", "no folder", "over its input", "no such format", "no format"],
)
def test_a_mistake_is_told_in_one_sentence(extractor_, arguments, sentence):
    ran = extractor_(*arguments)

    assert ran.exit_code == 2
    assert sentence in " ".join(ran.stderr.split())
    assert not Path("out").exists()


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_an_export_that_is_stopped_leaves_nothing(extractor_, tmp_path, sent):  # noqa: ARG001  it is run there
    command = [sys.executable, "-m", "extractor", "export", "-", "--to", "csv", "-o", "out"]
    settings = {**os.environ, "PYTHONPATH": str(ROOT)}
    pipes = dict.fromkeys(("stdin", "stderr"), subprocess.PIPE)
    with subprocess.Popen(command, text=True, env=settings, **pipes) as running:  # noqa: S603  our own interpreter
        running.stdin.write(f"{RESULT}\n")
        running.stdin.flush()
        while not list(tmp_path.glob(".out.*")):
            pass
        running.send_signal(sent)
        told = running.stderr.read()

    assert running.returncode == 130
    assert told == "extractor: stopping\nextractor: stopped; out is not written\n"
    assert [path.name for path in tmp_path.iterdir()] == ["in.jsonl"]
