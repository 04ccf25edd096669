"""Read a desk's files and gather every fault in them before anything else is done."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from generator.desk.area_table import read_areas
from generator.desk.areas import ForcesFile, find_clashes
from generator.desk.datasets import Dataset, expand_codes
from generator.desk.desk import Desk
from generator.desk.editions import Edition, edition_faults
from generator.desk.forms import Config, UnfitError
from generator.desk.located import Located, read_yaml
from generator.desk.quotes import QuotesFile
from generator.desk.quoting import find_quote_faults
from generator.desk.register import ComparabilityFile
from generator.desk.replies import RepliesFile
from generator.desk.replying import find_reply_faults
from generator.desk.settings import DeskFile, Style
from generator.desk.stories import Story
from generator.desk.unknown import unknown, unknown_area
from generator.desk.wording import config_fault
from generator.errors import DeskError, Fault, did_you_mean

Kind = TypeVar("Kind", bound=Config)


def builtin_desk() -> Path:
    """Return the desk that comes with newscopy: in the wheel, or the checkout itself."""
    package = Path(__file__).resolve().parents[1]
    carried = package / "builtin"
    return carried if carried.is_dir() else package.parent


def is_desk(folder: Path) -> bool:
    """Tell whether a folder is a desk, though perhaps one at fault."""
    return (folder / "config" / "desk.yml").is_file()


def load_desk(folder: Path) -> Desk:
    """Read and check a desk's whole config.

    Raises DeskError with every fault of every file, each with its file, line and key.
    """
    faults: list[Fault] = []
    config = folder / "config"
    if not config.is_dir():
        raise DeskError(
            Fault(
                "This folder is not a desk: it has no config folder.",
                "Run newscopy from a desk's folder, or start one with: newscopy init DIR",
                file=str(folder),
            )
        )
    hashes = hash_files(
        folder
    )  # before anything is read: who saves meanwhile makes the next run anew
    desk_file = _read(config / "desk.yml", DeskFile, folder, faults)
    forces = _read(config / "forces.yml", ForcesFile, folder, faults)
    forces = _with_table(forces, config, folder, faults)
    style = _read(config / "style.yml", Style, folder, faults)
    register = _read(config / "comparability.yml", ComparabilityFile, folder, faults)
    quotes = _read(config / "quotes.yml", QuotesFile, folder, faults)
    replies = _read_replies(config / "replies.yml", folder, faults)
    datasets = _read_all(config / "datasets", Dataset, folder, faults)
    stories = _read_all(config / "stories", Story, folder, faults)
    editions = _read_all(config / "editions", Edition, folder, faults, needed=False)
    if faults or not (desk_file and forces and style and register and quotes and replies):
        raise DeskError(*faults)

    desk = Desk(
        folder=folder.absolute(),
        file=desk_file.value,
        nation=forces.value.nation,
        forces=forces.value.forces,
        style=style.value,
        register=register.value.entries,
        quotes=quotes.value.quotes,
        datasets={item.value.id: item.value for item in datasets},
        stories={item.value.id: item.value for item in stories},
        hashes=hashes,
        replies=replies.value.replies,
        editions={item.value.id: item.value for item in editions},
    )
    faults = list(_faults_between(desk, desk_file, register, quotes, stories))
    faults += find_reply_faults(desk, desk_file, replies)
    faults += edition_faults(editions, desk.areas, desk.stories)
    if faults:
        raise DeskError(*faults)
    return desk


def _with_table(
    forces: Located[ForcesFile] | None, config: Path, desk: Path, faults: list[Fault]
) -> Located[ForcesFile] | None:
    """Return the areas with those of the table that the file names, if it does."""
    if forces is None or not forces.value.table:
        return forces
    path = config / forces.value.table
    name = _named(path, desk)
    try:
        table = read_areas(path, name)
    except DeskError as error:
        faults.extend(error.faults)
        return None
    known, nation = forces.value.forces, forces.value.nation
    areas = (*known, *(area for _, area in table))
    clashes = list(find_clashes(nation, areas))
    if clashes:
        lines = [line for line, _ in table]
        faults.extend(_clash(clash, lines, len(known), name) for clash in clashes)
        return None
    whole = ForcesFile(nation=nation, forces=areas, table=path.name)
    if not whole.forces:
        faults.append(
            Fault(
                "There is no area in the table.",
                "Write a row for each area below the names of the columns.",
                file=name,
            )
        )
        return None
    return Located(whole, forces.node, forces.name)


def _clash(clash: UnfitError, lines: Sequence[int], before: int, name: str) -> Fault:
    """Return the fault of an area of the table that is not unlike all others."""
    number, key = clash.place[1:]
    return Fault(
        f"{str(clash).capitalize()}.",
        clash.mend,
        file=name,
        line=lines[int(number) - before],
        key=str(key),
        found=clash.found,
    )


def _read_all(
    folder: Path, kind: type[Kind], desk: Path, faults: list[Fault], *, needed: bool = True
) -> list[Located[Kind]]:
    """Read every file of a folder; a file is called after the id in it."""
    read = []
    paths = sorted(folder.glob("*.yml"))
    if not paths and needed:
        faults.append(
            Fault(
                f"The desk has no {folder.name}.",
                f"Put at least one .yml file into {_named(folder, desk)}.",
                file=_named(folder, desk),
            )
        )
    for path in paths:
        located = _read(path, kind, desk, faults)
        if located is None:
            continue
        identity = getattr(located.value, "id", path.stem)
        if identity != path.stem:
            faults.append(
                Fault(
                    "A file is called after the id in it.",
                    f"Rename the file to {identity}.yml, or write `id: {path.stem}`.",
                    file=_named(path, desk),
                    line=located.line("id"),
                    key="id",
                    found=identity,
                    expected=path.stem,
                )
            )
        read.append(located)
    return read


def _read(path: Path, kind: type[Kind], desk: Path, faults: list[Fault]) -> Located[Kind] | None:
    """Read one file as the given kind; put what is wrong with it into `faults`."""
    name = _named(path, desk)
    try:
        tree = read_yaml(path, name)
    except DeskError as error:
        faults.extend(error.faults)
        return None
    try:
        return Located(kind.model_validate(tree.value), tree.node, name)
    except ValidationError as error:
        faults.extend(config_fault(detail, kind, tree) for detail in error.errors())
        return None


def _read_replies(path: Path, desk: Path, faults: list[Fault]) -> Located[RepliesFile] | None:
    """Read what forces have answered; a desk that has asked none has no such file."""
    if not path.exists():
        return Located(RepliesFile(), None, _named(path, desk))
    return _read(path, RepliesFile, desk, faults)


def _faults_between(
    desk: Desk,
    desk_file: Located[DeskFile],
    register: Located[ComparabilityFile],
    quotes: Located[QuotesFile],
    stories: list[Located[Story]],
) -> Iterator[Fault]:
    """Yield what is right in each file and wrong between them."""
    if desk.file.sample not in desk.datasets:
        yield unknown(desk_file, "dataset", desk.file.sample, desk.datasets, ("sample",))
    areas = [*(area.id for area in desk.forces), "everywhere"]
    for number, entry in enumerate(desk.register):
        place = ("entries", number)
        if entry.area not in areas:
            yield unknown_area(register, entry.area, desk.forces, (*place, "area"), "everywhere")
        if entry.dataset not in desk.datasets:
            yield unknown(register, "dataset", entry.dataset, desk.datasets, (*place, "dataset"))
    yield from find_quote_faults(desk, quotes)
    for story in stories:
        dataset = desk.datasets.get(story.value.dataset)
        if dataset is None:
            yield unknown(story, "dataset", story.value.dataset, desk.datasets, ("dataset",))
        else:
            yield from _measure_faults(story, dataset)


def _measure_faults(story: Located[Story], dataset: Dataset) -> Iterator[Fault]:
    measures = story.value.measures
    for name, measure in measures.items():
        place = ("measures", name)
        bases = [measures[part].count or "" for part in (measure.share, measure.of) if part]
        if len(set(bases)) > 1 and all(base in dataset.counts for base in bases):
            yield story.fault(
                f"`{name}` is a share of `{bases[0]}` in `{bases[1]}`: two bases that must not be "
                "mixed.",
                "Count both in the same column of the table.",
                (*place, "share"),
                found=f"{measure.share} counts {bases[0]}",
                expected=f"{measure.share} counts {bases[1]}, as {measure.of} does",
            )
        if measure.count is not None and measure.count not in dataset.counts:
            yield story.fault(
                f"`{name}` counts `{measure.count}`, which {dataset.id} does not have.",
                did_you_mean(measure.count, dataset.counts)
                or f"Use one of: {', '.join(dataset.counts)}.",
                (*place, "count"),
                found=measure.count,
                expected=" or ".join(dataset.counts),
            )
        for number, spelling in enumerate(measure.outcomes or ()):
            try:
                expand_codes([spelling], dataset)
            except ValueError as error:
                yield story.fault(
                    f"{error}.",
                    f"Use codes of config/datasets/{dataset.id}.yml.",
                    (*place, "outcomes", number),
                    found=spelling,
                    expected=f"{', '.join(dataset.counted_outcomes)}, or a range such as 1-22"
                    if dataset.outcomes
                    else "no outcomes: the dataset has none",
                )
        for asked, column in (
            ("offence_groups", dataset.columns.offence_group),
            ("offence_codes", dataset.columns.offence_code),
        ):
            if getattr(measure, asked) and column is None:
                yield story.fault(
                    f"`{name}` asks for `{asked}`, a column that {dataset.id} does not have.",
                    f"Take the filter out, or name the column in config/datasets/{dataset.id}.yml.",
                    (*place, asked),
                )


def hash_files(folder: Path) -> dict[str, str]:
    """Hash what decides a desk's copy, by path within it: config, then templates."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for part in ("config", "templates")
        for path in sorted((folder / part).rglob("*"))
        if path.is_file()
    }


def _named(path: Path, desk: Path) -> str:
    return path.relative_to(desk).as_posix()
