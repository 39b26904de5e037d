"""Evaluate: what counts as found, and what costs precision."""

import json
import re
from pathlib import Path

import pytest
from builders import energy, money, plant, year

from extractor.errors import InputError
from extractor.evaluate import evaluate

DEVELOPMENT = Path(__file__).parents[2] / "fixtures" / "press" / "development"


def counts(scores, group, slot):
    count = scores.count(group, slot)
    return count.matched, count.predicted, count.gold


class TestFigures:
    @pytest.mark.parametrize(
        ("gold", "found"),
        [
            (energy(800, "MWh"), energy(0.8, "GWh")),
            (energy(800, "MWh"), energy(800.5, "MWh")),
            (
                energy(30, bound="at_least", low=30, per="year"),
                energy(30),
            ),
            ({**energy(1), "kind": "rate", "value": 90, "unit": "USD/kWh"},
             {**energy(1), "kind": "rate", "value": 0.09, "unit": "USD/Wh"}),
            (
                {**energy(1), "kind": "area", "value": 353, "unit": "mu"},
                {**energy(1), "kind": "area", "value": 353, "unit": "mu",
                 "base_value": 235333.333333, "base_unit": "m2"},
            ),
        ],
        ids=["scale", "within 0.1 %", "bound and period aside", "compound unit", "base given"],
    )  # fmt: skip
    def test_one_amount_is_one_figure(self, scored, gold, found):
        scores = scored([plant(capacities=[{"quantity": gold}])], [plant(capacities=[{"quantity": found}])])

        assert counts(scores, "facilities", "figures") == (1, 1, 1)

    @pytest.mark.parametrize(
        "found",
        [energy(810, "MWh"), {**energy(800, "MW"), "kind": "power"}, money(800), energy(800, "GWh")],
        ids=["value", "energy is not power", "money", "scale slip"],
    )
    def test_another_amount_is_another_figure(self, scored, found):
        scores = scored(
            [plant(capacities=[{"quantity": energy(800, "MWh")}])],
            [plant(capacities=[{"quantity": found}])],
        )

        assert counts(scores, "facilities", "figures") == (0, 1, 1)

    def test_one_currency_is_not_another(self, scored):
        scores = scored([plant(investment=money(5, "CNY"))], [plant(investment=money(5, "USD"))])

        assert counts(scores, "facilities", "investment") == (0, 1, 1)

    def test_a_figure_in_another_slot_is_wrong_in_both(self, scored):
        scores = scored(
            [plant(investment=money(5))],
            [plant(metrics=[{"name": "subsidy", "quantity": money(5)}])],
        )

        assert counts(scores, "facilities", "investment") == (0, 0, 1)
        assert counts(scores, "facilities", "metrics") == (0, 1, 0)

    def test_a_figure_of_another_record_is_wrong(self, scored):
        scores = scored(
            [plant("Debrecen", investment=money(5)), plant("Ruijie", investment=money(7))],
            [plant("Debrecen", investment=money(7)), plant("Ruijie")],
        )

        assert counts(scores, "facilities", "name") == (2, 2, 2)
        assert counts(scores, "facilities", "investment") == (0, 1, 2)

    def test_a_figure_put_everywhere_costs_precision(self, scored):
        everywhere = [energy(10), energy(20)]
        scores = scored(
            [
                plant("A", capacities=[{"quantity": energy(10)}]),
                plant("B", capacities=[{"quantity": energy(20)}]),
            ],
            [plant(name, capacities=[{"quantity": q} for q in everywhere]) for name in "AB"],
        )

        assert counts(scores, "facilities", "capacities") == (2, 4, 2)

    def test_bounds_and_periods_are_told_apart_from_values(self, scored):
        scores = scored(
            [plant(investment=money(5, bound="about"), land_area=money(3, per="year"))],
            [plant(investment=money(5), land_area=money(3, per="year"))],
        )

        assert (scores.bounds_right, scores.periods_right) == (1, 2)


