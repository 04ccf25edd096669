"""The facts of a machine that a measurement needs beside it."""

from __future__ import annotations

import os
import platform
import re
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import psutil

_LIBRARIES = (
    *("fastexcel", "pandas", "pyarrow", "numpy", "openpyxl"),
    *("python-docx", "matplotlib", "pillow"),
    *("jinja2", "lxml", "pydantic", "typer", "dask", "distributed"),
)

Machine = tuple[tuple[str, str], ...]
"""What each fact is called, and the fact."""


def describe_machine() -> Machine:
    """Return the processor, the memory, the system, Python and the libraries that count."""
    return (
        ("Processor", _processor()),
        ("Cores", str(os.cpu_count())),
        ("Memory", f"{psutil.virtual_memory().total / 1e9:.1f} GB"),
        ("System", f"{platform.system()} {platform.machine()}"),
        ("Python", f"{platform.python_implementation()} {platform.python_version()}"),
        ("Libraries", ", ".join(_installed())),
    )


def _processor() -> str:
    try:
        said = Path("/proc/cpuinfo").read_text("utf-8")
    except OSError:
        return platform.processor() or "unknown"
    named = re.search(r"(?m)^model name\s*: (.+)$", said)
    return named[1].strip() if named else platform.processor() or "unknown"


def _installed() -> list[str]:
    found = []
    for name in _LIBRARIES:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            continue
    return found
