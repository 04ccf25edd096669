"""The page as an application: its addresses, and who may ask for what."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from http import HTTPStatus

from anyio import CapacityLimiter, to_thread
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from generator.errors import Fault, NewscopyError
from generator.review import assets
from generator.review.answers import Answers
from generator.review.asking import Asking, asking_of, read_form
from generator.review.deciding import OvertakenError
from generator.review.doubts_page import AT, DoubtsPage
from generator.review.drafts import NotThereError
from generator.review.guard import Guard, is_ours
from generator.review.people import OnePerson, People
from generator.review.roles import Role
from generator.review.showing import Shows, broken, lost, signed_out
from generator.review.titles import Titles

_DRAFT = "/draft/{story}/{period}/{area}"
_EDITION = "/title/{edition}"
_READINGS = 2

Answer = Callable[[Asking], Response]


@dataclass(frozen=True)
class App:
    """The addresses of a desk's page."""

    titles: Titles
    people: People
    readings: CapacityLimiter = field(default_factory=lambda: CapacityLimiter(_READINGS))
    """Reading what is typed takes a core: whoever asks for a page does not wait for it."""
    weighings: CapacityLimiter = field(default_factory=lambda: CapacityLimiter(1))
    """To weigh an answer drafts are written, for seconds: whoever types does not wait for it."""

    @cached_property
    def shows(self) -> Shows:
        """What shows pages."""
        return Shows(self.titles, self.people.signs_in)

    @property
    def routes(self) -> list[BaseRoute]:
        """Every address, and the role that it needs."""
        answers = Answers(self.titles, self.shows)
        doubts = DoubtsPage(self.titles, self.shows)
        weighing, writing = f"{AT}/weigh", f"{AT}/answer"
        return [
            self._route("/", answers.list_drafts),
            self._route("/drafts.zip", answers.zip_list),
            *self._routes(_DRAFT, answers.draft),
            *self._routes(f"{_DRAFT}/files.zip", answers.zip_draft),
            *self._routes(f"{_DRAFT}/file/{{name}}", answers.hand_out_file),
            *self._routes(f"{_DRAFT}/check", answers.check, posts=True, limiter=self.readings),
            *self._routes(f"{_DRAFT}/save", answers.save, Role.EDITOR, posts=True),
            *self._routes(f"{_DRAFT}/decide", answers.decide, Role.EDITOR, posts=True),
            *self._routes(f"{_DRAFT}/save", answers.back),
            *self._routes(f"{_DRAFT}/decide", answers.back),
            self._route(AT, doubts.list_doubts),
            self._route(weighing, doubts.weigh, Role.EDITOR, posts=True, limiter=self.weighings),
            self._route(writing, doubts.answer, Role.EDITOR, posts=True, limiter=self.weighings),
            self._route(weighing, doubts.back),
            self._route(writing, doubts.back),
            *assets.ROUTES,
        ]

    def _routes(
        self,
        path: str,
        answer: Answer,
        needed: Role = Role.READER,
        *,
        posts: bool = False,
        limiter: CapacityLimiter | None = None,
    ) -> Sequence[Route]:
        """Return the addresses of something of a draft: of the folder's own, and an edition's."""
        return [
            self._route(f"{at}{path}", answer, needed, posts=posts, limiter=limiter)
            for at in ("", _EDITION)
        ]

    def _route(
        self,
        path: str,
        answer: Answer,
        needed: Role = Role.READER,
        *,
        posts: bool = False,
        limiter: CapacityLimiter | None = None,
    ) -> Route:
        async def endpoint(request: Request) -> Response:
            person = await run_in_threadpool(self.people.person_of, request)
            form = await read_form(request) if posts else {}
            if person is None:
                return signed_out(request, form)
            asking = asking_of(request, person, form)
            if posts and not is_ours(form["token"], person.token):
                return self.shows.refused([_FORGED], HTTPStatus.FORBIDDEN, asking)
            if not person.role.may(needed):
                return self.shows.refused([_not_for(person.role)], HTTPStatus.FORBIDDEN, asking)
            return await to_thread.run_sync(self._answered, answer, asking, limiter=limiter)

        return Route(path, endpoint, methods=["POST" if posts else "GET"])

    def _answered(self, answer: Answer, asking: Asking) -> Response:
        """Answer; what somebody can mend is told on a page."""
        try:
            self.titles.refresh()
            return answer(asking)
        except NotThereError as error:
            return self.shows.refused(error.faults, HTTPStatus.NOT_FOUND, asking)
        except OvertakenError as error:
            return self.shows.refused(error.faults, HTTPStatus.CONFLICT, asking)
        except NewscopyError as error:
            return self.shows.refused(error.faults, HTTPStatus.UNPROCESSABLE_ENTITY, asking)


_FORGED = Fault(
    "This page has been open too long, or the form is not one of this site.",
    "Load the page that it was on again, and do it from there.",
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
        exception_handlers={HTTPException: lost, Exception: broken},
        middleware=[
            Middleware(Guard),
            Middleware(TrustedHostMiddleware, allowed_hosts=list(hosts)),
        ],
    )
