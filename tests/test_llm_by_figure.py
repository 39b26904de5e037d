"""By figure: a model says what each figure is, and the records are found to it by rules."""

import json

import pytest
from chat_server import Server, answer
from readings import reading

from extractor.draft.llm import LLMDrafter
from extractor.errors import ModelAnswerError, ModelSetupError

pytestmark = pytest.mark.block_network(allowed_hosts=["127.0.0.1"])

PLANT = reading(
    "Alpha Cells builds on\n\nAlpha Cells is putting 400 million euros into a cell plant in Silkeborg, which "
    "is to make 8 GWh of cells a year.\n\nThe hall is 14 metres high. Demand in Denmark is put at 20 GWh.",
    figures=[
        ("400 million euros", "money"),
        ("8 GWh", "energy"),
        ("14 metres", "length"),
        ("20 GWh", "energy"),
    ],
)
KNOWN_AND_OPEN = reading(
    "Alpha Cells is investing 400 million euros in a cell plant in Silkeborg.\n\n"
    "Beta Foils: 12 million euros.",
    figures=[("400 million euros", "money"), ("12 million euros", "money")],
)
FIRST = {"f1": "plant investment", "f2": "plant capacity planned"}
SECOND = {"f3": "plant other", "f4": "market demand"}


@pytest.fixture
def server():
    with Server() as server:
        yield server


def answers(*told):
    return [(200, {}, answer(each if isinstance(each, str) else json.dumps(each))) for each in told]


def drafted(server, reading=PLANT, strategy="figures", **settings):
    return LLMDrafter("m", base_url=server.url, strategy=strategy, cache=False, **settings).draft(reading)


def slots(draft):
    """The figures of a draft by slot."""
    found = {}
    for plant in draft.facilities:
        found |= {"investment": plant.investment}
        found |= {f"capacity {capacity.stage}": capacity.figure for capacity in plant.capacities}
        found |= {metric.figure: metric.name for metric in plant.metrics}
    found |= {forecast.metric: forecast.figure for forecast in draft.forecasts}
    for deal in draft.deals:
        found |= {"value": deal.value, "volumes": [volume.figure for volume in deal.volumes]}
    return found


class TestAsking:
    def test_each_paragraph_is_asked_about_by_itself(self, server):
        server.replies = answers(FIRST, SECOND)

        usage = drafted(server).usage

        first, second = [request["messages"][-1]["content"] for request in server.requests]
        assert first.startswith("Title: Alpha Cells builds on\n")
        assert "putting [f1: 400 million euros] into" in first
        assert first.endswith("Label f1, f2.")
        assert "400 million" not in second
        assert second.endswith("Label f3, f4.")
        assert usage.calls == 2

    def test_what_stands_before_a_question_is_always_the_same(self, server):
        server.replies = answers(FIRST, SECOND)

        drafted(server)

        first, second = [request["messages"][:-1] for request in server.requests]
        assert first == second
        assert "plant capacity planned: yearly output" in first[0]["content"]

    def test_a_figure_is_offered_the_labels_of_its_kind(self, server):
        server.replies = answers(FIRST, SECOND)

        drafted(server)

        offered = server.requests[0]["response_format"]["json_schema"]["schema"]["properties"]
        assert "plant investment" in offered["f1"]["enum"]
        assert "plant investment" not in offered["f2"]["enum"]
        assert "nothing" in offered["f1"]["enum"]

    def test_where_schemas_cost_they_are_all_the_same(self, server):
        server.replies = answers(FIRST, SECOND)

        drafted(server, enum_ids=False)

        first, second = [request["response_format"] for request in server.requests]
        assert first == second

    def test_a_paragraph_longer_than_a_window_is_asked_about_in_parts(self, server):
        server.replies = answers({})
        sizes = [f"{number} GWh" for number in range(1, 41)]
        long = reading(
            " ".join(f"Plant number {size} is said to be as large." for size in sizes),
            figures=[(size, "energy") for size in sizes],
        )

        drafted(server, long, reasks=0, window=600)

        questions = [request["messages"][-1]["content"] for request in server.requests]
        assert sum(len(question.rpartition("Label ")[2].split(",")) for question in questions) == 40
        assert all(question.count("[f") < 20 for question in questions)

    def test_a_text_without_figures_is_no_question(self, server):
        none = drafted(server, reading("Alpha Cells has opened its plant in Silkeborg."))

        assert none.usage.calls == 0
        assert server.requests == []


