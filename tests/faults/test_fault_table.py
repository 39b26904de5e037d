"""Every fault that a model's server has, and what a run makes of it.

Of six documents one meets the fault on its first two tries, one on every try, and the others never.
"""

from dataclasses import dataclass

import pytest
from faults.replies import FAULTS, Fault
from faults.server import FaultServer

pytestmark = pytest.mark.block_network(allowed_hosts=["127.0.0.1"])

SOMETIMES, ALWAYS = "Plant 003", "Plant 005"
CONCURRENCY = 2
"""So that good answers have come before."""
TIMES = 2
TRIES, TRIES_WHEN_BUSY, ANSWERS, ONE = 5, 8, 3, 1


@dataclass(frozen=True)
class Expected:
    """What becomes of the two documents."""

    calls: int
    """The most calls for the one that always meets the fault."""
    told: str
    """What is told of it: by its failure, or by a problem of its result."""
    saved: bool = False
    """It has a result: something of the answers can be used."""
    whole: bool = False
    """It has a result without a problem: the answer can be read."""
    recovers: bool = True
    """The document that meets the fault on two tries has a result in the end."""


def busy(told="still asks to wait"):
    return Expected(TRIES_WHEN_BUSY, told)


TABLE = {
    # asked to wait: as often as eight times
    "429-seconds": busy(),
    "429-date": busy(),
    "429-ms": busy(),
    "429": busy(),
    # the server is in trouble, or the connection: five tries
    "500": Expected(TRIES, "still fails with 500"),
    "502": Expected(TRIES, "still fails with 502"),
    "503": Expected(TRIES, "still fails with 503"),
    "503-seconds": Expected(TRIES, "still fails with 503"),
    "504": Expected(TRIES, "still fails with 504"),
    "reset": Expected(TRIES, "connection"),
    "reset-mid-body": Expected(TRIES, "connection"),
    "closed-mid-body": Expected(TRIES, "connection"),
    "no-http": Expected(TRIES, "connection"),
    "silent": Expected(TRIES, "was silent for 0.3 s"),
    "stops": Expected(TRIES, "was silent for 0.3 s"),
    "no-choices": Expected(TRIES, "no chat completion"),
    "endless": Expected(TRIES, "no chat completion"),
    "html": Expected(TRIES, "no chat completion"),
    # never silent for long and never done: it takes all the time that a document has
    "trickles": Expected(TRIES, "within 2 s", recovers=False),
    # an answer that is no draft: told to the model, twice
    "truncated": Expected(ANSWERS, "breaks off", saved=True),
    "malformed": Expected(ANSWERS, "not JSON"),
    "violating": Expected(ANSWERS, "segment", saved=True),
    "not-a-draft": Expected(ANSWERS, "no draft"),
    "empty": Expected(ANSWERS, "empty"),
    "null": Expected(ANSWERS, "empty"),
    # a draft in other clothes
    "fenced": Expected(ANSWERS, "", whole=True),
    "prose": Expected(ANSWERS, "", whole=True),
    "prose-after": Expected(ANSWERS, "", whole=True),
    # a draft with something odd about it
    "odd-usage": Expected(ONE, "", whole=True),
    "odd-tokens": Expected(ONE, "", whole=True),
    # an answer that asking again would not change
    "cut-off": Expected(ONE, "cut off at the token limit", saved=True),
    "cut-off-empty": Expected(ONE, "cut off at the token limit", recovers=False),
    "filtered": Expected(ONE, "content filter", recovers=False),
    "refusal": Expected(ONE, "refused to answer: I cannot help", recovers=False),
    "too-long": Expected(ONE, "too long for the model", recovers=False),
    "400-filtered": Expected(ONE, "content policy", recovers=False),
}
ENDS_THE_RUN = {"400", "401", "403", "404", "429-quota"}


class Ran:
    """A run in which two documents meet a fault, and what is there after it."""

    def __init__(self, fault, job):
        self.fault, self.job = fault, job
        with FaultServer({SOMETIMES: Fault(fault, TIMES), ALWAYS: Fault(fault)}) as self.server:
            self.tally = job.run(self.server, concurrency=CONCURRENCY, cache=job.answers)
        self.results, self.failures, self.accounted = job.results, job.failures, job.accounted()


@pytest.fixture(scope="module", params=TABLE)
def ran(request, tmp_path_factory, job_in):
    return Ran(request.param, job_in(tmp_path_factory.mktemp(request.param), 6))


def test_every_fault_is_in_the_table():
    assert set(FAULTS) == set(TABLE) | ENDS_THE_RUN


def test_each_document_is_once_in_the_results_or_the_failures(ran):
    assert ran.accounted == ran.job.each_once()
    assert (ran.tally.documents, ran.tally.failures) == (len(ran.results), len(ran.failures))


def test_the_others_are_asked_once_and_have_whole_results(ran):
    for each in set(ran.job.documents) - {SOMETIMES, ALWAYS}:
        assert ran.server.answers(each) == ["good"]
        assert ran.results[each]["facilities"][0]["name"] == each


def test_one_that_meets_it_twice_recovers_where_asking_again_helps(ran):
    asked = ran.server.answers(SOMETIMES)

    if TABLE[ran.fault].recovers:
        assert asked in ([ran.fault, ran.fault, "good"], [ran.fault])
        assert ran.results[SOMETIMES]["facilities"][0]["name"] == SOMETIMES
    else:
        assert asked == [ran.fault]
        assert SOMETIMES in ran.failures


def test_one_that_always_meets_it_is_asked_so_often_and_told(ran):
    expected = TABLE[ran.fault]

    assert len(ran.server.calls[ALWAYS]) <= expected.calls
    if expected.saved or expected.whole:
        result = ran.results[ALWAYS]
        assert result["facilities"][0]["name"] == ALWAYS
        told = [problem["message"] for problem in result["problems"] if problem["rule"] == "draft"]
    else:
        told = [ran.failures[ALWAYS]["error"]]
    assert [expected.told in each for each in told] == [True] * (not expected.whole)


def test_what_failed_succeeds_with_the_next_run_when_the_server_is_well(ran):
    with FaultServer(port=ran.server.port) as healed:
        tally = ran.job.run(healed, cache=ran.job.answers)

    assert ran.job.accounted() == ran.job.each_once()
    assert (tally.finished, tally.failures) == (len(ran.results), 0)
    assert set(healed.calls) == set(ran.failures)
