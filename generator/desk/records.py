"""Change `config/doubts.yml`: records put in and taken out, all else left as somebody wrote it."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile

import filelock
import yaml
from pydantic import ValidationError

from generator.desk.answers import Answer, AnswersFile
from generator.desk.located import Located, parse_yaml, read_text
from generator.desk.wording import config_fault
from generator.errors import DeskError, Fault

TIMEOUT = 5.0
"""Seconds to wait for somebody else who is writing answers."""
_NAME = "config/doubts.yml"
_HEAD = """\
# What was answered to doubts about figures: newscopy believe, newscopy leave-out and the review
# page write it, one record for each. An answer holds for the counts that were seen.
answers:
"""
_COLUMN = 2
"""Where the records of a file that has none yet begin."""


def record_answers(
    desk: Path, put: Sequence[Answer] = (), taken: Collection[Answer] = ()
) -> tuple[Answer, ...]:
    """Put answers into a desk's file and take others out, and return all that are there then.

    An answer takes the place of one to the same counts. What else is there, with its comments,
    stays as it stands. The file is replaced whole, while nobody else writes it. Raises
    DeskError where it cannot be understood, or somebody else has it.
    """
    path = (desk / _NAME).resolve()
    with _locked(desk):
        text = read_text(path, _NAME) if path.exists() else ""
        answers = _answers_in(parse_yaml(text, _NAME))
        gone = {each.place for each in taken}
        kept = {each.place: each for each in answers if each.place not in gone}
        wanted = tuple((kept | {each.place: each for each in put}).values())
        if wanted != answers:
            _replace(path, desk, _written(text, answers, wanted))
    return wanted


def _answers_in(tree: Located[object]) -> tuple[Answer, ...]:
    try:
        return AnswersFile.model_validate(tree.value).answers
    except ValidationError as error:
        faults = [config_fault(detail, AnswersFile, tree) for detail in error.errors()]
        raise DeskError(*faults) from error


def _written(text: str, before: Sequence[Answer], wanted: tuple[Answer, ...]) -> str:
    """Return the file's text with the wanted records, those that stay as they stand."""
    cut = _cut(text, len(before))
    changed = cut.changed(before, wanted) if cut else ""
    if changed and _says(changed, wanted):
        return changed
    # No record can be left as it stands: there is none, or they are all in one line.
    comments = "".join(line for line in text.splitlines(keepends=True) if line[:1] == "#")
    head = f"{comments}answers:\n" if comments else _HEAD
    return head + "".join(map(_as_yaml, wanted)) if wanted else f"{head.rstrip()} []\n"


def _says(text: str, wanted: tuple[Answer, ...]) -> bool:
    """Tell whether a text is a file with just these answers."""
    try:
        return _answers_in(parse_yaml(text, _NAME)) == wanted
    except DeskError:
        return False


@dataclass
class _Cut:
    """A file cut at its records: of each the comments above it and itself."""

    head: str
    records: Sequence[tuple[str, str]]
    foot: str
    column: int

    def changed(self, before: Sequence[Answer], wanted: Sequence[Answer]) -> str:
        """Put the file together again, with the wanted records."""
        left = {each.place: each for each in wanted}
        text = self.head
        for answer, (comments, record) in zip(before, self.records, strict=True):
            new = left.pop(answer.place, None)
            if new is not None:
                text += comments + (record if new == answer else _as_yaml(new, self.column))
        text += "" if text.endswith("\n") else "\n"
        return text + "".join(_as_yaml(each, self.column) for each in left.values()) + self.foot


def _cut(text: str, number: int) -> _Cut | None:
    """Cut a file at its records, None where they are none, or not each on lines of its own."""
    tokens = yaml.scan(text, Loader=yaml.SafeLoader)
    starts = [each.start_mark for each in tokens if isinstance(each, yaml.BlockEntryToken)]
    if not number or len(starts) != number:
        return None
    lines = text.splitlines(keepends=True)
    firsts, column = [mark.line for mark in starts], starts[0].column
    tops = [firsts[0], *(_top_of(lines, at, column) for at in [*firsts[1:], len(lines)])]
    records = [
        ("".join(lines[top:first]), "".join(lines[first:end]))
        for top, first, end in zip(tops, firsts, tops[1:], strict=False)
    ]
    return _Cut("".join(lines[: firsts[0]]), records, "".join(lines[tops[-1] :]), column)


def _top_of(lines: Sequence[str], first: int, column: int) -> int:
    """Return the line on which the comments and blank lines above a line begin."""
    above = re.compile(rf" {{0,{column}}}#|\s*$")
    while above.match(lines[first - 1]):
        first -= 1
    return first


def _as_yaml(answer: Answer, column: int = _COLUMN) -> str:
    """Write a record as an item of the file's list."""
    said = answer.model_dump(by_alias=True, exclude_none=True) | {"answer": str(answer.ruling)}
    text = yaml.safe_dump(said, sort_keys=False, allow_unicode=True, width=10**6)
    first, *others = text.splitlines(keepends=True)
    margin = " " * column
    return f"{margin}- {first}" + "".join(f"{margin}  {line}" for line in others)


def _replace(path: Path, desk: Path, text: str) -> None:
    """Put a text in a file's place whole: who reads it has the one before or this one."""
    with NamedTemporaryFile(
        "w", encoding="utf-8", newline="\n", dir=_hidden(desk), delete=False
    ) as file:
        fresh = Path(file.name)
        try:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        except BaseException:
            fresh.unlink(missing_ok=True)
            raise
    fresh.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
    fresh.replace(path)


@contextmanager
def _locked(desk: Path) -> Iterator[None]:
    """Hold a desk's answers, so that nobody else writes them meanwhile."""
    lock = filelock.FileLock(_hidden(desk) / "doubts.lock", timeout=TIMEOUT)
    try:
        lock.acquire()
    except filelock.Timeout as error:
        raise DeskError(
            Fault(
                "Somebody else is writing an answer just now.",
                "Give the command again in a moment.",
                file=_NAME,
            )
        ) from error
    try:
        yield
    finally:
        lock.release()


def _hidden(desk: Path) -> Path:
    """Return the folder for what is no part of the desk: whatever is in config decides copy."""
    folder = desk / ".newscopy"
    folder.mkdir(exist_ok=True)
    return folder
