"""notes.md: what an editor has to know before the draft is used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from generator.disclosure import cite
from generator.filing.banners import banners, in_full, moment_in_words
from generator.filing.markdown import banner_markdown, escape, heading
from generator.filing.reply_request import REPLY_REQUEST
from generator.filing.rereading import Version
from generator.model import Draft, Exclusion, Facts, Level, MeasureFacts, Problem, Release, Status

LEVELS = {
    Level.HOLD: "Holds: not for publication until mended",
    Level.WARN: "Warnings",
    Level.NOTE: "Notes",
}
_NOBODY_SAID = (
    "Nobody has said why, and copy gives no reason: one that somebody gives goes into "
    "config/comparability.yml, with its source."
)


def notes(
    draft: Draft,
    release: Release,
    versions: Sequence[Version] = (),
    status: Status | None = None,
    headline: str = "",
) -> str:
    """Write the notes, a section for each thing there is to say.

    What is wrong with an editor's versions stands first: it is what they work on; status
    and headline are then theirs.
    """
    facts = draft.facts
    sections = [
        ("Status", [f"{(status or draft.status).value.capitalize()}.", *_incomplete(draft)]),
        *((f"Your version, {version.file}", _on_version(version)) for version in versions),
        ("Right of reply", _on_reply(draft, release)),
        (f"Newsworthiness: {facts.score.points} of 100", facts.score.reasons),
        *(
            (LEVELS[level], [_problem(p, p.place) for p in draft.problems if p.level is level])
            for level in Level
        ),
        ("What was left out, and why", list(left_out(draft))),
        ("Not in the nation's figures", map(exclusion, facts.excluded)),
        ("Taken for granted about the release", release.assumed),
        ("How the files were read", release.accounted),
        ("Sources", _sources(release)),
    ]
    parts = [
        *(banner_markdown(banner) for banner in banners(draft, release)),
        f"# Notes on {heading(facts.area.name)}, {facts.period}: {heading(facts.story.title)}",
        f"Headline: {escape(headline or draft.headline)}",
    ]
    for title, lines in sections:
        listed = [f"- {escape(line)}" for line in lines]
        if listed:
            parts += [f"## {heading(title)}", "\n".join(listed)]
    return "\n\n".join([*parts, f"*{escape(draft.disclosure)}*"]) + "\n"


def left_out(draft: Draft) -> Iterator[str]:
    """Yield what copy and tables do not have: measures first, then single periods."""
    for facts in draft.facts.measures.values():
        if facts.figure is None:
            yield f"{facts.measure.label}, {facts.period}: {_why(facts, draft)}"
    for facts in draft.facts.measures.values():
        for point in facts.series:
            if point.figure is None and point.period != facts.period:
                yield f"{facts.measure.label}, {point.period}: {point.why or 'not available'}"


def exclusion(excluded: Exclusion) -> str:
    """Say which force is not in the nation's figures, why, for which periods and who says so."""
    who = excluded.area.police or excluded.area.name
    periods = ", ".join(map(str, excluded.periods))
    if excluded.unavailable:
        return f"{who}: {excluded.why} ({periods}). {_NOBODY_SAID}"
    source = f" Source: {excluded.entry.source}." if excluded.entry else ""
    return f"{who} {excluded.reason} ({periods}).{source}"


def no_figures(facts: Facts) -> str:
    """Say of an area without figures for the period why it has none, "" if it has some."""
    if not facts.incomplete:
        return ""
    who = facts.area.police or facts.area.name
    return f"{who}: {facts.why}" if facts.unavailable else f"{who} {facts.incomplete}"


def _on_version(version: Version) -> list[str]:
    """Say what is wrong with an editor's version, the gravest first."""
    said = [
        f"{problem.level.value.capitalize()}: {_problem(problem, problem.where)}"
        for level in Level
        for problem in version.problems
        if problem.level is level
    ]
    return said or ["Nothing against it."]


def _on_reply(draft: Draft, release: Release) -> Iterator[str]:
    """Say how the force's answer stands, and what there is to do."""
    area, slot = draft.facts.area, draft.slot
    who = area.police or area.name
    if slot is None:
        return
    if slot.answer is not None:
        yield f"Filled: the answer of {who} is the quote {slot.answer.id}, {slot.answer.source}."
    elif slot.closed:
        yield f"Closed: {who} {slot.closed}."
        yield "Where an answer comes after all, put it in the place of this in config/replies.yml."
    else:
        yield f"To come: {who} may answer until {moment_in_words(slot.by)}."
        to = area.press_office or "the force's press office"
        yield (
            f"{REPLY_REQUEST} is of a sample: do not send it."
            if release.sample
            else f"Read {REPLY_REQUEST}, and send it to {to}."
        )
        yield (
            "Enter the answer in config/quotes.yml, name that quote in config/replies.yml, and run "
            "newscopy again. Without one, close the reply there: “closed: was approached for "
            "comment”."
        )


def _why(facts: MeasureFacts, draft: Draft) -> str:
    here = [point.why for point in facts.series if point.period == facts.period and point.why]
    if here:
        return here[0]
    if facts.small_base:
        return facts.small_base.why
    return draft.facts.incomplete or "not available"


def _incomplete(draft: Draft) -> Iterable[str]:
    facts = draft.facts
    if facts.incomplete:
        after = f" {_NOBODY_SAID}" if facts.unavailable else ""
        yield f"No figures for the area: {no_figures(facts)}.{after}"


def _problem(problem: Problem, place: str) -> str:
    lead = "" if problem.level is Level.NOTE else "To mend it: "
    mend = f" {lead}{problem.mend}" if problem.mend else ""
    return f"{place}{': ' if place else ''}{problem.what}{mend}"


def _sources(release: Release) -> Iterator[str]:
    published = in_full(release.published) if release.published else "on a date nobody gave"
    yield f"{release.title}, {release.publisher}, published {published}"
    yield from filter(None, [cite(release)])
    for file in release.files:
        yield f"{file.name}, sha256 {file.sha256}"
