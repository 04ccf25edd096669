"""A run by a cluster files the bytes of a run by one process, even if a worker is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest
from benchmarks.many_desk import write_desk, write_release
from dasking import started
from distributed import Client

from generator.cluster import _see_same
from generator.errors import RequestError
from generator.workers import Workers

AREAS = 320
"""Four stretches: enough for a worker to be in the midst of one."""
Tree = Callable[[Path], dict[str, bytes]]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk of many areas and its release, and what one process files of it."""
    folder = tmp_path_factory.mktemp("many")
    write_desk(folder / "desk", AREAS)
    write_release(folder / "release", AREAS)
    ran = run_newscopy(folder, "alone", "--jobs", "1")
    assert ran.returncode == 0, ran.stderr
    return folder


def run_newscopy(folder: Path, output: str, *more: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from generator.cli import main; main()", "run"]
    asked = [str(folder / "release"), "--desk", str(folder / "desk"), "--no-cache"]
    return subprocess.run(
        [*command, *asked, "--output", str(folder / output), *more],
        capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip


def filed(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".newscopy" not in path.parts
    }


def test_two_workers_file_the_same_bytes(made: Path, tmp_path: Path) -> None:
    with started(tmp_path / "dask", 2) as address:
        ran = run_newscopy(made, "two", "--cluster", address)
    assert ran.returncode == 0, ran.stderr
    assert filed(made / "two") == filed(made / "alone")
    assert len(filed(made / "two")) > AREAS * 6


def test_a_worker_that_is_killed_costs_no_draft(made: Path, tmp_path: Path) -> None:
    killed: list[int] = []

    def kill_one_at_work(address: str) -> None:
        with Client(address, timeout=60, set_as_default=False) as client:
            pids = client.run(os.getpid)
            while not killed:
                for worker, tasks in client.processing().items():
                    if any("write_stretch" in str(task) or "_do" in str(task) for task in tasks):
                        time.sleep(0.3)  # in the midst of it
                        os.kill(pids[worker], signal.SIGKILL)
                        killed.append(pids[worker])
                        break
                time.sleep(0.05)

    with started(tmp_path / "dask", 2) as address:
        killer = threading.Thread(target=kill_one_at_work, args=(address,))
        killer.start()
        ran = run_newscopy(made, "killed", "--cluster", address)
        killer.join(60)
    assert len(killed) == 1
    assert ran.returncode == 0, ran.stderr
    assert filed(made / "killed") == filed(made / "alone")


def test_workers_of_several_threads_file_the_same_bytes(made: Path, tmp_path: Path) -> None:
    with started(tmp_path / "dask", 1, threads=3) as address:
        ran = run_newscopy(made, "threads", "--cluster", address)
    assert ran.returncode == 0, ran.stderr
    assert filed(made / "threads") == filed(made / "alone")


def test_a_scheduler_that_is_lost_is_told_and_nothing_is_filed(made: Path, tmp_path: Path) -> None:
    with started(tmp_path / "dask", 1) as address:
        port = int(address.rpartition(":")[2])

        def kill_it_at_work() -> None:
            with Client(address, timeout=60, set_as_default=False) as client:
                while not any(client.processing().values()):
                    time.sleep(0.05)
            for connection in psutil.net_connections("tcp"):
                if connection.status == psutil.CONN_LISTEN and connection.laddr.port == port:
                    os.kill(connection.pid, signal.SIGKILL)

        killer = threading.Thread(target=kill_it_at_work)
        killer.start()
        ran = run_newscopy(made, "lost", "--cluster", address)
        killer.join(60)
    assert ran.returncode == 1, ran.stderr
    assert "The cluster was lost" in ran.stderr
    assert "nothing was written" in ran.stderr
    assert "Traceback" not in ran.stderr
    assert filed(made / "lost") == {}


def test_workers_that_are_all_gone_are_told(newscopy, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr("generator.cluster.LOOK_EVERY", 1)
    monkeypatch.setattr("generator.cluster.GONE_FOR", 3)
    release = newscopy.folder / "releases" / "2021-05-13-table"
    with started(tmp_path / "dask", 1) as address:
        measured = Workers.each

        def each_once_all_are_dead(self: Workers, *given: object) -> object:
            with Client(address, timeout=60, set_as_default=False) as client:
                for pid in client.run(os.getpid).values():
                    os.kill(pid, signal.SIGKILL)
            return measured(self, *given)

        monkeypatch.setattr(Workers, "each", each_once_all_are_dead)
        status, out, err = newscopy("run", release, "--cluster", address)
    assert (status, out) == (1, "")
    assert "No worker of the cluster is left: waiting for one." in err
    assert "Every worker of the cluster is gone" in err


def test_a_cluster_that_is_not_there_is_told(newscopy, monkeypatch) -> None:
    monkeypatch.setattr("generator.cluster.PATIENCE", 1)
    status, out, err = newscopy(
        "run", "releases/2021-05-13-table", "--cluster", "tcp://127.0.0.1:9"
    )
    assert (status, out) == (1, "")
    assert "There is no cluster at this address" in err
    assert not newscopy.output.exists() or not list(newscopy.output.iterdir())


@pytest.mark.parametrize(
    "address",
    ["", "x", "127.0.0.1", "tcp://127.0.0.1:abc", "http://127.0.0.1:1", "tls://127.0.0.1:1"],
)
def test_an_address_that_is_none_is_told_at_once(newscopy, address: str) -> None:
    status, out, err = newscopy("run", "releases/2021-05-13-table", "--cluster", address)
    assert (status, out) == (1, "")
    assert "There is no cluster at this address" in err


def test_an_address_that_does_not_say_how_is_told_so(newscopy) -> None:
    release = "releases/2021-05-13-table"
    status, out, err = newscopy("run", release, "--cluster", "127.0.0.1:8786")
    assert (status, out) == (1, "")
    assert "does not say how to speak to it" in err
    assert "Write --cluster tcp://127.0.0.1:8786" in err


def test_a_cluster_is_told_what_to_read(newscopy) -> None:
    status, _, err = newscopy("run", "--cluster", "tcp://127.0.0.1:9")
    assert status == 2
    assert "name the RELEASE" in err


def test_an_archive_is_not_for_a_cluster(newscopy, tmp_path: Path) -> None:
    release = newscopy.folder / "releases" / "2021-05-13-table"
    archive = tmp_path / "all.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        for path in release.iterdir():
            packed.write(path, path.name)
    with started(tmp_path / "dask", 1) as address:
        status, _, err = newscopy("run", archive, "--cluster", address)
    assert status == 1
    assert "An archive cannot be read by a cluster" in err


def test_another_newscopy_on_a_worker_is_refused() -> None:
    class Others:
        """A cluster one of whose workers has another library than we."""

        def run(self, work: Callable[[], dict[str, str]]) -> dict[str, dict[str, str]]:
            return {"tcp://one:1": work(), "tcp://two:2": {**work(), "jinja2": "2.0"}}

    with pytest.raises(RequestError, match="does not run this very newscopy") as caught:
        _see_same(Others())
    assert caught.value.faults[0].found == "tcp://two:2, which differs in jinja2"
