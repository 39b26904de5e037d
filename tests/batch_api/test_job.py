"""A batch job: what is paid for is never lost and never paid for twice."""

import json
import shutil
import tracemalloc
from collections import Counter

import pytest
from batch_server import KINDS, BatchServer, say

from extractor import Extractor, LLMDrafter, RulesDrafter, extract_jsonl
from extractor.batch.lines import LineFile
from extractor.batch_api import BatchJob, begun_with, requests, state, work
from extractor.draft.llm import dialogue
from extractor.draft.llm.batches import BatchClient
from extractor.errors import InputError, ModelSetupError, OutputError

pytestmark = pytest.mark.block_network(allowed_hosts=["127.0.0.1"])
SENTENCE = "Lumora has started building a {} plant in Debrecen, Hungary, for {} million euros."


class Killed(BaseException):
    """The process is killed here."""


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

    def job(model="m", **settings):
        return BatchJob(
            "out.jsonl", Extractor(LLMDrafter(model, base_url=server.url, **{"cache": False} | settings))
        )

    return job


@pytest.fixture
def job(begin):
    return begin()


def write(*kinds, name="in.jsonl"):
    """Documents d1, d2, … of these kinds."""
    records = [{"id": f"d{n}", "text": SENTENCE.format(kind, n), "n": n} for n, kind in enumerate(kinds, 1)]
    with open(name, "w") as file:  # noqa: PTH123  in the working directory
        file.writelines(json.dumps(record) + "\n" for record in records)
    return name


def lines(name="out.jsonl"):
    try:
        with open(name, encoding="utf-8") as file:  # noqa: PTH123  as above
            return [json.loads(line) for line in file]
    except FileNotFoundError:
        return []


def ids(name="out.jsonl"):
    return [line["doc_id"] for line in lines(name)]


def failures():
    return {line["doc_id"]: line["error"] for line in lines("out.failures.jsonl")}


def to_the_end(job, server, **options):
    """Collect until nothing is under way any more."""
    while not (standing := job.collect(**options)).is_complete:
        server.end()
    return standing


class TestSubmitting:
    def test_a_request_is_what_a_run_would_have_sent(self, job, server):
        source = write("plain", "plain")
        extract_jsonl(source, "run.jsonl", extractor=job_extractor(server), concurrency=1)

        standing = job.submit(source)

        [batch] = server.batches.values()
        assert [line["body"] for line in server.lines(batch["input_file_id"])] == server.requests
        assert (standing.documents, standing.under_way, standing.is_complete) == (2, 2, False)

    def test_a_request_says_which_document_it_is_about(self, job, server):
        job.submit(write("plain", "plain"))

        [batch] = server.batches.values()
        names = [line["custom_id"] for line in server.lines(batch["input_file_id"])]
        assert len(set(names)) == 2
        assert all(len(name) <= 64 and name.endswith("-1") for name in names)

    @pytest.mark.parametrize(("limit", "value"), [("MAX_REQUESTS", 2), ("MAX_BYTES", 25_000)])
    def test_files_keep_to_the_limits(self, job, server, monkeypatch, limit, value):
        monkeypatch.setattr(requests, limit, value)

        job.submit(write(*["plain"] * 5))

        counts = [len(server.lines(batch["input_file_id"])) for batch in server.batches.values()]
        assert counts == [2, 2, 1]
        assert max(map(len, server.files.values())) <= requests.MAX_BYTES

    def test_what_is_under_way_is_not_submitted_again(self, begin, server):
        begin().submit(write("plain", "plain"))

        begin().submit(write("plain", "plain", "plain"))
        server.end()
        begin().collect()

        assert len(server.asked) == 3
        assert ids() == ["d1", "d2", "d3"]

    def test_what_a_run_has_finished_is_not_submitted(self, job, server):
        extract_jsonl(write("plain"), "out.jsonl", extractor=job_extractor(server))

        standing = job.submit(write("plain", "plain"))
        to_the_end(job, server)

        assert (standing.tally.finished, standing.under_way, len(server.asked)) == (1, 1, 1)
        assert ids() == ["d1", "d2"]

    def test_a_run_goes_on_with_what_batches_have_finished(self, job, server):
        job.submit(write("plain", "plain"), published="2025-03-01")
        to_the_end(job, server)

        tally = extract_jsonl(
            "in.jsonl", "out.jsonl", extractor=job_extractor(server), published="2025-03-01"
        )

        assert (tally.finished, tally.documents, server.requests) == (2, 0, [])

    def test_a_document_that_cannot_be_read_is_a_failure(self, job, folder):
        (folder / "in.jsonl").write_text('{"text": "5 million euros"}\nnonsense\n')
        told = []

        standing = job.submit("in.jsonl", on_failure=told.append)

        assert (standing.documents, standing.tally.failures) == (1, 1)
        assert [failure.where for failure in told] == ["in.jsonl:2"]
        assert [failure["where"] for failure in lines("out.failures.jsonl")] == ["in.jsonl:2"]

    def test_memory_stays_flat(self, job, server, monkeypatch):
        job.submit(write("plain"))  # what is loaded once is not counted
        monkeypatch.setattr(
            BatchClient, "upload", lambda *_: server.keep(b"")["id"]
        )  # our server holds it all
        source = write(*["plain " + "x" * 50_000] * 60, name="long.jsonl")

        tracemalloc.start()
        job.submit(source)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()

        assert peak < 1_000_000  # of 3 million characters

    def test_it_needs_a_language_model(self, folder):  # noqa: ARG002  it works there
        with pytest.raises(ModelSetupError, match='the drafter "rules" has no Batch API'):
            BatchJob("out.jsonl", Extractor(RulesDrafter()))


