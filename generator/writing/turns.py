"""Findings that turned, in a reader's words: what it was, what it is, and the figures behind."""

from __future__ import annotations

from dataclasses import dataclass

from generator.model import Finding, Stand, Topic, Turned
from generator.printing import print_apart
from generator.writing.phrases import name_period

_RECORDS = {
    Stand.RECORD: "a record {way}",
    Stand.JOINT: "a joint record {way}",
    Stand.HIDDEN: "a record {way} that print does not show",
    Stand.NONE: "no record {way}",
    Stand.UNKNOWN: "a record {way} cannot be claimed",
}
_COMPARED = {
    Stand.HIGHER: "higher than",
    Stand.LOWER: "lower than",
    Stand.LEVEL: "about the same as",
    Stand.UNKNOWN: "not to be set against what it was",
}
_BASES = {
    Stand.ENOUGH: "cases enough for a percentage",
    Stand.TOO_FEW: "too few cases for a percentage",
}


@dataclass(frozen=True)
class TurnedWords:
    """A finding that turned, in words; each of the two with the figures that decide it."""

    was: str
    now: str
    was_because: str
    now_because: str


def say_turned(turned: Turned) -> TurnedWords:
    """Say what a finding was and is, and why."""
    return TurnedWords(
        _say(turned, turned.was),
        _say(turned, turned.now),
        _because(turned, turned.before),
        _because(turned, turned.after),
    )


def _say(turned: Turned, stand: Stand) -> str:
    match turned.topic:
        case Topic.HIGHEST:
            return _RECORDS[stand].format(way="high")
        case Topic.LOWEST:
            return _RECORDS[stand].format(way="low")
        case Topic.BASE:
            return _BASES[stand]
    return f"{_COMPARED[stand]} {_other(turned)}"


def _other(turned: Turned) -> str:
    """Name what a figure is set against: `in 2019`, `across England and Wales`."""
    if turned.then is not None:
        return f"in {name_period(turned.then)}"
    return turned.nation.where if turned.nation else ""


def _because(turned: Turned, finding: Finding) -> str:
    """Give the figures compared, in print that tells them apart; without any, why there is none."""
    if len(finding.evidence) != 2:
        return finding.why
    figure, other = finding.evidence
    printed, against = print_apart(figure, other)
    if figure.period != other.period:
        return f"{printed}, against {against} in {name_period(other.period)}"
    return f"{printed}, against {against} {_other(turned)}"
