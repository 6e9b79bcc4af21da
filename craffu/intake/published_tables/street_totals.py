"""Control totals of a file of street-level crime: what it holds, by which its publisher's own figures can be checked."""

from __future__ import annotations

import re
from typing import Final

from craffu.common.frames import pl
from craffu.intake.published_tables.street_rows import (
    CRIME_ID,
    CRIME_TYPE,
    LSOA_CODE,
    LSOA_NAME,
    NEEDS,
    OUTCOME,
    Shaped,
)

_MOST_NAMED: Final = 100
_NUMBER: Final = "number"


def street_totals(frame: pl.DataFrame, shaped: Shaped) -> dict[str, int]:
    """Control totals of a file: what it holds, whether it is news or not. `rows` and `outside` are for the caller to fill in."""
    anonymous = frame.filter(pl.col(CRIME_ID) == "")
    # A row with a Crime ID of its own repeats no other.
    found = {
        "rows": 0,
        "no_crime_id": anonymous.height,
        "repeated_rows": _repeated(anonymous.select(NEEDS)) + _repeated(shaped.again.select(NEEDS)),
        "repeated_crime_ids": _repeated(shaped.again.select(CRIME_ID)),
        "no_location": int((frame[LSOA_CODE] == "").sum()),
        "outside": 0,
        "areas": _counted(frame, LSOA_CODE).height,
    }
    places = _counted(frame, LSOA_NAME).with_columns(pl.col(LSOA_NAME).str.replace(r" [^ ]*$", ""))
    districts = places.group_by(LSOA_NAME).agg(pl.col(_NUMBER).sum())
    for prefix, counted in (
        ("type", _counted(frame, CRIME_TYPE)),
        ("outcome", _counted(frame, OUTCOME)),
        ("district", districts),
    ):
        most = counted.sort(_NUMBER, pl.first(), descending=[True, False]).head(_MOST_NAMED)
        found.update({f"{prefix}_{_slug(words)}": number for words, number in most.iter_rows()})
    return found


def _repeated(frame: pl.DataFrame) -> int:
    """How many rows are the same as an earlier one."""
    return frame.height - frame.n_unique() if frame.height else 0


def _counted(frame: pl.DataFrame, name: str) -> pl.DataFrame:
    """How often each word stands in a column."""
    return frame[name].value_counts(name=_NUMBER).filter(pl.col(name) != "")


def _slug(words: str) -> str:
    return re.sub(r"\W+", "_", words.casefold()).strip("_")[:80]
