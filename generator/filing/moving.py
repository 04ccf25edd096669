"""Put finished folders and pages in place by renaming, so that nobody ever sees half of one.

Everything a run writes is first complete in `output/.newscopy/new`, the manifest last; what it
replaces waits in `output/.newscopy/old` until all is in place. From what lies in the two a
later run can tell how far one that died had come.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from generator.errors import Fault, FilingError
from generator.filing import manifest
from generator.filing.disk import HIDDEN
from generator.filing.keeping import Plan, snapshot
from generator.filing.manifest import Manifest


def recover(output: Path) -> Manifest | None:
    """Finish or undo what a run that died left behind, and read the manifest.

    A folder that had been taken away and not been replaced is put back; the manifest then
    tells of the folders that had been replaced what they hold now. Raises ValueError where
    the manifest is damaged.
    """
    new, old = _new(output), _old(output)
    for kept in _folders(old):
        place = output / kept
        if not place.exists():
            place.parent.mkdir(parents=True, exist_ok=True)
            (old / kept).rename(place)
        elif (new / kept).exists():
            raise FilingError(
                Fault(
                    f"A run that died left the folder in two: {kept} and {HIDDEN}/old/{kept}.",
                    f"Copy what you need from {HIDDEN}/old/{kept}, delete that folder and run "
                    "again.",
                    file=str(place),
                )
            )
    try:
        found = manifest.read(output / manifest.NAME)
        half_done = manifest.read(new / manifest.NAME)
        if half_done:
            drafts = dict(half_done.drafts)
            for folder in _folders(new):
                drafts.pop(folder, None)
                if found and folder in found.drafts:
                    drafts[folder] = found.drafts[folder]
            found = half_done.model_copy(update={"drafts": drafts})
            (new / "part").write_bytes(manifest.encoded(found))
            (new / "part").replace(output / manifest.NAME)
    finally:
        _clear(output)
    return found


def stage(output: Path, plans: Mapping[str, Plan], pages: Mapping[str, bytes]) -> None:
    """Write whatever has to be moved into place; the manifest is the last of the pages."""
    for folder, plan in plans.items():
        fresh = _new(output) / folder
        fresh.mkdir(parents=True)
        for name, data in plan.write.items():
            (fresh / name).write_bytes(data)
        for name in plan.carry:
            _copy(output / folder / name, fresh / name)
    _new(output).mkdir(parents=True, exist_ok=True)
    for name, data in pages.items():
        (_new(output) / "part").write_bytes(data)
        (_new(output) / "part").replace(_new(output) / name)


def move_in(output: Path, plans: Mapping[str, Plan], pages: Sequence[str]) -> None:
    """Put what is staged into place, all of it; on any failure put everything back."""
    new, old = _new(output), _old(output)
    try:
        for folder, plan in plans.items():
            _swap(output, folder, plan)
        for name in pages:
            old.mkdir(parents=True, exist_ok=True)
            if (output / name).exists():
                shutil.copyfile(output / name, old / name)
            (new / name).replace(output / name)
    except BaseException:
        _put_back(output, [*plans], pages)
        raise
    _clear(output)


def _swap(output: Path, folder: str, plan: Plan) -> None:
    """Rename the folder away and its successor in, unless somebody is at work in it."""
    place, fresh, away = output / folder, _new(output) / folder, _old(output) / folder
    if place.exists():
        away.parent.mkdir(parents=True, exist_ok=True)
        place.rename(away)
        if snapshot(away) != plan.seen:
            raise FilingError(
                Fault(
                    f"Somebody saved a file in {folder} while the run was filing.",
                    "Nothing was lost, and nothing was filed: run again.",
                    file=str(place),
                )
            )
    place.parent.mkdir(parents=True, exist_ok=True)
    fresh.rename(place)


def _put_back(output: Path, folders: Sequence[str], pages: Sequence[str]) -> None:
    """Undo `move_in` as far as it came: what is no longer staged has been moved in."""
    new, old = _new(output), _old(output)
    for name in pages:
        if not (new / name).exists():
            if (old / name).exists():
                (old / name).replace(output / name)
            else:
                (output / name).unlink(missing_ok=True)
    for folder in folders:
        if not (new / folder).exists():
            (output / folder).rename(new / folder)
        if (old / folder).exists():
            (old / folder).rename(output / folder)
    _clear(output)


def _clear(output: Path) -> None:
    """Remove what is staged, its manifest first, and what was replaced."""
    (_new(output) / manifest.NAME).unlink(missing_ok=True)
    for folder in (_new(output), _old(output)):
        if folder.exists():
            shutil.rmtree(folder)


def _folders(root: Path) -> list[str]:
    """Return the drafts' folders under a root, `<story>/<period>/<area>`."""
    return sorted(path.relative_to(root).as_posix() for path in root.glob("*/*/*") if path.is_dir())


def _copy(source: Path, target: Path) -> None:
    if source.is_dir() and not source.is_symlink():
        shutil.copytree(source, target, symlinks=True)
    else:
        shutil.copy2(source, target, follow_symlinks=False)


def _new(output: Path) -> Path:
    return output / HIDDEN / "new"


def _old(output: Path) -> Path:
    return output / HIDDEN / "old"
