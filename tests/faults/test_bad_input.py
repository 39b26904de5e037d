"""Lines that cannot be read, in the middle of a long file with a model behind it, cost only themselves."""

import pytest
from faults.server import FaultServer

pytestmark = pytest.mark.block_network(allowed_hosts=["127.0.0.1"])

SOUND = b'{"id": "Plant 900", "text": "Plant 900 costs 5 million euros."}'
BAD = {
    "not JSON": (b"Plant 900", "is not JSON"),
    "cut off": (SOUND[:-5], "is not JSON"),
    "a list": (b"[" + SOUND + b"]", "is a list, not a JSON object"),
    "text of the wrong type": (b'{"id": "x", "text": ["Plant 900"]}', '"text" is a list, not a string'),
    "id of the wrong type": (b'{"id": {}, "text": "Plant 900"}', '"id" is an object, not a string'),
    "10 MB": (b'{"id": "x", "text": "' + b"Plant 900 " * 1_000_000 + b'"}', "has more than 2,000,000"),
    "NUL": (b'{"id": "x", "text": "Plant \\u0000900"}', "has a NUL character"),
    "NUL bytes": (b"\0" * 100, "has a NUL byte at offset 0"),
    "broken UTF-8": (b'{"id": "x", "text": "Plant 900 \xff"}', "is not UTF-8"),
    "taken id": (b'{"id": "Plant 000", "text": "Plant 900"}', 'the id "Plant 000" is taken by'),
}
AT = 21
"""Line of the first bad one; two sound ones follow each."""


@pytest.fixture
def press(job):
    press = job(60)
    lines = press.inputs.read_bytes().splitlines()
    for index, (line, _) in enumerate(BAD.values()):
        lines.insert(AT - 1 + 3 * index, line)
    press.inputs.write_bytes(b"\n".join(lines) + b"\n")
    return press


def test_each_is_told_with_its_line_and_all_others_have_results(press):
    with FaultServer() as server:
        tally = press.run(server)

    assert server.asked() == press.each_once()
    assert set(press.results) == set(press.documents)
    assert (tally.documents, tally.failures) == (60, len(BAD))
    assert len(press.failures) == len(BAD)
    for index, (_, sentence) in enumerate(BAD.values()):
        assert sentence in press.failures[f"{press.inputs}:{AT + 3 * index}"]["error"]


def test_when_they_are_mended_only_they_are_asked_for(press):
    with FaultServer() as server:
        press.run(server)
        lines = press.inputs.read_bytes().splitlines()
        for index in range(len(BAD)):
            lines[AT - 1 + 3 * index] = SOUND.replace(b"900", b"9%02d" % index)
        press.inputs.write_bytes(b"\n".join(lines) + b"\n")
    with FaultServer(port=server.port) as later:
        tally = press.run(later)

    assert set(later.calls) == {f"Plant 9{index:02}" for index in range(len(BAD))}
    assert (tally.finished, tally.documents, tally.failures) == (60, len(BAD), 0)
    assert press.failures == {}
