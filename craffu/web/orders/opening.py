"""An order's page is opened: who may, whether there is such an order for them, and where its pages lie (SEC-01, SEC-02)."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from craffu.access.acting import Acting
from craffu.access.actions import record_refusal
from craffu.common.refusals import Conflict, NotNow, NotPermitted, Refusal, allows
from craffu.orders.drafting.policies import check_is_drafted, check_is_not_put_forward
from craffu.orders.models import Order
from craffu.orders.permissions import check_can_view_order, check_can_view_part
from craffu.orders.queries import OrderStory, case_it_is_shut_with, find_order
from craffu.web.edits import seen_version
from craffu.web.middleware import acting
from craffu.web.orders.terms_forms import TermsForm
from craffu.web.presenters import Link, PageHead, Text, today_link
from craffu.web.references import address_of, refs_asked_for
from craffu.web.restricted.stubs import check_is_open


def open_order(
    request: HttpRequest, reference: str, check: Callable[[Acting], object] = check_can_view_part
) -> tuple[Acting, Order]:
    """The reader and the order they open. Raises NotPermitted for whoever may not, Http404 where there is none for them.

    An order that is shut with its case answers as its case does: that it is there and whom to ask; where the case is covert,
    nothing.
    """
    by = acting(request)
    check(by)
    found = find_order(by, reference)
    if found is None:
        if case := case_it_is_shut_with(by, reference):
            check_is_open(by, "case", case, asked=reference)
        raise Http404
    return by, found


def order_link(reference: str) -> Link:
    return Link(reference, address_of("order_detail", "order", reference))


def named_link(reference: str) -> Link:
    return Link(_("Order %(reference)s") % {"reference": reference}, address_of("order_detail", "order", reference))


def crumbs(by: Acting) -> tuple[Link, ...]:
    """Under the list of orders, but for those who see a part of each and not the list."""
    if not allows(check_can_view_order, by):
        return (today_link(),)
    return (today_link(), Link(_("Orders"), reverse("order_list")))


def head(by: Acting, reference: str, title: str, *, has_errors: bool = False) -> PageHead:
    """The head of a page below an order's own."""
    return PageHead(title, breadcrumbs=(*crumbs(by), named_link(reference), Link(title, "")), has_errors=has_errors)


def refused(request: HttpRequest, refusal: Refusal) -> int | None:
    """A refusal that is said beside a form is logged like any other; its status, where the page is not just the form again."""
    if isinstance(refusal, Conflict):
        return HTTPStatus.CONFLICT
    if isinstance(refusal, NotPermitted):
        record_refusal(by=acting(request), refs=refs_asked_for(request), reason=refusal.code)
        return HTTPStatus.FORBIDDEN
    return None


def seen_number(request: HttpRequest) -> int:
    """The version that a form was made from. One without it is taken as made when there was nothing."""
    seen = seen_version(request)
    return int(seen) if seen.isascii() and seen.isdigit() else 0


def shown_version(request: HttpRequest, standing: int | str, *, is_seen: bool) -> str:
    """What a form is made from: what stands, or, where it comes back to be put right, still what it was made from.

    Otherwise whoever forgot a field would overwrite what somebody else did while they looked for it.
    """
    return str(standing) if request.method != "POST" or is_seen else seen_version(request)


def why_not_drafted(order: Order, *, is_pack: bool = False) -> str:
    """Why the conditions of an application, or its pack, are not changed any more, and what to do; empty while they can be."""
    try:
        check_is_not_put_forward(order.status)
        check_is_drafted(is_made=order.made_at is not None and not is_pack)
    except NotNow as refusal:
        return refusal.message
    return ""


def both_terms(story: OrderStory, form: TermsForm | None) -> tuple[Text, Text, Text]:
    """The conditions as they stand now and as they were given (T30)."""
    stands = "\n".join(one.words for one in story.standing.conditions.all()) if story.standing else ""
    return _("Conditions"), stands, "\n".join(one.words for one in form.terms.conditions) if form else ""
