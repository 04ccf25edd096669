"""Read a release as a run does: `python cold_read.py RELEASE CACHE PROCESSES`."""

import sys
from pathlib import Path

from generator.desk import builtin_desk, load_desk
from generator.pipeline import Means, count_release
from generator.requests import choose_stories
from generator.workers import processes


def main(release: str, cache: str, number: str) -> None:
    """Add up what all stories of the desk count."""
    desk = load_desk(builtin_desk())
    with processes(int(number)) as workers:
        count_release(Path(release), choose_stories(desk, ()), desk, Means(workers, Path(cache)))


if __name__ == "__main__":
    main(*sys.argv[1:])
