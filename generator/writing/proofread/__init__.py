"""The second reader: finished words are read again by code that shares nothing with the writers."""

from generator.writing.proofread.memory import Lexicon, make_lexicon
from generator.writing.proofread.proof import Fault, Proof, Reading, Span
from generator.writing.proofread.reader import proofread
from generator.writing.proofread.verdicts import Stated
from generator.writing.proofread.words import sentences_of

__all__ = [
    "Fault",
    "Lexicon",
    "Proof",
    "Reading",
    "Span",
    "Stated",
    "make_lexicon",
    "proofread",
    "sentences_of",
]
