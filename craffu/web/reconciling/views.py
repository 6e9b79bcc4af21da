"""The register held against the court's list: what differs by its age, one difference with both sides, taken on and settled."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from craffu.access.acting import Acting
from craffu.common import clock
from craffu.common.refusals import Conflict, NotNow, allows
from craffu.orders import events
from craffu.orders.catalogue.reading import kind_of
from craffu.orders.life.rules import is_from
from craffu.orders.life.states import CORRECT_END, EVERY_MOVE
from craffu.orders.models import ListDifference, Order
from craffu.orders.permissions import check_can_assign_inbox, check_can_work_inbox
from craffu.orders.reconciling.actions import QUEUE, close_difference, compare_lists, own_difference
from craffu.orders.reconciling.queries import (
    closed_of,
    comparisons,
    differences_page,
    find_comparison,
    find_difference,
    last_listed_at,
    other_side,
)
from craffu.orders.reconciling.rules import Finding
from craffu.people.queries import Identity, identities, people_of_records
from craffu.web.consulting import looked_at
from craffu.web.court.words import instant_words
from craffu.web.done import say_done
from craffu.web.inbox.forms import OwnerForm
from craffu.web.middleware import acting
from craffu.web.orders.opening import crumbs, refused
from craffu.web.paging import one_page
from craffu.web.presenters import Link, PageHead
from craffu.web.reconciling import presenters
from craffu.web.reconciling.forms import CloseForm
from craffu.work.queries import workers_of
from craffu.work.rules import Band

CLOSED = "closed"
BESIDE = {"missing:reason_text": "words", "account_closed": "owner", "not_their_queue": "owner"}


def head_of(by: Acting, title: str, *within: Link, has_errors: bool = False) -> PageHead:
    lists = Link(_("The court’s list and the register"), reverse("order_reconciliation"))
    trail = (*crumbs(by), *((lists,) if title != lists.text else ()), *within, Link(title, ""))
    return PageHead(title, breadcrumbs=trail, has_errors=has_errors)


@require_http_methods(["GET", "HEAD", "POST"])
def order_reconciliation(request: HttpRequest) -> HttpResponse:
    """What differs, the oldest first, by its age; both are compared anew on request."""
    by = acting(request)
    check_can_work_inbox(by)
    problem = ""
    if request.method == "POST":
        try:
            comparison = compare_lists(by=by)
        except NotNow as refusal:
            problem = str(refusal.message)
        else:
            say_done(request, _("Both are compared."))
            return redirect("order_comparison", comparison=comparison.reference)
    now, is_closed = clock.now(), request.GET.get("show") == CLOSED
    band = next((one for one in Band if one.value == request.GET.get("age")), None)
    shown = one_page(request, differences_page(by, now, is_closed=is_closed, band=band))
    refs = [f"difference/{one.reference}" for one in shown.rows]
    refs += sorted({f"order/{one.order.reference}" for one in shown.rows if one.order})
    looked_at(request, events.ORDER_DIFFERENCES_LISTED, refs)
    came, last = last_listed_at(by), comparisons(by).first()
    page = {
        "head": head_of(by, _("The court’s list and the register"), has_errors=bool(problem)),
        "problem": problem,
        "shown": shown,
        "differences": presenters.differences_table(shown.rows, now),
        "bands": presenters.bands(band),
        "is_closed": is_closed,
        "came": instant_words(came) if came else "",
        "compared": instant_words(last.at) if last else "",
    }
    return render(request, "reconciling/list.html", page)


@require_safe
def order_comparison(request: HttpRequest, comparison: str) -> HttpResponse:
    """One comparison in numbers."""
    by = acting(request)
    check_can_work_inbox(by)
    found = find_comparison(by, comparison)
    if found is None:
        raise Http404
    looked_at(request, events.ORDER_DIFFERENCES_LISTED, [f"comparison/{comparison}"])
    title = _("Comparison %(reference)s") % {"reference": comparison}
    page = {"head": head_of(by, title), "comparison": presenters.comparison_list(found)}
    return render(request, "reconciling/comparison.html", page)


def open_difference(request: HttpRequest, reference: str) -> tuple[Acting, ListDifference]:
    by = acting(request)
    check_can_work_inbox(by)
    found = find_difference(by, reference)
    if found is None:
        raise Http404
    return by, found


@sensitive_post_parameters("words")
@require_http_methods(["GET", "HEAD", "POST"])
def order_difference(request: HttpRequest, difference: str) -> HttpResponse:
    """Both sides of one difference; somebody says why it may stand, or enters what the register lacks."""
    by, found = open_difference(request, difference)
    form = CloseForm(request.POST if request.method == "POST" else None)
    status = None
    if form.is_bound and form.is_valid():
        try:
            close_difference(by=by, difference=difference, words=form.cleaned_data["words"])
        except (Conflict, NotNow) as refusal:
            form.add_error(BESIDE.get(refusal.code), refusal.message)
            status = refused(request, refusal)
        else:
            say_done(request, _("It is closed, and the reason is kept."))
            return redirect("order_reconciliation")
    order, listed = other_side(by, found)
    respondent = respondent_of(by, listed.record_id if listed else None)
    closed = closed_of(found)
    named = [one.reference for one in (order, closed.order if closed else None) if one is not None]
    refs = [f"difference/{difference}", *(f"order/{one}" for one in named)]
    refs += [f"person/{respondent.reference}"] if respondent else []
    looked_at(request, events.ORDER_DIFFERENCE_VIEWED, refs)
    title = _("Difference %(reference)s") % {"reference": difference}
    page = {
        "head": head_of(by, title, has_errors=bool(form.errors)),
        "difference": difference,
        "summary": presenters.summary(found, clock.now()),
        "sides": presenters.sides_table(order, listed, respondent),
        "form": form,
        "is_open": closed is None,
        "may_enter": found.finding == Finding.NOT_ON_REGISTER and by.holds_any(*EVERY_MOVE["receive"].who),
        "end_of": order.reference if order and _may_correct_end(by, found, order) else "",
        "move": CORRECT_END,
    }
    return render(request, "reconciling/difference.html", page, status=status)


def _may_correct_end(by: Acting, difference: ListDifference, order: Order) -> bool:
    """Whether the end of our order may be what is wrong: it is another, or the court's list has one that ran out here."""
    row = EVERY_MOVE[CORRECT_END]
    is_about_its_end = difference.finding in {Finding.END, Finding.NOT_ON_REGISTER} and is_from(row, order.status)
    return is_about_its_end and row.kinds.hold(order.kind, kind_of(order.kind).family) and by.holds_any(*row.who)