class TestOtherSlots:
    def test_a_name_may_be_spelled_a_little_differently(self, scored):
        scores = scored(
            [plant(operator="Chongqing Zhijian Electronics Co., Ltd.")],
            [plant(operator="Chongqing Zhijian Electronics Co. Ltd")],
        )

        assert counts(scores, "facilities", "operator") == (1, 1, 1)

    def test_a_choice_is_right_or_wrong(self, scored):
        scores = scored([plant(status="planned")], [plant(status="announced")])

        assert counts(scores, "facilities", "status") == (0, 1, 1)

    def test_a_list_is_a_set_of_items(self, scored):
        scores = scored(
            [plant(products=["cathode foil", "anode foil", "tabs"])],
            [plant(products=["tabs", "cathode foil", "tabs"])],
        )

        assert counts(scores, "facilities", "products") == (2, 3, 3)

    def test_what_stands_beside_a_figure_belongs_to_it(self, scored):
        scores = scored(
            [
                plant(
                    capacities=[
                        {"quantity": energy(1), "product": "cells"},
                        {"quantity": energy(2), "product": "packs"},
                    ]
                )
            ],
            [
                plant(
                    capacities=[
                        {"quantity": energy(1), "product": "packs"},
                        {"quantity": energy(2), "product": "packs"},
                    ]
                )
            ],
        )

        assert counts(scores, "facilities", "capacities") == (2, 2, 2)
        assert counts(scores, "facilities", "capacities.product") == (1, 2, 2)

    def test_a_time_is_its_first_and_last_day(self, scored):
        scores = scored(
            [
                plant(
                    milestones=[
                        {"event": "completion", "when": year(2025)},
                        {"event": "founded", "when": year(2020)},
                    ]
                )
            ],
            [
                plant(
                    milestones=[
                        {"event": "completion", "when": {**year(2025), "text": "by 2025"}},
                        {"event": "founded", "when": year(2021)},
                    ]
                )
            ],
        )

        assert counts(scores, "facilities", "milestones") == (2, 2, 2)
        assert counts(scores, "facilities", "milestones.when") == (1, 2, 2)

    def test_a_date_of_another_event_is_wrong(self, scored):
        scores = scored(
            [plant(milestones=[{"event": "completion", "when": year(2025)}])],
            [plant(milestones=[{"event": "founded", "when": year(2025)}])],
        )

        assert counts(scores, "facilities", "milestones.when") == (0, 1, 1)

    def test_empty_slots_count_nowhere(self, scored):
        scores = scored([plant(place=None, products=[])], [plant(place=None, products=[])])

        assert counts(scores, "facilities", "slots") == (1, 1, 1)


class TestRecords:
    def test_order_does_not_matter(self, scored):
        plants = [plant("Alpha", investment=money(1)), plant("Beta", investment=money(2))]
        scores = scored(plants, plants[::-1])

        assert scores.count("facilities", "slots").f1 == 1.0

    def test_a_repeated_record_costs_precision(self, scored):
        scores = scored([plant(investment=money(1))], [plant(investment=money(1))] * 2)

        assert counts(scores, "facilities", "records") == (1, 2, 1)
        assert counts(scores, "facilities", "figures") == (1, 2, 1)

    def test_the_total_decides_not_the_best_single_pair(self, scored):
        # the first result resembles both gold records, the second only the first
        gold = [
            plant("Alpha", investment=money(1), land_area=money(2)),
            plant("Beta", investment=money(1)),
        ]
        out = [plant("Alpha", investment=money(1)), plant("Alpha", land_area=money(2))]
        scores = scored(gold, out)

        assert counts(scores, "facilities", "figures") == (2, 2, 3)

    def test_records_that_share_only_choices_are_not_one(self, scored):
        scores = scored([plant("Alpha", status="planned")], [plant("Omega", status="planned")])

        assert counts(scores, "facilities", "records") == (0, 1, 1)
        assert counts(scores, "facilities", "status") == (0, 1, 1)

    def test_a_forecast_is_known_by_its_figure(self, scored):
        forecast = {"metric": "demand", "subject": "separators", "quantity": energy(5)}
        scores = scored({"forecasts": [forecast]}, {"forecasts": [{**forecast, "quantity": energy(6)}]})

        assert counts(scores, "forecasts", "records") == (0, 1, 1)

    def test_types_do_not_mix(self, scored):
        forecast = {"metric": "capacity", "quantity": energy(5)}
        scores = scored([plant(capacities=[{"quantity": energy(5)}])], {"forecasts": [forecast]})

        assert counts(scores, "all", "figures") == (0, 1, 1)


