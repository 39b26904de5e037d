"""Two runs over the same gold."""

import pytest
from builders import money, plant, written

from extractor.evaluate import changed_documents, changed_metrics, evaluate

GOLD = [plant("Debrecen", investment=money(5), country="HU")]


@pytest.fixture
def runs(tmp_path):
    """Scores of two runs over one gold document."""

    def score(*outs, gold=GOLD):
        written(tmp_path / "gold.jsonl", gold)
        paths = [written(tmp_path / f"{number}.jsonl", out) for number, out in enumerate(outs)]
        return [evaluate(tmp_path / "gold.jsonl", path) for path in paths]

    return score


def test_equal_runs_have_no_changes(runs):
    first, second = runs(GOLD, GOLD)

    assert changed_metrics(first, second) == []
    assert changed_documents(first, second) == []


def test_a_metric_changes_from_one_run_to_the_other(runs):
    first, second = runs([plant("Debrecen", country="HU")], GOLD)

    changes = {change.metric: change for change in changed_metrics(first, second)}

    assert (changes["figures.recall"].before, changes["figures.recall"].after) == (0.0, 1.0)
    assert changes["figures.recall"].delta == 1.0
    assert (changes["figures.precision"].before, changes["figures.precision"].delta) == (None, None)
    assert "facilities.country.f1" not in changes


def test_a_document_tells_what_it_gained_and_lost(runs):
    first, second = runs(
        [plant("Debrecen", country="HU", status="planned")],
        [plant("Debrecen", investment=money(5), country="DE")],
    )

    [change] = changed_documents(first, second)

    assert change.gained == ["facilities.investment: 5 EUR", "no longer wrong: facilities.status: planned"]
    assert change.lost == ["facilities.country: HU", "now wrong: facilities.country: DE"]


def test_what_moved_to_its_place_is_told_once(runs):
    debrecen, ruijie = plant("Debrecen", land_area=money(1)), plant("Ruijie", land_area=money(2))
    five = {"investment": money(5)}
    first, second = runs([debrecen, ruijie | five], [debrecen | five, ruijie], gold=[debrecen | five, ruijie])

    [change] = changed_documents(first, second)

    assert change.gained == ["facilities.investment: 5 EUR"]
    assert change.lost == []


def test_the_document_that_lost_most_comes_first(tmp_path):
    lines = [
        f'{{"doc_id": "{name}", "facilities": [{{"name": "Debrecen", "country": "HU"}}]}}' for name in "ab"
    ]
    worse = lines[1].replace('"country": "HU"', '"country": "DE"')
    better = lines[0]
    files = {
        "gold": lines,
        "first": [lines[0].replace("HU", "DE"), lines[1]],
        "second": [better, worse],
    }
    for name, told in files.items():
        (tmp_path / name).write_text("\n".join(told))

    first, second = (evaluate(tmp_path / "gold", tmp_path / name) for name in ("first", "second"))

    assert [change.doc_id for change in changed_documents(first, second)] == ["b", "a"]
