"""docs/authoring.md describes every key, as errors about config say, and all there is to choose."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from pydantic import BaseModel

from generator.desk import Format, PieceKind, as_edition, builtin_desk, load_desk
from generator.desk.answers import AnswersFile
from generator.desk.areas import ForcesFile
from generator.desk.datasets import Dataset
from generator.desk.editions import Edition
from generator.desk.quotes import QuotesFile
from generator.desk.register import ComparabilityFile
from generator.desk.replies import RepliesFile
from generator.desk.settings import DeskFile, Style
from generator.desk.stories import Story

PAGE = (Path(__file__).parents[1] / "docs" / "authoring.md").read_text(encoding="utf-8")
FILES = {
    "desk.yml": DeskFile,
    "editions/<id>.yml": Edition,
    "forces.yml": ForcesFile,
    "stories/<id>.yml": Story,
    "quotes.yml": QuotesFile,
    "replies.yml": RepliesFile,
    "comparability.yml": ComparabilityFile,
    "doubts.yml": AnswersFile,
    "datasets/<id>.yml": Dataset,
    "style.yml": Style,
}


def keys_of(kind: type[BaseModel]) -> set[str]:
    """Return the keys of a file and of all that stands in it."""
    schema = kind.model_json_schema()
    parts = [schema, *schema.get("$defs", {}).values()]
    return {key for part in parts for key in part.get("properties", {})}


@pytest.mark.parametrize("name", FILES)
def test_every_key_of_a_file_is_described(name: str) -> None:
    part = PAGE.partition("## Every key")[2].partition(f"**`{name}`**")[2].partition("\n**`")[0]
    assert keys_of(FILES[name]) - set(re.findall(r"`(\w+)[`:]", part)) == set()


def test_all_that_an_edition_may_list_is_named() -> None:
    titles = PAGE.partition("## Titles")[2].partition("\n## ")[0]
    assert {f"`{each}`" for each in (*Format, *PieceKind)} <= set(re.findall(r"`\w+`", titles))


def test_the_edition_that_is_shown_has_a_feed_as_it_says(tmp_path: Path) -> None:
    shutil.copytree(builtin_desk() / "config", tmp_path / "config")
    (shown,) = re.findall(r"```yaml\n(id: mersey\n.*?)```", PAGE, re.DOTALL)
    (tmp_path / "config" / "editions" / "mersey.yml").write_text(shown, encoding="utf-8")
    file = as_edition(load_desk(tmp_path), "mersey").file
    assert file.formats == tuple(Format)
    assert file.pieces == (PieceKind.BRIEF, PieceKind.SOCIAL)


def test_every_template_of_a_new_story_is_named() -> None:
    there = {path.name for path in (builtin_desk() / "templates" / "charged").iterdir()}
    assert there - set(re.findall(r"[\w-]+\.md\.j2", PAGE.partition("## A desk")[0])) == set()
