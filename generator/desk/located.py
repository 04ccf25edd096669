"""YAML that remembers on which line each key stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

import yaml

from generator.errors import DeskError, Fault

Value = TypeVar("Value")


@dataclass(frozen=True)
class Located(Generic[Value]):
    """A value read from a YAML file, and where its parts stand."""

    value: Value
    node: yaml.Node | None
    name: str

    def line(self, *place: str | int) -> int | None:
        """Return the 1-based line of a key path, or of as much of it as there is."""
        node, line = self.node, None
        for step in place:
            if isinstance(node, yaml.MappingNode):
                pairs = {str(key.value): (key, value) for key, value in node.value}
                if str(step) not in pairs:
                    break
                key, node = pairs[str(step)]
                line = key.start_mark.line + 1
            elif isinstance(node, yaml.SequenceNode) and isinstance(step, int):
                if step >= len(node.value):
                    break
                node = node.value[step]
                line = node.start_mark.line + 1
        if line is None and self.node is not None:
            line = self.node.start_mark.line + 1
        return line

    def fault(
        self,
        what: str,
        mend: str,
        place: Sequence[str | int],
        *,
        found: str = "",
        expected: str = "",
    ) -> Fault:
        """Return a fault at a key path of this file; the key counts the items of a list from 1."""
        return Fault(
            what[:1].upper() + what[1:],
            mend,
            file=self.name,
            line=self.line(*place),
            key=".".join(str(step + 1 if isinstance(step, int) else step) for step in place),
            found=found,
            expected=expected,
        )


_LARGEST = 2_000_000
"""Bytes: fifty times the largest file of the sample desk."""


class _AsWritten(yaml.SafeLoader):
    """Takes values for the text that stands there: 4.10 is not 4.1, and No is not false.

    Only "nothing" keeps its YAML meaning; what is to be a number or a date, the schema says.
    """

    yaml_implicit_resolvers = {  # noqa: RUF012 - yaml declares it so
        first: [each for each in resolvers if each[0].endswith((":null", ":merge"))]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def read_yaml(path: Path, name: str) -> Located[object]:
    """Read a YAML file, safely, refusing a key that stands twice in one mapping.

    Raises DeskError where the file is absent, too large, is not UTF-8 or is not YAML.
    """
    return parse_yaml(read_text(path, name), name)


def read_text(path: Path, name: str) -> str:
    """Read a file. Raises DeskError where it is absent, too large or is not UTF-8."""
    try:
        _refuse_large(path, name)
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise DeskError(
            Fault("The file is missing.", "Put it back; `newscopy init DIR` writes one.", file=name)
        ) from error
    except UnicodeDecodeError as error:
        raise DeskError(
            Fault(
                "The file is not UTF-8 text.",
                "Save it with the encoding UTF-8.",
                file=name,
                line=error.object[: error.start].count(b"\n") + 1,
                found=f"the byte {error.object[error.start]:#04x}",
            )
        ) from error
    except OSError as error:
        raise DeskError(
            Fault(
                f"The file cannot be read: {error.strerror or error}.",
                "See that it is a file, and that you may read it.",
                file=name,
            )
        ) from error


def parse_yaml(text: str, name: str) -> Located[object]:
    """Read YAML, as `read_yaml` does of a file. Raises DeskError where it is none."""
    try:
        loader = _AsWritten(text)
    except yaml.YAMLError as error:
        raise DeskError(
            Fault(
                "The file holds characters that no text has.",
                "Save it as UTF-8 text, from a text editor.",
                file=name,
            )
        ) from error
    try:
        node = loader.get_single_node()
        twice = list(_keys_twice(node, name))
        if twice:
            raise DeskError(*twice)
        return Located(loader.construct_document(node) if node else {}, node, name)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise DeskError(
            Fault(
                f"This is not YAML: {error.problem or error.context}.",
                "Mind the indentation, and put quotation marks round text with a colon or a brace.",
                file=name,
                line=mark.line + 1 if mark else None,
            )
        ) from error
    except (yaml.YAMLError, ValueError) as error:
        raise DeskError(
            Fault(f"This is not YAML: {error}.", "Correct the file.", file=name)
        ) from error
    except RecursionError as error:
        raise DeskError(
            Fault(
                "The file is nested more deeply than anything in a desk is.",
                "Take out the brackets or the indentation that nobody needs.",
                file=name,
            )
        ) from error
    finally:
        loader.dispose()


def _refuse_large(path: Path, name: str) -> None:
    size = path.stat().st_size
    if size > _LARGEST:
        raise DeskError(
            Fault(
                "The file is larger than any that a person writes.",
                "Put areas into a table (`table:` in forces.yml), and take out what is not config.",
                file=name,
                found=f"{size:,} bytes",
                expected=f"at most {_LARGEST:,}",
            )
        )


def _keys_twice(root: yaml.Node | None, name: str) -> Iterator[Fault]:
    """Yield every key that stands again in its mapping, each mapping once, however often named."""
    waiting, visited = [root], set[int]()
    while waiting:
        node = waiting.pop()
        if id(node) in visited or not isinstance(node, yaml.CollectionNode):
            continue
        visited.add(id(node))
        if not isinstance(node, yaml.MappingNode):
            waiting += reversed(node.value)
            continue
        seen: dict[str, int] = {}
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                continue
            line = key.start_mark.line + 1
            if key.value in seen:
                yield Fault(
                    f"The key `{key.value}` stands twice, first on line {seen[key.value]}.",
                    "Keep one of the two.",
                    file=name,
                    line=line,
                    key=key.value,
                )
            seen.setdefault(key.value, line)
        waiting += [value for _, value in reversed(node.value)]
