"""Settle a draft with what an editor has made of it: what is to lie in its folder, and say."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace

from generator.filing import texts
from generator.filing.bundle import NOTES
from generator.filing.copies import CopyError, copy_from
from generator.filing.feeding import Feeder
from generator.filing.feeds import Item
from generator.filing.keeping import Fate, Plan, look, plan
from generator.filing.made import Made
from generator.filing.manifest import ReleaseRecord, Row, release_record, row
from generator.filing.notes import notes
from generator.filing.origins import origin_of
from generator.filing.outputs import Output, Put
from generator.filing.rereading import Proofreader, Rereader, Version
from generator.filing.standing import Decision
from generator.model import Copy, Level, Problem, Release, Status


@dataclass(frozen=True)
class Settled:
    """A draft as it will lie in the output."""

    made: Made
    plan: Plan
    versions: tuple[Version, ...]
    """An editor's versions, read again: what they say goes before what the draft says."""
    made_from: Mapping[str, str]
    """The release of each file that is still from an earlier one."""
    approved: tuple[str, ...] = ()
    """The articles that an editor has approved."""

    @property
    def leading(self) -> tuple[Version, ...]:
        """The editor's versions that the draft is judged by: what was approved, else all."""
        if any(name in self.plan.files for name in self.approved):
            return tuple(version for version in self.versions if version.file in self.approved)
        return self.versions

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with it."""
        if not self.leading:
            return self.made.problems
        found = [problem for version in self.leading for problem in version.problems]
        return tuple(dict.fromkeys(found))

    @property
    def status(self) -> Status:
        """Held before excluded before ready."""
        if any(problem.level is Level.HOLD for problem in self.problems):
            return Status.HELD
        return Status.EXCLUDED if self.made.excluded else Status.READY

    @property
    def headline(self) -> str:
        """The editor's headline, where there is one."""
        theirs = [version.headline for version in self.leading if version.headline]
        return theirs[0] if theirs else self.made.headline

    @property
    def puts(self) -> list[Put]:
        """What has to change on the disk."""
        folder = self.made.folder
        there = self.plan.there
        return [Put(f"{folder}/{n}", there.get(n), data) for n, data in self.plan.moves.items()]


def settle_draft(
    made: Made,
    release: Release,
    output: Output,
    feeder: Feeder,
    proofread: Proofreader,
    *,
    restore: bool,
) -> Settled:
    """Decide what is to lie in a draft's folder.

    What is wrong with an editor's version goes into the draft's notes; what was decided,
    and an editor's words, into the files for feeds.
    """
    known = output.manifest.drafts.get(made.folder) if output.manifest else None
    decision = output.decisions.get(made.folder)
    approved = decision.approved if decision else known.approved if known else ()
    recalled = {
        name: texts.recall(output.database, sha)
        for name, sha in (decision.texts.items() if decision and restore else ())
        if name in approved
    }
    kept = {name: text for name, text in recalled.items() if text is not None}
    there = look(output.folder / made.folder, {*made.files, *(known.files if known else ())})

    def planned(files: Mapping[str, bytes]) -> Plan:
        return plan(
            there,
            files,
            known.files if known else {},
            lambda sha: texts.recall(output.database, sha),
            approved=approved,
            restore=restore,
            kept=kept,
        )

    first = planned(made.files)
    now = release_record(release)
    releases = {**(output.manifest.releases if output.manifest else {}), now.id: now}
    made_from = _made_from(first, known, releases, now.id)
    origins = {name: releases[earlier].as_release() for name, earlier in made_from.items()}
    rereader = Rereader(lambda: made.draft, proofread, feeder.now)
    versions = rereader.read_all(first, lambda name: origins.get(name, release))
    settled = Settled(made, first, versions, made_from, approved)
    if not versions and decision is None:
        return settled
    files = dict(made.files)
    if versions:
        said = notes(made.draft, release, versions, settled.status, settled.headline)
        files[NOTES] = said.encode()
    files |= feeder.files(_item(settled, decision, releases, now, feeder))
    return replace(settled, plan=planned(files))


def _item(
    settled: Settled,
    decision: Decision | None,
    releases: Mapping[str, ReleaseRecord],
    now: ReleaseRecord,
    feeder: Feeder,
) -> Item:
    """Return a draft as feeds are to have it: the words of whatever it is judged by."""
    leading = settled.leading[0].file if settled.leading else "article.md"
    origin = decision.release if decision else settled.made_from.get(leading, now.id)
    record = releases.get(origin, now)
    sample = now.sample or any(releases[each].sample for each in settled.made_from.values())
    return feeder.item(
        settled.made.folder,
        row(settled.made, record).model_copy(update={"sample": sample or record.sample}),
        _words(settled, leading),
        record.as_release(),
        decision,
        settled.status,
    )


def _words(settled: Settled, name: str) -> Copy:
    data = settled.plan.text(name)
    with suppress(CopyError):
        if data is not None:
            return copy_from(data, name)
    return Copy(settled.headline, ())


def _made_from(
    planned: Plan, row: Row | None, releases: Mapping[str, ReleaseRecord], release: str
) -> dict[str, str]:
    """Return the release of each file that was made from another than this one, and stays."""
    if row is None:
        return {}
    stays = planned.named(Fate.EDITED, Fate.BESIDE)
    origins = {name: origin_of(name, planned.text(name), row, releases) for name in stays}
    return {
        name: origin for name, origin in origins.items() if origin != release and origin in releases
    }
