"""A breach's page is opened: who may, and whether there is such a breach for them (SEC-01, SEC-02)."""

from collections.abc import Callable

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from craffu.access.acting import Acting
from craffu.breaches.ledger.queries import case_it_is_shut_with, find_breach
from craffu.breaches.models import Breach
from craffu.web.middleware import acting
from craffu.web.presenters import Link, PageHead, Text, today_link
from craffu.web.references import address_of
from craffu.web.restricted.stubs import check_is_open


def open_breach(request: HttpRequest, reference: str, check: Callable[[Acting], object]) -> tuple[Acting, Breach]:
    """The reader and the breach they open. Raises NotPermitted for whoever may not, Http404 where there is none for them.

    A breach that is shut with its case answers as its case does: that it is there and whom to ask; where it is covert, nothing.
    """
    by = acting(request)
    check(by)
    found = find_breach(by, reference)
    if found is None:
        if case := case_it_is_shut_with(by, reference):
            check_is_open(by, "case", case, asked=reference)
        raise Http404
    return by, found


def breach_link(reference: str) -> Link:
    return Link(reference, address_of("breach_triage", "breach", reference))


def head_of(title: Text, *, has_errors: bool = False) -> PageHead:
    """The head of a breach's own page."""
    return PageHead(title, breadcrumbs=(today_link(), Link(title, "")), has_errors=has_errors)


def head_below(reference: str, title: Text, *, has_errors: bool = False, is_linked: bool = True) -> PageHead:
    """The head of a page below it; `is_linked` False for whoever does not open the breach's own page."""
    above = Link(_("Breach %(reference)s") % {"reference": reference}, breach_link(reference).href)
    trail = (today_link(), *((above,) if is_linked else ()), Link(title, ""))
    return PageHead(title, breadcrumbs=trail, has_errors=has_errors)
