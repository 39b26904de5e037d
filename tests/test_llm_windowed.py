"""Windowed: a long text at a server that gives scripted answers, one window after another."""

import json
import re

import pytest
from chat_server import Server, answer
from readings import reading

from extractor.draft import CapacityDraft, Draft, FacilityDraft
from extractor.draft.asking import Reply, conclude
from extractor.draft.llm import LLMDrafter
from extractor.errors import ModelAnswerError, ModelError, ModelSetupError

pytestmark = pytest.mark.block_network(allowed_hosts=["127.0.0.1"])

OPENING = "Nordlys Cells is building the Aldhavn cell plant for 400 million euros."
FILLING = "The council has told people nearby what that means for roads, schools and the harbour. " * 3
CLOSING = "The Aldhavn cell plant is to make 8 GWh of cells a year and to employ 700 people."
LONG = reading(
    f"{OPENING} {FILLING}\n\n{FILLING}\n\n{CLOSING}",
    figures=[("400 million euros", "money"), ("8 GWh", "energy"), ("700 people", "count")],
)
FIRST = {"facilities": [{"name": "Aldhavn cell plant", "investment": "f1"}]}
LAST = {"facilities": [{"name": "Aldhavn cell plant", "capacities": [{"figure": "f2"}]}]}
WINDOW = 400
MANY = reading(
    "\n".join(
        f"The plant number {n} of Nordlys in Aldhavn costs {n} million euros, they say."
        for n in range(10, 60)
    ),
    figures=[(f"{n} million euros", "money") for n in range(10, 60)],
)
"""About 4,400 characters with their marks."""
REFUSAL = answer("", message={"content": None, "refusal": "I would rather not."})
CUT_OFF = answer('{"facilities": [{"investment": "f1"}, {"inv', finish_reason="length")
TOO_LONG = {"error": {"message": "maximum context length is 2048 tokens"}}


@pytest.fixture
def server(monkeypatch):
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with Server() as server:
        yield server


def says(*drafts):
    """Replies that give these drafts, one after another."""
    return [(200, {}, answer(json.dumps(draft))) for draft in drafts]


def questions(server):
    """What was asked about each window."""
    return [request["messages"][1]["content"] for request in server.requests]


def plants(question):
    """An answer that says of every marked amount of money that it is the investment of a plant of its own."""
    told = re.findall(r"number (\d+) of Nordlys in Aldhavn costs \[(f\d+):", question)
    return {"facilities": [{"name": f"plant number {n}", "investment": figure} for n, figure in told]}


class Model:
    """Replies that answer each question by itself, but for those that are too much for it."""

    def __init__(self, server, too_much, most):
        self.server, self.too_much, self.most = server, too_much, most

    def __len__(self):
        return 10_000

    def __getitem__(self, _):
        question = questions(self.server)[-1]
        return self.too_much if len(plants(question)["facilities"]) > self.most else says(plants(question))[0]


