"""Meter: a server between a system and its model, so that tokens and seconds are counted alike for all.

It forwards one request at a time and keeps what each call took. Seconds are those of the server where it
tells them, as llama.cpp's does, so that a wait for other users of the server is not counted.
"""

from __future__ import annotations

import http.client
import json
import os
import threading
import time
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

_PATIENCE = 3_600  # seconds for one answer: small machines are slow


class Meter:
    """Forwards to a server and notes every call.

    `with Meter(base_url) as meter` serves at `meter.url`, in the place of `base_url`.
    """

    def __init__(self, base_url: str) -> None:
        parts = urlsplit(base_url)
        self._connect = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        self._host, self._path = parts.netloc, parts.path.rstrip("/")
        self._calls: list[dict[str, Any]] = []
        self._one_at_a_time = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self.unreachable: str | None = None
        """Why the server behind did not answer at all, where it did not."""

    def __enter__(self) -> Self:
        """Start to serve."""
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop to serve."""
        self._server.shutdown()
        self._server.server_close()

    def taken(self) -> list[dict[str, Any]]:
        """The calls since this was last asked for."""
        taken, self._calls = self._calls, []
        return taken

    def forward(self, method: str, path: str, body: bytes) -> tuple[int, bytes]:
        """Carry one request to the server: status and body of its answer."""
        headers = {"Content-Type": "application/json"}
        if key := os.environ.get("OPENAI_API_KEY"):
            headers["Authorization"] = f"Bearer {key}"
        with self._one_at_a_time:
            started = time.monotonic()
            connection = self._connect(self._host, timeout=_PATIENCE)
            try:
                connection.request(method, self._path + path, body or None, headers)
                response = connection.getresponse()
                status, told = response.status, response.read()
            except OSError as error:
                self.unreachable = f"{self._host}: {error}"
                return HTTPStatus.BAD_GATEWAY, json.dumps({"error": {"message": str(error)}}).encode()
            finally:
                connection.close()
            if path.endswith("/chat/completions"):
                self._calls.append(_call(status, told, time.monotonic() - started))
        return status, told

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        meter = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                self._carry("GET")

            def do_POST(self) -> None:
                self._carry("POST")

            def _carry(self, method: str) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                status, told = meter.forward(method, self.path, body)
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(told)))
                self.end_headers()
                self.wfile.write(told)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        return Handler


def _call(status: int, told: bytes, wall: float) -> dict[str, Any]:
    """What an answer says about itself."""
    try:
        answer = json.loads(told)
    except ValueError:
        answer = {}
    usage, timings = answer.get("usage") or {}, answer.get("timings") or {}
    choice = (answer.get("choices") or [{}])[0]
    is_timed = "prompt_ms" in timings and "predicted_ms" in timings
    seconds = (timings["prompt_ms"] + timings["predicted_ms"]) / 1000 if is_timed else wall
    return {
        "status": int(status),
        "prompt_tokens": usage.get("prompt_tokens", 0),
        "answer_tokens": usage.get("completion_tokens", 0),
        "seconds": round(seconds, 3),
        "wall": round(wall, 3),
        "finish": choice.get("finish_reason"),
        "content": (choice.get("message") or {}).get("content"),
    }
