"""An extractor in one process of a cluster."""

import asyncio

from extractor.batch.desk import Finished
from extractor.batch.tally import Failure
from extractor.document import Document
from extractor.draft.asking import Reply, Request
from extractor.errors import InputError
from extractor.scale.worker import Worker
from schemas import Result


class Asking:
    """Asks a model two questions about each document, and knows how many were open at once."""

    asks = True

    def __init__(self):
        self.open = self.most = 0

    def steps(self, document):
        for _ in range(2):
            yield Request(b"{}", 1.0)
        return Result(doc_id=document.doc_id, drafter="fake")

    async def send(self, _request):
        self.open += 1
        self.most = max(self.most, self.open)
        await asyncio.sleep(0.01)
        self.open -= 1
        return Reply({})


def worker(extractor, concurrency=3):
    return Worker(extractor, settings="s", text=True, concurrency=concurrency)


def test_outcomes_are_in_the_order_of_the_documents():
    documents = [Document("Lumora.", f"d{number}") for number in range(8)]

    outcomes = worker(Asking()).outcomes([*documents, InputError("a.jsonl:2", "is not JSON")])

    assert all(isinstance(outcome, Finished) for outcome in outcomes[:-1])
    assert [f'"doc_id":"d{n}"' in outcome.line for n, outcome in enumerate(outcomes[:-1])] == [True] * 8
    assert outcomes[-1] == Failure("a.jsonl:2", "is not JSON")


def test_so_many_documents_are_at_the_model_at_a_time():
    extractor = Asking()

    worker(extractor, concurrency=3).outcomes(Document("Lumora.", f"d{number}") for number in range(20))

    assert extractor.most == 3
