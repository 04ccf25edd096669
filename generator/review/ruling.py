"""What somebody answers to doubts on the page: understood, weighed, and only then written."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace

from generator.desk import Answer, Desk, Ruling, record_answers
from generator.errors import Fault, RequestError
from generator.filed.answering import (
    Approved,
    Change,
    Said,
    choose,
    find_approved,
    find_changes,
    make_answers,
)
from generator.filed.doubts import Raised
from generator.filing import now
from generator.review.doubts import Found, answer_id
from generator.review.listing import address
from generator.review.titles import Titles

TAKE_BACK = "take back"
"""What is said of an answer that is to stand no more."""
RULINGS = (*Ruling, TAKE_BACK)
WHICH = ("one", "area", "all")
"""The doubts that are meant: of a quarter, of an area, or all of them."""


@dataclass(frozen=True)
class Meant:
    """What somebody means to be written, and by what they have been shown."""

    put: tuple[Answer, ...] = ()
    taken: tuple[Answer, ...] = ()
    replaced: tuple[Answer, ...] = ()
    """Answers in whose place those put are."""
    left: tuple[Raised, ...] = ()
    """Doubts that have to be answered one by one."""
    seen: str = ""
    """A hash of what it rests on: the desk, the releases, and the counts that are answered for."""


@dataclass(frozen=True)
class ApprovedAt:
    """An approved story that an answer touches, and its address on the page."""

    at: str
    approved: Approved


@dataclass(frozen=True)
class Weighed:
    """What an answer does."""

    meant: Meant
    changes: tuple[Change, ...]
    """Those that are told at length first: of the areas concerned, or in status or headline."""
    approved: tuple[ApprovedAt, ...]

    @property
    def near(self) -> tuple[Change, ...]:
        """The drafts that change, and are of an area concerned, or stand or begin otherwise."""
        return tuple(each for each in self.changes if each.in_words and self._is_near(each))

    @property
    def far(self) -> tuple[Change, ...]:
        """The other drafts that change: they compare otherwise."""
        return tuple(each for each in self.changes if each.in_words and not self._is_near(each))

    @property
    def beside(self) -> int:
        """In how many an editor is told otherwise, and nobody else."""
        return sum(not each.in_words for each in self.changes)

    def _is_near(self, change: Change) -> bool:
        before, after = change.before, change.after
        areas = {answer.area for answer in (*self.meant.put, *self.meant.taken)}
        return (
            after.facts.area.id in areas
            or after.facts.nation is None
            or before.status is not after.status
            or before.headline != after.headline
        )


def understand(form: Mapping[str, str], who: str, found: Found, desk: Desk) -> Meant:
    """Return what somebody's form means to be written.

    Raises RequestError where it is no answer, there is nothing that it could be one to, or no
    reason is given.
    """
    what, which = form["what"], form["which"]
    if what not in RULINGS or (what != TAKE_BACK and which not in WHICH) or not found.listed:
        raise RequestError(_NO_ANSWER)
    if what == TAKE_BACK:
        given = (each.answer for each in found.answered)
        meant = Meant(taken=tuple(each for each in given if answer_id(each) == form["answer"]))
        if not meant.taken:
            raise RequestError(_GONE)
    else:
        said = Said(Ruling(what), who, form["reason"], form["words"], form["source"])
        if said.ruling is Ruling.STANDS:
            said = replace(said, words="", source="")
        try:
            meant = _put(form, said, found, desk)
        except RequestError as error:
            raise RequestError(*map(_as_here, error.faults)) from error
    return replace(meant, seen=_hash(meant, found, desk))


def weigh(meant: Meant, found: Found, titles: Titles) -> Weighed:
    """Tell what becomes of the drafts by what is meant, and which were approved."""
    changes = tuple(
        change
        for each in found.listed
        for change in find_changes(each.doubts, meant.put, meant.taken, titles.means)
    )
    approved = [
        ApprovedAt(address(site.edition, each.folder), each)
        for site, _ in titles.looked()
        for each in find_approved({site.output.name: site.output}, changes, meant.taken)
    ]
    return Weighed(meant, changes, tuple(approved))


def write(meant: Meant, desk: Desk) -> None:
    """Write what is meant into the desk. Raises DeskError where it cannot be."""
    record_answers(desk.folder, meant.put, meant.taken)


def _put(form: Mapping[str, str], said: Said, found: Found, desk: Desk) -> Meant:
    if form["which"] == "all":
        chosen = choose(found.in_one(), every=True)
    else:
        step = form["step"] if form["which"] == "one" else None
        chosen = choose(found.in_one(form["dataset"]), form["area"], step)
    put = make_answers(chosen.questions, said, now().date())
    places = {each.place for each in put}
    replaced = tuple(each for each in desk.answers if each.place in places)
    return Meant(put=put, replaced=replaced, left=chosen.left)


def _hash(meant: Meant, found: Found, desk: Desk) -> str:
    rests_on = (
        sorted(desk.hashes.items()),
        [(each.batch.record.id, each.batch.period) for each in found.listed],
        *([answer_id(each) for each in some] for some in (meant.put, meant.taken)),
    )
    return hashlib.sha256(repr(rests_on).encode()).hexdigest()


_FIELDS = {
    "--by": ("your name", "Ask whoever runs this page to give you one: newscopy review --by."),
    "--why": ("Why", "Say it in a sentence."),
    "--words": ("What copy says", "Say it in a sentence."),
    "--source": ("Who gave these words", "Say it in a sentence."),
}
"""What the options of a command are called on the page, and how what is wrong there is mended."""


def _as_here(fault: Fault) -> Fault:
    """Return a fault of an answer as somebody mends it who has a page before them."""
    if fault.key in _FIELDS:
        called, mend = _FIELDS[fault.key]
        return replace(fault, key=called, mend=fault.mend if "--" not in fault.mend else mend)
    return replace(fault, key="", mend=_LOOK_AGAIN)


_LOOK_AGAIN = "Look at the doubts as they are now: somebody may have answered it."
_NO_ANSWER = Fault(
    "This is no answer to a doubt.", "Load the page of doubts again, and answer there."
)
_GONE = Fault("This answer is not there any more.", _LOOK_AGAIN)
