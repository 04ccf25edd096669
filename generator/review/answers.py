"""What the page answers: the list, a draft, and what comes of what people do to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from http import HTTPStatus
from urllib.parse import urlencode

from starlette.responses import FileResponse, RedirectResponse, Response

from generator.errors import Fault
from generator.filing import SavedMeanwhileError, copy_from, read_log, sha256
from generator.model import Standing
from generator.review.asking import Asking
from generator.review.changes import Change, changes
from generator.review.deciding import Choice, Decided, decide
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
        """Decide on a draft; what is held is approved by the head of the desk alone."""
        person, form = asking.person, asking.form
        if form["what"] not in list(Choice):
            return self.shows.refused([_NO_CHOICE], HTTPStatus.UNPROCESSABLE_ENTITY, asking)
        decided = Decided(
            Choice(form["what"]),
            person.name,
            form["reason"],
            form["shown"],
            form["seen"],
            is_head=person.role.may(Role.HEAD),
        )
        draft = self._draft(asking)
        decide(draft, decided)
        return _to(draft, form["shown"], decided.choice)

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


def _to(draft: Filed, name: str = "", done: str = "") -> Response:
    """Go to a draft, to the text of a file where one is named, and say there what was done."""
    asked = {"file": name if name in draft.texts else "", "done": done}
    query = urlencode({key: said for key, said in asked.items() if said})
    return RedirectResponse(f"{draft.at}{'?' if query else ''}{query}", HTTPStatus.SEE_OTHER)
