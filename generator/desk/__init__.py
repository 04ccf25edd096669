"""A desk's config: read once, validated whole, every fault reported at once."""

from generator.desk.loading import builtin_desk, expand_codes, load_desk
from generator.desk.schema import (
    Area,
    Column,
    Dataset,
    Desk,
    Effect,
    Entry,
    Limits,
    Measure,
    Quote,
    Sibling,
    Story,
    Style,
    folded,
)

__all__ = [
    "Area",
    "Column",
    "Dataset",
    "Desk",
    "Effect",
    "Entry",
    "Limits",
    "Measure",
    "Quote",
    "Sibling",
    "Story",
    "Style",
    "builtin_desk",
    "expand_codes",
    "folded",
    "load_desk",
]
