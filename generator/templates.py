"""Where templates are loaded from: the desk as it was read, and no other."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from jinja2 import BaseLoader, Environment, TemplateNotFound
from jinja2.loaders import split_template_path

from generator.errors import Fault, WorkError


class SeenTemplates(BaseLoader):
    """Loads templates that are, to the byte, what they were when the desk was read.

    A template is read when it is first needed, in whichever process needs it. Somebody may have
    saved it by then, and may put it back later: what was made of it would be taken for what the
    desk's own makes.
    """

    def __init__(self, desk: Path, within: str, hashes: Mapping[str, str]) -> None:
        self._desk, self._within, self._hashes = desk, within, hashes

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, None]:
        """Read a template. Raises WorkError where it is another by now."""
        name = "/".join([self._within, *split_template_path(template)])
        path = self._desk / name
        try:
            data = path.read_bytes()
        except OSError as error:
            raise TemplateNotFound(template) from error
        if hashlib.sha256(data).hexdigest() != self._hashes.get(name):
            raise WorkError(
                Fault(
                    "A template is not what it was when the desk was read, or is another one for "
                    "a worker of the cluster.",
                    "Run again; every worker has to see the same desk under the same path.",
                    file=str(path),
                )
            )
        return data.decode().replace("\r\n", "\n"), str(path), None
