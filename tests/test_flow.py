"""A stream through a fixed number of hands."""

import asyncio

import pytest

from extractor.flow import flow


async def numbers(count, taken=None):
    for number in range(count):
        if taken is not None:
            taken.append(number)
        yield number


def collected(stream):
    async def all_of_it():
        return [item async for item in stream]

    return asyncio.run(all_of_it())


async def slow_at_first(number):
    await asyncio.sleep(0.05 if number == 0 else 0)
    return number


def test_results_come_in_order():
    assert collected(flow(slow_at_first, numbers(20), hands=4, ahead=50)) == list(range(20))


def test_or_as_they_are_done():
    results = collected(flow(slow_at_first, numbers(20), hands=4, ahead=50, ordered=False))

    assert results[-1] == 0
    assert sorted(results) == list(range(20))


def test_so_many_are_in_work_at_a_time():
    at_work = most = 0

    async def work(number):
        nonlocal at_work, most
        at_work += 1
        most = max(most, at_work)
        await asyncio.sleep(0.001)
        at_work -= 1
        return number

    collected(flow(work, numbers(30), hands=7, ahead=50))

    assert most == 7


def test_a_slow_one_holds_up_the_stream_before_memory_grows():
    taken, most = [], 0

    async def work(number):
        nonlocal most
        if number == 0:
            await asyncio.sleep(0.05)
            most = len(taken)
        return number

    collected(flow(work, numbers(1000, taken), hands=4, ahead=10))

    assert most == 10


def test_an_error_of_the_work_ends_it():
    async def work(number):
        if number == 3:
            raise ZeroDivisionError
        return number

    with pytest.raises(ZeroDivisionError):
        collected(flow(work, numbers(1000), hands=2, ahead=10))


def test_whoever_has_enough_ends_the_work():
    at_work = set()

    async def work(number):
        at_work.add(number)
        await asyncio.sleep(0 if number < 2 else 60)
        at_work.discard(number)
        return number

    async def first_two():
        stream = flow(work, numbers(1000), hands=3, ahead=10)
        found = [await anext(stream), await anext(stream)]
        await stream.aclose()
        return found

    assert asyncio.run(first_two()) == [0, 1]
