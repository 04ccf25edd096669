"""What single values of config look like, and how texts are matched."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from typing import Annotated, TypeVar
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    field_validator,
)

from generator.periods import Period, Quarter

SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
NAME = r"^[a-z][a-z0-9_]*$"
MONTH = r"^\d{4}-(0[1-9]|1[0-2])$"
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
TAG = r"^[a-z0-9.-]+,\d{4}(-\d\d){0,2}$"
EMAIL = rf"^{_ATOM}(\.{_ATOM})*@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$"
CONTROL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""A character that no XML, and so no Word file or feed, can have."""
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
"""A character that has no meaning of its own: templates mark claims with such."""
_YEARS = range(1900, 3000)
_Dated = TypeVar("_Dated", bound=datetime.date)
SAID = r"^\d{4}-(0[1-9]|1[0-2])(-\d{2})?$"


class UnfitError(ValueError):
    """Values that are right by themselves and wrong together; `place` is from the model on."""

    def __init__(
        self,
        what: str,
        place: tuple[str | int, ...],
        *,
        mend: str = "",
        found: str = "",
        expected: str = "",
    ) -> None:
        super().__init__(what)
        self.place = place
        self.mend = mend
        self.found = found
        self.expected = expected


def written_as_a_day(value: object) -> object:
    """Refuse what pydantic takes for a date and no reader does: seconds since 1970."""
    if isinstance(value, str) and re.fullmatch(r"[\d.]+", value):
        raise ValueError("write a date as 2021-05-13")
    return value


def with_zone(value: object) -> object:
    """Read `2021-05-13 09:30 Europe/London` and `… +01:00` too; refuse a time without a zone."""
    text = str(written_as_a_day(value)).strip()
    named = re.fullmatch(r"(\S+[ T]\S+) +([A-Za-z][A-Za-z0-9_+/-]*)", text)
    if named:
        try:
            local = datetime.datetime.fromisoformat(named[1])
            return local.replace(tzinfo=ZoneInfo(named[2]))
        except (ValueError, KeyError, OSError) as error:  # of a folder of zones
            raise ValueError(f"{text} is no date, time and zone") from error
    return re.sub(r" +(?=[+-]\d)", "", text)


def _of_our_time(value: _Dated) -> _Dated:
    """Refuse a year that is a slip of the pen, and whose days are none in every zone."""
    if value.year not in _YEARS:
        raise ValueError(f"no figures are from the year {value.year}")
    return value


def _on_one_line(text: str) -> str:
    """Fold the lines of a text into one: copy has it within a sentence or a paragraph."""
    return re.sub(r"[ \t\r\n]+", " ", text).strip()


def _as_period(text: str) -> str:
    """Return a period's name as it is compared: `2019-20` is `2019/20`."""
    return str(Period.parse(text))


Slug = Annotated[str, Field(pattern=SLUG)]
Name = Annotated[str, Field(pattern=NAME)]
Words = Annotated[str, Field(min_length=1), AfterValidator(_on_one_line)]
Reference = Words
"""The id of something else in the desk: where there is none, `unknown` says what is near."""
Month = Annotated[str, Field(pattern=MONTH)]
PeriodName = Annotated[str, AfterValidator(_as_period)]
Email = Annotated[str, Field(pattern=EMAIL)]
Day = Annotated[datetime.date, BeforeValidator(written_as_a_day), AfterValidator(_of_our_time)]
Moment = Annotated[AwareDatetime, BeforeValidator(with_zone), AfterValidator(_of_our_time)]


class Config(BaseModel):
    """A part of a config file: frozen, and no key that it does not know."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, str_strip_whitespace=True, coerce_numbers_to_str=True
    )

    @field_validator("*")
    @classmethod
    def _no_control(cls, value: object) -> object:
        """Refuse what YAML can write in quotation marks, and no file of ours can hold."""
        for place, text in _texts(value):
            if found := CONTROL.search(text) or _PRIVATE.search(text):
                raise UnfitError(
                    "there is a character in it that no text has",
                    place,
                    mend="Take it out; in quotation marks YAML reads \\ as the start of one.",
                    found=f"U+{ord(found[0]):04X}",
                    expected="letters, digits, punctuation and spaces",
                )
        return value


def _texts(value: object) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield the texts in a value and where each stands; those of a `Config` are its own."""
    match value:
        case str():
            yield (), value
        case tuple():
            for number, item in enumerate(value):
                for place, text in _texts(item):
                    yield (number, *place), text
        case Mapping():
            for key, item in value.items():
                for place, text in ((), str(key)), *_texts(item):
                    yield (key, *place), text


def quarter_of(month: str) -> Quarter:
    """Return the calendar quarter that a month such as `2019-07` is in."""
    return Quarter(int(month[:4]), (int(month[5:]) + 2) // 3)


def folded_code(text: str) -> str:
    """Return a code or a group as it is matched: `36.0`, a number in a sheet, is `36`."""
    number = re.fullmatch(r"([0-9]+)\.0+", text.strip())
    return number[1] if number else folded(text)


def folded(text: str) -> str:
    """Return the text without case, punctuation and odd spaces; `&` is "and".

    Published headers, sheet and area names are matched in this form.
    """
    return re.sub(r"[\W_]+", " ", text.casefold().replace("&", " and ")).strip()
