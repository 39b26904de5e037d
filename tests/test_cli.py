"""The command line, as a user types it."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import ClassVar

import pytest
from typer.testing import CliRunner

import extractor.draft.llm
from extractor.cli import app
from extractor.draft.rules import RulesDrafter
from extractor.errors import ModelAnswerError, ModelSetupError

ROOT = Path(__file__).parents[1]
SENTENCE = (
    "Lumora has started building a plant in Debrecen, Hungary, with a total investment of 183 million euros."
)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty working directory."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def extractor_(folder):  # noqa: ARG001  it is run there
    """The command line in that directory."""
    runner = CliRunner()
    return lambda *arguments, **settings: runner.invoke(app, [str(each) for each in arguments], **settings)


@pytest.fixture
def press(folder):
    """A text file with one sentence."""
    (folder / "press.txt").write_text(SENTENCE)
    return "press.txt"


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


def lines(path):
    return [json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines()]


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


CONTRADICTION = "Lahn Energie sold 10 GWh of cells, up 50% from 5 GWh a year earlier."


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

    ran = extractor_("run", press, "-o", "out.jsonl", "--model", "m", "--base-url", address, "--api-key", "k")

    assert ran.exit_code == 0
    assert model.asked[-1] == (
        "m",
        {
            "base_url": address,
            "api_key": "k",
            "timeout": 300,
            "rpm": None,
            "tpm": None,
            "cache": True,
            "log_calls": None,
        },
    )
    assert lines("out.jsonl")[0]["drafter"] == "m"


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


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["run", "press.txt"], "Missing option '--out' / '-o'"),
        (["run", "-o", "out.jsonl"], "Missing argument"),
        (["run", "press.txt", "-o", "out.jsonl", "--published", "soon"], "'soon' does not match the format"),
        (["run", "press.txt", "-o", "out.jsonl", "--concurrency", "0"], "Invalid value for '--concurrency'"),
        (["run", "press.txt", "-o", "out.jsonl", "--base-url", "http://x"], "--base-url, --api-key, --rpm"),
        (["run", "p.txt", "-o", "o", "--processes", "2", "--corrections", "c"], "--corrections works in one"),
        (["schema", "factory"], "is not one of 'facility', 'deal', 'forecast', 'quantity', 'when',"),
        (["walk"], "No such command 'walk'"),
    ],
    ids=["no output", "no input", "no date", "none at a time", "no model", "corrections in two processes",
         "no such schema", "no such command"],
)  # fmt: skip
def test_wrong_usage_is_explained(extractor_, arguments, sentence):
    ran = extractor_(*arguments)

    assert ran.exit_code == 2
    assert sentence in " ".join(ran.stderr.split())


def test_figures_shows_the_ledger(extractor_, press):
    ran = extractor_("figures", press)

    assert ran.exit_code == 0
    assert "[f1: 183 million euros]" in ran.stdout
    assert "183 million EUR" in ran.stdout


def test_figures_as_json(extractor_, press):
    ran = extractor_("figures", press, "--json", "--published", "2022-11-23")

    told = json.loads(ran.stdout)
    assert (told["published"], told["figures"][0]["value"]) == ("2022-11-23", 183_000_000)


def test_figures_of_a_missing_file(extractor_):
    ran = extractor_("figures", "missing.txt")

    assert (ran.exit_code, ran.stderr) == (2, "extractor: missing.txt: no such file\n")


def test_show_prints_every_document(extractor_, press, folder):
    (folder / "other.txt").write_text(SENTENCE)
    extractor_("run", press, "other.txt", "-o", "out.jsonl")

    ran = extractor_("show", "out.jsonl")

    assert ran.exit_code == 0
    assert [line.split()[0] for line in ran.stdout.splitlines() if "──" in line] == ["press.txt", "other.txt"]
    assert "[f1: 183 million euros]" in ran.stdout


def test_show_prints_one_document(extractor_, press, folder):
    (folder / "other.txt").write_text(SENTENCE)
    extractor_("run", press, "other.txt", "-o", "out.jsonl")

    ran = extractor_("show", "out.jsonl", "--doc", "other.txt")

    assert ran.exit_code == 0
    assert "other.txt" in ran.stdout
    assert "press.txt" not in ran.stdout


def test_show_of_a_document_that_is_not_there(extractor_, press):
    extractor_("run", press, "-o", "out.jsonl")

    ran = extractor_("show", "out.jsonl", "--doc", "x")

    assert (ran.exit_code, ran.stderr) == (2, 'extractor: out.jsonl: there is no document "x" in it\n')


def test_show_goes_on_after_a_line_that_is_no_result(extractor_, press, folder):
    extractor_("run", press, "-o", "out.jsonl")
    with (folder / "out.jsonl").open("a") as file:
        file.write("oops\n")

    ran = extractor_("show", "out.jsonl")

    assert ran.exit_code == 1
    assert "press.txt" in ran.stdout
    assert ran.stderr.startswith('extractor: out.jsonl:2: is not a result of "extractor run"')


@pytest.mark.parametrize(
    "name", ["facility", "deal", "forecast", "quantity", "when", "problem", "coverage", "result", "DEAL"]
)
def test_schema_prints_json_schema(extractor_, name):
    schema = json.loads(extractor_("schema", name).stdout)

    assert (schema["title"], schema["type"]) == (name.capitalize(), "object")


def test_evaluate_scores_results_against_gold(extractor_, press, folder):
    extractor_("run", press, "-o", "out.jsonl")
    (folder / "gold").mkdir()
    (folder / "gold" / "press.gold.json").write_text(json.dumps({"doc_id": "press", **lines("out.jsonl")[0]}))

    table = extractor_("evaluate", "gold", "out.jsonl")
    told = extractor_("evaluate", "gold", "out.jsonl", "--json")

    assert (table.exit_code, told.exit_code) == (0, 0)
    assert "precision" in table.stdout
    assert json.loads(told.stdout)["scores"]["all"]["slots"]["f1"] == 1.0


def test_evaluate_without_gold_says_so(extractor_, press):
    ran = extractor_("evaluate", "missing", press)

    assert ran.exit_code == 2
    assert ran.stderr.startswith("extractor: missing: ")


def test_help_tells_the_exit_status(extractor_):
    for command in ([], ["run"], ["figures"], ["show"]):
        ran = extractor_(*command, "--help")

        assert ran.exit_code == 0
        assert "Exit status: 0 all went well, 1 some documents failed, 2" in " ".join(ran.stdout.split())


def test_version(extractor_):
    ran = extractor_("--version")

    assert ran.exit_code == 0
    assert ran.stdout.startswith("extractor")


def shell(script, **environment):
    """Run a shell script in which $EXTRACTOR is the command line."""
    command = f"{sys.executable} -m extractor"
    settings = {**os.environ, "PYTHONPATH": str(ROOT), "EXTRACTOR": command, **environment}
    shell = ["/bin/sh", "-c", script]
    return subprocess.run(shell, capture_output=True, text=True, env=settings, check=False)  # noqa: S603


def test_the_command_line_loads_nothing_heavy_before_it_is_needed():
    heavy = (
        "openai instructor trafilatura lxml rich pint pycountry currency_converter"
        " duckdb pyarrow xlsxwriter pandas polars ray"
    )
    script = f"import extractor.cli, sys; print(*set(sys.modules) & set('{heavy}'.split()))"

    ran = shell(f'{sys.executable} -c "{script}"')

    assert (ran.stdout, ran.stderr) == ("\n", "")


def test_a_reader_that_goes_away_is_no_error():
    record = json.dumps({"text": SENTENCE})

    ran = shell(f"for _ in $(seq 200); do echo '{record}'; done | $EXTRACTOR run - -o - -q | head -1 | wc -l")

    assert (ran.stdout.strip(), ran.stderr) == ("1", "")


def test_output_is_utf8_whatever_the_locale(folder):
    (folder / "a.txt").write_text("Lumora zahlt 5 Mio. € in Győr.", encoding="utf-8")

    ran = shell("$EXTRACTOR run a.txt -o - -q", PYTHONIOENCODING="ascii", LC_ALL="C")

    assert json.loads(ran.stdout)["text"].endswith("Győr.")


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