def respondent_of(by: Acting, record: int | None) -> Identity | None:
    """Who the respondent is that a court's list names. Three queries at most."""
    person = people_of_records(by, [record]).get(record) if record else None
    return identities(by, [person])[person.pk] if person else None


@require_http_methods(["GET", "HEAD", "POST"])
def order_difference_owner(request: HttpRequest, difference: str) -> HttpResponse:
    """Somebody takes it on, or gives it to somebody."""
    by, found = open_difference(request, difference)
    owners = [user for user in workers_of(by, QUEUE) if allows(check_can_assign_inbox, by, user)]
    form = OwnerForm(request.POST if request.method == "POST" else None, owners=owners)
    status = None
    if form.is_bound and form.is_valid():
        owner = next(user for user in owners if str(user.pk) == form.cleaned_data["owner"])
        try:
            own_difference(by=by, difference=difference, owner=owner)
        except (Conflict, NotNow) as refusal:
            form.add_error(BESIDE.get(refusal.code), refusal.message)
            status = refused(request, refusal)
        else:
            say_done(request, _("It is yours.") if owner == by.user else _("It is theirs now."))
            return redirect("order_difference", difference=difference)
    closed = closed_of(found)
    named = [closed.order.reference] if closed and closed.order else []
    looked_at(request, events.ORDER_DIFFERENCE_VIEWED, [f"difference/{difference}", *(f"order/{one}" for one in named)])
    title = _("Whose is difference %(reference)s?") % {"reference": difference}
    page = {
        "head": head_of(by, title, presenters.difference_link(difference), has_errors=bool(form.errors)),
        "form": form,
        "summary": presenters.summary(found, clock.now()),
        "waits": closed is None,
    }
    return render(request, "inbox/owner.html", page, status=status)
