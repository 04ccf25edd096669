"""Where a release or an output lies: on this machine's disks, or in an object store.

A store is whatever fsspec knows by an address: s3://bucket/folder. Its files are brought to
the disk before they are read.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias
from urllib.request import url2pathname

from generator.errors import Fault, NewscopyError, RequestError

if TYPE_CHECKING:
    from typing_extensions import TypeIs
    from upath import UPath

    Location: TypeAlias = Path | UPath
else:
    Location = Path  # for whoever looks at types while it runs: seldom is one in a store

_ADDRESS = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+)://(.*)", re.DOTALL)
_SECRET = re.compile(r"[^/@]*:[^/]*@")
"""A name and a password, as they stand in an address before the host."""
_NO_SECRET = frozenset({"github"})
"""What says something else in their place: an owner and a repository."""
_HERE = frozenset({"file", "local"})
"""The schemes of what lies on this machine's disks."""
_FORGETFUL = frozenset({"memory"})
"""The schemes of what is gone when the command ends."""


def as_location(text: str) -> Location:
    """Return the place that a text names: a path, or the address of something in a store.

    A password in an address goes to the store and nowhere else: the place's own address, which
    is told and filed, is without it. Raises RequestError where nothing is installed here that
    reads such a store, nothing in it would last, or the address is none.
    """
    if not text.strip():
        raise RequestError(
            Fault("The place has no name.", "Give a path; the folder that you are in is `.`.")
        )
    found = _ADDRESS.fullmatch(text)
    if not found:
        return Path(text)
    scheme, rest = found[1].lower(), found[2].strip()
    if scheme in _HERE:
        return _as_path(text, rest)
    if scheme in _FORGETFUL:
        raise RequestError(
            Fault(
                "Nothing that is put there is kept when the command ends.",
                "Give a folder, or the address of a store.",
                file=text,
            )
        )
    secret = None if scheme in _NO_SECRET else _SECRET.match(rest)
    address = f"{scheme}://{rest[secret.end() :] if secret else rest}"
    if not rest.strip("/"):
        raise RequestError(
            Fault(
                "The address names no place in the store.",
                "Give the bucket, and the folder in it.",
                file=text,
                expected=f"{scheme}://bucket/folder",
            )
        )
    try:
        from fsspec import get_filesystem_class  # noqa: PLC0415 - seldom needed
        from upath import UPath  # noqa: PLC0415 - as above

        known = get_filesystem_class(scheme)
    except (ImportError, ValueError) as error:  # ValueError: it has never heard of the scheme
        raise RequestError(
            Fault(
                "Nothing is installed here that can read such an address.",
                'Install it: pip install "newscopy[stores]", and the package that fsspec names for '
                "the store (s3fs, gcsfs, adlfs).",
                file=address,
                found=str(error).partition("\n")[0][:200],
            )
        ) from error
    with reaching(address):
        options = known._get_kwargs_from_urls(f"{scheme}://{rest}") if secret else {}
        if secret and not options.get("password"):
            raise RequestError(
                Fault(
                    "Such an address cannot have a password in it.",
                    "Take it out, and put it where the store's own tools look for it.",
                    file=address,
                )
            )
        place: UPath = UPath(address, **options)
        place.fs  # noqa: B018 - loads what reads such a store
    return place


def _as_path(text: str, rest: str) -> Path:
    """Return the path that a file's address means; a host in it could only be this machine."""
    path = rest.removeprefix("localhost")
    if not path.startswith("/"):
        raise RequestError(
            Fault(
                "This is no address of a file on this machine.",
                "Give its path, without the scheme.",
                file=text,
                expected="file:///folder/file",
            )
        )
    return Path(url2pathname(path))


def is_stored(place: Location) -> TypeIs[UPath]:
    """Tell whether a place is in a store."""
    return not isinstance(place, Path)


@contextmanager
def reaching(place: Location | str) -> Iterator[None]:
    """Turn whatever a store's own library raises into a RequestError with its mend."""
    try:
        yield
    except NewscopyError:
        raise
    except Exception as error:
        if isinstance(place, Path):
            raise
        raise RequestError(
            Fault(
                "The store does not answer as it should.",
                "See that the address is right, that this machine can reach it, and that the "
                "credentials are where the store's own tools look for them.",
                file=str(place),
                found=f"{type(error).__name__}: {error}"[:200],
            )
        ) from error


@contextmanager
def on_disk(place: Location) -> Iterator[Path]:
    """Yield a file's path; of one in a store, that of a copy, which is gone afterwards.

    Raises RequestError where the store does not hand it out.
    """
    if isinstance(place, Path):
        yield place
        return
    with tempfile.TemporaryDirectory(prefix="newscopy-") as temporary:
        copy = Path(temporary) / place.name
        with reaching(place):
            place.fs.get_file(place.path, str(copy))
        yield copy
