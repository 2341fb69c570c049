"""Answers worked out once for a state of the library: those that were asked for last stay."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar, cast

Answer = TypeVar("Answer")

MOST = 256
"""Answers kept at a time."""


class Kept:
    """A memory of some answers; of one that two threads work out at a time, the later stays."""

    def __init__(self, most: int = MOST) -> None:
        self._most, self._lock = most, Lock()
        self._answers: OrderedDict[Hashable, Any] = OrderedDict()

    def answer(self, asked: Hashable, work_out: Callable[[], Answer]) -> Answer:
        """Return what is kept of a question, or else work it out."""
        with self._lock:
            if asked in self._answers:
                self._answers.move_to_end(asked)
                return cast("Answer", self._answers[asked])
        answer = work_out()
        with self._lock:
            self._answers[asked] = answer
            while len(self._answers) > self._most:
                self._answers.popitem(last=False)
        return answer
