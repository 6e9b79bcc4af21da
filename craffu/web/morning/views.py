"""This morning's lists of custody, releases and courts against whoever is known: every entry in one place (BRC-08)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from craffu.breaches import events
from craffu.breaches.lists.rules import MorningList
from craffu.breaches.permissions import check_can_view_lists
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.intake.morning.reading import morning
from craffu.orders.queries import live_orders_of
from craffu.people.queries import identities
from craffu.web.consulting import looked_at
from craffu.web.middleware import acting
from craffu.web.morning import presenters
from craffu.web.morning.words import LISTS
from craffu.web.presenters import Link, PageHead, today_link


@require_safe
def morning_list(request: HttpRequest, list: str) -> HttpResponse:  # as its address calls it
    """One list of today: who is known, who may be, and who is nobody we know."""
    by = acting(request)
    check_can_view_lists(by)
    if list not in set(MorningList):
        raise Http404
    name, now = MorningList(list), clock.now()
    found = morning(by, day_of(now), now)
    people = identities(by, set(found.people.values())) if found.people else {}
    standing = live_orders_of(by, set(people)) if people else {}
    shown = presenters.shown_of(found, name, people, standing)
    refs = sorted(
        {f"person/{one.reference}" for one in shown.people} | {f"order/{one.reference}" for one in shown.orders}
    )
    looked_at(request, events.MORNING_LIST_VIEWED, [f"list/{name.value}", *refs])
    title = str(LISTS[name])
    page = {
        "head": PageHead(title, breadcrumbs=(today_link(), Link(title, ""))),
        "came": presenters.came_words(found, name),
        "is_available": name not in found.matched.not_available,
        "others": [
            Link(str(words), reverse("morning_list", kwargs={"list": one.value}))
            for one, words in LISTS.items()
            if one is not name
        ],
        "parts": shown.parts,
        "is_empty": shown.is_empty,
    }
    return render(request, "morning/list.html", page)
