"""This morning's lists of custody and of releases from prison, as the custody system sends them (BRC-08).

The force's own extract ends the day before, and on most days of a small force nobody whom an order binds is arrested or let
out. So two of those are on the lists, as the register itself describes them, beside two whom nobody knows.
"""

import csv
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Final

from craffu.access.acting import Acting
from craffu.clocks.london import day_of
from craffu.intake.records.layout import layout_of
from craffu.intake.running import take_in
from craffu.orders.life.states import OrderStatus
from craffu.orders.queries import orders_page
from craffu.people.queries import SaidLast, said_last

KIND: Final = "custody"
FOLDER: Final = "this-morning"
_DAY: Final = timedelta(days=1)
_OUT_IN: Final = 4 * _DAY
# The evening before: on this morning's list whatever the time is.
_ARRESTED: Final = (time(22, 40), time(23, 15))
_STRANGERS: Final = (
    {"forenames": "Iolo Gethin", "surname": "Prydderch", "date_of_birth": "1991-04-17", "sex": "M"},
    {"forenames": "Martin", "surname": "Oakshott", "date_of_birth": "1979-08-02", "sex": "M"},
)


def send_lists(by: Acting, folder: Path, now: datetime) -> None:
    """Write both lists into `folder` and take them in.

    Raises OSError where they cannot be written and Refusal where they are not taken in.
    """
    known = [_described(one) for one in _bound(by)]
    day = day_of(now)
    folder.mkdir(parents=True, exist_ok=True)
    held = [_held(number, day, who) for number, who in enumerate((*known[:1], _STRANGERS[0]))]
    out = [_out(number, day, who) for number, who in enumerate((*known[1:], _STRANGERS[1]))]
    _write(folder, "detentions", held)
    _write(folder, "releases", out)
    take_in(by=by, kind=KIND, paths=[folder])


def _bound(by: Acting) -> list[SaidLast]:
    """Two whom orders in force bind, of those whose birthday is known."""
    orders = orders_page(by).filter(status=OrderStatus.IN_FORCE).order_by("id")
    said = {one.record: one for one in said_last(by, set(orders.values_list("respondent_id", flat=True)))}
    bound = [said[record] for record in dict.fromkeys(orders.values_list("respondent_id", flat=True)) if record in said]
    return [one for one in bound if one.born_on][:2]


def _described(one: SaidLast) -> dict[str, str]:
    return {
        "forenames": one.given_names, "surname": one.family_name, "date_of_birth": one.born_on, "sex": one.sex,
        "pnc_id": one.pnc,
    }  # fmt: skip


def _held(number: int, day: date, who: Mapping[str, str]) -> dict[str, str]:
    at = datetime.combine(day - _DAY, _ARRESTED[number])
    return {
        **who, "custody_ref": f"DETM{number + 1:06}", "station": "Llanelli", "arrested_at": at.isoformat(),
        "updated_at": (at + timedelta(minutes=20)).isoformat(),
    }  # fmt: skip


def _out(number: int, day: date, who: Mapping[str, str]) -> dict[str, str]:
    return {
        **who, "release_ref": f"RELM{number + 1:05}", "prison_number": f"Z{number + 1:04}CD",
        "prison": "HMP Craig Ddu (invented)",
        "planned_on": (day + _OUT_IN).isoformat(), "licence_conditions": "Not to contact the victim",
        "updated_at": datetime.combine(day - _DAY, time(9)).isoformat(),
    }  # fmt: skip


def _write(folder: Path, table: str, rows: list[dict[str, str]]) -> None:
    with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
        to = csv.DictWriter(file, layout_of(KIND).tables[table].names, restval="")
        to.writeheader()
        to.writerows(rows)
