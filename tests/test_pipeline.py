"""The whole line, offline, as a user of the Python API sees it."""

import asyncio
import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor import Extractor, RulesDrafter
from extractor.document import Document
from extractor.errors import InputError
from extractor.evaluate import evaluate
from extractor.input import documents
from schemas import Result

PRESS = Path(__file__).parent.parent / "fixtures" / "press"
FLOOR = 0.70  # F1 of figures in the right slot of the right record, on the development documents


@pytest.fixture(scope="session")
def development():
    extractor = Extractor()
    paths = sorted(p for p in (PRESS / "development").iterdir() if p.suffix in {".txt", ".html"})
    return [extractor.extract_document(document) for document in documents(paths)]


def quantities(value):
    """Every quantity and time in a result line."""
    if isinstance(value, dict):
        if {"text", "start", "end"} <= set(value):
            yield value
        for part in value.values():
            yield from quantities(part)
    elif isinstance(value, list):
        for part in value:
            yield from quantities(part)


def test_a_press_text_becomes_typed_records():
    result = Extractor().extract(
        "Lahn Energie is building a cell plant in Kassel for 900 million euros. It will make 12 GWh a year "
        "and start production in H1 of next year.",
        published="2025-03-10",
    )
    (plant,) = result.facilities

    assert (plant.operator, plant.place, plant.country) == ("Lahn Energie", "Kassel", "DE")
    assert (plant.investment.value, plant.investment.unit) == (900_000_000, "EUR")
    assert [(c.quantity.value, c.quantity.unit, c.quantity.per) for c in plant.capacities] == [
        (12, "GWh", "year")
    ]
    assert plant.milestones[0].when.end_date == date(2026, 6, 30)


def test_a_dateline_is_used_where_no_day_is_given():
    result = Extractor().extract("Updated: 2023-06-20\n\nThe plant opens this year.")

    assert result.published == date(2023, 6, 20)


def test_a_day_that_is_none_is_an_error_that_says_so():
    with pytest.raises(InputError, match='must be a day such as "2022-11-23", not "June"'):
        Extractor().extract("A plant.", published="June")


def test_a_text_that_is_none_is_an_error_that_says_so():
    with pytest.raises(InputError, match="text must be a string, not NoneType"):
        Extractor().extract(None)


def test_the_asynchronous_way_gives_the_same():
    text = "The Turku plant will cost 80 million euros."

    assert asyncio.run(Extractor().aextract(text)) == Extractor().extract(text)


class TestMany:
    def collected(self, documents, **settings):
        async def all_of_them():
            return [result async for result in Extractor().aextract_many(documents, **settings)]

        return asyncio.run(all_of_them())

    def test_results_come_in_the_order_of_the_documents(self):
        texts = [
            f"The Debrecen plant costs {number} million euros. " * (10 - number) for number in range(1, 10)
        ]

        results = self.collected(texts, concurrency=3)

        assert [result.text for result in results] == texts
        assert [result.doc_id for result in results][:2] == ["document-1", "document-2"]

    def test_a_document_may_be_given_with_what_is_known_of_it(self):
        given = [
            {"text": "Production starts next year.", "doc_id": "a", "published": "2024-05-01"},
            Document("Production starts next year.", "b", date(2021, 5, 1)),
        ]

        results = self.collected(given)

        assert [(r.doc_id, r.times[0].start_date.year) for r in results] == [("a", 2025), ("b", 2022)]

    def test_documents_may_come_one_by_one(self):
        async def arriving():
            for number in range(3):
                await asyncio.sleep(0)
                yield f"{number} GWh"

        assert [result.text for result in self.collected(arriving())] == ["0 GWh", "1 GWh", "2 GWh"]

    def test_one_that_fails_is_told_and_the_others_go_on(self):
        failed = []

        results = self.collected(
            ["5 GWh", {"text": 7, "doc_id": "x"}, {"doc_id": "y"}, "6 GWh"],
            on_failure=lambda doc_id, error: failed.append((doc_id, str(error))),
        )

        assert [result.text for result in results] == ["5 GWh", "6 GWh"]
        assert failed[0] == ("x", "x: text must be a string, not int")
        assert failed[1][0] == "y"
        assert "takes the arguments of extract, text among them" in failed[1][1]

    def test_without_anybody_to_tell_it_is_raised(self):
        with pytest.raises(InputError, match="text must be a string"):
            self.collected(["5 GWh", {"text": 7}])


def test_the_copies_for_processes_share_the_drafters_limits_and_have_all_its_steps():
    class Limited(RulesDrafter):
        share = 1

        def shared_by(self, processes):
            part = Limited()
            part.share = 1 / processes
            return part

    whole = Extractor(Limited(), after=[lambda result: result.model_copy(update={"title": "after"})])

    part = whole.shared_by(4)

    assert (whole.drafter.share, part.drafter.share) == (1, 1 / 4)
    assert part.extract("5 MW").title == "after"


def test_the_same_text_gives_the_same_line_every_time():
    text = (PRESS / "development" / "03_trade_weekly.txt").read_text(encoding="utf-8")

    assert Extractor().extract(text).to_json() == Extractor().extract(text).to_json()


def test_every_quantity_and_time_is_a_slice_of_its_text(development):
    wrong = [
        (result.doc_id, item["text"])
        for result in development
        for item in quantities(json.loads(result.to_json()))
        if result.text[item["start"] : item["end"]] != item["text"]
    ]

    assert wrong == []


def test_every_name_is_in_its_text(development):
    wrong = [
        (result.doc_id, name)
        for result in development
        for name in [
            *(name for f in result.facilities for name in (f.name, f.operator, f.place, *f.products)),
            *(party.name for deal in result.deals for party in deal.parties),
            *(name for f in result.forecasts for name in (f.subject, f.region, f.forecaster)),
        ]
        if name is not None and name not in result.text
    ]

    assert wrong == []


def test_no_figure_stands_in_two_facilities(development):
    for result in development:
        owners = [q["figure"] for f in result.facilities for q in quantities(f.model_dump()) if "figure" in q]
        per_facility = [
            {q["figure"] for q in quantities(f.model_dump()) if "figure" in q} for f in result.facilities
        ]

        assert sum(map(len, per_facility)) == len(set(owners)), result.doc_id


def test_a_line_reads_back_equal(development):
    for result in development:
        assert Result.model_validate_json(result.to_json()) == result


def test_the_rules_hold_their_level_on_the_development_documents(development, tmp_path):
    out = tmp_path / "out.jsonl"
    out.write_text("".join(f"{result.to_json()}\n" for result in development), encoding="utf-8")
    scores = json.loads(evaluate(PRESS / "development", out).to_json())

    assert scores["scores"]["all"]["figures"]["f1"] >= FLOOR
    assert scores["problems"]["false_conflicts"] == []


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["The plant", "in Lodz", "5.2 billion yuan", "200MW/800MWh", "signed", "a contract", "with",
             "Co., Ltd.",
             "(", ")", "[f1: 3]", "{{", "2025", "next year", "up", "from", "to", "demand", ".", ",", "\n\n",
             "\u00a0",
             "万", "%", "-", "Ω", "\x00", "each", "'s", "respectively", "10, 20 and 30 GWh"]
        ) | st.text(max_size=6),
        max_size=40,
    )
)  # fmt: skip
def test_no_text_makes_it_raise(parts):
    result = Extractor().extract(" ".join(parts), published="2025-01-01")

    assert result.drafter == "rules"
