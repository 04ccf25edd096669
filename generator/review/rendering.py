"""The page's own templates, which come with newscopy: no desk has to keep them up to date."""

from __future__ import annotations

import datetime
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from generator.desk import builtin_desk
from generator.filing import in_full, moment_in_words
from generator.printing import print_answer, print_roughly

_OURS = Path(__file__).with_name("templates")
STYLE = "review.css"


@lru_cache(maxsize=1)
def _environment() -> Environment:
    """Return the templates, with those that an article's own page shares with them."""
    environment = Environment(
        loader=FileSystemLoader([_OURS, builtin_desk() / "templates"]),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    environment.filters |= {
        "in_full": in_full,
        "moment": _moment,
        "answer": print_answer,
        "roughly": print_roughly,
    }
    return environment


def _moment(at: datetime.datetime) -> str:
    """Return `9.30am (BST) on 13 May 2021`, by this machine's clock."""
    return moment_in_words(at.astimezone())


def render(name: str, **given: object) -> str:
    """Render a page, or the style sheet."""
    return _environment().get_template(name).render(given)
