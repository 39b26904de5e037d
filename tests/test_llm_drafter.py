"""LLMDrafter: against scripted answers; tests/recorded has those of a real model."""

import asyncio
import json
import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from chat_server import Server, answer
from readings import PLANTS, STORAGE, reading

from extractor.draft import Draft, FacilityDraft
from extractor.draft.asking import Reply, Request
from extractor.draft.llm import LLMDrafter, drafter, transport
from extractor.draft.llm.prices import cost_usd
from extractor.errors import ModelAnswerError, ModelError, ModelSetupError

SERVER = "http://127.0.0.1:8111/v1"


@pytest.fixture(autouse=True)
def no_settings_from_outside(monkeypatch):
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    monkeypatch.delenv("OPENAI_BASE_URL", raising=False)


@pytest.fixture
def server():
    with Server() as server:
        yield server


def says(*drafts):
    """Replies that give these drafts, one after another."""
    return [(200, {}, answer(draft if isinstance(draft, str) else json.dumps(draft))) for draft in drafts]


def facilities(*slots):
    return {"facilities": list(slots)}


@pytest.mark.block_network(allowed_hosts=["127.0.0.1"])
class TestAsking:
    def test_a_fault_goes_back_with_what_to_change(self, server):
        server.replies = says(facilities({"investment": "f2"}), facilities({"investment": "f1"}))

        drafted = LLMDrafter("m", base_url=server.url).draft(PLANTS)

        assert drafted.draft == Draft(facilities=[FacilityDraft(investment="f1")])
        assert drafted.usage.reasks == 1
        assert (
            'facilities[0].investment: f2 "8 GWh" is energy, but this slot takes money: '
            'use one of f1 "400 million euros", f3 "250 million euros", or leave it out.'
        ) in server.requests[1]["messages"][-1]["content"]

    def test_a_fault_that_nothing_can_mend_is_not_asked_about(self, server):
        server.replies = says(facilities({"investment": "f1", "land_area": "f2"}))

        drafted = LLMDrafter("m", base_url=server.url).draft(PLANTS)

        assert drafted.draft == Draft(facilities=[FacilityDraft(investment="f1", land_area="f2")])
        assert drafted.usage.calls == 1

    def test_of_several_answers_the_one_that_explains_most_counts(self, server):
        good = {"name": "Silkeborg plant", "investment": "f1", "capacities": [{"figure": "f2"}]}
        server.replies = says(facilities({**good, "place": "Mars"}), facilities({"name": "Silkeborg plant"}))

        drafted = LLMDrafter("m", base_url=server.url).draft(PLANTS)

        assert drafted.draft.facilities[0].investment == "f1"
        assert drafted.usage.calls == 2

    def test_it_ends_after_the_last_reask(self, server):
        server.replies = says(facilities({"investment": "f9", "name": "Odense plant"}))

        drafted = LLMDrafter("m", base_url=server.url, reasks=1).draft(PLANTS)

        assert drafted.draft == Draft(facilities=[FacilityDraft(investment="f9", name="Odense plant")])
        assert drafted.usage.calls == 2

    def test_what_never_was_a_draft_is_saved_in_part(self, server):
        server.replies = says(facilities({"investment": "f1", "segment": "battery"}))

        drafted = LLMDrafter("m", base_url=server.url).draft(PLANTS)

        assert drafted.draft == Draft(facilities=[FacilityDraft(investment="f1")])
        assert [problem.message.partition(":")[0] for problem in drafted.problems] == [
            "facilities[0].segment"
        ]
        assert drafted.usage.calls == 3

    def test_a_server_lost_during_a_reask_does_not_lose_the_answer(self, server):
        busy = (429, {"retry-after": "3600"}, {"error": {"message": "later"}})
        server.replies = [*says(facilities({"investment": "f1", "place": "Mars"})), busy]

        drafted = LLMDrafter("m", base_url=server.url).draft(PLANTS)

        assert drafted.draft.facilities[0].investment == "f1"

    def test_an_answer_that_is_no_json_is_an_error_of_the_document(self, server):
        server.replies = says("I am sorry.")

        with pytest.raises(ModelAnswerError, match="not JSON"):
            LLMDrafter("m", base_url=server.url, reasks=0).draft(PLANTS)

    @pytest.mark.parametrize(
        "said",
        [
            '```json\n{"facilities": [{"investment": "f1"}]}\n```',
            'Here it is: {"facilities": [{"investment": "f1"}]} I hope that this helps.',
        ],
        ids=["a fence", "a sentence"],
    )
    def test_what_stands_around_the_json_does_not_matter(self, server, said):
        server.replies = says(said)

        drafted = LLMDrafter("m", base_url=server.url).draft(PLANTS)

        assert drafted.draft == Draft(facilities=[FacilityDraft(investment="f1")])
        assert drafted.usage.calls == 1

    @pytest.mark.parametrize(
        ("choice", "sentence"),
        [
            (
                {"message": {"content": None, "refusal": "I cannot help with that."}},
                "refused to answer: I cannot",
            ),
            ({"finish_reason": "content_filter"}, "content filter withheld"),
            ({"message": {"role": "assistant", "content": None}}, "is empty"),
        ],
        ids=["a refusal", "a filter", "nothing"],
    )
    def test_no_answer_is_an_error_of_the_document(self, server, choice, sentence):
        server.replies = [(200, {}, answer("", **choice))]

        with pytest.raises(ModelAnswerError, match=sentence):
            LLMDrafter("m", base_url=server.url).draft(PLANTS)

    @pytest.mark.parametrize(
        ("status", "headers", "error"),
        [(401, {}, ModelSetupError), (429, {"retry-after": "3600"}, ModelError)],
    )
    def test_errors_of_the_wire_come_through(self, server, status, headers, error):
        server.replies = [(status, headers, {"error": {"message": "no"}})]

        with pytest.raises(error, match=r"\(no\)"):
            LLMDrafter("m", base_url=server.url).draft(PLANTS)

    def test_a_text_is_no_template(self, server):
        text = "Order {{ 7*7 }} {% raw %}\n    for 5 euros"
        LLMDrafter("m", base_url=server.url).draft(reading(text, figures=[("5 euros", "money")]))

        assert server.requests[0]["messages"][1]["content"] == (
            "Order {{ 7*7 }} {% raw %}\n    for [f1: 5 euros]"
        )

    def test_the_prompt_is_the_same_for_every_document(self, server):
        model = LLMDrafter("m", base_url=server.url)

        first, second = model.draft(PLANTS), model.draft(STORAGE)

        one, other = (request["messages"][0] for request in server.requests)
        assert one == other
        assert one["role"] == "system"
        assert first.usage.prompt_hash == second.usage.prompt_hash is not None

    def test_documents_drafted_at_the_same_time_keep_their_own_ids(self, server):
        server.pause = 0.002
        texts = [
            reading(f"plant {n}: " + "5 tons, " * n, figures=[("5 tons", "mass")] * n) for n in range(1, 9)
        ]

        with ThreadPoolExecutor(4) as workers:
            list(workers.map(LLMDrafter("m", base_url=server.url).draft, texts))

        for request in server.requests:
            schema = request["response_format"]["json_schema"]["schema"]
            offered = schema["$defs"]["CapacityDraft"]["properties"]["figure"]["enum"]
            assert len(offered) == request["messages"][1]["content"].count("5 tons")


