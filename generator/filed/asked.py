"""What is asked of a comparison, and whether two releases can be compared at all."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from dataclasses import dataclass

from generator.errors import Fault, RequestError
from generator.model import Differences, Release
from generator.periods import Period


@dataclass(frozen=True)
class Asked:
    """What is to be compared; the empty choice of stories or areas means all of them."""

    stories: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    period: Period | None = None


def see_order(published: datetime.date | None, new: Release, place: str) -> None:
    """Raise RequestError where the new release was published before the old one."""
    if published is not None and new.published is not None and new.published < published:
        raise RequestError(
            Fault(
                "The new release was published before the old one.",
                "Give the older one first and the new one second: newscopy diff OLD NEW.",
                file=place,
                found=f"published {published}, and the new release {new.published}",
                expected="an older release",
            )
        )


def only_of(differences: Differences, areas: Collection[str]) -> Differences:
    """Keep what is of these areas."""
    return Differences(
        tuple(each for each in differences.restated if each.area.id in areas),
        tuple(each for each in differences.turned if each.area.id in areas),
        tuple(each for each in differences.coverage if each.area.id in areas),
    )


def other_dataset(place: str, dataset: str, new: Release) -> Fault:
    """Say that two releases, or drafts and a release, are not of one dataset."""
    return Fault(
        "The two are of different datasets: nothing in them can be compared.",
        "Give two releases of one dataset.",
        file=place,
        found=f"{dataset}, and the new release is of {new.dataset}",
        expected=new.dataset,
    )
