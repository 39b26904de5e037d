"""Which files are read, in which order, and as what."""

import gzip
import io
import sys
from types import SimpleNamespace

import pytest

from extractor.input import documents

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

SENTENCE = "Lumora invests 420 million euros."
RECORD = f'{{"text": "{SENTENCE}"}}\n'


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder with these files, to be named without its path."""
    monkeypatch.chdir(tmp_path)

    def write(files):
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return tmp_path

    return write


@pytest.fixture
def piped(monkeypatch):
    """Standard input with this text."""
    return lambda text: monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(text.encode())))


def ids(found):
    return [document.doc_id for document in found]


def test_a_directory_is_read_recursively_and_in_order(folder):
    folder(
        {
            "news/b.txt": SENTENCE,
            "news/a/z.htm": f"<p>{SENTENCE}</p>",
            "news/c.jsonl": RECORD,
            "news/a/B.TXT": SENTENCE,
        }
    )

    assert ids(documents(["news"])) == ["a/B.TXT", "a/z.htm", "b.txt", "c.jsonl:1"]


def test_other_files_and_hidden_ones_are_left_out_of_a_directory(folder):
    folder(
        {
            "news/a.txt": SENTENCE,
            "news/a.gold.json": "{}",
            "news/.b.txt": SENTENCE,
            "news/.git/c.txt": SENTENCE,
        }
    )

    assert ids(documents(["news"])) == ["a.txt"]


def test_excluded_files_are_left_out_of_a_directory(folder):
    out = folder({"news/a.txt": SENTENCE, "news/out.jsonl": RECORD}) / "news" / "out.jsonl"

    assert ids(documents(["news"], exclude=[out])) == ["a.txt"]


def test_a_directory_with_nothing_to_read_is_an_error(folder):
    folder({"news/a.pdf": ""})

    [error] = documents(["news"])

    assert str(error) == "news: has no file that ends in .txt, .html, .htm, .jsonl"


def test_a_missing_file_is_an_error_and_the_others_go_on(folder):
    folder({"a.txt": SENTENCE, "b.txt": SENTENCE})

    first, error, last = documents(["a.txt", "missing.txt", "b.txt"])

    assert (first.doc_id, str(error), last.doc_id) == ("a.txt", "missing.txt: no such file", "b.txt")


@pytest.mark.parametrize(
    ("text", "doc_ids"),
    [
        (SENTENCE, ["stdin"]),
        (RECORD * 2, ["stdin:1", "stdin:2"]),
        (f"\n\n{RECORD}", ["stdin:3"]),
        (f"<!DOCTYPE html>\n<html><body><p>{SENTENCE}</p></body></html>", ["stdin"]),
    ],
    ids=["text", "JSONL", "JSONL after blank lines", "HTML"],
)
def test_standard_input_is_known_by_its_first_words(piped, text, doc_ids):
    piped(text)

    found = list(documents(["-"]))

    assert ids(found) == doc_ids
    assert {document.text for document in found} == {SENTENCE}


@pytest.mark.parametrize("name", ["press", "press.md", "press.data"])
def test_a_file_of_another_ending_is_known_by_its_first_words(folder, name):
    folder({name: RECORD})

    assert ids(documents([name])) == [f"{name}:1"]


def test_a_text_file_is_text_even_where_it_looks_like_json(folder):
    folder({"a.txt": RECORD})

    [document] = documents(["a.txt"])

    assert document.text == RECORD


def test_a_name_that_is_not_utf8_can_still_be_told(tmp_path):
    path = tmp_path / b"caf\xe9.txt".decode("utf-8", "surrogateescape")
    path.write_text(SENTENCE)

    [document] = documents([path])

    assert document.doc_id == "caf�.txt"


def packed(path, data):
    """A file packed as its name says."""
    path.write_bytes({".gz": gzip.compress, ".zst": zstd.compress}[path.suffix](data))
    return path


@pytest.mark.parametrize("ending", [".gz", ".zst"])
def test_packed_files_are_read_by_their_name(tmp_path, ending):
    records = packed(tmp_path / f"a.jsonl{ending}", b'{"id": "x", "text": "Lumora."}\n')
    text = packed(tmp_path / f"b.txt{ending}", "Győr.".encode())

    found = list(documents([records, text]))

    assert [(document.doc_id, document.text) for document in found] == [
        ("x", "Lumora."),
        (text.name, "Győr."),
    ]
    assert [document.text for document in documents([tmp_path])] == ["Lumora.", "Győr."]


@pytest.mark.parametrize("ending", [".gz", ".zst"])
@pytest.mark.parametrize("harm", [lambda data: data[:-5], lambda _: b"no archive at all"])
def test_a_packed_file_that_is_damaged_is_an_error(tmp_path, ending, harm):
    path = packed(tmp_path / f"a.txt{ending}", b"Lumora.")
    path.write_bytes(harm(path.read_bytes()))

    [error] = documents([path])

    assert str(error) == f"{path}: is damaged or cut off: it cannot be unpacked"
