"""Providers: a name such as anthropic/claude-… is asked by the provider's own API, all else as before."""

import json

import pytest
from chat_server import Server, answer
from readings import PLANTS, reading

from extractor import LLMDrafter
from extractor.draft.llm import providers
from extractor.errors import ModelAnswerError, ModelError, ModelSetupError

pytestmark = pytest.mark.block_network(allowed_hosts=["127.0.0.1"])

MODEL = "anthropic/claude-small"
GOOD = {"facilities": [{"name": "Silkeborg plant", "investment": "f1"}]}
USAGE = {
    "input_tokens": 30,
    "output_tokens": 7,
    "cache_read_input_tokens": 60,
    "cache_creation_input_tokens": 2,
}


@pytest.fixture
def server(monkeypatch):
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL"):
        monkeypatch.delenv(name, raising=False)
    with Server() as server:
        monkeypatch.setenv("ANTHROPIC_BASE_URL", server.url.removesuffix("/v1"))
        monkeypatch.setenv("ANTHROPIC_API_KEY", "key")
        yield server


def message(*content, stop_reason="tool_use"):
    """The body of a message in Anthropic's API."""
    return {
        "id": "msg_1",
        "type": "message",
        "role": "assistant",
        "model": "claude-small",
        "content": list(content),
        "stop_reason": stop_reason,
        "stop_sequence": None,
        "usage": USAGE,
    }


def uses(told):
    return {"type": "tool_use", "id": "toolu_1", "name": "Answer", "input": told}


def text(words):
    return {"type": "text", "text": words}


def error(kind, words):
    return {"type": "error", "error": {"type": kind, "message": words}}


def ask(server, *replies, **settings):
    server.replies = list(replies)
    return LLMDrafter(MODEL, **{"cache": False, "backoff": 0.01, "patience": 1, **settings}).draft(PLANTS)


