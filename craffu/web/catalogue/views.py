"""The catalogue of kinds of orders: what each is, whence it is known, and since when it may be asked for here (P42; ORD-04)."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from craffu.access.acting import Acting
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.common.refusals import Conflict, NotNow, allows
from craffu.orders.catalogue.actions import edit_kind, seen_of
from craffu.orders.catalogue.queries import KindNow, kinds_now
from craffu.orders.catalogue.reading import kinds
from craffu.orders.permissions import check_can_edit_catalogue, check_can_read_catalogue
from craffu.web.catalogue import presenters
from craffu.web.catalogue.forms import KindForm
from craffu.web.edits import STATUS
from craffu.web.middleware import acting
from craffu.web.orders.words import kind_words
from craffu.web.presenters import Link, PageHead, today_link


def _list_link() -> Link:
    return Link(_("Kinds of orders"), reverse("order_kinds"))


def _found(by: Acting, code: str) -> KindNow:
    if code not in kinds():
        raise Http404
    return kinds_now(by, [code])[code]


@require_safe
def order_kinds(request: HttpRequest) -> HttpResponse:
    """Every kind, with how it stands here today."""
    by = acting(request)
    check_can_read_catalogue(by)
    title = _("Kinds of orders")
    page = {
        "head": PageHead(title, breadcrumbs=(today_link(), Link(title, ""))),
        "kinds": presenters.kinds_table(kinds_now(by).values(), by.force.name_en, day_of(clock.now())),
    }
    return render(request, "catalogue/list.html", page)


@require_safe
def order_kind(request: HttpRequest, kind: str) -> HttpResponse:
    """One kind: its rules, what of them nobody has confirmed, its sources and its versions."""
    by = acting(request)
    check_can_read_catalogue(by)
    one = _found(by, kind)
    title = kind_words(kind)
    page = {
        "head": PageHead(title, breadcrumbs=(today_link(), _list_link(), Link(title, ""))),
        "notices": [str(notice) for notice in messages.get_messages(request)],
        "standing": presenters.standing(one, by.force.name_en, day_of(clock.now())),
        "rules": presenters.rules(one),
        "unverified": one.kind.unverified,
        "sources": one.kind.sources,
        "versions": presenters.versions_table(one),
        "may_edit": allows(check_can_edit_catalogue, by),
        "code": kind,
    }
    return render(request, "catalogue/detail.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def order_kind_edit(request: HttpRequest, kind: str) -> HttpResponse:
    """A version more: a commencement, or words put right."""
    by = acting(request)
    check_can_edit_catalogue(by)
    one = _found(by, kind)
    form = KindForm(request.POST if request.method == "POST" else None, words=one.words, initial={"seen": seen_of(one)})
    status = None
    if form.is_bound and form.is_valid():
        try:
            edit_kind(by=by, code=kind, given=form.given, seen=form.cleaned_data["seen"])
        except (Conflict, NotNow) as refusal:
            form.add_error(None, refusal.message)
            status = STATUS if isinstance(refusal, Conflict) else None
        else:
            messages.success(request, _("It is recorded."))
            return redirect("order_kind", kind=kind)
    title = _("Change what is known of: %(kind)s") % {"kind": kind_words(kind)}
    trail = (
        today_link(),
        _list_link(),
        Link(kind_words(kind), reverse("order_kind", kwargs={"kind": kind})),
        Link(title, ""),
    )
    page = {"head": PageHead(title, breadcrumbs=trail, has_errors=bool(form.errors)), "form": form}
    return render(request, "catalogue/edit.html", page, status=status)
