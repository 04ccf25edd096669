"""What newscopy is, to the byte: two runs by the same one say the same of the same files."""

from __future__ import annotations

import hashlib
import json
import sys
from functools import cache
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path


def made_with() -> dict[str, str]:
    """Return whatever of the program can change what a run says: sources and libraries."""
    return {"newscopy": _sources(), "python": sys.version, **_libraries()}


@cache
def identity() -> str:
    """Return a hash of what newscopy is in this process."""
    return hashlib.sha256(json.dumps(made_with(), sort_keys=True).encode()).hexdigest()


def version_of(package: str) -> str:
    """Return the version of an installed package, "unknown" where it is not installed."""
    try:
        return version(package)
    except PackageNotFoundError:
        return "unknown"


def _sources() -> str:
    """Hash the program's own sources, which in a checkout change without a new version."""
    package = Path(__file__).parent
    digest = hashlib.sha256()
    sources = (path for path in package.rglob("*.py*") if path.suffix in (".py", ".pyi"))
    for path in sorted(sources):
        data = path.read_bytes()
        digest.update(f"{path.relative_to(package).as_posix()} {len(data)}\n".encode() + data)
    return digest.hexdigest()


def _libraries() -> dict[str, str]:
    """Return the version of every library that newscopy says it needs."""
    try:
        needed = requires("newscopy") or []
    except PackageNotFoundError:
        needed = []
    names = (line.partition(";")[0] for line in needed)
    plain = {name.strip().split(">")[0].split("=")[0].split("[")[0] for name in names}
    return {name: version_of(name) for name in sorted(plain)}
