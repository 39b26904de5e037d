"""Paths to a stream of documents."""

import itertools
import json
import tracemalloc
from datetime import date

import pytest

from extractor.errors import InputError
from extractor.input import documents

SENTENCE = "Lumora invests 420 million euros."


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write_records(path, *records):
    path.write_text("".join(json.dumps(record) + "\n" for record in records))


def test_a_text_file_is_a_document_under_its_name_without_a_title(folder):
    (folder / "press.txt").write_text(SENTENCE)

    [document] = documents(["press.txt"])

    assert (document.doc_id, document.text, document.title) == ("press.txt", SENTENCE, None)
    assert (document.source, document.published, document.extra) == ("press.txt", None, {})


def test_the_publication_date_is_the_records_then_the_given_one_then_the_texts(folder):
    dated = f"Updated: 2023-06-20\n{SENTENCE}"
    write_records(folder / "a.jsonl", {"text": dated, "published": "2021-01-01"}, {"text": dated})

    found = [*documents(["a.jsonl"], published=date(2022, 2, 2)), *documents(["a.jsonl"])]

    assert [document.published.year for document in found] == [2021, 2022, 2021, 2023]


def test_the_given_publication_date_goes_before_a_pages(folder):
    (folder / "a.html").write_text(f'<time datetime="2023-06-20">June</time><p>{SENTENCE}</p>')

    [given] = documents(["a.html"], published=date(2022, 2, 2))
    [found] = documents(["a.html"])

    assert (given.published.year, found.published.year) == (2022, 2023)


def test_the_second_of_two_documents_with_one_id_is_an_error_that_names_the_first(folder):
    write_records(folder / "a.jsonl", {"id": "x", "text": SENTENCE}, {"id": "x", "text": SENTENCE})
    write_records(folder / "b.jsonl", {"id": "x", "text": SENTENCE}, {"id": "y", "text": SENTENCE})

    first, second, third, last = documents(["a.jsonl", "b.jsonl"])

    assert (first.doc_id, last.doc_id) == ("x", "y")
    assert str(second) == 'a.jsonl:2: the id "x" is taken by a.jsonl:1; every document needs its own'
    assert str(third) == 'b.jsonl:1: the id "x" is taken by a.jsonl:1; every document needs its own'


def test_every_document_but_the_broken_ones_is_read(folder):
    (folder / "a.txt").write_text(SENTENCE)
    (folder / "b.txt").write_bytes(b"\xff")
    write_records(folder / "c.jsonl", {"text": SENTENCE}, [], {"text": SENTENCE})

    found = list(documents(["missing.txt", "a.txt", "b.txt", "c.jsonl", "."]))

    errors = [each.where for each in found if isinstance(each, InputError)]
    assert [each.doc_id for each in found if not isinstance(each, InputError)] == [
        "a.txt",
        "c.jsonl:1",
        "c.jsonl:3",
    ]
    assert errors == [
        "missing.txt",
        "b.txt",
        "c.jsonl:2",
        "a.txt",
        "b.txt",
        "c.jsonl:1",
        "c.jsonl:2",
        "c.jsonl:3",
    ]


def test_blank_lines_are_counted_and_skipped(folder):
    (folder / "a.jsonl").write_text(f'\n\n{{"text": "{SENTENCE}"}}\n\n')

    assert [document.doc_id for document in documents(["a.jsonl"])] == ["a.jsonl:3"]


def test_a_file_of_records_without_any_is_an_error(folder):
    (folder / "a.jsonl").write_text("\n")

    [error] = documents(["a.jsonl"])

    assert str(error) == "a.jsonl: is empty: there is no record to read"


def test_nothing_is_read_before_it_is_asked_for(folder):
    (folder / "a.jsonl").write_text(f'{{"text": "{SENTENCE}"}}\n' * 3)

    stream = documents(["a.jsonl", "b.txt"])
    next(stream)
    (folder / "b.txt").write_text(SENTENCE)

    assert [document.doc_id for document in stream] == ["a.jsonl:2", "a.jsonl:3", "b.txt"]


def test_memory_stays_flat(folder):
    text = "x" * 100_000
    with (folder / "a.jsonl").open("w") as file:
        file.writelines(json.dumps({"id": number, "text": text}) + "\n" for number in range(300))
    stream = documents(["a.jsonl"])

    tracemalloc.start()
    for _ in itertools.islice(stream, 300):
        pass
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert peak < 3_000_000  # of 30 million characters
