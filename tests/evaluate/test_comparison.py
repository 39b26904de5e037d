"""What is not right in a document: missed, wrong, and confused slots."""

from builders import energy, money, plant

NOWHERE = "nowhere"


def test_a_figure_in_another_slot_is_a_confusion(scored):
    scores = scored([plant(investment=money(5))], [plant(metrics=[{"name": "grant", "quantity": money(5)}])])

    assert dict(scores.confusion) == {("facilities.investment", "facilities.metrics"): 1}


def two_plants(first, second):
    """Debrecen and Ruijie, known by their areas, with more slots."""
    return [plant("Debrecen", land_area=money(1), **first), plant("Ruijie", land_area=money(2), **second)]


def test_a_figure_in_another_record_of_the_type_is_confused_with_its_own_slot(scored):
    scores = scored(two_plants({"investment": money(5)}, {}), two_plants({}, {"investment": money(5)}))

    assert dict(scores.confusion) == {("facilities.investment", "facilities.investment"): 1}


def test_a_figure_in_another_type_of_record_is_a_confusion(scored):
    scores = scored(
        {"facilities": [plant(capacities=[{"quantity": energy(5)}])]},
        {"forecasts": [{"metric": "capacity", "quantity": energy(5)}]},
    )

    assert dict(scores.confusion) == {("facilities.capacities", "forecasts.quantity"): 1}


def test_a_figure_that_is_missed_or_made_up_is_nowhere_on_the_other_side(scored):
    scores = scored([plant(investment=money(5))], [plant(land_area=money(7))])

    assert dict(scores.confusion) == {
        ("facilities.investment", NOWHERE): 1,
        (NOWHERE, "facilities.land_area"): 1,
    }


def test_one_figure_of_the_result_is_confused_once(scored):
    scores = scored(
        [plant(investment=money(5), land_area=money(5))],
        [plant(metrics=[{"name": "grant", "quantity": money(5)}])],
    )

    assert scores.confusion.total() == 2
    assert sum(n for (_, found), n in scores.confusion.items() if found == "facilities.metrics") == 1


def test_the_same_slot_is_taken_before_another_one(scored):
    grant = {"metrics": [{"name": "grant", "quantity": money(5)}]}
    scores = scored(two_plants({"investment": money(5)}, {}), two_plants(grant, {"investment": money(5)}))

    assert dict(scores.confusion) == {
        ("facilities.investment", "facilities.investment"): 1,
        (NOWHERE, "facilities.metrics"): 1,
    }


def test_a_right_figure_is_no_confusion(scored):
    scores = scored([plant(investment=money(5))], [plant(investment=money(5))])

    assert not scores.confusion


def test_a_document_has_what_is_missed_and_what_is_wrong(scored):
    scores = scored(
        [plant("Debrecen", status="planned")], [plant("Debrecen", status="announced", country="HU")]
    )

    assert scores.differences["doc"].missed == ["facilities.status: planned"]
    assert scores.differences["doc"].wrong == ["facilities.status: announced", "facilities.country: HU"]


def test_what_is_right_once_and_said_twice_is_wrong_once(scored):
    scores = scored([plant(products=["foil"])], [plant(products=["foil", "foil"])])

    assert scores.differences["doc"].missed == []
    assert scores.differences["doc"].wrong == ["facilities.products: foil"]
