"""The pages about people: a list, and one person with what the courts said of them (page map, P05)."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from craffu.access.acting import Acting
from craffu.access.permissions import check_can_break_glass
from craffu.cases.crime_queries import crimes_of_cases
from craffu.cases.models import CaseRole
from craffu.cases.queries import closed_cases_of, roles_of_records
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.common.refusals import allows
from craffu.people import events
from craffu.people.models import Person
from craffu.people.permissions import check_can_view_court_story, check_can_view_person
from craffu.people.queries import find_person, identities, members, people_page, provenance_of, records_of
from craffu.web.consulting import looked_at
from craffu.web.court.pages import story_page
from craffu.web.court.reading import read_story
from craffu.web.court.sources import freshness_of_records
from craffu.web.known_at import known_at
from craffu.web.middleware import acting
from craffu.web.paging import one_page
from craffu.web.people import presenters
from craffu.web.presenters import DataAsOf, Link, PageHead, today_link
from craffu.web.restricted.stubs import stubs


@require_safe
def person_list(request: HttpRequest) -> HttpResponse:
    by = acting(request)
    check_can_view_person(by)
    shown = one_page(request, people_page(by))
    known, records = identities(by, shown.rows), _records_of(by, shown.rows)
    cases = _case_counts(by, records)
    people = [(known[person.pk], records.sources[person.pk], cases.get(person.pk, 0)) for person in shown.rows]
    looked_at(request, events.PEOPLE_LISTED, [f"person/{person.reference}" for person in shown.rows])
    freshness = freshness_of_records(by)
    head = PageHead(_("People"), breadcrumbs=(today_link(), Link(_("People"), "")), data_as_of=freshness.as_of)
    page = {
        "head": head,
        "shown": shown,
        "people": presenters.people_table(people, day_of(clock.now())) if people else None,
        "freshness": freshness,
    }
    return render(request, "people/list.html", page)


@require_safe
def person_detail(request: HttpRequest, person: str) -> HttpResponse:
    by = acting(request)
    check_can_view_person(by)
    found = find_person(by, person)
    if found is None:
        raise Http404
    when = known_at(request)
    identity = identities(by, [found], when.instant)[found.pk]
    said = provenance_of(by, found, when.instant)
    records = list(records_of(by, found, when.instant).values_list("pk", flat=True))
    roles = [role for role in roles_of_records(by, records) if when.covers(role.known_from)]
    page: dict[str, Any] = {
        "when": when,
        "is_known": bool(said),
        "bar": presenters.identity_bar(identity, presenters.pnc_id(said), when.as_at),
        "other_names": identity.other_names,
        "cases": len({role.case_id for role in roles}),
        "not_open": stubs(by, "case", closed_cases_of(by, records)),
        "can_break_glass": allows(check_can_break_glass, by),
        "story": None,
    }
    # Somebody whose role lists no cases has still opened this one, and is shown that it is theirs for an hour.
    refs = [f"person/{found.reference}", *_opened(by, roles)]
    as_of: tuple[DataAsOf, ...] = ()
    if allows(check_can_view_court_story, by):
        freshness = freshness_of_records(by)
        as_of = () if when.day else freshness.as_of
        story = read_story(by, records=records, known_at=when.instant)
        page |= {
            "story": story_page(request, story, when, records=said),
            "cases_table": presenters.cases_table(
                roles, crimes_of_cases(by, {role.case_id for role in roles}, when.instant)
            ),
            "freshness": freshness,
        }
        refs += [f"case/{reference}" for reference in sorted({role.case.reference for role in roles})]
    looked_at(request, events.PERSON_VIEWED, refs)
    title = _("Person %(reference)s") % {"reference": found.reference}
    head = PageHead(
        title,
        breadcrumbs=(today_link(), Link(_("People"), reverse("person_list")), Link(title, "")),
        has_errors=bool(when.error),
        data_as_of=as_of,
    )
    return render(request, "people/detail.html", {"head": head, **page})


def _opened(by: Acting, roles: list[CaseRole]) -> list[str]:
    """The cases among these that the reader has open in an emergency, as the log names them."""
    references = {role.case.reference for role in roles}
    return [f"case/{one.reference}" for one in by.emergency if one.kind == "case" and one.reference in references]


@dataclass(frozen=True, slots=True)
class _Records:
    """The source records of some people: whose each is, and the systems that each person is known from."""

    whose: dict[int, int]
    sources: dict[int, list[str]]


def _records_of(by: Acting, people: list[Person]) -> _Records:
    rows = members(by).filter(person__in=people).values_list("record_id", "person_id", "record__source")
    whose: dict[int, int] = {}
    sources: dict[int, list[str]] = {person.pk: [] for person in people}
    for record, person, source in rows.order_by("record_id"):
        whose[record] = person
        if source not in sources[person]:
            sources[person].append(source)
    return _Records(whose, sources)


def _case_counts(by: Acting, records: _Records) -> dict[int, int]:
    """How many cases each person plays a part in, by the person's row number."""
    cases: dict[int, set[int]] = {}
    for role in roles_of_records(by, records.whose):
        cases.setdefault(records.whose[role.record_id], set()).add(role.case_id)
    return {person: len(found) for person, found in cases.items()}
