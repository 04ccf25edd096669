"""The second reader: finished words are read again by code that shares nothing with the writers."""

from generator.writing.proofread.lexicon import Lexicon, make_lexicon
from generator.writing.proofread.reader import Proof, Reading, proofread

__all__ = ["Lexicon", "Proof", "Reading", "make_lexicon", "proofread"]
