"""Small releases for tests, from the yearly counts that a test shows."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache

import pandas as pd

from generator.desk import Area, Desk, Story, builtin_desk, load_desk
from generator.figures import Totals, add_tables, choices_of, measure, tally
from generator.filing import sha256
from generator.model import Draft, Facts, Lack, Observations, Release, Table, plain
from generator.periods import Period, Quarter
from generator.writing import make_environment, write_draft

Year = tuple[int, ...]
"""Offences closed; of them withdrawn (types 14 and 16); of these type 16; and charged (1)."""

RELEASE = Release(
    dataset="police-outcomes",
    title="Police recorded crime and outcomes open data tables",
    publisher="Home Office",
    source="https://www.gov.uk/government/statistics/police-recorded-crime-open-data-tables",
    licence="OGL-UK-3.0",
    published=datetime.date(2021, 5, 13),
    files=(),
)


@cache
def desk() -> Desk:
    """Return the desk that this repository is."""
    return load_desk(builtin_desk())


def small_desk(*areas: str, **changes: object) -> Desk:
    """Return the desk with only these forces, so that no other is missing from a release."""
    forces = tuple(force_called(area) for area in areas)
    # These releases are all that was ever published: they begin where their years begin.
    datasets = {
        name: dataset.model_copy(update={"begins": None})
        for name, dataset in desk().datasets.items()
    }
    # Two forces make a nation here, and one that is left out is half of it.
    style = desk().style.model_copy(update={"smallest_basket": 1})
    return replace(desk(), **{"forces": forces, "datasets": datasets, "style": style} | changes)


def force_called(area: str) -> Area:
    """Return a force of the desk by its id."""
    return next(force for force in desk().forces if force.id == area)


def observe(
    counts: Mapping[str, Mapping[int, Year]],
    *,
    without: Iterable[tuple[str, Quarter]] = (),
    marked_missing: Iterable[tuple[str, Quarter]] = (),
) -> Observations:
    """Spread yearly counts evenly over calendar quarters, as rows of the outcomes table."""
    rows = []
    for area, years in counts.items():
        for year, numbers in years.items():
            for quarter in (Quarter(year, number) for number in (1, 2, 3, 4)):
                if (area, quarter) in set(without):
                    continue
                for outcome, total in _by_outcome(numbers).items():
                    count = total // 4 + (quarter.number <= total % 4)
                    is_marked = (area, quarter) in set(marked_missing)
                    missing = Lack.MARKED if is_marked else Lack.NOTHING
                    rows.append((area, quarter.ordinal, outcome, count, missing))
    frame = pd.DataFrame(rows, columns=["area", "quarter", "outcome", "closed", "closed_missing"])
    frame["row"] = range(2, len(frame) + 2)
    return Observations(frame, Table("outcomes.csv", ""), "police-outcomes")


Pair = tuple[int, int]
"""A quarter's offences closed, and of them charged."""
_CLOSED = (9800, 10100, 10400, 9700, 9900, 10300, 10200, 9600)
_CHARGED = (980, 1020, 1010, 990, 1000, 1030, 990, 970)
STEADY_QUARTERS: tuple[Pair, ...] = (
    *zip(_CLOSED, _CHARGED, strict=True),
    *((9700, 960), (10200, 1010), (10500, 1040), (9900, 1000)),
    *((9600, 970), (10000, 990), (10300, 1020), (9800, 980)),
)
"""Sixteen quarters from January 2017 that go up and down as real ones do."""
_FIRST = Quarter(2017, 1)


def observe_quarters(areas: Mapping[str, Sequence[Pair]], first: Quarter = _FIRST) -> Observations:
    """Return rows of the outcomes table for counts given quarter by quarter."""
    rows = []
    for area, quarters in areas.items():
        for at, (closed, charged) in enumerate(quarters):
            ordinal = (first + at).ordinal
            rows.append((area, ordinal, "1", charged, Lack.NOTHING))
            rows.append((area, ordinal, "18", closed - charged, Lack.NOTHING))
    frame = pd.DataFrame(rows, columns=["area", "quarter", "outcome", "closed", "closed_missing"])
    frame["row"] = range(2, len(frame) + 2)
    return Observations(frame, Table("outcomes.csv", ""), "police-outcomes")


