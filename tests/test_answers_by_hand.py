"""Answers of OpenAI's and Azure's servers as documented, in full; fixtures/answers-by-hand says which."""

import json
from pathlib import Path

import pytest
from chat_server import Server
from readings import PLANTS

from extractor import LLMDrafter
from extractor.draft.llm import drafter
from extractor.errors import ModelAnswerError, ModelSetupError

pytestmark = pytest.mark.block_network(allowed_hosts=["127.0.0.1"])

ANSWERS = Path(__file__).parent.parent / "fixtures" / "answers-by-hand"
ENDS = {
    "quota": (ModelSetupError, "says that the quota is used up; top it up or use another key"),
    "refusal": (ModelAnswerError, "the model refused to answer: I am not able to help with this text"),
    "filtered-answer": (ModelAnswerError, "content filter withheld the model's answer"),
    "filtered-answer-azure": (ModelAnswerError, "content filter withheld the model's answer"),
    "filtered-prompt-azure": (ModelAnswerError, r"refuses this document \(400: The prompt was stopped"),
    "truncated": (ModelAnswerError, "cut off at the token limit, with nothing in it"),
}


@pytest.fixture
def server(monkeypatch):
    with Server() as server:
        # asked as OpenAI's own server is
        monkeypatch.setattr(drafter, "OPENAI", server.url)
        yield server


def replies(name):
    told = json.loads((ANSWERS / f"{name}.json").read_text("utf-8"))
    return [(reply["status"], reply["headers"], reply["body"]) for reply in told]


def ask(**settings):
    return LLMDrafter("gpt-5-mini", api_key="key", backoff=0.01, cache=False, **settings).draft(PLANTS)


def test_every_answer_is_tried():
    assert {path.stem for path in ANSWERS.glob("*.json")} == {*ENDS, "rate-limit"}


def test_a_rate_limit_is_waited_for(server):
    server.replies = replies("rate-limit")

    drafted = ask()

    assert drafted.draft.facilities[0].investment == "f1"
    assert (drafted.usage.calls, drafted.usage.cached_tokens) == (2, 768)
    first, second = server.asked_at
    assert second - first >= 0.25


@pytest.mark.parametrize("name", ENDS)
def test_what_trying_again_cannot_help_is_told_at_once(server, name):
    error, sentence = ENDS[name]
    server.replies = replies(name)

    with pytest.raises(error, match=sentence):
        ask()

    assert len(server.requests) == 1
