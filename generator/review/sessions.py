"""Who has signed in, and for how long: known to the server alone, by a cookie that says nothing."""

from __future__ import annotations

import datetime
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace

from generator.review.accounts import Account

IDLE = datetime.timedelta(hours=8)
"""A shift: whoever asks for nothing so long is signed out."""
LONGEST = datetime.timedelta(hours=24)

Clock = Callable[[], datetime.datetime]


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)


@dataclass(frozen=True)
class Session:
    """A while in which somebody is known."""

    account: Account
    """As it was when they signed in."""
    token: str
    """What every form of theirs carries."""
    begun: datetime.datetime
    seen: datetime.datetime


class Sessions:
    """The sessions of one server; threads may share them."""

    def __init__(self, clock: Clock = _now) -> None:
        self._clock = clock
        self._sessions: dict[str, Session] = {}
        self._changing = threading.Lock()

    def begin(self, account: Account) -> str:
        """Return the secret by which a session is known; forget those that have ended."""
        now = self._clock()
        with self._changing:
            self._sessions = {
                secret: session
                for secret, session in self._sessions.items()
                if not _has_ended(session, now)
            }
            secret = secrets.token_urlsafe(32)
            self._sessions[secret] = Session(account, secrets.token_urlsafe(32), now, now)
        return secret

    def find(self, secret: str) -> Session | None:
        """Return the session of a secret, None where there is none or it has ended."""
        now = self._clock()
        with self._changing:
            session = self._sessions.get(secret)
            if session is None or _has_ended(session, now):
                self._sessions.pop(secret, None)
                return None
            self._sessions[secret] = replace(session, seen=now)
            return session

    def end(self, secret: str) -> None:
        """Forget a session."""
        with self._changing:
            self._sessions.pop(secret, None)


def _has_ended(session: Session, now: datetime.datetime) -> bool:
    return now - session.seen > IDLE or now - session.begun > LONGEST
