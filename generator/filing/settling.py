"""Settle a draft with what an editor has made of it: what is to lie in its folder, and say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from generator.filing import texts
from generator.filing.bundle import NOTES
from generator.filing.keeping import Fate, Plan, plan
from generator.filing.manifest import Row, release_record
from generator.filing.notes import notes
from generator.filing.outputs import Output, Put
from generator.filing.rereading import Proofreader, Version, reread
from generator.model import Draft, Level, Problem, Release, Status


@dataclass(frozen=True)
class Settled:
    """A draft as it will lie in the output."""

    draft: Draft
    plan: Plan
    versions: tuple[Version, ...]
    """An editor's versions, read again: what they say goes before what the draft says."""
    made_from: Mapping[str, str]
    """The release of each file that is still from an earlier one."""

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with it."""
        if not self.versions:
            return self.draft.problems
        found = [problem for version in self.versions for problem in version.problems]
        return tuple(dict.fromkeys(found))

    @property
    def status(self) -> Status:
        """Held before excluded before ready."""
        if any(problem.level is Level.HOLD for problem in self.problems):
            return Status.HELD
        return Status.EXCLUDED if self.draft.facts.incomplete else Status.READY

    @property
    def headline(self) -> str:
        """The editor's headline, where there is one."""
        theirs = [version.headline for version in self.versions if version.headline]
        return theirs[0] if theirs else self.draft.headline

    @property
    def puts(self) -> list[Put]:
        """What has to change on the disk."""
        folder = self.draft.folder
        there = self.plan.there
        return [Put(f"{folder}/{n}", there.get(n), data) for n, data in self.plan.moves.items()]


def settle_draft(
    draft: Draft,
    files: Mapping[str, bytes],
    release: Release,
    output: Output,
    proofread: Proofreader,
    *,
    restore: bool,
) -> Settled:
    """Decide what is to lie in a draft's folder.

    What is wrong with an editor's version goes into the draft's notes.
    """
    row = output.manifest.drafts.get(draft.folder) if output.manifest else None
    decision = output.decisions.get(draft.folder)

    def planned(files: Mapping[str, bytes]) -> Plan:
        return plan(
            output.folder / draft.folder,
            files,
            row.files if row else {},
            lambda sha: texts.recall(output.database, sha),
            approved=decision is not None and decision.standing.is_approval,
            restore=restore,
        )

    first = planned(files)
    made_from = _made_from(first, row, release_record(release).id)
    releases = output.manifest.releases if output.manifest else {}
    origins = {
        name: releases[earlier].as_release()
        for name, earlier in made_from.items()
        if earlier in releases
    }
    versions = reread(draft, first, proofread, lambda name: origins.get(name, release))
    if not versions:
        return Settled(draft, first, (), made_from)
    with_notes = {**files, NOTES: notes(draft, release, versions).encode()}
    return Settled(draft, planned(with_notes), versions, made_from)


def _made_from(planned: Plan, row: Row | None, release: str) -> dict[str, str]:
    """Return the release of each file that was made from an earlier one, and stays."""
    if row is None:
        return {}
    still = {name: row.release_of(name) for name in planned.named(Fate.BESIDE) if name in row.files}
    edited = planned.named(Fate.EDITED)
    still |= {name: row.made_from[name] for name in edited if name in row.made_from}
    return {name: earlier for name, earlier in sorted(still.items()) if earlier != release}
