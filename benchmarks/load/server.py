"""A chat-completion server that answers every call after the same time, and counts.

    python -m load.server STORIES.json SECONDS

It prints its port. The address says how to answer and who is asking: /DIALECT/RUN/v1/chat/completions. GET
/stats gives, by run, the calls, the most that were in flight, when the first came and the last was answered
(on the system's monotonic clock), and the processor seconds that all calls together took here.

It does as little as it can for a call, since it shares the machine with what it measures.
"""

from __future__ import annotations

import asyncio
import json
import re
import sys
import time
from dataclasses import asdict, dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any

from load.variation import Variable, values

SERIAL = re.compile(rb"item PW(\d{6})")
"""How the text of a document says which one it is."""
_LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
_HEAD = b"HTTP/1.1 %d -\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
_END = b"\r\n\r\n"


@dataclass(slots=True)
class Count:
    """What has come of one run."""

    calls: int = 0
    flying: int = 0
    most: int = 0
    first: float = 0.0
    last: float = 0.0


class Answers:
    """The body that each document is answered with."""

    def __init__(self, stories: list[dict[str, Any]]) -> None:
        self._variables = [[Variable.of(number) for number in story["numbers"]] for story in stories]
        self._forms: list[dict[str, str]] = [story["answers"] for story in stories]

    def body(self, dialect: str, request: bytes) -> bytes:
        """The completion for a request, in the form that its kind of tool expects."""
        found = SERIAL.search(request)
        if found is None:
            raise LookupError("the request holds no document of this benchmark")
        serial = int(found[1])
        story = serial % len(self._forms)
        return (self._forms[story][dialect] % values(self._variables[story], serial)).encode()


class Connection(asyncio.Protocol):
    """Requests of one connection, one at a time, as HTTP clients send them."""

    def __init__(self, answers: Answers, counts: dict[str, Count], seconds: float) -> None:
        self._answers, self._counts, self._seconds = answers, counts, seconds
        self._later = asyncio.get_running_loop().call_later
        self._got = bytearray()
        self._whole = 0
        """Bytes of the request that is being received, once its head is there."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep what is written to."""
        self._transport: Any = transport

    def data_received(self, data: bytes) -> None:
        """Take in a piece of a request."""
        self._got += data
        if not self._whole:
            end = self._got.find(_END)
            if end < 0:
                return
            length = _LENGTH.search(self._got, 0, end)
            self._whole = end + len(_END) + (int(length[1]) if length else 0)
        if len(self._got) >= self._whole:
            request, self._got, self._whole = bytes(self._got), bytearray(), 0
            self._take(request)

    def _take(self, request: bytes) -> None:
        path = request[: request.find(b"\r")].split(b" ")[1].decode()
        if path == "/stats":
            told = {run: asdict(count) for run, count in self._counts.items()}
            return self._send(HTTPStatus.OK, json.dumps({"runs": told, "cpu": time.process_time()}).encode())
        try:
            _, dialect, run, _ = path.split("/", 3)
            body = self._answers.body(dialect, request)
        except (ValueError, LookupError) as error:
            return self._send(HTTPStatus.NOT_FOUND, json.dumps({"error": {"message": str(error)}}).encode())
        count = self._counts.setdefault(run, Count(first=time.monotonic()))
        count.calls += 1
        count.flying += 1
        count.most = max(count.most, count.flying)
        self._later(self._seconds, self._answer, count, body)
        return None

    def _answer(self, count: Count, body: bytes) -> None:
        count.flying -= 1
        count.last = time.monotonic()
        self._send(HTTPStatus.OK, body)

    def _send(self, status: int, body: bytes) -> None:
        if not self._transport.is_closing():
            self._transport.write(_HEAD % (status, len(body)) + body)


async def serve(answers: Answers, seconds: float) -> None:
    """Serve until the process is ended."""
    counts: dict[str, Count] = {}
    server = await asyncio.get_running_loop().create_server(
        lambda: Connection(answers, counts, seconds), "127.0.0.1", 0, backlog=1024
    )
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(Answers(json.loads(Path(sys.argv[1]).read_bytes())), float(sys.argv[2])))
