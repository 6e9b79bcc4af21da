"""The compact list of which offence codes exist, without what they mean: enough to tell a known code from an unknown one.

A line is an act's prefix and the numbers of three digits under it, `PH97 001-012 501-505`; a variant letter follows a
stroke, `PH97/A 003`; codes of another form follow an equals sign, `= 05LGPRIV 07DOG1`; `#` begins a remark.
"""

import re
from collections.abc import Iterator

from craffu.intake.code_tables.reasons import Unusable

RANGES_NAME = "offence_codes.txt"
RANGES_LIST = "offence"

_PREFIX = re.compile(r"([0-9A-Za-z]+)(?:/([A-Z]))?", re.ASCII)
_NUMBERS = re.compile(r"(\d{3})(?:-(\d{3}))?", re.ASCII)
_REMARK, _PLAIN = "#", "="


def codes_in(line: str) -> Iterator[str]:
    """Every code that a line of the list names. Raises `Unusable` for a line that is not of its form."""
    first, *others = line.split()
    if first.startswith(_REMARK):
        return
    if first == _PLAIN:
        yield from others
        return
    prefix = _PREFIX.fullmatch(first)
    if prefix is None or not others:
        raise Unusable("range_unreadable")
    for numbers in others:
        for number in _numbers(numbers):
            yield f"{prefix[1]}{number:03}{prefix[2] or ''}"


def _numbers(words: str) -> range:
    found = _NUMBERS.fullmatch(words)
    if found is None or (found[2] and found[2] < found[1]):
        raise Unusable("range_unreadable")
    return range(int(found[1]), int(found[2] or found[1]) + 1)
