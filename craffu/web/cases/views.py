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
from craffu.access.reach.queries import placements
from craffu.cases import events
from craffu.cases.advice.permissions import check_can_read_advice
from craffu.cases.crime_queries import newest_crimes
from craffu.cases.permissions import check_can_open_case, check_can_view_case
from craffu.cases.queries import cases_part, cases_summed, cases_up_to, find_case, references_of, roles_in, stages_of
from craffu.cases.story_queries import Told, noticed
from craffu.common import clock
from craffu.common.refusals import allows
from craffu.orders.considering.queries import considered_in
from craffu.orders.considering.reading import CaseRead, as_respondents
from craffu.orders.life.states import TABLE
from craffu.orders.permissions import check_can_consider, check_can_view_order
from craffu.orders.queries import orders_of_case
from craffu.people.permissions import check_can_view_person
from craffu.people.queries import identities, people_of_records
from craffu.victims.permissions import check_can_view_part
from craffu.web.cases import presenters
from craffu.web.cases.presenters import MOST_REFERENCES
from craffu.web.cases.recorded import MOST_CRIMES, crimes_shown
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
    roles = [role for role in roles_in(by, found) if when.covers(role.known_from)]
    people = people_of_records(by, [role.record_id for role in roles], when.instant)
    known = identities(by, dict.fromkeys(people.values()), when.instant)

    def whose(record: int) -> Who | None:
        return who(known[people[record].pk]) if record in people else None

    told = Told(by, case=found.pk, known_at=when.instant)
    stages = [stage for stage in stages_of(by, found.pk) if when.covers(stage.known_from)]
    crimes, number_of_crimes = newest_crimes(by, found.pk, MOST_CRIMES, when.instant)
    placement = placements(by.force, "case", [case], when.instant).get(case)
    freshness = freshness_of_records(by).answer
    born = {pk: one.born_on for pk, one in known.items()}
    sees_orders = allows(check_can_view_order, by)
    orders = [one for one in orders_of_case(by, found.pk) if when.covers(one.known_from)] if sees_orders else []
    read = CaseRead(found, stages, as_respondents(roles, people, born), orders if sees_orders else None)
    considered = considered_in(by, found.pk, when.instant or clock.now(), when.instant, read)
    references = sorted({person.reference for person in people.values()})
    use = use_notices(by, [role.record_id for role in roles])
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
        "summary": presenters.summary(found, references_of(by, found, MOST_REFERENCES), stages, placement),
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
        "missing": presenters.missing_table(doubts_of(noticed(told))),
        "story": story_page(request, told, when, who=whose, has_who=True, crimes=crimes),
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
