"""The pages by their addresses: the list, a draft, and what is done with it."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from http import HTTPStatus
from importlib.resources import files
from pathlib import Path
from typing import IO
from urllib.parse import urlencode

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import (
    FileResponse,
    HTMLResponse,
    RedirectResponse,
    Response,
    StreamingResponse,
)
from starlette.routing import BaseRoute, Route

from generator.errors import Fault, NewscopyError
from generator.filing import SavedMeanwhileError, copy_from, sha256
from generator.review.changes import Change, changes
from generator.review.deciding import Choice, OvertakenError, decide
from generator.review.downloads import refuse_too_many, write_zip
from generator.review.drafts import Filed, NotThereError
from generator.review.editing import merge_typed, read_typed, save_typed
from generator.review.guard import Guard, is_ours
from generator.review.listing import SORTS, Asked, Listing, address, list_drafts
from generator.review.opened import open_text
from generator.review.people import OnePerson, People, Person, sign_in_at
from generator.review.rendering import STYLE, render
from generator.review.roles import Role
from generator.review.titles import Titles
from generator.review.triage import fewest
from generator.review.typed import Typed, as_copy, as_typed

_DRAFT = "/draft/{story}/{period}/{area}"
_EDITION = "/title/{edition}"
_SCRIPTS = ("htmx.min.js", "review.js")
_FIELDS = ("name", "headline", "text", "began_from", "seen", "what", "reason", "token")
_PIECE = 1 << 16
"""Bytes of a zip that are sent in one go."""


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
        form = self.form
        return Typed(form["name"], form["headline"], form["text"], form["began_from"])


Answer = Callable[[Asking], Response]


@dataclass(frozen=True)
class App:
    """Answers what people ask of a desk's titles."""

    titles: Titles
    people: People

    @property
    def routes(self) -> list[BaseRoute]:
        """Every address, and the role that it needs."""
        return [
            self._route("/", self.list),
            self._route("/drafts.zip", self.zip_list),
            *self._routes(_DRAFT, self.draft),
            *self._routes(f"{_DRAFT}/files.zip", self.zip_draft),
            *self._routes(f"{_DRAFT}/file/{{name}}", self.file),
            *self._routes(f"{_DRAFT}/check", self.check, posts=True),
            *self._routes(f"{_DRAFT}/save", self.save, Role.EDITOR, posts=True),
            *self._routes(f"{_DRAFT}/decide", self.decide, Role.EDITOR, posts=True),
            Route("/static/review.css", self.style),
            Route("/static/{name}", self.script),
        ]

    # What people ask for

    def list(self, asking: Asking) -> Response:
        """Show the drafts that are asked for."""
        asked = asking.listed
        listing, faults = self._listing(asked)
        return self._page(
            "list",
            asking.person,
            listing=listing,
            asked=asked,
            sorts=SORTS,
            faults=faults,
            query=urlencode({key: said for key, said in vars(asked).items() if said}),
        )

    def zip_list(self, asking: Asking) -> Response:
        """Hand out the files of all drafts that are asked for, each title's in a folder."""
        listing, _ = self._listing(asking.listed)
        refuse_too_many(listing.found)
        wanted = {each.at for each in listing.found}
        found: dict[str, Path] = {}
        for site in self.titles.all():
            for draft in site.drafts():
                if draft.at in wanted and draft.is_in_place:
                    place = "/".join(filter(None, (site.edition, draft.folder)))
                    found |= {f"{place}/{name}": path for name, path in draft.to_take_away.items()}
        return _zip(found, "drafts.zip")

    def draft(self, asking: Asking) -> Response:
        """Show a text of a draft as it lies there, or an earlier version of it."""
        version = asking.query.get("version", "")
        opened = open_text(self._draft(asking), asking.query.get("file", ""), version)
        return self._page("draft", asking.person, opened=opened, version=version)

    def zip_draft(self, asking: Asking) -> Response:
        """Hand out the files of a draft."""
        draft = self._draft(asking)
        return _zip(draft.to_take_away, f"{asking.folder.replace('/', '-')}.zip")

    def check(self, asking: Asking) -> Response:
        """Show what the second reader makes of what is being typed."""
        copy, marked = read_typed(self._draft(asking), asking.typed)
        return self._page("reading", asking.person, copy=copy, marked=marked)

    def save(self, asking: Asking) -> Response:
        """Save what was typed, and show the text again; or show what somebody else has saved."""
        draft, typed = self._draft(asking), asking.typed
        try:
            save_typed(draft, typed, asking.person.name)
        except SavedMeanwhileError as error:
            return self._conflict(draft, typed, asking.person, error)
        return _to(draft, typed.name)

    def decide(self, asking: Asking) -> Response:
        """Decide on a draft; what is held is approved by the head of the desk alone."""
        person, form = asking.person, asking.form
        if form["what"] not in list(Choice):
            return self._refused([_NO_CHOICE], HTTPStatus.UNPROCESSABLE_ENTITY, asking)
        choice, reason = Choice(form["what"]), form["reason"]
        if choice is Choice.APPROVE and reason and not person.role.may(Role.HEAD):
            return self._refused([_FOR_THE_HEAD], HTTPStatus.FORBIDDEN, asking)
        draft = self._draft(asking)
        decide(draft, choice, person.name, reason, form["seen"])
        return _to(draft)

    def file(self, asking: Asking) -> Response:
        """Hand out a file of a draft, to be kept and not to be shown."""
        return FileResponse(self._draft(asking).file(asking.name), filename=asking.name)

    async def style(self, request: Request) -> Response:
        """Hand out the style sheet."""
        return _asset(render(STYLE).encode(), "text/css")

    async def script(self, request: Request) -> Response:
        """Hand out a script that comes with newscopy."""
        name = request.path_params["name"]
        if name not in _SCRIPTS:
            return Response(status_code=HTTPStatus.NOT_FOUND)
        data = files("generator.review").joinpath("static", name).read_bytes()
        return _asset(data, "text/javascript")

    def _draft(self, asking: Asking) -> Filed:
        return self.titles.of(asking.edition).draft(asking.folder)

    def _listing(self, asked: Asked) -> tuple[Listing, Sequence[Fault]]:
        """Return the drafts that are asked for, and why some titles' cannot be told."""
        every, faults = self.titles.listed()
        first = None
        if asked.first:
            among = list_drafts(every, replace(asked, first="")).found
            branches = self.titles.branches()
            shown = {each.at: branches[each.at] for each in among if each.at in branches}
            first = fewest(shown, {each.at: each.row.score for each in among})
        return list_drafts(every, asked, first), faults

    def _conflict(
        self, draft: Filed, mine: Typed, person: Person, error: SavedMeanwhileError
    ) -> Response:
        """Show what somebody else has saved beside what was typed, and both in one if they fit."""
        theirs = merged = None
        differences: Sequence[Change] = ()
        if error.theirs is not None:
            theirs = copy_from(error.theirs, mine.name)
            merged = merge_typed(draft, mine, error.theirs)
            differences = changes(theirs, as_copy(mine, theirs))
        return self._page(
            "conflict",
            person,
            HTTPStatus.CONFLICT,
            at=draft.at,
            fault=error.faults[0],
            theirs=theirs,
            theirs_typed=as_typed(theirs) if theirs else "",
            differences=differences,
            merged=merged,
            merged_typed=as_typed(merged) if merged else "",
            began_from=sha256(error.theirs) if error.theirs is not None else "",
            mine=mine,
        )

    # How it is answered

    def _routes(
        self, path: str, answer: Answer, needed: Role = Role.READER, *, posts: bool = False
    ) -> Sequence[Route]:
        """Return the addresses of something of a draft: of the folder's own, and an edition's."""
        return [self._route(f"{at}{path}", answer, needed, posts=posts) for at in ("", _EDITION)]

    def _route(
        self, path: str, answer: Answer, needed: Role = Role.READER, *, posts: bool = False
    ) -> Route:
        async def endpoint(request: Request) -> Response:
            person = await run_in_threadpool(self.people.person_of, request)
            of_a_part = "hx-request" in request.headers
            if person is None:
                return _signed_out() if of_a_part else _to_sign_in(request)
            at = request.path_params
            form = await _form(request) if posts else {}
            asking = Asking(
                person,
                edition=at.get("edition", ""),
                folder=f"{at['story']}/{at['period']}/{at['area']}" if "story" in at else "",
                name=at.get("name", ""),
                query=request.query_params,
                form=form,
                of_a_part=of_a_part,
            )
            if posts and not is_ours(form["token"], person.token):
                return self._refused([_FORGED], HTTPStatus.FORBIDDEN, asking)
            if not person.role.may(needed):
                return self._refused([_not_for(person.role)], HTTPStatus.FORBIDDEN, asking)
            return await run_in_threadpool(self._answered, answer, asking)

        return Route(path, endpoint, methods=["POST" if posts else "GET"])

    def _answered(self, answer: Answer, asking: Asking) -> Response:
        """Answer; what somebody can mend is told on a page."""
        try:
            return answer(asking)
        except NotThereError as error:
            return self._refused(error.faults, HTTPStatus.NOT_FOUND, asking)
        except OvertakenError as error:
            return self._refused(error.faults, HTTPStatus.CONFLICT, asking)
        except NewscopyError as error:
            return self._refused(error.faults, HTTPStatus.UNPROCESSABLE_ENTITY, asking)

    def _refused(self, faults: Sequence[Fault], status: HTTPStatus, asking: Asking) -> Response:
        """Say what is amiss: on a page, or in the part of one, which takes no other status."""
        if asking.of_a_part:
            return HTMLResponse(render("faults.html.j2", faults=faults))
        there = asking.folder and status is not HTTPStatus.NOT_FOUND
        back = address(asking.edition, asking.folder) if there else ""
        return self._page("refused", asking.person, status, faults=faults, back=back)

    def _page(
        self, name: str, person: Person, status: HTTPStatus = HTTPStatus.OK, **given: object
    ) -> Response:
        page = render(
            f"{name}.html.j2",
            desk=self.titles.desk,
            stories={name: story.title for name, story in self.titles.desk.stories.items()},
            person=person,
            may_edit=person.role.may(Role.EDITOR),
            signs_in=self.people.signs_in,
            **given,
        )
        return HTMLResponse(page, status)


