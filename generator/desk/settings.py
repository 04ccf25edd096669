"""What `desk.yml` and `style.yml` may say: folders, limits and the thresholds of the copy rules."""

from __future__ import annotations

from pydantic import Field

from generator.desk.forms import Config, Slug, Words


class Limits(Config):
    """How much a published archive may unpack to."""

    files: int = Field(500, ge=1)
    unpacked_megabytes: int = Field(4096, ge=1)
    compression_ratio: int = Field(250, ge=2)


class DeskFile(Config):
    """`config/desk.yml`: who the desk is and where its folders are."""

    name: Words
    releases: Words = "releases"
    output: Words = "output"
    sample: Slug = "police-outcomes"
    """The dataset that the built-in sample is a release of."""
    limits: Limits = Limits()


class Style(Config):
    """`config/style.yml`: the thresholds of the copy rules.

    Shares are given in per cent, tolerances in per cent of the exact value, and
    `slight_points` in percentage points.
    """

    figures_from: int = Field(10, ge=1)
    """The first whole number that copy writes in figures."""
    smallest_share_base: int = Field(100, ge=1)
    smallest_percentage_base: int = Field(20, ge=1)
    slight_points: int = Field(2, ge=0)
    around_within: int = Field(1, ge=0)
    nearly_within: int = Field(2, ge=0)
    record_periods: int = Field(3, ge=2)
    """How many complete periods a record has to stand out from, itself included."""
    collapse_below: int = Field(60, ge=0, le=100)
    """Per cent of its neighbours' median under which a quarter is taken for a collapse."""
    spike_above: int = Field(140, ge=100)
    neighbours: int = Field(4, ge=1)
    """Quarters on either side that a quarter is judged by."""
    smallest_neighbours: int = Field(100, ge=0)
    """A median under this is too small to judge by."""
    missing_reason: Words = "did not submit complete data"
    """Said of a force that the published file itself marks as missing."""
