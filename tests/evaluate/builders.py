"""Gold and result records in their JSON form, and scores of them."""

import json

from extractor.evaluate import evaluate


def money(value, unit="EUR", **more):
    return {"text": f"{value} {unit}", "kind": "money", "value": value, "unit": unit, **more}


def energy(value, unit="GWh", **more):
    return {"text": f"{value} {unit}", "kind": "energy", "value": value, "unit": unit, **more}


def year(number):
    return {
        "text": str(number),
        "start_date": f"{number}-01-01",
        "end_date": f"{number}-12-31",
        "precision": "year",
    }


def plant(name="Debrecen plant", **slots):
    return {"name": name, **slots}


def score(folder, gold, out, *, out_id="doc"):
    """Scores of results against gold, each for one document; facilities alone stand for a whole document."""
    return evaluate(
        written(folder / "gold.jsonl", gold, "doc"),
        written(folder / "out.jsonl", out, out_id),
    )


def written(path, told, doc_id="doc"):
    """A JSONL file of one document."""
    told = {"facilities": told} if isinstance(told, list) else told
    path.write_text(json.dumps({"doc_id": doc_id, **told}) + "\n", encoding="utf-8")
    return path
