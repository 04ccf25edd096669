"""A desk's config: read once, validated whole, every fault reported at once."""

from generator.desk.answers import Answer, AnswersFile, Ruling
from generator.desk.areas import Area
from generator.desk.datasets import Column, Dataset, Sibling, expand_codes
from generator.desk.desk import Desk
from generator.desk.editions import Edition, as_edition
from generator.desk.forms import folded, folded_code
from generator.desk.loading import builtin_desk, hash_files, is_desk, load_desk
from generator.desk.quotes import Quote
from generator.desk.records import record_answers
from generator.desk.register import Effect, Entry
from generator.desk.replies import Reply, RightOfReply, Slot
from generator.desk.settings import (
    DoubtRule,
    Format,
    Limits,
    PerCent,
    PieceKind,
    Style,
    Victim,
    Wording,
)
from generator.desk.stories import Measure, Story

__all__ = [
    "Answer", "AnswersFile", "Area", "Column", "Dataset", "Desk", "DoubtRule", "Edition", "Effect",
    "Entry", "Format", "Limits", "Measure", "PerCent", "PieceKind", "Quote", "Reply",
    "RightOfReply", "Ruling", "Sibling", "Slot", "Story", "Style", "Victim", "Wording",
    "as_edition", "builtin_desk", "expand_codes", "folded", "folded_code", "hash_files", "is_desk",
    "load_desk", "record_answers",
]  # fmt: skip
