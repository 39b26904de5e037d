"""What the commands' tests share: the command line in an empty directory."""

import pytest
from press import SENTENCE
from typer.testing import CliRunner

from extractor.cli import app


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
