"""Addresses of stores: what is read by which library, and what nobody is to see of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import fsspec
import pytest
from fsspec.implementations.memory import MemoryFileSystem
from upath import UPath

from generator.errors import RequestError
from generator.locations import as_location
from generator.requests import Request

pytestmark = pytest.mark.filterwarnings("ignore:UPath 'vault':UserWarning")


class Vault(MemoryFileSystem):
    """A store that takes a name and a password out of the address, as SFTP and FTP do."""

    protocol = "vault"
    cachable = False
    given: list[dict[str, Any]] = []  # noqa: RUF012 - told to the test

    def __init__(self, host: str = "", **named: Any) -> None:
        super().__init__()
        self.given.append({"host": host} | named)
        if named.get("password") == "wrong":
            raise PermissionError("wrong password")

    @staticmethod
    def _get_kwargs_from_urls(path: str) -> dict[str, Any]:
        options = fsspec.utils.infer_storage_options(path)
        return {n: options[n] for n in ("host", "username", "password") if n in options}


@pytest.fixture(autouse=True)
def _vault() -> Iterator[None]:
    fsspec.register_implementation("vault", Vault, clobber=True)
    yield
    Vault.given.clear()


def test_a_password_goes_to_the_store_and_nowhere_else() -> None:
    place = as_location("vault://ann:s3cret@host/releases/may")
    assert isinstance(place, UPath)
    assert Vault.given[-1] == {"host": "host", "username": "ann", "password": "s3cret"}
    shown = [str(place), str(place / "index.html"), Request(place).read_from]
    shown += [str(parent) for parent in place.parents]
    assert shown[:3] == [
        "vault://host/releases/may",
        "vault://host/releases/may/index.html",
        "vault://host/releases/may",
    ]
    assert "s3cret" not in "".join(shown)
    assert "ann" not in "".join(shown)
    assert "s3cret" in (place / "index.html").storage_options.values()


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("vault://ann:wrong@host/may", "The store does not answer as it should."),
        ("s3://key:s3cret@bucket/may", "Such an address cannot have a password in it."),
        ("http://ann:s3cret@host/may", "Such an address cannot have a password in it."),
        ("gopher://ann:s3cret@host/may", "Nothing is installed here"),
    ],
)
def test_a_password_is_in_no_fault(address: str, said: str) -> None:
    with pytest.raises(RequestError, match=said) as caught:
        as_location(address)
    assert "@" not in repr(caught.value.faults)
    assert "s3cret" not in repr(caught.value.faults)


def test_what_is_before_the_host_may_be_no_password() -> None:
    assert str(as_location("vault://container@account/may")) == "vault://container@account/may"


@pytest.mark.parametrize("address", ["gopher://host/release", "Gopher://host/release"])
def test_a_store_that_nothing_here_can_read(address: str) -> None:
    with pytest.raises(RequestError, match="Nothing is installed here") as caught:
        as_location(address)
    assert "gopher" in caught.value.faults[0].found


def test_a_store_that_refuses_is_not_told_as_one_that_nothing_reads(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError("the profile could not be found")

    monkeypatch.setattr(Vault, "__init__", refuse)
    with pytest.raises(RequestError, match="The store does not answer") as caught:
        as_location("vault://host/may")
    assert "profile" in caught.value.faults[0].found


def test_a_scheme_may_be_in_capitals() -> None:
    place = as_location("VAULT://Desk/Output")
    assert str(place) == "vault://Desk/Output"


@pytest.mark.parametrize("address", ["s3://", "S3:///", "vault://"])
def test_an_address_without_a_bucket(address: str) -> None:
    with pytest.raises(RequestError, match="names no place in the store") as caught:
        as_location(address)
    assert caught.value.faults[0].file == address


@pytest.mark.parametrize("text", ["releases/may", "C:/may", "C:\\may", "a:b"])
def test_a_path_is_a_path(text: str) -> None:
    assert as_location(text) == Path(text)


@pytest.mark.parametrize(
    "address", ["file:///desk/a%20release", "FILE://localhost/desk/a%20release"]
)
def test_the_address_of_a_file_here_is_a_path(address: str) -> None:
    assert as_location(address) == Path("/desk/a release")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("file://another/desk", "no address of a file on this machine"),
        ("memory://desk/output", "Nothing that is put there is kept"),
        ("", "The place has no name"),
        (" ", "The place has no name"),
    ],
)
def test_what_is_no_place_to_read_or_to_file_in(text: str, said: str) -> None:
    with pytest.raises(RequestError, match=said) as caught:
        as_location(text)
    assert caught.value.faults[0].mend