_FORGED = Fault(
    "This form does not come from a page of this site, or from one that is older than it.",
    "Load the draft again, and do it from there.",
)
_SIGNED_OUT = Fault(
    "You are signed out, and what you type is not read again.",
    "Copy it, sign in, and open the draft again.",
)
_NO_CHOICE = Fault(
    "This is nothing that can be decided of a draft.",
    "Load the draft again, and choose there.",
    expected=" or ".join(Choice),
)
_FOR_THE_HEAD = Fault(
    "What is held is approved by the head of the desk alone.",
    "Mend what holds it, or ask them to.",
)


def _not_for(role: Role) -> Fault:
    return Fault(f"A {role.value} may not do this.", "Ask the head of the desk for another role.")


def make_app(
    titles: Titles, people: People | str, hosts: Sequence[str], more: Sequence[BaseRoute] = ()
) -> Starlette:
    """Return the pages as an application, for people or for one person by name.

    Only requests to these hosts are answered; `more` addresses may be given.
    """
    known = OnePerson(people) if isinstance(people, str) else people
    return Starlette(
        routes=[*App(titles, known).routes, *more],
        middleware=[
            Middleware(Guard),
            Middleware(TrustedHostMiddleware, allowed_hosts=list(hosts)),
        ],
    )


def _to_sign_in(request: Request) -> Response:
    return RedirectResponse(sign_in_at(request), HTTPStatus.SEE_OTHER)


