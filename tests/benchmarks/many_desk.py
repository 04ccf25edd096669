"""A desk of any number of areas, and a table of twelve years about them, as Parquet."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from generator.desk import builtin_desk

YEARS = range(2014, 2026)
OUTCOMES = (14, 16, 18)
"""Victims withdrew, a suspect not known or known; and all else, as no suspect."""
STORY = "victim-withdrawal"
DATASET = """\
id: many-outcomes
title: "SAMPLE (synthetic counts): outcomes by area"
publisher: Home Office
source: https://www.example.org/outcomes
licence: OGL-UK-3.0
columns:
  year: {headers: [Financial Year]}
  quarter: {headers: [Financial Quarter]}
  area: {headers: [Area]}
  outcome: {headers: [Outcome Type]}
counts:
  closed: {headers: [Closed]}
outcomes:
  14: {label: Suspect not identified; victim does not support further action}
  16: {label: Suspect identified; victim does not support further action}
  18: {label: Investigation complete; no suspect identified}
"""
FORCES = """\
nation: {id: england-and-wales, name: England and Wales, where: across England and Wales}
table: areas.csv
"""
RELEASE = """\
title: SAMPLE (synthetic counts) outcomes by area
published: 2026-07-13
sample: true
"""


def write_desk(folder: Path, areas: int) -> Path:
    """Write a desk whose one story is told of so many areas."""
    for part in ("config", "templates"):
        shutil.copytree(builtin_desk() / part, folder / part)
    config = folder / "config"
    for path in [*config.glob("stories/*.yml"), *config.glob("datasets/*.yml")]:
        if path.stem != STORY:
            path.unlink()
    story = (config / "stories" / f"{STORY}.yml").read_text(encoding="utf-8")
    told = story.replace("dataset: police-outcomes", "dataset: many-outcomes\nleague: 20")
    told = told.replace("outcomes: [1-22]", "outcomes: [14, 16, 18]")
    (config / "stories" / f"{STORY}.yml").write_text(told, encoding="utf-8")
    (config / "datasets" / "many-outcomes.yml").write_text(DATASET, encoding="utf-8")
    (config / "forces.yml").write_text(FORCES, encoding="utf-8")
    (config / "comparability.yml").write_text("entries: []\n", encoding="utf-8")
    (config / "quotes.yml").write_text("quotes: []\n", encoding="utf-8")
    desk = (config / "desk.yml").read_text(encoding="utf-8")
    desk = desk.replace("sample: police-outcomes", "sample: many-outcomes")
    desk = desk.replace("formats: [word, feeds, charts]", "formats: []")
    (config / "desk.yml").write_text(desk, encoding="utf-8")
    with (config / "areas.csv").open("w", encoding="utf-8", newline="") as text:
        writer = csv.writer(text)
        writer.writerow(["id", "name", "where", "names", "police", "region"])
        for name in _names(areas):
            slug = name.lower().replace(" ", "-")
            writer.writerow([slug, name, f"in {name}", name, f"{name} Police", "Sample"])
    return folder


def write_release(folder: Path, areas: int, seed: int = 2021) -> Path:
    """Write a table about these areas, a file for each financial year; its counts are made up."""
    folder.mkdir(parents=True)
    (folder / "release.yml").write_text(RELEASE, encoding="utf-8")
    rng = np.random.default_rng(seed)
    size = rng.integers(400, 2000, areas)
    keenness = rng.normal(1.0, 0.1, areas)
    names = pa.array(_names(areas))
    for year in YEARS:
        rows = (areas, 4, len(OUTCOMES))
        closed = (size[:, None] * rng.normal(1.0, 0.04, (areas, 4))).astype(int)
        share = np.clip(0.12 + 0.012 * (year - YEARS[0]), 0, 0.9) * keenness[:, None]
        withdrawn = (closed * share * rng.normal(1.0, 0.03, (areas, 4))).astype(int)
        known = (withdrawn * 0.8).astype(int)
        counts = np.stack([withdrawn - known, known, closed - withdrawn], axis=2)
        place = np.broadcast_to(np.arange(areas, dtype=np.int32)[:, None, None], rows).ravel()
        quarter = np.broadcast_to(np.arange(1, 5)[None, :, None], rows).ravel()
        outcome = np.broadcast_to(np.array(OUTCOMES)[None, None, :], rows).ravel()
        label = pa.array([f"{year}/{(year + 1) % 100:02d}"])
        table = pa.table(
            {
                "Financial Year": pa.DictionaryArray.from_arrays(
                    np.zeros(len(place), np.int32), label
                ),
                "Financial Quarter": quarter,
                "Area": pa.DictionaryArray.from_arrays(place, names),
                "Outcome Type": outcome,
                "Closed": counts.ravel(),
            }
        )
        pq.write_table(table, folder / f"outcomes-{year}.parquet")
    return folder


def _names(areas: int) -> list[str]:
    return [f"Sample Ward {number:06d}" for number in range(1, areas + 1)]
