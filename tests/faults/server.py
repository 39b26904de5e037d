"""A chat completion server on this machine that goes wrong in every way that a real one does, as planned.

    python -m tests.faults.server --port 8123 --fault 429-seconds=2 --fault reset --share 0.2 --seed 7

A fifth of the documents meets one of these faults, some on their first two tries, some always; which, depends
on the document and the seed alone. GET /calls tells what each call for each document was answered.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import json
import math
import random
import re
import socket
import struct
import threading
import time
from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import TYPE_CHECKING, Self

from .limits import Bucket, Limits
from .replies import FAULTS, PROMPT, Fault, Reply, Sent, error, good_draft, says

if TYPE_CHECKING:
    from collections.abc import Mapping

_DOCUMENT = re.compile(r"Plant \d+")
_RESET = struct.pack("ii", 1, 0)  # SO_LINGER for no time: closing sends RST
_POST, _CALLS = "POST /v1/chat/completions ", "GET /calls "


@dataclass(slots=True)
class Call:
    """One request for a document."""

    at: float
    """When it came, by `time.monotonic`."""
    answered: str = "hung up"
    """A fault's name, "good", "limit" or "outage"; "hung up" where the client left before a reply."""
    replied: float = math.inf
    """When the reply began."""


@dataclass(frozen=True, slots=True)
class Outage:
    """After so many good replies, all documents meet this for some seconds."""

    after: int
    seconds: float
    closed: bool = False
    """The port is closed and every connection is reset, as when a server restarts; else 503 for everyone."""


@dataclass(frozen=True, slots=True)
class BySeed:
    """Faults for a share of the documents, whichever they are."""

    faults: tuple[Fault, ...]
    share: float
    seed: int

    def get(self, document: str) -> Fault | None:
        """The fault of a document."""
        chance = random.Random(f"{self.seed} {document}")  # noqa: S311  to be the same every time
        return chance.choice(self.faults) if chance.random() < self.share else None


