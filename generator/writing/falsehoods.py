"""Which sentences of a copy were right by the old facts and are false by the new."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from generator.model import Copy, Facts, Figure, Level, Passage
from generator.printing import print_figure
from generator.writing.proofread import Fault, Proof, Reading, Span, Stated

Read = Callable[[Copy, Facts], Proof]
"""The second reader, as it read the copy when it was written: with that day's date."""
Spot = tuple[int, str, int, int]
"""Passage, cell, and from where to where in it."""


@dataclass(frozen=True)
class NumberThen:
    """A number of a sentence: the figure that it was, and what that is now, None if nothing."""

    reading: Reading
    before: Figure
    after: Figure | None


@dataclass(frozen=True)
class Falsehood:
    """A sentence that is false now: the numbers and the claims in it that are.

    `passage` is None for what the text as a whole leaves unsaid. `problems` are the claims',
    where there are any, read beside the numbers as they are now. A claim that is not
    understood is None among the `claims`. `figures` are all that the sentence gave.
    """

    passage: int | None
    where: str
    sentence: str
    problems: tuple[str, ...]
    numbers: tuple[NumberThen, ...] = ()
    claims: tuple[Stated | None, ...] = ()
    figures: tuple[Figure, ...] = ()


@dataclass
class _Found:
    """What is wrong with one sentence, so far."""

    fault: Fault
    of_numbers: list[str] = field(default_factory=list)
    of_claims: list[str] = field(default_factory=list)
    numbers: list[NumberThen] = field(default_factory=list)
    claims: list[Stated | None] = field(default_factory=list)


def find_false(copy: Copy, before: Facts | None, after: Facts, read: Read) -> tuple[Falsehood, ...]:
    """Return what the second reader holds by the new facts, and did not by the old.

    The copy is read three times: by the old facts, which tells what figure each number
    was; by the new; and by the new with every number that moved put right. What is still
    held then is no number but a claim, and what is not held then was only misread for the
    number beside it. Without the old facts, all that is held by the new is returned.
    """
    now = read(copy, after)
    if before is None:
        return tuple(_sentences(copy, _collected(_held(now), {}, {}), Proof((), ())))
    then = read(copy, before)
    known = {_key(fault) for fault in _held(then)}
    new = [fault for fault in _held(now) if _key(fault) not in known]
    figures = _everyones(after)
    readings: dict[Spot | None, Reading] = {_spot(each): each for each in then.readings}
    moved = []
    for fault in new:
        reading = readings.get(_place(fault))
        if reading is not None and reading.figure is not None:
            number = NumberThen(reading, reading.figure, figures.get(reading.figure.id))
            if number.after is None or number.after.value != number.before.value:
                moved.append(number)
    edits = _edits(moved)
    again = read(_put_right(copy, edits), after)
    left = sorted({_back(fault, edits) for fault in _held(again)}, key=_order)
    still = {_place(fault) for fault in left}
    numbers = {
        _spot(number.reading): number
        for number in moved
        if number.reading.text != _print(number) or _spot(number.reading) in still
    }
    claims = [
        fault
        for fault in left
        if _key(fault) not in known and not _is_figure(readings.get(_place(fault)))
    ]
    faults = [fault for fault in new if _place(fault) in numbers] + claims
    return tuple(_sentences(copy, _collected(faults, readings, numbers), then))


def _held(proof: Proof) -> Iterator[Fault]:
    """Yield what is held for words of the copy, or for what the whole of it leaves unsaid."""
    for fault in proof.faults:
        of_words = fault.words is not None or fault.passage is None
        if fault.problem.level is Level.HOLD and of_words:
            yield fault


def _spot(reading: Reading) -> Spot:
    return (reading.passage, reading.cell, reading.start, reading.end)


def _place(fault: Fault) -> Spot | None:
    if fault.passage is None or fault.words is None:
        return None
    return (fault.passage, fault.cell, *fault.words)


def _key(fault: Fault) -> object:
    """Tell faults apart by the words at fault, whatever is said of them."""
    return _place(fault) or fault.problem


def _order(fault: Fault) -> tuple[object, ...]:
    at = fault.passage
    return (at is None, at or 0, fault.cell, fault.words or (0, 0), fault.problem.what)


def _is_figure(reading: Reading | None) -> bool:
    return reading is not None and reading.figure is not None


