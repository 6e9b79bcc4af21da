"""The queue of emergency accesses that somebody else has to look into, and one of them (page map, P04; SEC-03)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from craffu.access import events
from craffu.access.acting import Acting
from craffu.access.emergency.actions import decide_review
from craffu.access.emergency.queries import Review, find_review, looked_at_during, reviews_decided, reviews_waiting
from craffu.access.emergency.rules import Verdict
from craffu.access.permissions import check_can_review, check_is_anothers
from craffu.common import clock
from craffu.web.audit.covert import kept_from
from craffu.web.consulting import looked_at
from craffu.web.done import say_done
from craffu.web.middleware import acting
from craffu.web.presenters import Link, PageHead, today_link
from craffu.web.restricted import presenters
from craffu.web.restricted.forms import ReviewForm

MOST_DECIDED = 20
MOST_ACTS = 200


def _refs(reviews: list[Review]) -> list[str]:
    return [ref for one in reviews for ref in presenters.refs_of(one)]


@require_safe
def emergency_reviews(request: HttpRequest) -> HttpResponse:
    """Those that wait, and the latest that were decided. One's own are not among them."""
    by = acting(request)
    check_can_review(by)
    now = clock.now()
    waiting, decided = reviews_waiting(by), reviews_decided(by, MOST_DECIDED)
    looked_at(request, events.EMERGENCIES_LISTED, _refs([*waiting, *decided]))
    title = _("Emergency access")
    page = {
        "head": PageHead(title, breadcrumbs=(today_link(), Link(title, ""))),
        "waiting": presenters.waiting_table(waiting, now),
        "decided": presenters.decided_table(decided),
    }
    return render(request, "restricted/reviews.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def emergency_review(request: HttpRequest, emergency: str) -> HttpResponse:
    """One emergency access: why, what was looked at, and what the reviewer finds."""
    by = acting(request)
    check_can_review(by)
    found = find_review(by, emergency)
    if found is None:
        raise Http404
    check_is_anothers(by, found.access.user)
    form = ReviewForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        _decide(by, found, form)
        say_done(request, _("The review is saved."))
        return redirect("emergency_reviews")
    now = clock.now()
    acts = [kept_from(by).without(act) for act in looked_at_during(by, found, MOST_ACTS)]
    looked_at(request, events.EMERGENCY_VIEWED, [*presenters.refs_of(found), *presenters.refs_shown(acts)])
    title = _("Emergency access %(number)s") % {"number": emergency}
    queue = Link(_("Emergency access"), reverse("emergency_reviews"))
    page = {
        "head": PageHead(title, breadcrumbs=(today_link(), queue, Link(title, "")), has_errors=bool(form.errors)),
        "facts": presenters.facts(found, now),
        "acts": presenters.acts_table(acts),
        "is_running": found.is_running(now),
        "is_decided": found.is_decided,
        "form": form,
    }
    return render(request, "restricted/review.html", page)


def _decide(by: Acting, found: Review, form: ReviewForm) -> None:
    decide_review(by=by, review=found, verdict=Verdict(form.cleaned_data["verdict"]), words=form.cleaned_data["words"])
