"""Press passages with planted faults, and such as agree (fixtures/checks); press documents with gold."""

import json
from pathlib import Path

import pytest

from extractor import Extractor
from extractor.input import documents

FIXTURES = Path(__file__).parents[2] / "fixtures"
FLOOR = 0.62  # share of the held-out faults that the rule meant for it finds
WORDED = 0.85  # the same of those in other wordings
EXTRACTOR = Extractor()


def passages(name):
    lines = (FIXTURES / "checks" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def problems(passage):
    return EXTRACTOR.extract(passage["text"], published=passage["published"]).problems


def conflicts(passage):
    return {problem.rule for problem in problems(passage) if problem.verdict == "conflict"}


def warned(passage):
    """Rules with a conflict, or with a doubt that is a warning, as spellings of one name are."""
    return {problem.rule for problem in problems(passage) if problem.severity != "info"}


def faulty(name):
    return [passage for passage in passages(name) if passage["fault"]]


def sound(name):
    return [passage for passage in passages(name) if not passage["fault"]]


def agreeing(name):
    return [passage for passage in passages(name) if passage["verdict"] == "consistent"]


def press():
    for part in ("development", "heldout"):
        for document in documents([str(FIXTURES / "press" / part)]):
            gold = FIXTURES / "press" / part / f"{Path(document.doc_id).stem}.gold.json"
            yield pytest.param(document, gold, id=document.doc_id)


@pytest.mark.parametrize("passage", faulty("development"), ids=lambda passage: passage["id"])
def test_a_planted_fault_is_found_by_the_rule_meant_for_it(passage):
    assert passage["rule"] in warned(passage)


@pytest.mark.parametrize("passage", sound("development"), ids=lambda passage: passage["id"])
def test_a_passage_without_a_fault_has_no_conflict(passage):
    assert conflicts(passage) == set()


def test_most_passages_that_agree_are_told_so():
    told = [
        passage["id"]
        for passage in agreeing("development")
        if any(p.rule == passage["rule"] and p.verdict == "consistent" for p in problems(passage))
    ]

    assert len(told) / len(agreeing("development")) >= 0.8


@pytest.mark.parametrize("passage", sound("wordings"), ids=lambda passage: passage["id"])
def test_what_looks_like_a_fault_has_no_conflict(passage):
    assert conflicts(passage) == set()


def test_most_faults_in_other_wordings_are_found():
    planted = faulty("wordings")
    found = [passage["id"] for passage in planted if passage["rule"] in warned(passage)]

    assert len(found) >= WORDED * len(planted)


@pytest.mark.parametrize("part", ["heldout", "unseen"])
def test_no_set_aside_passage_without_a_fault_has_a_conflict(part):
    assert [passage["id"] for passage in sound(part) if conflicts(passage)] == []


@pytest.mark.parametrize("part", ["heldout", "unseen"])
def test_enough_of_the_set_aside_faults_are_found(part):
    planted = faulty(part)
    found = [passage["id"] for passage in planted if passage["rule"] in warned(passage)]

    assert len(found) >= FLOOR * len(planted)


@pytest.mark.parametrize(("document", "gold"), list(press()))
def test_a_press_document_has_no_conflict_that_its_gold_lacks(document, gold):
    expected = json.loads(gold.read_text(encoding="utf-8")).get("problems", [])
    found = EXTRACTOR.extract_document(document).problems

    assert {problem.rule for problem in found if problem.verdict == "conflict"} <= {
        problem["rule"] for problem in expected if problem["verdict"] == "conflict"
    }
