"""What a new release changes, as a page of its own and in the words that every form shares."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from generator.desk import Desk
from generator.filing.banners import SAMPLE, in_full
from generator.filing.html import Pages
from generator.model import Coverage, Release, Revision, Turned
from generator.printing import print_exact, print_figure


def summary(revision: Revision) -> str:
    """Say in one line what differs: the stories now wrong first."""
    found = list(_counted(revision))
    read = sum(not draft.notes or draft.wrong for draft in revision.drafts)
    if not found:
        filed = f" None of {_count(len(revision.drafts), 'filed draft')} is made wrong."
        return "Nothing differs." + (filed if revision.filed and read else "")
    return " ".join(found)


def _counted(revision: Revision) -> Iterator[str]:
    differences = revision.differences
    drafts, wrong = len(revision.drafts), len(revision.wrong)
    told = [
        (len(differences.turned), "finding", "turned"),
        (sum(not each.complete for each in differences.coverage), "period", "newly incomplete"),
        (sum(each.complete for each in differences.coverage), "period", "newly complete"),
        (len(differences.restated), "figure", "restated"),
    ]
    if revision.filed and (wrong or any(number for number, _, _ in told)):
        approved = sum(draft.is_approved for draft in revision.wrong)
        yield (
            f"{wrong or 'None'} of {_count(drafts, 'filed draft')} "
            f"{'is' if wrong == 1 or drafts == 1 else 'are'} now wrong"
            + (f", {approved} of them approved" if approved and wrong > 1 else "")
            + (", and it is approved" if approved and wrong == 1 else "")
            + "."
        )
    parts = [f"{_count(number, noun)} {what}" for number, noun, what in told if number]
    apart = sum(each.before.as_printed != each.after.as_printed for each in differences.restated)
    if differences.restated:
        parts[-1] += f", {apart or 'none'} of which print{'s' if apart == 1 else ''} differently"
    if parts:
        yield ", ".join(parts) + "."


def coverage_words(coverage: Coverage) -> str:
    """Say why a period is not complete, or was not, and whether the nation's basket changed."""
    if coverage.complete:
        said = f"complete now; before, {coverage.why}"
        return said + ("; it has joined the nation's figures" if coverage.basket else "")
    return coverage.why + (
        "; it has left the nation's figures, in every period" if coverage.basket else ""
    )


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def release_words(release: Release) -> str:
    """Name a release by its title and the day it was published."""
    day = f", published {in_full(release.published)}" if release.published else ""
    return f"{release.title}{day}"


def revision_html(revision: Revision, desk: Desk, say_turned: Callable[[Turned], object]) -> str:
    """Write it as a page; `say_turned` puts a finding into words.

    Raises DeskError where the template is missing or at fault.
    """
    return Pages(desk).render(
        "diff.html.j2",
        revision=revision,
        summary=summary(revision),
        banner=SAMPLE if revision.sample else "",
        coverage_words=coverage_words,
        release_words=release_words,
        say_turned=say_turned,
        print_figure=print_figure,
        print_exact=print_exact,
    )
