"""Compare on the sample release: `python -m benchmarks.rivals SCRATCH`, in the folder tests."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from generator.desk import Desk, builtin_desk, load_desk
from generator.model import Facts, Release
from generator.pipeline import Request, make_sample, measure_release

from .comparing import compare, describe
from .installing import install

STORY = "victim-withdrawal"


def measure_sample(desk: Desk) -> tuple[Release, tuple[Facts, ...]]:
    """Write the sample release, read it, and measure the story in it."""
    with tempfile.TemporaryDirectory() as folder:
        sample = Path(folder) / "sample"
        make_sample(sample, desk)
        return measure_release(Request(sample), [desk.stories[STORY]], desk)


def main(scratch: Path) -> int:
    """Install into the scratch folder, compare, and say what came of it."""
    desk = load_desk(builtin_desk())
    rivals = install(scratch)
    release, facts = measure_sample(desk)
    compared = compare(facts, desk, release, rivals)
    sys.stdout.write("\n".join(map(describe, compared)) + "\n")
    return 0 if all(rival.same == rival.of for rival in compared) else 1


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(Path(sys.argv[1])))
