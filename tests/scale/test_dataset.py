"""A Ray dataset of documents to one of results."""

import json
from datetime import date

import pytest

from extractor import Extractor, LLMDrafter
from extractor.batch import document_key
from extractor.document import Document
from extractor.scale import extract_dataset
from schemas import Result

pytestmark = [
    pytest.mark.block_network(allowed_hosts=["127.0.0.1", "localhost", "::1"]),
    pytest.mark.filterwarnings("default"),  # Ray's and its libraries' own
]

SENTENCE = "Lumora has started building a plant in Debrecen with an investment of {} million euros."
DAY = date(2024, 5, 14)


@pytest.fixture(scope="module")
def rows(ray):
    """What becomes of forty documents and one row that is none, by document."""
    given = [
        {"id": f"d{number}", "text": SENTENCE.format(number), "published": DAY, "tag": number % 3}
        for number in range(100, 140)
    ]
    broken = {"id": "broken", "text": None, "published": None, "tag": 5}
    extracted = extract_dataset(ray.data.from_items([*given, broken]), batch_size=8)
    return {row["doc_id"]: row for row in extracted.iter_rows()}


def test_every_row_becomes_a_row(rows):
    assert set(rows) == {*(f"d{number}" for number in range(100, 140)), "broken"}
    assert set(rows["d100"]) == {"tag", "doc_id", "document", "settings", "result", "error"}


def test_a_result_is_what_the_extractor_makes_of_the_document(rows):
    row = rows["d123"]
    result = Result.model_validate_json(row["result"])

    expected = Extractor().extract(SENTENCE.format(123), doc_id="d123", published=DAY)

    assert result.facilities == expected.facilities
    assert (row["error"], result.run.document, result.run.settings) == (
        None,
        row["document"],
        row["settings"],
    )
    assert row["document"] == document_key(
        Document(SENTENCE.format(123), "d123", DAY, extra={"tag": row["tag"]})
    )


def test_other_columns_are_carried_through(rows):
    assert rows["d101"]["tag"] == 101 % 3
    assert json.loads(rows["d101"]["result"])["tag"] == 101 % 3


def test_a_failure_is_a_row_that_says_why(rows):
    row = rows["broken"]

    assert (row["result"], row["error"]) == (None, 'has none of "text", "html" and "path"')
    assert row["tag"] == 5


def test_a_column_that_is_one_of_the_output_is_told(ray):
    dataset = ray.data.from_items([{"text": SENTENCE, "error": "x"}])

    with pytest.raises(Exception, match='column "error": is one of the output; give it another name'):
        extract_dataset(dataset).take_all()


def test_a_wrong_setting_of_the_model_ends_it_with_its_sentence(ray):
    nobody = LLMDrafter("m", base_url="http://127.0.0.1:9/v1", patience=0)
    dataset = ray.data.from_items([{"text": SENTENCE}])

    with pytest.raises(Exception, match=r"no server answers at http://127\.0\.0\.1:9/v1"):
        extract_dataset(dataset, Extractor(nobody)).take_all()


def test_nothing_is_done_before_it_is_wanted(ray, tmp_path):
    dataset = ray.data.from_items([{"path": str(tmp_path / "later.txt")}])

    extracted = extract_dataset(dataset)
    (tmp_path / "later.txt").write_text(SENTENCE, encoding="utf-8")

    assert [row["error"] for row in extracted.take_all()] == [None]
