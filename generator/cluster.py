"""Workers on a Dask cluster, which may be other machines."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from concurrent import futures
from concurrent.futures import CancelledError, Future
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from generator.errors import Fault, RequestError, WorkError
from generator.versions import identity, made_with
from generator.workers import Workers

if TYPE_CHECKING:
    from distributed import Client

_ADDRESS = re.compile(r"(tcp|tls)://[^\s/:]+:[0-9]{1,5}")
PATIENCE = 30
"""Seconds to wait for the scheduler, and for the first worker."""
LOOK_EVERY = 10
"""Seconds to wait for a piece of work before looking whether there is any worker left."""
GONE_FOR = 600
"""Seconds to wait for a worker once none is left: some clusters start another by themselves."""


@contextmanager
def cluster(address: str, tell: Callable[[str], None]) -> Iterator[Workers]:
    """Yield the workers of a cluster, by the address of its scheduler: tcp://host:8786.

    `tell` is called where nothing goes on, with a sentence that says why.

    Each has to see the same files under the same paths, and to run this very newscopy. What
    a worker was doing when it died is done again by another. Raises RequestError where there
    is no such cluster, and WorkError where it is lost in the midst of the work.
    """
    try:
        from distributed import Client, KilledWorker  # noqa: PLC0415 - seldom used, and heavy
        from distributed.comm import CommClosedError  # noqa: PLC0415 - as above
    except ImportError as error:
        raise RequestError(
            Fault(
                "A cluster needs Dask, which is not installed.",
                'Install it here and on every worker: pip install "newscopy[cluster]".',
                key="--cluster",
                found=str(error),
            )
        ) from error
    if _ADDRESS.fullmatch(f"tcp://{address}"):
        raise RequestError(
            Fault(
                "The address of the cluster does not say how to speak to it.",
                f"Write --cluster tcp://{address}, or tls:// if that is how the cluster was set "
                "up.",
                key="--cluster",
                found=address,
                expected="the address of a Dask scheduler, such as tcp://127.0.0.1:8786",
            )
        )
    if not _ADDRESS.fullmatch(address):
        raise RequestError(_no_cluster(address))
    try:
        client = Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError, TypeError, TimeoutError) as error:
        raise RequestError(_no_cluster(address)) from error
    with client:
        try:
            client.wait_for_workers(1, timeout=PATIENCE)
        except TimeoutError as error:
            raise RequestError(_no_cluster(address)) from error
        _see_same(client)

        def share(given: object) -> object:
            # A task, and not scattered data: when the worker that holds it dies, another can
            # make it again.
            return client.submit(_hold, _Held(given, identity()), pure=False)

        threads = sum(client.nthreads().values())
        try:
            yield Workers(
                threads,
                lambda: client.get_executor(pure=False),
                share,
                partial(_wait, client, tell),
                is_elsewhere=True,
            )
        except (KilledWorker, CommClosedError, CancelledError) as error:
            raise WorkError(
                Fault(
                    "The cluster was lost, or a piece of work ended each worker that it was "
                    "given to.",
                    "See to the workers' logs and their memory, and run again: nothing is half "
                    "done.",
                    key="--cluster",
                    found=str(error).splitlines()[0] if str(error) else type(error).__name__,
                )
            ) from error


def _wait(client: Client, tell: Callable[[str], None], work: Future[Any]) -> Any:
    """Return what came of a piece of work. Raises WorkError where nobody is left to do it."""
    waited = 0
    while not futures.wait([work], timeout=LOOK_EVERY).done:
        waited = 0 if client.nthreads() else waited + LOOK_EVERY
        if waited == LOOK_EVERY:
            tell("No worker of the cluster is left: waiting for one.")
        if waited >= GONE_FOR:
            raise WorkError(
                Fault(
                    "Every worker of the cluster is gone, and no other has come.",
                    "See to the workers' logs and their memory, start them, and run again: "
                    "nothing is half done.",
                    key="--cluster",
                    found=f"no worker for {waited} seconds",
                )
            )
    return work.result()


def _no_cluster(address: str) -> Fault:
    return Fault(
        "There is no cluster at this address, or it has no worker.",
        "Start one (see docs/scaling.md), and give the address that its scheduler prints.",
        key="--cluster",
        found=address,
        expected="the address of a Dask scheduler, such as tcp://127.0.0.1:8786",
    )


@dataclass(frozen=True)
class _Held:
    """What is given to all workers, and by whom: workers may join that nobody has asked."""

    given: object
    identity: str


def _hold(held: _Held) -> object:
    """Hold what is given. Raises RequestError where this is another newscopy's worker."""
    if held.identity != identity():
        raise RequestError(_other_newscopy("a worker that has joined since", ["what it is"]))
    return held.given


def _see_same(client: Client) -> None:
    """Raise RequestError where a worker runs another newscopy, which may say other things."""
    here = made_with()
    try:
        everywhere = client.run(made_with)
    except Exception as error:  # whatever it is that a worker without newscopy raises
        raise RequestError(_other_newscopy(f"a worker that cannot load it: {error}", [])) from error
    for worker, there in everywhere.items():
        other = [name for name in here if there.get(name) != here[name]]
        if other:
            raise RequestError(_other_newscopy(worker, other))


def _other_newscopy(worker: str, other: Sequence[str]) -> Fault:
    return Fault(
        "A worker does not run this very newscopy: what it writes may be other words.",
        "Install the same newscopy, Python and libraries on every worker, and start it again.",
        key="--cluster",
        found=worker + (f", which differs in {', '.join(other)}" if other else ""),
        expected="the same newscopy as here",
    )