class TestCollecting:
    def test_lines_are_those_of_a_run_in_the_same_order(self, job, server):
        source = write(*["plain", "cut off"] * 5)
        extract_jsonl(source, "run.jsonl", extractor=job_extractor(server))

        job.submit(source)
        server.end()
        standing = job.collect()

        assert without_seconds("out.jsonl") == without_seconds("run.jsonl")
        assert (standing.is_complete, standing.done, standing.tally.usage["calls"]) == (True, 10, 10)

    @pytest.mark.parametrize("reask", ["later", "now"])
    def test_whatever_the_model_says_all_ends_as_in_a_run(self, job, server, reask):
        source = write(*KINDS * 2)
        extract_jsonl(source, "run.jsonl", extractor=job_extractor(server), concurrency=1)

        job.submit(source)
        to_the_end(job, server, reask=reask)

        assert sorted(without_seconds("out.jsonl")) == sorted(without_seconds("run.jsonl"))
        assert sorted(without_seconds("out.failures.jsonl")) == sorted(without_seconds("run.failures.jsonl"))
        assert failures().keys() == {"d4", "d5", "d7", "d11", "d12", "d14"}

    def test_without_the_texts_too(self, job, server):
        job.submit(write("plain"), text=False)
        to_the_end(job, server)

        assert "text" not in lines()[0]

    def test_tokens_are_counted(self, job, server):
        job.submit(write("faulty"))
        to_the_end(job, server)

        usage = lines()[0]["usage"]
        assert (usage["calls"], usage["reasks"], usage["prompt_tokens"], usage["answer_tokens"]) == (
            2,
            1,
            180,
            14,
        )

    def test_a_fault_is_asked_about_in_the_next_batch(self, job, server):
        job.submit(write("plain", "faulty"))
        server.end()

        standing = job.collect()

        assert (standing.done, standing.under_way, ids()) == (1, 1, ["d1"])
        [batch] = server.under_way()
        [line] = server.lines(batch["input_file_id"])
        assert line["custom_id"].endswith("-2")
        assert "f99" in line["body"]["messages"][-1]["content"]

    def test_or_at_once(self, job, server):
        job.submit(write("plain", "faulty"))
        server.end()

        standing = job.collect(reask="now")

        assert (standing.is_complete, ids(), len(server.batches)) == (True, ["d1", "d2"], 1)
        assert len(server.requests) == 1

    def test_nothing_happens_twice(self, job, server):
        job.submit(write("plain", "too long"))
        server.end()
        job.collect()
        before = (lines(), lines("out.failures.jsonl"))

        standing = job.collect()

        assert (lines(), lines("out.failures.jsonl")) == before
        assert (standing.done, standing.failed, standing.tally.documents, len(server.asked)) == (1, 1, 0, 2)

    def test_what_was_lost_is_made_again_from_the_answers_that_were_paid(self, job, server, folder):
        job.submit(write("plain", "faulty"))
        to_the_end(job, server)
        before = sorted(without_seconds("out.jsonl"))
        (folder / "out.jsonl").unlink()

        job.collect()

        assert sorted(without_seconds("out.jsonl")) == before
        assert len(server.asked) == 3

    def test_damaged_and_foreign_lines_cost_only_themselves(self, job, server):
        job.submit(write("plain", "plain"))
        server.end()
        [batch] = server.batches.values()
        good, bad = server.files[batch["output_file_id"]].splitlines(keepends=True)
        foreign = b'null\n[]\n{"custom_id": 5}\n{"custom_id": "x-1", "response": {}}\n'
        server.files[batch["output_file_id"]] = foreign + bad[:-9] + b"\n" + good

        standing = job.collect()

        assert (ids(), standing.under_way) == (["d2"], 1)

    def test_a_folder_of_inputs_may_hold_the_output(self, job, server, folder):
        (folder / "a.txt").write_text(SENTENCE.format("plain", 5))
        job.submit(folder)
        server.end()
        job.collect()

        job.submit(folder)

        assert (ids(), len(server.asked), len(server.batches)) == (["a.txt"], 1, 1)

    def test_nothing_was_submitted(self, job):
        with pytest.raises(InputError, match=r"out\.jsonl: nothing is under way for it"):
            job.collect()


