"""The pages about people: a list, and one person with what the courts said of them (page map, P05)."""

from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from craffu.access.acting import Acting
from craffu.access.later import together
from craffu.access.permissions import check_can_break_glass, check_can_export_list, check_can_export_record
from craffu.breaches.history.facts import Seen
from craffu.breaches.permissions import check_can_view_breaches, check_can_view_terms_now
from craffu.cases.crime_queries import crimes_of_cases
from craffu.cases.custody.queries import releases_of
from craffu.cases.models import CaseRole
from craffu.cases.permissions import check_can_view_case
from craffu.cases.queries import closed_cases_of, roles_of_records
from craffu.cases.risk.badge.queries import grade_shown
from craffu.cases.risk.permissions import check_can_view_grade
from craffu.cases.story_queries import Told
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.common.refusals import allows
from craffu.orders.permissions import check_can_view_checks, check_can_view_part
from craffu.orders.queries import orders_of_records
from craffu.people import events
from craffu.people.models import Person
from craffu.people.permissions import check_can_view_court_story, check_can_view_person
from craffu.people.queries import (
    find_person,
    identities_later,
    identity_of,
    people_of_records,
    people_part,
    people_up_to,
    pnc_id,
    provenance_of,
    records_ever_of,
    records_of,
)
from craffu.web.consulting import looked_at
from craffu.web.court.attention import releases_to_come
from craffu.web.court.pages import story_page
from craffu.web.court.sources import freshness_of_records
from craffu.web.exports.sending import export_page
from craffu.web.histories.last import breaches_of
from craffu.web.known_at import KnownAt, known_at
from craffu.web.middleware import acting
from craffu.web.orders.presenters import orders_table
from craffu.web.paging import register_page
from craffu.web.people import exported, presenters
from craffu.web.people.known import case_counts, known_from
from craffu.web.people.leading import lead_on
from craffu.web.people.pages import person_pages
from craffu.web.people.use import use_notices
from craffu.web.presenters import DataAsOf, Link, PageHead, Params, today_link
from craffu.web.references import address_of
from craffu.web.restricted.stubs import stubs
from craffu.web.risk.presenters import badge


