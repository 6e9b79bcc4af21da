"""The page of somebody's visits and checks, where an outcome is logged, and that they are away (page map, P16)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from craffu.access.acting import Acting
from craffu.cases.models import CaseRole
from craffu.cases.permissions import check_can_view_case
from craffu.cases.queries import closed_cases_of, roles_of_records
from craffu.cases.risk.badge.queries import grade_shown
from craffu.cases.risk.permissions import check_can_view_grade
from craffu.clocks.london import day_of, local_time
from craffu.common import clock
from craffu.common.refusals import NotNow, allows
from craffu.orders import events
from craffu.orders.following.queries import follow_ups
from craffu.orders.models import Order
from craffu.orders.monitoring.actions import record_check, suspend_checks
from craffu.orders.monitoring.kinds import Absent
from craffu.orders.monitoring.queries import Monitored, monitored, monitored_orders
from craffu.orders.permissions import check_can_follow_up, check_can_monitor, check_can_view_checks
from craffu.orders.queries import orders_of_records
from craffu.people.models import Person, RecordVersion
from craffu.people.permissions import check_can_view_person
from craffu.people.queries import find_person, identity_of, people_of_records, pnc_id, provenance_of, records_of
from craffu.web.consulting import looked_at
from craffu.web.done import say_done
from craffu.web.following import presenters as following
from craffu.web.holding import held_for, refused_to_script, said_to_script
from craffu.web.middleware import acting
from craffu.web.monitoring import presenters
from craffu.web.monitoring.forms import AwayForm, CheckForm
from craffu.web.orders.opening import head, open_order
from craffu.web.people import presenters as people
from craffu.web.people.leading import led_on
from craffu.web.people.pages import person_pages
from craffu.web.people.use import use_notices
from craffu.web.presenters import Link, PageHead, Params, today_link
from craffu.web.references import address_of
from craffu.web.restricted.stubs import stubs
from craffu.web.risk.presenters import badge

# Beside which field a refusal is said; what is not listed stands above the form.
BESIDE: Final = {
    "not_in_force": "on", "before_in_force": "on", "ahead": "on", "no_condition": "conditions", "no_method": "method",
    "outcome_not_said": "words", "paper_form": "paper", "paper_size": "paper", "ends_before": "last",
}  # fmt: skip


def check_can_open(by: Acting) -> None:
    check_can_view_checks(by)
    check_can_view_person(by)


@require_safe
def person_visits(request: HttpRequest, person: str) -> HttpResponse:
    """What is due of whoever orders are against, what came of it, and when they were not there."""
    by = acting(request)
    check_can_open(by)
    found = find_person(by, person)
    if found is None:
        raise Http404
    if (led := led_on(request, by, found)) is not None:
        return led
    records, now = records_of(by, found), clock.now()
    said = provenance_of(by, records)
    roles = roles_of_records(by, records)
    orders = list(monitored_orders(by, orders_of_records(by, records), now).values())
    may_log = allows(check_can_monitor, by)
    use = use_notices(by, records)
    named = [f"order/{one}" for one in presenters.orders_named(orders, now)] + [ref for one in use for ref in one.refs]
    looked_at(request, events.CHECKS_VIEWED, [f"person/{person}", *named])
    title = _("Visits and checks of %(reference)s") % {"reference": person}
    trail = (today_link(), Link(_("People"), reverse("person_list")), _person_link(person), Link(title, ""))
    page = {
        "head": PageHead(title, breadcrumbs=trail),
        "due": presenters.due_table(orders, now, names_order=True, may_log=may_log),
        "nothing_due": presenters.nothing_due(orders, now),
        "bar": _bar(by, found, said, roles),
        "pages": person_pages(by, found, "person_visits"),
        "use": use,
        "away": [*presenters.away_now(orders, day_of(now)), *presenters.heightened_now(orders, now)],
        "orders": presenters.orders_shown(orders),
        "triggers": _triggers(by, orders, now),
        "timeline": presenters.timeline(orders, now),
        "not_open": stubs(by, "case", closed_cases_of(by, records)),
        "may_log": may_log,
    }
    return render(request, "monitoring/visits.html", page)


def _triggers(by: Acting, orders: Sequence[Monitored], now: datetime) -> Params | None:
    """What raised heightened follow-up of any of these orders, and how soon it was acted on; for those who follow it up."""
    if not allows(check_can_follow_up, by):
        return None
    raised = follow_ups(by, [one.order.pk for one in orders])
    return following.follow_ups_table([(one.order.reference, raised.get(one.order.pk, [])) for one in orders], now)


def _bar(by: Acting, person: Person, said: list[RecordVersion], roles: list[CaseRole]) -> Params:
    """The person's header, under the page's own title."""
    now = clock.now()
    shown = grade_shown(by, roles, now) if allows(check_can_view_grade, by) else None
    badges = [badge(shown, names_case=allows(check_can_view_case, by))] if shown else []
    bar = people.identity_bar(identity_of(person, said), pnc_id(said), day_of(now), badges)
    return {**bar, "headingLevel": 2}


def _person_link(person: str) -> Link:
    return Link(_("Person %(reference)s") % {"reference": person}, address_of("person_detail", "person", person))


def back_to(by: Acting, order: Order) -> str:
    """The page of the visits of whoever the order is against."""
    person = people_of_records(by, [order.respondent_id]).get(order.respondent_id)
    if person is None:
        return address_of("order_detail", "order", order.reference)
    return address_of("person_visits", "person", person.reference)


@require_http_methods(["GET", "HEAD", "POST"])
def order_check_new(request: HttpRequest, order: str) -> HttpResponse:
    """Log what came of a check. Nothing typed is lost where it is refused."""
    by, found = open_order(request, order, check_can_monitor)
    now = clock.now()
    one = monitored(by, found, now)
    choices = [(str(line.condition.pk), _choice(line)) for line in one.standing]
    form = (
        CheckForm(request.POST, request.FILES, conditions=choices)
        if request.method == "POST"
        else CheckForm(conditions=choices, initial=_initial(request, one, now))
    )
    if form.is_bound and form.is_valid():
        try:
            record_check(by=by, order=order, given=form.given)
        except NotNow as refusal:
            form.add_error(BESIDE.get(refusal.code), refusal.message)
        else:
            to = back_to(by, found)
            if told := said_to_script(request, to):
                return told
            say_done(request, _("It is recorded."))
            return redirect(to)
    if form.is_bound and (told := refused_to_script(request)):
        return told
    looked_at(request, events.ORDER_VIEWED, [f"order/{order}"])
    title = _("Log a check of order %(reference)s") % {"reference": order}
    page = {
        "head": head(by, order, title, has_errors=bool(form.errors)),
        "form": form,
        "has_conditions": bool(choices),
        "held": held_for(request),
    }
    return render(request, "monitoring/check_new.html", page)


def _choice(line: Any) -> str:
    return f"{presenters.condition_words(line)}. {line.condition.words}"


def _initial(request: HttpRequest, one: Monitored, now: datetime) -> dict[str, Any]:
    """The condition that was tapped, its one method, and that it was just now."""
    asked = request.GET.get("condition", "")
    line = next((each for each in one.standing if str(each.condition.number) == asked), None)
    local = local_time(now)
    return {
        "conditions": [str(line.condition.pk)] if line else [],
        "method": line.methods[0] if line and len(line.methods) == 1 else "",
        "on": local.date(),
        "at": f"{local:%H:%M}",
    }


@require_http_methods(["GET", "HEAD", "POST"])
def order_checks_away(request: HttpRequest, order: str) -> HttpResponse:
    """Record that the respondent is in custody, in hospital or abroad, and until when (MON-06)."""
    by, found = open_order(request, order, check_can_monitor)
    now = clock.now()
    form = AwayForm(request.POST) if request.method == "POST" else AwayForm(initial={"first": day_of(now)})
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        try:
            suspend_checks(by=by, order=order, why=Absent(said["why"]), first=said["first"], last=said["last"])
        except NotNow as refusal:
            form.add_error(BESIDE.get(refusal.code), refusal.message)
        else:
            say_done(request, _("It is recorded."))
            return redirect(back_to(by, found))
    looked_at(request, events.ORDER_VIEWED, [f"order/{order}"])
    title = _("The respondent to order %(reference)s is away") % {"reference": order}
    page = {
        "head": head(by, order, title, has_errors=bool(form.errors)),
        "form": form,
        "away": presenters.away_now([monitored(by, found, now)], day_of(now)),
    }
    return render(request, "monitoring/away.html", page)