class TestPaying:
    def test_an_answer_costs_half_of_what_it_costs_a_run(self, job, server, monkeypatch):
        monkeypatch.setattr(dialogue, "cost_usd", lambda *_, prompt, answer, **__: prompt + answer)
        source = write("faulty")
        extract_jsonl(source, "run.jsonl", extractor=job_extractor(server))
        job.submit(source)
        to_the_end(job, server)

        assert [lines(name)[0]["usage"]["cost_usd"] for name in ("run.jsonl", "out.jsonl")] == [194, 97]

    def test_the_question_asked_at_once_costs_its_whole_price(self, job, server, monkeypatch):
        monkeypatch.setattr(dialogue, "cost_usd", lambda *_, prompt, answer, **__: prompt + answer)
        job.submit(write("faulty"))
        to_the_end(job, server, reask="now")

        assert lines()[0]["usage"]["cost_usd"] == 97 / 2 + 97

    def test_what_a_run_has_asked_is_not_put_into_a_batch(self, begin, server):
        source = write("plain", "faulty", "gibberish")
        extract_jsonl(source, "run.jsonl", extractor=job_extractor(server, cache=True))

        standing = begin(cache=True).submit(source)

        assert (ids(), standing.under_way, server.asked) == (["d1", "d2"], 1, [])
        assert [line["usage"]["known_answers"] for line in lines()] == [1, 2]

    def test_what_was_in_a_batch_is_not_asked_by_a_run(self, begin, server):
        source = write("plain", "faulty")
        begin(cache=True).submit(source)
        to_the_end(begin(cache=True), server)

        extract_jsonl(source, "run.jsonl", extractor=job_extractor(server, cache=True))

        assert server.requests == []

    def test_a_question_after_an_answer_that_was_known_goes_into_a_batch(self, begin, server):
        source = write("faulty")
        first = job_extractor(server, cache=True)
        server.reply = lambda body: say(body) if len(body["messages"]) == 2 else (400, {})
        extract_jsonl(source, "run.jsonl", extractor=first)
        server.reply = say

        begin(cache=True).submit(source)
        to_the_end(begin(cache=True), server)

        assert [len(body["messages"]) for body in server.asked] == [4]
        assert lines()[0]["usage"]["known_answers"] == 1


