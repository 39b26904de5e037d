"""A disk that is full, a folder that may not be written to: one clear sentence, and the run goes on later."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from faults.replies import Fault
from faults.server import FaultServer
from typer.testing import CliRunner

from extractor.cli import app

pytestmark = pytest.mark.block_network(allowed_hosts=["127.0.0.1"])

ROOT = Path(__file__).parents[2]
SOME_FAILED, NOTHING_DONE, DONE = 1, 2, 0
LIMITED = """
import resource, sys
limit = int(sys.argv.pop(1))
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
from extractor.cli import main
main()
"""


def arguments(server, out="out.jsonl"):
    model = ["--model", "m", "--base-url", server.url]
    return ["run", "in.jsonl", "-o", out, *model, "--no-cache", "--quiet", "--concurrency", "4"]


@pytest.fixture
def in_a_process(tmp_path):
    """The command line in a process of its own, with as many bytes a file as `room`."""

    def run(server, *, room=1_000_000, out="out.jsonl", before=()):
        return subprocess.run(  # noqa: S603  our own interpreter and code
            [*before, sys.executable, "-c", LIMITED, str(room), *arguments(server, out)],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=False,
        )

    return run


@pytest.fixture
def extractor_(tmp_path, monkeypatch):
    """The same command in this process."""
    monkeypatch.chdir(tmp_path)
    return lambda server, **out: CliRunner().invoke(app, arguments(server, **out))


def test_a_disk_that_is_full_stops_the_run_and_the_same_command_goes_on(job, in_a_process, extractor_):
    press = job(40)
    with FaultServer() as server:
        full = in_a_process(server, room=20_000)
    finished = set(press.results)

    assert "out.jsonl cannot be written: File too large; the lines so far are whole" in full.stderr
    assert full.returncode == SOME_FAILED
    assert 0 < len(finished) < 40

    with FaultServer(port=server.port) as later:
        again = extractor_(later)

    assert (again.exit_code, again.stderr) == (DONE, "")
    assert set(later.calls) == set(press.documents) - finished
    assert press.accounted() == press.each_once()


def test_no_room_for_the_failures_stops_it_too(job, in_a_process, extractor_):
    press = job(40)
    with FaultServer(otherwise=Fault("refusal")) as server:
        full = in_a_process(server, room=1_000)

    assert "out.failures.jsonl cannot be written: File too large" in full.stderr
    assert full.returncode == NOTHING_DONE

    with FaultServer(port=server.port) as later:
        again = extractor_(later)

    assert again.exit_code == DONE
    assert press.accounted() == press.each_once()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no such device here")
def test_a_device_without_room(job, extractor_):
    job(4)
    with FaultServer() as server:
        full = extractor_(server, out="/dev/full")

    assert "/dev/full cannot be written: No space left on device" in full.stderr
    assert full.exit_code == NOTHING_DONE


@pytest.fixture
def without_privilege():
    """What to put before a command so that a folder's permissions hold for it, also for root."""
    if os.geteuid():
        return []
    if not shutil.which("setpriv"):
        pytest.skip("root may write everywhere, and nothing here can take that away")
    return ["setpriv", "--bounding-set=-dac_override", "--inh-caps=-dac_override"]


def test_a_folder_that_may_not_be_written_to_is_told_before_anything_is_asked(
    job, in_a_process, without_privilege, tmp_path
):
    press = job(4)
    tmp_path.chmod(0o555)
    with FaultServer() as server:
        refused = in_a_process(server, before=without_privilege)
    tmp_path.chmod(0o755)

    assert refused.stderr == "extractor: out.jsonl cannot be written: Permission denied\n"
    assert refused.returncode == NOTHING_DONE
    assert server.asked() == {}
    assert press.accounted() == {}


def test_a_folder_that_takes_no_file_of_failures_ends_the_run_with_the_results_kept(
    job, in_a_process, without_privilege, tmp_path
):
    press = job(4)
    press.out.touch()
    tmp_path.chmod(0o555)
    with FaultServer({"Plant 003": Fault("refusal")}) as server:
        refused = in_a_process(server, before=without_privilege)
    tmp_path.chmod(0o755)

    assert "out.failures.jsonl cannot be written: Permission denied" in refused.stderr
    assert refused.returncode == SOME_FAILED
    assert set(press.results) == set(press.documents) - {"Plant 003"}
