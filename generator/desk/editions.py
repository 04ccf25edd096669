"""What `editions/*.yml` may say: one title's house style and patch; and a desk as it is for one."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from pydantic import Field

from generator.desk.forms import Config, Reference, Slug, Words
from generator.desk.located import Located
from generator.desk.replies import RightOfReply
from generator.desk.settings import Format, PerCent, PieceKind, Victim, Wording
from generator.desk.unknown import unknown, unknown_area
from generator.errors import Fault, RequestError, did_you_mean

if TYPE_CHECKING:
    from generator.desk.areas import Area
    from generator.desk.desk import Desk


class HouseStyle(Config):
    """What a title writes otherwise than the desk's `style.yml`."""

    per_cent: PerCent | None = None
    wording: Wording | None = None
    victim: Victim | None = None
    figures_from: int | None = Field(None, ge=1)


class Edition(Config):
    """`config/editions/<id>.yml`: one title's house style and patch."""

    id: Slug
    title: Words
    folder: Slug | None = None
    """Where its copy is filed below the desk's output; by default its id."""
    areas: tuple[Reference, ...] = ()
    regions: tuple[Words, ...] = ()
    """The areas that it covers, by id or by their region; without either, all of them."""
    style: HouseStyle = HouseStyle()
    formats: tuple[Format, ...] | None = None
    pieces: tuple[PieceKind, ...] | None = None
    """What a draft is filed as, and what beside it; by default as the desk has it."""
    right_of_reply: RightOfReply | None = None
    """Until when this title's forces may answer; by default as the desk has it."""
    phrases: Mapping[Reference, Words] = {}
    """How its copy says "there", by area: on Merseyside."""

    @property
    def place(self) -> str:
        """The name of its folder."""
        return self.folder or self.id

    def covers(self, area: Area) -> bool:
        """Tell whether an area is of its patch."""
        everywhere = not self.areas and not self.regions
        return everywhere or area.id in self.areas or area.region in self.regions


def as_edition(desk: Desk, name: str) -> Desk:
    """Return a desk as it is for one title. Raises RequestError where it has no such edition."""
    edition = desk.editions.get(name)
    if edition is None:
        raise RequestError(
            Fault(
                f"The desk has no edition {name!r}.",
                did_you_mean(name, desk.editions) or "Write it into config/editions.",
                key="--edition",
                found=name,
                expected=" or ".join(desk.editions) or "an edition in config/editions",
            )
        )
    house = edition.style.model_dump(exclude_none=True)
    kept = {
        "formats": edition.formats,
        "pieces": edition.pieces,
        "right_of_reply": edition.right_of_reply,
    }
    chosen = {key: value for key, value in kept.items() if value is not None}
    return replace(
        desk,
        edition=edition,
        file=desk.file.model_copy(
            update={
                "name": edition.title,
                "output": f"{desk.file.output}/{edition.place}",
                **chosen,
            }
        ),
        style=desk.style.model_copy(update=house),
        nation=_phrased(desk.nation, edition),
        forces=tuple(_phrased(area, edition) for area in desk.forces),
    )


def _phrased(area: Area, edition: Edition) -> Area:
    phrase = edition.phrases.get(area.id)
    return area.model_copy(update={"where": phrase, "briefly": ""}) if phrase else area


def edition_faults(
    editions: Sequence[Located[Edition]],
    areas: Sequence[Area],
    stories: Collection[str],
) -> Iterator[Fault]:
    """Yield what is right in each edition and wrong with the rest of the desk."""
    ids = [area.id for area in areas]
    regions = sorted({area.region for area in areas if area.region})
    places: dict[str, str] = {}
    for located in editions:
        edition = located.value
        for number, area in enumerate(edition.areas):
            if area not in ids:
                yield unknown_area(located, area, areas, ("areas", number))
        for number, region in enumerate(edition.regions):
            if region not in regions:
                yield unknown(located, "region", region, regions, ("regions", number))
        for area in edition.phrases:
            if area not in ids:
                yield unknown_area(located, area, areas, ("phrases", area))
        asked = edition.right_of_reply
        for number, story in enumerate(asked.stories or () if asked else ()):
            if story not in stories:
                place = ("right_of_reply", "stories", number)
                yield unknown(located, "story", story, stories, place)
        other = places.setdefault(edition.place, edition.id)
        if other != edition.id:
            yield _taken(located, f"The edition {other} has the same folder.")
        elif edition.place in stories:
            yield _taken(located, "A story has the same folder.")


def _taken(edition: Located[Edition], what: str) -> Fault:
    return edition.fault(
        what,
        "Give the edition a `folder:` of its own.",
        ("folder",) if edition.value.folder else ("id",),
        found=edition.value.place,
        expected="a folder that nothing else is filed in",
    )
