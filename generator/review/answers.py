"""What the page answers: the list, a draft, and what comes of what people do to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from http import HTTPStatus
from urllib.parse import urlencode

from starlette.responses import FileResponse, RedirectResponse, Response

from generator.errors import Fault, NewscopyError
from generator.filing import SavedMeanwhileError, copy_from, read_log, sha256
from generator.model import Standing
from generator.review.asking import Asking
from generator.review.changes import Change, changes
from generator.review.deciding import Against, Choice, Decided, decide, not_overtaken, save_first
from generator.review.downloads import hand_out, refuse_too_many
from generator.review.drafts import Filed
from generator.review.editing import merge_typed, read_typed, save_typed
from generator.review.knowledge import Unknown
from generator.review.listing import SORTS, Asked, Listing
from generator.review.listing import list_drafts as choose
from generator.review.opened import PATIENCE, open_text
from generator.review.people import Person
from generator.review.roles import Role
from generator.review.showing import Shows, part
from generator.review.taking import take_away
from generator.review.titles import Titles
from generator.review.triage import fewest
from generator.review.typed import Typed, as_copy, as_typed

DONE = {
    "saved": "Saved as a version.",
    Choice.APPROVE: "Approved.",
    Choice.SAVE_AND_APPROVE: "Saved as a version, and approved.",
    Choice.HOLD: "Put on hold.",
    Choice.SPIKE: "Spiked.",
    Choice.SET_ASIDE: "The new draft is set aside: the words stay as they are.",
}
"""What is said of what was just done."""


@dataclass(frozen=True)
class Answers:
    """Answers what people ask of a desk's titles."""

    titles: Titles
    shows: Shows

    def list_drafts(self, asking: Asking) -> Response:
        """Show the drafts that are asked for."""
        asked = asking.listed
        listing, faults = self._listing(asked)
        found = self.titles.doubts_at_hand()

        def query(**other: str) -> str:
            """Return what is asked for, but for something other, as addresses have it."""
            said = {**vars(asked), **other}
            return urlencode({key: each for key, each in said.items() if each})

        return self.shows.page(
            "list",
            asking.person,
            listing=listing,
            asked=asked,
            sorts=SORTS,
            faults=faults,
            query=query,
            doubts=len(found.raised) if found and found.listed else None,
        )

    def zip_list(self, asking: Asking) -> Response:
        """Hand out the files of all drafts that are asked for, each title's in a folder."""
        listing, _ = self._listing(asking.listed)
        refuse_too_many(listing.found)
        wanted = {each.at for each in listing.found}
        drafts = [each for each in self.titles.drafts() if each.at in wanted and each.is_in_place]

        def files() -> Iterator[tuple[str, bytes]]:
            for draft in sorted(drafts, key=lambda each: (each.site.edition, each.folder)):
                place = "/".join(filter(None, (draft.site.edition, draft.folder)))
                for name, data in take_away(draft, patience=0):
                    yield f"{place}/{name}", data

        return hand_out(files(), "drafts.zip")

    def draft(self, asking: Asking) -> Response:
        """Show a text of a draft as it lies there, or an earlier version of it."""
        version = asking.query.get("version", "")
        draft = self._draft(asking)
        opened = open_text(draft, asking.query.get("file", ""), version)
        found = self.titles.doubts_at_hand()
        return self.shows.page(
            "draft",
            asking.person,
            opened=opened,
            version=version,
            done=DONE.get(asking.query.get("done", ""), ""),
            doubts=list(found.touching(draft.folder)) if found else [],
            is_due=bool(found and not asking.edition and draft.folder in found.due(draft.record)),
        )

    def back(self, asking: Asking) -> Response:
        """Go to a draft from an address to which forms are sent, which browsers keep."""
        return _to(self._draft(asking))

    def zip_draft(self, asking: Asking) -> Response:
        """Hand out the files of a draft."""
        draft = self._draft(asking)
        return hand_out(take_away(draft, PATIENCE), f"{asking.folder.replace('/', '-')}.zip")

    def check(self, asking: Asking) -> Response:
        """Show what the second reader makes of what is being typed."""
        copy, read = read_typed(self._draft(asking), asking.typed, PATIENCE)
        if isinstance(read, Unknown):
            return part([Fault(read.why, "Type on: it is read again then.")])
        return self.shows.page("reading", asking.person, copy=copy, marked=read)

    def save(self, asking: Asking) -> Response:
        """Save what was typed, and show the text again; or show what somebody else has saved."""
        draft, typed = self._draft(asking), asking.typed
        try:
            save_typed(draft, typed, asking.person.name)
        except SavedMeanwhileError as error:
            return self._conflict(draft, typed, asking.person, error)
        return _to(draft, typed.name, "saved")

    def decide(self, asking: Asking) -> Response:
        """Decide on a draft; what is held is approved by the head of the desk alone.

        Nothing is approved while there are words that are not saved. Who withdraws a draft
        meanwhile has them on the page that says so.
        """
        person, form = asking.person, asking.form
        if form["what"] not in list(Choice):
            return self.shows.refused([_NO_CHOICE], HTTPStatus.UNPROCESSABLE_ENTITY, asking)
        choice = Choice(form["what"])
        decided = Decided(
            choice,
            person.name,
            form["reason"],
            form["shown"],
            form["seen"],
            is_head=person.role.may(Role.HEAD),
            confirmed=form["confirmed"],
        )
        draft, unsaved = self._draft(asking), asking.unsaved
        if choice is Choice.SAVE_AND_APPROVE:
            return self._save_and_approve(draft, asking, decided)
        if choice is Choice.APPROVE and unsaved:
            return self._unsaved(not_overtaken(draft, decided), unsaved, decided, person)
        found = decide(draft, decided)
        if isinstance(found, Against):
            return self._ask_again(draft, found, decided, person)
        if unsaved:
            return self._unsaved(draft, unsaved, decided, person, DONE[choice])
        return _to(draft, decided.name, choice)

    def _save_and_approve(self, draft: Filed, asking: Asking, decided: Decided) -> Response:
        """Save what was typed, and approve that; what then stands against it is told."""
        person, typed = asking.person, asking.typed
        try:
            decided = save_first(draft, typed, decided)
        except SavedMeanwhileError as error:
            return self._conflict(draft, typed, person, error)
        try:
            found = decide(draft, decided)
        except NewscopyError as error:
            # It is saved, and not typed any more: nobody has to save it once more.
            asking = replace(asking, form={})
            faults = [_SAVED, *error.faults]
            return self.shows.refused(faults, HTTPStatus.UNPROCESSABLE_ENTITY, asking)
        if isinstance(found, Against):
            return self._ask_again(draft, found, decided, person, _SAVED.what)
        return _to(draft, decided.name, Choice.SAVE_AND_APPROVE)

    def _ask_again(
        self, draft: Filed, against: Against, decided: Decided, person: Person, done: str = ""
    ) -> Response:
        """Ask whether a draft is to be approved in spite of what stands against it."""
        return self.shows.page(
            "against",
            person,
            HTTPStatus.UNPROCESSABLE_ENTITY,
            draft=draft,
            against=against,
            decided=decided,
            done=done,
        )

    def _unsaved(
        self, draft: Filed, typed: Typed, decided: Decided, person: Person, done: str = ""
    ) -> Response:
        """Show what was typed and is not saved: to be saved before it is approved, or `done`."""
        shown = decided.name if decided.name in draft.texts else draft.leading
        there, _ = draft.read_or_recall(shown)
        return self.shows.page(
            "unsaved",
            person,
            HTTPStatus.OK if done else HTTPStatus.UNPROCESSABLE_ENTITY,
            draft=draft,
            form=typed,
            decided=decided,
            differences=changes(there, as_copy(typed, there)),
            done=done,
        )

    def hand_out_file(self, asking: Asking) -> Response:
        """Hand out a file of a draft, to be kept and not to be shown."""
        return FileResponse(self._draft(asking).file(asking.name), filename=asking.name)

    def _draft(self, asking: Asking) -> Filed:
        return self.titles.of(asking.edition).draft(asking.folder)

    def _listing(self, asked: Asked) -> tuple[Listing, Sequence[Fault]]:
        """Return the drafts that are asked for, and why some titles' cannot be told."""
        every, faults = self.titles.listed()
        first = None
        if asked.first:
            listed = choose(every, replace(asked, first="")).found
            among = [each for each in listed if Standing.SPIKED not in each.states]
            branches = self.titles.branches()
            shown = {each.at: branches[each.at] for each in among if each.at in branches}
            first = fewest(shown, {each.at: each.row.score for each in among})
        return choose(every, asked, first), faults

    def _conflict(
        self, draft: Filed, mine: Typed, person: Person, error: SavedMeanwhileError
    ) -> Response:
        """Show what somebody else has saved beside what was typed, and both in one if they fit."""
        theirs = merged = None
        differences: Sequence[Change] = ()
        if error.theirs is not None:
            theirs = copy_from(error.theirs, mine.name)
            merged = merge_typed(draft, mine, error.theirs)
            differences = changes(theirs, as_copy(mine, theirs))
        saved = sha256(error.theirs) if error.theirs is not None else ""
        log = read_log(draft.site.output, draft.folder)
        lines = (line for line in reversed(log) if line.texts.get(mine.name) == saved)
        return self.shows.page(
            "conflict",
            person,
            HTTPStatus.CONFLICT,
            at=draft.at,
            saved=next(lines, None),
            theirs=theirs,
            theirs_typed=as_typed(theirs) if theirs else "",
            differences=differences,
            merged=merged,
            merged_typed=as_typed(merged) if merged else "",
            began_from=saved,
            mine=mine,
        )


_NO_CHOICE = Fault(
    "This is nothing that can be decided of a draft.",
    "Load the draft again, and choose there.",
    expected=" or ".join(Choice),
)


_SAVED = Fault(
    "Your words are saved, and not approved yet.", "What stands against that is told below."
)


def _to(draft: Filed, name: str = "", done: str = "") -> Response:
    """Go to a draft, to the text of a file where one is named, and say there what was done."""
    asked = {"file": name if name in draft.texts else "", "done": done}
    query = urlencode({key: said for key, said in asked.items() if said})
    return RedirectResponse(f"{draft.at}{'?' if query else ''}{query}", HTTPStatus.SEE_OTHER)
