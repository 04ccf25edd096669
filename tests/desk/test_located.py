"""YAML is read as it is written, and what is no YAML is told with its line."""

from __future__ import annotations

import pytest

STYLE = "style.yml"


def test_a_file_that_is_missing(copied):
    copied.path(STYLE).unlink()
    fault = copied.fault()
    assert (fault.file, fault.what) == ("config/style.yml", "The file is missing.")
    assert "newscopy init DIR" in fault.mend


def test_a_folder_in_the_place_of_a_file(copied):
    copied.path(STYLE).unlink()
    copied.path(STYLE).mkdir()
    fault = copied.fault()
    assert fault.file == "config/style.yml"
    assert fault.what.startswith("The file cannot be read: ")
    assert fault.mend == "See that it is a file, and that you may read it."


def test_a_file_that_is_not_utf_8(copied):
    copied.write(STYLE, "figures_from: 10\nmissing_reason: caf\xe9\n".encode("latin-1"))
    fault = copied.fault()
    assert (fault.file, fault.line) == ("config/style.yml", 2)
    assert (fault.what, fault.found) == ("The file is not UTF-8 text.", "the byte 0xe9")
    assert fault.mend == "Save it with the encoding UTF-8."


def test_a_file_with_characters_that_no_text_has(copied):
    copied.write(STYLE, b"figures_from: 10\0\n")
    fault = copied.fault()
    assert fault.file == "config/style.yml"
    assert fault.what == "The file holds characters that no text has."


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("figures_from: 10\nmissing_reason: gone: away\n", 2),
        ("figures_from: 10\n  neighbours: 4\n", 2),
        ("figures_from: 10\nneighbours: [4\n", 3),
        ("figures_from: 10\n\tneighbours: 4\n", 2),
        ("figures_from: 10\nmissing_reason: {{ reason }}\n", 2),
        ("figures_from: 10\nneighbours: !!python/name:os.system 4\n", 2),
        ("figures_from: 10\n---\nneighbours: 4\n", 2),
    ],
    ids=["a colon", "indentation", "a bracket", "a tab", "braces", "a tag", "two documents"],
)
def test_what_is_not_yaml_has_its_line(copied, text, line):
    copied.write(STYLE, text)
    fault = copied.fault()
    assert (fault.file, fault.line) == ("config/style.yml", line)
    assert fault.what.startswith("This is not YAML: ")
    assert "indentation" in fault.mend


def test_a_key_that_stands_twice_is_refused_at_any_depth(copied):
    copied.change("desk.yml", "  files: 500\n", "  files: 500\n  files: 600\n")
    copied.change("desk.yml", "name: newscopy\n", "name: newscopy\nname: newsdesk\n")
    assert [(fault.line, fault.key, fault.what) for fault in copied.faults()] == [
        (3, "name", "The key `name` stands twice, first on line 2."),
        (12, "files", "The key `files` stands twice, first on line 11."),
    ]


def test_a_list_where_keys_belong(copied):
    copied.write(STYLE, "- figures_from\n")
    fault = copied.fault()
    assert (fault.file, fault.line, fault.key) == ("config/style.yml", 1, "")
    assert (fault.found, fault.expected) == ("a list", "keys with values, indented under it")


@pytest.mark.parametrize("written", ["No", "2021-05-13", "010", "1_000", "12:30", "1e3"])
def test_text_stays_as_it_is_written(copied, written):
    copied.change("desk.yml", "name: newscopy", f"name: {written}")
    assert copied.load().file.name == written


def test_names_for_the_same_lines_again_are_read_once(copied):
    lines = ["a0: &a0 [x, x]", *(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 60))]
    copied.write(STYLE, "\n".join(lines) + "\n")
    assert {fault.what for fault in copied.faults()} == {f"Unknown key `a{n}`." for n in range(60)}


def test_a_list_that_holds_itself(copied):
    copied.write(STYLE, "figures_from: &all [*all]\n")
    assert copied.fault().key == "figures_from"


def test_what_is_nested_past_all_reason_is_told(copied):
    copied.write(STYLE, "figures_from: " + "[" * 3000 + "]" * 3000)
    fault = copied.fault()
    assert fault.file == "config/style.yml"
    assert fault.what == "The file is nested more deeply than anything in a desk is."


def test_a_file_that_no_person_writes_is_not_read(copied):
    copied.write(STYLE, "figures_from: 10\n" + "#" * 2_000_000)
    fault = copied.fault()
    assert (fault.file, fault.found) == ("config/style.yml", "2,000,017 bytes")