class TestProblemsAndNumerals:
    def test_expected_problems_are_found_or_missed(self, scored):
        expected = [
            {"rule": "power_energy_pair", "verdict": "conflict"},
            {"rule": "timeline", "verdict": "conflict"},
        ]
        scores = scored({"problems": expected}, {"problems": [{**expected[0], "message": "200MWh/80MWh"}]})

        assert scores.problems_found == ["doc: power_energy_pair conflict"]
        assert scores.problems_missed == ["doc: timeline conflict"]
        assert scores.false_conflicts == []

    def test_a_conflict_where_gold_expects_none_is_false(self, scored):
        found = [
            {"rule": "timeline", "verdict": "conflict", "message": "ends before it starts"},
            {"rule": "currency_pair", "verdict": "consistent", "message": "agrees"},
        ]
        scores = scored({"problems": []}, {"problems": found})

        assert scores.false_conflicts == ["doc: timeline: ends before it starts"]

    def test_a_numeral_that_is_no_figure_must_not_be_read(self, scored):
        text = "Stock code 301877; 18770 cells, tel. 021-5550."
        figures = [
            {"figure": "f1", "text": "301877", "start": 11, "end": 17},
            {"figure": "f2", "text": "18770 cells", "start": 19, "end": 30},
            {"figure": "f3", "text": "021", "start": 37, "end": 40},
        ]
        coverage = {"figures_dismissed": [{"figure": "f3", "text": "021", "start": 37, "end": 40}]}
        scores = scored(
            {"not_figures": ["301877", "021-5550", "1877"]},
            {"text": text, "figures": figures, "coverage": coverage},
        )

        assert scores.not_figures == 3
        assert scores.not_figures_read == ["doc: 301877"]

    def test_without_the_text_a_figure_that_reads_like_the_numeral_counts(self, scored):
        figures = [{"figure": "f1", "text": "Phase 2", "start": 0, "end": 7}]
        scores = scored({"not_figures": ["Phase 2", "4680"]}, {"figures": figures})

        assert scores.not_figures_read == ["doc: Phase 2"]


class TestDocuments:
    def test_a_doc_id_may_carry_the_file_ending(self, scored):
        assert scored([plant()], [plant()], out_id="doc.txt").count("all", "slots").f1 == 1.0

    def test_a_document_without_a_result_is_all_missed(self, scored):
        scores = scored([plant(investment=money(1))], [plant()], out_id="another")

        assert scores.missing == ["doc"]
        assert scores.without_gold == ["another"]
        assert counts(scores, "all", "slots") == (0, 0, 2)

    def test_the_worst_document_comes_first(self, tmp_path):
        lines = [{"doc_id": name, "facilities": [plant(investment=money(1))]} for name in ("good", "bad")]
        (tmp_path / "gold.jsonl").write_text("\n".join(map(json.dumps, lines)))
        lines[1]["facilities"] = [plant(investment=money(9))]
        (tmp_path / "out.jsonl").write_text("\n".join(map(json.dumps, lines)))

        scores = evaluate(tmp_path / "gold.jsonl", tmp_path / "out.jsonl")

        assert list(scores.documents) == ["bad", "good"]
        assert [row.group for row in scores.table()[-2:]] == ["bad", "good"]

    def test_a_document_with_nothing_to_find_is_no_bad_one(self, tmp_path):
        lines = [{"doc_id": "empty"}, {"doc_id": "half", "facilities": [plant(country="HU")]}]
        (tmp_path / "gold.jsonl").write_text("\n".join(map(json.dumps, lines)))
        lines[1]["facilities"] = [plant(country="DE")]
        (tmp_path / "out.jsonl").write_text("\n".join(map(json.dumps, lines)))

        assert list(evaluate(tmp_path / "gold.jsonl", tmp_path / "out.jsonl").documents) == ["half", "empty"]

    def test_development_gold_against_itself_is_perfect(self, tmp_path):
        lines = [json.dumps(json.loads(f.read_text("utf-8"))) for f in DEVELOPMENT.glob("*.gold.json")]
        (tmp_path / "out.jsonl").write_text("\n".join(lines), encoding="utf-8")

        scores = evaluate(DEVELOPMENT, tmp_path / "out.jsonl")

        assert len(scores.documents) == len(lines) > 0
        for group in ("facilities", "deals", "forecasts"):
            for slot in ("records", "slots", "figures"):
                assert scores.count(group, slot).f1 == 1.0, (group, slot)
        assert scores.problems_missed == []


