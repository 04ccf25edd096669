"""What `forces.yml` may say: every area that a table may name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Self

from pydantic import Field, model_validator

from generator.desk.forms import Config, Email, Slug, UnfitError, Words, folded


class Area(Config):
    """What a story is localised to: a police force's area, or the nation."""

    id: Slug
    name: Words
    where: Words
    """How copy says "there": in Derbyshire, across England and Wales."""
    briefly: str = ""
    """The same in fewer words, where `where` is long: on the railways."""
    names: tuple[Words, ...] = ()
    """How published tables spell it."""
    says: tuple[Words, ...] = ()
    """What else copy calls it or its police: "the Met", "GMP"."""
    police: str = ""
    press_office: Email | None = None
    """Where a request for an answer goes."""
    code: str = ""
    country: str = ""
    region: str = ""
    local: bool = True
    """False for a force with no territory: it has a draft but no rank among areas."""
    note: str = ""

    @property
    def called(self) -> frozenset[str]:
        """What people who mean it write, folded: its id or name, its police, a table's name."""
        names = (self.id, self.name, self.police, *self.names)
        return frozenset(folded(name) for name in names if name)

    @property
    def there(self) -> str:
        """How a headline says "there", and copy that has said `where` once."""
        return self.briefly or self.where


class ForcesFile(Config):
    """`config/forces.yml`: every area a table may name."""

    nation: Area
    forces: tuple[Area, ...] = ()
    table: str = Field("", pattern=r"^([A-Za-z0-9_-]+\.csv)?$")
    """A CSV file beside this one with further areas, for more than anybody writes as YAML."""

    @model_validator(mode="after")
    def _has_areas(self) -> Self:
        if not self.forces and not self.table:
            raise UnfitError(
                "there is no area to write about",
                ("forces",),
                mend="List the areas under `forces:`, or name a `table:` of them.",
            )
        return self

    @model_validator(mode="after")
    def _no_name_twice(self) -> Self:
        for clash in find_clashes(self.nation, self.forces):
            raise clash
        return self


def find_clashes(nation: Area, forces: Iterable[Area]) -> Iterator[UnfitError]:
    """Yield each area that has an id, or a name in tables, that one before it has."""
    seen = dict.fromkeys(_names_of(nation), nation.id)
    ids = {nation.id}
    for number, area in enumerate(forces):
        if area.id in ids:
            yield UnfitError(
                "two areas have the same id",
                ("forces", number, "id"),
                mend="Give each an id of its own.",
                found=area.id,
            )
        ids.add(area.id)
        for name in _names_of(area):
            if seen.setdefault(name, area.id) != area.id:
                yield UnfitError(
                    f"both {seen[name]} and {area.id} are called “{name}”",
                    ("forces", number, "names"),
                    mend="Take the name from the one that tables do not call so.",
                )


def _names_of(area: Area) -> list[str]:
    """Return an area's id and the names that tables give it, as they are matched."""
    return list(dict.fromkeys([area.id, *map(folded, area.names)]))
