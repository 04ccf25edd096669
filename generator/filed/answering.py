"""Answer doubts: which are meant, what the answers do to drafts, and what is written of them."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import zip_longest
from pathlib import Path

from pydantic import ValidationError

from generator.desk import Answer, Area, Desk, Ruling, as_edition, folded
from generator.errors import Fault, RequestError
from generator.filed.doubts import Answered, Doubts, Raised
from generator.filing import look_up_decisions, person_name
from generator.model import Article, BlockKind, Draft, Level, Status, plain
from generator.periods import Quarter
from generator.pipeline import PLAIN, Means, draft_counted
from generator.requests import choose_areas
from generator.writing import sentences_of

_LONGEST_REASON = 500
_FEW = 12
"""Doubts that a message lists."""


@dataclass(frozen=True)
class Question:
    """What an answer is given to: counts of an area's quarter."""

    dataset: str
    area: Area
    quarter: Quarter
    step: str
    counts: Mapping[str, int]
    """The value seen of each, by label."""


@dataclass(frozen=True)
class Chosen:
    """What is to be answered, and what is left since it has to be looked at by itself."""

    questions: tuple[Question, ...]
    left: tuple[Raised, ...] = ()


@dataclass(frozen=True)
class Said:
    """What somebody says with an answer, by whatever way it comes in."""

    ruling: Ruling
    by: str
    why: str
    words: str = ""
    """Of an area that is left out: what copy says of it, to follow its name."""
    source: str = ""
    """Who gave these words, and where."""


@dataclass(frozen=True)
class Change:
    """What becomes of a draft, by answers that are given or taken back."""

    before: Draft
    after: Draft
    sentences: tuple[tuple[str, str], ...]
    """Those that change, as they are and as they will be; "" for none."""

    @property
    def folder(self) -> str:
        """Where the draft is filed."""
        return self.after.folder

    @property
    def statuses(self) -> tuple[Status, Status]:
        """Where it stands, and will stand."""
        return self.before.status, self.after.status

    @property
    def holds(self) -> tuple[int, int]:
        """How many problems hold it, and will."""
        return _holds(self.before), _holds(self.after)

    @property
    def in_words(self) -> bool:
        """Tell whether more changes than what an editor is told beside the draft."""
        return bool(self.sentences) or self.before.status is not self.after.status


@dataclass(frozen=True)
class Approved:
    """An approved story that is touched by answers."""

    path: str
    """Where it lies, by the name of its output."""
    folder: str
    """Where it lies in its output."""
    by: str
    at: datetime.datetime
    stood: bool
    """True where an answer that is taken back stood when it was approved."""


def choose(
    doubts: Doubts, area: str | None = None, step: str | None = None, *, every: bool = False
) -> Chosen:
    """Return what is meant by an area and the first month of a quarter, an area, or all.

    All but values that are next to nothing of what was expected: those are looked at one by
    one. What was answered already is meant where its quarter is named. Raises RequestError,
    with what there is to be answered, where nothing is meant.
    """
    if every:
        open_ = [each for each in doubts.raised if not each.doubt.is_far_below]
        left = tuple(each for each in doubts.raised if each.doubt.is_far_below)
        if not doubts.raised:
            raise RequestError(_nothing("Nothing is in doubt.", doubts))
        if not open_:
            what = "All that is in doubt is below a fifth of what is expected."
            raise RequestError(_nothing(what, doubts))
        return Chosen(tuple(map(_question, open_)), left)
    if area is None:
        raise RequestError(_nothing("Nothing is named that could be answered.", doubts))
    (id_,) = choose_areas(doubts.desk, [area], "AREA")
    name = _name_of(id_, doubts.desk)
    raised = [each for each in doubts.raised if each.area.id == id_]
    if step is None:
        if not raised:
            raise RequestError(_nothing(f"Nothing is in doubt of {name}.", doubts, area))
        return Chosen(tuple(map(_question, raised)))
    found = [_question(each) for each in raised if each.doubt.step == step]
    if not found:
        found = [
            _question_again(each)
            for each in doubts.answered
            if each.holds and (each.area.id, each.answer.step) == (id_, step)
        ]
    if not found:
        what = f"Nothing is in doubt of {name} for {step}."
        raise RequestError(_nothing(what, doubts, step, raised))
    return Chosen(tuple(found))


