"""YAML that remembers on which line each key stands."""

from __future__ import annotations

from collections.abc import Sequence
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
                pairs = {key.value: (key, value) for key, value in node.value}
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

    def fault(self, what: str, mend: str, place: Sequence[str | int]) -> Fault:
        """Return a fault at a key path of this file."""
        return Fault(
            what[:1].upper() + what[1:],
            mend,
            file=self.name,
            line=self.line(*place),
            key=".".join(map(str, place)),
        )


def read_yaml(path: Path, name: str) -> Located[object]:
    """Read a YAML file, safely, refusing a key that stands twice in one mapping.

    Raises DeskError where the file is absent, is not UTF-8 or is not YAML.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise DeskError(
            Fault("The file is missing.", "Put it back; `newscopy init DIR` writes one.", file=name)
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise DeskError(
            Fault(f"The file cannot be read: {error}.", "Save it as UTF-8 text.", file=name)
        ) from error
    loader = yaml.SafeLoader(text)
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
                "Mind the indentation, and put quotation marks round text with a colon.",
                file=name,
                line=mark.line + 1 if mark else None,
            )
        ) from error
    except (yaml.YAMLError, ValueError) as error:
        raise DeskError(
            Fault(f"This is not YAML: {error}.", "Correct the file.", file=name)
        ) from error
    finally:
        loader.dispose()


def _keys_twice(node: yaml.Node | None, name: str) -> list[Fault]:
    faults: list[Fault] = []
    if isinstance(node, yaml.MappingNode):
        seen: dict[str, int] = {}
        for key, value in node.value:
            line = key.start_mark.line + 1
            if key.value in seen:
                faults.append(
                    Fault(
                        f"The key `{key.value}` stands twice, first on line {seen[key.value]}.",
                        "Keep one of the two.",
                        file=name,
                        line=line,
                        key=str(key.value),
                    )
                )
            seen.setdefault(key.value, line)
            faults += _keys_twice(value, name)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            faults += _keys_twice(item, name)
    return faults
