"""`newscopy init` and `newscopy new-story`: start a desk, or a story in one."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Annotated

import typer

from generator.cli import options
from generator.cli.reporting import say
from generator.desk import builtin_desk, load_desk
from generator.errors import Fault, RequestError

_SKELETON = "charged"
"""The built-in story that a new one starts as a copy of: the plainest."""
_README = """\
# A desk of newscopy

1. In `config/desk.yml`, change `name:`, by which mails to forces introduce you, and `tag:`, which
   is in the id of every item in a feed, before anything is sent.
2. In `config/editions/`, change the two samples into your own titles, or delete them. They name
   areas of `config/forces.yml`: do so before you cut that file down.
3. Put the published files of a release into a folder of `releases/` that is named by its date, such
   as `releases/2021-05-13`, with a `release.yml` beside them. Until there is one, a run reads a
   sample, from which nothing can be approved.
4. `newscopy run` files a draft for each area: open `output/index.html`. `newscopy --help` lists the
   other commands; `newscopy new-story ID` begins a story.
5. `newscopy review` shows the drafts in a browser, to be read, changed and approved.
"""


def init(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The new desk's folder.")],
) -> None:
    """Start a desk: write config and templates, yours to change, into a new folder."""
    if folder.exists() and not folder.is_dir():
        raise RequestError(
            Fault("This is a file, not a folder.", "Choose a new folder.", file=str(folder))
        )
    if folder.exists() and any(folder.iterdir()):
        raise RequestError(
            Fault(
                "The folder is not empty.",
                "Choose a new folder: a desk is not written over anything.",
                file=str(folder),
            )
        )
    for part in ("config", "templates"):
        shutil.copytree(builtin_desk() / part, folder / part)
    for part in ("releases", "output"):
        (folder / part).mkdir()
    (folder / "README.md").write_text(_README, encoding="utf-8", newline="\n")
    say(
        "Wrote a desk. Go to its folder, put your name and tag into config/desk.yml and published "
        "files into releases/, and run: newscopy run"
    )
    typer.echo(folder)


def new_story(
    story: Annotated[str, typer.Argument(metavar="ID", help="Lower case, words with hyphens.")],
    desk_folder: Annotated[
        Path | None,
        typer.Option("--desk", metavar="DIR", help="Your desk's folder; by default this one."),
    ] = None,
) -> None:
    """Start a story: a YAML file and templates that run as they are, to be rewritten."""
    folder = desk_folder or options.own_desk()
    if folder is None:
        raise RequestError(
            Fault(
                "There is no desk here to write a story for.",
                "Go to your desk's folder, or start one with: newscopy init DIR",
                file=str(Path.cwd()),
            )
        )
    desk = load_desk(folder)
    config = desk.folder / "config" / "stories" / f"{story}.yml"
    templates = desk.templates / story
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", story):
        raise RequestError(
            Fault("This is no id for a story.", "Write it like victim-withdrawal.", found=story)
        )
    if config.exists() or templates.exists():
        raise RequestError(
            Fault(f"The desk has a story {story!r}.", "Choose another id.", file=str(config))
        )
    source = builtin_desk()
    text = (source / "config" / "stories" / f"{_SKELETON}.yml").read_text(encoding="utf-8")
    config.write_text(
        text.replace(f"id: {_SKELETON}", f"id: {story}", 1), encoding="utf-8", newline="\n"
    )
    shutil.copytree(source / "templates" / _SKELETON, templates)
    for template in templates.iterdir():
        words = template.read_text(encoding="utf-8").replace(f'"{_SKELETON}/', f'"{story}/')
        template.write_text(words, encoding="utf-8", newline="\n")
    say(
        f"Wrote {config.name} and templates/{story}/: a copy of {_SKELETON}. Replace the title, "
        "the measure and `says`, then the words of the templates.\n"
        f"See it with: newscopy preview {story} --area {desk.forces[0].id}"
    )
    typer.echo(config)
