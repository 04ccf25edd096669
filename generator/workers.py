"""Who does the work of a run: this process alone, or processes beside it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent import futures
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import ExitStack, contextmanager
from functools import cached_property
from typing import TypeVar

from generator.errors import Fault, WorkError

Item = TypeVar("Item")
Result = TypeVar("Result")


class Workers:
    """Those that work is given to: `number` of them, started when there is something to do."""

    def __init__(self, number: int = 1, start: Callable[[], Executor] | None = None) -> None:
        self.number = number
        self._start = start
        """None where there is only this process."""

    @cached_property
    def executor(self) -> Executor | None:
        """What takes the work, None where it is done here."""
        return self._start() if self._start else None

    def each(self, work: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
        """Yield `work` of each item, in the order of the items.

        With an executor, `work` and the items have to cross to another process. Some items
        are worked on ahead of what is asked for, so many that nobody waits, and no more:
        what is done and not yet taken fills memory. Raises WorkError where a process dies.
        """
        if self.executor is None:
            yield from map(work, items)
            return
        given: deque[Future[Result]] = deque()
        try:
            for item in items:
                given.append(self.executor.submit(work, item))
                if len(given) > 2 * self.number:
                    yield given.popleft().result()
            while given:
                yield given.popleft().result()
        except BrokenExecutor as error:
            raise WorkError(
                Fault(
                    "A process that did a part of the work was ended by the system.",
                    "It may have run out of memory: try again with --jobs 1.",
                    found=f"{self.number} jobs",
                )
            ) from error
        finally:
            for future in given:
                future.cancel()


ALONE = Workers()
"""This process, and no other."""


@contextmanager
def processes(jobs: int) -> Iterator[Workers]:
    """Yield so many processes; what they need is loaded when they are first called."""
    with ExitStack() as stack:

        def start() -> Executor:
            import multiprocessing  # noqa: PLC0415 - heavy, and not every command reads

            # Spawned on every system alike: a fork would copy the threads of pyarrow in mid-step.
            context = multiprocessing.get_context("spawn")
            return stack.enter_context(futures.ProcessPoolExecutor(jobs, mp_context=context))

        yield ALONE if jobs <= 1 else Workers(jobs, start)
