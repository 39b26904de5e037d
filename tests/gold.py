"""Gold records as results of a run, so that what is made of results can be tested with known numbers."""

import json
from decimal import Decimal
from pathlib import Path

from extractor.evaluate.items import items
from schemas import Result

DEVELOPMENT = Path(__file__).parents[1] / "fixtures" / "press" / "development"


def gold_results():
    """The gold of the development documents, each as a result."""
    return [gold_result(path) for path in sorted(DEVELOPMENT.glob("*.gold.json"))]


def gold_result(path):
    """One gold file as a result: its figures and times get ids and base values, its records ids."""
    told = json.loads(path.read_text("utf-8"), parse_float=Decimal)
    figures, times = [], []
    kinds = ("facilities", "deals", "forecasts")
    records = {kind: _filled(told.get(kind, []), figures, times) for kind in kinds}
    for kind, name in zip(kinds, ("facility", "deal", "forecast"), strict=True):
        for number, record in enumerate(records[kind], start=1):
            record["id"] = f"{name}-{number}"
    return Result.model_validate(
        {
            "doc_id": told["doc_id"],
            "published": told["published"],
            "drafter": "gold",
            "figures": figures,
            "times": times,
            **records,
        }
    )


def _filled(value, figures, times):
    """A copy of a JSON value in which figures and times are complete and collected."""
    if isinstance(value, list):
        return [_filled(each, figures, times) for each in value]
    if not isinstance(value, dict):
        return value
    if "unit" in value:
        base = items({"investment": value})[0].value
        figures.append(
            {
                "figure": f"f{len(figures) + 1}",
                **value,
                "start": 0,
                "end": len(value["text"]),
                "base_value": base.value,
                "base_unit": base.unit,
            }
        )
        return figures[-1]
    if "precision" in value:
        times.append({"time": f"t{len(times) + 1}", **value, "start": 0, "end": len(value["text"])})
        return times[-1]
    return {key: _filled(each, figures, times) for key, each in value.items()}
