"""A batch job: the results of a run, by batches."""

import json
import re
import tracemalloc
from pathlib import Path

import pytest
from batch_jobs import SENTENCE, asking, failures, ids, lines, to_the_end, without_seconds, write
from batch_server import KINDS, say
from chat_server import answer

from extractor import Extractor, RulesDrafter, extract_jsonl
from extractor.batch_api import BatchJob, begun_with, requests
from extractor.draft.llm import dialogue
from extractor.draft.llm.batches import BatchClient
from extractor.errors import InputError, ModelSetupError, OutputError

pytestmark = pytest.mark.block_network(allowed_hosts=["127.0.0.1"])


class TestSubmitting:
    def test_a_request_is_what_a_run_would_have_sent(self, job, server):
        source = write("plain", "plain")
        extract_jsonl(source, "run.jsonl", extractor=asking(server), concurrency=1)

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
        extract_jsonl(write("plain"), "out.jsonl", extractor=asking(server))

        standing = job.submit(write("plain", "plain"))
        to_the_end(job, server)

        assert (standing.tally.finished, standing.under_way, len(server.asked)) == (1, 1, 1)
        assert ids() == ["d1", "d2"]

    def test_a_run_goes_on_with_what_batches_have_finished(self, job, server):
        job.submit(write("plain", "plain"), published="2025-03-01")
        to_the_end(job, server)

        tally = extract_jsonl("in.jsonl", "out.jsonl", extractor=asking(server), published="2025-03-01")

        assert (tally.finished, tally.documents, server.requests) == (2, 0, [])

    def test_a_document_that_cannot_be_read_is_a_failure(self, job, folder):
        (folder / "in.jsonl").write_text('{"text": "5 million euros"}\nnonsense\n')
        told = []

        standing = job.submit("in.jsonl", on_failure=told.append)

        assert (standing.documents, standing.tally.failures) == (1, 1)
        assert [failure.where for failure in told] == ["in.jsonl:2"]
        assert [failure["where"] for failure in lines("out.failures.jsonl")] == ["in.jsonl:2"]

    def test_memory_stays_flat(self, job, server, folder, monkeypatch):
        job.submit(write("plain"))  # what is loaded once is not counted
        monkeypatch.setattr(
            BatchClient, "upload", lambda *_: server.keep(b"")["id"]
        )  # our server holds it all
        text = SENTENCE.format("plain " + "x" * 50_000, 5)  # the same one, since some texts are remembered
        records = (json.dumps({"id": f"long-{n}", "text": text}) + "\n" for n in range(60))
        (folder / "long.jsonl").write_text("".join(records))

        tracemalloc.start()
        job.submit("long.jsonl")
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()

        assert peak < 1_000_000  # of 3 million characters

    def test_it_needs_a_language_model(self, folder):  # noqa: ARG002  it works there
        with pytest.raises(ModelSetupError, match='the drafter "rules" has no Batch API'):
            BatchJob("out.jsonl", Extractor(RulesDrafter()))


class TestCollecting:
    def test_lines_are_those_of_a_run_in_the_same_order(self, job, server):
        source = write(*["plain", "cut off"] * 5)
        extract_jsonl(source, "run.jsonl", extractor=asking(server))

        job.submit(source)
        server.end()
        standing = job.collect()

        assert without_seconds("out.jsonl") == without_seconds("run.jsonl")
        assert (standing.is_complete, standing.done, standing.tally.usage["calls"]) == (True, 10, 10)

    @pytest.mark.parametrize("reask", ["later", "now"])
    def test_whatever_the_model_says_all_ends_as_in_a_run(self, job, server, reask):
        source = write(*KINDS * 2)
        extract_jsonl(source, "run.jsonl", extractor=asking(server), concurrency=1)

        job.submit(source)
        to_the_end(job, server, reask=reask)

        assert sorted(without_seconds("out.jsonl")) == sorted(without_seconds("run.jsonl"))
        assert sorted(without_seconds("out.failures.jsonl")) == sorted(without_seconds("run.failures.jsonl"))
        assert failures().keys() == {"d4", "d5", "d7", "d11", "d12", "d14"}

    def test_without_the_texts_too(self, job, server):
        job.submit(write("plain"), text=False)
        to_the_end(job, server)

        assert "text" not in lines()[0]

    @pytest.mark.parametrize("most", [30, 12], ids=["in windows", "in halves of windows that are too long"])
    def test_a_long_document_comes_of_several_batches_as_of_a_run(self, begin, server, most):
        def say(body):
            told = re.findall(r"plant (\w+) costs \[(f\d+):", body["messages"][1]["content"])
            if len(told) > most:
                return 400, {"error": {"message": "maximum context length is 10 tokens"}}
            plants = [{"name": f"plant {name}", "investment": figure} for name, figure in told]
            return 200, answer(json.dumps({"facilities": plants}))

        server.reply = say
        text = "".join(
            f"Lumora has said that its plant P{n}x costs {n} million euros.\n" for n in range(10, 50)
        )
        Path("long.jsonl").write_text(json.dumps({"id": "long", "text": text}))
        extract_jsonl("long.jsonl", "run.jsonl", extractor=asking(server, window=2_000))

        begin(window=2_000).submit("long.jsonl")
        to_the_end(begin(window=2_000), server)

        assert without_seconds("out.jsonl") == without_seconds("run.jsonl")
        assert len(lines()[0]["facilities"]) == 40
        assert len(server.batches) == len(server.asked) >= 2
        assert lines()[0]["usage"]["reasks"] == 0

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
        extract_jsonl(source, "run.jsonl", extractor=asking(server))
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
        extract_jsonl(source, "run.jsonl", extractor=asking(server, cache=True))

        standing = begin(cache=True).submit(source)

        assert (ids(), standing.under_way, server.asked) == (["d1", "d2"], 1, [])
        assert [line["usage"]["known_answers"] for line in lines()] == [1, 2]

    def test_what_was_in_a_batch_is_not_asked_by_a_run(self, begin, server):
        source = write("plain", "faulty")
        begin(cache=True).submit(source)
        to_the_end(begin(cache=True), server)

        extract_jsonl(source, "run.jsonl", extractor=asking(server, cache=True))

        assert server.requests == []

    def test_a_question_after_an_answer_that_was_known_goes_into_a_batch(self, begin, server):
        source = write("faulty")
        first = asking(server, cache=True)
        server.reply = lambda body: say(body) if len(body["messages"]) == 2 else (400, {})
        extract_jsonl(source, "run.jsonl", extractor=first)
        server.reply = say

        begin(cache=True).submit(source)
        to_the_end(begin(cache=True), server)

        assert [len(body["messages"]) for body in server.asked] == [4]
        assert lines()[0]["usage"]["known_answers"] == 1


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
