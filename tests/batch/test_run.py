"""Documents in work, some at a time, each to a result line or a failure."""

import json
import threading
import time
import tracemalloc

import pytest

from extractor.batch import Failure, Tally, document_key, run
from extractor.document import Document
from extractor.errors import InputError, ModelAnswerError, ModelSetupError
from schemas import Coverage, Dismissed, Forecast, Problem, Quantity, Result

FIGURE = Quantity(
    figure="f1",
    text="5 GWh",
    start=0,
    end=5,
    kind="energy",
    value=5,
    unit="GWh",
    base_value=5,
    base_unit="GWh",
)


class Fake:
    """An extractor that does with a document what `act` says, and makes an empty result of it."""

    def __init__(self, act=lambda _: None):
        self.act = act

    asks = False

    def steps(self, document):
        return self.act(document) or Result(doc_id=document.doc_id, text=document.text, drafter="fake")
        yield


def stream(count, text="Lumora."):
    return (Document(text, f"d{number}") for number in range(count))


def collect(extractor, documents, **settings):
    """What a run writes and what it reports as failed."""
    lines, failures = [], []
    write = lambda line, _key: lines.append(line)  # noqa: E731
    tally = run(extractor, documents, write, fail=failures.append, settings="s", **settings)
    return [json.loads(line) for line in lines], failures, tally


def raising(error, doc_id="d1"):
    def act(document):
        if document.doc_id == doc_id:
            raise error

    return act


@pytest.mark.parametrize("concurrency", [1, 3])
def test_every_document_becomes_a_line_in_order(concurrency):
    def act(document):
        time.sleep(0.02 if document.doc_id == "d0" else 0)

    results, failures, tally = collect(Fake(act), stream(20), concurrency=concurrency)

    assert [result["doc_id"] for result in results] == [f"d{number}" for number in range(20)]
    assert (failures, tally.documents, tally.failures) == ([], 20, 0)


def test_a_line_says_what_it_was_made_of():
    [result], _, _ = collect(Fake(), stream(1))

    assert result["run"] == {"document": document_key(Document("Lumora.", "d0")), "settings": "s"}


def test_the_text_is_left_out_where_it_is_not_wanted():
    [result], _, _ = collect(Fake(), stream(1), text=False)

    assert "text" not in result


@pytest.mark.parametrize("concurrency", [1, 3])
@pytest.mark.parametrize(
    ("error", "told"),
    [
        (ModelAnswerError("the model gave no usable answer"), "the model gave no usable answer"),
        (InputError("d1", "has no text"), "has no text"),
        (ZeroDivisionError("1/0"), "a fault of the toolkit, please report it: ZeroDivisionError: 1/0"),
    ],
    ids=["the model's", "the input's", "the toolkit's"],
)
def test_a_document_that_fails_does_not_stop_the_others(concurrency, error, told):
    results, failures, tally = collect(Fake(raising(error)), stream(3), concurrency=concurrency)

    assert [result["doc_id"] for result in results] == ["d0", "d2"]
    assert failures == [Failure("d1", told, "d1", document_key(Document("Lumora.", "d1")))]
    assert (tally.documents, tally.failures) == (2, 1)


def test_a_document_that_cannot_be_read_is_a_failure_in_its_place():
    documents = [*stream(1), InputError("a.jsonl:2", "is not JSON")]

    results, failures, _ = collect(Fake(), documents)

    assert len(results) == 1
    assert failures == [Failure("a.jsonl:2", "is not JSON")]


def test_a_result_that_cannot_be_put_as_json_is_a_failure():
    def act(document):
        return Result(doc_id=document.doc_id, drafter="fake", odd=object())

    results, [failure], _ = collect(Fake(act), stream(1))

    assert results == []
    assert "PydanticSerializationError" in failure.error


@pytest.mark.parametrize("concurrency", [1, 3])
def test_a_wrong_setting_of_the_model_ends_the_run(concurrency):
    tally = Tally()
    act = raising(ModelSetupError("the key is wrong"), "d2")

    with pytest.raises(ModelSetupError, match="the key is wrong"):
        collect(Fake(act), stream(1000), concurrency=concurrency, tally=tally)

    assert 2 <= tally.documents <= 2 + concurrency  # what was in work is finished, no other is begun


def test_as_many_documents_are_in_work_as_asked_for():
    together = threading.Barrier(4, timeout=10)

    collect(Fake(lambda _: together.wait() and None), stream(8), concurrency=4)

    assert not together.broken


@pytest.mark.parametrize("concurrency", [1, 3])
def test_the_stream_is_not_read_ahead_of_the_work(concurrency):
    read = []
    written = []

    def documents():
        for document in stream(1000):
            read.append(document)
            assert len(read) - len(written) < 50
            yield document

    write = lambda line, _key: written.append(line)  # noqa: E731
    run(Fake(), documents(), write, fail=written.append, settings="s", concurrency=concurrency)

    assert len(written) == 1000


def test_nothing_is_written_after_a_run_that_is_broken_off():
    begun, written = threading.Event(), []

    def write(line, _key):
        begun.set()
        time.sleep(0.2)
        written.append(line)

    def documents():
        yield from stream(2)
        begun.wait()
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(Fake(), documents(), write, fail=written.append, settings="s")
    at_the_end = len(written)
    time.sleep(0.3)

    assert at_the_end == len(written) == 1


def test_memory_stays_flat():
    tracemalloc.start()
    run(Fake(), stream(300, "x" * 100_000), lambda *_: None, fail=lambda _: None, settings="s")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert peak < 3_000_000  # of 30 million characters


def test_the_tally_counts_records_problems_and_numerals():
    result = Result(
        doc_id="d0",
        drafter="fake",
        forecasts=[Forecast(id="forecast-1", metric="demand", quantity=FIGURE)],
        problems=[Problem(rule="r", verdict="conflict", message="m")] * 2,
        coverage=Coverage(
            figures_read=4,
            figures_used=1,
            figures_dismissed=[Dismissed(text="1", start=0, end=1, reason="date")],
            figures_unexplained=["f2", "f3"],
        ),
    )

    _, _, tally = collect(Fake(lambda _: result), stream(2))

    assert tally.records == {"facilities": 0, "deals": 0, "forecasts": 2}
    assert tally.problems == {"conflict": 4}
    assert tally.figures == {"read": 8, "used": 2, "dismissed": 2, "unexplained": 4}


def test_progress_is_told_after_every_document():
    seen = []
    tally = Tally()

    collect(
        Fake(raising(ModelAnswerError("no"))),
        stream(3),
        tally=tally,
        progress=lambda _: seen.append((tally.documents, tally.failures)),
    )

    assert seen == [(1, 0), (1, 1), (2, 1)]


def test_what_sending_takes_is_loaded_before_the_first_document():
    seen = []

    class Loading(Fake):
        def get_ready(self):
            seen.append("ready")

    collect(Loading(lambda document: seen.append(document.doc_id)), stream(2))

    assert seen == ["ready", "d0", "d1"]


def test_an_error_while_loading_ends_the_run():
    class Broken(Fake):
        def get_ready(self):
            raise ModelSetupError("the key is missing")

    with pytest.raises(ModelSetupError, match="the key is missing"):
        collect(Broken(), stream(3))
