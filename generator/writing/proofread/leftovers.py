"""What should never be in copy: placeholders, marks, doubled words and phrases, "an 29%"."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_PLACEHOLDERS = re.compile(
    r"\{[{%#]|[}%#]\}|\[[A-Z][^\]]*\]|<[^>]*>"
    r"|\b(?:(?:None|nan|NaN|undefined|TODO|TK|XX+|Lorem ipsum)\b|(?:Fraction|Figure)\()"
)
_BRACKETED = re.compile(r"\[[^\]]*+\]")
_TO_COME = re.compile(r"\bto come\b", re.IGNORECASE)
_DOUBLED = re.compile(r"\b([^\W\d_]+)[ \u00a0]+\1\b", re.IGNORECASE)
_MAY_DOUBLE = {"had", "that", "twenty"}  # the last in a year that is spoken
# Two to five words twice. The space before them is a start that is quickly found.
_DOUBLED_PHRASE = re.compile(r" ([^\s.,;:]++(?: [^\s.,;:]++){1,4}) \1\b")
_STRESSED = re.compile(r"and \S+|\S+ and")  # "again and again and again"
_ARTICLE = re.compile(r"\b(an?)[ \u00a0]+(\d[\d,]*(?:\.\d+)?)", re.IGNORECASE)
_PUNCTUATION = re.compile(r" [,.;:](?=\s|$)|,,|\.\.(?!\.)|;;|,\.|\(\s|\s\)| {2,}")


def find_to_come(text: str) -> list[tuple[int, int]]:
    """Return where a place is kept for words that are not there yet: “[The response is to come.]”.

    A bracket that is never closed is not looked into: there may be thousands.
    """
    closed = text.rfind("]") + 1
    brackets = _BRACKETED.finditer(text, 0, closed)
    return [match.span() for match in brackets if _TO_COME.search(match[0])]


def find_leftovers(text: str) -> Iterator[tuple[str, str]]:
    """Yield what must not be in a passage, and the mend."""
    if _PRIVATE.search(text):
        yield (
            "There is a character that no font has: a mark of the template engine.",
            "Take it out; report it if nobody pasted it in.",
        )
    for character in dict.fromkeys(_NOT_ASCII.findall(text)):
        if _is_strange(character):
            yield (
                f"“{character}” ({unicodedata.name(character, 'unnamed')}) can hide what a word "
                "or a number is.",
                "Type the word again, in plain letters and digits.",
            )
    to_come = find_to_come(text)
    for low, high in to_come:
        yield (
            f"“{text[low:high]}” keeps a place for words that are to come.",
            "Enter a force's answer in config/replies.yml, or close it there with a reason, and "
            "run again; anything else write or take out.",
        )
    rest = _cut(text, to_come)
    for match in _PLACEHOLDERS.finditer(_closed(rest)):
        yield (
            f"“{rest[match.start() : match.end()]}” is left over from a template.",
            "Write what it stands for.",
        )
    for match in _DOUBLED.finditer(text):
        if match[1].casefold() not in _MAY_DOUBLE:
            yield f"“{match[0]}” has a word twice.", "Take one out."
    for match in _DOUBLED_PHRASE.finditer(f" {text}"):
        if not _STRESSED.fullmatch(match[1]):
            yield f"“{match[0].strip()}” has the same words twice.", "Take one out."
    for match in _ARTICLE.finditer(text):
        if (match[1].casefold() == "an") is not _begins_with_a_vowel(match[2]):
            yield f"“{match[0]}” has the wrong article.", "Write it as it is read aloud."
    stray = _PUNCTUATION.search(text)
    if stray:
        around = text[max(stray.start() - 12, 0) : stray.end() + 6]
        yield f"“{around}” has a stray space or stop.", "Take it out."


def _cut(text: str, spans: list[tuple[int, int]]) -> str:
    """Return a text without what stands there."""
    starts = [0, *(high for _, high in spans)]
    ends = [*(low for low, _ in spans), len(text)]
    return "".join(text[start:end] for start, end in zip(starts, ends, strict=True))


def _closed(text: str) -> str:
    """Return a text with spaces for the brackets that nothing closes: none is worth a search."""
    for opening, closing in ("[]", "<>"):
        end = text.rfind(closing) + 1
        text = text[:end] + text[end:].replace(opening, " ")
    return text


def doubled_sentence(sentences: list[str]) -> str:
    """Return a sentence that stands in the copy twice, "" where none does."""
    seen = set()
    for sentence in sentences:
        if len(sentence.split()) > 2 and sentence in seen:
            return sentence
        seen.add(sentence)
    return ""


def _begins_with_a_vowel(number: str) -> bool:
    """Tell whether a number is read aloud with a vowel first: 8, 11, 18, 80, 11,000."""
    whole = number.split(".", maxsplit=1)[0]
    leading = whole.split(",")[0]
    if "," not in whole and len(leading) > 3:
        leading = leading[: len(leading) % 3 or 3]
    return leading.startswith("8") or leading in ("11", "18")


def _is_strange(character: str) -> bool:
    """Tell whether a character cannot be seen, is of another script, or is a number of its own.

    Accents are of the Latin script: Llandudno has none, and Dŵr Cymru has.
    """
    kind = unicodedata.category(character)
    if kind in ("Cf", "Cc", "No", "Nl") or (kind == "Nd"):
        return True
    return kind.startswith("L") and "LATIN" not in unicodedata.name(character, "")
