"""The weekly digest: what is due first, then what moved, then the figures of the reader's roles, as they stood (X13; P25).

It is read as it was kept: of any week, by the rules of telling for whoever reads it now.
"""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from craffu.access.acting import Acting
from craffu.measures.digests.reading import Weekly, digest_of, weeks_of
from craffu.measures.events import MEASURES_VIEWED
from craffu.measures.permissions import check_can_read_digest
from craffu.measures.places import digests_of
from craffu.web.consulting import looked_at
from craffu.web.digests import presenters
from craffu.web.middleware import acting


@require_safe
def digest_newest(request: HttpRequest) -> HttpResponse:
    by = acting(request)
    check_can_read_digest(by)
    weeks = weeks_of(digests_of(by))
    return _shown(request, by, digest_of(digests_of(by), weeks[0]) if weeks else None, weeks)


@require_safe
def digest_of_week(request: HttpRequest, week: str) -> HttpResponse:
    by = acting(request)
    check_can_read_digest(by)
    try:
        found = digest_of(digests_of(by), date.fromisoformat(week))
    except ValueError:
        found = None
    if found is None:
        raise Http404
    return _shown(request, by, found, weeks_of(digests_of(by)))


def _shown(request: HttpRequest, by: Acting, one: Weekly | None, weeks: list[date]) -> HttpResponse:
    """No query of its own."""
    sees = presenters.sees_figures(by)
    looked_at(request, MEASURES_VIEWED, [f"snapshot/{one.kept.snapshot}"] if one and one.kept and sees else [])
    page = {"head": presenters.head(one), "earlier": presenters.earlier_links(one, weeks), "is_there": one is not None}
    if one is not None:
        page |= presenters.shown(one, by)
    return render(request, "digests/digest.html", page)
