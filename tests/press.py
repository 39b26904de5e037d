"""A press text of one sentence, and lines of results."""

import json
from pathlib import Path

SENTENCE = (
    "Lumora has started building a plant in Debrecen, Hungary, with a total investment of 183 million euros."
)


def lines(path):
    return [json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines()]