def put(quarters: Sequence[Pair], at: int, pair: Pair) -> tuple[Pair, ...]:
    """Return the quarters with another in one place."""
    return (*quarters[:at], pair, *quarters[at + 1 :])


def total(desk_: Desk, *observed: Observations, stories: Iterable[Story] = ()) -> Totals:
    """Add up all that these stories count, or the desk's."""
    ids = [force.id for force in desk_.forces]
    choices = choices_of(list(stories) or desk_.stories.values(), desk_)
    tallies = []
    for each in observed:
        rows = each.rows.assign(area=pd.Categorical(each.rows["area"], ids))
        tallies.append(tally(replace(each, rows=rows), choices))
    return add_tables(tallies)


def as_observed(observations: Observations) -> Observations:
    """Take a table's observations as they are read."""
    return observations


def _by_outcome(numbers: Year) -> dict[str, int]:
    closed, withdrawn, identified, charged = (*numbers, *(0,) * (4 - len(numbers)))
    return {
        "0": 0,
        "1": charged,
        "14": withdrawn - identified,
        "16": identified,
        "18": closed - withdrawn - charged,
    }


def facts_of(
    counts: Mapping[str, Mapping[int, Year]],
    desk_: Desk | None = None,
    *,
    story: str = "victim-withdrawal",
    period: str | None = None,
    release: Release = RELEASE,
    **observed: object,
) -> dict[str, Facts]:
    """Measure a story over yearly counts; facts by area id."""
    desk_ = desk_ or small_desk(*counts)
    asked = Period.parse(period) if period else None
    totals = total(desk_, observe(counts, **observed))
    measured = measure(totals, release, desk_.stories[story], desk_, asked)
    return {facts.area.id: facts for facts in measured}


def drafts_of(
    counts: Mapping[str, Mapping[int, Year]],
    desk_: Desk | None = None,
    *,
    release: Release = RELEASE,
    **asked: object,
) -> dict[str, Draft]:
    """Write a story over yearly counts; drafts by area id."""
    desk_ = desk_ or small_desk(*counts)
    environment = make_environment(desk_)
    return {
        area: write_draft(facts, environment, desk_, release)
        for area, facts in facts_of(counts, desk_, release=release, **asked).items()
    }


def seen(desk_: Desk) -> Desk:
    """Return a desk as it is read once its templates are those that lie in its folder now."""
    files = (path for path in sorted(desk_.templates.rglob("*")) if path.is_file())
    named = {path.relative_to(desk_.folder).as_posix(): path for path in files}
    return replace(desk_, hashes={name: sha256(path.read_bytes()) for name, path in named.items()})


def told_elsewhere(draft: Draft, *areas: Area) -> list[Draft]:
    """Write a draft's facts for other areas, which take other variants of its sentences."""
    environment = make_environment(desk())
    return [
        write_draft(replace(draft.facts, area=area), environment, desk(), RELEASE) for area in areas
    ]


def text_of(draft: Draft) -> str:
    """Return a draft's words: the headline, then a line for each paragraph or table row."""
    lines = [draft.headline]
    for block in draft.article.blocks:
        if block.rows:
            lines += [" | ".join(plain(cell) for cell in row) for row in block.rows]
        else:
            lines.append(plain(block.runs))
    return "\n".join(lines)


def whole_text_of(draft: Draft) -> str:
    """Return all that a draft says: the article, then each piece under its name."""
    parts = [text_of(draft).replace("\n", "\n\n")]
    for piece in draft.pieces:
        lines = [plain(piece.article.headline), *(plain(b.runs) for b in piece.article.blocks)]
        parts.append("\n\n".join([f"[{piece.kind}]", *filter(None, lines)]))
    return "\n\n".join(parts) + "\n"
