"""An export comes into being whole or not at all."""

import sys

import pytest

from extractor.errors import InputError, OutputError
from extractor.export import FORMATS, export
from schemas import Result
from schemas.tables import TABLES

DOCUMENT = Result(doc_id="a", drafter="rules")


@pytest.fixture
def out(tmp_path):
    return tmp_path / "out"


@pytest.mark.parametrize("to", FORMATS)
def test_what_was_written_is_counted(out, gold, to):
    exported = export(gold, out, to)

    assert exported.documents == len(gold)
    assert exported.rows["facilities"] == sum(len(result.facilities) for result in gold)
    assert list(exported.rows) == list(TABLES)


@pytest.mark.parametrize("to", FORMATS)
def test_a_failure_half_way_leaves_nothing(out, gold, to):
    def breaking():
        yield from gold
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export(breaking(), out, to)

    assert list(out.parent.iterdir()) == []


@pytest.mark.parametrize("to", FORMATS)
def test_a_failure_half_way_leaves_the_old_output(out, gold, read, to):
    path = out.with_suffix(f".{to}")
    export([DOCUMENT], path, to)

    def breaking():
        yield gold[0]
        raise RuntimeError

    with pytest.raises(RuntimeError):
        export(breaking(), path, to, force=True)

    assert [row["doc_id"] for row in read(path, "documents")] == ["a"]
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize("to", FORMATS)
def test_an_output_is_replaced_with_force_alone(out, gold, read, to):
    path = out.with_suffix(f".{to}")
    export(gold, path, to)

    with pytest.raises(OutputError, match="exists already; choose another name, or replace it with --force"):
        export([DOCUMENT], path, to)
    export([DOCUMENT], path, to, force=True)

    assert [row["doc_id"] for row in read(path, "documents")] == ["a"]
    assert list(path.parent.iterdir()) == [path]


def test_a_folder_with_something_else_in_it_is_never_replaced(out):
    out.mkdir()
    (out / "notes.txt").write_text("mine")

    with pytest.raises(OutputError, match=r'"notes\.txt" in it is no file of such an output'):
        export([DOCUMENT], out, "csv", force=True)

    assert (out / "notes.txt").read_text() == "mine"


def test_a_file_is_not_replaced_by_a_folder(out):
    out.write_text("mine")

    with pytest.raises(OutputError, match="is a file and the output would be a folder"):
        export([DOCUMENT], out, "csv", force=True)


def test_a_folder_is_not_replaced_by_a_file(out):
    out.mkdir()

    with pytest.raises(OutputError, match="is a folder and the output would be a file"):
        export([DOCUMENT], out, "sqlite", force=True)


def test_a_place_that_is_not_there_is_told(out):
    with pytest.raises(OutputError, match="there is no such folder"):
        export([DOCUMENT], out / "deep" / "out", "csv")


@pytest.mark.parametrize("to", FORMATS)
def test_nothing_to_export_writes_nothing(out, to):
    told = []

    exported = export([InputError("in.jsonl:1", "is no result")], out, to, fail=told.append)

    assert (exported.documents, exported.failures, len(told)) == (0, 1, 1)
    assert list(out.parent.iterdir()) == []


def test_a_document_that_comes_up_again_is_left_out(out, read):
    told, path = [], out.with_suffix(".csv")

    exported = export([DOCUMENT, DOCUMENT], path, "csv", fail=told.append)

    assert (exported.documents, exported.failures) == (1, 1)
    assert str(told[0]).startswith('document "a": has come up before')
    assert len(read(path, "documents")) == 1


def test_rows_are_written_in_portions(out, gold, read, monkeypatch):
    monkeypatch.setattr(sys.modules["extractor.export.export"], "_ROWS", 3)

    for to in FORMATS:
        path = out.with_suffix(f".{to}")
        exported = export(iter(gold), path, to)

        assert {name: len(read(path, name)) for name in TABLES} == exported.rows


def test_a_long_text_is_written_at_once(out, read, monkeypatch):
    monkeypatch.setattr(sys.modules["extractor.export.export"], "_CHARACTERS", 10)
    documents = [Result(doc_id=str(n), drafter="rules", text="long text" * 9) for n in range(5)]
    path = out.with_suffix(".parquet")

    export(documents, path, "parquet")

    assert [row["doc_id"] for row in read(path, "documents")] == list("01234")


@pytest.mark.parametrize(
    ("to", "library"), [("parquet", "pyarrow"), ("duckdb", "duckdb"), ("xlsx", "xlsxwriter")]
)
def test_a_library_that_is_not_installed_is_told_with_the_command(out, monkeypatch, to, library):
    for name in [name for name in sys.modules if name.startswith(("extractor.export.", library))]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, library, None)

    with pytest.raises(OutputError, match=rf'--to {to} needs {library}.*pip install "pressledger\[export\]"'):
        export([DOCUMENT], out, to)


def test_a_sheet_that_is_full_is_told(out, gold, monkeypatch):
    from extractor.export import xlsx_file  # noqa: PLC0415

    monkeypatch.setattr(xlsx_file, "MAX_ROWS", 20)

    with pytest.raises(
        OutputError, match=r'the table "documents" has more rows than a sheet can hold \(20\)'
    ):
        export(gold, out, "xlsx")

    assert list(out.parent.iterdir()) == []
