"""A release whose figures for Kent are higher, and what is filed of it."""

from __future__ import annotations

from small_desk import SmallDesk
from tables import CLOSED, rows_of


def revise(desk: SmallDesk, more: int = 15, published: str = "", said: str = "") -> None:
    """Publish figures that are higher for Kent, and file what comes of them."""
    charged, unsupported, identified, other = CLOSED["Kent"][2020]
    years = {**CLOSED["Kent"], 2020: (charged, unsupported, identified + more, other)}
    release = f"releases/2021-07-{more}"
    revised = desk.publish(release, rows_of({**CLOSED, "Kent": years}), dated=False)
    day = published or f"2021-07-{more % 100 or 20}"
    (revised / "release.yml").write_text(f"published: {day}\n{said}\n", "utf-8")
    ran = desk("run", release)
    assert ran.status == 0, ran.err
