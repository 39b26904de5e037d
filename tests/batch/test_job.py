"""Files of documents to a file of results, by the Python API, in this process and in others."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from chat_server import Server

from extractor import Extractor, ExtractorError, LLMDrafter, extract_jsonl
from extractor.errors import InputError, OutputError
from schemas import Result

ROOT = Path(__file__).parents[2]


@pytest.fixture
def press(tmp_path):
    """Thirty documents, one of which cannot be read."""
    path = tmp_path / "press.jsonl"
    records = [
        {"id": f"d{n}", "text": f"The Debrecen plant costs {n} million euros.", "n": n} for n in range(30)
    ]
    records[7] = {"id": "d7", "text": ""}
    path.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    return path


def results(path):
    return [Result.model_validate_json(line) for line in path.read_text(encoding="utf-8").splitlines()]


def by_rules(press, out, **settings):
    return extract_jsonl(press, out, extractor=Extractor(), **settings)


def test_every_document_is_in_the_results_or_in_the_failures(press, tmp_path):
    out, failed = tmp_path / "out.jsonl", []

    tally = by_rules(press, out, on_failure=failed.append)

    assert (tally.documents, tally.failures) == (29, 1)
    assert [result.doc_id for result in results(out)] == [f"d{n}" for n in range(30) if n != 7]
    assert [failure.where for failure in failed] == [f"{press}:8"]
    assert (tmp_path / "out.failures.jsonl").exists()


def test_the_same_call_goes_on(press, tmp_path):
    out = tmp_path / "out.jsonl"
    by_rules(press, out)
    with press.open("a") as more:
        more.write('\n{"id": "new", "text": "5 GWh"}')

    tally = by_rules([press], str(out))

    assert (tally.documents, tally.finished, tally.failures) == (1, 29, 1)
    assert len(results(out)) == 30


def test_other_settings_are_not_mixed_in(press, tmp_path):
    out = tmp_path / "out.jsonl"
    by_rules(press, out)

    with pytest.raises(OutputError, match="other settings"):
        by_rules(press, out, published="2024-05-01")

    assert by_rules(press, out, published="2024-05-01", force=True).documents == 29


def test_a_day_that_is_none(press, tmp_path):
    with pytest.raises(InputError, match="2024-13-01"):
        by_rules(press, tmp_path / "out.jsonl", published="2024-13-01")


class TestProcesses:
    def test_they_make_the_same_lines(self, press, tmp_path):
        by_rules(press, tmp_path / "one.jsonl")
        tally = by_rules(press, tmp_path / "two.jsonl", processes=2)

        assert (tally.documents, tally.failures) == (29, 1)
        assert (tmp_path / "one.jsonl").read_text() == (tmp_path / "two.jsonl").read_text()

    @pytest.mark.block_network(allowed_hosts=["127.0.0.1"])
    def test_they_share_the_way_to_the_model(self, press, tmp_path):
        with Server() as server:
            model = Extractor(LLMDrafter("m", base_url=server.url))
            tally = extract_jsonl(press, tmp_path / "out.jsonl", extractor=model, processes=2, ordered=False)

        assert tally.usage["calls"] == len(server.requests) == 29
        assert {result.doc_id for result in results(tmp_path / "out.jsonl")} == {
            f"d{n}" for n in range(30) if n != 7
        }

    @pytest.mark.block_network(allowed_hosts=["127.0.0.1"])
    def test_a_wrong_key_ends_them_all(self, press, tmp_path):
        with Server() as server:
            server.replies = [(401, {}, {"error": {"message": "no"}})]
            model = Extractor(LLMDrafter("m", base_url=server.url))
            with pytest.raises(ExtractorError, match="does not accept the API key"):
                extract_jsonl(press, tmp_path / "out.jsonl", extractor=model, processes=2)

        assert not (tmp_path / "out.jsonl").exists()

    def test_an_extractor_that_cannot_be_sent_says_so(self, press, tmp_path):
        extractor = Extractor(after=[lambda result: result])

        with pytest.raises(ExtractorError, match=r"cannot be sent to other processes .*processes=1"):
            extract_jsonl(press, tmp_path / "out.jsonl", extractor=extractor, processes=2)

    def test_none_outlives_the_run(self, tmp_path):
        code = (
            "from extractor import *\n"
            f"extract_jsonl('-', {str(tmp_path / 'out.jsonl')!r}, extractor=Extractor(), processes=2)"
        )
        run = subprocess.Popen(  # noqa: S603  our own interpreter and code
            [sys.executable, "-c", code], stdin=subprocess.PIPE, cwd=ROOT
        )
        children = wait_for(lambda: children_of(run.pid), 2)

        os.kill(run.pid, signal.SIGKILL)
        run.communicate()

        wait_for(lambda: [child for child in children if Path(f"/proc/{child}").exists()], 0)


def children_of(pid):
    return Path(f"/proc/{pid}/task/{pid}/children").read_text().split() + [
        child
        for task in Path(f"/proc/{pid}/task").iterdir()
        if task.name != str(pid)
        for child in (task / "children").read_text().split()
    ]


def wait_for(found, count):
    deadline = time.monotonic() + 20
    while len(found()) != count:
        assert time.monotonic() < deadline
        time.sleep(0.02)
    return found()
