"""What templates run in: a sandbox that asks once what it allows."""

from __future__ import annotations

from typing import Any

from jinja2.sandbox import SandboxedEnvironment


class RememberingSandbox(SandboxedEnvironment):
    """Remembers by type and name what Jinja's sandbox allows, which looks at nothing else."""

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self._allowed: dict[tuple[type, str], bool] = {}

    def is_safe_attribute(self, obj: object, attr: str, value: object) -> bool:
        """Tell whether a template may read an attribute of an object."""
        key = (type(obj), attr)
        if key not in self._allowed:
            self._allowed[key] = super().is_safe_attribute(obj, attr, value)
        return self._allowed[key]