class FaultServer:
    """Gives good drafts but for what is planned; runs in a thread while entered.

    `faults` names the documents that meet one, as their texts do ("Plant 017"), `otherwise` is the fault of
    all others. `latency` is the time to a good reply, `trickle` the time between two bytes of one that
    trickles, in seconds.
    """

    def __init__(  # noqa: PLR0913  each is a setting of its own
        self,
        faults: Mapping[str, Fault] | BySeed | None = None,
        *,
        otherwise: Fault | None = None,
        outage: Outage | None = None,
        limits: Limits | None = None,
        port: int = 0,
        latency: float = 0.0,
        trickle: float = 0.05,
    ) -> None:
        self.port = port
        self.calls: defaultdict[str, list[Call]] = defaultdict(list)
        self._faults, self._otherwise = faults or {}, otherwise
        self._outage, self._limits = outage, limits or Limits({})
        self._latency, self._trickle = latency, trickle
        self._good = 0
        self._out_until = 0.0
        self._writers: set[asyncio.StreamWriter] = set()
        self._ready = threading.Event()

    @property
    def url(self) -> str:
        """What a client takes as base_url."""
        return f"http://127.0.0.1:{self.port}/v1"

    def answers(self, document: str) -> list[str]:
        """What each call for a document was answered."""
        return [call.answered for call in self.calls[document]]

    def asked(self) -> dict[str, int]:
        """How often each document was asked for."""
        return {document: len(calls) for document, calls in list(self.calls.items())}

    def arrivals(self) -> list[float]:
        """When each call came."""
        return sorted(call.at for calls in self.calls.values() for call in calls)

    def __enter__(self) -> Self:
        self._thread = threading.Thread(target=lambda: asyncio.run(self.serve()), daemon=True)
        self._thread.start()
        self._ready.wait()
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join()

    async def serve(self) -> None:
        """Serve until stopped."""
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        await self._open()
        self._begin_outage()
        self._ready.set()
        await self._stop.wait()
        self._close()

    async def _open(self) -> None:
        self._listener = await asyncio.start_server(self._connected, "127.0.0.1", self.port, backlog=1024)
        self.port = self._listener.sockets[0].getsockname()[1]

    def _close(self) -> None:
        """Close the port and cut every connection."""
        self._listener.close()
        for writer in list(self._writers):
            _reset(writer)

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writers.add(writer)
        try:
            with suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
                while await self._exchange(reader, writer):
                    pass
        finally:
            self._writers.discard(writer)
            writer.close()

    async def _exchange(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """Take a request and reply to it; whether the connection goes on."""
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        length = re.search(r"(?im)^content-length: *(\d+)", head)
        body = await reader.readexactly(int(length[1]) if length else 0)
        if head.startswith(_CALLS):
            return await self._send(
                Reply(json.dumps({each: self.answers(each) for each in list(self.calls)})), reader, writer
            )
        if not head.startswith(_POST):
            return await self._send(error(HTTPStatus.NOT_FOUND, "No such address"), reader, writer)
        text = _question(json.loads(body))
        call = Call(time.monotonic())
        calls = self.calls[_name(text)]
        calls.append(call)
        answered, reply = self._planned(_name(text), len(calls), text)
        await asyncio.sleep(self._latency)
        call.answered, call.replied = answered, time.monotonic()
        goes_on = await self._send(reply, reader, writer)
        if answered == "good":
            self._good += 1
            self._begin_outage()
        return goes_on

    def _planned(self, document: str, attempt: int, text: str) -> tuple[str, Reply]:
        """The reply to one try of a document, and what to call it."""
        if time.monotonic() < self._out_until:
            return "outage", error(HTTPStatus.SERVICE_UNAVAILABLE, "The server is starting")
        wait = self._limits.take({"requests": 1, "tokens": PROMPT})
        headers = self._limits.headers()
        if wait:
            told = {**headers, "retry-after-ms": f"{math.ceil(wait * 1000)}"}
            return "limit", replace(error(429, "Rate limit reached", "rate_limit_exceeded"), headers=told)
        fault = self._faults.get(document) or self._otherwise
        if fault and (fault.times is None or attempt <= fault.times):
            return fault.name, fault.reply(good_draft(text))
        return "good", replace(says(good_draft(text)), headers=headers)

    def _begin_outage(self) -> None:
        if not self._outage or self._good != self._outage.after:
            return
        if not self._outage.closed:
            self._out_until = time.monotonic() + self._outage.seconds
            return
        self._close()
        if self._outage.seconds < math.inf:
            self._loop.call_later(self._outage.seconds, lambda: asyncio.ensure_future(self._open()))

    async def _send(self, reply: Reply, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        body = reply.body.encode()
        headers = {"content-type": reply.content_type, "content-length": len(body), **reply.headers}
        lines = [f"HTTP/1.1 {reply.status} {HTTPStatus(reply.status).phrase}"]
        head = "\r\n".join([*lines, *(f"{k}: {v}" for k, v in headers.items()), "", ""]).encode()
        half = head + body[: len(body) // 2]
        match reply.sent:
            case Sent.WHOLE:
                writer.write(head + body)
                await writer.drain()
                return True
            case Sent.NOTHING_THEN_RESET:
                _reset(writer)
            case Sent.HALF_THEN_RESET:
                writer.write(half)
                await writer.drain()
                await asyncio.sleep(0.02)  # what has not been read when a reset comes is lost to the client
                _reset(writer)
            case Sent.HALF_THEN_CLOSED:
                writer.write(half)
                await writer.drain()
            case Sent.NOTHING_THEN_SILENCE:
                await reader.read()  # until the client hangs up
            case Sent.HALF_THEN_SILENCE:
                writer.write(half)
                await reader.read()
            case Sent.NO_HTTP:
                writer.write(b"220 mail.example ESMTP\r\n")
                await writer.drain()
            case Sent.TRICKLED:
                writer.write(head)
                for byte in body:
                    writer.write(bytes([byte]))
                    await writer.drain()
                    await asyncio.sleep(self._trickle)
        return False


def _reset(writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
    writer.transport.abort()


def _question(request: dict) -> str:
    """The first thing that the user says: the marked text; later messages are about an answer to it."""
    said = next(message["content"] for message in request["messages"] if message["role"] == "user")
    return said if isinstance(said, str) else "".join(part.get("text", "") for part in said)


def _name(text: str) -> str:
    """What its document is called: the plant that it names, or else a short hash."""
    named = _DOCUMENT.search(text)
    return named[0] if named else hashlib.sha256(text.encode()).hexdigest()[:12]


def _fault(told: str) -> Fault:
    """NAME, or NAME=TIMES."""
    name, _, times = told.partition("=")
    if name not in FAULTS:
        raise argparse.ArgumentTypeError(f'there is no fault "{name}"; there are {", ".join(FAULTS)}')
    return Fault(name, int(times) if times else None, wait=1)


def main() -> None:
    """Serve until Ctrl-C."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--latency", type=float, default=0.0, metavar="SECONDS")
    parser.add_argument("--fault", type=_fault, action="append", default=[], metavar="NAME[=TIMES]")
    parser.add_argument("--share", type=float, default=0.1, help="of the documents meets a fault")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--rpm", type=float, help="requests a minute")
    parser.add_argument("--tpm", type=float, help="tokens a minute")
    parser.add_argument("--outage-after", type=int, metavar="N", help="good replies")
    parser.add_argument("--outage-seconds", type=float, default=5)
    parser.add_argument("--outage-closed", action="store_true", help="close the port instead of 503")
    told = parser.parse_args()
    limits = {"requests": told.rpm, "tokens": told.tpm}
    server = FaultServer(
        BySeed(tuple(told.fault), told.share, told.seed) if told.fault else None,
        outage=Outage(told.outage_after, told.outage_seconds, told.outage_closed)
        if told.outage_after
        else None,
        limits=Limits({name: Bucket(limit, limit) for name, limit in limits.items() if limit}),
        port=told.port,
        latency=told.latency,
    )
    with server, suppress(KeyboardInterrupt):
        print(server.url, flush=True)  # noqa: T201  what one needs to know
        threading.Event().wait()


if __name__ == "__main__":
    main()
