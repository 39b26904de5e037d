"""Requirements on scores, and that tricks do not meet them."""

import re

import pytest
from builders import energy, money, plant

from extractor.errors import InputError
from extractor.evaluate import Requirement

HALF = ([plant(investment=money(1), land_area=money(2))], [plant(investment=money(1), land_area=money(3))])


@pytest.mark.parametrize(
    ("text", "met"),
    [
        ("figures.f1>=0.5", True),
        ("figures.f1 >= 0.51", False),
        ("facilities.figures.recall<=0.5", True),
        ("facilities.investment.precision>0.99", True),
        ("facilities.land_area.f1<0.1", True),
        ("figures.precision<0.5", False),
        ("missing<=0", True),
        ("false_conflicts<=0", True),
    ],
)
def test_a_requirement_is_met_or_not(scored, text, met):
    scores = scored(*HALF)

    assert (Requirement.parse(text).unmet(scores) is None) == met


def test_what_is_not_met_is_told_with_the_number(scored):
    scores = scored(*HALF)

    told = Requirement.parse("figures.f1>=0.9").unmet(scores)

    assert told == "figures.f1>=0.9 is required, but figures.f1 is 0.5000"


def test_what_cannot_be_measured_is_not_met(scored):
    scores = scored([plant()], [plant()])

    told = Requirement.parse("deals.records.f1>=0").unmet(scores)

    assert told == "deals.records.f1>=0 is required, but there is nothing to measure deals.records.f1 on"


def test_a_share_that_is_the_number_meets_it(scored):
    scores = scored([plant(products=list("abcdefghij"))], [plant(products=list("abcdefghi"))])

    assert Requirement.parse("facilities.products.recall>=0.9").unmet(scores) is None


def test_an_unknown_metric_is_told_with_those_there_are(scored):
    scores = scored(*HALF)
    sentence = 'requirement "figure.f1>=0.9": asks for a metric that there is not (did you mean figures.f1?)'

    with pytest.raises(InputError, match=re.escape(sentence)) as caught:
        Requirement.parse("figure.f1>=0.9").unmet(scores)

    assert "facilities.investment" in str(caught.value)
    assert "grounding.names" in str(caught.value)


@pytest.mark.parametrize(
    "text", ["figures.f1", "figures.f1>=high", ">=0.9", "figures.f1=0.9", "figures.f1>=.9.9"]
)
def test_what_is_no_requirement_is_told(text):
    with pytest.raises(InputError, match=r"is not METRIC>=NUMBER, such as figures\.f1>=0\.9"):
        Requirement.parse(text)


class TestTricks:
    """Saying more than the text does never helps."""

    gold: tuple = (
        plant("A", capacities=[{"quantity": energy(10)}]),
        plant("B", capacities=[{"quantity": energy(20)}]),
    )

    def metrics(self, scored, out, gold=None):
        return scored(list(gold or self.gold), out).metrics()

    def test_repeated_records(self, scored):
        honest = self.metrics(scored, list(self.gold))
        repeated = self.metrics(scored, list(self.gold) * 3)

        for metric in (
            "records.f1",
            "figures.f1",
            "slots.f1",
            "facilities.capacities.f1",
            "facilities.name.f1",
        ):
            assert repeated[metric] == 0.5 * honest[metric], metric
        assert repeated["records.recall"] == 1.0

    def test_a_figure_in_every_record(self, scored):
        everywhere = [{"quantity": energy(10)}, {"quantity": energy(20)}]

        told = self.metrics(scored, [plant(name, capacities=everywhere) for name in "AB"])

        assert (told["figures.precision"], told["figures.recall"]) == (0.5, 1.0)

    def test_a_figure_in_every_slot(self, scored):
        five = money(5)
        told = self.metrics(
            scored,
            [plant("A", investment=five, land_area=five, metrics=[{"name": "cost", "quantity": five}])],
            gold=[plant("A", investment=five)],
        )

        assert told["figures.precision"] == pytest.approx(1 / 3)

    def test_a_figure_in_every_type_of_record(self, scored):
        told = self.metrics(
            scored,
            {
                "facilities": list(self.gold),
                "forecasts": [{"metric": "capacity", "quantity": energy(10)}],
                "deals": [{"kind": "supply", "volumes": [{"quantity": energy(10)}]}],
            },
        )

        assert (told["figures.precision"], told["records.precision"]) == (0.5, 0.5)

    def test_a_repeated_conflict(self, scored):
        conflict = {"rule": "timeline", "verdict": "conflict", "message": "ends before it starts"}

        told = scored({"problems": [conflict]}, {"problems": [conflict] * 4}).metrics()

        assert (told["conflicts.precision"], told["conflicts.recall"]) == (0.25, 1.0)
        assert told["false_conflicts"] == 3

    def test_conflicts_are_not_judged_where_gold_does_not_speak_of_problems(self, scored):
        told = scored(
            {"facilities": []}, {"problems": [{"rule": "timeline", "verdict": "conflict"}]}
        ).metrics()

        assert (told["conflicts.precision"], told["false_conflicts"]) == (None, 0)
