"""Staff of a force as its own system sends them: stations, posts and holders, champions with their training, shifts and turns."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from craffu.access.acting import Acting
from craffu.audit import actions as audit
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.common.door import action
from craffu.intake import events
from craffu.resourcing.champions.actions import NewVersion, accept_version
from craffu.resourcing.models import VersionAccepted
from craffu.resourcing.staff.actions import Row, receive_staff

PROGRAMME: Final = "Stalking champions"
WHY: Final = "As the programme board decided"
HOUR: Final = timedelta(hours=1)
# Carmarthen and Tenby are 34 kilometres apart, Carmarthen and Newtown 100.
PLACES: Final = {"Carmarthen": ("Caerfyrddin", 241_200, 220_100), "Tenby": ("Dinbych-y-pysgod", 213_400, 200_400),
                 "Newtown": ("Y Drenewydd", 310_800, 291_600)}  # fmt: skip


@action
def said(by: Acting, table: str, rows: Iterable[dict[str, str]], *key: str) -> None:
    """Rows as the extract would bring them, under the key that these columns make."""
    told = list(rows)
    now = clock.now()
    made = [Row("/".join(row[name] for name in key), f"{hash(frozenset(row.items())):x}", row) for row in told]
    receive_staff(by=by, table=table, rows=made, now=now)
    audit.record(kind=events.ROWS_RECEIVED, actor=by.actor, refs=[f"table/staff.{table}"], request=by.request, now=now)


def stations(by: Acting) -> None:
    rows = [
        {"station": name, "station_cy": welsh, "easting": str(east), "northing": str(north)}
        for name, (welsh, east, north) in PLACES.items()
    ]
    said(by, "stations", rows, "station")


def shift(by: Acting, station: str, starts: datetime, kind: str = "early", **more: str) -> None:
    row = {"station": station, "shift": kind, "starts_at": utc(starts), "ends_at": utc(starts + 9 * HOUR), **more}
    said(by, "station_shifts", [row], "station", "starts_at")


def utc(at: datetime) -> str:
    return at.strftime("%Y-%m-%d %H:%M:%S")


def turn(by: Acting, ref: str, station: str, starts: datetime, duty: str = "on_duty", hours: int = 9) -> None:
    ends = starts + hours * HOUR
    row = {"staff_ref": ref, "station": station, "starts_at": utc(starts), "ends_at": utc(ends), "duty": duty}
    said(by, "shifts", [row], "staff_ref", "starts_at")


def post(
    by: Acting, ref: str, role: str = "investigator", team: str = "Investigation", station: str = "Carmarthen",
    opened: date = date(2020, 1, 1), fte: str = "1.0",
) -> None:  # fmt: skip
    row = {"post_ref": ref, "role": role, "team": team, "station": station, "full_time_equivalent": fte,
           "opened_on": opened.isoformat()}  # fmt: skip
    said(by, "posts", [row], "post_ref")


def holder(by: Acting, post_ref: str, ref: str, name: str, since: date, until: date | None = None) -> None:
    row = {"post_ref": post_ref, "staff_ref": ref, "name": name, "from_on": since.isoformat(),
           "to_on": until.isoformat() if until else ""}  # fmt: skip
    said(by, "holders", [row], "post_ref", "staff_ref", "from_on")


def training(by: Acting, ref: str, on: date, version: str = "2", lesson: str = "full") -> None:
    row = {"staff_ref": ref, "programme": PROGRAMME, "version": version, "trained_on": on.isoformat(), "lesson": lesson}
    said(by, "training", [row], "staff_ref", "programme", "trained_on")


def champion(by: Acting, ref: str, name: str, *, trained: date | None, station: str = "Carmarthen") -> None:
    """Somebody in post since 2020 who is named a champion."""
    post(by, f"POST{ref}", station=station)
    holder(by, f"POST{ref}", ref, name, date(2020, 1, 1))
    row = {"staff_ref": ref, "named_on": "2021-01-01", "duty_telephone": f"06555 00{ref}"}
    said(by, "champions", [row], "staff_ref", "named_on")
    if trained is not None:
        training(by, ref, trained)


def accepted(lead: Acting, version: str = "2", first: date = date(2020, 1, 1)) -> VersionAccepted:
    return accept_version(by=lead, given=NewVersion(PROGRAMME, version, first, WHY))


@dataclass(frozen=True)
class Covered:
    """What `one_there` made."""

    at: datetime
    there: str = "Tenby"
    nobody: str = "Carmarthen"


def one_there(by: Acting, lead: Acting) -> Covered:
    """A force with a champion on duty now at Tenby, one rostered at Newtown, and nobody at Carmarthen, though two are named."""
    now = clock.now()
    begins = now - 2 * HOUR
    today = day_of(now)
    accepted(lead)
    stations(by)
    champion(by, "21", "Elen Rhys", trained=today - timedelta(days=100), station="Tenby")
    champion(by, "22", "Tomos Bevan", trained=today - timedelta(days=350), station="Newtown")
    champion(by, "23", "Mair Puw", trained=today - timedelta(days=800))
    champion(by, "24", "Huw Prys", trained=None)
    for station in PLACES:
        shift(by, station, begins)
        shift(by, station, begins - timedelta(days=1))
        shift(by, station, begins + timedelta(days=1))
    turn(by, "21", "Tenby", begins)
    turn(by, "22", "Newtown", begins, "rostered")
    turn(by, "22", "Newtown", begins - timedelta(days=1))
    turn(by, "22", "Newtown", begins + timedelta(days=1), "rostered")
    turn(by, "23", "Carmarthen", begins)
    return Covered(now)
