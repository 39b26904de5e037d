"""What ends a run: a setting that all documents would meet. What is finished stays, the same call goes on."""

import pytest
from faults.replies import Fault
from faults.server import FaultServer

from extractor.errors import ModelSetupError

pytestmark = pytest.mark.block_network(allowed_hosts=["127.0.0.1"])

SENTENCES = {
    "400": "refuses the request .*correct the model's settings",
    "401": "does not accept the API key",
    "403": 'does not let this API key use the model "m"',
    "404": 'knows no model "m" or not this address',
    "429-quota": "the quota is used up",
    "no-choices": "is no OpenAI-compatible server; correct base_url",
    "html": "is no OpenAI-compatible server; correct base_url",
}
IN_THE_MIDDLE = ["401", "403", "404", "429-quota"]


@pytest.mark.parametrize(("fault", "sentence"), SENTENCES.items(), ids=SENTENCES)
def test_from_the_start_nothing_is_written_and_few_documents_are_asked(job, fault, sentence):
    press = job(40)
    with FaultServer(otherwise=Fault(fault)) as server, pytest.raises(ModelSetupError, match=sentence):
        press.run(server, concurrency=4)

    assert press.accounted() == {}
    # each that was under way when the first was told
    assert len(server.calls) <= 8


@pytest.mark.parametrize("fault", IN_THE_MIDDLE)
def test_in_the_middle_what_is_finished_stays_and_the_same_call_does_the_rest(job, fault):
    press = job(40)
    told = pytest.raises(ModelSetupError, match=SENTENCES[fault])
    with FaultServer({"Plant 020": Fault(fault)}) as server, told:
        press.run(server, concurrency=4)
    finished = set(press.results)

    with FaultServer(port=server.port) as back:
        tally = press.run(back)

    assert press.documents[19] in finished
    assert press.accounted() == press.each_once()
    assert set(back.calls) == set(press.documents) - finished
    assert (tally.finished, tally.documents) == (len(finished), 40 - len(finished))


def test_what_was_answered_is_not_lost_behind_a_document_that_still_waits(job):
    press = job(40)
    faults = {"Plant 000": Fault("silent"), "Plant 020": Fault("401")}
    with FaultServer(faults) as server, pytest.raises(ModelSetupError):
        press.run(server, concurrency=12, timeout=1, deadline=1)

    # twelve at a time: the 21st was asked for when nine had been answered
    assert len(press.results) >= 9


def test_what_failed_in_an_earlier_run_stays_on_file_until_it_is_tried_again(job):
    press = job(4)
    with FaultServer({"Plant 003": Fault("refusal")}) as server:
        press.run(server)
    failures = press.failures
    press.inputs.write_text("".join(press.inputs.read_text().splitlines(keepends=True)[::-1]))

    with FaultServer(otherwise=Fault("401"), port=server.port) as closed, pytest.raises(ModelSetupError):
        press.run(closed)

    assert press.failures == failures
    assert press.accounted() == press.each_once()
