"""The page of doubts: a list, and what comes of what people answer there."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus

from starlette.responses import RedirectResponse, Response

from generator.errors import Fault, NewscopyError, RequestError
from generator.model import Level
from generator.review.asking import Asking
from generator.review.doubts import Found, answer_id
from generator.review.ruling import TAKE_BACK, Weighed, understand, weigh, write
from generator.review.showing import Shows
from generator.review.titles import Titles

AT = "/doubts"
PATIENCE = 2.0
"""Seconds that whoever looks is kept waiting until what is in doubt is worked out."""
_DONE = {"answered": "Answered.", "taken-back": "The answer is taken back."}


@dataclass(frozen=True)
class DoubtsPage:
    """Answers what people ask of what is in doubt."""

    titles: Titles
    shows: Shows

    def list_doubts(self, asking: Asking) -> Response:
        """Show what is in doubt, the gravest first, then what was answered."""
        found = self.titles.doubts(PATIENCE)
        raised = found.raised if found else ()
        known = [each.answer for each in found.answered] if found else []
        return self._page(
            "doubts",
            asking,
            found=found,
            of_level={level.value: [e for e in raised if e.level is level] for level in Level},
            of_area=Counter(each.area.id for each in raised),
            unknown=[each for each in self.titles.desk.answers if each not in known],
            due=_due(self.titles, found) if found else (),
            done=_DONE.get(asking.query.get("done", ""), ""),
        )

    def back(self, _asking: Asking) -> Response:
        """Go to the list from an address to which forms are sent, which browsers keep."""
        return RedirectResponse(AT, HTTPStatus.SEE_OTHER)

    def weigh(self, asking: Asking) -> Response:
        """Show what an answer changes, before it is written."""
        return self._weighed(asking, is_overtaken=False)

    def answer(self, asking: Asking) -> Response:
        """Write an answer, if what it rests on is still what was shown."""
        form = asking.form
        with self.titles.answering:
            try:
                self.titles.refresh()  # somebody may have answered while this one waited
                self._refuse_nobodys_desk()
                found = self._found()
                meant = understand(form, asking.person.name, found, self.titles.desk)
                is_seen = meant.seen == form["seen"]
                if is_seen:
                    write(meant, self.titles.desk)
            except NewscopyError as error:
                return self._refused(asking, error.faults)
        if not is_seen:
            return self._weighed(asking, is_overtaken=True)
        done = "taken-back" if form["what"] == TAKE_BACK else "answered"
        return RedirectResponse(f"{AT}?done={done}", HTTPStatus.SEE_OTHER)

    def _weighed(self, asking: Asking, *, is_overtaken: bool) -> Response:
        try:
            self._refuse_nobodys_desk()
            found = self._found()
            meant = understand(asking.form, asking.person.name, found, self.titles.desk)
            weighed: Weighed = weigh(meant, found, self.titles)
        except NewscopyError as error:
            return self._refused(asking, error.faults)
        status = HTTPStatus.CONFLICT if is_overtaken else HTTPStatus.OK
        return self._page("weighed", asking, status, weighed=weighed, is_overtaken=is_overtaken)

    def _refused(self, asking: Asking, faults: Sequence[Fault]) -> Response:
        """Say why nothing was written; what was typed is on the page, to be sent once more."""
        return self._page("unanswered", asking, HTTPStatus.UNPROCESSABLE_ENTITY, faults=faults)

    def _found(self) -> Found:
        found = self.titles.doubts()
        if found is None or not found.listed:
            raise RequestError(*(found.faults if found else ()), _NOTHING)
        return found

    def _refuse_nobodys_desk(self) -> None:
        if not self.titles.is_own:
            raise RequestError(_NOBODYS)

    def _page(
        self, name: str, asking: Asking, status: HTTPStatus = HTTPStatus.OK, **given: object
    ) -> Response:
        """Show a page, with the names and addresses that each of these has."""
        return self.shows.page(
            name,
            asking.person,
            status,
            form=asking.form,
            names={area.id: area.police or area.name for area in self.titles.desk.areas},
            addresses=_addresses(self.titles),
            answer_id=answer_id,
            is_own=self.titles.is_own,
            **given,
        )


def _addresses(titles: Titles) -> dict[str, list[tuple[str, str]]]:
    """Return the addresses of each draft, by its folder, each with the title's name."""
    found = defaultdict(list)
    for site, record in titles.looked():
        for folder in record.drafts:
            found[folder].append((site.desk.file.name, site.draft_at(folder)))
    return found


def _due(titles: Titles, found: Found) -> tuple[str, ...]:
    """Return the drafts of the desk's own copy that would be others by now."""
    own = (record for site, record in titles.looked() if not site.edition)
    return tuple(folder for record in own for folder in found.due(record))


_NOBODYS = Fault(
    "There is no desk here to keep an answer in.",
    "Start one of your own, and serve the page from its folder: newscopy init DIR",
)
_NOTHING = Fault(
    "What is in doubt cannot be told just now, so nothing was answered.",
    "See the page of doubts.",
)
