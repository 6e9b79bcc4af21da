"""Stalking Champions: who can be reached now, today's shifts, how shifts were covered, and the directory (page map, P38; R2a)."""

from datetime import timedelta
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from craffu.cases.advice.permissions import check_can_ask
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.common.refusals import allows
from craffu.orders.advising.permissions import check_can_read_notes
from craffu.resourcing import events
from craffu.resourcing.champions.queries import members_on, nearest, present_at, roll_of, scheduled, stations_of
from craffu.resourcing.permissions import (
    check_can_read_champions,
    check_can_read_coverage,
    check_can_read_posts,
    check_can_state,
)
from craffu.resourcing.staff.queries import last_heard
from craffu.web.consulting import looked_at
from craffu.web.middleware import acting
from craffu.web.presenters import DataAsOf, Link, PageHead, today_link
from craffu.web.resourcing import champion_presenters as presenters

# Four weeks and today, then seven days ahead.
BACK: Final = timedelta(days=27)
AHEAD: Final = timedelta(days=7)


@require_safe
def champion_list(request: HttpRequest) -> HttpResponse:
    """With `?station=` the answer for that station stands first: whoever is there, then the nearest."""
    by = acting(request)
    check_can_read_coverage(by)
    sees_names = allows(check_can_read_champions, by)
    now = clock.now()
    today = day_of(now)
    roll, rows = roll_of(by), stations_of(by)
    stations = presenters.Stations(rows)
    shifts = scheduled(by, roll, today - BACK, today + AHEAD)
    members = members_on(by, roll, today) if sees_names else []
    asked = request.GET.get("station", "") if sees_names else ""
    here = asked if asked in rows else ""
    near = nearest(rows, here, present_at(by, roll, now)) if here else []
    looked_at(request, events.CHAMPIONS_VIEWED, [f"staff/{one.staff_ref}" for one in members])
    title = _("Stalking Champions")
    done = [one for one in shifts if one.slot.starts_at <= now]
    ahead = [one for one in shifts if one.slot.starts_at > now]
    page = {
        "head": PageHead(
            title,
            breadcrumbs=(today_link(), Link(title, "")),
            data_as_of=(DataAsOf(_("Staff and rosters"), last_heard(by)),),
        ),
        "sees_names": sees_names,
        "sees_notes": allows(check_can_read_notes, by),
        "sees_practice": allows(check_can_read_posts, by),
        "states": allows(check_can_state, by),
        "asks": allows(check_can_ask, by),
        "station": stations.name(here) if here else "",
        "is_here": any(one.station == here for one in near),
        "near": presenters.near_table(here, near, {one.staff_ref: one for one in members}, stations),
        "stations": stations.links(),
        "accepted": bool(roll.accepted),
        "today": presenters.today_table(presenters.today_of(shifts, today), roll, today, stations),
        "coverage": presenters.coverage_table(done, ahead, stations),
        "directory": presenters.directory(members, today, stations),
    }
    return render(request, "resourcing/champions.html", page)
