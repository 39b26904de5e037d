"""Trouble with batches: what becomes of documents whose batch does not go well."""

import pytest
from batch_jobs import SENTENCE, failures, ids, lines, to_the_end, write

from extractor.batch_api import work
from extractor.errors import ModelSetupError

pytestmark = pytest.mark.block_network(allowed_hosts=["127.0.0.1"])


@pytest.mark.parametrize("silent", [False, True], ids=["told", "passed over"])
def test_what_an_expired_batch_has_answered_counts_and_the_rest_is_asked_again(job, server, silent):
    job.submit(write("plain", "plain", "plain"))
    server.end("expired", answered=1, silent=silent)

    standing = job.collect()

    assert (ids(), standing.under_way) == (["d3"], 2)
    to_the_end(job, server)
    assert (sorted(ids()), len(server.asked)) == (["d1", "d2", "d3"], 3)


def test_three_batches_without_an_answer_are_the_end(job, server):
    job.submit(write("plain"))
    for _ in range(3):
        server.end("expired", answered=0)
        standing = job.collect()

    assert (standing.failed, standing.is_complete, len(server.batches)) == (1, True, 3)
    assert "gave no answer in 3 batches (batch_expired: left)" in failures()["d1"]


def test_an_earlier_answer_is_used_where_no_other_comes(job, server):
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
def test_an_error_that_may_pass_is_asked_again(job, server, status, body):
    good = server.reply
    server.reply = lambda _: (status, body)
    job.submit(write("plain"))
    server.end()
    job.collect()

    server.reply = good
    standing = to_the_end(job, server)

    assert (standing.done, len(server.asked)) == (1, 2)


def test_an_error_that_will_not_pass_is_a_failure_at_once(job, server):
    server.reply = lambda _: (400, {"error": {"message": "no such parameter"}})
    job.submit(write("plain"))
    server.end()

    standing = job.collect()

    assert standing.failed == 1
    assert failures()["d1"].endswith("refuses this document (400: no such parameter)")


def test_what_somebody_cancelled_is_not_asked_again_by_itself(job, server):
    job.submit(write("plain", "plain"))
    server.end("cancelled", answered=1)

    standing = job.collect()

    assert (ids(), standing.is_complete) == (["d2"], True)
    assert failures()["d1"] == "the batch batch-2 was cancelled before it came to it"


def test_what_has_failed_is_tried_again_by_the_next_submit(begin, server):
    source = write("plain", "too long")
    begin().submit(source)
    to_the_end(begin(), server)
    assert list(failures()) == ["d2"]
    server.reply = lambda _: (200, {"choices": [{"message": {"content": "{}"}}]})

    begin().submit(source)
    to_the_end(begin(), server)

    assert (ids(), failures(), len(server.asked)) == (["d1", "d2"], {}, 3)


def test_a_failure_stands_while_other_documents_are_submitted(job, server, folder):
    job.submit(write("too long"))
    to_the_end(job, server)
    (folder / "other.txt").write_text(SENTENCE.format("plain", 5))

    job.submit("other.txt")

    assert list(failures()) == ["d1"]


def test_a_batch_that_is_refused_is_told_in_one_sentence(job, server):
    job.submit(write("plain", "plain"))
    server.refuse_batches("model_not_found", "The model `m` does not exist.")

    with pytest.raises(ModelSetupError) as told:
        job.collect()

    assert str(told.value) == (
        f"{server.url} has refused the batch batch-2: The model `m` does not exist. (model_not_found)"
    )
    assert (ids(), failures(), len(server.batches)) == ([], {}, 1)


def test_its_documents_go_into_another_one_the_next_time(job, server):
    job.submit(write("plain", "plain"))
    server.refuse_batches("billing_hard_limit_reached", "No money.")
    with pytest.raises(ModelSetupError):
        job.collect()

    to_the_end(job, server)

    assert ids() == ["d1", "d2"]


def test_a_batch_that_the_server_has_no_room_for_is_made_again_without_an_upload(job, server):
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


def test_one_that_is_too_large_for_it_is_halved(job, server, monkeypatch):
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


def test_a_file_of_answers_that_is_gone_costs_another_try(job, server):
    job.submit(write("plain"))
    server.end()
    [batch] = server.batches.values()
    del server.files[batch["output_file_id"]]

    standing = to_the_end(job, server)

    assert (standing.done, len(server.batches)) == (1, 2)


def test_the_queue_of_another_project_is_not_ours(job, server):
    job.submit(write("plain"))
    server.batches.clear()

    with pytest.raises(ModelSetupError, match="does not know the batch batch-2; use a key of the project"):
        job.collect()
