"""How the workbooks of the sample are laid out: as those published, with their differences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

NOTICE = "SAMPLE: synthetic counts, not published figures"

HEADERS = (
    "Financial Year", "Financial Quarter", "Force Name", "Offence Code", "Offence Description",
    "Offence Group", "Offence Subgroup", "Offence code expired", "Outcome Type",
    "Outcome Description", "Outcome Group",
)  # fmt: skip
# The two counts, recorded and closed, as the editions head them.
OLD = ("Force outcomes for offences recorded in quarter", "Force outcomes recorded in quarter")
NEW = (
    "Outcomes for offences that were recorded in the quarter",
    "Outcomes for investigations closed in the quarter",
)
NUMBER_OF = (f"Number of {NEW[0]}", f"Number of {NEW[1]}")


@dataclass(frozen=True)
class Edition:
    """How the workbook of one financial year differs from the others."""

    start: int
    sheet: str
    counts: tuple[str, str] = OLD
    quarters: tuple[int, ...] = (1, 2, 3, 4)
    quarter: str = ""
    """What stands before the number of a quarter; "" leaves it a number."""
    titles: tuple[str, ...] = ()
    """Rows above the header."""
    ampersand: bool = False
    """Avon & Somerset."""
    expired: str = "N/A - Offence code expired"

    @property
    def year(self) -> str:
        """The financial year as the table gives it: `2019/20`."""
        return f"{self.start}/{(self.start + 1) % 100:02d}"

    @property
    def file(self) -> str:
        """The name under which the workbook is published."""
        if len(self.quarters) == 4:
            return f"prc-outcomes-open-data-mar{self.start + 1}-tables.xlsx"
        end = {1: "jun", 2: "sep", 3: "dec"}[self.quarters[-1]]
        return f"prc-outcomes-open-data-apr{self.start}-to-{end}{self.start}-tables.xlsx"


EDITIONS = (
    Edition(2014, "Outcomes_open_data_2014-15"),
    Edition(2015, "Outcomes_open_data_2015-16", NUMBER_OF),
    Edition(2016, "Outcomes_open_data_2016-17", ampersand=True),
    Edition(
        2017,
        "Outcomes_open_data_2017-18",
        titles=("Crime outcomes in England and Wales, 2017/18", NOTICE),
    ),
    Edition(2018, "Outcomes_open_data_2018-19", expired="N/A - Offence Code Expired"),
    Edition(2019, "Outcomes_open_data_2019_20", NEW),
    Edition(2020, "Outcomes open data 2020_21", NEW, quarters=(1, 2, 3), quarter="Q"),
)


class Offence(NamedTuple):
    """An offence code of the Home Office's counting rules, and its weight in the sample."""

    code: str
    description: str
    group: str
    subgroup: str
    weight: int
    expired: bool = False


OFFENCES = (
    Offence("105A", "Assault without injury", "Violence against the person",
            "Violence without injury", 55),
    Offence("46", "Shoplifting", "Theft offences", "Shoplifting", 41),
)  # fmt: skip
# Offences are no longer recorded under it, but old ones are still closed.
EXPIRED = Offence(
    "28A", "Burglary in a dwelling(outcome only)", "Theft offences", "Domestic burglary", 4, True
)

NOT_PROSECUTED = "Prosecution prevented or not in the public interest"
NO_VICTIM = "Evidential difficulties (victim does not support action)"
OUTCOMES = (
    (0, "Not yet assigned an outcome", "Not yet assigned an outcome"),
    (1, "Charged/Summonsed", "Charged/Summonsed"),
    (2, "Caution – youths", "Out-of-court (formal)"),
    (3, "Caution – adults", "Out-of-court (formal)"),
    (4, "Taken into consideration", "Taken into consideration"),
    (5, "Offender died", NOT_PROSECUTED),
    (6, "Penalty notices for disorder", "Out-of-court (formal)"),
    (7, "Cannabis/Khat warning", "Out-of-court (informal)"),
    (8, "Community resolution", "Out-of-court (informal)"),
    (9, "Not in public interest (CPS)", NOT_PROSECUTED),
    (10, "Not in public interest (Police)", NOT_PROSECUTED),
    (11, "Suspect under age", NOT_PROSECUTED),
    (12, "Suspect too ill", NOT_PROSECUTED),
    (13, "Victim/key witness dead/too ill", NOT_PROSECUTED),
    (14, "Suspect not identified; victim does not support further action", NO_VICTIM),
    (15, "Suspect identified; victim supports action", "Evidential difficulties (suspect "
     "identified; victim supports action)"),
    (16, "Suspect identified; victim does not support further action", NO_VICTIM),
    (17, "Prosecution time limit expired", NOT_PROSECUTED),
    (18, "Investigation complete – no suspect identified", "Investigation complete – no suspect "
     "identified"),
    (20, "Action undertaken by another body/agency", "Action undertaken by another body/agency"),
    (21, "Further investigation not in the public interest – police decision",
     "Further investigation to support formal action not in the public interest"),
    (22, "Diversionary, educational or intervention activity",
     "Diversionary, educational or intervention activity"),
)  # fmt: skip