@pytest.mark.block_network(allowed_hosts=["127.0.0.1"])
class TestSettings:
    def test_a_server_of_ones_own_gets_ids_by_dimension_and_no_chance(self, server):
        LLMDrafter("m", base_url=server.url, max_answer_tokens=99).draft(PLANTS)

        (request,) = server.requests
        assert (request["model"], request["max_tokens"], request["temperature"]) == ("m", 99, 0.0)
        schema = request["response_format"]["json_schema"]["schema"]
        assert schema["$defs"]["CapacityDraft"]["properties"]["figure"]["enum"] == ["f2", "f4"]

    def test_openai_gets_one_schema_for_all_and_what_reasoning_models_take(self, server, monkeypatch):
        monkeypatch.setattr(drafter, "OPENAI", server.url)
        LLMDrafter("m", api_key="key").draft(PLANTS)

        (request,) = server.requests
        assert "max_completion_tokens" in request
        assert not {"max_tokens", "temperature"} & set(request)
        schema = request["response_format"]["json_schema"]["schema"]
        assert "enum" not in schema["$defs"]["CapacityDraft"]["properties"]["figure"]

    def test_the_address_may_come_from_the_environment(self, server, monkeypatch):
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        LLMDrafter("m").draft(PLANTS)

        assert len(server.requests) == 1

    def test_without_key_and_address_it_says_what_to_set(self):
        with pytest.raises(ModelSetupError, match="set OPENAI_API_KEY, or pass base_url"):
            LLMDrafter("gpt-5-mini")

    def test_what_it_costs_is_known_where_the_price_is(self, server):
        ours = LLMDrafter("m", base_url=server.url).draft(PLANTS)

        assert (ours.usage.prompt_tokens, ours.usage.cost_usd) == (90, None)
        assert cost_usd("gpt-5-mini", drafter.OPENAI, prompt=10**6, cached=0, answer=10**5) > 0.01
        assert cost_usd("no-such-model", drafter.OPENAI, prompt=1, cached=0, answer=1) is None

    def test_a_drafter_is_called_by_its_model(self):
        assert LLMDrafter("gpt-5-mini", api_key="key").name == "gpt-5-mini"

    @pytest.mark.parametrize(
        "address", ["127.0.0.1:8080/v1", "localhost", "ftp://x/v1", "http://", "http://[x", "http://x:port"]
    )
    def test_what_is_no_address_is_told_before_anything_is_sent(self, address):
        with pytest.raises(ModelSetupError, match=f'"{re.escape(address)}" is no address of a server'):
            LLMDrafter("m", base_url=address)

    def test_space_around_a_key_is_not_sent(self, server):
        LLMDrafter("m", base_url=server.url, api_key=" sk-x\n").draft(PLANTS)

        assert len(server.requests) == 1

    def test_what_can_be_no_key_is_told_before_anything_is_sent(self):
        with pytest.raises(ModelSetupError, match="the API key has a character that no key has"):
            LLMDrafter("m", api_key="sk-ü")


def test_processes_share_the_limits(monkeypatch):
    wires = []

    class Wire:
        def __init__(self, *_, **settings):
            wires.append(settings)

        async def send(self, _request):
            return Reply({})

    monkeypatch.setattr(transport, "Transport", Wire)
    whole = LLMDrafter("m", base_url=SERVER, rpm=120, timeout=7)
    for each in (whole, whole.shared_by(4)):
        asyncio.run(each.send(Request(b"{}", 1.0)))

    assert [(wire["rpm"], wire["tpm"], wire["timeout"]) for wire in wires] == [(120, None, 7), (30, None, 7)]
    assert whole.settings == whole.shared_by(4).settings
