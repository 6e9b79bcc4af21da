"""A person's complete breach history: counted, narrowed, in time or from every standpoint (page map, P06)."""

from collections.abc import Sequence
from typing import Any, Final
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from craffu.access.acting import Acting
from craffu.breaches.events import BREACHES_VIEWED
from craffu.breaches.history.facts import ASKED, OrderCounts, Row
from craffu.breaches.history.queries import (
    Listed,
    awaiting,
    counted_whole,
    find_seen,
    shown,
)
from craffu.breaches.permissions import (
    check_can_decide,
    check_can_disclose,
    check_can_report,
    check_can_view_breaches,
    check_can_view_terms_now,
)
from craffu.common import clock
from craffu.common.refusals import allows
from craffu.intake.queries import last_heard
from craffu.linkage.permissions import check_can_view_pairs
from craffu.people.models import Person
from craffu.people.permissions import check_can_view_person
from craffu.people.queries import find_person
from craffu.web.consulting import looked_at
from craffu.web.histories import picture, presenters
from craffu.web.histories.forms import NarrowForm
from craffu.web.known_at import KnownAt, known_at
from craffu.web.middleware import acting
from craffu.web.paging import one_page
from craffu.web.people import presenters as people
from craffu.web.people.leading import led_on
from craffu.web.people.pages import bar_of, person_pages
from craffu.web.people.use import use_notices
from craffu.web.presenters import DataAsOf, Link, PageHead, Params, today_link
from craffu.web.statuses import SOURCE_WORDS

TIMELINE, VIEWS, TABLE = "timeline", "views", "table"
NAME: Final = "as"


@require_safe
def person_breaches(request: HttpRequest, person: str) -> HttpResponse:
    by = _reader(request)
    when, now = known_at(request), clock.now()
    of = find_seen(by, person, when.instant)
    if of is None:
        raise Http404
    found = of.person
    if when.instant is None and (led := led_on(request, by, found)) is not None:
        return led
    waiting = awaiting(by, of)
    counts, per_order, disagreeing = counted_whole(by, of, waiting)
    form = NarrowForm([one.order.reference for one in per_order if one.order], request.GET)
    narrowed = form.narrowed
    part = one_page(request, Listed(by, of, narrowed), total=None if narrowed.is_any else counts.of_all)
    rows, disagree = shown(by, of, part.rows, per_order, disagreeing, now)
    heard = last_heard(by, ASKED, when.instant)
    # However the list is narrowed, it stays as known on the day that was asked for.
    kept = [(key, value) for key, value in request.GET.items() if key == NAME or key.startswith("known-at")]
    use = use_notices(by, of.records)
    how, has_links = _how(request), allows(check_can_decide, by)
    title = _("Breach history %(reference)s") % {"reference": person}
    page: dict[str, Any] = {
        "head": PageHead(
            title,
            breadcrumbs=crumbs(found, title),
            has_errors=bool(form.errors) or bool(when.error),
            data_as_of=tuple(DataAsOf(SOURCE_WORDS[kind], heard.get(kind)) for kind in ASKED)
            if when.day is None
            else (),
        ),
        "when": when,
        "bar": bar_of(by, found, of.records, now, when.instant),
        "pages": person_pages(by, found, "person_breaches"),
        "use": use,
        "counted": presenters.counted_words(counts),
        "asked": presenters.asked_of(ASKED, heard),
        "waiting": len(waiting),
        "has_any": bool(counts.of_all),
        "counts": presenters.counts_list(counts),
        "orders": presenters.orders_table(per_order),
        "disagree": disagree,
        "disagreed": presenters.disagreed_words(disagree),
        "disagreements": presenters.disagreements_table(
            disagree.longest, when.instant or now, has_links=has_links, has_owners=when.day is None
        ),
        "form": form,
        "is_narrowed": narrowed.is_any,
        "ways": _ways(request, how),
        "way": how,
        "shown": part,
        "at_a_door": presenters.at_a_door(
            person, may_report=allows(check_can_report, by), may_view=allows(check_can_view_terms_now, by)
        )
        if when.day is None
        else [],
        "prints": presenters.prints(person, when.day) if allows(check_can_disclose, by) else [],
        "everything": f"?{urlencode(kept)}",
        "only_disagreeing": f"?{urlencode([*kept, ('disagrees', 'on')])}",
        "kept": kept,
        **_drawn(by, how, rows, per_order, when),
    }
    refs = {f"person/{person}", *(ref for row in rows for ref in presenters.refs_of(row))}
    refs |= {f"order/{one.order.reference}" for one in per_order if one.order}
    refs |= {f"breach/{one.breach}" for one in disagree.longest}
    refs |= {ref for one in use for ref in one.refs}
    looked_at(request, BREACHES_VIEWED, refs)
    return render(request, "histories/history.html", page)


def open_person(request: HttpRequest, person: str) -> tuple[Acting, Person]:
    """The reader and whose history they open. Raises NotPermitted, and Http404 where there is nobody for them."""
    by = _reader(request)
    found = find_person(by, person)
    if found is None:
        raise Http404
    return by, found


def _reader(request: HttpRequest) -> Acting:
    by = acting(request)
    check_can_view_person(by)
    check_can_view_breaches(by)
    return by


def crumbs(person: Person, title: str) -> tuple[Link, ...]:
    return (
        today_link(),
        Link(_("People"), reverse("person_list")),
        people.whole_link(person.reference),
        Link(title, ""),
    )


def _how(request: HttpRequest) -> str:
    asked = request.GET.get(NAME, "")
    return asked if asked in {VIEWS, TABLE} else TIMELINE


def _ways(request: HttpRequest, how: str) -> Params:
    """The three ways to look at it, as links that keep what was narrowed."""
    named = {TIMELINE: _("Timeline"), VIEWS: _("Three views"), TABLE: _("Table")}
    items = []
    for key, words in named.items():
        query = request.GET.copy()
        query[NAME] = key
        items.append({"text": words, "href": f"?{query.urlencode()}#breaches", "active": key == how})
    return {"label": _("Ways to look at it"), "items": items}


def _drawn(
    by: Acting, how: str, rows: Sequence[Row], per_order: Sequence[OrderCounts], when: KnownAt
) -> dict[str, Any]:
    """What the chosen way needs, and no more."""
    has_links = allows(check_can_decide, by)
    found: dict[str, Any] = {"picture": None, "timeline": None, "rows": None}
    if not rows:
        return found
    if how == TIMELINE:
        drawn = picture.shown(rows, per_order, when.as_at)
        return found | {"picture": drawn, "timeline": presenters.timeline(rows, has_links=has_links)}
    if how == VIEWS:
        return found | {"rows": presenters.views_table(rows, has_links=has_links)}
    return found | {
        "rows": presenters.rows_table(rows, has_links=has_links, has_pairs=allows(check_can_view_pairs, by))
    }
