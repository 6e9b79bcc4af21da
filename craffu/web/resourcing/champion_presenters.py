"""What the page of champions shows: who is near, today's shifts, how shifts were covered, the directory (P38; RES-01, RES-02)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from markupsafe import escape

from craffu.clocks.london import day_of, local_time
from craffu.published.rules import Count, share
from craffu.resourcing.champions.queries import Member, Near, Roll, Scheduled, There, covered
from craffu.resourcing.champions.rules import is_lapsing
from craffu.resourcing.models import Station
from craffu.resourcing.staff.kinds import Shift
from craffu.web import cells
from craffu.web.court.words import day_words
from craffu.web.presenters import Link, Params
from craffu.web.profiles.words import language, percent_words
from craffu.web.resourcing import words
from craffu.web.statuses import Status

# So many stations are named beside the one asked for.
_NEAREST: Final = 5


@dataclass(frozen=True, slots=True)
class Stations:
    """What stations are called in the reader's language."""

    known: Mapping[str, Station]

    def name(self, station: str) -> str:
        row = self.known.get(station)
        return row.station_cy if row and row.station_cy and language() == "cy" else station

    def html(self, station: str) -> SafeString:
        """The same in a cell. In Welsh, a station without a Welsh name is called by its English one, marked as such."""
        name, row = self.name(station), self.known.get(station)
        is_english = language() == "cy" and not (row and row.station_cy)
        return format_html('<span lang="en">{}</span>', name) if is_english else format_html("{}", name)

    def links(self) -> list[Link]:
        """Each station as an address of this page, by its name."""
        names = sorted((self.name(one), one) for one in self.known)
        return [
            Link(self.html(one), f"{reverse('champion_list')}?{urlencode({'station': one})}") for _name, one in names
        ]


def near_table(here: str, near: Sequence[Near], members: Mapping[str, Member], stations: Stations) -> Params | None:
    """Who can be reached now: at the station itself, then at the nearest others."""
    head: list[cells.Heading] = [_("Champion"), _("Where"), _("Now"), _("Until"), _("Telephone")]
    shown = [one for one in near if one.station == here] + [one for one in near if one.station != here][:_NEAREST]
    rows = [
        [
            cells.words(_called(present.staff_ref, members)),
            {"html": _where(here, one, stations)},
            cells.tag(words.THERE[present.there].tag),
            cells.words(f"{local_time(present.until):%H:%M}"),
            _telephone(members.get(present.staff_ref)),
        ]
        for one in shown
        for present in one.present
    ]
    return (
        cells.table(_("Champions who can be reached now, the nearest first"), head, rows, is_hidden=True)
        if rows
        else None
    )


def _called(ref: str, members: Mapping[str, Member]) -> str:
    member = members.get(ref)
    return member.name if member and member.name else _("Staff number %(number)s") % {"number": ref}


def _where(here: str, near: Near, stations: Stations) -> str:
    name = stations.html(near.station)
    if near.station == here:
        return name
    if near.kilometres is None:
        return escape(_("%(station)s, nobody has said how far")) % {"station": name}
    return escape(_("%(station)s, %(number)s km")) % {"station": name, "number": round(near.kilometres)}


def _telephone(member: Member | None) -> Params:
    if member is None or not member.telephone:
        return cells.words(_("Not recorded"))
    digits = "".join(one for one in member.telephone if one.isdigit() or one == "+")
    return cells.link(Link(member.telephone, f"tel:{digits}"))


def today_table(shifts: Iterable[Scheduled], roll: Roll, on: date, stations: Stations) -> Params | None:
    """Station by shift, as it stands: the surest champion of each."""
    by_station: dict[str, dict[Shift, Scheduled]] = defaultdict(dict)
    for one in shifts:
        by_station[one.station][one.shift] = one
    kinds = [kind for kind in Shift if any(kind in several for several in by_station.values())]
    head: list[cells.Heading] = [_("Station"), *(words.SHIFTS[kind] for kind in kinds)]
    rows = [
        [
            {"html": stations.html(station)},
            *(_shift(several[kind], roll, on) if kind in several else cells.words(words.NO_SHIFT) for kind in kinds),
        ]
        for station, several in sorted(by_station.items(), key=lambda one: stations.name(one[0]))
    ]
    return cells.table(_("Today’s shifts"), head, rows, is_hidden=True) if rows else None


