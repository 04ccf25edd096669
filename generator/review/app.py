"""The pages by their addresses: the list, a draft, and what is done with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cached_property
from http import HTTPStatus
from importlib.resources import files

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from generator.errors import Fault, NewscopyError
from generator.filing import Pages, SavedMeanwhileError, copy_from, sha256
from generator.review.guard import Guard, is_ours
from generator.review.listing import SORTS, Asked, list_drafts
from generator.review.people import OnePerson, People, Person, Role
from generator.review.site import ARTICLE, NotThereError, Site
from generator.review.typed import as_typed

_DRAFT = "/draft/{story}/{period}/{area}"
_SCRIPTS = ("htmx.min.js",)
_FIELDS = ("headline", "text", "began_from", "what", "reason", "token")


@dataclass(frozen=True)
class Asking:
    """What is asked for, and by whom."""

    person: Person
    folder: str = ""
    """The draft's, "" where none is meant."""
    name: str = ""
    """The file's."""
    query: Mapping[str, str] = field(default_factory=dict)
    form: Mapping[str, str] = field(default_factory=dict)


Answer = Callable[[Asking], Response]


@dataclass(frozen=True)
class App:
    """Answers what people ask of one site."""

    site: Site
    people: People

    @cached_property
    def pages(self) -> Pages:
        """The page templates."""
        return Pages(self.site.desk, "templates")

    @property
    def routes(self) -> list[BaseRoute]:
        """Every address, and the role that it needs."""
        return [
            self._route("/", self.list),
            self._route(_DRAFT, self.draft),
            self._route(f"{_DRAFT}/file/{{name}}", self.file),
            self._route(f"{_DRAFT}/check", self.check, posts=True),
            self._route(f"{_DRAFT}/save", self.save, Role.EDITOR, posts=True),
            self._route(f"{_DRAFT}/decide", self.decide, Role.EDITOR, posts=True),
            Route("/static/review.css", self.style),
            Route("/static/{name}", self.script),
        ]

    # What people ask for

    def list(self, asking: Asking) -> Response:
        """Show the drafts that are asked for."""
        known = {each.name for each in fields(Asked)}
        asked = Asked(**{k: v.strip() for k, v in asking.query.items() if k in known})
        record, decisions = self.site.look()
        among = self.site.triage(record) if asked.first else None
        listing = list_drafts(record, decisions, asked, among)
        return self._page("list", asking.person, listing=listing, asked=asked, sorts=SORTS)

    def draft(self, asking: Asking) -> Response:
        """Show a draft as it lies there, or an earlier version of it."""
        version = asking.query.get("version", "")
        opened = self.site.open(asking.folder, version)
        return self._page("draft", asking.person, opened=opened, version=version)

    def check(self, asking: Asking) -> Response:
        """Show what the second reader makes of what is being typed."""
        form = asking.form
        copy, marked = self.site.read_typed(asking.folder, form["headline"], form["text"])
        return self._page("reading", asking.person, copy=copy, marked=marked)

    def save(self, asking: Asking) -> Response:
        """Save what was typed, and show the draft again; or show what somebody else has saved."""
        form, who = asking.form, asking.person.name
        typed = (form["headline"], form["text"], form["began_from"])
        try:
            self.site.save(asking.folder, *typed, who)
        except SavedMeanwhileError as error:
            return self._conflict(asking, error)
        return _back_to(asking.folder)

    def decide(self, asking: Asking) -> Response:
        """Approve or spike a draft; what is held is approved by the head of the desk alone."""
        person, form = asking.person, asking.form
        reason = form["reason"]
        if form["what"] == "approve" and reason and not person.role.may(Role.HEAD):
            return self._refused([_FOR_THE_HEAD], HTTPStatus.FORBIDDEN, person)
        self.site.decide(asking.folder, form["what"], person.name, reason)
        return _back_to(asking.folder)

    def file(self, asking: Asking) -> Response:
        """Hand out a file of a draft, to be kept and not to be shown."""
        return FileResponse(self.site.file(asking.folder, asking.name), filename=asking.name)

    async def style(self, request: Request) -> Response:
        """Hand out the style sheet."""
        return _asset(self.pages.render("review/review.css").encode(), "text/css")

    async def script(self, request: Request) -> Response:
        """Hand out a script that comes with newscopy."""
        name = request.path_params["name"]
        if name not in _SCRIPTS:
            return Response(status_code=HTTPStatus.NOT_FOUND)
        data = files("generator.review").joinpath("static", name).read_bytes()
        return _asset(data, "text/javascript")

    def _conflict(self, asking: Asking, error: SavedMeanwhileError) -> Response:
        """Show what somebody else has saved beside what was typed, and both in one if they fit."""
        mine, theirs, merged = asking.form, None, None
        if error.theirs is not None:
            theirs = copy_from(error.theirs, ARTICLE)
            typed = (mine["headline"], mine["text"], mine["began_from"])
            merged = self.site.merge(asking.folder, *typed, error.theirs)
        return self._page(
            "conflict",
            asking.person,
            HTTPStatus.CONFLICT,
            folder=asking.folder,
            fault=error.faults[0],
            theirs=theirs,
            theirs_typed=as_typed(theirs) if theirs else "",
            merged=merged,
            merged_typed=as_typed(merged) if merged else "",
            began_from=sha256(error.theirs) if error.theirs is not None else "",
            mine=mine,
        )

    # How it is answered

    def _route(
        self, path: str, answer: Answer, needed: Role = Role.READER, *, posts: bool = False
    ) -> Route:
        async def endpoint(request: Request) -> Response:
            person = self.people.person_of(request)
            if person is None:
                return RedirectResponse("/sign-in", HTTPStatus.SEE_OTHER)
            form = await _form(request) if posts else {}
            if posts and not is_ours(form["token"], person.token):
                return self._refused([_FORGED], HTTPStatus.FORBIDDEN, person)
            if not person.role.may(needed):
                return self._refused([_not_for(person.role)], HTTPStatus.FORBIDDEN, person)
            at = request.path_params
            folder = f"{at['story']}/{at['period']}/{at['area']}" if "story" in at else ""
            asking = Asking(person, folder, at.get("name", ""), request.query_params, form)
            return await run_in_threadpool(self._answered, answer, asking)

        return Route(path, endpoint, methods=["POST" if posts else "GET"])

    def _answered(self, answer: Answer, asking: Asking) -> Response:
        """Answer; what somebody can mend is told on a page."""
        try:
            return answer(asking)
        except NotThereError as error:
            return self._refused(error.faults, HTTPStatus.NOT_FOUND, asking.person)
        except NewscopyError as error:
            return self._refused(error.faults, HTTPStatus.UNPROCESSABLE_ENTITY, asking.person)

    def _refused(self, faults: Sequence[Fault], status: HTTPStatus, person: Person) -> Response:
        return self._page("refused", person, status, faults=faults)

    def _page(
        self, name: str, person: Person, status: HTTPStatus = HTTPStatus.OK, **given: object
    ) -> Response:
        page = self.pages.render(
            f"review/{name}.html.j2",
            desk=self.site.desk,
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
_FOR_THE_HEAD = Fault(
    "What is held is approved by the head of the desk alone.",
    "Mend what holds it, or ask them to.",
)


def _not_for(role: Role) -> Fault:
    return Fault(f"A {role.value} may not do this.", "Ask the head of the desk for another role.")


def make_app(
    site: Site, people: People | str, hosts: Sequence[str], more: Sequence[BaseRoute] = ()
) -> Starlette:
    """Return the site as an application, for people or for one person by name.

    Only requests to these hosts are answered; `more` addresses may be given.
    """
    known = OnePerson(people) if isinstance(people, str) else people
    return Starlette(
        routes=[*App(site, known).routes, *more],
        middleware=[
            Middleware(Guard),
            Middleware(TrustedHostMiddleware, allowed_hosts=list(hosts)),
        ],
    )


def _back_to(folder: str) -> Response:
    return RedirectResponse(f"/draft/{folder}", HTTPStatus.SEE_OTHER)


def _asset(data: bytes, media_type: str) -> Response:
    return Response(data, media_type=media_type, headers={"Cache-Control": "no-cache"})


async def _form(request: Request) -> Mapping[str, str]:
    """Return the fields of a form; one that is not there is empty, and files are none."""
    form = await request.form(max_files=0, max_fields=20)
    return {name: value if isinstance(value := form.get(name), str) else "" for name in _FIELDS}
