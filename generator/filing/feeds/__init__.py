"""A draft as newsrooms' systems take it: ninjs, NewsML-G2, and a feed of all drafts."""

from generator.filing.feeds.atom import atom_feed
from generator.filing.feeds.item import Item, PubStatus, decided, item_of
from generator.filing.feeds.newsml import NEWSML, newsml
from generator.filing.feeds.ninjs import NINJS, ninjs

__all__ = [
    "ITEM_FILES",
    "NEWSML",
    "NINJS",
    "Item",
    "PubStatus",
    "atom_feed",
    "decided",
    "item_files",
    "item_of",
    "newsml",
    "ninjs",
]

ITEM_FILES = (NINJS, NEWSML)
"""The files of a draft's folder that carry an item: newscopy's alone, whoever changes them."""


def item_files(item: Item) -> dict[str, bytes]:
    """Return the files of a draft's folder that carry an item, by name."""
    return {NINJS: ninjs(item), NEWSML: newsml(item)}
