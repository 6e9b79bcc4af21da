"""Whose records these are, under which law, with whom they are shared, and on what basis (SEC-10)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from craffu.web.boundaries import presenters
from craffu.web.boundaries.words import NOT_CONFIRMED
from craffu.web.middleware import acting
from craffu.web.presenters import Link, Marking, PageHead, today_link


@require_safe
def boundaries(request: HttpRequest) -> HttpResponse:
    """Names nobody: kinds of records alone."""
    force = acting(request).force
    title = _("Whose records these are")
    page = {
        "head": PageHead(title, breadcrumbs=(today_link(), Link(title, "")), marking=Marking.OFFICIAL),
        "made_here": presenters.made_here(force),
        "received": presenters.received(force),
        "not_confirmed": NOT_CONFIRMED,
    }
    return render(request, "boundaries/boundaries.html", page)
