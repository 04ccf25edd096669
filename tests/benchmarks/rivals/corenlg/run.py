"""Tell the story of every area with CoreNLG, so many times over, and say how long each took.

    python run.py FACTS.json ARTICLES.json ROUNDS

It runs in an environment that has CoreNLG and not newscopy. The story is victim-withdrawal,
with the branches of templates/victim-withdrawal/article.md.j2 that the forces of the sample
release take.
"""

import json
import sys
import time
from importlib.metadata import version
from pathlib import Path

from CoreNLG.DocumentConstructors import Datas, Document, TextClass


class AreaDatas(Datas):
    """The facts of one area: whatever is set here every part of the text has too."""

    def __init__(self, area):
        super().__init__(area)
        self.area = area
        self.where = area["where"]
        self.there = area["there"]
        self.when = area["when"]
        self.rate = area["rate"]
        self.withdrawn = area["withdrawn"]
        self.nation = area["nation"]
        self.almeida = area["quotes"].get("almeida")
        self.upward = self.almeida and self.nation["rate"]["on_baseline"]["higher"]


class Part(TextClass):
    """A part of the article, in a section of its own."""

    def __init__(self, document):
        super().__init__(document.new_section())
        self.tell()
        document.write_section(self.section)

    def paragraph(self, *words):
        """Add a paragraph; words that are "" leave no gap."""
        self.text = self.nlg_tags("p", self.free_text(*words))

    def quoted(self, words):
        """Return words in quotation marks, kept from what CoreNLG does to punctuation."""
        return self.no_interpret(f"“{words}”")

    def count(self, number):
        """Return a count with commas: the defaults for English leave a space there."""
        return self.nlg_num(number, thousand_sep=",")

    def share(self, number, decimals=1):
        """Return a share as a percentage without a trailing .0."""
        return self.nlg_num(100 * number, dec=decimals, short="%")

    def just(self, measure):
        """Return the first figure of a measure, "just" so much where it is small."""
        first = self.share(measure["first"])
        return f"just {first}" if measure["first_is_small"] else first

    def change(self, measure):
        """Return how a measure compares with its baseline."""
        moved = measure["on_baseline"]
        baseline, period = self.share(measure["baseline"]), measure["baseline_period"]
        slightly = "slightly " if moved["slight"] else ""
        if moved["higher"]:
            return f"{slightly}up from {baseline} in {period}"
        if moved["lower"]:
            return f"{slightly}down from {baseline} in {period}"
        return f"broadly unchanged from {period}"

    def campaigners(self):
        """Add the paragraph on what campaigners say of the two nations."""
        self.paragraph("Campaigners say", self.almeida["let_down"], ".")

    def untold(self, what):
        """Stop at what the forces of the sample release have not."""
        raise ValueError(f"{self.area['id']}: this text does not tell {what}")


class Opening(Part):
    """The headline, the intro, and what campaigners say where the rate rose."""

    def tell(self):
        headline, intro = self.choose()
        self.text = self.nlg_tags("h1", headline)
        self.paragraph(intro)
        if self.upward and self.rate["on_baseline"]["higher"]:
            self.campaigners()

    def choose(self):
        """Return the headline and the intro that fit the findings."""
        where, there = self.where, self.there
        when, rate = self.when, self.rate
        moved, period = rate["on_baseline"], rate["baseline_period"]
        after = "after alleged victims drop out"
        withdrew = "after alleged victims withdrew support for their case, figures reveal."
        if self.withdrawn["record_high"] and not moved["lower"]:
            return (
                f"Record number of criminal cases collapse {there} {after}",
                f"A record number of criminal offences {where} {when} failed to reach court "
                f"{withdrew}",
            )
        if rate["record_high"]:
            return (
                f"Record share of criminal cases collapse {there} {after}",
                f"A record share of criminal offences {where} {when} failed to reach court "
                f"{withdrew}",
            )
        if rate["joint_high"] or rate["record_low"] or rate["joint_low"]:
            return self.untold("a joint record or a record low")
        if moved["higher"] and self.withdrawn["on_baseline"]["higher"]:
            return (
                f"More criminal cases collapse {there} {after}",
                f"More criminal offences {where} failed to reach court {when} than in {period} "
                f"{withdrew}",
            )
        if moved["lower"] and not self.withdrawn["record_high"]:
            return (
                f"Smaller share of criminal cases collapse {there} {after}",
                f"A smaller share of criminal offences {where} failed to reach court {when} than "
                f"in {period} {withdrew}",
            )
        if moved["level"]:
            return (
                f"Little change in share of criminal cases collapsing {there} {after}",
                f"The share of criminal offences {where} that fail to reach court after alleged "
                f"victims withdraw support for their case was broadly unchanged {when}, figures "
                "show.",
            )
        return self.untold("such a change of rate and number")


