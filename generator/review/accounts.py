"""The people who may sign in: names, roles and what their passwords hash to."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from generator.errors import Fault, NewscopyError, RequestError
from generator.filing import person_name
from generator.review.roles import Role

FILE = Path(".newscopy") / "accounts.db"
"""Below the desk's folder."""
SHORTEST = 12
"""Characters of a password (NCSC: length before all else)."""
_WAIT = 1.0
"""Seconds to wait for another program that has the file: it is looked at for every page."""

_IN_USE = (
    "The accounts are in use by another program.",
    "Close whatever has opened their file, and try again.",
)
_UNREADABLE = (
    "The accounts cannot be read, or not written.",
    "Get the right to read and write their file, or make room on its disk.",
)
_DAMAGED = (
    "The accounts are damaged.",
    "Put back a copy of their file from a backup. Without one, move it away, and make the "
    "accounts again: newscopy user add.",
)
_REFUSALS = {
    sqlite3.SQLITE_BUSY: _IN_USE,
    sqlite3.SQLITE_LOCKED: _IN_USE,
    sqlite3.SQLITE_FULL: _UNREADABLE,
    sqlite3.SQLITE_IOERR: _UNREADABLE,
    sqlite3.SQLITE_READONLY: _UNREADABLE,
    sqlite3.SQLITE_CANTOPEN: _UNREADABLE,
    sqlite3.SQLITE_PERM: _UNREADABLE,
}


class AccountsError(NewscopyError):
    """The accounts cannot be read or changed."""


@dataclass(frozen=True)
class Account:
    """Somebody who may sign in."""

    name: str
    role: Role
    hashed: str = field(repr=False)
    """What the password hashes to: another one whenever the account is made, or changed."""


class Accounts:
    """The accounts of a desk, in a database that only its owner may read.

    Whatever is asked of it raises AccountsError where the database cannot be used.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._hasher = PasswordHasher()
        self._nobodys = self._hasher.hash("of nobody")

    def add(self, name: str, role: Role | None, password: str) -> Account:
        """Make an account, an editor's unless a role is given.

        One that is there gets another password, and another role if one is given. Raises
        RequestError where the name is none, or the password is too short.
        """
        name = person_name(
            name, "newscopy user add", "An account needs the name of a person: the log has it."
        )
        if len(password) < SHORTEST:
            raise RequestError(_too_short())
        if role is None:
            before = self.find(name)
            role = before.role if before else Role.EDITOR
        account = Account(name, role, self._hasher.hash(password))
        with self._opened() as database:
            database.execute(
                "REPLACE INTO accounts (name, role, password) VALUES (?, ?, ?)",
                (account.name, account.role.value, account.hashed),
            )
        return account

    def remove(self, name: str) -> None:
        """Take an account away. Raises RequestError where there is none."""
        name = " ".join(name.split())
        with self._opened() as database:
            gone = database.execute("DELETE FROM accounts WHERE name = ?", (name,)).rowcount
        if not gone:
            raise RequestError(_no_account(name, [each.name for each in self.all()]))

    def all(self) -> list[Account]:
        """Return every account, by name."""
        with self._opened() as database:
            rows = database.execute("SELECT name, role, password FROM accounts ORDER BY name")
            return [_account(*row) for row in rows]

    def find(self, name: str) -> Account | None:
        """Return an account by its name."""
        return next((each for each in self.all() if each.name == name), None)

    def sign_in(self, name: str, password: str) -> Account | None:
        """Return the account of a name and its password; None where they do not go together.

        A name that nobody has takes as long as any other.
        """
        account = self.find(name)
        try:
            self._hasher.verify(account.hashed if account else self._nobodys, password)
        except (VerificationError, InvalidHashError):
            return None
        return account

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self.path.touch(mode=0o600)
            with closing(sqlite3.connect(self.path, timeout=_WAIT)) as database, database:
                database.execute(
                    "CREATE TABLE IF NOT EXISTS accounts"
                    " (name TEXT PRIMARY KEY, role TEXT NOT NULL, password TEXT NOT NULL)"
                )
                yield database
        except OSError as error:
            raise AccountsError(Fault(*_UNREADABLE, file=str(self.path))) from error
        except sqlite3.Error as error:
            code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
            refusal = _REFUSALS.get(code, _DAMAGED)
            raise AccountsError(Fault(*refusal, file=str(self.path))) from error


def _account(name: str, role: str, hashed: str) -> Account:
    try:
        return Account(name, Role(role), hashed)
    except ValueError as error:
        raise sqlite3.DatabaseError(f"{role!r} is no role") from error


def _too_short() -> Fault:
    return Fault(
        "The password is too short.",
        "Choose a longer one: three words that do not belong together are easy to keep.",
        expected=f"at least {SHORTEST} characters",
    )


def _no_account(name: str, known: list[str]) -> Fault:
    return Fault(
        "There is no such account.",
        "newscopy user list has all of them.",
        key="NAME",
        found=name,
        expected=" or ".join(known) or "none: there is no account yet",
    )
