"""What makes a line a correction, and what a line that is none is told."""

import json

import pytest

from extractor.errors import InputError
from extractor.review import read_corrections

HASH = "0" * 64
PLACE = {"start": 10, "end": 25, "text": "183 million USD"}
LINE = {
    "doc_id": "a.txt",
    "text_sha256": HASH,
    "record": {"type": "facility", "name": "Lumora", "figures": [{"start": 10, "end": 25}]},
    "slot": "investment",
    "was": PLACE,
    "action": "accept",
}


@pytest.fixture
def read(tmp_path):
    """The corrections of a file with these lines."""

    def lines(*objects):
        path = tmp_path / "corrections.jsonl"
        path.write_text("".join(f"{json.dumps(each)}\n\n" for each in objects), encoding="utf-8")
        return read_corrections(str(path))

    return lines


def test_a_file_has_a_correction_a_line_and_blank_lines_are_none(read):
    found = read(LINE, {**LINE, "action": "edit", "value": {**PLACE, "start": 40, "end": 55}})

    assert [correction.action for correction in found] == ["accept", "edit"]
    assert found[1].value.start == 40


WRONG = {
    "no JSON object": (3, "Input should be an object"),
    "another version": ({**LINE, "version": 2}, "version: Input should be 1"),
    "no hash": ({**LINE, "text_sha256": "abc"}, "text_sha256: String should match pattern"),
    "an unknown action": (
        {**LINE, "action": "delete"},
        "action: Input should be 'accept', 'reject' or 'edit'",
    ),
    "an edit without value": ({**LINE, "action": "edit"}, 'an edit needs a "value"'),
    "a value without edit": ({**LINE, "value": PLACE}, '"value" goes with an edit, not with accept'),
    "an edit of a whole record": (
        {**LINE, "slot": None, "action": "edit", "value": "x"},
        'an edit needs a "slot"',
    ),
    "an unknown slot": (
        {**LINE, "slot": "owner"},
        'a facility has no slot "owner"; there are name, operator',
    ),
    "a typed number": (
        {**LINE, "action": "edit", "value": "5200000000"},
        '"investment" takes a figure of the text: start, end and text',
    ),
    "a number": ({**LINE, "action": "edit", "value": 5200000000}, "value: Input should be"),
    "a figure for a name": ({**LINE, "slot": "name"}, '"name" takes a string'),
    "a choice that there is not": (
        {**LINE, "slot": "status", "was": None, "action": "edit", "value": "haunted"},
        '"haunted" is no choice for "status"; there are announced, planned',
    ),
    "a list slot without element": (
        {**LINE, "slot": "capacities.product", "was": "cells"},
        '"capacities.product" stands in a list, so "item" has to say in which element',
    ),
    "an unknown key": ({**LINE, "amount": 3}, "amount: Extra inputs are not permitted"),
}


@pytest.mark.parametrize(("line", "sentence"), WRONG.values(), ids=WRONG.keys())
def test_a_line_that_is_no_correction_is_named_with_what_is_wrong(read, line, sentence):
    with pytest.raises(InputError, match=r"corrections\.jsonl:3: is not a correction") as raised:
        read(LINE, line)

    assert sentence in str(raised.value)


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(InputError, match=r"none\.jsonl: no such file"):
        read_corrections(str(tmp_path / "none.jsonl"))
