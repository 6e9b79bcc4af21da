"""What is true of the staff of the fictional force on its last day: champions, the shifts that had one, posts that stood empty.

Worked out in whole numbers and without the product's rules. Coverage is of the four weeks of the roster, vacancies are of the
last 365 days.
"""

from collections import Counter, defaultdict

import numpy as np

from craffu.config.generate import rosters
from craffu.config.generate.champions import CHAMPIONS, FIRST_COUNTS_FOR, SECOND_SINCE, Named, Trained
from craffu.config.generate.chance import Words, whole
from craffu.config.generate.days import A_DAY, NEVER, day_of, number, written, written_at
from craffu.config.generate.rosters import Roster
from craffu.config.generate.staff_held import STATIONS, Staff
from craffu.config.generate.tables import words
from craffu.config.generate.world import World
from craffu.config.generate.writing import Block, Extracts

_SYSTEM = "truth"
_YEAR = 365
_LONG_AGO = 5_000
type Row = tuple[str, ...]


class _Versions:
    """From when to when each version of the champions' programme counts: for a while both do."""

    def __init__(self, world: World) -> None:
        second = world.last_day - SECOND_SINCE
        self.spans = {"1": (second - _LONG_AGO, second + FIRST_COUNTS_FOR), "2": (second, NEVER)}

    def counts(self, version: str, day: int) -> bool:
        first, last = self.spans[version]
        return first <= day <= last

    def rows(self) -> list[Row]:
        return [(CHAMPIONS, version, _written(first), _written(last)) for version, (first, last) in self.spans.items()]


class _Lessons:
    """The champions' training of each, by whom."""

    def __init__(self, world: World, done: Trained) -> None:
        self._versions = _Versions(world)
        self._full: dict[int, int] = {}
        self._all: dict[int, list[tuple[int, str]]] = defaultdict(list)
        for who, programme, version, continuing, day in zip(
            done.who.tolist(), done.programme, done.version, done.continuing.tolist(), done.day.tolist(), strict=True
        ):
            if programme == CHAMPIONS:
                self._all[who].append((day, version))
                if not continuing:
                    self._full[who] = day

    def standing(self, who: int, day: int) -> tuple[str, int | None]:
        """How somebody stands on a day, and the last day on which they are current or were."""
        if self._full.get(who, NEVER) > day:
            return "not_trained", None
        counted = [on for on, version in self._all[who] if on <= day and self._versions.counts(version, day)]
        if not counted:
            return "version_not_accepted", None
        last = day_of(max(counted))
        # The day before the same day a year on; of the 29 of February the 28 itself.
        leap = (last.month, last.day) == (2, 29)
        until = (
            number(last.replace(year=last.year + 1, day=28)) if leap else number(last.replace(year=last.year + 1)) - 1
        )
        return ("current" if day <= until else "cpd_lapsed"), until


def _written(day: int) -> str:
    return "" if day >= NEVER else str(written(whole([day]))[0])


def write(world: World, into: Extracts, staff: Staff, roles: Words, done: Trained, named: Named, made: Roster) -> None:
    lessons = _Lessons(world, done)
    _table(into, "accepted_versions", ("programme", "version", "first_day", "last_day"), _Versions(world).rows())
    _table(
        into, "champions", ("staff_ref", "named", "standing", "current_until"), _champions(world, staff, named, lessons)
    )
    counts: Counter[tuple[str, str, str]] = Counter()
    _table(
        into,
        "shifts_covered",
        ("station", "starts_at", "champions", "on_call"),
        _covered(world, named, lessons, made, counts),
    )
    _table(
        into,
        "posts_filled",
        ("post_ref", "role", "post_days", "vacant_days", "filled"),
        _posts(world, staff, roles, counts),
    )
    _away(world, staff, counts)
    rows: list[Row] = [(*name, str(number)) for name, number in sorted(counts.items())]
    rows += [
        ("", "", "last_day", _written(world.last_day)),
        ("MET32", "", "first_day", _written(rosters.first_day(world))),
        ("posts", "", "first_day", _written(world.last_day - _YEAR + 1)),
    ]
    _table(into, "staff_figures", ("figure", "of", "name", "number"), rows)