class TestRecords:
    def test_a_figure_is_what_the_model_says(self, server):
        server.replies = answers(FIRST, SECOND)

        assert slots(drafted(server).draft) == {
            "investment": "f1",
            "capacity planned": "f2",
            "f3": "hall",
            "demand": "f4",
        }

    def test_it_is_so_against_the_rules(self, server):
        server.replies = answers(FIRST | {"f2": "market output"}, SECOND | {"f4": "nothing"})

        found = slots(drafted(server).draft)

        assert found["output"] == "f2"
        assert "demand" not in found

    def test_a_deal_that_no_word_tells_is_opened_for_its_figure(self, server):
        server.replies = answers({"f1": "deal value"})
        told = reading(
            "Beta Foils: 12 million euros from Alpha Cells.", figures=[("12 million euros", "money")]
        )

        (deal,) = drafted(server, told).draft.deals

        assert (deal.kind, deal.value) == ("other", "f1")
        assert [party.name for party in deal.parties] == ["Beta Foils", "Alpha Cells"]

    def test_a_plant_that_no_word_tells_is_opened_for_its_figure(self, server):
        server.replies = answers({"f1": "plant capacity running"})

        (plant,) = drafted(
            server, reading("Alpha Cells: 3 GWh.", figures=[("3 GWh", "energy")])
        ).draft.facilities

        assert [(capacity.figure, capacity.stage) for capacity in plant.capacities] == [("f1", "operating")]

    def test_together_asks_only_about_what_the_rules_leave_open(self, server):
        server.replies = answers({"f2": "deal value"})

        draft = drafted(server, KNOWN_AND_OPEN, strategy="together").draft

        (question,) = server.requests
        assert question["messages"][-1]["content"].endswith("Label f2.")
        assert slots(draft)["investment"] == "f1"
        assert [deal.value for deal in draft.deals] == ["f2"]


class TestFaults:
    def test_a_label_that_does_not_fit_is_asked_for_again(self, server):
        server.replies = answers(FIRST | {"f2": "plant investment"}, FIRST, SECOND)

        usage = drafted(server).usage

        told = server.requests[1]["messages"][-1]["content"]
        assert 'f2 "8 GWh" is energy and cannot be "plant investment": use one of plant' in told
        assert (usage.calls, usage.reasks) == (3, 1)

    def test_after_the_last_time_the_labels_that_fit_are_kept(self, server):
        server.replies = answers({"f1": "plant investment", "f2": "gold"}, SECOND)

        found = slots(drafted(server, reasks=0).draft)

        assert found["investment"] == "f1"
        assert found["demand"] == "f4"

    def test_an_answer_that_is_cut_off_is_kept_as_far_as_it_goes(self, server):
        cut = answer('{"f1": "plant investment", "f2": "plant ca', finish_reason="length")
        server.replies = [(200, {}, cut), *answers(SECOND)]

        told = drafted(server)

        assert slots(told.draft)["investment"] == "f1"
        assert ["cut off" in problem.message for problem in told.problems] == [True]

    def test_a_paragraph_without_an_answer_costs_its_own_labels_only(self, server):
        server.replies = answers("no", SECOND)

        told = drafted(server, reasks=0)

        assert slots(told.draft)["demand"] == "f4"
        (problem,) = told.problems
        assert problem.message.startswith('In the passage from "Alpha Cells is putting 400 million euros')
        assert problem.message.endswith("its figures are told by rules.")

    def test_no_answer_at_all_fails_the_document(self, server):
        server.replies = answers("no")

        with pytest.raises(ModelAnswerError, match="not JSON"):
            drafted(server, reasks=0)

    def test_together_without_any_answer_is_what_the_rules_say(self, server):
        server.replies = answers("no")

        told = drafted(server, KNOWN_AND_OPEN, strategy="together", reasks=0)

        assert slots(told.draft)["investment"] == "f1"
        assert len(told.problems) == 1


class TestStrategy:
    @pytest.mark.parametrize(
        ("model", "asked"),
        [
            ("qwen2.5-coder-1.5b-instruct", "ByFigure"),
            ("llama3.2:3b", "ByFigure"),
            ("llama-3.1-8b", "ByDocument"),
            ("mixtral:8x7b", "ByDocument"),
            ("gpt-5-mini", "ByDocument"),
        ],
    )
    def test_auto_goes_by_the_size_in_the_name(self, model, asked):
        assert LLMDrafter(model, base_url="http://127.0.0.1:9/v1").settings["strategy"] == asked

    def test_a_strategy_that_is_none_is_told(self):
        with pytest.raises(ModelSetupError, match='no strategy "both"; use one of auto, document, figures'):
            LLMDrafter("m", base_url="http://127.0.0.1:9/v1", strategy="both")
