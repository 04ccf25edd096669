"""What `stories/*.yml` may say: what a story measures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Self

from pydantic import Field, model_validator

from generator.desk.forms import Config, Name, Reference, Slug, UnfitError, Words
from generator.errors import did_you_mean
from generator.periods import Period, PeriodKind


class Measure(Config):
    """What a story counts, or the share of one of its counts in another."""

    label: Words
    """What it is, in words, for tables and ledgers."""
    title: Words | None = None
    """What a chart of it is called; without one, its label."""
    count: Name | None = None
    """For a count: the dataset's count column."""
    outcomes: Annotated[tuple[str, ...], Field(min_length=1)] | None = None
    """For a count: outcome codes and ranges (`1-22`); None for all that are outcomes."""
    offence_groups: Annotated[tuple[Words, ...], Field(min_length=1)] | None = None
    offence_codes: Annotated[tuple[Words, ...], Field(min_length=1)] | None = None
    share: Name | None = None
    """For a share: the count that is its numerator…"""
    of: Name | None = None
    """…and the one that is its denominator."""
    decimals: int = Field(1, ge=0, le=3)
    """For a share: decimal places of the percentage in print."""
    small: int | None = None
    """For a share: the percentage up to which copy may call it "just"."""
    says: tuple[Words, ...] = ()
    """The words by which copy knows it: "fell through"; without any, its label."""

    @model_validator(mode="after")
    def _a_count_or_a_share(self) -> Self:
        if (self.count is None) == (self.share is None):
            raise ValueError("give either `count`, or `share` and `of`")
        if (self.share is None) != (self.of is None):
            raise ValueError("`share` and `of` go together")
        if self.share and (self.outcomes or self.offence_groups or self.offence_codes):
            raise ValueError("a share takes no filter: give it to the counts it is made of")
        return self

    @property
    def is_share(self) -> bool:
        """True for a share, False for a count."""
        return self.share is not None


class Says(Config):
    """The words by which copy knows areas and periods, beside their names."""

    area: tuple[Words, ...] = ()
    """The area of the draft: "the force"."""
    nation: tuple[Words, ...] = ()
    period: tuple[Words, ...] = ()
    """The period of the story, beside its own name and "last year"."""
    previous: tuple[Words, ...] = ()
    """The same twelve months a year before: "the year before"."""
    first: tuple[Words, ...] = ()
    """When the series begins, with the first period after it: "since records began in"."""


class Story(Config):
    """`config/stories/<id>.yml`: what a story measures; its words are in `templates/<id>/`."""

    id: Slug
    title: Words
    dataset: Reference
    period: PeriodKind = PeriodKind.CALENDAR
    baseline: str = "previous"
    """What the period is set against: `previous`, or a fixed period such as `2019`."""
    compares_first: bool = True
    """False where copy sets nothing against the first period, unless it claims a record."""
    lead: Name
    """The measure that areas are ranked and drafts scored by."""
    measures: Mapping[Name, Measure] = Field(min_length=1)
    league: int | None = Field(None, ge=1)
    """How many areas the nation's table has, the highest first; without it, all of them."""
    says: Says = Says()
    literals: tuple[Words, ...] = ()
    """Words with a number or a claim in them that is no figure of the story: "the 101 number"."""

    @property
    def counts(self) -> frozenset[str]:
        """The count columns of the dataset that its measures are made of."""
        return frozenset(measure.count for measure in self.measures.values() if measure.count)

    @model_validator(mode="after")
    def _measures_known(self) -> Self:
        counts = [name for name, measure in self.measures.items() if not measure.is_share]
        for name, measure in self.measures.items():
            for key, part in (("share", measure.share), ("of", measure.of)):
                if part is None or part in counts:
                    continue
                why = "itself a share" if part in self.measures else "none of the measures"
                raise UnfitError(
                    f"`{name}` is a share made with `{part}`, which is {why}",
                    ("measures", name, key),
                    mend=did_you_mean(part, counts) or "Make it a share of one count in another.",
                    found=part,
                    expected=" or ".join(counts),
                )
        if self.lead not in self.measures:
            raise UnfitError(
                "`lead` is none of the measures",
                ("lead",),
                mend=did_you_mean(self.lead, self.measures) or "Use the name of a measure.",
                found=self.lead,
                expected=" or ".join(self.measures),
            )
        return self

    @model_validator(mode="after")
    def _baseline_of_its_kind(self) -> Self:
        if self.baseline == "previous":
            return self
        try:
            fits = Period.parse(self.baseline).kind is self.period
        except ValueError:
            fits = False
        if not fits:
            raise UnfitError(
                f"`baseline` is no {self.period}",
                ("baseline",),
                mend="Set the story against the period before, or against a fixed one.",
                found=self.baseline,
                expected=f"previous, or a {self.period} such as {_EXAMPLES[self.period]}",
            )
        return self


_EXAMPLES = {
    PeriodKind.CALENDAR: "2019",
    PeriodKind.FINANCIAL: "2019/20",
    PeriodKind.ROLLING: "to-2019-09",
}
