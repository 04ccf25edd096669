"""`newscopy user`: who may sign in on the review page."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from generator.cli import options
from generator.cli.reporting import say
from generator.review.accounts import FILE, Accounts
from generator.review.roles import Role

_EXAMPLE = 'Example: newscopy user add "Ann Editor" --role editor'
user = typer.Typer(
    name="user",
    help="Who may sign in on the review page, and what they may do there.",
    epilog="Example: newscopy user list",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
)
Name = Annotated[str, typer.Argument(metavar="NAME", help="The person's name, for the log.")]


@user.command(epilog=_EXAMPLE)
def add(
    name: Name,
    role: Annotated[
        Role | None,
        typer.Option(
            "--role",
            help="What they may do; each role may all of those before. "
            "Without it an editor, or what they were.",
        ),
    ] = None,
    desk_folder: options.DeskFolder = None,
) -> None:
    """Make an account, or give one another password, and another role if it is asked for.

    The password is asked for; where no terminal is, it is read from standard input.
    """
    if sys.stdin.isatty():
        password = typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    else:
        password = sys.stdin.readline().rstrip("\n")
    account = _accounts(desk_folder).add(name, role, password)
    typer.echo(f"{account.name} may sign in as {account.role.value}.")


@user.command(epilog='Example: newscopy user remove "Ann Editor"')
def remove(name: Name, desk_folder: options.DeskFolder = None) -> None:
    """Take an account away; whoever has signed in with it is signed out."""
    _accounts(desk_folder).remove(name)
    typer.echo(f"{name} may not sign in any more.")


@user.command("list", epilog="Example: newscopy user list")
def list_(desk_folder: options.DeskFolder = None) -> None:
    """List the accounts, with their roles."""
    accounts = _accounts(desk_folder).all()
    for account in accounts:
        typer.echo(f"{account.role.value:<9}  {account.name}")
    if not accounts:
        say('There is no account yet: newscopy user add "Ann Editor".')


def _accounts(desk_folder: options.DeskFolder) -> Accounts:
    options.open_desk(desk_folder)
    return Accounts(options.home(desk_folder) / FILE)
