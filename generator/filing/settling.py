"""Settle a draft with what an editor has made of it: what is to lie in its folder, and say."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace

from generator.filing import texts
from generator.filing.charts import PNG, SVG
from generator.filing.copies import CopyError, copy_from
from generator.filing.feeding import Feeder
from generator.filing.feeds import ITEM_FILES
from generator.filing.keeping import Fate, Plan, look, plan
from generator.filing.log import Entry
from generator.filing.made import Made
from generator.filing.manifest import ReleaseRecord, Row, count_problems, row
from generator.filing.names import NOTES, piece_of
from generator.filing.notes import notes
from generator.filing.origins import origin_of
from generator.filing.outputs import Output, Put
from generator.filing.rereading import Proofreader, Rereader, Version
from generator.filing.results import Action
from generator.filing.standing import Decision
from generator.filing.standing_banners import said_of
from generator.filing.telling import Beneath, look_beneath, tell_plan
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
    release: ReleaseRecord
    """The one that the draft was made from now."""
    sample: bool
    """True where anything in it is of a release whose counts are invented."""
    approved: tuple[str, ...] = ()
    """The articles that an editor has approved."""
    as_approved: Version | None = None
    """What a feed has of them, read again as it was approved, whatever lies there now."""
    item_status: str = ""
    """What feeds are told of what was decided on."""
    decision: Decision | None = None
    """What was decided of it, as it stands now."""
    lines: tuple[Entry, ...] = ()
    """What the log is to say of its item in feeds."""
    says: tuple[str, ...] = ()
    """What its files say above their words of where it stands."""

    @property
    def leading(self) -> tuple[Version, ...]:
        """The editor's copy that the draft is judged by: of each kind what was approved, else all.

        An article that was approved alone says nothing of the pieces beside it.
        """
        covered = {piece_of(name) for name in self.approved if name in self.plan.files}
        return tuple(
            version
            for version in self.versions
            if version.file in self.approved or piece_of(version.file) not in covered
        )

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with it: with an editor's words where there are such, else with ours."""
        theirs = {version.piece for version in self.versions if version.piece}
        theirs |= {version.piece for version in self.leading}
        found = [problem for problem in self.made.problems if problem.piece not in theirs]
        found += [problem for version in self.leading for problem in version.problems]
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
        theirs = [v.headline for v in self.leading if v.headline and not v.piece]
        return theirs[0] if theirs else self.made.headline

    @property
    def row(self) -> Row:
        """What the manifest is to say of it."""
        return row(self.made, self.release).model_copy(
            update={
                "headline": self.headline,
                "status": self.status,
                "problems": count_problems(self.problems),
                "files": self.plan.filed,
                "says": self.says,
                "under": self.plan.under,
                "edited": self.plan.edited,
                "beside": self.plan.beside,
                "deleted": self.plan.deleted,
                "made_from": self.made_from,
                "sample": self.sample,
                "approved": self.approved,
                "holds_approved": self.as_approved and self.as_approved.holds,
                "item_status": self.item_status,
            }
        )

    @property
    def puts(self) -> list[Put]:
        """What has to change on the disk."""
        folder = self.made.folder
        there = self.plan.there
        return [
            Put(f"{folder}/{n}", there.get(n), data, same_words=n in self.plan.retold)
            for n, data in self.plan.moves.items()
        ]


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
    and an editor's words, into the files for feeds. Its own files say where it stands.
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
    names = {*made.files, *(known.files if known else ()), *(decision.texts if decision else ())}
    lies = look(output.folder / made.folder, names | {*ITEM_FILES})
    # Without a manifest the log can tell at least of what was withdrawn.
    says = known.says if known else said_of(decision, "", (), None).all
    beneath = look_beneath(lies, says) if says else Beneath(lies, lies)

    def planned(files: Mapping[str, bytes]) -> Plan:
        return plan(
            beneath.there,
            files,
            known.rendered if known else {},
            lambda sha: texts.recall(output.database, sha),
            # What an approved page shows was approved with it.
            approved=(*approved, SVG, PNG) if approved else (),
            restore=restore,
            kept=kept,
        )

    first = planned(made.files)
    now, releases = feeder.newest, feeder.releases
    made_from = _made_from(first, known, releases, now.id)
    origins = {name: releases[earlier].as_release() for name, earlier in made_from.items()}
    rereader = Rereader(lambda: made.draft, proofread, feeder.now)
    versions = rereader.read_all(first, lambda name: origins.get(name, release))
    sample = now.sample or any(releases[origin].sample for origin in made_from.values())
    settled = Settled(made, first, versions, made_from, now, sample, approved, decision=decision)
    if first.action is Action.DELETED:
        return settled
    if not versions and decision is None:
        return _telling(settled, "", beneath, release)
    if decision is not None and decision.approved:
        settled = replace(settled, as_approved=_as_approved(settled, decision, feeder, rereader))
    files = dict(made.files)
    read = list(versions)
    if settled.as_approved and settled.as_approved.file not in made.files:
        read.append(settled.as_approved)
    if read:
        said = notes(made.draft, release, read, settled.status, settled.headline)
        files[NOTES] = said.encode()
    noted = settled.row.model_copy(update={"item_status": known.item_status if known else ""})
    told = feeder.tell(made.folder, noted, decision, _words(settled, noted.leading))
    files |= feeder.files(told.item)
    settled = replace(
        settled,
        plan=planned(files),
        item_status=told.row.item_status,
        decision=told.decision,
        lines=told.lines,
    )
    return _telling(settled, told.item.hold, beneath, release)


def _telling(settled: Settled, hold: str, beneath: Beneath, release: Release) -> Settled:
    """Have a draft's own files say where it stands; see `said_of` for `hold`."""
    said = said_of(settled.decision, hold, settled.plan.beside, release)
    told = tell_plan(settled.plan, beneath, said, settled.approved)
    return replace(settled, plan=told, says=said.all)


def _as_approved(
    settled: Settled, decision: Decision, feeder: Feeder, rereader: Rereader
) -> Version | None:
    """Read what was approved again, by the figures of now; None where it cannot be told.

    What lies there may be something else by now, and speaks for itself alone.
    """
    article = feeder.decided_on(decision)
    if article is None or decision.release not in feeder.releases:
        return None
    name, data = article.name, article.data
    if settled.plan.new.get(name) == data:
        ours = tuple(problem for problem in settled.made.problems if not problem.piece)
        return Version(name, settled.made.headline, ours)
    if settled.plan.text(name) == data:
        for version in settled.versions:
            if version.file == name:
                return version
    origin = feeder.releases[decision.release].as_release()
    return replace(rereader.read(name, data, origin), file=f"{name}, as it was approved")


def _words(settled: Settled, name: str) -> Copy | None:
    """Return what an article will say; None where that cannot be read."""
    data = settled.plan.text(name)
    with suppress(CopyError):
        return copy_from(data, name) if data is not None else None
    return None


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