def _shift(one: Scheduled, roll: Roll, on: date) -> Params:
    for there, who in ((There.ON_DUTY, one.on_duty), (There.ROSTERED, one.rostered), (There.ON_CALL, one.on_call)):
        if who:
            last = min((until for ref in who if (until := roll.standing(ref, on).current_until)), default=None)
            lapse = all(is_lapsing(roll.standing(ref, on), on) for ref in who)
            after = _("Training lapses after %(day)s") % {"day": day_words(last)} if lapse else ""
            return cells.tag(words.THERE[there].tag, after)
    return cells.tag(words.NOBODY.tag)


def coverage_table(done: Sequence[Scheduled], ahead: Sequence[Scheduled], stations: Stations) -> Params | None:
    """MET32 of all stations and of each, with on-call cover apart; and what lies ahead without a champion on the roster."""
    head: list[cells.Heading] = [
        _("Station"), _("With a champion on duty"), _("Share, 95% interval"), (_("By on call alone"), "numeric"),
        (_("Next 7 days: none rostered"), "numeric"),
    ]  # fmt: skip
    names = sorted({one.station for one in (*done, *ahead)}, key=stations.name)
    if not names:
        return None
    rows = [_coverage(cells.words(_("All stations together")), done, ahead)]
    for name in names:
        of = [[one for one in some if one.station == name] for some in (done, ahead)]
        rows.append(_coverage({"html": stations.html(name)}, *of))
    return cells.table(_("How shifts were covered"), head, rows, is_hidden=True)


def _coverage(name: Params, done: Sequence[Scheduled], ahead: Sequence[Scheduled]) -> list[Params]:
    found = covered(done)
    told = share(Count(found.numerator), Count(found.denominator))
    parts = {"part": found.numerator, "whole": found.denominator}
    number = _("%(part)s of %(whole)s shifts") % parts if found.denominator else _("No cases: no shift was scheduled")
    interval = ""
    if told.value is not None and told.interval:
        low, high = (percent_words(one) for one in told.interval)
        interval = _("%(share)s (%(low)s to %(high)s)") % {
            "share": percent_words(told.value), "low": low, "high": high,
        }  # fmt: skip
    none = sum(not one.rostered for one in ahead)
    return [
        name,
        cells.words(number),
        cells.lines([interval, _("Few shifts: read with care") if told.marks else ""]),
        cells.number(sum(one.by_on_call_alone for one in done)),
        {"text": _("%(part)s of %(whole)s") % {"part": none, "whole": len(ahead)}, "format": "numeric"},
    ]


def directory(members: Iterable[Member], on: date, stations: Stations) -> Params | None:
    """Whoever is named a champion, and how their training stands."""
    head: list[cells.Heading] = [_("Champion"), _("Station"), _("Role"), _("Training"), _("Telephone")]
    rows = [
        [
            cells.words(one.name or _("Staff number %(number)s") % {"number": one.staff_ref}),
            {"html": stations.html(one.station)},
            cells.english(one.role),
            cells.tag(standing_status(one, on).tag, _until(one, on)),
            _telephone(one),
        ]
        for one in members
    ]
    return cells.table(_("Named champions"), head, rows, is_hidden=True) if rows else None


def standing_status(one: Member, on: date) -> Status:
    if one.standing.why is not None:
        return words.NOT_CURRENT[one.standing.why]
    return words.LAPSING if is_lapsing(one.standing, on) else words.CURRENT


def _until(one: Member, on: date) -> str:
    until = one.standing.current_until
    if until is None:
        return ""
    said = _("until %(day)s") if until >= on else _("was current until %(day)s")
    return said % {"day": day_words(until)}


def today_of(shifts: Iterable[Scheduled], on: date) -> list[Scheduled]:
    return [one for one in shifts if day_of(one.slot.starts_at) == on]
