"""An edition makes a desk the desk of one title; its faults are told with their lines."""

from __future__ import annotations

import pytest
from building import desk
from conftest import CopiedDesk

from generator.desk import PerCent, PieceKind, Victim, Wording, as_edition
from generator.errors import RequestError


def write(copied: CopiedDesk, name: str, text: str) -> None:
    copied.write(f"editions/{name}.yml", text)


def faults_of(copied: CopiedDesk) -> list[tuple[str, int | None, str, str]]:
    return [(fault.file, fault.line, fault.what, fault.mend) for fault in copied.faults()]


def test_an_edition_has_its_style_its_patch_and_its_phrases() -> None:
    mersey = as_edition(desk(), "mersey")
    assert mersey.file.name == "Mersey edition"
    assert mersey.file.output == "output/mersey"
    assert mersey.file.pieces == (PieceKind.BRIEF, PieceKind.SOCIAL)
    assert mersey.style.per_cent is PerCent.WORDS
    assert mersey.style.wording is Wording.PLAIN
    assert mersey.style.victim is Victim.PLAIN
    assert mersey.style.figures_from == 11
    assert [area.id for area in mersey.covered] == ["cheshire", "derbyshire", "merseyside"]
    assert [area.where for area in mersey.covered] == [
        "in Cheshire",
        "in Derbyshire",
        "on Merseyside",
    ]
    assert [area.there for area in mersey.covered] == [area.where for area in mersey.covered]


def test_a_long_way_to_say_where_is_said_once() -> None:
    railways = next(area for area in desk().forces if area.id == "btp")
    assert railways.where == "on the railways in England, Wales and Scotland"
    assert railways.there == "on the railways"


def test_what_an_edition_does_not_say_is_as_the_desk_has_it() -> None:
    derby = as_edition(desk(), "derby")
    assert derby.style == desk().style
    assert derby.file.formats == desk().file.formats
    assert derby.forces == desk().forces


def test_two_titles_have_other_ids_for_the_same_draft() -> None:
    uris = [as_edition(desk(), name).uri_of("a-story/2020/kent") for name in ("derby", "mersey")]
    assert [*uris, desk().uri_of("a-story/2020/kent")] == [
        "tag:newscopy.example,2021:derby/a-story/2020/kent",
        "tag:newscopy.example,2021:mersey/a-story/2020/kent",
        "tag:newscopy.example,2021:a-story/2020/kent",
    ]


def test_an_edition_that_is_not_there_is_told_with_the_nearest() -> None:
    with pytest.raises(RequestError) as caught:
        as_edition(desk(), "mersy")
    (fault,) = caught.value.faults
    assert fault.found == "mersy"
    assert fault.mend.startswith("Did you mean mersey")


def test_a_whole_region_can_be_covered(copied: CopiedDesk) -> None:
    write(copied, "east", "id: east\ntitle: East\nregions: [East Midlands]\n")
    covered = as_edition(copied.load(), "east").covered
    assert [area.id for area in covered] == [
        "derbyshire",
        "leicestershire",
        "lincolnshire",
        "northamptonshire",
        "nottinghamshire",
    ]


def test_every_fault_of_every_edition_is_told_at_once(copied: CopiedDesk) -> None:
    write(
        copied,
        "east",
        "id: east\ntitle: East\nfolder: derby\nareas:\n- derbyshire\n- derbishire\n"
        "regions: [East Midland]\nphrases:\n  kemt: in Kent\n",
    )
    write(copied, "west", "id: west\ntitle: West\nfolder: charged\n")
    assert faults_of(copied) == [
        (
            "config/editions/east.yml",
            6,
            "The desk has no area `derbishire`.",
            "Did you mean derbyshire or cheshire or warwickshire?",
        ),
        (
            "config/editions/east.yml",
            7,
            "The desk has no region `East Midland`.",
            "Did you mean East Midlands or West Midlands or East of England?",
        ),
        ("config/editions/east.yml", 9, "The desk has no area `kemt`.", "Did you mean kent?"),
        (
            "config/editions/east.yml",
            3,
            "The edition derby has the same folder.",
            "Give the edition a `folder:` of its own.",
        ),
        (
            "config/editions/west.yml",
            3,
            "A story has the same folder.",
            "Give the edition a `folder:` of its own.",
        ),
    ]


def test_the_stories_whose_forces_an_edition_asks_are_the_desks(copied: CopiedDesk) -> None:
    write(
        copied,
        "east",
        "id: east\ntitle: East\nright_of_reply:\n  by: 2021-05-14 12:00 Europe/London\n"
        "  stories:\n  - charged\n  - victim-withdrawl\n",
    )
    fault = copied.fault()
    assert (fault.file, fault.line) == ("config/editions/east.yml", 7)
    assert (fault.key, fault.found) == ("right_of_reply.stories.2", "victim-withdrawl")
    assert (fault.what, fault.mend) == (
        "The desk has no story `victim-withdrawl`.",
        "Did you mean victim-withdrawal?",
    )


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Wiltshire", "wiltshire"),
        ("Wiltshyre", "wiltshire"),
        ("Greater Manchester", "greater-manchester"),
        ("London", "metropolitan"),
        ("West Midlands Police", "west-midlands"),
        ("Devon & Cornwall", "devon-and-cornwall"),
    ],
)
def test_an_area_by_its_name_is_told_with_its_id(
    copied: CopiedDesk, written: str, meant: str
) -> None:
    write(copied, "east", f"id: east\ntitle: East\nareas: [{written}]\n")
    copied.change("comparability.yml", "area: greater-manchester", f"area: {written}")
    assert [(fault.found, fault.mend) for fault in copied.faults()] == [
        (written, f"Did you mean {meant}?")
    ] * 2


def test_a_style_that_is_none_is_told_with_what_there_is(copied: CopiedDesk) -> None:
    write(copied, "east", "id: east\ntitle: East\nstyle:\n  per_cent: percent\n")
    ((file, line, what, _),) = faults_of(copied)
    assert (file, line, what) == (
        "config/editions/east.yml",
        4,
        "The value of `per_cent` cannot be used.",
    )