@require_safe
def person_list(request: HttpRequest) -> HttpResponse:
    by = acting(request)
    check_can_view_person(by)
    shown = register_page(request, partial(people_part, by), partial(people_up_to.later, by))
    looked_at(request, events.PEOPLE_LISTED, [f"person/{person.reference}" for person in shown.rows])
    records = known_from(by, shown.rows)
    known, counts = identities_later(by, shown.rows, records.whose), case_counts(by, records)
    heard = freshness_of_records(by)
    together(known, counts, heard)
    who, cases, freshness = known.answer, counts.answer, heard.answer
    people = [(who[person.pk], records.sources[person.pk], cases.get(person.pk, 0)) for person in shown.rows]
    head = PageHead(_("People"), breadcrumbs=(today_link(), Link(_("People"), "")), data_as_of=freshness.as_of)
    page = {
        "head": head,
        "shown": shown,
        "people": presenters.people_table(people, day_of(clock.now())) if people else None,
        "may_export": bool(people) and allows(check_can_export_list, by),
        "freshness": freshness,
    }
    return render(request, "people/list.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def people_export(request: HttpRequest) -> HttpResponse:
    """The whole list as a file."""
    by = acting(request)
    check_can_view_person(by)
    check_can_export_list(by)
    back = Link(_("People"), reverse("person_list"))
    return export_page(request, exported.LIST, partial(exported.people_listed, by), back=back)


@require_http_methods(["GET", "HEAD", "POST"])
def person_export(request: HttpRequest, person: str) -> HttpResponse:
    """The record of one person as a file."""
    by = acting(request)
    check_can_view_court_story(by)
    check_can_export_record(by)
    found = find_person(by, person)
    if found is None:
        raise Http404
    lead_on(request, by, found)
    return export_page(
        request,
        exported.RECORD,
        partial(exported.record_of, by, found),
        back=Link(
            _("Person %(reference)s") % {"reference": person}, reverse("person_detail", kwargs={"person": person})
        ),
        subject=person,
        refs=[f"person/{person}"],
    )


@require_safe
def person_detail(request: HttpRequest, person: str) -> HttpResponse:
    by = acting(request)
    check_can_view_person(by)
    found = find_person(by, person)
    if found is None:
        raise Http404
    when = known_at(request)
    records = records_of(by, found, when.instant)
    said = provenance_of(by, records, when.instant)
    identity = identity_of(found, said)
    roles = [role for role in roles_of_records(by, records) if when.covers(role.known_from)]
    page: dict[str, Any] = {
        "when": when,
        "is_known": bool(said),
        "now_of": [] if said or when.instant else _now_of(by, found),
        "bar": presenters.identity_bar(identity, pnc_id(said), when.as_at, _badges(by, roles, when)),
        "other_names": identity.other_names,
        "recorded": presenters.recorded_table(said),
        "cases": len({role.case_id for role in roles}),
        "not_open": stubs(by, "case", closed_cases_of(by, records)),
        "can_break_glass": allows(check_can_break_glass, by),
        "export": _export_of(by, found) if said else "",
        "story": None,
        "use": use_notices(by, records),
    }
    releases = releases_of(by, records, when.instant or clock.now())
    # Whoever does not see what the courts said sees all the same that somebody is to be let out.
    page["to_come"] = {"attention": [row for _rank, row in releases_to_come(releases, when.as_at)]}
    # Somebody whose role lists no cases has still opened this one, and is shown that it is theirs for an hour.
    refs = [f"person/{found.reference}", *(f"person/{one.text}" for one in page["now_of"]), *_opened(by, roles)]
    refs += [ref for one in page["use"] for ref in one.refs]
    as_of: tuple[DataAsOf, ...] = ()
    if allows(check_can_view_court_story, by):
        freshness = freshness_of_records(by).answer
        as_of = () if when.day else freshness.as_of
        page |= {
            "story": story_page(
                request, Told(by, records=tuple(records), known_at=when.instant), when, records=said, releases=releases
            ),
            "cases_table": presenters.cases_table(
                roles, crimes_of_cases(by, {role.case_id for role in roles}, when.instant)
            ),
            "freshness": freshness,
        }
        refs += [f"case/{reference}" for reference in sorted({role.case.reference for role in roles})]
    orders = orders_of_records(by, records) if allows(check_can_view_part, by) else []
    orders = [one for one in orders if when.covers(one.known_from)]
    page["orders"] = orders_table(orders, has_case=False)
    page["terms_now"] = address_of("person_now", "person", person) if allows(check_can_view_terms_now, by) else ""
    page["visits"] = (
        address_of("person_visits", "person", person) if orders and allows(check_can_view_checks, by) else ""
    )
    refs += [f"order/{one.reference}" for one in orders]
    page |= {"pages": person_pages(by, found, "person_detail"), "breaches": None}
    if said and allows(check_can_view_breaches, by):
        page["breaches"] = breaches_of(by, Seen(found, tuple(records), when.instant), clock.now())
        refs += page["breaches"].refs
    looked_at(request, events.PERSON_VIEWED, refs)
    title = _("Person %(reference)s") % {"reference": found.reference}
    head = PageHead(
        title,
        breadcrumbs=(today_link(), Link(_("People"), reverse("person_list")), Link(title, "")),
        has_errors=bool(when.error),
        data_as_of=as_of,
    )
    return render(request, "people/detail.html", {"head": head, **page})


def _now_of(by: Acting, person: Person) -> list[Link]:
    """Whose the records of somebody are who has none now: they were found to be another's (IDN-03)."""
    ever = records_ever_of(by, [person.pk])
    now = {one.reference for one in people_of_records(by, ever).values()}
    return [presenters.person_link(reference) for reference in sorted(now)]


def _badges(by: Acting, roles: list[CaseRole], when: KnownAt) -> list[Params]:
    """How dangerous the person is held to be, for whoever may see it."""
    if not allows(check_can_view_grade, by):
        return []
    shown = grade_shown(by, roles, when.instant or clock.now(), when.instant)
    return [badge(shown, names_case=allows(check_can_view_case, by))] if shown else []


def _opened(by: Acting, roles: list[CaseRole]) -> list[str]:
    """The cases among these that the reader has open in an emergency, as the log names them."""
    references = {role.case.reference for role in roles}
    return [f"case/{one.reference}" for one in by.emergency if one.kind == "case" and one.reference in references]


def _export_of(by: Acting, person: Person) -> str:
    """Where the person's record is taken out; empty for whoever may not."""
    may = allows(check_can_export_record, by)
    return reverse("person_export", kwargs={"person": person.reference}) if may else ""
