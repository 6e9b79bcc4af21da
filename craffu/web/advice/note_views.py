"""General notes that specialists wrote beside their answers, as every officer finds them (page map, P38; RES-04, R1b)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from craffu.orders import events
from craffu.orders.advising.permissions import check_can_read_notes
from craffu.orders.advising.queries import MOST, notes_found
from craffu.web.advice import presenters
from craffu.web.advice.forms import NotesForm
from craffu.web.consulting import looked_at
from craffu.web.middleware import acting
from craffu.web.presenters import Link, PageHead, today_link


@sensitive_post_parameters("words")
@require_http_methods(["GET", "HEAD", "POST"])
def advice_notes(request: HttpRequest) -> HttpResponse:
    """Every note, the last written first; or, asked by POST so that no word stands in an address, those that answer."""
    by = acting(request)
    check_can_read_notes(by)
    form = NotesForm(request.POST if request.method == "POST" else None)
    asked = form.asked if form.is_bound and form.is_valid() else {}
    found = notes_found(by, **asked)
    looked_at(request, events.ADVICE_NOTES_VIEWED, [f"note/{one.pk}" for one in found])
    title = _("What specialists have noted")
    page = {
        "head": PageHead(title, breadcrumbs=(today_link(), Link(title, "")), has_errors=bool(form.errors)),
        "form": form,
        "notes": presenters.notes_table(found),
        "is_asked": bool(asked.get("text") or asked.get("topic")),
        "is_cut": len(found) == MOST,
        "most": MOST,
    }
    return render(request, "advice/notes.html", page)
