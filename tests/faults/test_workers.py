"""The worker processes of a run: what reaches them, and what happens when one is killed."""

import os
import signal
import threading
import time
from pathlib import Path

import pytest
from faults.server import FaultServer

from extractor.errors import ExtractorError

pytestmark = [
    pytest.mark.block_network(allowed_hosts=["127.0.0.1"]),
    pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="workers are looked for in /proc"),
]


def workers():
    """The processes that this one has started."""
    return [int(child) for task in Path("/proc/self/task").iterdir() for child in _children(task)]


def _children(task):
    try:
        return (task / "children").read_text().split()
    except OSError:
        return []  # a thread that has just ended


def test_one_that_dies_ends_the_run_and_the_same_call_goes_on(job):
    press = job(60)
    before, groups = set(workers()), set()
    # at a server this slow the workers have nothing to do but wait for answers
    with FaultServer(latency=0.1) as server:

        def kill_one():
            while not press.results:
                time.sleep(0.01)
            mine = set(workers()) - before
            groups.update(os.getpgid(each) for each in mine)
            os.kill(min(mine), signal.SIGKILL)

        killing = threading.Thread(target=kill_one)
        killing.start()
        with pytest.raises(ExtractorError, match=r"a worker process has ended early .* goes on"):
            press.run(server, concurrency=4, processes=2)
        killing.join()
    finished = set(press.results)
    assert finished < set(press.documents)
    # a Ctrl-C at the terminal goes to a group, and is not for the workers
    assert len(groups) == 2
    assert os.getpgrp() not in groups

    with FaultServer(port=server.port) as later:
        press.run(later)

    assert set(later.calls) == set(press.documents) - finished
    assert press.accounted() == press.each_once()
    assert set(workers()) <= before