class TestWindows:
    def test_what_two_windows_say_of_one_plant_is_one_record(self, server):
        server.replies = says(FIRST, LAST)

        drafted = LLMDrafter("m", base_url=server.url, window=WINDOW).draft(LONG)

        assert drafted.draft == Draft(
            facilities=[
                FacilityDraft(
                    name="Aldhavn cell plant", investment="f1", capacities=[CapacityDraft(figure="f2")]
                )
            ]
        )
        assert drafted.problems == []

    def test_all_of_the_text_is_asked_about_once_with_the_ids_of_the_document(self, server):
        server.replies = Model(server, None, 1_000)

        drafted = LLMDrafter("m", base_url=server.url, window=1_000).draft(MANY)

        assert len(server.requests) == 5
        marked = re.findall(r"\[(f\d+):", "".join(questions(server)))
        assert marked == [f"f{n}" for n in range(1, 51)]
        assert [plant.investment for plant in drafted.draft.facilities] == marked

    def test_a_later_window_is_told_what_it_is_about_without_marks(self, server):
        server.replies = says(FIRST, LAST)

        LLMDrafter("m", base_url=server.url, window=WINDOW).draft(LONG)

        first, last = questions(server)
        assert first.startswith("Nordlys Cells is building the Aldhavn cell plant for [f1: 400 million")
        before, asked = last.split("The part that you are to read:")
        assert OPENING in before
        assert "[f1:" not in last
        assert asked.strip().startswith("The council")

    def test_each_is_asked_about_with_the_day_and_the_same_prompt(self, server):
        dated = reading(LONG.document.text, published="2025-03-10")

        LLMDrafter("m", base_url=server.url, window=WINDOW).draft(dated)

        assert all(each.startswith("Published: 2025-03-10\n\n") for each in questions(server))
        assert len({request["messages"][0]["content"] for request in server.requests}) == 1

    def test_the_slots_offer_the_ids_of_the_window_alone(self, server):
        server.replies = says(FIRST, LAST)

        LLMDrafter("m", base_url=server.url, window=WINDOW).draft(LONG)

        first, last = (request["response_format"]["json_schema"]["schema"] for request in server.requests)
        assert first["$defs"]["FacilityDraft"]["properties"]["investment"]["anyOf"][0]["enum"] == ["f1"]
        assert "investment" not in last["$defs"]["FacilityDraft"]["properties"]
        assert last["$defs"]["CapacityDraft"]["properties"]["figure"]["enum"] == ["f2", "f3"]

    def test_an_id_of_another_window_is_a_fault(self, server):
        server.replies = says(
            FIRST, {"facilities": [{"name": "Aldhavn cell plant", "lines": [{"figure": "f1"}]}]}, LAST
        )

        drafted = LLMDrafter("m", base_url=server.url, window=WINDOW).draft(LONG)

        assert 'there is no figure "f1"' in server.requests[2]["messages"][-1]["content"]
        assert drafted.draft.facilities[0].capacities == [CapacityDraft(figure="f2")]

    def test_what_stays_wrong_is_told_with_its_passage(self, server):
        server.replies = says(FIRST, {"facilities": [{"name": "Aldhavn cell plant", "investment": "f1"}]})

        drafted = LLMDrafter("m", base_url=server.url, window=WINDOW, reasks=0).draft(LONG)

        [problem] = drafted.problems
        assert problem.message == (
            'In the passage from "The council has told people nearby what that means for roads…": '
            'facilities[0].investment: there is no figure "f1"; left out.'
        )
        assert drafted.draft.facilities[0].investment == "f1"

    def test_calls_and_tokens_of_all_windows_count_and_reasks_only_where_asked_again(self, server):
        server.replies = says(FIRST, {"facilities": [{"place": "Mars"}]}, LAST)

        usage = LLMDrafter("m", base_url=server.url, window=WINDOW).draft(LONG).usage

        assert (usage.calls, usage.reasks, usage.prompt_tokens, usage.answer_tokens) == (3, 1, 270, 21)

    def test_a_text_that_fits_is_asked_about_as_it_is(self, server):
        LLMDrafter("m", base_url=server.url).draft(LONG)

        [question] = questions(server)
        assert question.startswith("Nordlys Cells is building")
        assert "is to read" not in question

    def test_a_window_of_no_use_is_told_before_anything_is_sent(self, server):
        with pytest.raises(ModelSetupError, match="a window of 10 characters is too small; make it 200"):
            LLMDrafter("m", base_url=server.url, window=10)

    def test_results_depend_on_it(self, server):
        assert LLMDrafter("m", base_url=server.url, window=500).settings["window"] == 500


