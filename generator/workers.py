"""Who does the work of a run: this process alone, or processes beside it."""

from __future__ import annotations

import pickle
import tempfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent import futures
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, TypeVar

from generator.errors import Fault, WorkError

Given = TypeVar("Given")
Item = TypeVar("Item")
Result = TypeVar("Result")


class Workers:
    """Those that work is given to: `number` of them, started when there is something to do."""

    def __init__(
        self,
        number: int = 1,
        start: Callable[[], Executor] | None = None,
        share: Callable[[object], object] = lambda given: given,
        wait: Callable[[Future[Any]], Any] = Future.result,
        *,
        is_elsewhere: bool = False,
    ) -> None:
        self.number = number
        self.is_elsewhere = is_elsewhere
        """True where they may be on other machines, and see only what is shared with them."""
        self._start = start
        """None where there is only this process."""
        self._share = share
        self._wait = wait
        """Waits for a piece of work, and returns what came of it."""

    @cached_property
    def executor(self) -> Executor | None:
        """What takes the work, None where it is done here."""
        return self._start() if self._start else None

    def each(
        self, work: Callable[[Given, Item], Result], given: Given, items: Iterable[Item]
    ) -> Iterator[Result]:
        """Yield `work` of what is `given` and each item, in the order of the items.

        What is given crosses to another process once, each item by itself. Some items are
        worked on ahead of what is asked for, so many that nobody waits, and no more: what is
        done and not yet taken fills memory. Raises WorkError where a process dies.
        """
        if self.executor is None:
            yield from (work(given, item) for item in items)
            return
        shared = self._share(given)
        waiting: deque[Future[Result]] = deque()
        try:
            for item in items:
                waiting.append(self.executor.submit(_do, work, shared, item))
                if len(waiting) > 2 * self.number:
                    yield self._wait(waiting.popleft())
            while waiting:
                yield self._wait(waiting.popleft())
        except BrokenExecutor as error:
            raise WorkError(
                Fault(
                    "A process that did a part of the work was ended by the system.",
                    "It may have run out of memory: try again with --jobs 1.",
                    found=f"{self.number} jobs",
                )
            ) from error
        finally:
            for future in waiting:
                future.cancel()


@dataclass(frozen=True)
class _Stored:
    """Where what is given to all processes lies: one that no other user can write to."""

    path: Path


def _do(work: Callable[[Given, Item], Result], given: object, item: Item) -> Result:
    """Do a piece of work, where it was given to."""
    here = _fetch(given.path) if isinstance(given, _Stored) else given
    # What was shared out is of the type that was given: no type says so across processes.
    return work(here, item)  # type: ignore[arg-type]


@lru_cache(maxsize=1)
def _fetch(path: Path) -> object:
    """Return what was stored, read once for all the pieces of work that it is given for."""
    return pickle.loads(path.read_bytes())  # noqa: S301 - written by the process that started us


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

        def share(given: object) -> object:
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="newscopy-"))
            path = Path(folder) / "given"
            path.write_bytes(pickle.dumps(given))
            return _Stored(path)

        yield ALONE if jobs <= 1 else Workers(jobs, start, share)
