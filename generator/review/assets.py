"""The style sheet and the scripts of the page: they come with newscopy, and from nowhere else."""

from __future__ import annotations

from http import HTTPStatus
from importlib.resources import files

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from generator.review.rendering import STYLE, render

_SCRIPTS = ("htmx.min.js", "review.js")


async def _style(request: Request) -> Response:
    return _asset(render(STYLE).encode(), "text/css")


async def _script(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in _SCRIPTS:
        return Response(status_code=HTTPStatus.NOT_FOUND)
    data = files("generator.review").joinpath("static", name).read_bytes()
    return _asset(data, "text/javascript")


def _asset(data: bytes, media_type: str) -> Response:
    return Response(data, media_type=media_type, headers={"Cache-Control": "no-cache"})


ROUTES = (Route(f"/static/{STYLE}", _style), Route("/static/{name}", _script))
"""Where anybody may have them."""
