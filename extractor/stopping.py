"""Stopping: what Ctrl-C and SIGTERM do to a run, so that what is in work is finished and no line is cut."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING, Self, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from types import FrameType

    _Handler = Callable[[int, FrameType | None], object] | int | signal.Handlers | None

Item = TypeVar("Item")

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Stop:
    """While entered, the first Ctrl-C or SIGTERM ends the input, and a second one ends the process at once.

    A KeyboardInterrupt could come up anywhere, also inside of a library that turns it into an error of its
    own, so none is raised where a document is in work: only a wait for more input is broken off. Enter it in
    the main thread; `told` is called with the first signal.
    """

    def __init__(self, told: Callable[[], None]) -> None:
        self.asked = False
        """Whether there was a signal."""
        self._told = told
        self._waits_for_input = False
        self._before: dict[signal.Signals, _Handler] = {}

    def __enter__(self) -> Self:
        self._before = {each: signal.signal(each, self._ask) for each in _SIGNALS}
        return self

    def __exit__(self, *_: object) -> None:
        for each, handler in self._before.items():
            signal.signal(each, handler)

    def end(self, items: Iterable[Item]) -> Iterator[Item]:
        """Pass the items on until a stop is asked for."""
        waiting = iter(items)
        while not self.asked:
            try:
                self._waits_for_input = True
                item = next(waiting)
            except (StopIteration, KeyboardInterrupt):
                return
            finally:
                self._waits_for_input = False
            yield item

    def _ask(self, _number: int, _frame: FrameType | None) -> None:
        self.asked = True
        for each in _SIGNALS:
            signal.signal(each, signal.SIG_DFL)
        self._told()
        if self._waits_for_input:
            raise KeyboardInterrupt