class TestSplitting:
    @pytest.mark.parametrize(
        "too_much", [(200, {}, CUT_OFF), (400, {}, TOO_LONG)], ids=["the answer", "the question"]
    )
    def test_a_window_that_is_too_much_is_asked_about_in_halves(self, server, too_much):
        server.replies = Model(server, too_much, most=30)

        drafted = LLMDrafter("m", base_url=server.url).draft(MANY)

        assert [len(plants(question)["facilities"]) for question in questions(server)] == [50, 25, 25]
        assert [plant.investment for plant in drafted.draft.facilities] == [f"f{n}" for n in range(1, 51)]
        assert (drafted.problems, drafted.usage.reasks) == ([], 0)

    def test_and_these_in_halves_again(self, server):
        server.replies = Model(server, (200, {}, CUT_OFF), most=15)

        drafted = LLMDrafter("m", base_url=server.url).draft(MANY)

        assert len(server.requests) == 7
        assert len(drafted.draft.facilities) == 50

    def test_but_not_for_ever_and_then_saved_as_far_as_it_goes(self, server):
        server.replies = [(200, {}, CUT_OFF)]

        drafted = LLMDrafter("m", base_url=server.url).draft(MANY)

        assert 7 < len(server.requests) <= 15
        assert drafted.draft == Draft(facilities=[FacilityDraft(investment="f1")])
        assert drafted.problems[0].message == (
            'In the passage from "The plant number 10 of Nordlys in Aldhavn costs 10 million e…": '
            "The model's answer was cut off at the token limit; records may be missing."
        )

    def test_a_short_text_is_not_split(self, server):
        server.replies = [(400, {}, TOO_LONG)]

        with pytest.raises(ModelAnswerError, match="too long for the model"):
            LLMDrafter("m", base_url=server.url).draft(LONG)

        assert len(server.requests) == 1

    def test_an_answer_cut_off_when_asked_again_does_not_cost_the_first(self, server):
        first = plants(MANY.document.text) | {"facilities": [{"investment": "f1", "place": "Mars"}]}
        server.replies = [*says(first), (200, {}, CUT_OFF)]

        drafted = LLMDrafter("m", base_url=server.url).draft(MANY)

        assert len(server.requests) == 2
        assert drafted.draft.facilities[0].place == "Mars"


class TestOneBadWindow:
    @pytest.mark.parametrize(
        ("bad", "told"),
        [
            (REFUSAL, "the model refused to answer: I would rather not."),
            (answer("", finish_reason="content_filter"), "the server's content filter withheld"),
            (answer(""), "the model's answer is empty"),
            (answer("I am sorry."), "the model's answer is not JSON"),
        ],
        ids=["a refusal", "a filter", "nothing", "no JSON"],
    )
    def test_costs_its_own_records(self, server, bad, told):
        server.replies = [*says(FIRST), (200, {}, bad)]

        drafted = LLMDrafter("m", base_url=server.url, window=WINDOW, reasks=0).draft(LONG)

        assert [plant.investment for plant in drafted.draft.facilities] == ["f1"]
        [problem] = drafted.problems
        assert problem.message.startswith('In the passage from "The council has told people nearby')
        assert told in problem.message

    def test_all_bad_ones_are_an_error_of_the_document(self, server):
        server.replies = [(200, {}, REFUSAL)]

        with pytest.raises(ModelAnswerError, match="refused to answer"):
            LLMDrafter("m", base_url=server.url, window=WINDOW).draft(LONG)

        assert len(server.requests) == 2

    def test_a_server_that_fails_is_an_error_of_the_document(self, server):
        busy = (429, {"retry-after": "3600"}, {"error": {"message": "later"}})
        server.replies = [*says(FIRST), busy]

        with pytest.raises(ModelError, match="later"):
            LLMDrafter("m", base_url=server.url, window=WINDOW).draft(LONG)

    def test_a_wrong_key_ends_it(self, server):
        server.replies = [*says(FIRST), (401, {}, {"error": {"message": "no"}})]

        with pytest.raises(ModelSetupError, match=r"\(no\)"):
            LLMDrafter("m", base_url=server.url, window=WINDOW).draft(LONG)

    def test_the_time_is_that_of_all_windows(self):
        left = []

        def carry(request):
            left.append(request.seconds)
            question = json.loads(request.body)["messages"][1]["content"]
            return Reply(answer(json.dumps(plants(question))), calls=1, seconds=400)

        drafter = LLMDrafter("m", base_url="http://127.0.0.1:1/v1", window=1_000, deadline=900)
        drafted = conclude(drafter.dialogue(MANY), carry)

        assert left == [900, 500, 100]
        assert 0 < len(drafted.draft.facilities) < 50
        assert [problem.message.partition(": ")[2] for problem in drafted.problems] == [
            "the document's 900 s are over; raise deadline; records may be missing."
        ] * 2
