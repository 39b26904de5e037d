"""A server with a Batch API, and jobs for it."""

import pytest
from batch_jobs import asking
from batch_server import BatchServer

from extractor.batch_api import BatchJob


@pytest.fixture
def server():
    with BatchServer() as server:
        yield server


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    return tmp_path


@pytest.fixture
def begin(folder, server):  # noqa: ARG001  it works there
    """A job as a new process would have it."""

    return lambda model="m", **settings: BatchJob("out.jsonl", asking(server, model, **settings))


@pytest.fixture
def job(begin):
    return begin()