def _everyones(facts: Facts) -> Mapping[str, Figure]:
    """Return the figures of the area, of the nation, and for the nation of every area."""
    everyone = [facts, *([facts.nation] if facts.nation else ()), *facts.areas]
    return {name: figure for each in everyone for name, figure in each.figures.items()}


# Numbers put right

Edits = Mapping[tuple[int, str], Sequence[tuple[int, int, str]]]
"""By passage and cell: from, to, and the text to put there, in order."""


def _print(number: NumberThen) -> str:
    return print_figure(number.after) if number.after is not None else ""


def _edits(numbers: Sequence[NumberThen]) -> Edits:
    edits: dict[tuple[int, str], list[tuple[int, int, str]]] = {}
    for number in numbers:
        if number.after is not None:
            reading = number.reading
            edit = (reading.start, reading.end, _print(number))
            edits.setdefault((reading.passage, reading.cell), []).append(edit)
    return {place: sorted(of_place) for place, of_place in edits.items()}


def _put_right(copy: Copy, edits: Edits) -> Copy:
    def mend(text: str, passage: int, cell: str = "") -> str:
        for start, end, new in reversed(edits.get((passage, cell), ())):
            text = text[:start] + new + text[end:]
        return text

    passages = tuple(
        replace(
            passage,
            text=mend(passage.text, number),
            rows=tuple(
                tuple(mend(text, number, f"{row}:{column}") for column, text in enumerate(cells))
                for row, cells in enumerate(passage.rows)
            ),
        )
        for number, passage in enumerate(copy.passages)
    )
    return replace(copy, headline=mend(copy.headline, -1), passages=passages)


def _back(fault: Fault, edits: Edits) -> Fault:
    """Return a fault of the copy put right at its place in the copy as it was."""
    if fault.passage is None:
        return fault
    of_place = edits.get((fault.passage, fault.cell), ())

    def back(at: int) -> int:
        shift = 0
        for start, end, new in of_place:
            if at < start + shift + len(new):
                break
            shift += len(new) - (end - start)
        return at - shift

    def both(span: Span | None) -> Span | None:
        return span and (back(span[0]), back(span[1]))

    return replace(fault, words=both(fault.words), sentence=both(fault.sentence))


# Sentences


def _collected(
    faults: Iterator[Fault] | Sequence[Fault],
    readings: Mapping[Spot | None, Reading],
    numbers: Mapping[Spot, NumberThen],
) -> list[_Found]:
    found: dict[object, _Found] = {}
    for fault in faults:
        row = fault.cell.partition(":")[0]
        key = (fault.passage, row, None if row else fault.sentence)
        one = found.setdefault(key, _Found(fault))
        place = _place(fault)
        of_kind = one.of_numbers if place in numbers else one.of_claims
        if fault.problem.what not in of_kind:
            of_kind.append(fault.problem.what)
        if place is None:
            continue
        if place in numbers:
            one.numbers.append(numbers[place])
        else:
            reading = readings.get(place)
            one.claims.append(reading.stated if reading is not None else None)
    return sorted(found.values(), key=lambda one: _order(one.fault))


def _sentences(copy: Copy, found: Sequence[_Found], then: Proof) -> Iterator[Falsehood]:
    for one in found:
        fault = one.fault
        inside = [
            reading.figure
            for reading in then.readings
            if reading.figure is not None and _is_inside(reading, fault)
        ]
        yield Falsehood(
            fault.passage,
            fault.problem.where.partition(", column")[0],
            _text(copy, fault),
            tuple(one.of_claims or one.of_numbers),
            tuple(one.numbers),
            tuple(one.claims),
            tuple(dict.fromkeys(inside)),
        )


def _is_inside(reading: Reading, fault: Fault) -> bool:
    if fault.sentence is None or reading.passage != fault.passage:
        return False
    if fault.cell:
        return reading.cell.partition(":")[0] == fault.cell.partition(":")[0]
    return fault.sentence[0] <= reading.start < fault.sentence[1]


def _text(copy: Copy, fault: Fault) -> str:
    """Return the sentence at fault as it stands; of a table its row."""
    if fault.passage is None or fault.sentence is None:
        return ""
    start, end = fault.sentence
    if fault.passage == -1:
        return copy.headline[start:end].strip()
    passage: Passage = copy.passages[fault.passage]
    if fault.cell:
        return " | ".join(passage.rows[int(fault.cell.partition(":")[0])])
    return passage.text[start:end].strip()
