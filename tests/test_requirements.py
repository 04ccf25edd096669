"""What the program imports is what it says that it needs: a run knows by that what has changed."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).parents[1]
COMES_WITH = {
    "anyio": "starlette",
    "pydantic-core": "pydantic",
    "typing-extensions": "pydantic",
    "fsspec": "universal-pathlib",
}
"""Parts of what is declared, which fixes their versions or is nothing without them."""


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", re.split(r"[\s\[>=<;]", name)[0]).lower()


def imported() -> Iterator[str]:
    for path in sorted((ROOT / "generator").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                yield from (each.name for each in node.names)
            elif isinstance(node, ast.ImportFrom) and not node.level:
                yield node.module or ""


def needed() -> set[str]:
    """Return the distributions that the program imports from."""
    tops = {name.partition(".")[0] for name in imported()} - {"generator", *sys.stdlib_module_names}
    found = packages_distributions()
    names = {plain(found[top][0]) for top in tops}
    return {COMES_WITH.get(name, name) for name in names}


def declared() -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    optional = [name for names in project["optional-dependencies"].values() for name in names]
    return set(map(plain, [*project["dependencies"], *optional]))


def test_whatever_is_imported_is_declared() -> None:
    assert needed() - declared() == set()


def test_whatever_is_declared_is_pinned() -> None:
    text = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    pinned = set(map(plain, re.findall(r"^\S+(?===)", text, re.MULTILINE)))
    assert declared() - pinned == set()
