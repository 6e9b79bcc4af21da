"""Takes one value out of an entry of a code list; a value of the wrong kind makes the row unusable, never a guess (INT-03).

Codes are read as text: a code that came as a number may have lost its noughts.
"""

from collections.abc import Callable, Mapping
from datetime import date

from lxml import html

from craffu.intake.code_tables.reasons import Unusable

type Entry = Mapping[str, object]
type Value = str | int | bool | list[str] | None
type Reading = Callable[[Entry], Value]


def text_of(entry: Entry, key: str) -> str:
    """The text of a key without surrounding spaces; absent is empty."""
    value = entry.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise Unusable("not_text", key)
    return value.strip()


def text(key: str) -> Reading:
    """Words or a code, as they stand."""
    return lambda entry: text_of(entry, key)


def joined(*readings: Reading, by: str = "") -> Reading:
    """One code made of several values; without one of them there is no code."""

    def reading(entry: Entry) -> Value:
        parts = [str(part(entry) or "") for part in readings]
        return by.join(parts) if all(parts) else ""

    return reading


def looked_up(key: str, table: Mapping[str, str], reason: str) -> Reading:
    """What a table says for a value; a value it does not know makes the row unusable for `reason`."""

    def reading(entry: Entry) -> Value:
        words = text_of(entry, key)
        if words and words not in table:
            raise Unusable(reason, key)
        return table.get(words, "")

    return reading


def day(key: str) -> Reading:
    """A date written year-month-day, as such."""

    def reading(entry: Entry) -> Value:
        found = day_of(text_of(entry, key), key)
        return found.isoformat() if found else ""

    return reading


def day_of(words: str, key: str) -> date | None:
    """The date, or None for an empty value."""
    try:
        return date.fromisoformat(words) if words else None
    except ValueError:
        raise Unusable("date_unreadable", key) from None


def text_unless_same_as(key: str, other: str) -> Reading:
    """Words, unless they only repeat another value."""

    def reading(entry: Entry) -> Value:
        words = text_of(entry, key)
        return "" if words == text_of(entry, other) else words

    return reading


def yes_no(key: str) -> Reading:
    """True, false or absent."""

    def reading(entry: Entry) -> Value:
        value = entry.get(key)
        if value is None or isinstance(value, bool):
            return value
        raise Unusable("not_yes_or_no", key)

    return reading


def whole(key: str) -> Reading:
    """A whole number written as text, or absent."""

    def reading(entry: Entry) -> Value:
        digits = text_of(entry, key)
        if not digits:
            return None
        if not (digits.isascii() and digits.isdigit() and len(digits) < 10):
            raise Unusable("not_a_number", key)
        return int(digits)

    return reading


def listed(key: str) -> Reading:
    """A list of codes parted by commas; stray spaces and trailing commas are not codes."""
    return lambda entry: [part.strip() for part in text_of(entry, key).split(",") if part.strip()]


def lines(key: str) -> Reading:
    """The lines of a text in HTML, as plain words."""

    def reading(entry: Entry) -> Value:
        words = html.fromstring(f"<div>{text_of(entry, key)}</div>").itertext()
        return [" ".join(line.split()) for line in map(str, words) if line.strip()]

    return reading
