"""Whether a text that is to leave holds what is protected about somebody: an address, a telephone, a safe word (VIC-09, SEC-11).

Compared as contacts are searched by, whatever the commas and capitals; an address whatever the spaces, Street written short or
not, with the marks of Welsh letters or without, and each line of it with a number too, so that a postcode alone is found. Of two
readings the one that finds more: a person looks at what is found.
"""

import re
import unicodedata
from collections.abc import Iterable

from craffu.people.homes.finding import tells
from craffu.people.homes.words import SHORT
from craffu.people.rules import searched_by

# A line or a number that is shorter stands in nearly every text by chance.
SHORTEST = 5
# A telephone number is found without its country or its first 0.
LAST_DIGITS = 9
_HOMES = frozenset({"address", "postcode"})
# An address in a sentence is hardly ever longer, in words.
_LONGEST = 16
_WORDS = re.compile(r"(\s+)")
_LINES = re.compile(r"[,;\n]")
# Whatever stands between the digits of a number: spaces, strokes, dashes of every length.
_APART = re.compile(r"[\W_]+")


def kinds_found(text: str, protected: Iterable[tuple[str, str]]) -> dict[str, int]:
    """How many of these contacts, given as kind and value, stand in a text, by kind; those that do not are left out."""
    text = _plain(text)
    words = f" {searched_by('word', text)} "
    packed, digits = (words.replace(" ", ""), _written_long(words)), _APART.sub("", text)
    found: dict[str, int] = {}
    for kind, value in sorted(set(protected)):
        if _stands(kind, value, words, packed, digits) or (kind in _HOMES and tells(text, value)):
            found[kind] = found.get(kind, 0) + 1
    return found


def without(text: str, protected: Iterable[tuple[str, str]], instead: str) -> str:
    """A text with `instead` wherever one of these contacts stands in it, for whoever may read the rest and not that (SEC-06).

    Each time the fewest words that hold one give way. What could not be told apart from the rest takes all of it along.
    """
    values = list(protected)
    if not kinds_found(text, values):
        return text
    parts = _WORDS.split(text)
    for length in range(1, _LONGEST + 1):
        at = 0
        while at < len(parts):
            # Every second part is the space after a word.
            some = parts[at : at + 2 * length - 1]
            if kinds_found("".join(some), values):
                parts[at : at + 2 * length - 1] = [instead]
            at += 2
    found = "".join(parts)
    return instead if kinds_found(found, values) else found


def _plain(text: str) -> str:
    """A text without the signs that nobody sees, and with letters and digits of every width as one."""
    return "".join(one for one in unicodedata.normalize("NFKC", text) if unicodedata.category(one) != "Cf")


def _written_long(words: str) -> str:
    return "".join(SHORT.get(word, word) for word in words.split())


def _stands(kind: str, value: str, words: str, packed: tuple[str, str], digits: str) -> bool:
    if kind == "phone":
        number = searched_by(kind, value)[-LAST_DIGITS:]
        return len(number) >= SHORTEST and number in digits
    if kind in _HOMES:
        both = zip(_readings(value), packed, strict=True)
        return any(len(line) >= SHORTEST and line in text for lines, text in both for line in lines)
    word = searched_by("word", value)
    if kind == "email":
        # It follows what it is written after without a space, as in mailto:her@example.org.
        return len(word) >= SHORTEST and word in packed[0]
    return bool(word) and f" {word} " in words


def _readings(address: str) -> tuple[list[str], list[str]]:
    """The whole, and each line with a number in it, as it is written and with every word written long.

    A town alone is nobody's address.
    """
    numbered = [line for line in _LINES.split(address) if re.search(r"\d", line)]
    parts = [searched_by("address", part) for part in (address, *numbered)]
    return [part.replace(" ", "") for part in parts], [_written_long(part) for part in parts]
