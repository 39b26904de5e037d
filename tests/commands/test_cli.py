"""What holds for all commands: usage, help, start-up, output."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from press import SENTENCE, lines

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["run", "press.txt"], "Missing option '--out' / '-o'"),
        (["run", "-o", "out.jsonl"], "Missing argument"),
        (["run", "press.txt", "-o", "out.jsonl", "--published", "soon"], "'soon' does not match the format"),
        (["run", "press.txt", "-o", "out.jsonl", "--concurrency", "0"], "Invalid value for '--concurrency'"),
        (["run", "press.txt", "-o", "out.jsonl", "--base-url", "http://x"], "--api-key, --strategy, --rpm"),
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
