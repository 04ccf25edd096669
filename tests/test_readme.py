"""What the README shows is what comes out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from building import desk

from generator.cli.app import COMMANDS, app
from generator.pipeline import run
from generator.requests import Request

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def derbyshire(sample_release: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("readme")
    run(Request(sample_release, ("victim-withdrawal",), ("derbyshire",)), desk(), output)
    return output / "victim-withdrawal" / "2020" / "derbyshire"


def test_what_is_shown_is_what_comes_out(derbyshire: Path) -> None:
    shown = re.findall(r"```markdown\n(.*?)```", README, re.DOTALL)
    filed = (derbyshire / "article.md").read_text(encoding="utf-8")
    assert len(shown) == 2
    for lines in shown:
        assert lines in filed


def test_the_trail_that_is_shown_is_the_one_that_is_printed(
    derbyshire: Path, sample_release: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (shown,) = re.findall(r"```text\n(“.*?)```", README, re.DOTALL)
    explain = ["explain", str(derbyshire), "29.3%", "--release", str(sample_release)]
    app(explain, standalone_mode=False)
    assert shown in capsys.readouterr().out


def test_every_link_leads_somewhere() -> None:
    links = re.findall(r"\]\((?!http)([^)#]+)", README)
    assert len(links) > 5
    for link in links:
        assert (Path(__file__).parents[1] / link).exists(), link


def test_every_command_shown_exists() -> None:
    shown = set(re.findall(r"newscopy ([a-z][a-z-]+)", README)) - {"on"}
    assert shown <= set(COMMANDS)
    assert {"run", "figures"} <= shown
