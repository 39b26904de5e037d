"""What a run waits for: the time that a server asks for, its limits, a server that is gone for a while."""

import threading
from itertools import pairwise

import pytest
from faults.limits import Bucket, Limits
from faults.replies import PROMPT, Fault
from faults.server import FaultServer, Outage

from extractor.draft.llm import gate
from extractor.errors import ModelSetupError

pytestmark = pytest.mark.block_network(allowed_hosts=["127.0.0.1"])

CONCURRENCY = 4
TOLD = "Plant 003"
GONE = r"the server at http://127\.0\.0\.1:\d+/v1 does not answer any more .*; start it again and go on"


def after(server, moment, seconds):
    """How many calls came within so many seconds after a moment."""
    return sum(moment < at < moment + seconds for at in server.arrivals())


class TestRetryAfter:
    @pytest.mark.parametrize(
        ("fault", "wait"), [("429-seconds", 0.6), ("429-ms", 0.6), ("429-date", 1)], ids=str
    )
    def test_no_call_is_begun_until_then_for_any_document(self, job, fault, wait):
        press = job(30)
        with FaultServer({TOLD: Fault(fault, times=1, wait=wait)}) as server:
            press.run(server, concurrency=CONCURRENCY)

        asked_to_wait, again = server.calls[TOLD]
        assert again.at - asked_to_wait.replied >= wait
        # those that were under way could not know
        assert after(server, asked_to_wait.replied, wait) < CONCURRENCY
        assert set(press.results) == set(press.documents)

    def test_without_it_the_waits_are_short_and_the_document_succeeds(self, job):
        press = job(6)
        with FaultServer({TOLD: Fault("429", times=7)}) as server:
            press.run(server)

        assert server.answers(TOLD) == ["429"] * 7 + ["good"]
        assert press.accounted() == press.each_once()

    @pytest.mark.parametrize("fault", ["429-seconds", "429-ms", "429-date"])
    def test_one_longer_than_the_deadline_costs_only_the_document_that_was_told(self, job, fault):
        press = job(30)
        with FaultServer({TOLD: Fault(fault, wait=3600)}) as server:
            press.run(server)

        assert set(press.failures) == {TOLD}
        assert len(server.calls[TOLD]) == 1
        assert press.accounted() == press.each_once()

    def test_with_a_503_it_is_kept_by_the_document_that_was_told(self, job):
        press = job(6)
        with FaultServer({TOLD: Fault("503-seconds", times=1, wait=0.5)}) as server:
            press.run(server)

        told, again = server.calls[TOLD]
        assert again.at - told.replied >= 0.5
        assert press.accounted() == press.each_once()


class TestTurns:
    def test_the_wait_for_ones_turn_is_no_time_at_the_model(self, job):
        press = job(12)
        with FaultServer({"Plant 011": Fault("malformed", times=1)}) as server:
            press.run(server, rpm=300, deadline=0.5)

        assert server.answers("Plant 011") == ["malformed", "good"]
        assert press.accounted() == press.each_once()
        # five a second: the first five at once
        assert server.arrivals()[-1] - server.arrivals()[0] >= 1


class TestLimits:
    """The server lets 1,200 requests a minute through, 20 a second, and has few left at first."""

    @pytest.mark.parametrize("scarce", ["requests", "tokens"])
    def test_they_are_kept_without_losing_a_document(self, job, scarce):
        press = job(30)
        each = {"requests": 1, "tokens": PROMPT}[scarce]
        plenty, few = Bucket(1e9, 1e9), Bucket(1200 * each, 4 * each)
        with FaultServer(limits=Limits({"requests": plenty, "tokens": plenty} | {scarce: few})) as server:
            press.run(server)

        assert set(press.results) == set(press.documents)
        assert max(len(calls) for calls in server.calls.values()) <= 8


class TestOutage:
    def test_a_server_that_answers_503_to_all_for_a_while_costs_few_documents(self, job):
        press = job(40)
        with FaultServer(outage=Outage(after=5, seconds=1)) as server:
            press.run(server, patience=5)

        assert press.accounted() == press.each_once()
        assert len(press.failures) <= 8
        assert max(len(calls) for calls in server.calls.values()) <= 5

    def test_a_server_that_restarts_costs_none(self, job):
        press = job(40)
        with FaultServer(outage=Outage(after=5, seconds=0.7, closed=True), latency=0.02) as server:
            press.run(server, patience=10)

        assert press.failures == {}
        assert press.accounted() == press.each_once()
        gap = max(later - earlier for earlier, later in pairwise(server.arrivals()))
        assert gap >= 0.5

    def test_a_server_that_stays_away_ends_the_run_and_the_same_call_goes_on(self, job):
        press = job(40)
        for_good = Outage(after=5, seconds=float("inf"), closed=True)
        with FaultServer(outage=for_good) as server, pytest.raises(ModelSetupError, match=GONE):
            press.run(server, patience=0.5)
        finished = set(press.results)
        assert 0 < len(finished) < 40

        with FaultServer(port=server.port) as back:
            tally = press.run(back)

        assert press.accounted() == press.each_once()
        assert set(back.calls) == set(press.documents) - finished
        assert tally.finished == len(finished)

    @pytest.mark.parametrize("fault", ["502", "503", "504"])
    def test_one_document_that_the_server_cannot_take_is_none(self, job, fault):
        press = job(4)
        with FaultServer({"Plant 001": Fault(fault)}, latency=0.1) as server:
            press.run(server, concurrency=1, patience=0.2)

        assert set(press.failures) == {"Plant 001"}
        assert press.accounted() == press.each_once()

    def test_one_that_is_there_and_still_loads_its_model_is_waited_for(self, job, monkeypatch):
        monkeypatch.setattr(gate, "_AT_START", 0.1)
        press = job(20)
        with FaultServer(outage=Outage(after=0, seconds=0.6)) as server:
            press.run(server, patience=5)

        assert press.accounted() == press.each_once()
        assert len(press.failures) <= 8

    def test_one_that_was_never_there_is_a_wrong_address(self, job):
        press = job(4)
        with FaultServer() as server:
            pass

        with pytest.raises(ModelSetupError, match=r"no server answers at .*start it or correct base_url"):
            press.run(server, patience=0.2)

        assert press.accounted() == {}

    def test_one_that_is_started_a_moment_later_is_waited_for(self, job):
        press = job(4)
        with FaultServer() as server:
            pass
        late = FaultServer(port=server.port)
        timer = threading.Timer(0.4, late.__enter__)
        timer.start()

        press.run(server, patience=5)

        late.__exit__()
        assert set(press.results) == set(press.documents)
