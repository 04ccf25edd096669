"""What becomes of drafts by an answer to a doubt, as it is told before the answer is written."""

from __future__ import annotations

import textwrap
from collections.abc import Collection, Iterator, Sequence

from generator.cli.trails import WIDTH
from generator.filed.answering import Approved, Change
from generator.filed.doubts import Raised
from generator.filing import in_full
from generator.printing import print_roughly

_FEW = 6
"""Sentences of a draft that are told, and drafts that are named."""


def say_changes(changes: Sequence[Change], concerned: Collection[str]) -> Iterator[str]:
    """Yield what changes in which draft: at length in those of the areas concerned."""
    in_words = [each for each in changes if each.in_words]
    beside = [each for each in changes if not each.in_words]
    number = len(in_words)
    yield ""
    if number:
        yield f"{number} draft{'' if number == 1 else 's'} will change:"
    else:
        yield "No draft will say anything else."
    others = [each for each in in_words if not _is_close(each, concerned)]
    for change in in_words:
        if _is_close(change, concerned):
            yield from _at_length(change)
    if others:
        folders = [each.folder for each in others]
        named = ", ".join(folders[:_FEW]) + (" …" if folders[_FEW:] else "")
        yield ""
        yield from _wrapped(f"{len(others)} more compare otherwise: {named}")
        yield from _pair(*next(pair for each in others for pair in each.sentences))
    for change in beside:
        was, will_be = change.holds
        if was != will_be:
            reasons = f"{will_be} reason{'' if will_be == 1 else 's'}"
            yield f"{change.folder} stays held, for {reasons} instead of {was}."
    told = [each.folder for each in beside if each.holds[0] == each.holds[1]]
    if told:
        named = ", ".join(told[:_FEW]) + (" …" if told[_FEW:] else "")
        yield from _wrapped(f"What an editor is told beside the words changes in {named}.")
    yield ""


def say_left(left: Sequence[Raised]) -> Iterator[str]:
    """Yield what has to be answered by itself, since it is next to nothing of what was expected."""
    if left:
        yield ""
        yield "Not answered, as it is below a fifth of what is expected. Answer each by itself:"
    for each in left:
        counts = " and ".join(
            f"{count.found:,} {count.label}, not about {print_roughly(count.expected)}"
            for count in each.doubt.counts
        )
        yield from _wrapped(f"{each.area.id} {each.doubt.step}: {counts}", "  ")


def say_approved(approved: Sequence[Approved]) -> Iterator[str]:
    """Yield which stories that this touches were approved: no run writes over them."""
    if not approved:
        return
    number = len(approved)
    yield (
        "1 approved story is touched, which no run writes over:"
        if number == 1
        else f"{number} approved stories are touched, which no run writes over:"
    )
    for each in approved:
        stood = ", while this answer stood" if each.stood else ""
        yield f"  {each.path}, by {each.by} on {in_full(each.at)}{stood}"
    yield ""


def _is_close(change: Change, concerned: Collection[str]) -> bool:
    """Tell whether a draft is of an area concerned, or is told otherwise at its head."""
    before, after = change.before, change.after
    return (
        after.facts.area.id in concerned
        or before.status is not after.status
        or before.headline != after.headline
    )


def _at_length(change: Change) -> Iterator[str]:
    was, will_be = change.statuses
    status = was.value if was is will_be else f"{was.value} → {will_be.value}"
    yield ""
    yield f"{change.folder}: {status}"
    for pair in change.sentences[:_FEW]:
        yield from _pair(*pair)
    more = len(change.sentences) - _FEW
    if more > 0:
        yield f"  and {more} more sentence{'' if more == 1 else 's'}"


def _pair(was: str, will_be: str) -> Iterator[str]:
    yield from _wrapped(f"was:  “{was}”" if was else "was:  nothing", "  ")
    yield from _wrapped(f"then: “{will_be}”" if will_be else "then: nothing", "  ")


def _wrapped(text: str, margin: str = "") -> list[str]:
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=margin,
        subsequent_indent=f"{margin}      ",
        break_long_words=False,
        break_on_hyphens=False,
    )
