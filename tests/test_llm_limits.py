"""Limits: requests and tokens a minute, as set or as a server's headers tell."""

import pytest

from extractor.draft.llm.limits import Limit, Limits, seconds


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


def taken_within(limit, clock, span):
    """How often one can be taken in a span of seconds, by somebody who waits when told to."""
    end, count = clock.now + span, 0
    while clock.now < end:
        wait = limit.delay()
        if wait:
            clock.now += wait
        else:
            limit.take(1)
            count += 1
    return count


def test_without_a_limit_nobody_waits(clock):
    limit = Limit(clock=clock)
    limit.take(10**9)

    assert limit.delay() == 0


@pytest.mark.parametrize("per_minute", [30, 600, 6000])
def test_a_set_limit_is_kept_and_used(clock, per_minute):
    assert taken_within(Limit(per_minute, clock), clock, 60) == pytest.approx(per_minute, rel=0.04)


def test_what_was_taken_too_much_is_waited_for(clock):
    limit = Limit(600, clock)  # ten a second
    limit.take(10)
    limit.take(100)

    assert limit.delay() == pytest.approx(10.1)  # until there is one to take


def test_a_servers_limit_is_learned_from_what_is_missing_and_when_it_is_back(clock):
    limit = Limit(clock=clock)

    limit.learn(limit=100, remaining=40, reset=30)  # 60 missing in 30 s: two a second

    assert taken_within(limit, clock, 100) == pytest.approx(40 + 200, rel=0.02)


def test_a_servers_window_need_not_be_a_minute(clock):
    limit = Limit(clock=clock)

    limit.learn(limit=10_000, remaining=0, reset=86_400)

    assert taken_within(limit, clock, 864) == pytest.approx(100, abs=1)


def test_a_set_limit_is_not_exceeded_because_a_server_allows_more(clock):
    limit = Limit(60, clock)
    limit.learn(limit=1000, remaining=900, reset=1)

    assert taken_within(limit, clock, 60) <= 61


class TestHeaders:
    def test_requests_and_tokens(self):
        limits = Limits()

        limits.learn(
            {
                "x-ratelimit-limit-requests": "60",
                "x-ratelimit-remaining-requests": "59",
                "x-ratelimit-reset-requests": "1s",
                "x-ratelimit-limit-tokens": "1000",
                "x-ratelimit-remaining-tokens": "0",
                "x-ratelimit-reset-tokens": "20s",
            }
        )

        limits.tokens.take(5)
        assert limits.requests.delay() == 0
        assert 0.1 < limits.delay() <= 0.12  # six at fifty a second

    def test_what_a_request_will_most_likely_cost_is_reserved_for_it(self):
        limits = Limits(tpm=6000)  # a hundred a second
        limits.spend(80)

        reserved = limits.take()

        assert reserved == 80
        assert limits.delay() > 0.5
        limits.give_back(reserved)
        assert 0.4 < limits.delay() <= 0.6  # until there are 80 again

    @pytest.mark.parametrize("told", ["", "soon", "-1", "12 parsecs"])
    def test_what_cannot_be_read_is_no_limit(self, told):
        limits = Limits()

        limits.learn(
            {
                "x-ratelimit-limit-requests": "60",
                "x-ratelimit-remaining-requests": "0",
                "x-ratelimit-reset-requests": told,
            }
        )

        assert limits.delay() == 0


@pytest.mark.parametrize(
    ("span", "value"),
    [("6m0s", 360), ("120ms", 0.12), ("8.64s", 8.64), ("1h2m3s", 3723), ("", None), ("7", None)],
)
def test_spans_as_servers_write_them(span, value):
    assert seconds(span) == (None if value is None else pytest.approx(value))