def see_said(said: Said) -> Said:
    """Return what is said with an answer as it is written, each on one line.

    Raises RequestError where no person says it, no reason is given, or an area is to be left
    out without what copy says of it and who said so.
    """
    said = replace(
        said,
        by=person_name(said.by, "--by", "An answer needs the name of who gives it."),
        why=_line(said.why, "--why", "An answer needs its reason: none is taken for granted."),
    )
    if said.ruling is Ruling.STANDS:
        return said
    what = "Copy says why an area is left out, in words that somebody has given."
    return replace(
        said,
        words=_line(said.words, "--words", what).rstrip("."),
        source=_line(said.source, "--source", "Copy gives no reason without its source."),
    )


def make_answers(
    questions: Iterable[Question], said: Said, at: datetime.date
) -> tuple[Answer, ...]:
    """Return an answer to each question, as it would be written.

    Raises RequestError as `see_said` does, and where what copy would say names the area again.
    """
    said = see_said(said)
    common = {"answer": said.ruling, "by": said.by, "at": at, "why": said.why}
    if said.ruling is Ruling.LEAVE_OUT:
        common |= {"words": said.words, "source": said.source}
    answers = []
    for each in questions:
        if said.words:
            _refuse_name(said.words, each.area)
        place = {"dataset": each.dataset, "area": each.area.id, "step": each.step}
        try:
            answers.append(Answer.model_validate(place | {"counts": dict(each.counts)} | common))
        except ValidationError as error:
            raise RequestError(_unfit(error)) from error
    return tuple(answers)


def choose_given(doubts: Doubts, area: str, step: str | None = None) -> tuple[Answer, ...]:
    """Return the answers that were given for an area, or for one quarter of it.

    They may hold for this release or not. Raises RequestError where there are none.
    """
    (id_,) = choose_areas(doubts.desk, [area], "AREA")
    name = _name_of(id_, doubts.desk)
    given = [each.answer for each in doubts.answered if each.area.id == id_]
    found = [each for each in given if step in (None, each.step)]
    if not found:
        asked = f"{name}, {step}" if step else name
        steps = [f"{id_} {each.step}" for each in given]
        others = steps or [f"{each.answer.area} {each.answer.step}" for each in doubts.answered]
        raise RequestError(
            Fault(
                f"No answer was given for {asked}.",
                f"What was answered: {', '.join(dict.fromkeys(others))}."
                if others
                else "Nothing was answered yet: there is nothing to take back.",
                key="STEP" if steps else "AREA",
                found=step or area,
            )
        )
    return tuple(found)


def find_changes(
    doubts: Doubts,
    put: Sequence[Answer] = (),
    taken: Sequence[Answer] = (),
    means: Means = PLAIN,
) -> tuple[Change, ...]:
    """Tell what becomes of the drafts if answers were given or taken back; nothing is written.

    A figure that stands changes what is said of its own area and of the nation alone; an area
    that is left out is missing in what every draft compares.
    """
    desk = doubts.desk
    concerned = {answer.area for answer in (*put, *taken)}
    gone = {each.place for each in taken} | {each.place for each in put}
    before = [each for each in desk.answers if each.place in gone]
    moved = any(each.ruling is Ruling.LEAVE_OUT for each in (*before, *put))
    drafted = {draft.facts.area.id for draft in doubts.drafts}
    areas = drafted if moved else drafted & {*concerned, desk.nation.id}
    if not areas:
        return ()
    request = replace(doubts.request, areas=tuple(sorted(areas)))
    after = draft_counted(
        doubts.release, doubts.totals, request, with_answers(desk, put, taken), means
    )
    was = {draft.folder: draft for draft in doubts.drafts}
    changes = (_compare(was[draft.folder], draft) for draft in after)
    return tuple(each for each in changes if each is not None)


def with_answers(desk: Desk, put: Sequence[Answer] = (), taken: Sequence[Answer] = ()) -> Desk:
    """Return a desk as it would be with these answers given and those taken back."""
    gone = {each.place for each in (*put, *taken)}
    kept = (each for each in desk.answers if each.place not in gone)
    return replace(desk, answers=(*kept, *put))


def outputs_of(desk: Desk, home: Path) -> Mapping[str, Path]:
    """Return where the desk's copy and that of its editions is filed, by how that is named."""
    desks = [desk, *(as_edition(desk, edition) for edition in desk.editions)]
    return {each.file.output: home / each.file.output for each in desks}