def _signed_out() -> Response:
    return HTMLResponse(render("faults.html.j2", faults=[_SIGNED_OUT]))


def _to(draft: Filed, name: str = "") -> Response:
    """Go to a draft, to the text of a file where one is named."""
    query = f"?{urlencode({'file': name})}" if name in draft.texts else ""
    return RedirectResponse(f"{draft.at}{query}", HTTPStatus.SEE_OTHER)


def _zip(found: Mapping[str, Path], name: str) -> Response:
    """Hand out files in one; it is made on the disk, whatever its size."""
    made = tempfile.TemporaryFile()  # noqa: SIM115 - it is closed when all of it is sent, or dropped
    write_zip(made, found)
    size = made.tell()
    made.seek(0)
    return StreamingResponse(
        _pieces(made),
        media_type="application/zip",
        headers={
            "Content-Length": str(size),
            "Content-Disposition": f'attachment; filename="{name}"',
        },
    )


def _pieces(made: IO[bytes]) -> Iterator[bytes]:
    with made:
        while piece := made.read(_PIECE):
            yield piece


def _asset(data: bytes, media_type: str) -> Response:
    return Response(data, media_type=media_type, headers={"Cache-Control": "no-cache"})


async def _form(request: Request) -> Mapping[str, str]:
    """Return the fields of a form; one that is not there is empty, and files are none."""
    form = await request.form(max_files=0, max_fields=20)
    return {name: value if isinstance(value := form.get(name), str) else "" for name in _FIELDS}
