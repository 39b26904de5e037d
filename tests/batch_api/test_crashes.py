"""Crashes: what is paid for is never lost and never paid for twice."""

import json
import shutil
from collections import Counter

import pytest
from batch_jobs import failures, ids, to_the_end, write
from batch_server import KINDS

from extractor.batch.lines import LineFile
from extractor.batch_api import requests, state
from extractor.draft.llm.batches import BatchClient

pytestmark = pytest.mark.block_network(allowed_hosts=["127.0.0.1"])


class Killed(BaseException):
    """The process is killed here."""


def carried_out(job, server, source, reask):
    """Submit and collect to the end; whether nothing came in between."""
    try:
        job.submit(source)
        to_the_end(job, server, reask=reask)
    except Killed:
        return False
    return True


def start_over(folder, server):
    for path in folder.glob("out*.jsonl"):
        path.unlink()
    shutil.rmtree(folder / "out.batch", ignore_errors=True)
    server.batches.clear()
    server.asked.clear()


def twice(bodies):
    """The kinds of documents about which one and the same thing was asked more than once."""
    asked = Counter(json.dumps(body) for body in bodies)
    return {kind for body, count in asked.items() for kind in KINDS if count > 1 and kind in body}


def killed_after(step, monkeypatch, command):
    """Give the command in a process that is killed after that call of the server."""

    def killed(*arguments):
        done(*arguments)
        raise Killed

    done = getattr(BatchClient, step)
    with monkeypatch.context() as patch, pytest.raises(Killed):  # noqa: PT012  both for this one command
        patch.setattr(BatchClient, step, killed)
        command()


def kill_at(moment, patch):
    """Kill the process at one of the moments before and after anything that outlives it."""
    left = moment

    def pass_by():
        nonlocal left
        left -= 1
        if left == 0:
            raise Killed

    def watched(step):
        def step_and_pass(*arguments, **named):
            pass_by()
            result = step(*arguments, **named)
            pass_by()
            return result

        return step_and_pass

    for owner, name in [
        (BatchClient, "upload"),
        (BatchClient, "_create"),
        (BatchClient, "download"),
        (state.State, "commit"),
        (LineFile, "write"),
    ]:
        patch.setattr(owner, name, watched(getattr(owner, name)))


def test_a_batch_that_was_made_without_our_knowing_is_found(job, server):
    server.refuse = {"POST /batches": [None]}

    job.submit(write("plain"))

    assert len(server.batches) == 1
    assert to_the_end(job, server).done == 1


def test_one_among_many_others_is_found_in_a_later_process(begin, server, monkeypatch):
    killed_after("_create", monkeypatch, lambda: begin().submit(write("plain")))
    for _ in range(5):
        server.create(
            input_file_id=server.keep(b"")["id"],
            endpoint="/v1/chat/completions",
            completion_window="24h",
        )

    standing = begin().submit(write("plain"))

    assert (standing.under_way, standing.batches[0].id, len(server.batches)) == (1, "batch-2", 6)


def test_a_request_file_that_is_gone_is_written_again(begin, folder, monkeypatch):
    killed_after("upload", monkeypatch, lambda: begin().submit(write("plain")))
    (folder / "out.batch" / "requests-1").unlink()

    assert begin().submit(write("plain")).under_way == 1


@pytest.mark.parametrize("reask", ["later", "now"])
def test_killed_anywhere_it_loses_nothing_and_pays_for_no_batch_twice(
    job, server, folder, monkeypatch, reask
):
    monkeypatch.setattr(requests, "MAX_REQUESTS", 2)
    source = write("plain", "faulty", "too long", "plain")
    moment, over = 0, False
    while not over:
        moment += 1
        start_over(folder, server)
        with monkeypatch.context() as patch:
            kill_at(moment, patch)
            over = carried_out(job, server, source, reask)

        carried_out(job, server, source, reask)

        assert sorted(ids()) == ["d1", "d2", "d4"], moment
        assert list(failures()) == ["d3"], moment
        # what had failed already is tried again by the second submit, and nothing else is
        assert twice(server.asked) <= {"too long"}, moment
    assert moment > 40
