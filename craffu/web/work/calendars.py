"""A person's calendar of due work: the page where they begin or end it, and what their program reads (ADR 46)."""

import hashlib
from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from icalendar import Calendar, Event, Timezone

from craffu.access.acting import Acting
from craffu.access.queries import acting_user
from craffu.access.wall.reach import working_for
from craffu.audit.actions import record_consultation
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.common.refusals import NotNow, allows
from craffu.web.access.proving import reader
from craffu.web.done import say_done
from craffu.web.middleware import acting
from craffu.web.presenters import Link, Marking, PageHead, today_link
from craffu.work import events
from craffu.work.calendars.actions import begin_calendar, end_calendar
from craffu.work.calendars.queries import account_of, calendar_since, items_for, opened_by
from craffu.work.calendars.rules import Entry, address_ends, ending, entries
from craffu.work.permissions import check_can_have_calendar

CONTENT = "text/calendar; charset=utf-8"
# What the last day of an address is called. Nobody's language is known to a program that reads by it.
ADDRESS_ENDS = "calendar address ends / daw cyfeiriad y calendr i ben"
END = "end"


@require_http_methods(["GET", "HEAD", "POST"])
def account_calendar(request: HttpRequest) -> HttpResponse:
    """Begin a calendar, with an address that is shown once; or end it."""
    user, by = reader(request), acting(request)
    check_can_have_calendar(by)
    problem, address = "", ""
    if request.method == "POST" and END in request.POST:
        try:
            end_calendar(by=by)
        except NotNow as refusal:
            problem = refusal.message
        else:
            say_done(request, _("The address opens nothing any more."))
            return redirect("account_calendar")
    elif request.method == "POST":
        secret = begin_calendar(by=by)
        address = request.build_absolute_uri(
            reverse("calendar_feed", kwargs={"number": user.pk, "secret": secret}),
        )
    since = calendar_since(user, clock.now())
    title = _("Your due work as a calendar")
    crumbs = (today_link(), Link(_("Your account"), reverse("account")), Link(title, ""))
    page = {
        "head": PageHead(title, breadcrumbs=crumbs, marking=Marking.OFFICIAL, has_errors=bool(problem)),
        "problem": problem,
        "address": address,
        "since": since,
        "last_day": day_of(address_ends(since) - datetime.resolution) if since else None,
    }
    return render(request, "work/calendar.html", page)


@login_not_required
@require_safe
def calendar_feed(request: HttpRequest, number: int, secret: str) -> HttpResponse:
    """What a program reads at the address: nothing for whoever has not the whole of it, or whose account no longer works.

    Each reading that hands anything over is logged; a program that has the present one already is told so (SEC-04).
    """
    user = account_of(number)
    if user is None:
        return _nothing_here()
    with working_for(user.force_id):
        by = acting_user(user, request.request_id)  # type: ignore[attr-defined]
        now = clock.now()
        since = opened_by(user, secret, now)
        if since is None or not allows(check_can_have_calendar, by):
            return _nothing_here()
        return _answered(request, by, since, now)


def _nothing_here() -> HttpResponse:
    """As for any address that never was. The server's own log would hold the address, and one may be good again later."""
    answer = HttpResponseNotFound(content_type="text/plain; charset=utf-8")
    answer._has_been_logged = True  # type: ignore[attr-defined]
    return answer


def _answered(request: HttpRequest, by: Acting, since: datetime, now: datetime) -> HttpResponse:
    held = items_for(by, now)
    shown = [*entries(held, by.force.code), *ending(since, by.force.code, now)]
    tag = f'"{hashlib.sha256(repr(shown).encode()).hexdigest()[:32]}"'
    if request.headers.get("If-None-Match") == tag:
        answer = HttpResponse(status=304)
    else:
        refs = frozenset(f"{one.about_kind}/{one.about}" for one in held)
        record_consultation(kind=events.CALENDAR_READ, actor=by.actor, refs=refs, request=by.request)
        answer = HttpResponse(
            as_calendar(shown, now, request.build_absolute_uri(reverse("home"))), content_type=CONTENT
        )
    answer["ETag"] = tag
    answer["Cache-Control"] = "private, no-cache"
    answer["Content-Disposition"] = 'attachment; filename="craffu.ics"'
    return answer


def as_calendar(shown: Iterable[Entry], now: datetime, home: str) -> bytes:
    """The text that a calendar program reads (RFC 5545): one event for each item, on its last day or at its last moment.

    It says no METHOD: it is nobody's invitation, which would name who invites (RFC 5546, 3.2.1).
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Craffu//Due work//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "Craffu")
    for one in shown:
        event = Event()
        event.add("uid", one.uid)
        event.add("dtstamp", now)
        event.add("dtstart", one.day or one.at)
        event.add("summary", f"Craffu: {one.about or ADDRESS_ENDS}")
        event.add("url", home)
        event.add("class", "PRIVATE")
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    if not calendar.subcomponents:
        # Some programs refuse one without any component (RFC 5545, 3.4): who has nothing to do has the zone of its times.
        calendar.add_component(Timezone.from_tzid("UTC"))
    text: bytes = calendar.to_ical()
    return text
