"""reply-request.eml: the mail that asks a force's press office for an answer, ready to be sent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from generator.desk import Area, Desk, Slot
from generator.disclosure import cite
from generator.filing.banners import in_full, moment_in_words, release_banners
from generator.filing.mail import on_one_line, wrapped
from generator.model import Draft, Figure, Quotation, Release

REPLY_REQUEST = "reply-request.eml"


def reply_request(draft: Draft, release: Release, desk: Desk) -> bytes | None:
    """Write the request, None where there is nothing to be asked for, or no longer.

    It is a message that nobody has sent yet: mail programs open it to be finished
    (`X-Unsent`), and no clock has given it a date or an id. One made from a sample has no
    address.
    """
    if draft.slot is None or not draft.slot.is_open:
        return None
    area, asked = draft.facts.area, desk.file.right_of_reply
    mail = EmailMessage(policy=SMTP)
    subject = f"Request for an answer: {draft.facts.story.title}, {area.name}"
    mail["Subject"] = on_one_line(f"SAMPLE, DO NOT SEND: {subject}" if release.sample else subject)
    if asked and asked.sender:
        mail["From"] = Address(on_one_line(desk.file.name), addr_spec=asked.sender)
    if area.press_office and not release.sample:
        name = on_one_line(f"{area.police or area.name} press office")
        mail["To"] = Address(name, addr_spec=area.press_office)
    mail["X-Unsent"] = "1"
    text = "\n\n".join(_paragraphs(draft, release, desk, draft.slot)) + "\n"
    mail.set_content(text, charset="utf-8", cte="8bit")
    return mail.as_bytes()


def _paragraphs(draft: Draft, release: Release, desk: Desk, slot: Slot) -> Iterator[str]:
    facts, who = draft.facts, draft.facts.area.police or draft.facts.area.name
    if release.sample:
        yield "DO NOT SEND this mail: the figures in it are invented."
    yield from (wrapped(banner.text) for banner in release_banners(release))
    yield wrapped(f"To the press office of {who}")
    yield wrapped(
        f"We are {desk.file.name}, and are preparing a story about your force from published "
        "statistics. We should like to print what you have to say about it."
    )
    yield "Its headline is to be:"
    yield wrapped(draft.headline, "    ")
    figures = list(_figures(draft, facts.area))
    if figures:
        yield from _listed(f"It gives these figures for {who}:", figures)
    elif facts.incomplete:
        why = facts.unavailable or f"the force {facts.incomplete}"
        yield wrapped(f"It gives no figure for {who}, and says that {why}.")
    else:
        yield wrapped(f"It gives no figure for {who}.")
    compared = "It compares them with these" if figures else "It gives these figures"
    yield from _listed(f"{compared} for {desk.nation.name}:", _figures(draft, desk.nation))
    for whose, words in _words_of_others(draft, desk).items():
        yield from _listed(f"It carries these words of {whose}:", words)
    day = f" on {in_full(release.published)}" if release.published else ""
    yield wrapped(
        f"The story is made from “{release.title}”, published by the {release.publisher}{day}."
    )
    yield from filter(None, [wrapped(cite(release))])
    yield wrapped(
        f"Please answer by {moment_in_words(slot.by)}. If a figure is not right, please say "
        "which, and what it should be."
    )
    yield wrapped(desk.file.name)


def _listed(lead: str, items: Iterable[str]) -> Iterator[str]:
    """Yield what leads to a list, and the list, where there is anything in it."""
    lines = [wrapped(item, "- ") for item in items]
    if lines:
        yield wrapped(lead)
        yield "\n".join(lines)


def _figures(draft: Draft, area: Area) -> Iterator[str]:
    """Yield each figure of an area that the copy prints: what it is of, when, and as printed."""
    seen: set[str] = set()
    for claim in draft.ledger:
        figure = claim.support
        if not isinstance(figure, Figure) or figure.area != area.id:
            continue
        if figure.id not in seen:
            seen.add(figure.id)
            yield f"{figure.label}, {figure.period}: {claim.text}"


def _words_of_others(draft: Draft, desk: Desk) -> Mapping[str, Iterable[str]]:
    """Return the quotations in the copy by whose they are; what is only reported has no marks."""
    quotes = {quote.id: quote for quote in desk.quotes if quote.is_for(draft.facts.area)}
    words: dict[str, dict[str, None]] = {}
    for said in (claim.support for claim in draft.ledger):
        if isinstance(said, Quotation) and said.quote in quotes:
            of = quotes[said.quote]
            named = ", ".join(filter(None, (of.speaker, of.role, of.organisation)))
            text = f"“{said.text}”" if said.verbatim else said.text
            words.setdefault(named if of.speaker else of.short, {})[text] = None
    return words
