"""Release and output in an object store: by one process and by a cluster the same bytes.

The store speaks S3, as a process of its own; nothing in it is written for these tests.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import s3fs
from benchmarks.many_desk import write_desk, write_release
from dasking import started

from generator.errors import FilingError
from generator.filing import at_hand
from generator.locations import as_location

AREAS = 120
"""Two stretches: one for each worker."""
WRITTEN = ("sample-ward-000007", "sample-ward-000050", "sample-ward-000111")
"""What is written about: enough, since each file is some requests to the store."""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """Start a store with a bucket, and yield what tells its address in the environment."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-c", "from moto.server import main; main()"]
    log = (tmp_path_factory.mktemp("store") / "log").open("wb")
    process = subprocess.Popen(
        [*command, "-H", "127.0.0.1", "-p", str(port)], stdout=log, stderr=log
    )
    environment = {
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}",
        "AWS_ACCESS_KEY_ID": "nobody",
        "AWS_SECRET_ACCESS_KEY": "nothing",
        "AWS_DEFAULT_REGION": "us-east-1",
    }
    try:
        wait_for(port)
        os.environ |= environment
        filesystem().mkdir("desk")
        yield environment
    finally:
        for name in environment:
            os.environ.pop(name, None)
        process.kill()
        process.wait()
        log.close()


def wait_for(port: int) -> None:
    for _ in range(600):
        with socket.socket() as client:
            if client.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise TimeoutError("the store did not start")


def filesystem() -> s3fs.S3FileSystem:
    return s3fs.S3FileSystem(skip_instance_cache=True, use_listings_cache=False)


