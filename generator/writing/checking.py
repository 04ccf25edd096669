"""Have a draft read again before it is filed, and copy that lies in the output whenever asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from generator.desk import Desk, PieceKind
from generator.disclosure import disclose
from generator.model import (
    Article,
    Claim,
    Copy,
    Draft,
    Facts,
    Level,
    Problem,
    Release,
    copy_of,
)
from generator.writing.accounting import account
from generator.writing.materiality import weigh_copy
from generator.writing.proofread import Lexicon, Proof, make_lexicon, proofread


class Checker:
    """Reads drafts and copy of one desk and release again."""

    def __init__(self, desk: Desk, release: Release) -> None:
        self.desk = desk
        self.release = release
        self._lexicon = lru_cache(maxsize=None)(self._make_lexicon)

    def check_draft(self, draft: Draft) -> Draft:
        """Return the draft with whatever the second reader finds wrong among its problems."""
        found = [*draft.problems, *self._check(draft.article, draft.ledger, draft)]
        for piece in draft.pieces:
            found += self._check(piece.article, piece.ledger, draft, piece.kind)
        return replace(draft, problems=tuple(dict.fromkeys(found)))

    def check_copy(
        self,
        copy: Copy,
        facts: Facts,
        origin: Release | None = None,
        proof: Proof | None = None,
    ) -> tuple[Problem, ...]:
        """Return what is wrong with copy about an area, whoever wrote it.

        That is what is wrong with the facts whatever is written of them, what the second
        reader finds in the words, and what of them rests on counts in doubt. Copy that was made
        from an earlier release than the facts may name that one as its `origin`; what was read
        of it may be at hand (`proof`).
        """
        proof = proof or self.proof(copy, facts)
        releases = [self.release] if origin is None else [self.release, origin]
        line = _origin_problems(copy, [disclose(release) for release in releases])
        doubts = weigh_copy(copy, facts, proof, self.proof)
        problems = (*proof.problems, *line, *doubts)
        found = [replace(each, piece=copy.piece or "") for each in problems]
        return tuple(dict.fromkeys([*facts.problems, *found]))

    def proof(self, copy: Copy, facts: Facts) -> Proof:
        """Return what the second reader reads in copy about an area, and where."""
        lexicon = self._lexicon(facts.story.id)
        return proofread(copy, facts, self.desk, self.release, lexicon)

    def _check(
        self,
        article: Article,
        ledger: Sequence[Claim],
        draft: Draft,
        piece: PieceKind | None = None,
    ) -> list[Problem]:
        """Read the article or a piece again, and set what was found against its ledger."""
        proof = self.proof(copy_of(article, draft.disclosure, piece), draft.facts)
        found = [*proof.problems, *account(ledger, proof.readings)]
        return [replace(problem, piece=piece or "") for problem in found]

    def _make_lexicon(self, story: str) -> Lexicon:
        return make_lexicon(self.desk.stories[story], self.desk)


def _origin_problems(copy: Copy, disclosures: Sequence[str]) -> Iterator[Problem]:
    """Yield what is wrong with the line that says where a draft is from."""
    if not copy.disclosure:
        yield Problem(
            Level.WARN,
            "the foot",
            "The line that says that a template produced the draft, and from what, is gone.",
            "Put it back, or say so as your title does.",
        )
    elif copy.disclosure not in disclosures:
        yield Problem(
            Level.HOLD,
            "the foot",
            "The line that says where the draft is from has been changed.",
            f"It has to be: {disclosures[0]}",
        )