class TestOutput:
    def test_json_holds_the_shares_and_the_counts(self, scored):
        told = json.loads(scored([plant(investment=money(1))], [plant()]).to_json())

        assert told["scores"]["facilities"]["slots"] == {
            "precision": 1.0, "recall": 0.5, "f1": 0.6667, "matched": 1, "predicted": 1, "gold": 2,
        }  # fmt: skip
        assert told["scores"]["facilities"]["figures"]["precision"] is None

    def test_the_table_starts_with_the_sums_over_all_records(self, scored):
        rows = scored([plant(investment=money(1))], [plant()]).table()

        assert rows[0] == ("all", "records", "1.00", "1.00", "1.00", "1", "1", "1")
        assert rows[2] == ("all", "figures", "–", "0.00", "0.00", "0", "0", "1")


class TestMistakes:
    @pytest.mark.parametrize(
        ("line", "sentence"),
        [
            ("{", "gold.jsonl:2: is not JSON"),
            ('["doc"]', 'gold.jsonl:2: is not an object with a "doc_id"'),
            ('{"doc_id": "a"}', 'gold.jsonl:2: the doc_id "a" has come up before'),
            (
                '{"doc_id": "b", "facilities": [{"investmnt": null}]}',
                'gold.jsonl:2: facilities[0] has a slot "investmnt"',
            ),
            (
                '{"doc_id": "b", "deals": [{"value": {"text": "5", "unit": "CNY"}}]}',
                "gold.jsonl:2: deals[0] is not made as the schema says",
            ),
        ],
    )
    def test_a_bad_line_is_named(self, tmp_path, line, sentence):
        (tmp_path / "gold.jsonl").write_text('{"doc_id": "a"}\n' + line)

        with pytest.raises(InputError, match=re.escape(sentence)):
            evaluate(tmp_path / "gold.jsonl", tmp_path / "gold.jsonl")

    def test_a_missing_file_is_named(self, tmp_path):
        with pytest.raises(InputError, match=r"nowhere\.jsonl: No such file"):
            evaluate(tmp_path / "nowhere.jsonl", tmp_path / "nowhere.jsonl")

    def test_a_folder_without_gold_is_named(self, tmp_path):
        with pytest.raises(InputError, match=r"no file in this folder ends in \.gold\.json"):
            evaluate(tmp_path, tmp_path)

    def test_two_results_for_one_document_are_refused(self, tmp_path):
        (tmp_path / "gold.jsonl").write_text('{"doc_id": "a"}')
        (tmp_path / "out.jsonl").write_text('{"doc_id": "a.txt"}\n{"doc_id": "a.html"}')

        with pytest.raises(InputError, match=r'a\.txt and a\.html could both be the gold document "a"'):
            evaluate(tmp_path / "gold.jsonl", tmp_path / "out.jsonl")
