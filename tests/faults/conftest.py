"""A folder with documents in it, and the run over them that each test puts a server behind."""

import json
from collections import Counter

import pytest

from extractor import Extractor, LLMDrafter, extract_jsonl

REASKS = 2
CONCURRENCY = 8
TIMEOUT = 0.3
DEADLINE = 2
WIRE = {"timeout": TIMEOUT, "deadline": DEADLINE, "backoff": 0.01, "patience": 1, "cache": False}


def name(number):
    return f"Plant {number:03}"


def text(document):
    return f"{document} in Debrecen costs 420 million euros and will make 8 GWh of cells a year."


class Job:
    """A file of documents, and what the runs over it have left."""

    def __init__(self, folder, documents):
        self.documents = [name(number) for number in range(documents)]
        self.inputs, self.out = folder / "in.jsonl", folder / "out.jsonl"
        self.answers = folder / "answers"
        self._failed = folder / "out.failures.jsonl"
        records = [json.dumps({"id": each, "text": text(each)}) for each in self.documents]
        self.inputs.write_text("\n".join(records) + "\n")

    def run(self, server, *, concurrency=CONCURRENCY, processes=1, **settings):
        """The same call for every test, with small waits; gives the tally.

        Answers are not kept where a test does not say so: what is asked twice is to be seen at the server.
        """
        settings = WIRE | settings
        drafter = LLMDrafter("m", base_url=server.url, reasks=REASKS, **settings)
        return extract_jsonl(
            [self.inputs],
            self.out,
            extractor=Extractor(drafter),
            concurrency=concurrency,
            processes=processes,
        )

    @property
    def results(self):
        """Results by document."""
        return {each["doc_id"]: each for each in _lines(self.out)}

    @property
    def failures(self):
        """Failures by document; by file and line where it got no further."""
        return {each["doc_id"] or each["where"]: each for each in _lines(self._failed)}

    def accounted(self):
        """How often each document stands in the results and the failures together."""
        told = [*_lines(self.out), *_lines(self._failed)]
        return Counter(each["doc_id"] or each["where"] for each in told)

    def each_once(self):
        """What `accounted` should be."""
        return dict.fromkeys(self.documents, 1)


def _lines(path):
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


@pytest.fixture(scope="session")
def job_in():
    """Makes a job of so many documents in a folder."""
    return Job


@pytest.fixture
def job(tmp_path):
    """Makes a job of so many documents."""
    return lambda documents: Job(tmp_path, documents)


@pytest.fixture(autouse=True)
def no_settings_from_outside(monkeypatch):
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    monkeypatch.delenv("OPENAI_BASE_URL", raising=False)
