"""The people who may sign in: names, roles and what their passwords hash to."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from generator.errors import Fault, RequestError
from generator.review.roles import Role

FILE = Path(".newscopy") / "accounts.db"
"""Below the desk's folder."""
SHORTEST = 12
"""Characters of a password (NCSC: length before all else)."""
_LONGEST_NAME = 100


@dataclass(frozen=True)
class Account:
    """Somebody who may sign in."""

    name: str
    role: Role


class Accounts:
    """The accounts of a desk, in a database that only its owner may read."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._hasher = PasswordHasher()
        self._nobodys = self._hasher.hash("of nobody")

    def add(self, name: str, role: Role, password: str) -> None:
        """Make an account, or give one that there is another role and password.

        Raises RequestError where the name is none, or the password is too short.
        """
        if not name[:1].isalpha() or not name.isprintable() or len(name) > _LONGEST_NAME:
            raise RequestError(_no_name(name))
        if len(password) < SHORTEST:
            raise RequestError(_too_short())
        hashed = self._hasher.hash(password)
        with self._opened() as database:
            database.execute(
                "REPLACE INTO accounts (name, role, password) VALUES (?, ?, ?)",
                (name, role.value, hashed),
            )

    def remove(self, name: str) -> None:
        """Take an account away. Raises RequestError where there is none."""
        with self._opened() as database:
            gone = database.execute("DELETE FROM accounts WHERE name = ?", (name,)).rowcount
        if not gone:
            raise RequestError(_no_account(name, [each.name for each in self.all()]))

    def all(self) -> list[Account]:
        """Return every account, by name."""
        with self._opened() as database:
            rows = database.execute("SELECT name, role FROM accounts ORDER BY name").fetchall()
        return [Account(name, Role(role)) for name, role in rows]

    def find(self, name: str) -> Account | None:
        """Return an account by its name."""
        return next((each for each in self.all() if each.name == name), None)

    def sign_in(self, name: str, password: str) -> Account | None:
        """Return the account of a name and its password; None where they do not go together.

        A name that nobody has takes as long as any other.
        """
        with self._opened() as database:
            row = database.execute(
                "SELECT role, password FROM accounts WHERE name = ?", (name,)
            ).fetchone()
        role, hashed = row or ("", self._nobodys)
        try:
            self._hasher.verify(hashed, password)
        except (VerificationError, InvalidHashError):
            return None
        return Account(name, Role(role)) if row else None

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.touch(mode=0o600)
        with closing(sqlite3.connect(self.path, timeout=5)) as database, database:
            database.execute(
                "CREATE TABLE IF NOT EXISTS accounts"
                " (name TEXT PRIMARY KEY, role TEXT NOT NULL, password TEXT NOT NULL)"
            )
            yield database


def _no_name(name: str) -> Fault:
    return Fault(
        "An account needs the name of a person: the log has it.",
        'Give it: newscopy user add "Ann Editor".',
        key="NAME",
        found=repr(name),
        expected=f"a name of at most {_LONGEST_NAME} characters",
    )


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
