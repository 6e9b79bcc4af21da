"""Whether a reference says which record is meant: a wrong one would make one person of several (INT-04, IDN-01).

Pure. A system without a reference often writes NULL, and a spreadsheet shortens long numbers to 1.23457E+11, so that the
numbers of many records become the same.
"""

import re
from collections.abc import Sequence
from typing import Final

ROUNDED: Final = "reference_rounded"
UNREADABLE: Final = "characters_unreadable"

# Whole cells, folded, that stand where a system has no reference.
_NONE: Final = frozenset(
    {
        "null", "(null)", "<null>", "none", "nil", "nan", "n/a", "na", "#n/a", "n/k", "nk", "unknown", "not known",
        "undefined", "tbc", "tba", "#ref!", "#value!", "#name?", "#null!", "#num!", "#div/0!", "-", "--", ".", "?",
    }
)  # fmt: skip
_ROUNDED = re.compile(r"-?\d(?:\.\d+)?[eE]\+\d+|\d{15,}\.0", re.ASCII)


def usable(references: Sequence[str]) -> tuple[list[str], dict[int, str]]:
    """References, blank where there is none, and by place why one cannot be used."""
    said = "\n".join(references)
    if not _NONE.isdisjoint(said.casefold().split("\n")):
        references = ["" if reference.casefold() in _NONE else reference for reference in references]
    problems: dict[int, str] = {}
    # Most columns have nothing wrong in any cell, and that is seen at one look.
    if "+" in said or ".0" in said:
        problems |= {at: ROUNDED for at, reference in enumerate(references) if _ROUNDED.fullmatch(reference)}
    if not "".join(references).isprintable():
        problems |= {at: UNREADABLE for at, reference in enumerate(references) if not reference.isprintable()}
    return list(references), problems
