"""The lines of a run, read back."""

import pytest

from extractor.errors import InputError
from extractor.input import results
from schemas import Result


@pytest.fixture
def file(tmp_path, monkeypatch):
    """out.jsonl with these lines."""
    monkeypatch.chdir(tmp_path)

    def write(*lines):
        (tmp_path / "out.jsonl").write_text("\n".join(lines))
        return "out.jsonl"

    return write


def test_a_result_comes_back_as_it_was_written(file):
    result = Result(doc_id="a", drafter="rules", text="Lumora.", tags=["kept"])

    assert list(results(file(result.to_json()))) == [result]


def test_a_line_that_is_no_result_is_an_error_and_the_others_go_on(file):
    line = Result(doc_id="a", drafter="rules").to_json()

    first, error, last = results(file(line, '{"id": "b"}', line))

    assert first == last
    assert str(error) == 'out.jsonl:2: is not a result of "extractor run" (doc_id: Field required)'


@pytest.mark.parametrize(("path", "what"), [("missing.jsonl", "no such file"), ("out.jsonl", "is empty")])
def test_a_file_without_results_is_an_error(file, path, what):
    file()

    [error] = results(path)

    assert isinstance(error, InputError)
    assert str(error).startswith(f"{path}: {what}")
