"""What somebody asks of the page: which draft, which text of it, and what they typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields

from starlette.requests import Request

from generator.review.listing import Asked
from generator.review.people import Person
from generator.review.typed import Typed

_TYPED = tuple(each.name for each in fields(Typed))
_DOUBT = ("which", "dataset", "area", "step", "words", "source", "answer")
_FIELDS = (*_TYPED, *_DOUBT, "seen", "shown", "what", "reason", "confirmed", "token")


@dataclass(frozen=True)
class Asking:
    """What is asked for, and by whom."""

    person: Person
    edition: str = ""
    folder: str = ""
    """The draft's, "" where none is meant."""
    name: str = ""
    """The file's."""
    query: Mapping[str, str] = field(default_factory=dict)
    form: Mapping[str, str] = field(default_factory=dict)
    of_a_part: bool = False
    """The answer takes the place of a part of a page, and not of the page."""

    @property
    def listed(self) -> Asked:
        """Which drafts are asked for."""
        known = {each.name for each in fields(Asked)}
        return Asked(**{key: said.strip() for key, said in self.query.items() if key in known})

    @property
    def typed(self) -> Typed:
        """What was typed."""
        return typed_in(self.form)

    @property
    def unsaved(self) -> Typed | None:
        """What was typed and lies nowhere yet, None where there is nothing like that."""
        return unsaved_in(self.form)


def asking_of(request: Request, person: Person, form: Mapping[str, str]) -> Asking:
    """Return what a request asks for."""
    at = request.path_params
    return Asking(
        person,
        edition=at.get("edition", ""),
        folder=f"{at['story']}/{at['period']}/{at['area']}" if "story" in at else "",
        name=at.get("name", ""),
        query=request.query_params,
        form=form,
        of_a_part=is_of_a_part(request),
    )


def typed_in(form: Mapping[str, str]) -> Typed:
    """Return what a form has as typed."""
    return Typed(*(form[name] for name in _TYPED))


def unsaved_in(form: Mapping[str, str]) -> Typed | None:
    """Return what a form has as typed and lies nowhere yet, None where there is nothing like that.

    A window that was emptied is like that; a form without a window is not.
    """
    has_window = bool(form.get("name") or form.get("text"))
    return typed_in(form) if has_window and not typed_in(form).is_saved else None


def is_of_a_part(request: Request) -> bool:
    """Tell whether htmx asks, for a part of a page."""
    return "hx-request" in request.headers


async def read_form(request: Request) -> Mapping[str, str]:
    """Return the fields of a form; one that is not there is empty, and files are none."""
    form = await request.form(max_files=0, max_fields=20)
    return {name: value if isinstance(value := form.get(name), str) else "" for name in _FIELDS}
