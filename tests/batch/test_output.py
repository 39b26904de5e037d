"""The files of a run: whole lines only, continued by the same command, and never a document twice."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from extractor.batch import Failure, Output, Tally, run
from extractor.document import Document
from extractor.errors import InputError, ModelAnswerError, OutputError
from schemas import Result

ROOT = Path(__file__).parents[2]
SETTINGS = "0123456789abcdef"


@pytest.fixture
def out(tmp_path):
    return tmp_path / "out.jsonl"


@pytest.fixture
def failures(tmp_path):
    return tmp_path / "out.failures.jsonl"


class Fake:
    """An extractor that fails for the documents whose text is in `bad`, and remembers what it was asked."""

    def __init__(self, *bad):
        self.bad, self.asked = bad, []

    asks = False

    def steps(self, document):
        self.asked.append(document.doc_id)
        if document.text in self.bad:
            raise ModelAnswerError("no usable answer")
        return Result(doc_id=document.doc_id, text=document.text, drafter="fake")
        yield


def documents(*texts):
    """Documents d0, d1, … of these texts; an InputError stands for itself."""
    return [t if isinstance(t, InputError) else Document(t, f"d{n}") for n, t in enumerate(texts)]


def carried_out(out, texts, extractor=None, **options):
    """One run of a command: what it counted, and which documents it asked for."""
    extractor, tally = extractor or Fake(), Tally()
    options = {"settings": SETTINGS} | options
    with Output(out, **options) as output:
        todo = output.unfinished(documents(*texts), tally)
        run(extractor, todo, output.write, fail=output.fail, settings=options["settings"], tally=tally)
    return tally, extractor.asked


def ids(path):
    return [json.loads(line)["doc_id"] for line in path.read_text(encoding="utf-8").splitlines()]


class TestOneRun:
    def test_results_and_failures_go_to_two_files(self, out, failures):
        with Output(out, settings=SETTINGS) as output:
            output.write('{"a": "é"}', "k")
            output.fail(Failure("a.jsonl:2", "is not JSON"))

        assert out.read_text(encoding="utf-8") == '{"a": "é"}\n'
        assert json.loads(failures.read_text()) == {
            "where": "a.jsonl:2",
            "doc_id": None,
            "error": "is not JSON",
            "attempts": 1,
            "document": None,
        }
        assert output.written == {"results": out, "failures": failures}

    def test_nothing_is_left_where_nothing_was_written(self, tmp_path, out):
        with Output(out, settings=SETTINGS):
            assert out.exists()

        assert list(tmp_path.iterdir()) == []

    def test_two_runs_do_not_write_to_one_file(self, out):
        with (
            Output(out, settings=SETTINGS) as first,
            pytest.raises(OutputError, match=r"out\.jsonl is being written by another run"),
            Output(out, settings=SETTINGS),
        ):
            pytest.fail("the second run should not have begun")

        with Output(out, settings=SETTINGS):
            assert first.written == {}

    def test_an_input_is_never_overwritten(self, out):
        out.write_text("{}\n")

        with pytest.raises(OutputError, match="is one of the inputs"):
            Output(
                out,
                settings=SETTINGS,
                force=True,
                inputs=[out.parent / "missing", out.parent / "." / "out.jsonl"],
            )

    @pytest.mark.parametrize(
        ("path", "why"), [("missing/out.jsonl", "there is no such folder"), (".", "Is a directory")]
    )
    def test_an_output_that_cannot_be_opened_is_known_before_the_work(self, tmp_path, path, why):
        with (
            pytest.raises(OutputError, match=f"cannot be written: {why}"),
            Output(tmp_path / path, settings=SETTINGS),
        ):
            pytest.fail("the output should not have opened")

    def test_a_device_may_be_the_output_and_has_no_failures_beside_it(self):
        with Output(Path("/dev/null"), settings=SETTINGS) as output:
            output.write("a", "k")
            output.fail(Failure("a", "b"))

        assert list(output.written) == ["results"]


class TestContinued:
    def test_what_is_finished_is_not_done_again(self, out):
        carried_out(out, ["a", "b"])

        tally, asked = carried_out(out, ["a", "b", "c"])

        assert (asked, tally.finished, tally.documents) == (["d2"], 2, 1)
        assert ids(out) == ["d0", "d1", "d2"]

    def test_a_run_with_nothing_to_do_changes_nothing(self, out):
        carried_out(out, ["a", "b"])
        before = out.read_bytes()

        tally, asked = carried_out(out, ["a", "b"])

        assert (asked, tally.finished, out.read_bytes()) == ([], 2, before)

    @pytest.mark.parametrize("lost", [1, 20, 200])
    def test_a_line_that_was_cut_off_is_taken_away_and_done_again(self, out, lost):
        carried_out(out, ["a", "b" * 300])
        out.write_bytes(out.read_bytes()[:-lost])

        _, asked = carried_out(out, ["a", "b" * 300])

        assert asked == ["d1"]
        assert ids(out) == ["d0", "d1"]

    def test_a_document_that_has_changed_is_done_and_told(self, out):
        carried_out(out, ["a", "b"])

        tally, asked = carried_out(out, ["a", "B"])

        assert (asked, tally.changed) == (["d1"], 1)

    def test_a_file_may_move_without_being_paid_for_again(self, out):
        extractor = Fake()
        for source in ("here.jsonl", "there.jsonl"):
            with Output(out, settings=SETTINGS) as output:
                todo = output.unfinished([Document("a", "d0", source=source)], Tally())
                run(extractor, todo, output.write, fail=output.fail, settings=SETTINGS)

        assert extractor.asked == ["d0"]

    def test_other_settings_are_noticed(self, out):
        carried_out(out, ["a"])

        with pytest.raises(OutputError, match=r"made with other settings \(drafter \"fake\"\).* --force"):
            carried_out(out, ["a"], settings="fedcba9876543210")

        assert ids(out) == ["d0"]

    @pytest.mark.parametrize("foreign", ["old\n", "{}\n", '{"schema_version":1,"doc_id":"d0"}\n'])
    def test_another_file_is_not_written_to(self, out, foreign):
        out.write_text(foreign)

        with pytest.raises(OutputError, match=r"holds something else .*\(line 1\)"):
            carried_out(out, ["a"])

        assert out.read_text() == foreign

    def test_by_force_it_starts_over(self, out, failures):
        out.write_text("old and much longer than what comes\n" * 50)
        failures.write_text("old\n")

        carried_out(out, ["a"], force=True)

        assert ids(out) == ["d0"]
        assert not failures.exists()

    def test_by_force_too_an_output_outlives_a_run_without_results(self, out):
        out.write_text("old\n")

        carried_out(out, ["a"], Fake("a"), force=True)

        assert out.read_text() == "old\n"


class TestFailures:
    def test_what_failed_is_tried_again_and_leaves_the_file_when_it_succeeds(self, out, failures):
        carried_out(out, ["a", "b", "c"], Fake("a", "c"))
        assert ids(failures) == ["d0", "d2"]

        _, asked = carried_out(out, ["a", "b", "c"], Fake("c"))

        assert (asked, ids(failures), ids(out)) == (["d0", "d2"], ["d2"], ["d1", "d0"])
        assert json.loads(failures.read_text())["attempts"] == 2

        carried_out(out, ["a", "b", "c"])

        assert (failures.exists(), ids(out)) == (False, ["d1", "d0", "d2"])

    def test_it_can_be_left(self, out, failures):
        bad = InputError("in.jsonl:2", "is not JSON")
        carried_out(out, ["a", bad, "c"], Fake("a"))

        tally, asked = carried_out(out, ["a", bad, "c", "d"], retry=False)

        assert (asked, tally.left, tally.finished) == (["d3"], 2, 1)
        assert [json.loads(line)["attempts"] for line in failures.read_text().splitlines()] == [1, 1]

    def test_a_line_that_was_mended_is_no_failure_any_more(self, out, failures):
        carried_out(out, ["a", InputError("in.jsonl:2", "is not JSON")])

        carried_out(out, ["a", "b"])

        assert not failures.exists()

    def test_one_that_was_not_reached_stays(self, out, failures):
        carried_out(out, ["a", "b"], Fake("a", "b"))

        with Output(out, settings=SETTINGS) as output:
            todo = output.unfinished(documents("a", "b"), Tally())
            run(Fake(), [next(todo)], output.write, fail=output.fail, settings=SETTINGS)

        assert (ids(out), ids(failures)) == (["d0"], ["d1"])

    def test_one_that_succeeded_before_a_crash_is_none(self, out, failures):
        carried_out(out, ["a"], Fake("a"))
        stale = failures.read_text()
        carried_out(out, ["a"])
        failures.write_text(stale)

        carried_out(out, ["a"])

        assert not failures.exists()


FULL_DISK = """
import resource, sys
from pathlib import Path
from extractor.batch import Output

resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
with Output(Path(sys.argv[1]), settings="s") as output:
    output.write("a" * 600, "k")
    output.write("b" * 600, "k")
"""


def test_a_line_that_does_not_fit_is_not_there_at_all(out):
    # in a process of its own, since the limit also holds for whatever file the test runner prints to
    told = subprocess.run(  # noqa: S603  our own interpreter and code
        [sys.executable, "-c", FULL_DISK, str(out)], capture_output=True, text=True, check=False
    )

    assert "out.jsonl cannot be written: File too large" in told.stderr
    assert out.read_text() == "a" * 600 + "\n"


def test_runs_that_are_killed_lose_nothing_and_do_nothing_twice(tmp_path, out):
    sentence = "Lumora is building a plant in Debrecen, Hungary, for {} million euros. "
    records = [{"id": f"d{n}", "text": sentence.format(n) * 8} for n in range(400)]
    (tmp_path / "in.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records))
    command = [sys.executable, "-m", "extractor", "run", "in.jsonl", "-o", "out.jsonl", "-q"]
    settings = {**os.environ, "PYTHONPATH": str(ROOT)}
    chance = random.Random(8)  # noqa: S311  only so that every run of the test is the same

    for _ in range(3):
        with subprocess.Popen(command, cwd=tmp_path, env=settings) as killed:  # noqa: S603
            before = size(out)
            while killed.poll() is None and size(out) <= before:
                time.sleep(0.01)
            time.sleep(chance.random() / 10)
            killed.send_signal(signal.SIGKILL)
    finished = subprocess.run(command, cwd=tmp_path, env=settings, check=False)  # noqa: S603

    assert finished.returncode == 0
    assert sorted(ids(out)) == sorted(record["id"] for record in records)


def size(path):
    return path.stat().st_size if path.exists() else 0
