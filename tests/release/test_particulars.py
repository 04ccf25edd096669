"""release.yml says when a release was published; nothing else does."""

from __future__ import annotations

import datetime

import pytest

from generator.release.particulars import UNDATED


@pytest.fixture
def table(published):
    return published.csv("a.csv", [published.header, published.row()])


def test_a_whole_release_yml(published, table):
    published.file(
        "release.yml",
        "title: Outcomes\n"
        "published: 2021-05-13\n"
        "publisher: The Office\n"
        "source: https://example.org/outcomes\n"
        "licence: CC-BY-4.0\n"
        "embargo: 2021-05-13 09:30:00+01:00\n"
        "provisional: true\n"
        "sample: true\n",
    )
    release, _ = published.read()
    assert (release.title, release.publisher) == ("Outcomes", "The Office")
    assert (release.source, release.licence) == ("https://example.org/outcomes", "CC-BY-4.0")
    assert release.published == datetime.date(2021, 5, 13)
    assert release.embargo == datetime.datetime(2021, 5, 13, 8, 30, tzinfo=datetime.UTC)
    assert (release.provisional, release.sample) == (True, True)
    assert release.assumed == ()


def test_what_it_leaves_out_is_the_datasets(published, table, desk):
    published.file("release.yml", "published: 2021-05-13\n")
    release, _ = published.read()
    dataset = desk.datasets["police-outcomes"]
    assert (release.title, release.licence) == (dataset.title, dataset.licence)
    assert (release.embargo, release.provisional, release.sample) == (None, False, False)
    assert release.assumed == ()


def test_without_it_the_date_is_not_known(published, table, desk):
    release, _ = published.read()
    assert release.published is None
    assert release.publisher == "Home Office"
    assert release.assumed == (UNDATED,)
    assert "“in 2020” and not “last year”" in UNDATED


def test_it_is_read_beside_a_single_file(published, table):
    published.file("release.yml", "published: 2021-05-13\nsample: true\n")
    assert published.read(table)[0].sample


@pytest.mark.parametrize(
    "embargo",
    [
        "2021-05-13 09:30 Europe/London",
        "2021-05-13T09:30+01:00",
        "2021-05-13 08:30:00Z",
        "2021-05-13 09:30:00 +01:00",
        "2021-05-13 08:30 UTC",
        "2021-05-13 04:30 America/Port-au-Prince",
        "2021-05-13 01:30 Etc/GMT+7",
    ],
)
def test_an_embargo_has_a_zone(published, table, embargo):
    published.file("release.yml", f"published: 2021-05-13\nembargo: {embargo}\n")
    embargoed = published.read()[0].embargo
    assert embargoed == datetime.datetime(2021, 5, 13, 8, 30, tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    ("text", "line", "key", "what"),
    [
        ("published: 2021-05-13\nembago: 2021-05-13\n", 2, "embago", "Unknown key `embago`."),
        (
            'published: 2021-05-13\ntitle: "a\\ab"\n',
            2,
            "title",
            "There is a character in it that no text has.",
        ),
        ("title: Outcomes\n", 1, "published", "The key `published` is missing."),
        ("", None, "published", "The key `published` is missing."),
        (
            "title: A\npublished: May 2021\n",
            2,
            "published",
            "The value of `published` cannot be used.",
        ),
        ("published: 20210513\n", 1, "published", "Write a date as 2021-05-13"),
        (
            "published: 2021-05-13\nsample: perhaps\n",
            2,
            "sample",
            "The value of `sample` cannot be used.",
        ),
        (
            "published: 2021-05-13\nembargo: 2021-05-13 09:30:00\n",
            2,
            "embargo",
            "The value of `embargo` cannot be used.",
        ),
        (
            "published: 2021-05-13\nembargo: 2021-05-13 09:30 America/Argentina\n",
            2,
            "embargo",
            "2021-05-13 09:30 America/Argentina is no date, time and zone",
        ),
        (
            "published: 2021-05-13\nembargo: 2021-05-13 09:30 Europe/Lundon\n",
            2,
            "embargo",
            "2021-05-13 09:30 Europe/Lundon is no date, time and zone",
        ),
        (
            "published: 2021-05-13\nembargo: 9999-12-31 23:59 -12:00\n",
            2,
            "embargo",
            "No figures are from the year 9999",
        ),
        (
            "published: 2021-05-13\nembargo: 0001-01-01 00:00 +14:00\n",
            2,
            "embargo",
            "No figures are from the year 1",
        ),
        ("published: 0001-01-01\n", 1, "published", "No figures are from the year 1"),
        (
            "published: 2021-05-13\npublished: 2021-05-14\n",
            2,
            "published",
            "The key `published` stands",
        ),
        ("published: [\n", 2, "", "This is not YAML"),
        ("- published\n", 1, "", "The file cannot be used as it is."),
    ],
)
def test_faults_of_it_have_their_line(published, table, text, line, key, what):
    published.file("release.yml", text)
    fault = published.fault()
    assert fault.what.startswith(what)
    assert (fault.file, fault.line, fault.key) == ("release.yml", line, key)


def test_two_that_differ(published, table):
    published.file("release.yml", "published: 2021-05-13\n")
    published.zip("a.zip", {"release.yml": b"published: 2021-05-14\n"})
    fault = published.fault()
    assert fault.what == "There are several release.yml files, and they differ."
    assert fault.file == "a.zip/release.yml and release.yml"


def test_two_that_say_the_same(published, table):
    published.file("release.yml", "published: 2021-05-13\n")
    published.zip("a.zip", {"in/release.yml": b"published: 2021-05-13"})
    assert published.read()[0].published == datetime.date(2021, 5, 13)