class TestTroubleWithBatches:
    @pytest.mark.parametrize("silent", [False, True], ids=["told", "passed over"])
    def test_what_an_expired_batch_has_answered_counts_and_the_rest_is_asked_again(self, job, server, silent):
        job.submit(write("plain", "plain", "plain"))
        server.end("expired", answered=1, silent=silent)

        standing = job.collect()

        assert (ids(), standing.under_way) == (["d3"], 2)
        to_the_end(job, server)
        assert (sorted(ids()), len(server.asked)) == (["d1", "d2", "d3"], 3)

    def test_three_batches_without_an_answer_are_the_end(self, job, server):
        job.submit(write("plain"))
        for _ in range(3):
            server.end("expired", answered=0)
            standing = job.collect()

        assert (standing.failed, standing.is_complete, len(server.batches)) == (1, True, 3)
        assert "gave no answer in 3 batches (batch_expired: left)" in failures()["d1"]

    def test_an_earlier_answer_is_used_where_no_other_comes(self, job, server):
        job.submit(write("faulty"))
        server.end()
        job.collect()
        for _ in range(3):
            server.end("expired", answered=0)
            standing = job.collect()

        assert (standing.done, lines()[0]["usage"]["calls"]) == (1, 1)

    @pytest.mark.parametrize(
        ("status", "body"),
        [(500, {"error": {"message": "oops"}}), (429, {}), (200, {"choices": []}), (None, "nonsense")],
    )
    def test_an_error_that_may_pass_is_asked_again(self, job, server, status, body):
        good = server.reply
        server.reply = lambda _: (status, body)
        job.submit(write("plain"))
        server.end()
        job.collect()

        server.reply = good
        standing = to_the_end(job, server)

        assert (standing.done, len(server.asked)) == (1, 2)

    def test_an_error_that_will_not_pass_is_a_failure_at_once(self, job, server):
        server.reply = lambda _: (400, {"error": {"message": "no such parameter"}})
        job.submit(write("plain"))
        server.end()

        standing = job.collect()

        assert standing.failed == 1
        assert failures()["d1"].endswith("refuses this document (400: no such parameter)")

    def test_what_somebody_cancelled_is_not_asked_again_by_itself(self, job, server):
        job.submit(write("plain", "plain"))
        server.end("cancelled", answered=1)

        standing = job.collect()

        assert (ids(), standing.is_complete) == (["d2"], True)
        assert failures()["d1"] == "the batch batch-2 was cancelled before it came to it"

    def test_what_has_failed_is_tried_again_by_the_next_submit(self, begin, server):
        source = write("plain", "too long")
        begin().submit(source)
        to_the_end(begin(), server)
        assert list(failures()) == ["d2"]
        server.reply = lambda _: (200, {"choices": [{"message": {"content": "{}"}}]})

        begin().submit(source)
        to_the_end(begin(), server)

        assert (ids(), failures(), len(server.asked)) == (["d1", "d2"], {}, 3)

    def test_a_failure_stands_while_other_documents_are_submitted(self, job, server, folder):
        job.submit(write("too long"))
        to_the_end(job, server)
        (folder / "other.txt").write_text(SENTENCE.format("plain", 5))

        job.submit("other.txt")

        assert list(failures()) == ["d1"]

    def test_a_batch_that_is_refused_is_told_in_one_sentence(self, job, server):
        job.submit(write("plain", "plain"))
        server.refuse_batches("model_not_found", "The model `m` does not exist.")

        with pytest.raises(ModelSetupError) as told:
            job.collect()

        assert str(told.value) == (
            f"{server.url} has refused the batch batch-2: The model `m` does not exist. (model_not_found)"
        )
        assert (ids(), failures(), len(server.batches)) == ([], {}, 1)

    def test_its_documents_go_into_another_one_the_next_time(self, job, server):
        job.submit(write("plain", "plain"))
        server.refuse_batches("billing_hard_limit_reached", "No money.")
        with pytest.raises(ModelSetupError):
            job.collect()

        to_the_end(job, server)

        assert ids() == ["d1", "d2"]

    def test_a_batch_that_the_server_has_no_room_for_is_made_again_without_an_upload(self, job, server):
        job.submit(write("plain"))
        server.refuse_batches("token_limit_exceeded", "Enqueued token limit reached.")
        standing = job.collect()
        assert (standing.under_way, [batch.status for batch in standing.batches]) == (1, ["planned"])
        assert job.has_news()

        to_the_end(job, server)

        assert (ids(), server.calls.count("POST /files"), server.calls.count("POST /batches")) == (
            ["d1"],
            1,
            2,
        )

    def test_one_that_is_too_large_for_it_is_halved(self, job, server, monkeypatch):
        monkeypatch.setattr(work, "_SMALLEST", 2)
        job.submit(write(*["plain"] * 5))
        server.refuse_batches("token_limit_exceeded", "Enqueued token limit reached.")

        job.collect()

        assert [batch["status"] for batch in server.batches.values()] == [
            "failed",
            "validating",
            "validating",
            "validating",
        ]
        to_the_end(job, server)
        assert ids() == ["d1", "d2", "d3", "d4", "d5"]

    def test_a_file_of_answers_that_is_gone_costs_another_try(self, job, server):
        job.submit(write("plain"))
        server.end()
        [batch] = server.batches.values()
        del server.files[batch["output_file_id"]]

        standing = to_the_end(job, server)

        assert (standing.done, len(server.batches)) == (1, 2)

    def test_the_queue_of_another_project_is_not_ours(self, job, server):
        job.submit(write("plain"))
        server.batches.clear()

        with pytest.raises(
            ModelSetupError, match="does not know the batch batch-2; use a key of the project"
        ):
            job.collect()


