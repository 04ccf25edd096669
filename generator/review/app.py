"""The pages by their addresses: the list, a draft, and what is done with it."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from http import HTTPStatus
from importlib.resources import files

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from generator.errors import Fault, NewscopyError
from generator.filing import Pages, SavedMeanwhileError, copy_from
from generator.review.guard import Guard, is_ours
from generator.review.listing import SORTS, Asked, list_drafts
from generator.review.site import ARTICLE, NotThereError, Site
from generator.review.typed import as_typed

_DRAFT = "/draft/{story}/{period}/{area}"
_SCRIPTS = ("htmx.min.js",)


@dataclass(frozen=True)
class App:
    """Answers requests about one site, for one person (`who`)."""

    site: Site
    who: str
    token: str

    @cached_property
    def pages(self) -> Pages:
        """The page templates."""
        return Pages(self.site.desk, "templates")

    async def list(self, request: Request) -> Response:
        """Show the drafts that are asked for."""
        query = request.query_params
        asked = Asked(**{key: query[key].strip() for key in asdict(Asked()) if key in query})

        def shown() -> str:
            record, decisions = self.site.look()
            listing = list_drafts(record, decisions, asked)
            return self._render("list", listing=listing, asked=asked, sorts=SORTS)

        return await self._page(shown)

    async def draft(self, request: Request) -> Response:
        """Show a draft as it lies there."""
        folder = _folder(request)
        return await self._page(lambda: self._render("draft", opened=self.site.open(folder)))

    async def check(self, request: Request) -> Response:
        """Show what the second reader makes of what is being typed."""
        form = await _form(request)
        folder = _folder(request)

        def shown() -> str:
            copy, marked = self.site.read_typed(folder, form["headline"], form["text"])
            return self._render("reading", copy=copy, marked=marked, folder=folder)

        return await self._page(shown, form)

    async def save(self, request: Request) -> Response:
        """Save what was typed, and show the draft again; or show what somebody else has saved."""
        form = await _form(request)
        folder = _folder(request)

        def saved() -> Response:
            try:
                self.site.save(folder, form["headline"], form["text"], form["began_from"], self.who)
            except SavedMeanwhileError as error:
                theirs = copy_from(error.theirs, ARTICLE) if error.theirs else None
                return self._html(
                    "conflict",
                    HTTPStatus.CONFLICT,
                    folder=folder,
                    fault=error.faults[0],
                    theirs=theirs,
                    theirs_typed=as_typed(theirs) if theirs else "",
                    mine=form,
                )
            return RedirectResponse(f"/draft/{folder}", HTTPStatus.SEE_OTHER)

        return await self._answer(saved, form)

    async def decide(self, request: Request) -> Response:
        """Approve or spike a draft."""
        form = await _form(request)
        folder = _folder(request)

        def decided() -> Response:
            self.site.decide(folder, form["what"], self.who, form["reason"])
            return RedirectResponse(f"/draft/{folder}", HTTPStatus.SEE_OTHER)

        return await self._answer(decided, form)

    async def file(self, request: Request) -> Response:
        """Hand out a file of a draft, to be kept and not to be shown."""
        folder, name = _folder(request), request.path_params["name"]
        return await self._answer(
            lambda: FileResponse(self.site.file(folder, name), filename=name), None
        )

    async def style(self, request: Request) -> Response:
        """Hand out the style sheet."""
        text = self.pages.render("review/review.css")
        return Response(text, media_type="text/css", headers={"Cache-Control": "no-cache"})

    async def script(self, request: Request) -> Response:
        """Hand out a script that comes with newscopy."""
        name = request.path_params["name"]
        if name not in _SCRIPTS:
            return Response(status_code=HTTPStatus.NOT_FOUND)
        data = files("generator.review").joinpath("static", name).read_bytes()
        return Response(data, media_type="text/javascript", headers={"Cache-Control": "no-cache"})

    async def _page(self, shown, form=None) -> Response:  # type: ignore[no-untyped-def]
        return await self._answer(lambda: HTMLResponse(shown()), form)

    async def _answer(self, answer, form) -> Response:  # type: ignore[no-untyped-def]
        """Answer in a thread; what an editor can mend is told on a page."""
        if form is not None and not is_ours(form.get("token"), self.token):
            return self._refused([_FORGED], HTTPStatus.FORBIDDEN)
        try:
            return await run_in_threadpool(answer)
        except NotThereError as error:
            return self._refused(error.faults, HTTPStatus.NOT_FOUND)
        except NewscopyError as error:
            return self._refused(error.faults, HTTPStatus.UNPROCESSABLE_ENTITY)

    def _refused(self, faults: Sequence[Fault], status: HTTPStatus) -> Response:
        return self._html("refused", status, faults=faults)

    def _html(self, name: str, status: HTTPStatus, **given: object) -> HTMLResponse:
        return HTMLResponse(self._render(name, **given), status)

    def _render(self, name: str, **given: object) -> str:
        return self.pages.render(
            f"review/{name}.html.j2", desk=self.site.desk, who=self.who, token=self.token, **given
        )


_FORGED = Fault(
    "This form does not come from a page of this site, or from one that is older than it.",
    "Load the draft again, and do it from there.",
)


def make_app(site: Site, who: str, hosts: Sequence[str]) -> Starlette:
    """Return the site as an application; only requests to these hosts are answered."""
    app = App(site, who, secrets.token_urlsafe(32))
    return Starlette(
        routes=[
            Route("/", app.list),
            Route(_DRAFT, app.draft),
            Route(f"{_DRAFT}/check", app.check, methods=["POST"]),
            Route(f"{_DRAFT}/save", app.save, methods=["POST"]),
            Route(f"{_DRAFT}/decide", app.decide, methods=["POST"]),
            Route(f"{_DRAFT}/file/{{name}}", app.file),
            Route("/static/review.css", app.style),
            Route("/static/{name}", app.script),
        ],
        middleware=[
            Middleware(Guard),
            Middleware(TrustedHostMiddleware, allowed_hosts=list(hosts)),
        ],
    )


def _folder(request: Request) -> str:
    path = request.path_params
    return f"{path['story']}/{path['period']}/{path['area']}"


async def _form(request: Request) -> Mapping[str, str]:
    """Return the fields of a form; one that is not there is empty, and files are none."""
    form = await request.form(max_files=0, max_fields=20)
    fields = ("headline", "text", "began_from", "what", "reason", "token")
    return {name: value if isinstance(value := form.get(name), str) else "" for name in fields}
