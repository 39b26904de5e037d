"""Answers kept on disk, and the log of calls: what is asked once, and what is on file of it."""

import json
import sqlite3

import pytest
from chat_server import Server, answer
from readings import reading

from extractor.draft.llm import LLMDrafter
from extractor.errors import ModelAnswerError, OutputError

pytestmark = pytest.mark.block_network(allowed_hosts=["127.0.0.1"])

PLANT = reading("The Silkeborg plant costs 400 million euros.", figures=[("400 million euros", "money")])
OTHER = reading("The Odense plant costs 250 million euros.", figures=[("250 million euros", "money")])
GOOD = '{"facilities": [{"investment": "f1"}]}'


@pytest.fixture
def server():
    with Server() as server:
        server.replies = [(200, {}, answer(GOOD))]
        yield server


class TestAnswersAreKept:
    def test_the_same_question_is_not_asked_again(self, server):
        first = LLMDrafter("m", base_url=server.url).draft(PLANT)
        second = LLMDrafter("m", base_url=server.url).draft(PLANT)

        assert len(server.requests) == 1
        assert second.draft == first.draft
        assert (first.usage.calls, first.usage.known_answers, first.usage.prompt_tokens) == (1, 0, 90)
        assert (second.usage.calls, second.usage.known_answers, second.usage.prompt_tokens) == (0, 1, 0)

    @pytest.mark.parametrize(
        "other", [{"model": "n"}, {"max_answer_tokens": 99}, {"temperature": 0.5}, {"enum_ids": False}]
    )
    def test_another_question_is(self, server, other):
        LLMDrafter("m", base_url=server.url).draft(PLANT)
        LLMDrafter(**{"model": "m", "base_url": server.url, **other}).draft(PLANT)

        assert len(server.requests) == 2

    def test_so_is_another_text(self, server):
        drafter = LLMDrafter("m", base_url=server.url)
        drafter.draft(PLANT)
        drafter.draft(OTHER)

        assert len(server.requests) == 2

    def test_what_is_asked_again_is_kept_too(self, server):
        server.replies = [(200, {}, answer('{"facilities": [{"investment": "f9"}]}')), *server.replies]
        LLMDrafter("m", base_url=server.url).draft(PLANT)

        again = LLMDrafter("m", base_url=server.url).draft(PLANT)

        assert len(server.requests) == 2
        assert (again.usage.known_answers, again.usage.reasks) == (2, 1)

    def test_an_answer_that_is_none_is_not_kept(self, server):
        server.replies = [(200, {}, answer("I am sorry.")), *server.replies]
        with pytest.raises(ModelAnswerError):
            LLMDrafter("m", base_url=server.url, reasks=0).draft(PLANT)

        assert LLMDrafter("m", base_url=server.url).draft(PLANT).usage.calls == 1

    def test_it_can_be_left(self, server, tmp_path):
        for _ in range(2):
            LLMDrafter("m", base_url=server.url, cache=False).draft(PLANT)

        assert len(server.requests) == 2
        assert not list(tmp_path.iterdir())

    def test_it_can_be_kept_elsewhere(self, server, tmp_path):
        LLMDrafter("m", base_url=server.url, cache=tmp_path / "here").draft(PLANT)

        assert [path.name for path in tmp_path.iterdir()] == ["here"]

    def test_a_key_is_not_in_it(self, server, tmp_path):
        LLMDrafter("m", base_url=server.url, api_key="sk-secret", cache=tmp_path).draft(PLANT)

        assert not any(b"sk-secret" in path.read_bytes() for path in tmp_path.iterdir())

    @pytest.mark.parametrize("spoil", [b"no database", None], ids=["damaged", "a folder that is a file"])
    def test_without_a_cache_it_goes_on(self, server, tmp_path, spoil, caplog):
        place = tmp_path / "answers.sqlite"
        place.write_bytes(spoil or b"")
        folder = tmp_path if spoil else place

        assert LLMDrafter("m", base_url=server.url, cache=folder).draft(PLANT).usage.calls == 1
        assert "answers are not kept" in caplog.text

    def test_a_damaged_answer_is_asked_for_again(self, server, tmp_path):
        LLMDrafter("m", base_url=server.url, cache=tmp_path).draft(PLANT)
        with sqlite3.connect(tmp_path / "answers.sqlite") as table:
            table.execute("UPDATE answers SET told = x'00'")

        assert LLMDrafter("m", base_url=server.url, cache=tmp_path).draft(PLANT).usage.calls == 1


class TestCallsAreLogged:
    def test_every_request_and_answer_without_the_key(self, server, tmp_path):
        log = tmp_path / "calls.jsonl"
        drafter = LLMDrafter("m", base_url=server.url, api_key="sk-secret", log_calls=log)

        drafter.draft(PLANT)
        drafter.draft(PLANT)

        first, second = (json.loads(line) for line in log.read_text().splitlines())
        assert first["request"] == server.requests[0]
        assert first["completion"]["choices"][0]["message"]["content"] == GOOD
        assert (first["document"], first["calls"], first["error"]) == (PLANT.document.doc_id, 1, None)
        assert second["calls"] == 0
        assert "sk-secret" not in log.read_text()

    def test_errors_too(self, server, tmp_path):
        server.replies = [(400, {}, {"error": {"message": "context too long"}})]
        log = tmp_path / "calls.jsonl"

        with pytest.raises(ModelAnswerError):
            LLMDrafter("m", base_url=server.url, log_calls=log).draft(PLANT)

        assert "too long for the model" in json.loads(log.read_text())["error"]

    def test_a_file_that_cannot_be_written_is_told_at_once(self, tmp_path):
        with pytest.raises(OutputError, match="cannot be written: Is a directory"):
            LLMDrafter("m", base_url="http://127.0.0.1:9/v1", log_calls=tmp_path)
