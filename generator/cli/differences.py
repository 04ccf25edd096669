"""What a new release changes, in each form that is printed for a terminal or a program."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from generator.cli.trails import WIDTH
from generator.filing import SAMPLE, coverage_words, release_words, summary
from generator.model import (
    Coverage,
    Fallen,
    FalseSentence,
    Restated,
    Revised,
    Revision,
    Turned,
)
from generator.printing import print_exact, print_figure
from generator.writing import say_turned

_IN_SEVERAL = 3
"""A correction that this many stories need, or more, is told once, with all of them."""


def as_text(revision: Revision) -> str:
    """Tell it in the order in which somebody on duty has to know it."""
    differences = revision.differences
    apart = [each for each in differences.restated if not each.prints_alike]
    alike = len(differences.restated) - len(apart)
    shared = _shared(revision.wrong)
    lines = [*([SAMPLE] if revision.sample else []), *_wrapped(summary(revision))]
    lines += _wrapped(f"Old: {'; '.join(revision.since) or 'nobody can tell'}")
    lines += _wrapped(f"New: {release_words(revision.new)}")
    for title, part in (
        ("STORIES NOW WRONG", [x for each in revision.wrong for x in _story(each, shared)]),
        ("WRONG IN SEVERAL STORIES ALIKE", list(_told_once(shared, revision.drafts))),
        ("FINDINGS TURNED", list(_turned(differences.turned))),
        ("AREAS NEWLY INCOMPLETE", _covered(differences.coverage, complete=False)),
        ("AREAS NEWLY COMPLETE", _covered(differences.coverage, complete=True)),
        ("FIGURES THAT PRINT DIFFERENTLY", _table(apart)),
        ("NOT JUDGED, OR NOT BY ALL THAT THERE WAS", list(_notes(revision))),
    ):
        if part:
            lines += ["", title, *([] if part[0] == "" else [""]), *part]
    if alike:
        one = alike == 1
        lines += [
            "",
            f"{alike} {'more ' if apart else ''}figure{'' if one else 's'} "
            f"{'is' if one else 'are'} restated and print{'s' if one else ''} alike.",
        ]
    return "\n".join(lines)


Shared = Mapping[str, tuple[int, FalseSentence, Mapping[str, str]]]
"""By correction: its number, the first sentence that needs it, and every draft's standing."""


def _shared(drafts: Sequence[Revised]) -> Shared:
    places: dict[str, dict[str, str]] = {}
    first: dict[str, FalseSentence] = {}
    for draft in drafts:
        for sentence in draft.sentences:
            if sentence.correction:
                first.setdefault(sentence.correction, sentence)
                standing = f" ({draft.standing})" if draft.standing else ""
                places.setdefault(sentence.correction, {})[draft.folder] = standing
    several = [line for line, named in places.items() if len(named) >= _IN_SEVERAL]
    return {
        line: (number, first[line], places[line]) for number, line in enumerate(several, start=1)
    }


def _story(draft: Revised, shared: Shared) -> Iterator[str]:
    """Yield what is wrong in one story; what is in several alike is told of them together."""
    own = [each for each in draft.sentences if each.correction not in shared]
    numbers = {shared[each.correction][0] for each in draft.sentences if each not in own}
    if not own and not draft.standing:
        return
    yield from ("", draft.folder + (f"  {draft.standing.upper()}" if draft.standing else ""))
    yield from _wrapped(draft.headline, "  ")
    for sentence in own:
        yield ""
        yield from _wrapped(_quoted(sentence), "  ")
        for problem in sentence.problems:
            # Otherwise the correction says it, and better: this is the reader's own message.
            if sentence.fallen is Fallen.UNKNOWN or not sentence.correction:
                yield from _labelled("why", problem)
        if sentence.correction:
            yield from _labelled("correct", sentence.correction)
        yield from _labelled("in", ", ".join(sentence.files))
    if numbers:
        also = " and ".join(f"({number})" for number in sorted(numbers))
        yield from _labelled("and", f"{also}, below")


def _quoted(sentence: FalseSentence) -> str:
    return f"{sentence.where}: “{sentence.sentence}”" if sentence.sentence else sentence.where


def _told_once(shared: Shared, drafts: Sequence[Revised]) -> Iterator[str]:
    filed = Counter(draft.folder.rpartition("/")[0] for draft in drafts)
    for line, (number, sentence, places) in shared.items():
        yield ""
        yield from _wrapped(f"({number}) {_quoted(sentence)}", "  ", hang=4)
        yield from _labelled("correct", line)
        yield from _labelled("in", f"{len(places)} stories")
        by_story: dict[str, list[str]] = {}
        for folder, standing in places.items():
            told, _, area = folder.rpartition("/")
            by_story.setdefault(told, []).append(area + standing)
        for told, areas in by_story.items():
            every = len(areas) == filed[told] > _IN_SEVERAL
            yield from _labelled("", f"{told}: {'all' if every else ', '.join(areas)}")


def _turned(turned: Sequence[Turned]) -> Iterator[str]:
    """Yield the findings, those of one measure under one heading."""
    before = ""
    for one in turned:
        heading = f"{one.area.name}, {one.period}: {one.label}"
        if heading != before:
            yield from _wrapped(heading, "  ", hang=2)
        before = heading
        words = say_turned(one)
        yield from _labelled("was", f"{words.was} ({words.was_because})")
        yield from _labelled("now", f"{words.now} ({words.now_because})")


def _covered(coverage: Sequence[Coverage], *, complete: bool) -> list[str]:
    return [
        line
        for each in coverage
        if each.complete is complete
        for line in _wrapped(
            f"{each.area.name}, {each.period}: {coverage_words(each)}", "  ", hang=2
        )
    ]


def _table(restated: Sequence[Restated]) -> list[str]:
    """Align the columns; nothing is cut off, since a lost digit is worse than a wide line."""
    if not restated:
        return []
    rows = [("area", "period", "was", "now", "exactly was", "exactly now", "measure")]
    rows += [
        (
            each.area.name,
            str(each.before.period),
            print_figure(each.before),
            print_figure(each.after),
            print_exact(each.before),
            print_exact(each.after),
            each.before.label,
        )
        for each in restated
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    numeric = range(2, 6)
    return [
        "  "
        + "  ".join(
            cell.rjust(width) if at in numeric else cell.ljust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]


def _notes(revision: Revision) -> Iterator[str]:
    """Yield each note once, with the one draft it is of, or how many."""
    folders: dict[str, list[str]] = {}
    for draft in revision.drafts:
        for note in draft.notes:
            folders.setdefault(note, []).append(draft.folder)
    for note, named in folders.items():
        which = ", ".join(named[:3]) + (f" and {len(named) - 3} more" if len(named) > 3 else "")
        yield from _wrapped(f"{which}: {note}", "  ", hang=2)
    for note in revision.notes:
        if not any(note in known for known in folders):
            yield from _wrapped(note, "  ", hang=2)


def _labelled(label: str, text: str) -> list[str]:
    return _wrapped(text, f"    {label:<8}", hang=0)


def _wrapped(text: str, before: str = "", hang: int = 0) -> list[str]:
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=before,
        subsequent_indent=" " * (len(before) + hang),
        break_long_words=False,
        break_on_hyphens=False,
    )
