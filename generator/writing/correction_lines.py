"""What the template of a correction line is given, and the line that it makes of it."""

from __future__ import annotations

import traceback
from dataclasses import dataclass
from pathlib import PurePath

from jinja2 import TemplateNotFound

from generator.desk import Desk
from generator.errors import Fault, StoryError
from generator.writing.branches import TracedEnvironment
from generator.writing.claims import tracing

TEMPLATE = "shared/correction.md.j2"


@dataclass(frozen=True)
class About:
    """What a number of a correction is of, for the template to say."""

    label: str
    is_count: bool
    where: str
    when: str


@dataclass(frozen=True)
class Given:
    """A number that a story gave, in its own words, and of what."""

    said: str
    about: About


@dataclass(frozen=True)
class Comparison:
    """How a figure stands: to another (`above`, `below`, `level`), or among all before it.

    Among all it is `none`, `joint` or `outright`: a record no longer, one of two, or alone.
    """

    relation: str
    value: str = ""
    where: str = ""
    when: str = ""
    """Of the other figure: where, if it is elsewhere, and when."""
    lowest: bool = False


@dataclass(frozen=True)
class Statement:
    """What is right by the new figures: a figure, and how it stands to others."""

    about: About
    value: str
    also: tuple[tuple[str, str], ...] = ()
    """The same of other periods: the value, and when."""
    standings: tuple[Comparison, ...] = ()


def render_line(environment: TracedEnvironment, desk: Desk, **given: object) -> str:
    """Write a correction on one line. Raises StoryError where the template is at fault."""
    with tracing(desk.style):
        try:
            rendered = environment.get_template(TEMPLATE).render(given)
        except Exception as error:  # whatever a template does wrong is the desk's to mend
            raise StoryError(_template_fault(error)) from error
    return " ".join(rendered.split())


def _template_fault(error: Exception) -> Fault:
    if isinstance(error, TemplateNotFound):
        return Fault(
            f"The template {error.name} is missing.",
            "Put it back; `newscopy init DIR` writes a desk that has it.",
            file=f"templates/{error.name}",
        )
    frames = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename.endswith(".j2")
    ]
    name = PurePath(frames[-1].filename).name if frames else PurePath(TEMPLATE).name
    message = (str(error) or type(error).__name__).rstrip(".")
    return Fault(
        f"A correction line cannot be written: {message}.",
        "Correct the template.",
        file=f"templates/shared/{name}",
        line=frames[-1].lineno if frames else getattr(error, "lineno", None),
    )
