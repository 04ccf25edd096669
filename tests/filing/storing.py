"""A small output in a store that is nothing but this process's memory, and runs into it."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pytest
from upath import UPath

from generator.filing import MANIFEST, at_hand, outputs, read_log
from generator.filing.log import Entry, Event
from generator.filing.outputs import Put

HIDDEN = "/.newscopy/"
KENT, ESSEX = "story/2020/kent", "story/2020/essex"
NOON = datetime.datetime(2021, 5, 13, 12, tzinfo=datetime.UTC)


class Died(BaseException):
    """What nobody catches, as if the process were no more."""


def file_in(store: UPath, run: str, texts: Mapping[str, str | None]) -> None:
    """File what a run has: texts by path, None for what it takes away; all it says in the log."""
    with (
        at_hand(store, changing=True) as copy,
        outputs.opened(copy) as output,
        outputs.changing(output) as change,
    ):
        for path, text in texts.items():
            was = (copy / path).read_bytes() if (copy / path).exists() else None
            becomes = None if text is None else text.encode()
            if was != becomes:
                change.put([Put(path, was, becomes)])
        change.put([], [Entry(NOON, run, Event.FILED, KENT, run)])
        change.finish({"index.csv": f"of {run}".encode(), MANIFEST: f"of {run}".encode()})


def tree(store: UPath) -> dict[str, bytes]:
    """Return what lies in the store but for what newscopy keeps for itself."""
    files = contents(store)
    return {name: data for name, data in files.items() if HIDDEN not in name}


def contents(store: UPath) -> dict[str, bytes]:
    return dict(store.fs.cat(store.fs.find(store.path)))


def put_contents(store: UPath, files: Mapping[str, bytes]) -> None:
    """Make the store what it was; no file that is the same is touched."""
    there = contents(store)
    for name in there.keys() - files.keys():
        store.fs.rm_file(name)
    store.fs.pipe({name: data for name, data in files.items() if there.get(name) != data})


def hidden(store: UPath) -> list[str]:
    return [name.partition(HIDDEN)[2] for name in store.fs.find(store.path) if HIDDEN in name]


def runs_logged(store: UPath) -> list[str]:
    with at_hand(store, changing=False) as copy:
        return [entry.who for entry in read_log(copy)]


def save(store: UPath, name: str, words: str) -> None:
    store.fs.pipe_file(f"{store.path}/{name}", words.encode())


def read(store: UPath, name: str) -> str:
    return store.fs.cat_file(f"{store.path}/{name}").decode()


def let_go(store: UPath) -> None:
    """Delete the hold of a run that was cut off, as a user is told to."""
    if store.fs.exists(f"{store.path}/.newscopy/locked"):
        store.fs.rm_file(f"{store.path}/.newscopy/locked")


Step = Callable[[str, str], object]
"""Is told each step that changes the store: what it does, and to which name."""


@contextmanager
def watched(store: UPath, seen: Step) -> Iterator[None]:
    """Have `seen` called before each step of the store that changes it."""

    def telling(name: str, real: Callable[..., object]) -> Callable[..., object]:
        def step(*given: Any, **named: Any) -> object:
            seen(name, given[1] if name in ("put_file", "cp_file") else given[0])
            return real(*given, **named)

        return step

    with pytest.MonkeyPatch.context() as patch:
        for name in ("put_file", "cp_file", "rm_file", "pipe_file"):
            patch.setattr(store.fs, name, telling(name, getattr(store.fs, name)))
        yield


@contextmanager
def dying(store: UPath, last: int) -> Iterator[list[int]]:
    """Count the steps of the store; from the one numbered `last` on, nobody is there any more."""
    count = [0]

    def seen(_what: str, _name: str) -> None:
        count[0] += 1
        if last and count[0] >= last:
            raise Died

    with watched(store, seen):
        yield count
