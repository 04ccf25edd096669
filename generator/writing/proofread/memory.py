"""What the second reader has in mind for every draft of a story: words, names, quotes."""

from __future__ import annotations

from functools import lru_cache

from generator.desk import Desk, Quote, Story
from generator.periods import PeriodKind
from generator.writing.proofread.leftovers import find_leftovers
from generator.writing.proofread.lexicon import gather_phrases
from generator.writing.proofread.quotations import QuoteBank
from generator.writing.proofread.sentences import Sentence, read_sentences

_REMEMBERED = 1024
"""Passages: more than are the same in many drafts of a story, and few enough to keep."""


class Lexicon:
    """All that can be known of a story's words before a draft is read, and what was read before.

    Quotes and the nation's figures stand in draft after draft in the same words. What a
    passage says by itself, whatever the facts, is found once and remembered.
    """

    def __init__(self, story: Story, desk: Desk) -> None:
        self.quotes = QuoteBank(
            [_with_force(quote, desk) for quote in desk.quotes if quote.story == story.id]
        )
        self.area_names = {area.id: area.name for area in desk.areas}
        """What to call an area in a message, by its id."""
        self.area_ids = {
            name.casefold(): area.id
            for area in desk.areas
            for name in (area.name, area.police, area.id, *area.names)
            if name
        }
        """Areas by whatever the first column of a table may call them."""
        self._phrases = gather_phrases(story, desk)
        self.sentences = lru_cache(maxsize=_REMEMBERED)(self._sentences)
        self.leftovers = lru_cache(maxsize=_REMEMBERED)(self._leftovers)

    def _sentences(
        self, text: str, kind: PeriodKind, mask: tuple[tuple[int, int], ...] = ()
    ) -> tuple[Sentence, ...]:
        """Return the sentences of a passage, see `read_sentences`."""
        return tuple(read_sentences(text, self._phrases, kind, mask))

    def _leftovers(self, text: str) -> tuple[tuple[str, str], ...]:
        """Return what must not be in a passage, see `find_leftovers`."""
        return tuple(find_leftovers(text))


def _with_force(quote: Quote, desk: Desk) -> Quote:
    """Let a force's answer be given to the force itself, whoever spoke for it."""
    answered = {reply.area for reply in desk.replies if reply.is_answered_by(quote)}
    forces = [area.police or area.name for area in desk.forces if area.id in answered]
    return quote.model_copy(update={"known_as": (*quote.known_as, *forces)})


def make_lexicon(story: Story, desk: Desk) -> Lexicon:
    """Gather what is known of a story's words."""
    return Lexicon(story, desk)
