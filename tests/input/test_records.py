"""One JSONL line to the document that it describes."""

import json
from datetime import date

import pytest

from extractor.errors import InputError
from extractor.input import documents, parse_day

SENTENCE = "Lumora invests 420 million euros."


@pytest.fixture
def read(tmp_path, monkeypatch):
    """What becomes of press.jsonl with this line or object in it."""
    monkeypatch.chdir(tmp_path)

    def read_line(line):
        data = line if isinstance(line, bytes) else json.dumps(line).encode()
        (tmp_path / "press.jsonl").write_bytes(data + b"\n")
        [found] = documents(["press.jsonl"])
        return found

    return read_line


def test_everything_known_of_a_document_is_taken_over(read):
    document = read(
        {"id": "a", "text": SENTENCE, "published": "2024-05-14", "title": "News", "source": "Lumora"}
    )

    assert (document.doc_id, document.text, document.published) == ("a", SENTENCE, date(2024, 5, 14))
    assert (document.title, document.source) == ("News", "Lumora")


def test_unknown_keys_are_carried_through(read):
    assert read({"text": SENTENCE, "tags": ["x", {"y": 1.5}], "n": None}).extra == {
        "tags": ["x", {"y": 1.5}],
        "n": None,
    }


def test_without_an_id_it_is_file_name_and_line(read):
    assert read({"text": SENTENCE}).doc_id == "press.jsonl:1"


def test_a_whole_number_may_be_an_id(read):
    assert read({"id": 17, "text": SENTENCE}).doc_id == "17"


def test_an_iso_time_may_be_the_publication(read):
    assert read({"text": SENTENCE, "published": "2024-05-14T23:30:00Z"}).published == date(2024, 5, 14)


def test_html_is_read_as_a_page_or_a_part_of_one(read):
    assert read({"html": f"<p>{SENTENCE}</p>"}).text == SENTENCE


def test_a_path_is_relative_to_the_records_file(tmp_path):
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "a.txt").write_text(f"Updated: 2024-05-14\n{SENTENCE}")
    (folder / "press.jsonl").write_text('{"path": "a.txt", "title": "News"}')

    [document] = documents([folder / "press.jsonl"])

    assert (document.title, document.published, document.source) == (
        "News",
        date(2024, 5, 14),
        str(folder / "a.txt"),
    )


def test_text_goes_before_html_and_html_before_a_path(read):
    assert read({"path": "missing", "html": "<p>Page.</p>", "text": SENTENCE}).text == SENTENCE
    assert read({"path": "missing", "html": f"<p>{SENTENCE}</p>", "text": None}).text == SENTENCE


def test_line_breaks_in_a_record_become_line_feeds(read):
    assert read({"text": "One.\r\nTwo."}).text == "One.\nTwo."


BAD = {
    "not JSON": (b"oops", "is not JSON: Expecting value at column 1; JSONL has one object a line"),
    "cut off": (
        b'{"text": "a',
        "is not JSON: Unterminated string starting at column 10; JSONL has",
    ),
    "NaN": (b'{"text": "a", "x": NaN}', "is not JSON: NaN is not a JSON number; JSONL has one object a line"),
    "nested without end": (b"[" * 100_000, "is not JSON: maximum recursion depth"),
    "a list": ([1], "is a list, not a JSON object"),
    "no text": ({"id": "a"}, 'has none of "text", "html" and "path"'),
    "null text": ({"text": None}, 'has none of "text", "html" and "path"'),
    "empty text": ({"text": ""}, "is empty: there is no text to read"),
    "text is a number": ({"text": 5}, '"text" is a number, not a string'),
    "text is a list": ({"text": ["a"]}, '"text" is a list, not a string'),
    "html is an object": ({"html": {}}, '"html" is an object, not a string'),
    "id is a boolean": ({"id": True, "text": "a"}, '"id" is a boolean, not a string'),
    "title is a number": ({"title": 1.5, "text": "a"}, '"title" is a number, not a string'),
    "published in words": (
        {"text": "a", "published": "5 May 2024"},
        '"published" must be a day such as "2022-11-23", not "5 May 2024"',
    ),
    "published is no day": (
        {"text": "a", "published": "2023-02-30"},
        '"published" must be a day such as "2022-11-23", not "2023-02-30"',
    ),
    "published is a number": (
        {"text": "a", "published": 20240505},
        '"published" must be a day such as "2022-11-23", not a number',
    ),
    "path is missing": ({"path": "nope.txt"}, '"path" nope.txt: no such file'),
    "path is JSONL": (
        {"path": "press.jsonl"},
        '"path" press.jsonl: is JSONL; a record can point to a text or an HTML file',
    ),
    "page without text": ({"html": "<p></p>"}, "has no main text, only navigation and notices"),
    "NUL": ({"text": "a\0b"}, "has a NUL character at offset 1, so it is not text"),
    "half a surrogate pair": ({"text": "a\ud800"}, "has half of a surrogate pair, which is no character"),
    "half a surrogate pair in a key to carry": ({"text": "a", "x": "\ud800"}, "has half of a surrogate pair"),
    "broken UTF-8": (b'{"text": "caf\xe9"}', "is not UTF-8: byte 0xe9 at offset 13; save it as UTF-8"),
    "a key of the result": ({"text": "a", "figures": []}, 'the key "figures" is a field of the result'),
    "a result": (
        {"schema_version": 1, "doc_id": "a", "text": "a"},
        'is a result of "extractor run", not a document',
    ),
    "too long": (b'{"text": "' + b"a" * 10_000_000 + b'"}', "has more than 2,000,000 characters"),
    "far too long": (b'{"text": "' + b"a" * 40_000_000 + b'"}', "has more than 2,000,000 characters"),
}


@pytest.mark.parametrize(("line", "what"), BAD.values(), ids=BAD.keys())
def test_a_record_that_cannot_be_read_says_why_and_where(read, line, what):
    error = read(line)

    assert isinstance(error, InputError)
    assert str(error).startswith(f"press.jsonl:1: {what}")


def test_a_whole_surrogate_pair_is_a_character(read):
    assert read(b'{"text": "\\ud83d\\ude00 ok"}').text == "\U0001f600 ok"


def test_a_day_that_is_none_says_what_a_day_is():
    with pytest.raises(
        InputError, match='--published: "published" must be a day such as "2022-11-23", not "soon"'
    ):
        parse_day("soon", "--published")
