"""doubt.eml: the mail that asks a publisher whether a figure is right, ready to be sent."""

from __future__ import annotations

from collections.abc import Iterator
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from generator.desk import Desk
from generator.disclosure import cite
from generator.filing.banners import in_full, release_banners
from generator.filing.mail import on_one_line, wrapped
from generator.model import Doubt, Draft, Level, Release

DOUBT = "doubt.eml"


def doubt_requests(draft: Draft, release: Release, desk: Desk) -> dict[str, bytes]:
    """Write a mail about each doubt that touches the draft, by file name; the gravest first.

    Each is a message that nobody has sent yet, as the request for an answer is; one made from
    a sample has no address.
    """
    touching = (each for each in draft.doubts if each.level is not Level.NOTE)
    doubts = dict.fromkeys(doubt for each in touching for doubt in each.supposition.doubts)
    return {
        DOUBT if number == 1 else f"doubt-{number}.eml": _mail(doubt, draft, release, desk)
        for number, doubt in enumerate(doubts, start=1)
    }


def _mail(doubt: Doubt, draft: Draft, release: Release, desk: Desk) -> bytes:
    area = next(area for area in desk.areas if area.id == doubt.area)
    contact = desk.datasets[release.dataset].contact
    mail = EmailMessage(policy=SMTP)
    subject = f"Is a figure right: {area.name}, {doubt.quarter}"
    mail["Subject"] = on_one_line(f"SAMPLE, DO NOT SEND: {subject}" if release.sample else subject)
    if contact and not release.sample:
        mail["To"] = Address(on_one_line(release.publisher), addr_spec=contact)
    mail["X-Unsent"] = "1"
    text = "\n\n".join(_paragraphs(doubt, draft, release, desk)) + "\n"
    mail.set_content(text, charset="utf-8", cte="8bit")
    return mail.as_bytes()


def _paragraphs(doubt: Doubt, draft: Draft, release: Release, desk: Desk) -> Iterator[str]:
    area = next(area for area in desk.areas if area.id == doubt.area)
    if release.sample:
        yield "DO NOT SEND this mail: the figures in it are invented."
    yield from (wrapped(banner.text) for banner in release_banners(release))
    yield wrapped(f"To the {release.publisher}")
    day = f" on {in_full(release.published)}" if release.published else ""
    yield wrapped(
        f"We are {desk.file.name}, and are preparing a story from “{release.title}”, which you "
        f"published{day}. A figure in it is far from those of the quarters around it, and we "
        "should like to know whether it is right before we print it."
    )
    yield wrapped(f"{area.police or area.name}, {doubt.quarter}:")
    yield "\n".join(
        wrapped(
            f"{count.label}: {count.found:,}; from the quarters around it we should have "
            f"expected about {count.expected:,}",
            "- ",
        )
        for count in doubt.counts
    )
    places = list(dict.fromkeys(_places(doubt, draft)))
    if places:
        yield wrapped("It stands in:")
        yield "\n".join(wrapped(place, "- ") for place in places)
    yield from filter(None, [wrapped(cite(release))])
    yield wrapped(
        "Is the figure right and complete, or will it be revised? If there is a reason for it, "
        "please give it in words that we may print as yours."
    )
    yield wrapped(desk.file.name)


def _places(doubt: Doubt, draft: Draft) -> Iterator[str]:
    """Yield the file, the sheet and the rows that the doubted counts are the sum of."""
    measures = {count.measure for count in doubt.counts}
    for figure in draft.facts.figures.values():
        if figure.measure in measures and figure.area == doubt.area:
            for source in figure.sources:
                if source.quarter == doubt.quarter:
                    sheet = f", sheet {source.table.sheet}" if source.table.sheet else ""
                    rows = f"rows {source.first_row} to {source.last_row}"
                    yield f"{source.table.file}{sheet}, {rows}"
