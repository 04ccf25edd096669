"""A fault in a desk's config is told with its file, line, key, what was found and the mend."""

from __future__ import annotations

import re
from typing import NamedTuple

import pytest

from generator.desk import expand_codes

CHARGED = "stories/charged.yml"
STYLE = "style.yml"
REGISTER = "comparability.yml"
CALENDAR = "calendar year or financial year or year to a quarter"
PYDANTIC = re.compile(r"Input should|valid (string|integer|date|tuple|dict)|instance of|\[type=")


class Broken(NamedTuple):
    """One thing broken in one file, and what is said of it."""

    file: str
    old: str
    new: str
    key: str
    what: str
    found: str
    expected: str
    mend: str


CORRECT = "Correct the value; docs/authoring.md describes every key."
BROKEN = {
    "an unknown key at the top": Broken(
        CHARGED, "lead: rate", "lead: rate\nlede: rate", "lede",
        "Unknown key `lede`.", "lede",
        "one of id, title, dataset, period, baseline, compares_first, lead, measures, league, "
        "says, literals",
        "Did you mean lead or league?",
    ),
    "an unknown key inside another": Broken(
        "desk.yml", "  files: 500", "  file: 500", "limits.file",
        "Unknown key `file`.", "file",
        "one of files, unpacked_megabytes, compression_ratio", "Did you mean files?",
    ),
    "an unknown key like none there is": Broken(
        "desk.yml", "  files: 500", "  zebra: 500", "limits.zebra",
        "Unknown key `zebra`.", "zebra",
        "one of files, unpacked_megabytes, compression_ratio", "Take the key out.",
    ),
    "text for a whole number": Broken(
        STYLE, "figures_from: 10 ", "figures_from: ten ", "figures_from",
        "The value of `figures_from` cannot be used.", "ten", "a whole number, 1 or more", CORRECT,
    ),
    "a number out of bounds": Broken(
        STYLE, "smallest_basket: 75 ", "smallest_basket: 750 ", "smallest_basket",
        "The value of `smallest_basket` cannot be used.", "750", "a whole number from 1 to 100",
        CORRECT,
    ),
    "text for a list": Broken(
        "forces.yml", "names: [Bedfordshire]", "names: Bedfordshire", "forces.2.names",
        "The value of `names` cannot be used.", "Bedfordshire", "a list", CORRECT,
    ),
    "a list for text": Broken(
        CHARGED, "title: Cases", "title: [Cases]  #", "title",
        "The value of `title` cannot be used.", "a list", "text", CORRECT,
    ),
    "nothing for text": Broken(
        CHARGED, "title: Cases", "title:  #", "title",
        "The value of `title` cannot be used.", "nothing", "text", CORRECT,
    ),
    "nothing for a list": Broken(
        "forces.yml", "names: [Bedfordshire]", "names:", "forces.2.names",
        "The value of `names` cannot be used.", "nothing", "a list",
        "List something under it, or write `names: []`.",
    ),
    "text for keys": Broken(
        CHARGED, "measures:\n", "measures:\n  all: everything\n", "measures.all",
        "The value of `all` cannot be used.", "everything", "keys with values, indented under it",
        CORRECT,
    ),
    "a word that is neither yes nor no": Broken(
        "datasets/police-outcomes.yml", "dense: true", "dense: perhaps", "dense",
        "The value of `dense` cannot be used.", "perhaps", "true or false", CORRECT,
    ),
    "none of the values there are": Broken(
        CHARGED, "period: calendar year", "period: calender year", "period",
        "The value of `period` cannot be used.", "calender year", CALENDAR,
        "Did you mean calendar year?",
    ),
    "no id": Broken(
        "forces.yml", "id: bedfordshire", "id: Bedfordshire", "forces.2.id",
        "The value of `id` cannot be used.", "Bedfordshire",
        "lower-case words with hyphens, such as victim-withdrawal", CORRECT,
    ),
    "no name for a measure": Broken(
        CHARGED, "  charged:\n", "  Charged cases:\n", "measures.Charged cases",
        "`Charged cases` cannot be the name of anything here.", "Charged cases",
        "a lower-case letter, then letters, digits and _, such as suspect_share", CORRECT,
    ),
    "no month": Broken(
        REGISTER, 'from: "2019-07"', "from: July 2019", "entries.1.from",
        "The value of `from` cannot be used.", "July 2019", "a month, such as 2019-07", CORRECT,
    ),
    "a day for a month": Broken(
        REGISTER, 'from: "2019-07"', "from: 2019-07-01", "entries.1.from",
        "The value of `from` cannot be used.", "2019-07-01", "a month, such as 2019-07", CORRECT,
    ),
    "no date": Broken(
        REGISTER, "added: 2021-05-13", "added: 13 May 2021", "entries.1.added",
        "The value of `added` cannot be used.", "13 May 2021", "a date, such as 2021-05-13",
        CORRECT,
    ),
    "a date that no calendar has": Broken(
        REGISTER, "added: 2021-05-13", "added: 2021-13-45", "entries.1.added",
        "The value of `added` cannot be used.", "2021-13-45", "a date, such as 2021-05-13", CORRECT,
    ),
    "a date without hyphens": Broken(
        REGISTER, "added: 2021-05-13", "added: 20210513", "entries.1.added",
        "Write a date as 2021-05-13.", "20210513", "a date, such as 2021-05-13", CORRECT,
    ),
    "an entry that ends before it begins": Broken(
        REGISTER, 'to: "2020-03"', 'to: "2019-03"', "entries.1.to",
        "The entry ends before it begins.", "2019-07 to 2019-03", "2019-07 or a later month",
        "Correct `from` or `to`: as it is, the entry covers nothing.",
    ),
    "an area of the register that no force has": Broken(
        REGISTER, "area: greater-manchester", "area: greater-manchestr", "entries.1.area",
        "The desk has no area `greater-manchestr`.", "greater-manchestr", "the id of a known area",
        "Did you mean greater-manchester?",
    ),
    "a dataset of the register that is not there": Broken(
        REGISTER, "dataset: police-outcomes", "dataset: police-outcome", "entries.1.dataset",
        "The desk has no dataset `police-outcome`.", "police-outcome",
        "police-outcomes or recorded-crime", "Did you mean police-outcomes?",
    ),
    "a quote for a story that is not there": Broken(
        "quotes.yml", "story: victim-withdrawal", "story: victims-withdrawal", "quotes.1.story",
        "The desk has no story `victims-withdrawal`.", "victims-withdrawal",
        "charged or victim-withdrawal", "Did you mean victim-withdrawal?",
    ),
    "a quote for an area that no force has": Broken(
        "quotes.yml", "    speaker: R", "    areas: [kent, derbishire]\n    speaker: R",
        "quotes.1.areas.2",
        "The desk has no area `derbishire`.", "derbishire", "the id of a known area",
        "Did you mean derbyshire or cheshire or warwickshire?",
    ),
    "a quote for the nation alone": Broken(
        "quotes.yml", "    speaker: R", "    areas: [england-and-wales]\n    speaker: R",
        "quotes.1.areas.1",
        "The desk has no area `england-and-wales`.", "england-and-wales",
        "the id of a known area", "Use an id from config/forces.yml.",
    ),
    "a quote for a region that no force is in": Broken(
        "quotes.yml", "    speaker: R", "    regions: [East Midland]\n    speaker: R",
        "quotes.1.regions.1",
        "The desk has no region `East Midland`.", "East Midland",
        "East Midlands or East of England or London or North East or North West or South East "
        "or South West or Wales or West Midlands or Yorkshire and the Humber",
        "Did you mean East Midlands or West Midlands or East of England?",
    ),
    "a quote without a source": Broken(
        "quotes.yml", "source: statement carried by local papers in June 2021", "source: ''",
        "quotes.1.source",
        "The value of `source` cannot be used.", "nothing", "text", CORRECT,
    ),
    "a quote that goes stale before it may be used": Broken(
        "quotes.yml", "stale_after: 2021-10-20", "stale_after: 2021-05-12", "quotes.1.stale_after",
        "The quote goes stale before it can be used.", "2021-05-12", "2021-06 or later",
        "Correct `said`, `fresh_from` or `stale_after`.",
    ),
    "a quote that goes stale before it was said": Broken(
        "quotes.yml", "stale_after: 2021-10-20", "stale_after: 2021-05-31", "quotes.1.stale_after",
        "The quote goes stale before it can be used.", "2021-05-31", "2021-06 or later",
        "Correct `said`, `fresh_from` or `stale_after`.",
    ),
    "a sample of a dataset that is not there": Broken(
        "desk.yml", "sample: police-outcomes", "sample: weather", "sample",
        "The desk has no dataset `weather`.", "weather", "police-outcomes or recorded-crime",
        "Use the id of a file in config/datasets.",
    ),
    "a story of a dataset that is not there": Broken(
        CHARGED, "dataset: police-outcomes", "dataset: police-outcome", "dataset",
        "The desk has no dataset `police-outcome`.", "police-outcome",
        "police-outcomes or recorded-crime", "Did you mean police-outcomes?",
    ),
    "a count that the dataset does not have": Broken(
        CHARGED, "count: closed\n    outcomes: [1]", "count: close\n    outcomes: [1]",
        "measures.charged.count",
        "`charged` counts `close`, which police-outcomes does not have.", "close",
        "recorded or closed", "Did you mean closed?",
    ),
    "an outcome that the dataset does not have": Broken(
        CHARGED, "outcomes: [1]", "outcomes: [1, 19]", "measures.charged.outcomes.2",
        "There is no outcome `19` in police-outcomes.", "19",
        "1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 20, 21, 22, "
        "or a range such as 1-22",
        "Use codes of config/datasets/police-outcomes.yml.",
    ),
    "type 0, which is no outcome": Broken(
        CHARGED, "outcomes: [1]", "outcomes: [0]", "measures.charged.outcomes.1",
        "Code 0 of police-outcomes (Not yet assigned an outcome) is not an outcome and is in no "
        "total.", "0",
        "1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 20, 21, 22, "
        "or a range such as 1-22",
        "Use codes of config/datasets/police-outcomes.yml.",
    ),
    "a range with no outcome in it": Broken(
        CHARGED, "outcomes: [1]", "outcomes: [22-1]", "measures.charged.outcomes.1",
        "There is no outcome from 22 to 1 in police-outcomes.", "22-1",
        "1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 20, 21, 22, "
        "or a range such as 1-22",
        "Use codes of config/datasets/police-outcomes.yml.",
    ),
    "a measure of no outcome at all": Broken(
        CHARGED, "outcomes: [1]", "outcomes: []", "measures.charged.outcomes",
        "The value of `outcomes` cannot be used.", "an empty list",
        "a list, with at least one in it", CORRECT,
    ),
    "a share of a share": Broken(
        CHARGED, "    of: closed", "    of: rate", "measures.rate.of",
        "`rate` is a share made with `rate`, which is itself a share.", "rate",
        "closed or charged", "Make it a share of one count in another.",
    ),
    "a share of nothing known": Broken(
        CHARGED, "    of: closed", "    of: close", "measures.rate.of",
        "`rate` is a share made with `close`, which is none of the measures.", "close",
        "closed or charged", "Did you mean closed?",
    ),
    "a lead that is no measure": Broken(
        CHARGED, "lead: rate", "lead: rates", "lead",
        "`lead` is none of the measures.", "rates", "closed or charged or rate",
        "Did you mean rate?",
    ),
    "a baseline that is no period": Broken(
        CHARGED, "baseline: previous", "baseline: before the war", "baseline",
        "`baseline` is no calendar year.", "before the war",
        "previous, or a calendar year such as 2019",
        "Set the story against the period before, or against a fixed one.",
    ),
    "a baseline of another kind than the period": Broken(
        CHARGED, "baseline: previous", "baseline: 2018/19", "baseline",
        "`baseline` is no calendar year.", "2018/19",
        "previous, or a calendar year such as 2019",
        "Set the story against the period before, or against a fixed one.",
    ),
    "two forces with the same id": Broken(
        "forces.yml", "id: cheshire", "id: bedfordshire", "forces.4.id",
        "Two areas have the same id.", "bedfordshire", "", "Give each an id of its own.",
    ),
    "two forces with the same name": Broken(
        "forces.yml", "names: [Cheshire]", "names: [Cheshire, BEDFORDSHIRE]", "forces.4.names",
        "Both bedfordshire and cheshire are called “bedfordshire”.", "", "",
        "Take the name from the one that tables do not call so.",
    ),
    "a character that no text has": Broken(
        "forces.yml", "name: Cheshire", 'name: "Ches\\ahire"', "forces.4.name",
        "There is a character in it that no text has.", "U+0007",
        "letters, digits, punctuation and spaces",
        "Take it out; in quotation marks YAML reads \\ as the start of one.",
    ),
    "such a character in a list": Broken(
        "forces.yml", "names: [Cheshire]", 'names: [Cheshire, "Ches\\x1Fhire"]', "forces.4.names.2",
        "There is a character in it that no text has.", "U+001F",
        "letters, digits, punctuation and spaces",
        "Take it out; in quotation marks YAML reads \\ as the start of one.",
    ),
    "a mark of the template engine": Broken(
        "forces.yml", "name: Cheshire", 'name: "Ches\ue000hire"', "forces.4.name",
        "There is a character in it that no text has.", "U+E000",
        "letters, digits, punctuation and spaces",
        "Take it out; in quotation marks YAML reads \\ as the start of one.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
def test_a_fault_says_where_what_and_how_to_mend_it(copied, broken):
    line = copied.change(broken.file, broken.old, broken.new)

    fault = copied.fault()

    assert fault.file == f"config/{broken.file}"
    assert fault.line == line + _lines_down(broken)
    assert fault.key == broken.key
    assert (fault.what, fault.found) == (broken.what, broken.found)
    assert (fault.expected, fault.mend) == (broken.expected, broken.mend)
    assert not PYDANTIC.search(f"{fault.what} {fault.found} {fault.expected} {fault.mend}")


def _lines_down(broken: Broken) -> int:
    """Return how far down the change the fault is: on the line of its key."""
    key = next(step for step in reversed(broken.key.split(".")) if not step.isdigit())
    return next(at for at, line in enumerate(broken.new.splitlines()) if f"{key}:" in line)


def test_the_desk_that_comes_with_newscopy_has_no_fault(copied):
    assert sorted(copied.load().stories) == ["charged", "victim-withdrawal"]


def test_a_quote_may_go_stale_in_the_month_in_which_it_was_said(copied):
    copied.change("quotes.yml", "stale_after: 2021-10-20", "stale_after: 2021-06-01")
    assert copied.load().quotes[0].said == "2021-06"


def test_everything_wrong_with_a_quote_is_told_at_once(copied):
    copied.change("quotes.yml", "    source: statement carried by local papers in June 2021\n", "")
    copied.change("quotes.yml", "stale_after: 2021-10-20", "stale_after: 2021-05-12")

    missing, stale = copied.faults()

    assert (missing.what, missing.key) == ("The key `source` is missing.", "quotes.1.source")
    assert (missing.line, missing.mend) == (5, "Add `source:` here.")
    assert (stale.key, stale.expected) == ("quotes.1.stale_after", "2021-06 or later")


def test_a_key_that_is_missing(copied):
    copied.change(CHARGED, "lead: rate\n", "")
    fault = copied.fault()
    assert (fault.file, fault.line, fault.key) == ("config/stories/charged.yml", 2, "lead")
    assert (fault.what, fault.found) == ("The key `lead` is missing.", "nothing")
    assert fault.mend == "Add `lead:` here."
    assert "lower-case letter" in fault.expected


def test_a_key_that_is_missing_inside_another_has_the_line_of_the_other(copied):
    copied.change(CHARGED, "    label: offences closed\n", "")
    fault = copied.fault()
    assert (fault.line, fault.key) == (
        copied.line_of(CHARGED, "  closed:"),
        "measures.closed.label",
    )
    assert (fault.what, fault.expected) == ("The key `label` is missing.", "text")


def test_a_measure_that_is_both_count_and_share(copied):
    copied.change(CHARGED, "    share: charged\n", "    share: charged\n    count: closed\n")
    fault = copied.fault()
    assert (fault.line, fault.key) == (copied.line_of(CHARGED, "  rate:"), "measures.rate")
    assert fault.what == "Give either `count`, or `share` and `of`."


def test_a_share_that_filters(copied):
    copied.change(CHARGED, "    share: charged\n", "    share: charged\n    outcomes: [1]\n")
    assert copied.fault().what == "A share takes no filter: give it to the counts it is made of."


@pytest.mark.parametrize(
    ("asked", "field"), [("offence_groups", "offence_group"), ("offence_codes", "offence_code")]
)
def test_a_filter_by_a_column_that_the_dataset_does_not_have(copied, asked, field):
    name = field.replace("_", " ").title()
    copied.change("datasets/police-outcomes.yml", f"  {field}:\n    headers: [{name}]\n", "")
    copied.change(CHARGED, "    outcomes: [1]\n", f"    outcomes: [1]\n    {asked}: [Robbery]\n")
    fault = copied.fault()
    assert (fault.line, fault.key) == (copied.line_of(CHARGED, asked), f"measures.charged.{asked}")
    assert fault.what == (
        f"`charged` asks for `{asked}`, a column that police-outcomes does not have."
    )
    assert "config/datasets/police-outcomes.yml" in fault.mend


def test_a_file_is_called_after_the_id_in_it(copied):
    copied.path(CHARGED).rename(copied.path("stories/charges.yml"))
    fault = copied.fault()
    assert (fault.file, fault.line, fault.key) == ("config/stories/charges.yml", 2, "id")
    assert (fault.found, fault.expected) == ("charged", "charges")
    assert fault.mend == "Rename the file to charged.yml, or write `id: charges`."


def test_an_empty_folder_of_stories(copied):
    for path in copied.path("stories").glob("*.yml"):
        path.unlink()
    fault = copied.fault()
    assert (fault.file, fault.what) == ("config/stories", "The desk has no stories.")
    assert fault.mend == "Put at least one .yml file into config/stories."


def test_a_folder_that_is_no_desk(copied):
    copied.path("").rename(copied.folder / "configuration")
    fault = copied.fault()
    assert fault.file == str(copied.folder)
    assert "newscopy init DIR" in fault.mend


def test_faults_of_several_files_are_told_at_once(copied):
    copied.change(STYLE, "figures_from: 10 ", "figures_from: ten ")
    copied.change(STYLE, "neighbours: 4 ", "neighbours: 0 ")
    copied.change(CHARGED, "lead: rate", "lead: rates")
    copied.change("desk.yml", "name: newscopy", "nam: newscopy")
    copied.path("quotes.yml").unlink()
    assert sorted((fault.file, fault.key) for fault in copied.faults()) == [
        ("config/desk.yml", "nam"),
        ("config/desk.yml", "name"),
        ("config/quotes.yml", ""),
        ("config/stories/charged.yml", "lead"),
        ("config/style.yml", "doubts.neighbours"),
        ("config/style.yml", "figures_from"),
    ]


def test_faults_between_files_are_told_at_once(copied):
    copied.change(REGISTER, "area: greater-manchester", "area: rutland")
    copied.change("quotes.yml", "story: victim-withdrawal", "story: weather")
    copied.change(CHARGED, "outcomes: [1]", "outcomes: [0, 19, 99]")
    assert [(fault.file, fault.key) for fault in copied.faults()] == [
        ("config/comparability.yml", "entries.1.area"),
        ("config/quotes.yml", "quotes.1.story"),
        ("config/stories/charged.yml", "measures.charged.outcomes.1"),
        ("config/stories/charged.yml", "measures.charged.outcomes.2"),
        ("config/stories/charged.yml", "measures.charged.outcomes.3"),
    ]


def test_a_range_takes_the_outcomes_within_it_and_neither_0_nor_19(copied):
    dataset = copied.load().datasets["police-outcomes"]
    codes = expand_codes(["0-22"], dataset)
    assert codes == expand_codes(["1-22"], dataset)
    assert codes == tuple(str(number) for number in [*range(1, 19), 20, 21, 22])


def test_codes_are_in_the_datasets_order_and_once(copied):
    dataset = copied.load().datasets["police-outcomes"]
    assert expand_codes(["16", "14-15", "14"], dataset) == ("14", "15", "16")


def test_a_quote_may_be_dated_to_the_day(copied):
    copied.change("quotes.yml", "said: 2021-06", "said: 2021-06-14")
    assert copied.load().quotes[0].said == "2021-06-14"


def test_a_fixed_baseline_of_the_periods_kind(copied):
    copied.change(CHARGED, "baseline: previous", "baseline: 2019")
    assert copied.load().stories["charged"].baseline == "2019"


def test_codes_are_the_text_that_stands_there(copied):
    copied.change(
        CHARGED, "    outcomes: [1]\n", "    outcomes: [1]\n    offence_codes: [4.10, 010, 8N]\n"
    )
    codes = copied.load().stories["charged"].measures["charged"].offence_codes
    assert codes == ("4.10", "010", "8N")


def test_the_register_cannot_take_out_the_nation(copied):
    copied.change("comparability.yml", "area: greater-manchester", "area: england-and-wales")
    fault = copied.fault()
    assert "england-and-wales" in fault.what + fault.found
    assert (fault.file, fault.key) == ("config/comparability.yml", "entries.1.area")


def test_a_header_stands_for_one_column(copied):
    copied.change(
        "datasets/police-outcomes.yml",
        "      - Outcomes for investigations closed in the quarter",
        "      - Force outcomes for offences recorded in quarter",
    )
    fault = copied.fault()
    assert "stands for two columns, recorded and closed" in fault.what
    assert fault.key == "counts.closed.headers"


def test_a_tag_is_told_its_form(copied):
    copied.change("desk.yml", "tag: ", "tag: bad tag ")
    fault = copied.fault()
    assert fault.key == "tag"
    assert fault.expected.startswith("a domain that is yours and a day on which it was")


def test_keys_that_an_earlier_version_had_are_told_and_decide_nothing(copied):
    copied.change(STYLE, "smallest_basket: 75 ", "collapse_below: 55\nsmallest_basket: 75 ")
    style = copied.load().style
    assert style.retired == ("collapse_below",)
    assert style.smallest_basket == 75
