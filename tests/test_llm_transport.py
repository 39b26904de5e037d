"""Transport: what is tried again, what stops at once, and what the user is told."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from chat_server import ANSWER, Server

from extractor import loop
from extractor.draft.asking import Request
from extractor.draft.llm.transport import Transport
from extractor.errors import ModelAnswerError, ModelError, ModelSetupError

pytestmark = pytest.mark.block_network(allowed_hosts=["127.0.0.1"])


@pytest.fixture
def server():
    with Server() as server:
        yield server


class Caller:
    """A transport with small waits, and what it answers; an error is raised."""

    def __init__(self, url, **settings):
        self.transport = Transport(url, "key", "small", **{"backoff": 0.01, **settings})

    def __call__(self, seconds=60):
        reply = loop.run(self.transport.send(Request(b"{}", seconds)))
        if reply.error:
            raise reply.error
        return reply


@pytest.fixture
def caller(server):
    return lambda **settings: Caller(server.url, **settings)


@pytest.fixture
def ask(caller):
    return caller()


def error(message, **more):
    return {"error": {"message": message, **more}}


class TestWorthAnotherTry:
    @pytest.mark.parametrize("status", [429, 500, 503, 408, 409])
    def test_a_passing_failure_is_tried_again(self, server, ask, status):
        server.replies.insert(0, (status, {}, error("later")))

        reply = ask()

        assert (reply.calls, reply.completion) == (2, ANSWER)

    def test_retry_after_is_waited_for(self, server, ask):
        server.replies.insert(0, (429, {"retry-after": "0.4"}, error("later")))

        ask()

        first, second = server.asked_at
        assert 0.4 <= second - first < 2

    def test_retry_after_may_be_a_date(self, server, ask):
        # dates have whole seconds: two seconds from now is at least one second away
        date = format_datetime(datetime.now(UTC) + timedelta(seconds=2), usegmt=True)
        server.replies.insert(0, (503, {"retry-after": date}, error("later")))

        ask()

        first, second = server.asked_at
        assert second - first > 0.5

    def test_retry_after_may_be_in_milliseconds(self, server, ask):
        server.replies.insert(0, (429, {"retry-after-ms": "300", "retry-after": "60"}, error("later")))

        ask()

        first, second = server.asked_at
        assert 0.3 <= second - first < 2

    def test_all_calls_wait_when_one_is_asked_to(self, server, ask):
        server.replies.insert(0, (429, {"retry-after": "0.5"}, error("later")))

        with ThreadPoolExecutor(2) as threads:
            threads.submit(ask)
            while not server.asked_at:
                time.sleep(0.01)
            time.sleep(0.1)
            ask()

        first, *others = server.asked_at
        assert len(others) == 2
        assert min(others) - first >= 0.5

    def test_a_wait_longer_than_the_deadline_is_not_begun(self, server, ask):
        server.replies = [(429, {"retry-after": "3600"}, error("later"))]

        with pytest.raises(ModelError, match="still asks to wait"):
            ask(seconds=5)

        assert len(server.asked_at) == 1

    def test_it_ends_after_the_last_try(self, server, ask):
        server.replies = [(500, {}, error("out of memory"))]

        with pytest.raises(ModelError, match=r"still fails with 500 after 5 tries \(out of memory\)"):
            ask()

        assert len(server.asked_at) == 5

    def test_a_silent_server_is_asked_again(self, server, caller):
        server.pause = 5

        with pytest.raises(ModelAnswerError, match=r"was silent for 0\.05 s on every try; raise timeout"):
            caller(timeout=0.05)()

        assert len(server.asked_at) == 5

    def test_a_server_that_trickles_meets_the_deadline(self, server, ask):
        server.pause = 0.05

        with pytest.raises(ModelAnswerError, match=r"no answer from .* within 0\.3 s; raise deadline"):
            ask(seconds=0.3)

        assert len(server.asked_at) == 1

    def test_a_server_that_restarts_is_waited_for(self, server, caller):
        ask = caller(patience=20)
        ask()
        port = server.http.server_port
        server.stop()

        with ThreadPoolExecutor(1) as thread:
            waiting = thread.submit(ask)
            time.sleep(0.3)
            assert not waiting.done()
            with Server(port):
                assert waiting.result(timeout=10).completion == ANSWER

    def test_a_server_that_never_comes_back_is_given_up(self, server, caller):
        ask = caller(patience=0.2)
        ask()
        server.stop()

        with pytest.raises(ModelSetupError, match=r"does not answer any more .*start it again"):
            ask()

    def test_what_is_no_completion_is_tried_again_where_there_were_some(self, server, ask):
        server.replies = [(200, {}, ANSWER), (200, {}, "<html>Busy</html>"), (200, {}, ANSWER)]
        ask()

        assert ask().calls == 2

    def test_but_not_for_ever(self, server, ask):
        server.replies = [(200, {}, ANSWER), (200, {}, "<html>Busy</html>")]
        ask()

        with pytest.raises(ModelError, match="was no chat completion on any of 5 tries"):
            ask()

    def test_a_server_that_is_not_there_is_one_clear_sentence(self):
        with pytest.raises(
            ModelSetupError, match=r"^no server answers at http://127.0.0.1:9/v1 .*start it or correct"
        ):
            Caller("http://127.0.0.1:9/v1", patience=0.1)()


class TestStopsAtOnce:
    @pytest.mark.parametrize(
        ("status", "sentence"),
        [
            (400, r"refuses the request \(400\); correct the model's settings \(no good\)"),
            (401, r"does not accept the API key; set OPENAI_API_KEY or pass api_key \(no good\)"),
            (403, r'does not let this API key use the model "small"'),
            (404, r'knows no model "small" or not this address; correct the model or base_url'),
        ],
    )
    def test_a_wrong_setting(self, server, ask, status, sentence):
        server.replies = [(status, {}, error("no good"))]

        with pytest.raises(ModelSetupError, match=sentence):
            ask()

        assert len(server.asked_at) == 1

    def test_a_used_up_quota_is_no_rate_limit(self, server, ask):
        server.replies = [(429, {}, error("You exceeded your quota", code="insufficient_quota"))]

        with pytest.raises(ModelSetupError, match="quota is used up"):
            ask()

        assert len(server.asked_at) == 1

    def test_a_document_that_is_refused_where_others_were_taken_is_no_wrong_setting(self, server, ask):
        server.replies = [(200, {}, ANSWER), (400, {}, error("grammar too complex"))]
        ask()

        with pytest.raises(ModelAnswerError, match=r"refuses this document \(400: grammar too complex\)"):
            ask()

    def test_a_document_too_long_for_the_model_is_no_wrong_setting(self, server, ask):
        server.replies = [(400, {}, error("request exceeds the available context size"))]

        with pytest.raises(ModelAnswerError, match='too long for the model "small"'):
            ask()

    @pytest.mark.parametrize("body", ["<html>Welcome</html>", "[]", '{"choices": []}', '{"ok": true}'])
    def test_something_else_than_a_model_server(self, server, ask, body):
        server.replies = [(200, {}, body)]

        with pytest.raises(ModelSetupError, match="is no OpenAI-compatible server; correct base_url"):
            ask()


class TestLimits:
    def test_a_limit_on_requests_is_kept(self, server, caller):
        ask = caller(rpm=1200)  # twenty a second

        with ThreadPoolExecutor(8) as threads:
            list(threads.map(lambda _: ask(), range(30)))

        assert server.asked_at[-1] - server.asked_at[0] >= 0.25  # twenty at once, ten in half a second

    def test_what_the_server_says_of_its_limit_is_kept(self, server, caller):
        told = {
            "x-ratelimit-limit-requests": "600",
            "x-ratelimit-remaining-requests": "0",
            "x-ratelimit-reset-requests": "60s",
        }
        server.replies = [(200, told, ANSWER)]
        ask = caller()

        ask()
        ask()
        ask()

        first, _, third = server.asked_at
        assert third - first >= 0.1