class TestAnthropic:
    @pytest.fixture(autouse=True)
    def _package(self):
        pytest.importorskip("anthropic")

    def test_it_is_asked_with_the_same_words_and_schema(self, server):
        drafted = ask(server, (200, {}, message(uses(GOOD))))

        (asked,) = server.requests
        assert asked["model"] == "claude-small"
        assert "[f1: 400 million euros]" in json.dumps(asked["messages"])
        assert "You read press text" in json.dumps(asked["system"])
        assert "FacilityDraft" in asked["tools"][0]["input_schema"]["$defs"]
        assert drafted.draft.facilities[0].investment == "f1"

    def test_its_tokens_are_counted(self, server):
        usage = ask(server, (200, {}, message(uses(GOOD)))).usage

        assert (usage.prompt_tokens, usage.cached_tokens, usage.answer_tokens) == (92, 60, 7)

    def test_a_fault_goes_back_with_what_to_change(self, server):
        wrong = {"facilities": [{"investment": "f2"}]}

        drafted = ask(server, (200, {}, message(uses(wrong))), (200, {}, message(uses(GOOD))))

        assert (drafted.usage.reasks, drafted.draft.facilities[0].investment) == (1, "f1")
        assert 'f2 \\"8 GWh\\" is energy' in json.dumps(server.requests[1]["messages"])

    def test_an_answer_in_words_is_read_too(self, server):
        drafted = ask(server, (200, {}, message(text(json.dumps(GOOD)), stop_reason="end_turn")))

        assert drafted.draft.facilities[0].investment == "f1"

    def test_an_answer_cut_off_is_told(self, server):
        drafted = ask(server, (200, {}, message(uses(GOOD), stop_reason="max_tokens")))

        assert drafted.draft.facilities[0].investment == "f1"
        assert "cut off" in drafted.problems[0].message

    def test_a_refusal_is_an_error_of_the_document(self, server):
        with pytest.raises(ModelAnswerError, match="the model refused to answer: Not this"):
            ask(server, (200, {}, message(text("Not this."), stop_reason="refusal")))

    def test_a_text_is_no_template(self, server):
        server.replies = [(200, {}, message(uses({})))]
        LLMDrafter(MODEL, cache=False).draft(reading("{{ 7*7 }} {% raise %}"))

        assert "{{ 7*7 }} {% raise %}" in json.dumps(server.requests[0]["messages"])

    @pytest.mark.parametrize(
        ("status", "body"),
        [
            (429, error("rate_limit_error", "Slow down")),
            (529, error("overloaded_error", "Overloaded")),
            (500, error("api_error", "Internal")),
        ],
    )
    def test_a_passing_failure_is_tried_again(self, server, status, body):
        drafted = ask(server, (status, {"retry-after": "0.3"}, body), (200, {}, message(uses(GOOD))))

        assert drafted.usage.calls == 2
        first, second = server.asked_at
        assert second - first >= 0.3

    def test_it_ends_after_the_last_try(self, server):
        with pytest.raises(ModelError, match=r"still fails with 500 after 5 tries \(Internal\)"):
            ask(server, (500, {}, error("api_error", "Internal")))

        assert len(server.requests) == 5

    @pytest.mark.parametrize(
        ("status", "kind", "sentence"),
        [
            (
                401,
                "authentication_error",
                "does not accept the API key; set ANTHROPIC_API_KEY",
            ),
            (404, "not_found_error", r'knows no model "claude-small" or not this address'),
            (403, "permission_error", r'does not let this API key use the model "claude-small"'),
        ],
    )
    def test_a_wrong_setting_stops_at_once_with_one_sentence(self, server, status, kind, sentence):
        with pytest.raises(ModelSetupError, match=sentence):
            ask(server, (status, {}, error(kind, "no")))

        assert len(server.requests) == 1

    def test_a_document_too_long_is_no_wrong_setting(self, server):
        told = error("invalid_request_error", "prompt is too long: 250000 tokens > 200000 maximum")

        with pytest.raises(ModelAnswerError, match='too long for the model "claude-small"'):
            ask(server, (400, {}, told))

    def test_a_server_that_is_not_there_is_one_sentence(self, server, monkeypatch):
        monkeypatch.setenv("ANTHROPIC_BASE_URL", "http://127.0.0.1:9")

        with pytest.raises(ModelSetupError, match=r"^no server answers at http://127\.0\.0\.1:9 "):
            ask(server, patience=0.1)

    def test_a_silent_server_is_told(self, server):
        server.pause = 5

        with pytest.raises(ModelAnswerError, match=r"was silent for 0\.5 s on every try"):
            ask(server, (200, {}, message(uses(GOOD))), timeout=0.5)

    def test_the_same_question_is_asked_once(self, server):
        for _ in range(2):
            drafted = ask(server, (200, {}, message(uses(GOOD))), cache=True)

        assert (len(server.requests), drafted.usage.known_answers) == (1, 1)

    def test_without_a_key_it_says_what_to_set(self, server, monkeypatch):
        monkeypatch.delenv("ANTHROPIC_API_KEY")

        with pytest.raises(ModelSetupError, match="set ANTHROPIC_API_KEY"):
            ask(server)

    @pytest.mark.usefixtures("server")
    def test_there_is_no_batch_api(self):
        with pytest.raises(ModelSetupError, match="anthropic has no Batch API that is known here"):
            LLMDrafter(MODEL).batches()


def test_a_missing_package_is_one_sentence(server, monkeypatch):
    monkeypatch.setattr(providers, "find_spec", lambda _: None)

    with pytest.raises(ModelSetupError, match=r"package anthropic: pip install 'pressledger\[anthropic\]'"):
        ask(server)


@pytest.mark.parametrize("name", ["Qwen/Qwen2.5-7B", "anthropic/claude-small", "anthropic/"])
def test_with_an_address_every_name_is_a_model_there(server, name):
    server.replies = [(200, {}, answer(json.dumps(GOOD)))]

    LLMDrafter(name, base_url=server.url, strategy="document", cache=False).draft(PLANTS)

    assert server.requests[0]["model"] == name


@pytest.mark.usefixtures("server")
def test_a_name_with_a_slash_is_no_provider_by_itself():
    with pytest.raises(ModelSetupError, match="set OPENAI_API_KEY"):
        LLMDrafter("Qwen/Qwen2.5-7B")