def find_approved(
    outputs: Mapping[str, Path], changes: Iterable[Change], taken: Iterable[Answer] = ()
) -> tuple[Approved, ...]:
    """Return the approved stories that are touched by what changes.

    Those are the drafts that would be others now, and all that were approved while an answer
    stood which is `taken` back. What is asked is what lies in the outputs, as far as they are.
    """
    changing = {change.folder for change in changes if change.in_words}
    places = {each.place for each in taken}
    found = []
    for name, output in outputs.items():
        for folder, decision in look_up_decisions(output).items():
            stood = not places.isdisjoint(each.place for each in decision.answers)
            if decision.standing.is_approval and (stood or folder in changing):
                found.append(Approved(f"{name}/{folder}", folder, decision.who, decision.at, stood))
    return tuple(found)


def _compare(before: Draft, after: Draft) -> Change | None:
    """Set a draft against what will become of it, None where it stays as it is."""
    sentences = tuple(_changed(_sentences(before), _sentences(after)))
    same = before.status is after.status and before.problems == after.problems
    return None if same and not sentences else Change(before, after, sentences)


def _holds(draft: Draft) -> int:
    return sum(problem.level is Level.HOLD for problem in draft.problems)


def _changed(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield what stands in one list of sentences and not in the other, each beside its like."""
    for tag, at, to, other, till in SequenceMatcher(None, before, after, False).get_opcodes():
        if tag != "equal":
            yield from zip_longest(before[at:to], after[other:till], fillvalue="")


def _sentences(draft: Draft) -> list[str]:
    """Return all that a draft says, sentence by sentence."""
    said = _sentences_of(draft.article)
    for piece in draft.pieces:
        said += [f"{piece.kind.called}: {each}" for each in _sentences_of(piece.article)]
    return said


def _sentences_of(article: Article) -> list[str]:
    headline = plain(article.headline)
    said = [headline] if headline else []
    for block in article.blocks:
        if block.kind is BlockKind.TABLE:
            said += [" | ".join(plain(cell) for cell in row) for row in block.rows]
        else:
            text = plain(block.runs)
            said += [text[start:end].strip() for start, end in sentences_of(text)]
    return said


def _question(raised: Raised) -> Question:
    doubt = raised.doubt
    counts = {each.label: each.found for each in doubt.counts}
    return Question(raised.dataset, raised.area, doubt.quarter, doubt.step, counts)


def _question_again(answered: Answered) -> Question:
    answer = answered.answer
    return Question(answer.dataset, answered.area, answer.quarter, answer.step, answer.counts)


def _line(words: str, key: str, what: str) -> str:
    """Return words on one line. Raises RequestError where they say nothing, or too much."""
    line = " ".join(words.split())
    if any(map(str.isalnum, line)) and len(line) <= _LONGEST_REASON and line.isprintable():
        return line
    if len(line) > _LONGEST_REASON:
        what = f"There are {len(line)} characters, where {_LONGEST_REASON} are the most."
    raise RequestError(
        Fault(
            what,
            f'Give it in a sentence: {key} "…".',
            key=key,
            found=f"{len(line)} characters" if line else "nothing",
            expected=f"words, at most {_LONGEST_REASON} characters of them",
        )
    )


def _refuse_name(words: str, area: Area) -> None:
    """Raise RequestError where words for copy begin with the name that copy has before them."""
    names = sorted({*area.called, *map(folded, area.says), "it", "the force"}, key=len)
    begun = next((name for name in reversed(names) if re.match(rf"{name}\b", folded(words))), "")
    if begun:
        raise RequestError(
            Fault(
                "The words begin with the area's name, which copy has before them.",
                "Leave the name out.",
                key="--words",
                found=words,
                expected=f"what follows “{area.police or area.name}”, such as: "
                "closed a backlog of cases at once",
            )
        )


def _unfit(error: ValidationError) -> Fault:
    detail = error.errors()[0]
    key = next((str(step) for step in detail["loc"] if isinstance(step, str)), "")
    return Fault(
        f"The answer cannot be written: {detail['msg']}.",
        "Give it in plain words.",
        key=f"--{key}",
        found=str(detail["input"]),
    )


def _nothing(
    what: str,
    doubts: Doubts,
    found: str = "",
    near: Sequence[Raised] = (),
) -> Fault:
    """Say that nothing is meant, and what there is to be answered: of the area, else of all."""
    every = [f"{each.area.id} {each.doubt.step}" for each in near or doubts.raised]
    if not every:
        return Fault(what, "There is nothing to answer.", found=found)
    listed = ", ".join(every[:_FEW]) + (f" and {len(every) - _FEW} more" if every[_FEW:] else "")
    return Fault(
        what,
        "Name an area and the first month of a quarter; newscopy doubts says more.",
        found=found,
        expected=listed,
    )


def _name_of(id_: str, desk: Desk) -> str:
    return next(area.police or area.name for area in desk.areas if area.id == id_)
