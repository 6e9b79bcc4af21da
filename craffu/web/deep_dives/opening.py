"""What every page of one deep dive does first: find it, and say where it lies."""

from collections.abc import Iterable
from typing import Final

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from craffu.access.acting import Acting
from craffu.scrutiny.claiming.kinds import Evidence
from craffu.scrutiny.deep_dives import events
from craffu.scrutiny.deep_dives.permissions import check_can_work
from craffu.scrutiny.deep_dives.queries import Dive, find_dive
from craffu.scrutiny.models import DiveEvidence
from craffu.web.consulting import looked_at
from craffu.web.deep_dives.presenters import dive_title
from craffu.web.middleware import acting
from craffu.web.presenters import Link, Marking, PageHead, today_link


def open_dive_page(request: HttpRequest, reference: str) -> tuple[Acting, Dive]:
    """The reader and the deep dive. Raises NotPermitted, and Http404 where there is none of their force."""
    by = acting(request)
    check_can_work(by)
    found = find_dive(by, reference)
    if found is None:
        raise Http404
    return by, found


# Records that evidence names by their references.
_NAMES: Final = {
    Evidence.SAMPLE: "sample", Evidence.RECOMMENDATION: "recommendation", Evidence.QUOTE: "interview",
    Evidence.SURVEY: "invitation",
}  # fmt: skip


def viewed(
    request: HttpRequest, reference: str, evidence: Iterable[DiveEvidence] = (), more: Iterable[str] = ()
) -> None:
    """Log a view of one, with every record that the evidence shown names."""
    named = {
        f"{_NAMES[Evidence(one.kind)]}/{one.part if one.kind == Evidence.QUOTE else one.source}"
        for one in evidence
        if one.kind in _NAMES
    }
    looked_at(request, events.DIVE_VIEWED, sorted({f"deep_dive/{reference}", *named, *more}))


def list_link() -> Link:
    return Link(_("Deep dives"), reverse("deep_dive_list"))


def head_of(one: Dive | None, title: str, *, has_errors: bool = False, above: Link | None = None) -> PageHead:
    """The top of a page, under the deep dive where it is of one."""
    crumbs = [today_link(), list_link()]
    if one is not None:
        crumbs.append(Link(dive_title(one), reverse("deep_dive_detail", args=[one.row.reference])))
    if above is not None:
        crumbs.append(above)
    return PageHead(
        title, breadcrumbs=(*crumbs, Link(title, "")), has_errors=has_errors, marking=Marking.OFFICIAL_SENSITIVE
    )
