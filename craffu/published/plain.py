"""Answers of the rules about figures in plain numbers and words, rounded as they are printed (MSR-02, MSR-04).

A share, a rate and a difference have four decimals; a change is in per cent with two.
"""

from collections.abc import Mapping
from typing import Any, Final

from craffu.published.rules import Answer, Count, Mark, Why, difference, rate, relative_change, share

NOTES: Final[Mapping[Why | Mark, str]] = {
    Why.NO_CASES: "no cases",
    Why.NO_CASES_BEFORE: "no cases before",
    Mark.READ_WITH_CARE: "fewer than 30: read with care",
}


def plain_share(numerator: int, denominator: int) -> dict[str, Any]:
    """A share of a whole with both its counts."""
    answer = share(Count(numerator), Count(denominator))
    return {"numerator": numerator, "denominator": denominator, **_plain(answer)}


def plain_rate(count: int, base: int, per: int) -> dict[str, Any]:
    return _plain(rate(Count(count), base, per))


def plain_change(before: int, after: int) -> dict[str, Any]:
    return _plain(relative_change(Count(before), Count(after)), 100, 2)


def plain_difference(part1: int, whole1: int, part2: int, whole2: int) -> dict[str, Any]:
    return _plain(difference(part1, whole1, part2, whole2))


def _plain(answer: Answer, scale: int = 1, decimals: int = 4) -> dict[str, Any]:
    notes: list[Why | Mark] = [*([answer.why] if answer.why else []), *answer.marks]
    return {
        "value": None if answer.value is None else round(answer.value * scale, decimals),
        "interval": [round(end * scale, decimals) for end in answer.interval] if answer.interval else None,
        "note": next((NOTES.get(note, note.value) for note in notes), None),
    }
