"""Tell a table that double-counts the dataset's by its file name, headers, outcomes or areas."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fnmatch import fnmatchcase

from generator.desk import Sibling, folded
from generator.errors import Fault
from generator.release.meaning import outcome_code
from generator.release.sheets import Sheet


def sibling_faults(
    sheet: Sheet, file: str, areas: Iterable[str], outcomes: Iterable[str]
) -> tuple[Fault, ...]:
    """Return the fault of a sheet that is of a sibling table, () if it is of none.

    `areas` and `outcomes` are the distinct texts of those columns.
    """
    names = {folded(area): area for area in areas}
    codes = {outcome_code(outcome): outcome for outcome in outcomes}
    headers = {folded(name): name for name in sheet.header.names}
    for sibling in sheet.header.layout.dataset.siblings:
        sign = (
            _file_sign(sibling, file)
            or _sign("the header", headers, map(folded, sibling.headers))
            or _sign("the outcome", codes, map(str.casefold, sibling.outcomes))
            or _sign("the area", names, map(folded, sibling.areas))
        )
        if sign:
            return (refusal(sibling, sheet.header.layout.dataset.title, file, sheet.name, sign),)
    return ()


def named_sibling(siblings: Sequence[Sibling], title: str, file: str) -> tuple[Fault, ...]:
    """Return the fault of a file that is called like a sibling table, () if it is not."""
    for sibling in siblings:
        if sign := _file_sign(sibling, file):
            return (refusal(sibling, title, file, "", sign),)
    return ()


def refusal(sibling: Sibling, title: str, file: str, sheet: str, sign: str) -> Fault:
    """Return the fault of reading a sibling table, known by `sign`."""
    return Fault(
        f"This is {sibling.table}, which must not be read together with “{title}”: {sibling.why}.",
        "Take it out of the release folder.",
        file=file,
        sheet=sheet,
        found=sign,
        expected=f"a table of “{title}”",
    )


def _file_sign(sibling: Sibling, file: str) -> str:
    named = any(fnmatchcase(file.casefold(), pattern.casefold()) for pattern in sibling.files)
    return f"the file name “{file}”" if named else ""


def _sign(what: str, there: dict[str, str], signs: Iterable[str]) -> str:
    return next((f"{what} “{there[sign]}”" for sign in signs if sign in there), "")