class TestSettings:
    def test_other_settings_are_told_by_name(self, begin):
        begin().submit(write("plain"))

        with pytest.raises(
            OutputError,
            match=r"out\.batch was begun with other settings \(drafter m, now other; .*model m, now other\)",
        ):
            begin("other").submit(write("plain"))
        with pytest.raises(OutputError, match=r"\(reasks 2, now 1\)"):
            begin(reasks=1).collect()

    def test_what_it_was_begun_with_can_be_asked(self, begin, server):
        begin().submit(write("plain"))

        settings = begun_with("out.jsonl")

        assert (settings["drafter"], settings["base_url"]) == ("m", server.url)

    def test_by_force_it_starts_over(self, begin, server):
        begin().submit(write("plain", "too long"))
        server.end()
        begin().collect()

        begin("other").submit(write("plain"), force=True)
        to_the_end(begin("other"), server)

        assert ([line["drafter"] for line in lines()], failures()) == (["other"], {})

    def test_but_not_while_something_is_under_way(self, begin):
        begin().submit(write("plain"))

        with pytest.raises(OutputError, match="has 1 batches under way; collect them first"):
            begin("other").submit(write("plain"), force=True)

    def test_a_job_without_documents_binds_nobody(self, begin, folder):
        (folder / "in.jsonl").write_text("nonsense\n")
        begin("other").submit("in.jsonl")

        assert begin().submit(write("plain")).under_way == 1


class TestCrashes:
    def test_a_batch_that_was_made_without_our_knowing_is_found(self, job, server):
        server.refuse = {"POST /batches": [None]}

        job.submit(write("plain"))

        assert len(server.batches) == 1
        assert to_the_end(job, server).done == 1

    def test_one_among_many_others_is_found_in_a_later_process(self, begin, server, monkeypatch):
        killed_after("_create", monkeypatch, lambda: begin().submit(write("plain")))
        for _ in range(5):
            server.create(
                input_file_id=server.keep(b"")["id"],
                endpoint="/v1/chat/completions",
                completion_window="24h",
            )

        standing = begin().submit(write("plain"))

        assert (standing.under_way, standing.batches[0].id, len(server.batches)) == (1, "batch-2", 6)

    def test_a_request_file_that_is_gone_is_written_again(self, begin, folder, monkeypatch):
        killed_after("upload", monkeypatch, lambda: begin().submit(write("plain")))
        (folder / "out.batch" / "requests-1").unlink()

        assert begin().submit(write("plain")).under_way == 1

    @pytest.mark.parametrize("reask", ["later", "now"])
    def test_killed_anywhere_it_loses_nothing_and_pays_for_no_batch_twice(
        self, job, server, folder, monkeypatch, reask
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


def job_extractor(server, **settings):
    return Extractor(LLMDrafter("m", base_url=server.url, **{"cache": False} | settings))


def without_seconds(name):
    """The lines, but for the time that they took."""
    told = []
    for line in lines(name):
        if "usage" in line:
            line["usage"]["seconds"] = 0.0
        told.append(json.dumps(line))
    return told
