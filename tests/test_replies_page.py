"""What docs/replies.md has a desk write is read, and what it shows is what comes out."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from building import drafts_of, small_desk, text_of

from generator.desk import builtin_desk, load_desk

PAGE = (Path(__file__).parents[1] / "docs" / "replies.md").read_text(encoding="utf-8")
COUNTS = {area: {2019: (9000, 900, 700), 2020: (9000, 990, 800)} for area in ("kent", "derbyshire")}


def blocks(kind: str) -> list[str]:
    return re.findall(rf"```{kind}\n(.*?)```", PAGE, re.DOTALL)


def test_what_is_shown_is_what_comes_out(tmp_path: Path) -> None:
    shutil.copytree(builtin_desk() / "config", tmp_path / "config")
    asked, office, quotes, replies = blocks("yaml")
    place, answer, closed = (block.strip() for block in blocks("markdown"))

    def write(name: str, text: str) -> None:
        (tmp_path / "config" / name).write_text(text, encoding="utf-8")

    def read(name: str) -> str:
        return (tmp_path / "config" / name).read_text(encoding="utf-8")

    def last_lines() -> dict[str, str]:
        desk = load_desk(tmp_path)
        given = {"file": desk.file, "quotes": desk.quotes, "replies": desk.replies}
        drafts = drafts_of(COUNTS, small_desk("kent", "derbyshire", **given))
        return {area: text_of(drafts[area]).splitlines()[-1] for area in COUNTS}

    write("desk.yml", read("desk.yml") + asked)
    write("forces.yml", read("forces.yml").replace("  - id: kent\n", office))
    assert last_lines()["kent"] == place
    write("quotes.yml", quotes)
    write("replies.yml", replies)
    assert last_lines() == {"derbyshire": answer, "kent": closed}
    kent = next(force for force in load_desk(tmp_path).forces if force.id == "kent")
    assert kent.press_office == "press@force.example"
