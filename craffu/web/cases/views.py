"""The pages about cases: a list, and one investigation with what the courts said in it (page map, P10)."""

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from craffu.access.acting import Acting
from craffu.access.later import together
from craffu.access.permissions import check_can_place, check_can_restrict
from craffu.cases import events
from craffu.cases.advice.permissions import check_can_read_advice
from craffu.cases.permissions import check_can_open_case, check_can_view_case
from craffu.cases.queries import cases_part, cases_summed, cases_up_to, find_case
from craffu.cases.story_queries import Told
from craffu.common import clock
from craffu.common.refusals import allows
from craffu.orders.considering.queries import considered_in
from craffu.orders.considering.reading import CaseRead, as_respondents
from craffu.orders.life.states import TABLE
from craffu.orders.permissions import check_can_consider, check_can_view_order
from craffu.people.permissions import check_can_view_person
from craffu.victims.permissions import check_can_view_part
from craffu.web.cases import presenters
from craffu.web.cases.reading import asked_of_case, people_in
from craffu.web.cases.recorded import crimes_shown
from craffu.web.considering.presenters import options_considered
from craffu.web.consulting import looked_at
from craffu.web.court.pages import story_page
from craffu.web.court.presenters import Who, doubts_of
from craffu.web.court.sources import freshness_of_records
from craffu.web.known_at import known_at
from craffu.web.middleware import acting
from craffu.web.orders.presenters import orders_table
from craffu.web.paging import register_page
from craffu.web.people.presenters import who
from craffu.web.people.use import use_notices
from craffu.web.presenters import Link, PageHead, today_link
from craffu.web.restricted.stubs import check_is_open


@require_safe
def case_list(request: HttpRequest) -> HttpResponse:
    by = acting(request)
    check_can_view_case(by)
    shown = register_page(request, partial(cases_part, by), partial(cases_up_to.later, by))
    looked_at(request, events.CASES_LISTED, [f"case/{case.reference}" for case in shown.rows])
    sums, heard = cases_summed(by, [case.pk for case in shown.rows]), freshness_of_records(by)
    together(sums, heard)
    freshness = heard.answer
    head = PageHead(_("Cases"), breadcrumbs=(today_link(), Link(_("Cases"), "")), data_as_of=freshness.as_of)
    table = presenters.cases_table(shown.rows, sums.answer) if shown.rows else None
    return render(request, "cases/list.html", {"head": head, "shown": shown, "cases": table, "freshness": freshness})


@require_safe
def case_detail(request: HttpRequest, case: str) -> HttpResponse:
    by = acting(request)
    check_can_open_case(by, case)
    check_is_open(by, "case", case)
    found = find_case(by, case)
    if found is None:
        raise Http404
    when = known_at(request)
    told = Told(by, case=found.pk, known_at=when.instant)
    sees_orders = allows(check_can_view_order, by)
    asked = asked_of_case(by, told, found, sees_orders=sees_orders)
    roles = [role for role in asked.roles.answer if when.covers(role.known_from)]
    people, known = people_in(by, [role.record_id for role in roles], when.instant)

    def whose(record: int) -> Who | None:
        return who(known[people[record].pk]) if record in people else None

    stages = [stage for stage in asked.stages.answer if when.covers(stage.known_from)]
    crimes, number_of_crimes = asked.crimes.answer
    placement = asked.placements.answer.get(case)
    freshness = asked.freshness.answer
    born = {pk: one.born_on for pk, one in known.items()}
    orders = [one for one in asked.orders.answer if when.covers(one.known_from)]
    read = CaseRead(found, stages, as_respondents(roles, people, born), orders if sees_orders else None)
    considered = considered_in(by, found.pk, when.instant or clock.now(), when.instant, read)
    references = sorted({person.reference for person in people.values()})
    use = use_notices(by, [role.record_id for role in roles], asked.restrictions)
    looked_at(
        request,
        events.CASE_VIEWED,
        [
            f"case/{found.reference}",
            *(f"person/{reference}" for reference in references),
            *(f"order/{one.reference}" for one in orders),
            *(ref for one in use for ref in one.refs),
        ],
    )
    title = _("Case %(reference)s") % {"reference": found.reference}
    cases_link = [Link(_("Cases"), reverse("case_list"))] if allows(check_can_view_case, by) else []
    head = PageHead(
        title,
        breadcrumbs=(today_link(), *cases_link, Link(title, "")),
        has_errors=bool(when.error),
        data_as_of=() if when.day else freshness.as_of,
    )
    page = {
        "head": head,
        "reference": found.reference,
        "use": use,
        "orders": orders_table(orders, has_case=False),
        "order_new": _order_new(by, case),
        "when": when,
        "is_known": when.covers(found.known_from),
        "summary": presenters.summary(found, asked.references.answer, stages, placement),
        "stages": presenters.stages_table(stages),
        "people": presenters.people_table(
            roles,
            people,
            known,
            when.as_at,
            has_links=allows(check_can_view_person, by),
            opens_victims=allows(check_can_view_part, by),
        ),
        "may_read_advice": allows(check_can_read_advice, by),
        "considered": options_considered(case, considered, may_consider=allows(check_can_consider, by)),
        "missing": presenters.missing_table(doubts_of(asked.noticed.answer)),
        "story": story_page(request, told, when, newest=asked.newest, who=whose, has_who=True, crimes=crimes),
        "crimes": crimes_shown(crimes),
        "crimes_left_out": number_of_crimes - len(crimes),
        "freshness": freshness,
        "readers": reverse("case_readers", kwargs={"case": case})
        if allows(check_can_restrict, by, "case", case)
        else "",
        "place": reverse("case_place", kwargs={"case": case}) if allows(check_can_place, by, "case", case) else "",
    }
    return render(request, "cases/detail.html", page)


def _order_new(by: Acting, case: str) -> str:
    """Where an order that a court made is recorded in this case; empty for whoever may not."""
    may = by.holds_any(*TABLE["receive"].who)
    return reverse("order_new", kwargs={"case": case, "move": "receive"}) if may else ""
