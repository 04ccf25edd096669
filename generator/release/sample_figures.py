"""What the sample release is planned from: the published figures, and a made-up force each.

Only the figures under "Published" are facts. Sizes are a rough reckoning of how the forces
compare; every other number here was chosen so that a run of the sample shows the kinds of
draft there are. All numbers are integers, so that a plan is the same on every machine:
rates in tenths of a per cent (293 is 29.3%), paths in thousandths of the value in 2020.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

FIRST_YEAR, LAST_YEAR = 2014, 2020

# --- Published ----------------------------------------------------------------------------
# As local papers printed them in June 2021, for calendar years and cases closed.

PUBLISHED_COUNTS: Mapping[tuple[str, int], tuple[int, int, int]] = {
    # closed; of these, the victim did not support action; of these, a suspect was identified
    ("derbyshire", 2020): (80_204, 23_489, 20_189),
    ("northumbria", 2020): (129_577, 30_271, 21_152),
}
PUBLISHED_RATES: Mapping[tuple[str, int], int] = {
    ("derbyshire", 2015): 40,
    ("derbyshire", 2019): 263,
    ("northumbria", 2015): 90,
    ("northumbria", 2018): 241,
    ("northumbria", 2019): 224,
}
# England and Wales without Greater Manchester: 2015, 2019 and 2020 are published.
NATION: Mapping[int, int] = {
    2014: 112, 2015: 128, 2016: 156, 2017: 187, 2018: 221, 2019: 251, 2020: 274
}  # fmt: skip
# Of those, in how many per cent a suspect was identified: 2020 is published.
NATION_IDENTIFIED: Mapping[int, int] = {
    2014: 78, 2015: 78, 2016: 79, 2017: 80, 2018: 81, 2019: 81, 2020: 82
}  # fmt: skip

# Greater Manchester could not supply these quarters, and nothing in the file marks them:
# (year in which the financial year begins, its quarter) to all that it closed.
NOT_SUPPLIED = "greater-manchester"
COLLAPSE: Mapping[tuple[int, int], int] = {(2019, 2): 284, (2019, 3): 11, (2019, 4): 4}

# Forces that provided no counts of recorded offences for 2014/15.
NOT_PROVIDED_YEAR = 2014
NOT_PROVIDED = frozenset(
    {
        "bedfordshire", "btp", "cumbria", "dyfed-powys",
        "hertfordshire", "leicestershire", "metropolitan", "south-yorkshire",
    }
)  # fmt: skip


# --- Made up ------------------------------------------------------------------------------


class Force(NamedTuple):
    """A force in the sample: where it stands in 2020 and the path it came by."""

    closed: int
    """Cases closed in 2020."""
    rate: int = 274
    """Tenths of a per cent of them in which the victim did not support action."""
    identified: int = 82
    """Per cent of those in which a suspect was identified."""
    path: str = "rising"
    volume: str = "steady"
    charged: int = 75
    """Tenths of a per cent of the closed that ended in a charge."""
    charging: str = "falling"


# How the rate of withdrawals came to its value in 2020, from 2014 on. Where the victims'
# share rises, the sample steers it so that the nation's is the published one.
STEERED = "rising"
PATHS: Mapping[str, tuple[int, ...]] = {
    "rising": (409, 467, 569, 682, 807, 916, 1000),
    "national": (409, 467, 569, 682, 807, 916, 1000),
    "steep": (110, 137, 250, 420, 650, 898, 1000),
    "peaked": (390, 440, 620, 820, 1040, 950, 1000),
    "turned": (400, 470, 600, 760, 930, 1050, 1000),
    "level": (400, 480, 620, 810, 1030, 1000, 1000),
}
# How many cases were closed. Together with a path this decides which record there is:
# rising + steady, of rate and number; rising + dip, of the rate alone; peaked + growth, of
# the number alone; peaked + bump, none, though up on 2019; turned, none, and down.
VOLUMES: Mapping[str, tuple[int, ...]] = {
    "steady": (900, 910, 930, 960, 985, 1000, 1000),
    "dip": (1040, 1060, 1100, 1150, 1190, 1200, 1000),
    "growth": (740, 750, 780, 810, 840, 880, 1000),
    "bump": (900, 920, 960, 1010, 1060, 1000, 1000),
}
# How the share charged came to its value in 2020.
CHARGING: Mapping[str, tuple[int, ...]] = {
    "falling": (2150, 2070, 1850, 1580, 1280, 1100, 1000),
    "up": (2000, 1900, 1600, 1300, 1060, 930, 1000),
    "level": (2000, 1900, 1600, 1250, 940, 1000, 1000),
}

FORCES: Mapping[str, Force] = {
    "avon-and-somerset": Force(130_000, 291, 84, charged=88),
    "bedfordshire": Force(50_000, 262, 79, charged=71),
    "cambridgeshire": Force(63_000, 268, 81, "turned", charged=86, charging="up"),
    "cheshire": Force(88_000, 318, 87, charged=79),
    "city-of-london": Force(6_000, 139, 66, charged=126),
    "cleveland": Force(66_000, 335, 86, "steep", charged=92),
    "cumbria": Force(38_000, 305, 90, volume="dip", charged=110),
    "derbyshire": Force(80_204, 293, 86, "steep", charged=84),
    "devon-and-cornwall": Force(100_000, 312, 88, charged=83),
    "dorset": Force(52_000, 277, 83, volume="dip", charged=70),
    "durham": Force(62_000, 349, 89, charged=101),
    "dyfed-powys": Force(33_000, 252, 85, "turned", charged=118, charging="up"),
    "essex": Force(155_000, 287, 84, "peaked", "bump", charged=69),
    "gloucestershire": Force(42_000, 259, 78, charged=82),
    "greater-manchester": Force(296_000, 281, 80, charged=62),
    "gwent": Force(57_000, 331, 88, volume="dip", charged=94),
    "hampshire": Force(165_000, 308, 87, charged=72),
    "hertfordshire": Force(84_000, 249, 77, volume="dip", charged=88),
    "humberside": Force(88_000, 322, 86, "peaked", "growth", charged=96, charging="level"),
    "kent": Force(172_000, 336, 90, "peaked", "growth", charged=65),
    "lancashire": Force(140_000, 294, 85, "turned", charged=91),
    "leicestershire": Force(92_000, 271, 80, charged=75),
    "lincolnshire": Force(52_000, 245, 76, "peaked", "growth", charged=98),
    "merseyside": Force(140_000, 283, 79, charged=90, charging="up"),
    "metropolitan": Force(790_000, 218, 74, charged=63),
    "norfolk": Force(66_000, 301, 91, "peaked", "bump", charged=112),
    "north-wales": Force(66_000, 338, 89, charged=99),
    "north-yorkshire": Force(46_000, 229, 82, "steep", charged=109),
    "northamptonshire": Force(60_000, 302, 83, charged=78),
    "northumbria": Force(129_577, 234, 70, "peaked", "bump", charged=87),
    "nottinghamshire": Force(97_000, 274, 81, "national", charged=93),
    "south-wales": Force(122_000, 296, 85, volume="dip", charged=95, charging="up"),
    "south-yorkshire": Force(150_000, 288, 82, charged=67),
    "staffordshire": Force(88_000, 325, 88, charged=81),
    "suffolk": Force(54_000, 288, 87, "level", charged=97, charging="level"),
    "surrey": Force(76_000, 255, 84, volume="dip", charged=64),
    "sussex": Force(122_000, 274, 85, "national", charged=69),
    "thames-valley": Force(152_000, 241, 78, charged=74),
    "warwickshire": Force(41_000, 276, 80, "peaked", "bump", charged=85),
    "west-mercia": Force(86_000, 299, 86, charged=80),
    "west-midlands": Force(270_000, 264, 75, charged=52),
    "west-yorkshire": Force(278_000, 342, 87, charged=77),
    "wiltshire": Force(45_000, 257, 83, "level", charged=89),
    "btp": Force(42_000, 261, 68, "national", charged=104),
}
# A force that a desk has added to its forces.yml.
ANY_OTHER_FORCE = Force(50_000)

# How the cases that are neither charged nor withdrawn are shared out among the other types.
OTHER_OUTCOMES: Mapping[int, int] = {
    2: 5, 3: 14, 4: 3, 5: 1, 6: 3, 7: 6, 8: 38, 9: 6, 10: 13, 11: 1, 12: 3, 13: 2,
    15: 240, 17: 4, 18: 480, 20: 24, 21: 14, 22: 8,
}  # fmt: skip
FROM_2015_16 = frozenset({20, 21, 22})
