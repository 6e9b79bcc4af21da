"""Rows of a street-level file, column by column: which can be stored, which not and why, and which lie outside the force.

INT-03. A row without Crime ID is as good as any other; one without a place is too. A row outside the force's area is real:
marked and kept. The same Crime ID with two contents in one file is held back: nobody knows which holds.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from craffu.common.frames import pl
from craffu.intake.published_tables.districts import district_of, force_of_district
from craffu.intake.published_tables.reasons import (
    AREA_MISSING,
    AREA_UNKNOWN,
    CRIME_TYPE_MISSING,
    MONTH_UNREADABLE,
    POINT_UNREADABLE,
    TOO_LONG,
    TWO_VALUES,
)
from craffu.published.areas import FORCE, find_area

CRIME_ID: Final = "Crime ID"
MONTH: Final = "Month"
REPORTED_BY: Final = "Reported by"
FALLS_WITHIN: Final = "Falls within"
LONGITUDE: Final = "Longitude"
LATITUDE: Final = "Latitude"
LOCATION: Final = "Location"
LSOA_CODE: Final = "LSOA code"
LSOA_NAME: Final = "LSOA name"
CRIME_TYPE: Final = "Crime type"
OUTCOME: Final = "Last outcome category"
NEEDS: Final = (
    CRIME_ID, MONTH, REPORTED_BY, FALLS_WITHIN, LONGITUDE, LATITUDE, LOCATION, LSOA_CODE, LSOA_NAME, CRIME_TYPE, OUTCOME,
)  # fmt: skip

X, Y = "x", "y"
REASON: Final = "reason"
COLUMN: Final = "column"
OUTSIDE: Final = "outside"
NO_FORCE: Final = "no_force"

_LONGEST: Final = {
    CRIME_ID: 64, REPORTED_BY: 80, FALLS_WITHIN: 80, LOCATION: 160, LSOA_CODE: 9, LSOA_NAME: 80, CRIME_TYPE: 60, OUTCOME: 80,
}  # fmt: skip
_DEGREES: Final = r"^-?\d{1,3}(\.\d{1,20})?$"
_CONTROL: Final = "[\\x00-\\x1f\\x7f]"


@dataclass(frozen=True, slots=True)
class Shaped:
    """The rows that can be stored; the others with `reason` and `column`.

    `again` are the rows of either whose Crime ID stands in the file more than once.
    """

    good: pl.DataFrame
    bad: pl.DataFrame
    again: pl.DataFrame


def shape(frame: pl.DataFrame, *, has_controls: bool = True) -> Shaped:
    """Sort the rows of a file; each keeps its line. `has_controls` as `Columns` says."""
    again = _named_again(frame)
    found = _checks(frame, _torn(again), has_controls=has_controls)
    checks = [(condition.fill_null(value=False), why, where) for condition, why, where in found]
    # Which rows first, and why for those alone: nearly every file has none.
    unusable = frame.select(pl.any_horizontal(condition for condition, _, _ in checks)).to_series()
    good = frame.filter(~unusable) if unusable.any() else frame
    reason, column = pl.lit(None, pl.String), pl.lit(None, pl.String)
    for condition, why, where in reversed(checks):
        reason = pl.when(condition).then(pl.lit(why)).otherwise(reason)
        column = pl.when(condition).then(pl.lit(where)).otherwise(column)
    bad = frame.filter(unusable).with_columns(reason.alias(REASON), column.alias(COLUMN))
    return Shaped(good, bad, again)


def _checks(frame: pl.DataFrame, torn: pl.Series, *, has_controls: bool) -> Iterable[tuple[pl.Expr, str, str]]:
    """What makes a row unusable, the first that holds first."""
    # One look at whole rows: hardly any file has one.
    if has_controls and frame.select(pl.concat_str(NEEDS).str.contains(_CONTROL).any()).item():
        for name in NEEDS:
            yield pl.col(name).str.contains(_CONTROL), "characters_unreadable", name
    yield ~pl.col(MONTH).str.contains(r"^(19|20)\d{2}-(0[1-9]|1[0-2])$"), MONTH_UNREADABLE, MONTH
    for name in (REPORTED_BY, FALLS_WITHIN):
        yield pl.col(name) == "", AREA_MISSING, name
    for name, longest in _LONGEST.items():
        yield pl.col(name).str.len_chars() > longest, TOO_LONG, name
    unknown = [name for name in frame[FALLS_WITHIN].unique() if name and find_area(name) is None]
    yield pl.col(FALLS_WITHIN).is_in(pl.Series(unknown, dtype=pl.String).implode()), AREA_UNKNOWN, FALLS_WITHIN
    yield pl.col(CRIME_TYPE) == "", CRIME_TYPE_MISSING, CRIME_TYPE
    yield (pl.col(LONGITUDE) == "") != (pl.col(LATITUDE) == ""), POINT_UNREADABLE, LONGITUDE
    for name, most in ((LONGITUDE, 180), (LATITUDE, 90)):
        is_number = pl.col(name).str.contains(_DEGREES)
        in_range = pl.col(name).cast(pl.Float64, strict=False).abs() <= most
        yield (pl.col(name) != "") & ~(is_number & in_range.fill_null(value=False)), POINT_UNREADABLE, name
    yield pl.col(CRIME_ID).is_in(torn.implode()), TWO_VALUES, CRIME_ID


def _named_again(frame: pl.DataFrame) -> pl.DataFrame:
    """The rows whose Crime ID stands in the file more than once: in nearly every file none, which their hashes tell soonest."""
    named = frame[CRIME_ID].filter(frame[CRIME_ID] != "")
    if named.hash().n_unique() == len(named):
        return frame.clear()
    return frame.filter((pl.col(CRIME_ID) != "") & pl.col(CRIME_ID).is_duplicated())


def _torn(again: pl.DataFrame) -> pl.Series:
    """Crime IDs that stand in the file with two contents, from the rows whose Crime ID stands there more than once."""
    return again.select(NEEDS).unique().filter(pl.col(CRIME_ID).is_duplicated())[CRIME_ID].unique()


def placed(good: pl.DataFrame) -> pl.DataFrame:
    """Rows that can be stored with their point as numbers, and whether each lies outside the area of the force it falls within,
    where that can be known."""
    districts = force_of_district()
    # Asked once for each force and place: there are thirty times as many rows.
    pairs = good.select(FALLS_WITHIN, LSOA_NAME).unique(maintain_order=True)
    own = {name: area.code for name in pairs[FALLS_WITHIN].unique() if (area := find_area(name)) and area.kind == FORCE}
    lies_in = [districts.get(district_of(name), "") if name else None for name in pairs[LSOA_NAME]]
    outside = [
        bool(lies) and own.get(name, lies) != lies for lies, name in zip(lies_in, pairs[FALLS_WITHIN], strict=True)
    ]
    known = pairs.with_columns(
        pl.Series(OUTSIDE, outside, pl.Boolean), pl.Series(NO_FORCE, [lies == "" for lies in lies_in], pl.Boolean)
    )
    return good.join(known, on=[FALLS_WITHIN, LSOA_NAME], how="left", maintain_order="left").with_columns(
        pl.col(LONGITUDE).cast(pl.Float64, strict=False).alias(X),
        pl.col(LATITUDE).cast(pl.Float64, strict=False).alias(Y),
    )
