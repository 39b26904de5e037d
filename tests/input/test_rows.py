"""One row of a table to the document that it describes."""

from datetime import UTC, date, datetime

import pytest

from extractor.errors import InputError
from extractor.input.rows import row_document

SENTENCE = "Lumora invests 420 million euros."


def test_columns_are_as_the_keys_of_jsonl():
    document = row_document(
        {
            "id": "a",
            "text": SENTENCE,
            "published": "2024-05-14",
            "title": "News",
            "source": "Lumora",
            "tag": 7,
        }
    )

    assert (document.doc_id, document.text, document.published) == ("a", SENTENCE, date(2024, 5, 14))
    assert (document.title, document.source, document.extra) == ("News", "Lumora", {"tag": 7})


def test_a_column_that_is_null_is_as_a_key_that_is_not_there():
    row = {"id": "a", "text": None, "html": f"<p>{SENTENCE}</p>", "title": None, "tag": None}

    document = row_document(row)

    assert (document.text, document.title, document.extra) == (SENTENCE, None, {})


@pytest.mark.parametrize("day", [date(2024, 5, 14), datetime(2024, 5, 14, 23, 30, tzinfo=UTC)])
def test_a_day_may_be_a_date_or_a_time(day):
    assert row_document({"text": SENTENCE, "published": day}).published == date(2024, 5, 14)


def test_the_day_of_all_is_that_of_rows_that_tell_none():
    rows = [{"text": SENTENCE, "published": day} for day in ("2024-05-14", None)]

    days = [row_document(row, published=date(2022, 1, 1)).published for row in rows]

    assert days == [date(2024, 5, 14), date(2022, 1, 1)]


def test_without_an_id_a_row_is_called_by_what_it_holds():
    rows = [{"text": SENTENCE}, {"text": SENTENCE, "id": None}, {"text": f"{SENTENCE} "}]

    first, again, other = (row_document(row).doc_id for row in rows)

    assert first == again != other
    assert first.startswith("row-")


@pytest.mark.parametrize(
    ("row", "where", "what"),
    [
        ({"id": "a"}, "a", 'has none of "text", "html" and "path"'),
        ({"id": 7, "text": 5}, "7", '"text" is a number, not a string'),
        ({"id": "a", "text": SENTENCE, "published": "May"}, "a", '"published" must be a day'),
        ({"id": "a", "text": SENTENCE, "figures": 5}, "a", 'the key "figures" is a field of the result'),
    ],
)
def test_a_row_that_is_no_document_is_an_error_that_says_why(row, where, what):
    error = row_document(row)

    assert isinstance(error, InputError)
    assert error.where == where
    assert error.what.startswith(what)
