"""`newscopy review`: the output folder as a page for editors."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import Annotated

import typer

from generator.cli import options, outputs
from generator.cli.reporting import say, working
from generator.desk import builtin_desk


def review(
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", metavar="DIR", help="The output folder that is shown. Default: output/."
        ),
    ] = None,
    host: Annotated[
        str, typer.Option("--host", metavar="HOST", help="The address to serve on.")
    ] = "127.0.0.1",
    port: Annotated[
        int,
        typer.Option("--port", metavar="N", min=0, max=65535, help="The port; 0 takes a free one."),
    ] = 8000,
    by: Annotated[
        str | None,
        typer.Option(
            "--by",
            metavar="NAME",
            help="Who decides, for the log, where nobody has to sign in. "
            "Default: whose this machine's session is.",
        ),
    ] = None,
    public: Annotated[
        list[str] | None,
        typer.Option(
            "--public",
            metavar="NAME",
            help="The name by which others ask for the page, such as desk.example.org, behind a "
            "proxy; repeatable. They have to sign in: newscopy user add.",
        ),
    ] = None,
    jobs: options.Jobs = options.CORES,
    no_cache: options.NoCache = False,
    desk_folder: options.FilersDesk = None,
) -> None:
    """Show the drafts on a web page: read, trace, change and decide on them.

    At this machine it is for one person; from elsewhere people sign in (newscopy user).
    Ctrl-C ends it. The output folder stays the truth: what is changed there shows on the page,
    and the other way round.
    """
    from generator.review.accounts import FILE, Accounts  # noqa: PLC0415 - a server is heavy
    from generator.review.serving import Where, serve  # noqa: PLC0415 - as above
    from generator.review.titles import Titles  # noqa: PLC0415 - as above

    with working(jobs, no_cache=no_cache) as means:
        shown, desk, home = outputs.shown(output, desk_folder)
        is_own = desk.folder != builtin_desk().absolute()
        titles = Titles(shown, desk, home, means, is_own=is_own)
        titles.listed()  # where nothing can be shown, that is said here
        where = Where(host, port, tuple(public or ()))
        serve(
            titles,
            by or getpass.getuser(),
            where,
            # Those whom `newscopy user` lets in from the same folder, whatever is shown.
            Accounts(options.home(desk_folder) / FILE),
            lambda url: say(f"Open {url}"),
        )
