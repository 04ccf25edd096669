"""The line at the foot of every draft that says where it is from, and by which it is known."""

from __future__ import annotations

from generator.model import Release

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


def disclose(release: Release) -> str:
    """Say that a template produced the draft, and from which release (copy rules, "Disclosure")."""
    day = ""
    if release.published:
        month = _MONTHS[release.published.month - 1]
        day = f" on {release.published.day} {month} {release.published.year}"
    cited = cite(release)
    return (
        f"This draft was produced by template from “{release.title}”, published by the "
        f"{release.publisher}{day}.{f' Figures: {cited}.' if cited else ''}"
    )


def cite(release: Release) -> str:
    """Return a release's source and licence, as far as the dataset or release.yml names them."""
    licence = f"({release.licence})" if release.licence else ""
    return " ".join(filter(None, (release.source, licence)))
