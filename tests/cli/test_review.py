"""newscopy review: a server for one person at this machine, that begins and ends as asked."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from small_desk import SmallDesk

SERVE = "from generator.cli import main; main()"


@pytest.fixture
def filed(newscopy: SmallDesk, good_output: Path) -> SmallDesk:
    shutil.copytree(good_output, newscopy.output)
    return newscopy


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_it_says_where_it_is_and_ends_in_order(filed: SmallDesk, ending: signal.Signals) -> None:
    command = [sys.executable, "-c", SERVE, "review", "--port", "0"]
    root = str(Path(__file__).parents[2])
    server = subprocess.Popen(
        command,
        stderr=subprocess.PIPE,
        cwd=filed.folder,
        env={**os.environ, "PYTHONPATH": root},
        text=True,
    )
    assert server.stderr is not None
    said = server.stderr.readline()
    address = re.fullmatch(r"Open (http://127\.0\.0\.1:\d+/)\n", said)
    assert address, said + server.stderr.read()
    with urllib.request.urlopen(address[1], timeout=30) as answer:  # noqa: S310 - it is ours
        assert "8 drafts" in answer.read().decode()
    server.send_signal(ending)
    _, rest = server.communicate(timeout=30)
    assert "Traceback" not in rest


def test_a_port_that_is_taken_is_told(filed: SmallDesk) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        ran = filed("review", "--port", port)
    assert ran.status == 1
    assert f"found:    {port}" in ran.err
    assert "--port 8001" in ran.err


def test_a_folder_that_is_no_output_is_told(newscopy: SmallDesk) -> None:
    ran = newscopy("review", "--output", newscopy.folder / "config")
    assert (ran.status, "Nothing is filed here" in ran.err) == (1, True)
