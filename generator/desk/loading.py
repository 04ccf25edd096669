"""Read a desk's files and gather every fault in them before anything else is done."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from generator.desk import schema
from generator.desk.located import Located, read_yaml
from generator.errors import DeskError, Fault, did_you_mean

Kind = TypeVar("Kind", bound=schema.Config)


def builtin_desk() -> Path:
    """Return the desk that comes with newscopy: in the wheel, or the checkout itself."""
    package = Path(__file__).resolve().parents[1]
    carried = package / "builtin"
    return carried if carried.is_dir() else package.parent


def load_desk(folder: Path) -> schema.Desk:
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
    desk_file = _read(config / "desk.yml", schema.DeskFile, folder, faults)
    forces = _read(config / "forces.yml", schema.ForcesFile, folder, faults)
    style = _read(config / "style.yml", schema.Style, folder, faults)
    register = _read(config / "comparability.yml", schema.ComparabilityFile, folder, faults)
    quotes = _read(config / "quotes.yml", schema.QuotesFile, folder, faults)
    datasets = _read_all(config / "datasets", schema.Dataset, folder, faults)
    stories = _read_all(config / "stories", schema.Story, folder, faults)
    if faults or not (desk_file and forces and style and register and quotes):
        raise DeskError(*faults)

    desk = schema.Desk(
        folder=folder,
        file=desk_file.value,
        nation=forces.value.nation,
        forces=forces.value.forces,
        style=style.value,
        register=register.value.entries,
        quotes=quotes.value.quotes,
        datasets={item.value.id: item.value for item in datasets},
        stories={item.value.id: item.value for item in stories},
        hashes=_hashes(folder),
    )
    faults = list(_faults_between(desk, desk_file, register, quotes, stories))
    if faults:
        raise DeskError(*faults)
    return desk


def _read_all(
    folder: Path, kind: type[Kind], desk: Path, faults: list[Fault]
) -> list[Located[Kind]]:
    """Read every file of a folder; a file is called after the id in it."""
    read = []
    paths = sorted(folder.glob("*.yml"))
    if not paths:
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


def config_fault(detail: ErrorDetails, kind: type[BaseModel], tree: Located[object]) -> Fault:
    """Say one of pydantic's findings in the desk's words."""
    place: Sequence[str | int] = detail["loc"]
    what, found, mend = detail["msg"], repr(detail["input"]), ""
    match detail["type"]:
        case "extra_forbidden":
            unknown = str(place[-1])
            what, found = f"Unknown key `{unknown}`.", unknown
            mend = did_you_mean(unknown, _keys_of(kind)) or "Take the key out."
        case "missing":
            what, found = f"The key `{place[-1]}` is missing.", "nothing"
            mend = f"Add `{place[-1]}:` here."
        case "value_error":
            what, found = str(detail["ctx"]["error"]), ""
    return Fault(
        what[:1].upper() + what[1:],
        mend or "Correct the value; docs/authoring.md describes every key.",
        file=tree.name,
        line=tree.line(*place),
        key=".".join(map(str, place)),
        found=found if len(found) < 80 else "",
    )


def _keys_of(kind: type[BaseModel]) -> set[str]:
    """Every key that a file of this kind can have, at any depth."""
    keys: set[str] = set()
    for name, info in kind.model_fields.items():
        keys.add(info.alias or name)
        for inner in _models_in(info.annotation):
            keys |= _keys_of(inner)
    return keys


def _models_in(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in getattr(annotation, "__args__", ()):
        yield from _models_in(argument)


def _faults_between(
    desk: schema.Desk,
    desk_file: Located[schema.DeskFile],
    register: Located[schema.ComparabilityFile],
    quotes: Located[schema.QuotesFile],
    stories: list[Located[schema.Story]],
) -> Iterator[Fault]:
    """Yield what is right in each file and wrong between them."""
    if desk.file.sample not in desk.datasets:
        yield desk_file.fault(
            f"The sample is one of an unknown dataset, {desk.file.sample!r}.",
            did_you_mean(desk.file.sample, desk.datasets) or "Use the id of a dataset.",
            ("sample",),
        )
    areas = {area.id for area in desk.areas} | {"everywhere"}
    for number, entry in enumerate(desk.register):
        if entry.area not in areas:
            yield register.fault(
                f"The register names an unknown area, {entry.area!r}.",
                did_you_mean(entry.area, areas) or "Use an id from config/forces.yml.",
                ("entries", number, "area"),
            )
        if entry.dataset not in desk.datasets:
            yield register.fault(
                f"The register names an unknown dataset, {entry.dataset!r}.",
                did_you_mean(entry.dataset, desk.datasets) or "Use the id of a dataset.",
                ("entries", number, "dataset"),
            )
    for number, quote in enumerate(desk.quotes):
        if quote.story not in desk.stories:
            yield quotes.fault(
                f"A quote belongs to an unknown story, {quote.story!r}.",
                did_you_mean(quote.story, desk.stories) or "Use the id of a story.",
                ("quotes", number, "story"),
            )
    for story in stories:
        dataset = desk.datasets.get(story.value.dataset)
        if dataset is None:
            yield story.fault(
                f"The story reads an unknown dataset, {story.value.dataset!r}.",
                did_you_mean(story.value.dataset, desk.datasets) or "Use the id of a dataset.",
                ("dataset",),
            )
            continue
        yield from _measure_faults(story, dataset)


def _measure_faults(story: Located[schema.Story], dataset: schema.Dataset) -> Iterator[Fault]:
    for name, measure in story.value.measures.items():
        place = ("measures", name)
        if measure.count is not None and measure.count not in dataset.counts:
            yield story.fault(
                f"`{name}` counts `{measure.count}`, which {dataset.id} does not have.",
                did_you_mean(measure.count, dataset.counts)
                or f"Use one of: {', '.join(dataset.counts)}.",
                (*place, "count"),
            )
        try:
            expand_codes(measure.outcomes or (), dataset)
        except ValueError as error:
            yield story.fault(str(error), "Use codes of the dataset.", (*place, "outcomes"))
        for asked, column in (
            ("offence_groups", dataset.columns.offence_group),
            ("offence_codes", dataset.columns.offence_code),
        ):
            if getattr(measure, asked) and column is None:
                yield story.fault(
                    f"`{name}` asks for `{asked}`, a column that {dataset.id} does not have.",
                    "Take the filter out, or name the column in the dataset.",
                    (*place, asked),
                )


def expand_codes(spellings: Sequence[str], dataset: schema.Dataset) -> tuple[str, ...]:
    """Expand outcome codes and ranges (`1-22`) to the dataset's codes, in its order.

    A range takes those codes of the dataset that lie within it and are outcomes. Raises
    ValueError for a code that the dataset does not have, or that is no outcome.
    """
    wanted: set[str] = set()
    for spelling in spellings:
        start, dash, end = spelling.partition("-")
        if dash and start.isdigit() and end.isdigit():
            span = {str(number) for number in range(int(start), int(end) + 1)}
            wanted |= span & set(dataset.counted_outcomes)
        elif spelling in dataset.counted_outcomes:
            wanted.add(spelling)
        elif spelling in dataset.outcomes:
            raise ValueError(
                f"code {spelling} of {dataset.id} ({dataset.outcomes[spelling].label}) "
                "is not an outcome and is in no total"
            )
        else:
            raise ValueError(f"{dataset.id} has no outcome {spelling!r}")
    return tuple(code for code in dataset.outcomes if code in wanted)


def _hashes(folder: Path) -> dict[str, str]:
    """Hash what decides the copy, by path within the desk: config, then templates."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for part in ("config", "templates")
        for path in sorted((folder / part).rglob("*"))
        if path.is_file()
    }


def _named(path: Path, desk: Path) -> str:
    return path.relative_to(desk).as_posix()
