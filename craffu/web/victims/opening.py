"""A victim's page is opened: who may, whether she is open to them, and a stub where a case of hers is shut (SEC-01, SEC-02)."""

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from craffu.access.acting import Acting
from craffu.common.refusals import allows
from craffu.victims.permissions import check_can_look_after, check_can_view_all, check_can_view_part
from craffu.victims.queries import Victim, find_victim
from craffu.web.middleware import acting
from craffu.web.presenters import Link, PageHead, today_link
from craffu.web.references import address_of
from craffu.web.restricted.stubs import check_is_open


def open_victim(request: HttpRequest, reference: str, *, part: bool = False) -> tuple[Acting, Victim]:
    """The reader and the victim they open; `part` is what offender managers and the orders team see too.

    Raises NotPermitted with a reason for whoever may not, Http404 where there is none for this reader.
    """
    by = acting(request)
    (check_can_view_part if part else check_can_view_all)(by)
    victim = find_victim(by, reference)
    if victim is None:
        raise Http404
    for case in victim.shut:
        check_is_open(by, "case", case)
    return by, victim


def open_looked_after(request: HttpRequest, reference: str) -> tuple[Acting, Victim]:
    """For whoever agrees with them, contacts them and takes their words, not only reads them. Raises as `open_victim` does."""
    by, found = open_victim(request, reference)
    check_can_look_after(by)
    return by, found


def refs(victim: Victim, *, with_cases: bool = False) -> list[str]:
    """What a page about a victim shows, as the log names it: them as a victim and as the person they are."""
    cases = [f"case/{one}" for one in victim.cases.values()] if with_cases else []
    return [f"victim/{victim.reference}", f"person/{victim.reference}", *cases]


def victim_link(reference: str) -> Link:
    return Link(_("Victim %(reference)s") % {"reference": reference}, address_of("victim_detail", "victim", reference))


def crumbs(by: Acting | None = None) -> tuple[Link, ...]:
    """Where every page about a victim lies: under the list, but for those who see a part of it and not the list."""
    has_list = by is None or allows(check_can_view_all, by)
    return (today_link(), Link(_("Victims"), reverse("victim_list"))) if has_list else (today_link(),)


def head(reference: str, title: str, *, has_errors: bool = False, by: Acting | None = None) -> PageHead:
    """The head of a page below a victim's own; `by` is the reader, where some see the page and not the list of victims."""
    return PageHead(title, breadcrumbs=(*crumbs(by), victim_link(reference), Link(title, "")), has_errors=has_errors)


def journey_head(title: str, back: str, *, has_errors: bool = False) -> PageHead:
    """The head of one question of a journey."""
    return PageHead(title, back=Link(_("Back"), back), has_errors=has_errors)
