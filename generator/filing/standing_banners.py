"""What a draft's own files say of what became of it after it was filed, as the log has it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.filing.banners import ON_HOLD, SPIKED, SUPERSEDED, WITHHELD, moment_in_words
from generator.filing.names import NOTES, is_beside, is_copy
from generator.filing.revisions import release_words
from generator.filing.standing import Decision
from generator.model import Release, Standing

PAGE = "article.html"
"""The form of the article that feeds and the index lead to."""


@dataclass(frozen=True)
class Said:
    """The warnings above a draft's files of where it stands, "" for those that there are not."""

    withdrawn: str = ""
    """That it may not be used: it is on hold, spiked, or withheld."""
    overtaken: str = ""
    """That a newer draft lies beside it."""
    beside: tuple[str, ...] = ()
    """What lies beside it, where somebody has decided on it: what is an editor's, and nobody has
    ever told a feed of, is for the notes alone."""

    @property
    def all(self) -> tuple[str, ...]:
        """All of them, the gravest first."""
        return tuple(filter(None, (self.withdrawn, self.overtaken)))

    def above(self, name: str) -> tuple[str, ...]:
        """Return those that a file has, which may be overtaken or not."""
        is_overtaken = name == NOTES or any(is_beside(other, name) for other in self.beside)
        return self.all if is_overtaken else tuple(filter(None, (self.withdrawn,)))


def said_of(
    decision: Decision | None, hold: str, beside: Sequence[str], release: Release | None
) -> Said:
    """Say where a draft stands.

    `hold` is why what was approved of it may not be used, "" if it may; `beside` are the new
    versions that lie beside its files, made from this release, None where nobody knows which.
    """
    newer = tuple(filter(is_copy, beside))
    overtaken = ""
    if newer:
        made_from = f", made from {release_words(release)}" if release else ""
        overtaken = f"{SUPERSEDED}{made_from}: {', '.join(newer)}."
    if decision is None:
        return Said(overtaken=overtaken)
    return Said(_withdrawn(decision, hold), overtaken, newer)


def _withdrawn(decision: Decision, hold: str) -> str:
    who, when = decision.who, moment_in_words(decision.at)
    reason = f" The reason given: {decision.reason}" if decision.reason else ""
    match decision.standing:
        case Standing.ON_HOLD:
            return f"{ON_HOLD} {who} put it on hold at {when}.{reason}"
        case Standing.SPIKED:
            return f"{SPIKED} {who} spiked it at {when}.{reason}"
    if not hold:
        return ""
    # Not when: a run that was cut off and is run again files the same bytes.
    since = "; newscopy has withheld it since" if decision.changed > decision.at else ""
    although = ", although it was held," if reason else ""
    ended = "" if reason.endswith((".", "!", "?")) or not reason else "."
    return f"{WITHHELD} {who} approved it{although} at {when}{since}.{reason}{ended} {hold}"
