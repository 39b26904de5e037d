"""A real model on development documents, by each way of asking: what holds whichever model it was."""

import tomllib
from pathlib import Path

import pytest
from grounded import ungrounded

from extractor.input import documents

PRESS = Path(__file__).parents[2] / "fixtures" / "press" / "development"
TABLE = tomllib.loads(Path(__file__).with_name("documents.toml").read_text("utf-8"))
WAYS = {way: {"strategy": way} for way in ("document", "figures")}
"""Ways of asking, as settings of LLMDrafter."""

pytestmark = pytest.mark.vcr


def document(name):
    (found,) = documents([PRESS / f"{name}.txt"])
    return found


def in_slots(result):
    """The figures of the records, by slot: "facilities.investment" has these words."""
    found = {}
    for kind in ("facilities", "deals", "forecasts"):
        for record in getattr(result, kind):
            for slot, value in record:
                for each in value if isinstance(value, list) else [value]:
                    quantity = getattr(each, "quantity", each)
                    if hasattr(quantity, "figure"):
                        found.setdefault(f"{kind}.{slot}", []).append(quantity.text)
    return found


@pytest.mark.parametrize(
    ("name", "way"),
    [pytest.param(name, way, id=f"{name}.{way}") for name in TABLE for way in WAYS],
)
def test_a_model_says_what_a_document_holds(model, name, way):
    result = model.extract(document(name), **WAYS[way])

    assert ungrounded(result) == []
    found = in_slots(result)
    for slot, words in TABLE[name].get(way, {}).items():
        assert set(words) <= set(found.get(slot, ())), slot


def test_a_document_in_windows(model):
    result = model.extract(document("21_owner_epc_award"), strategy="document", window=500)

    assert ungrounded(result) == []
    assert len({asked["messages"][1]["content"] for asked in model.questions}) > 1
