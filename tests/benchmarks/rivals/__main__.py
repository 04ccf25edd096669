"""Compare on the sample release: `python -m benchmarks.rivals SCRATCH`, in the folder tests."""

from __future__ import annotations

import sys
from pathlib import Path

from generator.desk import builtin_desk, load_desk

from ..sample import measure_sample, with_articles_alone
from .comparing import compare, describe
from .installing import install


def main(scratch: Path) -> int:
    """Install into the scratch folder, compare, and say what came of it."""
    desk = with_articles_alone(load_desk(builtin_desk()))
    rivals = install(scratch)
    release, facts = measure_sample(desk)
    compared = compare(facts, desk, release, rivals)
    sys.stdout.write("\n".join(map(describe, compared)) + "\n")
    return 0 if all(rival.same == rival.of for rival in compared) else 1


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(Path(sys.argv[1])))
