"""Install the rivals at the versions that are compared, into a folder that is thrown away."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
from dataclasses import dataclass, field
from pathlib import Path

ROSAENLG, CORENLG = "RosaeNLG", "CoreNLG"
_ROSAENLG = ("rosaenlg@3.2.6",)
_CORENLG = ("CoreNLG==2.2.0", "lxml==6.1.3")
_HERE = Path(__file__).parent
_PATIENCE = 600
"""Seconds until an installation is given up."""
_AT_MOST = 300
"""Characters of what a failed installation said."""


@dataclass(frozen=True)
class Installed:
    """A rival and how to run it, or why it cannot be.

    The command takes three arguments more: the file of facts, the file to write, and how
    often to tell all the stories.
    """

    name: str
    command: tuple[str, ...] = ()
    environment: dict[str, str] = field(default_factory=dict)
    why_not: str = ""


def install(scratch: Path) -> tuple[Installed, ...]:
    """Install both into a folder; one that cannot be says why. Nothing else is touched."""
    scratch = scratch.absolute()
    return install_rosaenlg(scratch / "rosaenlg"), install_corenlg(scratch / "corenlg")


def install_rosaenlg(folder: Path) -> Installed:
    """Install RosaeNLG with npm; no script of any package is run."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        missing = " or ".join(n for n, at in (("node", node), ("npm", npm)) if at is None)
        return Installed(ROSAENLG, why_not=f"It needs Node.js, and there is no {missing} here.")
    folder.mkdir(parents=True, exist_ok=True)
    quiet = ("--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
    why_not = _attempt("npm install", npm, "install", "--prefix", str(folder), *quiet, *_ROSAENLG)
    return Installed(
        ROSAENLG,
        (node, str(_HERE / "rosaenlg" / "run.js")),
        {"NODE_PATH": str(folder / "node_modules")},
        why_not,
    )


def install_corenlg(folder: Path) -> Installed:
    """Install CoreNLG with pip, into an environment of its own."""
    if why_not := _make_environment(folder):
        return Installed(CORENLG, why_not=why_not)
    python = str(folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python"))
    quiet = ("--quiet", "--disable-pip-version-check", "--only-binary=:all:")
    why_not = _attempt("pip install", python, "-m", "pip", "install", *quiet, *_CORENLG)
    return Installed(CORENLG, (python, str(_HERE / "corenlg" / "run.py")), {}, why_not)


def last_line(output: str) -> str:
    """Return the last line that says anything: of an error the one that names it."""
    return next((line.strip() for line in reversed(output.splitlines()) if line.strip()), "")


def _make_environment(folder: Path) -> str:
    """Make an environment of this Python's; return why not."""
    try:
        venv.create(folder, with_pip=True, symlinks=os.name != "nt")
    except (OSError, subprocess.CalledProcessError) as error:
        version = ".".join(map(str, sys.version_info[:3]))
        return f"No environment of Python {version} could be made: {error}"
    return ""


def _attempt(what: str, *command: str) -> str:
    """Run a command; return why it failed, "" where it did not."""
    try:
        done = subprocess.run(
            command, check=False, capture_output=True, text=True, timeout=_PATIENCE
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"{what} failed: {error}"
    if done.returncode == 0:
        return ""
    said = [line.strip() for line in done.stderr.splitlines() if "error" in line.lower()]
    return f"{what} failed: {' '.join(said)[:_AT_MOST] or last_line(done.stderr)}"