class Numbers(Part):
    """What the force closed, its rate, and the rate against the baseline."""

    def tell(self):
        self.paragraph(
            f"{self.area['publisher']} data shows that of",
            self.count(self.area["closed"]["value"]),
            f"offences closed by {self.area['police']} {self.when},",
            self.count(self.withdrawn["value"]),
            "fell through after the alleged victim did not support further action.",
        )
        self.paragraph(self.record_number(), self.own_rate())
        if self.upward and self.rate["record_high"]:
            concern = self.quoted(self.almeida["concern"])
            self.paragraph("Campaigners say the trend across England and Wales is a", concern, ".")
        if self.rate["record_high"]:
            self.beside_the_record()

    def record_number(self):
        """Return the sentence on a record number beside a rate that is none."""
        if not self.withdrawn["record_high"] or self.rate["record_high"]:
            return ""
        although = ", although the rate was not a record high" if self.rate["below_peak"] else ""
        return (
            "That was the highest number since comparable figures were first published in "
            f"{self.withdrawn['first_period']}{although}."
        )

    def own_rate(self):
        """Return the sentence on the force's rate."""
        rate = self.rate
        at, first = f"At {self.share(rate['value'])},", rate["first_period"]
        if rate["record_high"]:
            return (
                f"{at} that was the highest rate of cases to collapse for this reason since "
                f"comparable figures were first published in {first}, when {self.just(rate)} of "
                "offences assigned outcomes that year ended with this result."
            )
        if not rate["on_first"]["higher"]:
            return self.untold("a rate that is not above the first")
        if rate["on_baseline"]["lower"]:
            since = f"but above the {self.share(rate['first'])} of {first}"
        else:
            since = f"and compares with {self.just(rate)} in {first}"
        has_said = self.withdrawn["record_high"]
        began = "" if has_said else ", when comparable figures were first published"
        return (
            f"{at} the rate of cases to collapse for this reason was {self.change(rate)}, "
            f"{since}{began}."
        )

    def beside_the_record(self):
        """Add the paragraph that sets a record against the baseline."""
        if not self.rate["on_baseline"]["higher"]:
            self.untold("a record that is not above the baseline")
        self.paragraph(
            f"The rate {self.there} was also higher than {self.share(self.rate['baseline'])} in "
            f"{self.rate['baseline_period']}."
        )


class EnglandAndWales(Part):
    """The nation's rate against the force's, and whom it leaves out."""

    def tell(self):
        rate = self.nation["rate"]
        self.paragraph(
            "Across England and Wales,",
            self.direction(),
            self.share(rate["value"]),
            f"of criminal cases closed {self.when} collapsed after alleged victims withdrew "
            "support for further action –",
            self.change(rate),
            self.record(rate),
            ".",
        )
        self.paragraph(*map(self.left_out, enumerate(self.area["excluded"])))

    def direction(self):
        """Return how the nation's rate lies to the force's."""
        against = self.rate["against_nation"]
        if against["higher"]:
            return "the rate was lower:"
        if against["lower"]:
            return "the rate was higher:"
        return "the rate was the same:" if against["level"] else ""

    def record(self, rate):
        """Return the words on a record of the nation."""
        if not rate["record_high"]:
            return ""
        return (
            f"and the highest rate since {rate['first_period']}, when {self.just(rate)} were "
            "closed for this reason"
        )

    def left_out(self, numbered):
        """Return the sentence on the forces that are left out for one reason."""
        index, group = numbered
        return self.free_text(
            "Nor do they include" if index else "The figures do not include",
            self.nlg_enum([group["forces"]], sep=",", last_sep="or"),
            "as",
            "it" if len(group["forces"]) == 1 else "they",
            group["reason"],
            self.nlg_enum([group["periods"]], begin_w="for", sep=",", last_sep="and"),
            ".",
        )


class Reaction(Part):
    """What campaigners, and Victim Support, say of the trend."""

    def tell(self):
        said, rose_here = self.almeida, self.rate["on_baseline"]["higher"]
        if not self.upward:
            return
        if not rose_here:
            self.campaigners()
        self.paragraph(
            f"{said['speaker']}, {said['role']} at {said['organisation']}, said the trend across "
            "the two nations was a",
            self.quoted(said["concern"]),
            ".",
        )
        self.paragraph(self.quoted(f"{said['rises']},"), "she said.")
        speaking = "" if rose_here else "Speaking of the two nations,"
        self.paragraph(speaking, f"{said['short']} said {said['factors']}.")
        self.paragraph("She added:", self.no_interpret(f"“{said['core']}"))
        self.paragraph(self.quoted(said["priority"]))


class Suspects(Part):
    """In how many of the cases a suspect was identified, and the Government's answer."""

    def tell(self):
        share = self.area["suspect_share"]
        self.paragraph(
            f"Of the cases dropped {self.there} {self.when} after an alleged victim did not "
            "support further action, a suspect was identified for",
            self.count(self.area["identified"]["value"]),
            "–",
            "around" if share["around"] else "",
            self.share(share["value"], decimals=0),
            self.against_nation(share),
        )
        government = self.area["quotes"].get("government")
        if government:
            self.paragraph(f"A {government['role']} said:", self.quoted(government["commitment"]))

    def against_nation(self, share):
        """Return the end of the sentence: the nation's share, or that it is much the same."""
        if share["against_nation"]["level"]:
            return ", much the same as across England and Wales."
        nation = self.share(self.nation["suspect_share"]["value"], decimals=0)
        return f", compared to {nation} across England and Wales."


def write_article(area):
    """Return the article for one area as HTML."""
    document = Document(AreaDatas(area), lang="en", freeze=True)
    for part in (Opening, Numbers, EnglandAndWales, Reaction, Suspects):
        part(document)
    return document.api_html


def main(facts, articles, rounds):
    """Write the articles of all areas in every round, and the seconds that each round took."""
    areas = json.loads(Path(facts).read_text("utf-8"))
    seconds, texts = [], []
    for _ in range(rounds):
        begun = time.perf_counter()
        texts = [write_article(area) for area in areas]
        seconds.append(time.perf_counter() - begun)
    result = {"version": version("CoreNLG"), "texts": texts, "seconds": seconds}
    Path(articles).write_text(json.dumps(result), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
