"""A breach history leaves on paper: for a court, or in answer to another force; asked for, kept, logged, sent (P06, SEC-07)."""

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from craffu.access.policies import check_fresh_factor
from craffu.breaches.events import BREACHES_VIEWED
from craffu.breaches.history.actions import send_history_again, tells_the_same
from craffu.breaches.history.printing import For
from craffu.breaches.history.queries import every_row, find_printed, printed_of, seen
from craffu.breaches.permissions import check_can_disclose
from craffu.clocks.london import local_time
from craffu.common import clock
from craffu.common.refusals import NotNow
from craffu.web.consulting import looked_at
from craffu.web.histories import presenters, words
from craffu.web.histories.forms import AnswerForm, PrintForm
from craffu.web.histories.paper import print_history
from craffu.web.histories.views import crumbs, open_person
from craffu.web.known_at import known_at
from craffu.web.people.leading import led_on
from craffu.web.presenters import PageHead


@require_http_methods(["GET", "HEAD", "POST"])
def breaches_print(request: HttpRequest, person: str) -> HttpResponse:
    return _print_page(request, person, For.COURT)


@require_http_methods(["GET", "HEAD", "POST"])
def breaches_answer(request: HttpRequest, person: str) -> HttpResponse:
    return _print_page(request, person, For.FORCE)


def _print_page(request: HttpRequest, person: str, printed_for: For) -> HttpResponse:
    """The form, and the file once it is filled in."""
    by, found = open_person(request, person)
    check_can_disclose(by)
    check_fresh_factor(by)
    when = known_at(request)
    if when.instant is None and (led := led_on(request, by, found)) is not None:
        return led
    given = request.POST if request.method == "POST" else None
    form = AnswerForm(printed_for, given) if printed_for is For.FORCE else PrintForm(printed_for, given)
    if form.is_bound and form.is_valid():
        try:
            row, content = print_history(
                by=by, person=found, printed_for=printed_for, asked=form.asked, basis=form.basis, known_at=when.instant
            )
        except NotNow as refusal:
            form.add_error(None, refusal.message)
        else:
            return sent_history(content, row.known_from)
    looked_at(request, BREACHES_VIEWED, [f"person/{person}"])
    title = _("%(what)s: %(reference)s") % {"what": words.PRINTED[printed_for], "reference": person}
    page = {
        "head": PageHead(title, breadcrumbs=crumbs(found, title), has_errors=bool(form.errors)),
        "form": form,
        "holds": words.HOLDS[printed_for],
        "when": when,
        "left_out": presenters.left_out_words(every_row(by, seen(by, found, when.instant), clock.now())),
        "is_answer": printed_for is For.FORCE,
        "printed": presenters.printed_table(person, printed_of(by, found, printed_for)),
    }
    return render(request, "histories/print.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def breaches_printed(request: HttpRequest, person: str, number: int) -> HttpResponse:
    """One paper as it left, and the very same file once more."""
    by, found = open_person(request, person)
    check_can_disclose(by)
    check_fresh_factor(by)
    one = find_printed(by, found, number)
    if one is None:
        raise Http404
    form = PrintForm(one.printed_for, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            row, content = send_history_again(by=by, person=person, number=number, asked=form.asked)
        except NotNow as refusal:
            form.add_error(None, refusal.message)
        else:
            return sent_history(content, row.known_from)
    looked_at(request, BREACHES_VIEWED, [f"person/{person}"])
    title = _("%(what)s as it left: %(reference)s") % {"what": words.PRINTED[one.printed_for], "reference": person}
    page = {
        "head": PageHead(title, breadcrumbs=crumbs(found, title), has_errors=bool(form.errors)),
        "form": form,
        "about": presenters.printed_list(one),
        "has_changed": not tells_the_same(by, found, one, clock.now()),
    }
    return render(request, "histories/printed.html", page)


def sent_history(content: bytes, made_at: datetime) -> HttpResponse:
    """A paper to keep. Its name says what sort it is and when it was made, and names nobody."""
    answer = HttpResponse(content, content_type="application/pdf")
    name = f"craffu-breach-history-{local_time(made_at):%Y%m%d-%H%M}.pdf"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