@pytest.fixture(scope="module")
def made(store: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk of many areas; its release on the disk and in the store; what is filed on a disk."""
    folder = tmp_path_factory.mktemp("many")
    write_desk(folder / "desk", AREAS)
    write_release(folder / "release", AREAS)
    filesystem().put(str(folder / "release"), "desk/release", recursive=True)
    ran = run(folder, str(folder / "release"), str(folder / "alone"))
    assert ran.returncode == 0, ran.stderr
    return folder


def newscopy(folder: Path, *asked: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from generator.cli import main; main()"]
    return subprocess.run(
        [*command, *asked, "--desk", str(folder / "desk")],
        capture_output=True, encoding="utf-8", check=False,
        env=os.environ | {"NEWSCOPY_CACHE": str(folder / "cache")},
    )  # fmt: skip


def run(folder: Path, release: str, output: str, *more: str) -> subprocess.CompletedProcess[str]:
    areas = [word for area in WRITTEN for word in ("--area", area)]
    return newscopy(folder, "run", release, "--output", output, *areas, *more)


def on_disk(output: Path) -> dict[str, bytes]:
    return {
        path.relative_to(output).as_posix(): path.read_bytes()
        for path in output.rglob("*")
        if path.is_file() and ".newscopy" not in path.parts
    }


def stored(output: str) -> dict[str, bytes]:
    found = filesystem()
    files = found.cat(found.find(output))
    return {
        name.removeprefix(f"{output}/"): data
        for name, data in files.items()
        if "/.newscopy/" not in name
    }


def test_from_a_store_into_a_store(made: Path) -> None:
    asked = ("s3://desk/release", "s3://desk/alone", "--jobs", "1")
    ran = run(made, *asked)
    assert ran.returncode == 0, ran.stderr
    assert "Open s3://desk/alone/index.html" in ran.stdout
    assert stored("desk/alone") == on_disk(made / "alone")
    assert len(stored("desk/alone")) > len(WRITTEN) * 6

    again = run(made, *asked)
    assert again.returncode == 0, again.stderr
    assert again.stdout == ran.stdout


def test_by_two_workers_from_a_store_into_a_store(made: Path, tmp_path: Path) -> None:
    """Each worker brings the files that it reads from the store itself."""
    with started(tmp_path / "dask", 2) as address:
        ran = run(made, "s3://desk/release", "s3://desk/two", "--cluster", address)
    assert ran.returncode == 0, ran.stderr
    assert stored("desk/two") == on_disk(made / "alone")


def test_an_editor_at_work_in_the_store(made: Path) -> None:
    filed = run(made, "s3://desk/release", "s3://desk/edited")
    assert filed.returncode == 0, filed.stderr
    draft = "desk/edited/victim-withdrawal/2025/sample-ward-000007"
    article = filesystem().cat(f"{draft}/article.txt").decode()
    theirs = article + "\nThe 99.9% is an editor's.\n"
    filesystem().pipe_file(f"{draft}/article.txt", theirs.encode())

    checked = newscopy(made, "check", f"s3://{draft}")
    assert checked.returncode == 3, checked.stderr
    assert "99.9%" in checked.stdout

    spiked = newscopy(made, "spike", f"s3://{draft}", "--by", "An editor", "--reason", "a test")
    assert spiked.returncode == 0, spiked.stderr
    log = newscopy(made, "log", f"s3://{draft}")
    assert "spiked" in log.stdout

    again = run(made, "s3://desk/release", "s3://desk/edited")
    assert again.returncode == 0, again.stderr
    assert "1 spiked" in again.stdout
    assert filesystem().cat(f"{draft}/article.txt").decode() == theirs

    explained = newscopy(made, "explain", f"s3://{draft}")
    assert explained.returncode == 0, explained.stderr
    assert "Reading the release that the draft was made from: s3://desk/release" in explained.stderr


def test_a_whole_bucket_is_an_output_and_is_held(made: Path) -> None:
    filesystem().mkdir("whole")
    filesystem().call_s3("put_object", Bucket="whole", Key="victim-withdrawal/", Body=b"")
    with at_hand(as_location("s3://whole"), changing=True):
        assert filesystem().find("whole") == ["whole/.newscopy/locked", "whole/victim-withdrawal/"]
        with pytest.raises(FilingError, match="Another run"):
            at_hand(as_location("S3://whole/"), changing=True).__enter__()
    assert filesystem().find("whole") == ["whole/victim-withdrawal/"]
    ran = run(made, "s3://desk/release", "s3://whole", "--jobs", "1")
    assert ran.returncode == 0, ran.stderr
    filesystem().call_s3("delete_object", Bucket="whole", Key="victim-withdrawal/")
    assert stored("whole") == on_disk(made / "alone")


@pytest.mark.parametrize(
    ("release", "said"),
    [
        ("s3://desk/nothing", "There is no such file or folder."),
        ("s3://no-such-bucket/release", "There is no such file or folder."),
        ("gopher://desk/release", "Nothing is installed here that can read such an address."),
    ],
)
def test_a_release_that_is_not_there(made: Path, release: str, said: str) -> None:
    ran = run(made, release, str(made / "none"))
    assert (ran.returncode, ran.stdout) == (1, "")
    assert said in ran.stderr
    assert release in ran.stderr


def test_a_store_that_does_not_answer(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    ran = run(made, "s3://desk/release", str(made / "none"))
    assert (ran.returncode, ran.stdout) == (1, "")
    assert "The store does not answer as it should." in ran.stderr
    assert "Traceback" not in ran.stderr


def test_a_run_that_is_told_to_end_lets_the_store_go(made: Path) -> None:
    command = [sys.executable, "-c", "from generator.cli import main; main()"]
    asked = ["run", "s3://desk/release", "--output", "s3://desk/ended", "--jobs", "1", "--no-cache"]
    process = subprocess.Popen(
        [*command, *asked, "--desk", str(made / "desk")], stderr=subprocess.DEVNULL
    )
    for _ in range(600):
        if filesystem().exists("desk/ended/.newscopy/locked"):
            break
        time.sleep(0.05)
    process.terminate()
    assert process.wait(60) == 130
    assert filesystem().find("desk/ended") == []
