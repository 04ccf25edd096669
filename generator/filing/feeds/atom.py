"""All items of an output as one Atom feed (RFC 4287)."""

from __future__ import annotations

from collections.abc import Iterable

from feedgen.feed import FeedGenerator

from generator.filing.feeds.body import body_html
from generator.filing.feeds.item import NEVER, Item, PubStatus

_IN_WORDS = {PubStatus.WITHHELD: "WITHHELD", PubStatus.CANCELED: "CANCELLED"}
"""As a reader of English meets them; the category has the code."""
_STATUSES = "http://cv.iptc.org/newscodes/pubstatusg2/"


def atom_feed(name: str, uri: str, items: Iterable[Item]) -> bytes:
    """Write items as the entries of a feed, in their order.

    The text is in what is usable alone: Atom has no word for copy that may not be used, and
    most that read it know of none.
    """
    items = list(items)
    feed = FeedGenerator()
    feed.id(uri)
    feed.title(name)
    feed.author(name=name)
    feed.language("en-GB")
    feed.generator("newscopy")
    feed.updated(max(item.changed for item in items) if items else NEVER)
    for item in items:
        _add(feed, item)
    return bytes(feed.atom_str(pretty=True))


def _add(feed: FeedGenerator, item: Item) -> None:
    entry = feed.add_entry(order="append")
    entry.id(item.uri)
    entry.updated(item.changed)
    entry.link(href=f"{item.slug}/article.html")
    entry.category(term=item.status.value, scheme=_STATUSES)
    if item.status is PubStatus.USABLE:
        entry.title(item.copy.headline or f"{item.area}, {item.story}")  # feedgen wants one
        entry.published(item.changed)
        entry.content(body_html(item.copy), type="html")
        return
    entry.title(f"{_IN_WORDS[item.status]}: {item.area}, {item.story}")
    entry.summary(item.why)
