"""A Dask cluster of real processes on this machine."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from distributed import Client


@contextmanager
def started(folder: Path, workers: int, threads: int = 1) -> Iterator[str]:
    """Start a scheduler and so many workers, each a process; yield the scheduler's address."""
    folder.mkdir()
    at = folder / "scheduler.json"
    dask = [sys.executable, "-m", "distributed.cli.dask_scheduler"]
    worker = [sys.executable, "-m", "distributed.cli.dask_worker", "--scheduler-file", str(at)]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder}
    commands = [[*dask, "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--no-jupyter",
                 "--scheduler-file", str(at)]]  # fmt: skip
    commands += [
        [*worker, "--nthreads", str(threads), "--no-dashboard", "--no-nanny", "--name", str(number)]
        for number in range(workers)
    ]
    begun = [subprocess.Popen(command, **quiet) for command in commands]
    try:
        with Client(scheduler_file=str(at), timeout=60, set_as_default=False) as client:
            client.wait_for_workers(workers, timeout=60)
            yield client.scheduler.address
    finally:
        for process in reversed(begun):
            process.kill()
            process.wait()
