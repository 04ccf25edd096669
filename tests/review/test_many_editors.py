"""Editors at once on a few drafts: whatever was saved is there, whoever saved meanwhile."""

from __future__ import annotations

import shutil
from pathlib import Path

from editors import Pace, lost, make_accounts, work
from served import HOST, serving_app, titles_of
from small_desk import SmallDesk

from generator.review.accounts import FILE, Accounts
from generator.review.app import make_app
from generator.review.signing import SignedIn

DRAFTS = ("charged/2020/kent", "victim-withdrawal/2020/kent", "victim-withdrawal/2020/derbyshire")


def test_no_edit_is_lost(newscopy: SmallDesk, good_output: Path) -> None:
    shutil.copytree(good_output, newscopy.output)
    pace = Pace(editors=6, seconds=5, thinks=(0, 0.1))
    make_accounts(newscopy.folder, pace.editors)
    titles = titles_of(newscopy.folder)
    people = SignedIn(Accounts(newscopy.folder / FILE), titles.desk)
    with serving_app(make_app(titles, people, [HOST], people.routes)) as url:
        day = work(url, DRAFTS, pace)
    assert day.errors == []
    assert day.saves > 6
    assert day.conflicts > 0  # or nobody has got in anybody's way
    assert lost(newscopy.output, day) == []
