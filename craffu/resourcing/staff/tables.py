"""Where each row of the extract of staff goes: which model, and what its columns become (INT-01).

Pure but for the models it names: a value has been read and checked by then, so nothing here can refuse one.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from craffu.resourcing.models import Away, ChampionNamed, Post, PostHeld, Station, StationShift, Trained, TurnOfDuty
from craffu.resourcing.models.received import OfStaff
from craffu.resourcing.staff.kinds import Duty, Lesson

SOURCE: Final = "staff"


@dataclass(frozen=True, slots=True)
class Table:
    """One table. `plain` and `words` say of which column each field is, `words` those that are encrypted."""

    model: type[OfStaff]
    plain: Mapping[str, tuple[str, Callable[[str], Any]]]
    words: Mapping[str, str] = field(default_factory=dict)


def _text(said: str) -> str:
    return said


def _or_none(said: str) -> str | None:
    return said or None


def _whole_or_none(said: str) -> int | None:
    return int(said) if said else None


def _yes(said: str) -> bool:
    return said == "yes"


def _duty(said: str) -> str:
    """A turn of which nothing is said is on the roster, and no more."""
    return said or Duty.ROSTERED.value


def _lesson(said: str) -> str:
    """Training of which nothing is said is of the whole programme: so it was sent before continuing training was told apart."""
    return said or Lesson.FULL.value


TABLES: Final[Mapping[str, Table]] = {
    "stations": Table(
        Station,
        {
            "station": ("station", _text),
            "station_cy": ("station_cy", _text),
            "easting": ("easting", _whole_or_none),
            "northing": ("northing", _whole_or_none),
        },
    ),
    "station_shifts": Table(
        StationShift,
        {
            "station": ("station", _text),
            "shift": ("shift", _text),
            "starts_at": ("starts_at", _text),
            "ends_at": ("ends_at", _text),
            "called_off": ("called_off", _yes),
        },
    ),
    "posts": Table(
        Post,
        {
            "post_ref": ("post_ref", _text),
            "role": ("role", _text),
            "team": ("team", _text),
            "station": ("station", _text),
            "full_time_equivalent": ("full_time_equivalent", _text),
            "funded_by": ("funded_by", _text),
            "opened_on": ("opened_on", _text),
            "closed_on": ("closed_on", _or_none),
        },
    ),
    "holders": Table(
        PostHeld,
        {
            "post_ref": ("post_ref", _text),
            "staff_ref": ("staff_ref", _text),
            "from_on": ("from_on", _text),
            "to_on": ("to_on", _or_none),
        },
        {"name": "name"},
    ),
    "absences": Table(
        Away,
        {
            "staff_ref": ("staff_ref", _text),
            "from_on": ("from_on", _text),
            "to_on": ("to_on", _or_none),
            "covered_by": ("covered_by", _text),
        },
        {"kind": "kind"},
    ),
    "champions": Table(
        ChampionNamed,
        {
            "staff_ref": ("staff_ref", _text),
            "named_on": ("named_on", _text),
            "ended_on": ("ended_on", _or_none),
        },
        {"duty_telephone": "duty_telephone"},
    ),
    "training": Table(
        Trained,
        {
            "staff_ref": ("staff_ref", _text),
            "programme": ("programme", _text),
            "version": ("version", _text),
            "lesson": ("lesson", _lesson),
            "trained_on": ("trained_on", _text),
            "renew_by": ("renew_by", _or_none),
        },
    ),
    "shifts": Table(
        TurnOfDuty,
        {
            "staff_ref": ("staff_ref", _text),
            "station": ("station", _text),
            "starts_at": ("starts_at", _text),
            "ends_at": ("ends_at", _text),
            "duty": ("duty", _duty),
        },
    ),
}


def values_of(table: Table, columns: Mapping[str, str]) -> dict[str, Any]:
    """The plain fields of a row, as the database keeps them."""
    return {name: read(columns.get(column, "")) for name, (column, read) in table.plain.items()}
