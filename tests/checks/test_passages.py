"""Press passages with planted faults, and such as agree (fixtures/checks)."""

import json
from pathlib import Path

import pytest

from extractor import Extractor

FIXTURES = Path(__file__).parents[2] / "fixtures"
FLOOR = 0.45  # share of the held-out faults that the rule meant for it finds
EXTRACTOR = Extractor()


def passages(name):
    lines = (FIXTURES / "checks" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def conflicts(passage):
    problems = EXTRACTOR.extract(passage["text"], published=passage["published"]).problems
    return {problem.rule for problem in problems if problem.verdict == "conflict"}


def faulty(name):
    return [passage for passage in passages(name) if passage["verdict"] == "conflict"]


def sound(name):
    return [passage for passage in passages(name) if passage["verdict"] != "conflict"]


@pytest.mark.parametrize("passage", faulty("development"), ids=lambda passage: passage["id"])
def test_a_planted_fault_is_found_by_the_rule_meant_for_it(passage):
    assert passage["rule"] in conflicts(passage)


@pytest.mark.parametrize("passage", sound("development"), ids=lambda passage: passage["id"])
def test_a_passage_without_a_fault_has_no_conflict(passage):
    assert conflicts(passage) == set()


def test_no_held_out_passage_without_a_fault_has_a_conflict():
    assert [passage["id"] for passage in sound("heldout") if conflicts(passage)] == []


def test_enough_of_the_held_out_faults_are_found():
    planted = faulty("heldout")
    found = [passage["id"] for passage in planted if passage["rule"] in conflicts(passage)]

    assert len(found) / len(planted) >= FLOOR
