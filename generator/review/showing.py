"""Pages and parts of pages, as answers to a browser."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from http import HTTPStatus
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from generator.errors import Fault
from generator.review.asking import Asking, is_of_a_part, unsaved_in
from generator.review.listing import address
from generator.review.people import Person, sign_in_at
from generator.review.rendering import render
from generator.review.roles import Role
from generator.review.titles import Titles


@dataclass(frozen=True)
class Shows:
    """Shows pages of a desk."""

    titles: Titles
    signs_in: bool
    """People have accounts."""

    def page(
        self, name: str, person: Person, status: HTTPStatus = HTTPStatus.OK, **given: object
    ) -> Response:
        """Show a page to a person."""
        desk = self.titles.desk
        shown = render(
            f"{name}.html.j2",
            desk=desk,
            stories={name: story.title for name, story in desk.stories.items()},
            person=person,
            may_edit=person.role.may(Role.EDITOR),
            may_override=person.role.may(Role.HEAD),
            signs_in=self.signs_in,
            **given,
        )
        return HTMLResponse(shown, status)

    def refused(self, faults: Sequence[Fault], status: HTTPStatus, asking: Asking) -> Response:
        """Say what is amiss; what was typed is on the page, to be sent once more.

        Where the output lies on the server's disk is nobody's business.
        """
        faults = [_below(fault, self.titles.output) for fault in faults]
        if asking.of_a_part:
            return part(faults)
        is_lost = status is HTTPStatus.NOT_FOUND
        return self.page(
            "refused",
            asking.person,
            status,
            faults=faults,
            is_lost=is_lost,
            back=address(asking.edition, asking.folder) if asking.folder and not is_lost else "",
            form=asking.form if asking.unsaved else None,
        )


def _below(fault: Fault, output: Path) -> Fault:
    """Return a fault whose file is named from the output on."""
    path = Path(fault.file)
    inside = path.is_relative_to(output)
    return replace(fault, file=path.relative_to(output).as_posix()) if inside else fault


def part(faults: Sequence[Fault]) -> Response:
    """Say what is amiss in a part of a page, which takes no other status."""
    return HTMLResponse(render("unread.html.j2", faults=faults))


def signed_out(request: Request, form: Mapping[str, str]) -> Response:
    """Ask somebody to sign in; what they typed is not lost by it."""
    if is_of_a_part(request):
        return part([_SIGNED_OUT])
    if unsaved_in(form):
        return HTMLResponse(render("signed-out.html.j2", form=form), HTTPStatus.UNAUTHORIZED)
    return RedirectResponse(sign_in_at(request), HTTPStatus.SEE_OTHER)


async def lost(_request: Request, error: Exception) -> Response:
    """Answer an address that is none, or a request that is none."""
    assert isinstance(error, HTTPException)  # noqa: S101 - it answers no other
    status = HTTPStatus(error.status_code)
    what, mend = _LOST.get(status, _AMISS)
    if status is HTTPStatus.SERVICE_UNAVAILABLE:
        what, _, mend = error.detail.strip().partition("\n")
    return HTMLResponse(render("lost.html.j2", what=what, mend=mend), status)


async def broken(_request: Request, _error: Exception) -> Response:
    """Say that the fault is ours; what it is stands in the server's log alone."""
    page = render("lost.html.j2", what=_BROKEN[0], mend=_BROKEN[1])
    return HTMLResponse(page, HTTPStatus.INTERNAL_SERVER_ERROR)


_LOST = {
    HTTPStatus.NOT_FOUND: ("There is no such page", "It may have been moved: look on the list."),
    HTTPStatus.METHOD_NOT_ALLOWED: ("Not done", "Load the page before this one, and try again."),
}
_AMISS = ("Not done", "What was sent cannot be understood. Load the page again, and try again.")
_BROKEN = (
    "Something is wrong with newscopy",
    "Nothing was written. Go back, copy what you typed, and tell whoever runs it.",
)
_SIGNED_OUT = Fault(
    "You are signed out, and what you type is not read again.",
    "Copy what you typed, sign in in another window, and open the draft there.",
)