def _champions(world: World, staff: Staff, named: Named, lessons: _Lessons) -> list[Row]:
    rows: list[Row] = []
    for who, since, until in zip(named.who.tolist(), named.since.tolist(), named.until.tolist(), strict=True):
        standing, last = lessons.standing(who, world.last_day)
        is_named = since <= world.last_day <= until
        rows.append((staff.refs[who], "yes" if is_named else "no", standing, "" if last is None else _written(last)))
    return sorted(rows)


def _covered(
    world: World, named: Named, lessons: _Lessons, made: Roster, counts: Counter[tuple[str, str, str]]
) -> list[Row]:
    """Each station's shifts of four weeks, and how many champions whose training was current were there, or on call."""
    there: dict[tuple[int, int], Counter[str]] = defaultdict(Counter)
    by_day = {day: set(named.on(day).tolist()) for day in range(rosters.first_day(world), world.last_day + 1)}
    shifts = {
        (station, begins): shift
        for station, shift, begins, off in zip(
            made.station.tolist(), made.shift.tolist(), made.begins.tolist(), made.called_off.tolist(), strict=True
        )
        if not off and begins < (world.last_day + 1) * A_DAY
    }
    starts_at: dict[int, list[int]] = defaultdict(list)
    for station, begins in sorted(shifts):
        starts_at[station].append(begins)
    for who, station, starts, duty in zip(
        made.who.tolist(), made.at.tolist(), made.starts.tolist(), made.duty, strict=True
    ):
        day = starts // A_DAY
        if duty not in ("on_duty", "on_call") or who not in by_day.get(day, ()):
            continue
        begun = [begins for begins in starts_at[station] if begins <= starts < begins + rosters.LASTS]
        if begun and lessons.standing(who, day)[0] == "current":
            there[station, begun[-1]][duty] += 1
    rows: list[Row] = []
    for station, begins in sorted(shifts):
        found, name = there[station, begins], str(STATIONS[station])
        for of in ("", name):
            counts["MET32", of, "denominator"] += 1
            counts["MET32", of, "numerator"] += found["on_duty"] > 0
            counts["MET32", of, "on_call_alone"] += found["on_duty"] == 0 and found["on_call"] > 0
        at = str(written_at(whole([begins]))[0])
        rows.append((name, at, str(found["on_duty"]), str(found["on_call"])))
    return rows


def _posts(world: World, staff: Staff, roles: Words, counts: Counter[tuple[str, str, str]]) -> list[Row]:
    """Of the last 365 days those on which each post was open and nobody held it."""
    first, last = world.last_day - _YEAR + 1, world.last_day
    rows: list[Row] = []
    for at in staff.at.tolist():
        opened, role = int(staff.opened[at]), str(roles[at])
        days = range(max(opened, first), last + 1)
        held = [] if staff.vacant[at] else [(int(staff.held_since[at]), NEVER)]
        if staff.had_another[at]:
            held.append((opened, int(staff.last_until[at])))
        vacant = sum(not any(begins <= day <= ends for begins, ends in held) for day in days)
        filled = not staff.vacant[at]
        rows.append((f"POST{at + 1:05}", role, str(len(days)), str(vacant), "yes" if filled else "no"))
        for of in ("", role):
            counts["posts", of, "posts"] += 1
            counts["posts", of, "in_post"] += filled
            counts["posts", of, "post_days"] += len(days)
            counts["posts", of, "vacant_days"] += vacant
    return rows


def _away(world: World, staff: Staff, counts: Counter[tuple[str, str, str]]) -> None:
    first = world.last_day - _YEAR + 1
    for at in np.flatnonzero(staff.away_from < NEVER).tolist():
        begins, ends = max(int(staff.away_from[at]), first), min(int(staff.away_until[at]), world.last_day)
        days = max(0, ends - begins + 1)
        counts["posts", "", "away_days"] += days
        counts["posts", "", "uncovered_days"] += 0 if staff.covered_by[at] else days


def _table(into: Extracts, name: str, columns: tuple[str, ...], rows: list[Row]) -> None:
    blocks = [Block(dict(zip(columns, map(words, zip(*rows, strict=True)), strict=True)))] if rows else []
    into.write(_SYSTEM, name, blocks, columns=columns)
