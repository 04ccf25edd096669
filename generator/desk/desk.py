"""A desk: all of its config, valid as a whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from generator.desk.answers import Answer
from generator.desk.areas import Area
from generator.desk.datasets import Dataset
from generator.desk.editions import Edition
from generator.desk.quotes import Quote
from generator.desk.register import Entry
from generator.desk.replies import Reply, Slot
from generator.desk.settings import DeskFile, Style
from generator.desk.stories import Story
from generator.periods import Quarter


@dataclass(frozen=True)
class Desk:
    """A desk's config, read once and valid as a whole."""

    folder: Path
    file: DeskFile
    nation: Area
    forces: tuple[Area, ...]
    style: Style
    register: tuple[Entry, ...]
    quotes: tuple[Quote, ...]
    datasets: Mapping[str, Dataset]
    stories: Mapping[str, Story]
    hashes: Mapping[str, str]
    """sha256 of every config and template file, by its path within the desk."""
    replies: tuple[Reply, ...] = ()
    answers: tuple[Answer, ...] = ()
    """What has been answered to doubts."""
    editions: Mapping[str, Edition] = field(default_factory=dict)
    edition: Edition | None = None
    """The title that this is the desk of; None for the desk's own copy."""

    @property
    def covered(self) -> tuple[Area, ...]:
        """The areas that its copy is for: those of the edition's patch, or all."""
        if self.edition is None:
            return self.areas
        return tuple(area for area in self.areas if self.edition.covers(area))

    def uri_of(self, name: str) -> str:
        """Return the id that something filed by this desk has for good (RFC 4151).

        What two titles have of one area differs in it, wherever the two are filed.
        """
        title = f"{self.edition.id}/" if self.edition else ""
        return f"tag:{self.file.tag}:{title}{name}"

    @property
    def areas(self) -> tuple[Area, ...]:
        """Every area a draft is written for: the forces, then the nation."""
        return (*self.forces, self.nation)

    @cached_property
    def answers_by_place(self) -> Mapping[tuple[str, str, Quarter], Sequence[Answer]]:
        """What has been answered, by dataset, area and quarter."""
        places: dict[tuple[str, str, Quarter], list[Answer]] = {}
        for answer in self.answers:
            places.setdefault((answer.dataset, answer.area, answer.quarter), []).append(answer)
        return places

    def slot(self, story: str, period: str, area: Area) -> Slot | None:
        """Return the place for the force's answer, None where it is not asked for one."""
        asked = self.file.right_of_reply
        if asked is None or not asked.is_asked_for(story) or area == self.nation:
            return None
        place = (story, period, area.id)
        for reply in self.replies:
            if (reply.story, reply.about, reply.area) == place:
                answer = next(filter(reply.is_answered_by, self.quotes), None)
                return Slot(asked.by, answer, reply.closed or "")
        return Slot(asked.by)

    @property
    def templates(self) -> Path:
        """The folder of the stories' templates."""
        return self.folder / "templates"
