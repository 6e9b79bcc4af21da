"""The records of a whole table as the columns that the model compares, with what far too many of them say left out.

Pure. What is said of one record is in `rows`; what only all of them together show is here.
"""

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Final

import numpy as np

from craffu.engines.columns import Columns
from craffu.linkage.standard.dates import NOT_GIVEN
from craffu.linkage.standard.identifiers import MOST_OF_ONE_PERSON
from craffu.linkage.standard.rows import LISTS, NUMBERS, Cuts, Given, Row, birth_columns, cut, row_of

# More first days of January than one in so many whole dates were not written because somebody was born on one.
_FIRSTS_IN: Final = 60
_FEWEST: Final = 30
# No more than one in so many were born on one day, even where only a few days are said at all.
_MOST_ON_ONE_DAY: Final = 10
_MOST_OF_A_HOME: Final = 12
_FIRST_OF_JANUARY: Final = "0101"


def standardised(records: Iterable[Given], others: Sequence[str] = ()) -> list[Row]:
    """The records in order, each as its columns, with what far too many of them say left out."""
    return list(read_rows(records, others)[0])


def read_rows(records: Iterable[Given], others: Sequence[str] = ()) -> tuple[Columns, Cuts[frozenset[str]]]:
    """The records in order, each as its columns, and what was left out of them."""
    rows = Columns.of((row_of(one, others) for one in records), LISTS, NUMBERS)
    if not len(rows):
        return rows, Cuts(frozenset(), frozenset())
    cuts = _cuts(rows)
    doubtful = rows.among("identifier", cuts.identifiers) | rows.among("born", cuts.dates)
    if cuts.first_of_january:
        doubtful |= rows.among("birthday", [_FIRST_OF_JANUARY])
    return rows.changed(doubtful, ["identifier", *birth_columns(NOT_GIVEN)], partial(cut, cuts=cuts)), cuts


def _cuts(rows: Columns) -> Cuts[frozenset[str]]:
    most_of_one = max(MOST_OF_ONE_PERSON, len(rows) // 2_000)
    common = rows.counts("born")
    whole = sum(common.values())
    firsts = sum(count for value, count in common.items() if value[4:] == _FIRST_OF_JANUARY)
    nobodys = max(_FEWEST, whole // _MOST_ON_ONE_DAY)
    most = min(max(_FEWEST, 20 * whole // max(1, len(common))), nobodys)
    # Of a date that a tenth say the year says no more: it stands among the cuts too.
    dates = {value for value, count in common.items() if count > most}
    dates |= {value[:4] for value, count in common.items() if count > nobodys}
    return Cuts(
        frozenset(rows.counts("identifier", more_than=most_of_one)),
        frozenset(dates),
        firsts > _FEWEST and firsts * _FIRSTS_IN > whole,
    )


def homes_are_shared(rows: Columns) -> bool:
    """Whether people of other names and birthdays live at one home in this table: then twins do, and fathers and sons.

    Held against how many of one home share the birthday alone: where nobody shares a home, those are slips in a name. In a table
    that mostly says years, as a census does, the year stands for the birthday.
    """
    if not len(rows):
        return False
    when = "born" if 2 * rows.said("born") >= rows.said("born_year") else "born_year"
    home, given, day = (rows.codes(name) for name in ("home_there", "given_heard", when))
    known = np.flatnonzero((home >= 0) & (given >= 0) & (day >= 0))
    order = known[np.argsort(home[known], kind="stable")]
    home, given, day = home[order], given[order], day[order]
    starts = np.flatnonzero(np.r_[True, home[1:] != home[:-1]]) if len(home) else order
    among = np.arange(len(home)) - np.repeat(starts, np.diff(np.r_[starts, len(home)]))
    others = doubtful = 0
    for step in range(1, _MOST_OF_A_HOME):
        one, other = slice(None, -step), slice(step, None)
        two = (home[one] == home[other]) & (among[other] < _MOST_OF_A_HOME) & (given[one] != given[other])
        others += int((two & (day[one] != day[other])).sum())
        doubtful += int((two & (day[one] == day[other])).sum())
    return others > doubtful
