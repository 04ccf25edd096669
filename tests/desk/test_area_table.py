"""Areas may stand in a table beside forces.yml, a row each."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from generator.desk import builtin_desk, load_desk
from generator.errors import DeskError, Fault

NATION = "nation: {id: england, name: England, where: across England}\n"
HEADER = "id,name,where,names,police,region,local\n"


def desk_of(folder: Path, table: str, forces: str = NATION + "table: wards.csv\n") -> Path:
    """Write a desk whose areas are in a table, and of which nothing else is told."""
    for part in ("config", "templates"):
        shutil.copytree(builtin_desk() / part, folder / part)
    shutil.rmtree(folder / "config" / "editions")  # they cover other areas
    (folder / "config" / "forces.yml").write_text(forces, encoding="utf-8")
    (folder / "config" / "comparability.yml").write_text("entries: []\n", encoding="utf-8")
    (folder / "config" / "wards.csv").write_text(table, encoding="utf-8")
    return folder


def faults_of(folder: Path) -> tuple[Fault, ...]:
    with pytest.raises(DeskError) as caught:
        load_desk(folder)
    return caught.value.faults


def test_a_row_is_an_area(tmp_path: Path) -> None:
    table = (
        HEADER + 'ash,Ash,in Ash,Ash|Ash Ward,,South,\nelm,"Elm, North",in Elm,,Elm Police,,false\n'
    )
    desk = load_desk(desk_of(tmp_path / "desk", table))
    ash, elm = desk.forces
    assert (ash.id, ash.names, ash.region, ash.local) == ("ash", ("Ash", "Ash Ward"), "South", True)
    assert (elm.name, elm.names, elm.police, elm.local) == ("Elm, North", (), "Elm Police", False)
    assert "config/wards.csv" in desk.hashes


def test_areas_of_both_files_are_the_desks(tmp_path: Path) -> None:
    forces = NATION + "forces:\n- {id: oak, name: Oak, where: in Oak}\ntable: wards.csv\n"
    desk = load_desk(desk_of(tmp_path / "desk", HEADER + "ash,Ash,in Ash,,,,\n", forces))
    assert [area.id for area in desk.forces] == ["oak", "ash"]


def test_every_clash_is_told_at_once_with_its_line(tmp_path: Path) -> None:
    forces = NATION + "forces:\n- {id: oak, name: Oak, where: in Oak}\ntable: wards.csv\n"
    table = HEADER + (
        "oak,Oak 2,in Oak,,,,\nash,Ash,in Ash,X,,,\n\nelm,Elm,in Elm,X,,,\nash,Ash 2,in Ash,,,,\n"
    )
    faults = faults_of(desk_of(tmp_path / "desk", table, forces))
    assert [(fault.file, fault.line, fault.key, fault.what) for fault in faults] == [
        ("config/wards.csv", 2, "id", "Two areas have the same id."),
        ("config/wards.csv", 5, "names", "Both ash and elm are called “x”."),
        ("config/wards.csv", 6, "id", "Two areas have the same id."),
    ]
    assert all(fault.mend for fault in faults)


def test_every_row_at_fault_is_told_at_once(tmp_path: Path) -> None:
    table = HEADER + 'Ash,Ash,in Ash,,,,\nelm,,in Elm,,,,\n\noak,"Oak",in Oak,,,,perhaps\n'
    faults = faults_of(desk_of(tmp_path / "desk", table))
    assert [(fault.file, fault.line, fault.key) for fault in faults] == [
        ("config/wards.csv", 2, "id"),
        ("config/wards.csv", 3, "name"),
        ("config/wards.csv", 5, "local"),
    ]
    assert all(fault.mend and fault.expected for fault in faults)


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("id,name,where,nickname\n", "a column that is no key"),
        ("", "is empty"),
        (HEADER.strip() + ",\n", "without a name"),
        (HEADER, "no area in the table"),
        ("id,name,where,names,names\n", "a column twice"),
        (HEADER + "ash,Ash,in Ash,,,,\nash,Ash 2,in Ash,,,,\n", "same id"),
        (HEADER + "ash,Ash,in Ash,X,,,\nelm,Elm,in Elm,X,,,\n", "called “x”"),
        (HEADER + "ash,Ash,in Ash,,,,,more\n", "cell"),
        (HEADER + 'ash,"Ash\n', "cannot be read"),
    ],
)
def test_what_a_table_may_not_be(tmp_path: Path, table: str, said: str) -> None:
    (fault, *_) = faults_of(desk_of(tmp_path / "desk", table))
    assert said.casefold() in f"{fault.what} {fault.found}".casefold()
    assert fault.file == "config/wards.csv"


def test_a_table_that_is_not_there(tmp_path: Path) -> None:
    folder = desk_of(tmp_path / "desk", HEADER)
    (folder / "config" / "wards.csv").unlink()
    (fault,) = faults_of(folder)
    assert "not there" in fault.what


@pytest.mark.parametrize("name", ["../wards.csv", "/etc/passwd", "wards.txt", "a/b.csv"])
def test_a_table_lies_beside_the_file(tmp_path: Path, name: str) -> None:
    faults = faults_of(desk_of(tmp_path / "desk", HEADER, NATION + f"table: {name}\n"))
    assert [fault.key for fault in faults] == ["table"]


def test_no_areas_at_all(tmp_path: Path) -> None:
    (fault,) = faults_of(desk_of(tmp_path / "desk", HEADER, NATION))
    assert "no area" in fault.what
