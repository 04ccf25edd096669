"""Drafts filed by hand: nobody reads an editor's versions of them again."""

from __future__ import annotations

from functools import partial

from generator.filing import file_drafts as file_and_proofread

file_drafts = partial(file_and_proofread, proofread=lambda copy, draft, origin: ())
