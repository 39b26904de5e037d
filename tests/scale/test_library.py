"""What is told where ray is not, or not as it should be; Ray itself is not needed for it."""

import sys

import pytest
from typer.testing import CliRunner

from extractor.cli import app


@pytest.fixture
def extractor_(tmp_path, monkeypatch):
    """The command line in a directory with one document."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "press.txt").write_text("5 MW")
    return lambda *arguments: CliRunner().invoke(app, ["run", "press.txt", "-o", "out.jsonl", *arguments])


def test_without_the_extra_one_sentence_says_what_to_install(extractor_, monkeypatch):
    monkeypatch.setitem(sys.modules, "ray", None)

    ran = extractor_("--ray", "local")

    assert ran.exit_code == 2
    assert ran.stderr == (
        "extractor: Ray needs ray, which is not installed: pip install 'pressledger[ray]'\n"
    )


def test_corrections_are_not_applied_on_ray(extractor_):
    ran = extractor_("--ray", "local", "--corrections", "corrections.jsonl")

    assert ran.exit_code == 2
    assert "--corrections works in one process; leave --processes and --ray out" in ran.stderr


def test_calls_are_not_logged_on_the_machines_of_a_cluster(extractor_):
    ran = extractor_("--ray", "local", "--model", "m", "--log-calls", "calls.jsonl")

    assert ran.exit_code == 2
    assert "leave --ray out" in ran.stderr
