"""A server with a Batch API on this machine: batches end when a test says so, and how."""

import json
import re
from email.parser import BytesParser
from http.server import BaseHTTPRequestHandler
from itertools import count
from urllib.parse import parse_qs, urlsplit

from chat_server import Server, answer

UNDER_WAY = ("validating", "in_progress")
KINDS = ["plain", "faulty", "stubborn", "too long", "refused", "cut off", "gibberish"]
"""What there is to try: words of a text that tell how the model takes it."""


def say(body):
    """What the model says: an investment, wrong at first for a faulty text; and troubles for the others."""
    text, told = body["messages"][1]["content"], len(body["messages"]) > 2
    if "too long" in text:
        return 400, {"error": {"message": "maximum context length is 10 tokens", "code": "context"}}
    if "refused" in text:
        said = {"role": "assistant", "content": None, "refusal": "I would rather not."}
        return 200, answer(None, message=said)
    if "cut off" in text:
        return 200, answer('{"facilities": [{"investment": "f1"}], "deals": [', finish_reason="length")
    if "gibberish" in text:
        return 200, answer("I am sorry.")
    wrong = ("faulty" in text and not told) or "stubborn" in text
    money = re.search(r"\[(f\d+): \d+ million euros\]", text)[1]
    return 200, answer(json.dumps({"facilities": [{"investment": "f99" if wrong else money}]}))


class BatchServer(Server):
    """Answers each request, in a batch or alone, with what `reply` makes of its body: status and body.

    `files` and `batches` are what it holds, by id; `asked` the bodies it answered in batches, `requests`
    those it answered alone, `calls` every method and path. `refuse` maps "POST /files" to the replies that
    come first, status and body; None in their place does what is asked for and breaks off the connection.
    """

    def __init__(self):
        super().__init__()
        self.reply = say
        self.files, self.batches = {}, {}
        self.asked, self.calls, self.refuse = [], [], {}
        self.numbers = count(1)
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                self.do(b"")

            def do_POST(self):
                self.do(self.rfile.read(int(self.headers["content-length"])))

            def do(self, body):
                url = urlsplit(self.path.removeprefix("/v1"))
                call = f"{self.command} {re.sub(r'(file|batch)-[0-9]+', 'ID', url.path)}"
                server.calls.append(call)
                told = server.refuse[call].pop(0) if server.refuse.get(call) else ()
                if not told:
                    done = server.do(self.command, url, body, self.headers)
                    if told is None:
                        self.close_connection = True
                        return
                    told = done
                status, content = told
                content = content if isinstance(content, bytes) else json.dumps(content).encode()
                self.send_response(status)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_):
                pass

        self.http.RequestHandlerClass = Handler

    def do(self, method, url, body, headers):  # noqa: PLR0911  one a call
        """What comes of a call."""
        missing = 404, {"error": {"message": "no such thing", "code": None}}
        match method, url.path.strip("/").split("/"):
            case "POST", ["files"]:
                return 200, self.keep(uploaded(body, headers["content-type"]))
            case "POST", ["batches"]:
                return 200, self.create(**json.loads(body))
            case "POST", ["chat", "completions"]:
                self.requests.append(json.loads(body))
                return self.reply(self.requests[-1])
            case "GET", ["batches"]:
                return 200, self.page(parse_qs(url.query))
            case "GET", ["batches", batch]:
                return (200, self.batches[batch]) if batch in self.batches else missing
            case "GET", ["files", file, "content"]:
                return (200, self.files[file]) if file in self.files else missing
        return missing

    def keep(self, content):
        file = f"file-{next(self.numbers)}"
        self.files[file] = content
        return {"id": file, "object": "file", "bytes": len(content), "purpose": "batch"}

    def create(self, *, input_file_id, endpoint, completion_window, metadata=None):
        lines = self.lines(input_file_id)
        batch = f"batch-{next(self.numbers)}"
        assert (endpoint, completion_window) == ("/v1/chat/completions", "24h")
        assert len({line["custom_id"] for line in lines}) == len(lines)
        self.batches[batch] = {
            "id": batch,
            "object": "batch",
            "endpoint": endpoint,
            "completion_window": completion_window,
            "created_at": 4_000_000_000,
            "input_file_id": input_file_id,
            "metadata": metadata,
            "status": "validating",
            "request_counts": {"total": 0, "completed": 0, "failed": 0},
        }
        return self.batches[batch]

    def page(self, query):
        newest = list(self.batches.values())[::-1]
        start = [batch["id"] for batch in newest].index(query["after"][0]) + 1 if "after" in query else 0
        page = newest[start : start + 2]
        more = start + 2 < len(newest)
        return {"object": "list", "data": page, "has_more": more, "last_id": page[-1]["id"] if page else None}

    def lines(self, file):
        """The requests in a file."""
        return [json.loads(line) for line in self.files[file].splitlines()]

    def under_way(self):
        """The batches that have not ended."""
        return [batch for batch in self.batches.values() if batch["status"] in UNDER_WAY]

    def end(self, status="completed", *, answered=1_000_000, silent=False):
        """End every batch that is under way, so many of its requests answered, the last of its file first.

        Of the others the file of errors tells, unless they are passed over in silence.
        """
        for batch in self.under_way():
            lines = self.lines(batch["input_file_id"])[::-1]
            outcomes = [self.outcome(line) for line in lines[:answered]]
            code = f"batch_{status}"
            left = [
                {"custom_id": line["custom_id"], "response": None, "error": {"code": code, "message": "left"}}
                for line in lines[answered:]
            ]
            good = [line for line in outcomes if line["response"]["status_code"] == 200]
            bad = [line for line in outcomes if line not in good] + ([] if silent else left)
            batch["status"] = status
            batch["request_counts"] = {"total": len(lines), "completed": len(good), "failed": len(bad)}
            for name, told in (("output_file_id", good), ("error_file_id", bad)):
                if told:
                    content = "".join(json.dumps(line) + "\n" for line in told).encode()
                    batch[name] = self.keep(content)["id"]

    def outcome(self, line):
        self.asked.append(line["body"])
        status, body = self.reply(line["body"])
        response = {"status_code": status, "request_id": "r", "body": body}
        return {"id": "x", "custom_id": line["custom_id"], "response": response, "error": None}

    def refuse_batches(self, code, message):
        """Find fault with every batch that is under way."""
        for batch in self.under_way():
            fault = {"code": code, "message": message, "line": None, "param": None}
            batch |= {"status": "failed", "errors": {"object": "list", "data": [fault]}}


def uploaded(body, content_type):
    """The file in a form; it has to be sent for a batch."""
    form = BytesParser().parsebytes(f"content-type: {content_type}\r\n\r\n".encode() + body)
    parts = {
        part.get_param("name", header="content-disposition"): part.get_payload(decode=True)
        for part in form.get_payload()
    }
    assert parts["purpose"] == b"batch"
    return parts["file"]
