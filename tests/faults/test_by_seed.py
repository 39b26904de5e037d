"""Faults of all sorts at once, for a third of the documents: nothing lost, nothing twice, nothing paid twice.

Without those that end a run where no good answer has come before.
"""

import pytest
from faults.replies import Fault
from faults.server import BySeed, FaultServer

pytestmark = pytest.mark.block_network(allowed_hosts=["127.0.0.1"])

PASSING = (
    "429-seconds", "429-date", "429-ms", "429", "500", "502", "503", "504",
    "reset", "reset-mid-body", "closed-mid-body", "silent", "stops", "truncated", "malformed", "violating",
    "not-a-draft", "fenced", "prose", "empty", "null", "cut-off",
)  # fmt: skip
LASTING = ("refusal", "too-long", "filtered", "not-a-draft", "500")
FAULTS = (*(Fault(name, times=1) for name in PASSING), *(Fault(name) for name in LASTING))


@pytest.mark.parametrize("seed", range(3))
def test_each_document_is_accounted_for_and_asked_no_more_than_needed(job, seed):
    press = job(80)
    plan = BySeed(FAULTS, share=0.33, seed=seed)
    with FaultServer(plan) as server:
        tally = press.run(server, deadline=20)

    assert press.accounted() == press.each_once()
    assert (tally.documents, tally.failures) == (len(press.results), len(press.failures))
    for each in press.documents:
        fault = plan.get(each)
        if fault is None:
            assert server.answers(each) == ["good"]
        elif fault.times:
            assert each in press.results
            assert len(server.calls[each]) <= 2
        else:
            assert each in press.failures
            assert len(server.calls[each]) <= 5


def test_a_second_run_asks_only_for_what_failed(job):
    press = job(40)
    with FaultServer(BySeed(FAULTS, share=0.33, seed=4)) as server:
        press.run(server, deadline=20)
    failed = set(press.failures)
    assert failed

    with FaultServer(port=server.port) as healed:
        tally = press.run(healed)

    assert healed.asked() == dict.fromkeys(failed, 1)
    assert (tally.finished, tally.documents, tally.failures) == (40 - len(failed), len(failed), 0)
    assert press.failures == {}
