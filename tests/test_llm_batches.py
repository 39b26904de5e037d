"""The Batch API's client: what costs nothing is tried again, and a batch is never made twice."""

import json
import time

import pytest
from batch_server import BatchServer

from extractor.draft.llm.batches import BatchClient, Unanswered
from extractor.errors import ModelError, ModelSetupError, OutputError

pytestmark = pytest.mark.block_network(allowed_hosts=["127.0.0.1"])
CALLS = (("GET", "batches"), ("POST", "files"), ("POST", "batches"))
BUSY = (503, {"error": {"message": "busy"}})


@pytest.fixture
def server():
    with BatchServer() as server:
        yield server


@pytest.fixture
def client(server):
    return BatchClient(server.url, "key", "m", pause=0.01)


@pytest.fixture
def requests(tmp_path):
    """A file with one request."""
    path = tmp_path / "requests"
    path.write_text(json.dumps({"custom_id": "a-1", "body": {}}) + "\n")
    return path


def made(client, requests):
    return client.create(client.upload(requests, "a.jsonl"), "token", time.time())


def test_an_upload_is_tried_again_from_its_beginning(client, server, requests):
    server.refuse = {"POST /files": [BUSY]}

    file = client.upload(requests, "a.jsonl")

    assert server.files[file] == requests.read_bytes()


@pytest.mark.parametrize("lost", [BUSY, None], ids=["not made", "made and not told"])
def test_a_batch_is_made_once(client, server, requests, lost):
    server.refuse = {"POST /batches": [lost]}

    batch = made(client, requests)

    assert list(server.batches) == [batch.id]


def test_a_server_that_drops_our_mark_is_known_by_the_file(client, server, requests):
    server.refuse = {"POST /batches": [None]}
    create = server.create
    server.create = lambda **asked: create(**{**asked, "metadata": None})

    made(client, requests)

    assert len(server.batches) == 1


def test_a_batch_that_was_refused_is_not_taken_for_ours(client, server, requests):
    made(client, requests)
    server.refuse_batches("token_limit_exceeded", "full")

    assert client.find("file-1", "token", time.time()) is None


def test_it_gives_up_with_one_sentence(client, server, requests):
    server.refuse = {"POST /batches": [BUSY] * 4}

    with pytest.raises(
        ModelError, match=r"still fails with 503 \(busy\); the same command goes on from here"
    ):
        made(client, requests)

    assert server.batches == {}


def test_a_file_comes_down_whole(client, server, tmp_path):
    file = server.keep(b"line\n" * 100_000)["id"]
    server.refuse = {f"GET /files/{'ID'}/content": [None, BUSY]}

    assert client.download(file, tmp_path / "answers")
    assert (tmp_path / "answers").read_bytes() == server.files[file]


def test_a_file_that_is_gone_is_told(client, tmp_path):
    assert not client.download("file-9", tmp_path / "answers")


def test_a_server_that_is_not_there_is_told():
    with BatchServer() as gone:
        url = gone.url
    client = BatchClient(url, "key", "m", tries=1)

    with pytest.raises(ModelError, match=f"{url} cannot be reached, or breaks off"):
        client.check()


def test_a_key_that_may_not_ask_for_models_is_no_hindrance(client, server):
    server.refuse = {"GET /models/m": [(403, {"error": {"message": "missing scope"}})]}

    client.check()

    assert server.calls == ["GET /batches", "GET /models/m"]


@pytest.mark.parametrize("answer", [b"<html></html>", b"", {}, [], "text"])
def test_what_answers_something_else_has_none(client, server, requests, answer):
    server.refuse = {f"{verb} /{name}": [(200, answer)] for verb, name in CALLS}

    for call in (
        client.check,
        lambda: client.upload(requests, "a.jsonl"),
        lambda: client.create("f", "t", 0),
    ):
        with pytest.raises(ModelSetupError, match=f"there is no Batch API at {server.url}"):
            call()


def test_a_file_that_cannot_be_written_is_told(client, server, tmp_path):
    file = server.keep(b"line\n")["id"]

    with pytest.raises(OutputError, match="answers cannot be written: No such file"):
        client.download(file, tmp_path / "missing" / "answers")


@pytest.mark.parametrize("status", [404, 405, 501])
def test_where_there_is_no_batch_api_it_says_what_to_do(client, server, status):
    server.refuse = {"GET /batches": [(status, {})] * 4}

    with pytest.raises(ModelSetupError, match=r"no Batch API at .*; correct base_url, or use extractor run"):
        client.check()


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (
            {"error": {"code": "batch_expired", "message": "Too late."}},
            Unanswered("batch_expired: Too late.", may_pass=True),
        ),
        ({"response": None, "error": None}, Unanswered("without a reason", may_pass=True)),
        (
            {"response": {"status_code": 500, "body": {"error": {"message": "oops"}}}},
            Unanswered("500: oops", may_pass=True),
        ),
        (
            {"response": {"status_code": 200, "body": "text"}},
            Unanswered("what came was no chat completion", may_pass=True),
        ),
        (
            {"response": {"status_code": 400, "body": {"error": {"message": "maximum context length"}}}},
            Unanswered(
                'the document is too long for the model "m" (maximum context length)',
                may_pass=False,
                is_too_long=True,
            ),
        ),
    ],
)
def test_a_line_says_why_there_is_no_answer(client, line, why):
    assert client.read_answer(line) == why


def test_a_line_with_an_answer_is_one(client):
    body = {"choices": [{"message": {"content": "{}"}}]}

    assert client.read_answer({"response": {"status_code": 200, "body": body}, "error": None}) == body
