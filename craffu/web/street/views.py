"""The page for an officer at a door: is this a breach, can I arrest, what are the conditions (page map, P07)."""

from datetime import datetime
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from craffu.access.acting import Acting
from craffu.access.permissions import check_can_break_glass
from craffu.breaches import events
from craffu.breaches.ledger.yearly import counted_since
from craffu.breaches.permissions import check_can_view_terms_now
from craffu.cases.permissions import check_can_view_case
from craffu.cases.queries import closed_cases_of, roles_of_records
from craffu.cases.risk.badge.queries import grade_shown
from craffu.clocks.london import day_of, start_of
from craffu.common import clock
from craffu.common.refusals import allows
from craffu.intake.queries import last_heard
from craffu.orders.life.states import LIVE
from craffu.orders.permissions import check_can_monitor
from craffu.orders.proposing.queries import changes_waiting
from craffu.orders.protecting.queries import people_protected_by
from craffu.orders.queries import orders_at_a_door, orders_of_records
from craffu.people.queries import find_person, identity_of, records_of, who_and_pnc
from craffu.web.consulting import looked_at
from craffu.web.middleware import acting
from craffu.web.people.leading import led_on
from craffu.web.presenters import Link, PageHead, Params, today_link
from craffu.web.references import address_of
from craffu.web.restricted.stubs import stubs
from craffu.web.risk.presenters import badge
from craffu.web.street import presenters

FEEDS: Final = ("court-results", "rms")


@require_safe
def person_now(request: HttpRequest, person: str) -> HttpResponse:
    """Every order that stands against somebody, in one column. As many queries for one order as for ten."""
    by = acting(request)
    check_can_view_terms_now(by)
    found = find_person(by, person)
    if found is None:
        raise Http404
    if (led := led_on(request, by, found)) is not None:
        return led
    now, records = clock.now(), records_of(by, found)
    orders = orders_of_records(by, records)
    live = [one for one in orders if one.status in LIVE]
    stories = orders_at_a_door(by, live)
    protected = people_protected_by(by, {pk: one.protects for pk, one in stories.items()})
    shown = presenters.orders_now(stories, protected, changes_waiting(by, records, now) if live else (), now)
    identity = identity_of(found, who_and_pnc(by, records)[0])
    refs = [f"person/{found.reference}", *(f"order/{one.reference}" for one in live)]
    named = {one.reference for several in protected.values() for _record, one in several}
    looked_at(request, events.TERMS_NOW_VIEWED, [*refs, *(f"person/{one}" for one in sorted(named))])
    title = _("Is this a breach? %(reference)s") % {"reference": person}
    crumbs = (
        today_link(),
        Link(_("Person %(reference)s") % {"reference": person}, address_of("person_detail", "person", person)),
    )
    page = {
        "head": PageHead(title, breadcrumbs=(*crumbs, Link(_("Is this a breach?"), ""))),
        "person": person,
        "bar": presenters.bar(identity, now, _badges(by, records, now)),
        "as_of": presenters.as_of(now),
        "feeds": presenters.feeds(last_heard(by, FEEDS), now),
        "orders": shown,
        "ended": sum(one.made_at is not None for one in orders) - len(live),
        "not_open": stubs(by, "case", closed_cases_of(by, records)),
        "can_break_glass": allows(check_can_break_glass, by),
        "contact": _contact(by, person, [one.link.text for one in shown]),
        "duty": presenters.duty_call(),
        "year": presenters.yearly_words(counted_since(by, records, _new_year(now)), now),
    }
    return render(request, "street/now.html", page)


def _new_year(now: datetime) -> datetime:
    return start_of(day_of(now).replace(month=1, day=1))


def _badges(by: Acting, records: list[int], now: datetime) -> list[Params]:
    """How dangerous the person is held to be. Whoever opens this page sees the grade; that there is none is no low one."""
    shown = grade_shown(by, roles_of_records(by, records), now)
    if shown is None:
        return [{"text": _("No risk grade stands: hours run as for high risk"), "classes": "moj-badge--red"}]
    return [badge(shown, names_case=allows(check_can_view_case, by))]


def _contact(by: Acting, person: str, orders: list[object]) -> str:
    """Where a contact that was no breach is recorded: for whoever checks conditions, and nobody else has such a page."""
    if not orders or not allows(check_can_monitor, by):
        return ""
    if len(orders) == 1:
        return reverse("order_check_new", kwargs={"order": str(orders[0])})
    return address_of("person_visits", "person", person)
