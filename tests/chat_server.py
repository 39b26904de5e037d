"""A chat completion server on this machine that gives scripted replies."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

ANSWER = {
    "id": "1",
    "object": "chat.completion",
    "choices": [{"index": 0, "message": {"role": "assistant", "content": "{}"}, "finish_reason": "stop"}],
    "usage": {
        "prompt_tokens": 90,
        "completion_tokens": 7,
        "prompt_tokens_details": {"cached_tokens": 60},
    },
}


def answer(content, **more):
    """The body of a completion that says `content`."""
    choice = {"index": 0, "message": {"role": "assistant", "content": content}, "finish_reason": "stop"}
    return {**ANSWER, "choices": [{**choice, **more}]}


class Server:
    """Gives the scripted replies in turn, the last one again and again: (status, headers, body).

    A reply may also be a function that makes one of the request's body.

    `requests` are the bodies that it got, `asked_at` when; `pause` is the wait after each byte of a reply, in
    seconds.
    """

    def __init__(self, port=0):
        self.replies = [(200, {}, ANSWER)]
        self.requests = []
        self.asked_at = []
        self.pause = 0.0
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                server.requests.append(json.loads(self.rfile.read(int(self.headers["content-length"]))))
                server.asked_at.append(time.monotonic())
                reply = server.replies[min(len(server.asked_at), len(server.replies)) - 1]
                status, headers, body = reply(server.requests[-1]) if callable(reply) else reply
                content = body.encode() if isinstance(body, str) else json.dumps(body).encode()
                self.send_response(status)
                for name, value in {**headers, "content-length": len(content)}.items():
                    self.send_header(name, value)
                self.end_headers()
                try:
                    for byte in content:
                        self.wfile.write(bytes([byte]))
                        time.sleep(server.pause)
                except OSError:
                    pass  # the client has given up, as some tests want it to

            def log_message(self, *_):
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self.http.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.http.server_port}/v1"

    def __enter__(self):
        self.thread = threading.Thread(target=self.http.serve_forever, kwargs={"poll_interval": 0.01})
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.stop()

    def stop(self):
        """Go away, with the connections that are open."""
        if self.thread:
            self.http.shutdown()
            self.http.server_close()
            self.thread.join()
            self.thread = None
