"""What a template asks for that is not there, said in the words of templates, not of Python."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from types import SimpleNamespace

from jinja2 import StrictUndefined
from pydantic import BaseModel

from generator.desk import Area, Story
from generator.errors import did_you_mean
from generator.model import Comparison, Exclusion, Figure, Finding, MeasureFacts, Release
from generator.periods import Period

_KINDS = {
    Area: "an area",
    Comparison: "a comparison",
    Exclusion: "an exclusion",
    Figure: "a figure",
    Finding: "a finding",
    Period: "a period",
    Release: "the release",
    Story: "the story",
}
_LACKS = re.compile(r"has no `(?P<name>\w+)`; it has (?P<known>.+)")


class Lacking(StrictUndefined):
    """What is not there: whatever a template does with it fails, and says what there is."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        asked, name = self._undefined_obj, self._undefined_name
        known = ", ".join(_parts(asked))
        if self._undefined_hint is None and asked is None:
            return f"there is nothing here that could have `{name}`"
        if self._undefined_hint is None and known:
            whose = asked.name if isinstance(asked, MeasureFacts) else _KINDS.get(type(asked))
            return f"{whose or 'this'} has no `{name}`; it has {known}"
        return super()._undefined_message


def nearest(message: str) -> str:
    """Return "Did you mean …?" for what was asked of something that has the like, "" for none."""
    lacks = _LACKS.search(message)
    return did_you_mean(lacks["name"], lacks["known"].split(", ")) if lacks else ""


def _parts(asked: object) -> Iterable[str]:
    """Return what a template may ask of something, in the order in which it is written down."""
    if isinstance(asked, SimpleNamespace):
        return vars(asked)
    if isinstance(asked, BaseModel):
        return type(asked).model_fields
    return [part.name for part in fields(asked)] if is_dataclass(asked) else ()
