"""Workers on a Dask cluster, which may be other machines."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager
from typing import TYPE_CHECKING

from generator.errors import Fault, RequestError, WorkError
from generator.versions import made_with
from generator.workers import Workers

if TYPE_CHECKING:
    from distributed import Client

PATIENCE = 30
"""Seconds to wait for the scheduler, and for the first worker."""


@contextmanager
def cluster(address: str) -> Iterator[Workers]:
    """Yield the workers of a cluster, by the address of its scheduler: tcp://host:8786.

    Each has to see the same files under the same paths, and to run this very newscopy. What
    a worker was doing when it died is done again by another. Raises RequestError where there
    is no such cluster, and WorkError where it is lost in the midst of the work.
    """
    try:
        from distributed import Client, KilledWorker  # noqa: PLC0415 - seldom used, and heavy
        from distributed.comm import CommClosedError  # noqa: PLC0415
    except ImportError as error:
        raise RequestError(
            Fault(
                "A cluster needs Dask, which is not installed.",
                'Install it here and on every worker: pip install "newscopy[cluster]".',
                key="--cluster",
                found=str(error),
            )
        ) from error
    try:
        client = Client(address, timeout=PATIENCE, set_as_default=False)
        client.wait_for_workers(1, timeout=PATIENCE)
    except (OSError, ValueError, TimeoutError) as error:
        raise RequestError(
            Fault(
                "There is no cluster at this address, or it has no worker.",
                "Start one (see docs/scaling.md), and give the address that its scheduler prints.",
                key="--cluster",
                found=address,
                expected="the address of a Dask scheduler, such as tcp://127.0.0.1:8786",
            )
        ) from error
    with client:
        _see_same(client)

        def share(given: object) -> object:
            # A task, and not scattered data: when the worker that holds it dies, another can
            # make it again.
            return client.submit(_hold, given, pure=False)

        threads = sum(client.nthreads().values())
        try:
            yield Workers(
                threads, lambda: client.get_executor(pure=False), share, is_elsewhere=True
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


def _hold(given: object) -> object:
    return given


def _see_same(client: Client) -> None:
    """Raise RequestError where a worker runs another newscopy, which may say other things."""
    here = made_with()
    for worker, there in client.run(made_with).items():
        other = [name for name in here if there.get(name) != here[name]]
        if other:
            raise RequestError(
                Fault(
                    "A worker does not run this very newscopy: what it writes may be other words.",
                    "Install the same newscopy, Python and libraries on every worker, and start "
                    "the worker again.",
                    key="--cluster",
                    found=f"{worker}, which differs in {', '.join(other)}",
                    expected="the same " + ", ".join(other),
                )
            )
