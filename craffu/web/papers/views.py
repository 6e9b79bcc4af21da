"""Papers that leave: each is asked for with a purpose and a recipient, printed, kept and logged, then sent (P06, P11; SEC-07)."""

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from craffu.access.acting import Acting
from craffu.access.policies import check_fresh_factor
from craffu.clocks.london import local_time
from craffu.common.refusals import Conflict, NotNow, allows
from craffu.orders import events
from craffu.orders.entering.actions import record_entry
from craffu.orders.letters.actions import send_letter_again
from craffu.orders.life.states import LIVE
from craffu.orders.models import Order, PaperPrinted
from craffu.orders.permissions import (
    check_can_enter,
    check_can_mark,
    check_can_print,
    check_can_see_letters,
    check_can_view_order,
)
from craffu.orders.printing.actions import mark_paper, record_given, send_again
from craffu.orders.printing.facts import Handed
from craffu.orders.printing.queries import find_printed, given_of, marks_of, papers_open_to, printed_of
from craffu.orders.printing.rules import AUDIENCES, LETTERS, Audience, Printed
from craffu.orders.queries import OrderStory, story_of_order
from craffu.web.consulting import looked_at
from craffu.web.court.words import instant_words
from craffu.web.done import say_done
from craffu.web.edits import both_versions
from craffu.web.orders.opening import head, open_order, refused, seen_number, shown_version
from craffu.web.orders.presenters import paper_address
from craffu.web.orders.words import PAPERS
from craffu.web.papers import presenters, words
from craffu.web.papers.copied import text_of
from craffu.web.papers.forms import EntryForm, GivenForm, MarkForm, PrintForm
from craffu.web.papers.printing import people_named, print_paper
from craffu.web.papers.sheet import sheet_of
from craffu.web.presenters import Params

BESIDE = {
    "given_when": "on", "no_such_way": "method", "no_reference": "reference", "entered_when": "entered_on",
    "entered_before_these_words": "entered_on",
}  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def order_card(request: HttpRequest, order: str) -> HttpResponse:
    """The one-page card of a live order."""
    return _print_page(request, order, Printed.CARD)


@require_http_methods(["GET", "HEAD", "POST"])
def order_paper_print(request: HttpRequest, order: str, kind: str) -> HttpResponse:
    """A paper for a court or a respondent."""
    return _print_page(request, order, known_kind(kind))


@require_safe
def order_papers(request: HttpRequest, order: str) -> HttpResponse:
    """What can be taken out of an order, what left and was given, and what may become of the papers kept with it."""
    by, found = open_order(request, order, check_can_view_order)
    marks = marks_of(by, found)
    papers = papers_open_to(by, story_of_order(by, found).papers, marks)
    looked_at(request, events.ORDER_PAPERS_VIEWED, [f"order/{order}"])
    may_print = allows(check_can_mark, by)
    page = {
        "head": head(by, order, _("Papers of order %(reference)s") % {"reference": order}),
        "order": order,
        "to_print": [
            one for one in presenters.to_print(order, is_made=found.made_at is not None) if may_print or one.is_card
        ],
        "printed": presenters.printed_table(order, printed_of(by, found)),
        "given": presenters.given_table(given_of(by, found)),
        "kept": presenters.kept_table(order, papers, marks, may_mark=may_print),
        "systems": presenters.systems(order) if allows(check_can_enter, by) else [],
    }
    return render(request, "papers/papers.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def order_paper_printed(request: HttpRequest, order: str, number: int) -> HttpResponse:
    """One paper that left, and the very same file once more, for whoever it is given to."""
    by, found = open_order(request, order, check_can_see_letters)
    one = _printed(by, found, number)
    check_fresh_factor(by)
    form = PrintForm(one.kind, {one.audience: ""}, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            send = send_letter_again if one.kind == Printed.LETTER_PROTECTED else send_again
            row, content = send(by=by, order=order, number=number, asked=form.asked)
        except NotNow as refusal:
            form.add_error(None, refusal.message)
        else:
            return sent_paper(content, row.kind, row.known_from)
    looked_at(request, events.ORDER_PAPERS_VIEWED, [f"order/{order}"])
    title = _("%(paper)s: %(reference)s") % {"paper": words.left_as(one), "reference": order}
    page = {
        "head": head(by, order, title, has_errors=bool(form.errors)),
        "order": order,
        "number": number,
        "about": presenters.printed_list(one),
        "form": form,
    }
    return render(request, "papers/printed.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def order_paper_given(request: HttpRequest, order: str, number: int) -> HttpResponse:
    """That a paper was given to whom it was printed for: what the respondent has received is read from this."""
    by, found = open_order(request, order, check_can_see_letters)
    one = _printed(by, found, number)
    if one.kind == Printed.LETTER_PROTECTED:
        return redirect("order_letter_given", order=order, number=number)
    form = GivenForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        handed = Handed(one.audience, said["method"], form.moment, said["words"])
        try:
            record_given(by=by, order=order, number=number, handed=handed)
        except NotNow as refusal:
            form.add_error(BESIDE.get(refusal.code), refusal.message)
        else:
            say_done(request, _("It is recorded."))
            return redirect("order_papers", order=order)
    looked_at(request, events.ORDER_PAPERS_VIEWED, [f"order/{order}"])
    title = _("Record that it was given: %(paper)s") % {"paper": words.left_as(one)}
    page = {
        "head": head(by, order, title, has_errors=bool(form.errors)),
        "form": form,
        "to": words.AUDIENCES[one.audience],
        "printed": instant_words(one.known_from),
    }
    return render(request, "papers/given.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def order_paper_mark(request: HttpRequest, order: str, number: int) -> HttpResponse:
    """What may become of a paper that is kept: whoever says so has looked at it (SEC-12, VIC-09)."""
    by, found = open_order(request, order, check_can_mark)
    paper = next((one for one in story_of_order(by, found).papers if one.pk == number), None)
    if paper is None:
        raise Http404
    standing = marks_of(by, found).get(number)
    form = MarkForm(request.POST if request.method == "POST" else None, initial={"mark": standing})
    if form.is_bound and form.is_valid():
        try:
            mark_paper(by=by, order=order, number=number, mark=form.cleaned_data["mark"])
        except NotNow as refusal:
            form.add_error("mark", refusal.message)
        else:
            say_done(request, _("It is recorded."))
            return redirect("order_papers", order=order)
    looked_at(request, events.ORDER_PAPERS_VIEWED, [f"order/{order}"])
    title = _("What may become of a paper of order %(reference)s") % {"reference": order}
    page = {
        "head": head(by, order, title, has_errors=bool(form.errors)),
        "form": form,
        "kind": PAPERS[paper.kind],
        "standing": presenters.mark_words(paper.kind, standing),
        "address": paper_address(order, number),
    }
    return render(request, "papers/mark.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def order_text(request: HttpRequest, order: str, system: str) -> HttpResponse:
    """The words of an order to be copied into another system, and that this was done."""
    by, found = open_order(request, order, check_can_enter)
    if system not in words.SYSTEMS:
        raise Http404
    form = EntryForm(request.POST if request.method == "POST" else None)
    versions, status = None, None
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        try:
            record_entry(
                by=by, order=order, system=system, entered_on=said["entered_on"], reference=said["reference"],
                seen=seen_number(request),
            )  # fmt: skip
        except Conflict as conflict:
            versions, status = _both_words(story_of_order(by, found), seen_number(request)), refused(request, conflict)
        except NotNow as refusal:
            form.add_error(BESIDE.get(refusal.code), refusal.message)
        else:
            say_done(request, _("It is recorded."))
            return redirect("order_papers", order=order)
    sheet = sheet_of(by, found, Printed.CARD, Audience.POLICE)
    is_live, standing = found.status in LIVE, sheet.story.standing
    named = [one.reference for one in people_named(sheet)] if is_live else []
    looked_at(request, events.ORDER_TEXT_VIEWED, [f"order/{order}", *(f"person/{one}" for one in named)])
    title = _("Order %(reference)s for another system") % {"reference": order}
    page = {
        "head": head(by, order, title, has_errors=bool(form.errors)),
        "system": words.SYSTEMS[system],
        "text": text_of(sheet) if is_live else "",
        "people": ", ".join(named),
        "entries": presenters.entries_table(one for one in sheet.story.entries if one.system == system),
        "form": form,
        "versions": versions,
        "version": shown_version(request, standing.number if standing else 0, is_seen=versions is not None),
    }
    return render(request, "papers/text.html", page, status=status)


def _both_words(story: OrderStory, seen: int) -> Params:
    """The words that stand, and those that were copied (T30)."""
    stands, copied = (
        "\n".join(one.words for one in terms.conditions.all()) if terms else ""
        for terms in (story.standing, next((one for one in story.made if one.number == seen), None))
    )
    return both_versions([(_("Conditions"), stands, copied)])


def _printed(by: Acting, found: Order, number: int) -> PaperPrinted:
    one = find_printed(by, found, number)
    if one is None:
        raise Http404
    check_can_print(by, one.kind)
    return one


def _print_page(request: HttpRequest, order: str, kind: str) -> HttpResponse:
    """The form, and the file once it is filled in."""

    def may(by: Acting) -> None:
        check_can_print(by, kind)

    by, found = open_order(request, order, may)
    check_fresh_factor(by)
    audiences = {str(one): words.AUDIENCES[one] for one in AUDIENCES[kind]}
    form = PrintForm(kind, audiences, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            row, content = print_paper(by=by, order=found, kind=kind, audience=form.copy_for, asked=form.asked)
        except NotNow as refusal:
            form.add_error(None, refusal.message)
        else:
            return sent_paper(content, kind, row.known_from)
    looked_at(request, events.ORDER_PAPERS_VIEWED, [f"order/{order}"])
    title = _("Take out: %(what)s") % {"what": words.paper_named(kind, is_made=found.made_at is not None)}
    page = {
        "head": head(by, order, title, has_errors=bool(form.errors)),
        "form": form,
        "holds": words.paper_holds(kind, is_made=found.made_at is not None),
        "has_choice": not form.only_audience,
        "order": order,
    }
    return render(request, "papers/print.html", page)


def sent_paper(content: bytes, kind: str, made_at: datetime) -> HttpResponse:
    """A paper to keep. Its name says what sort it is and when it was made, and names nobody."""
    answer = HttpResponse(content, content_type="application/pdf")
    called = "letter" if kind in LETTERS else kind.replace("_", "-")
    name = f"craffu-{called}-{local_time(made_at):%Y%m%d-%H%M}.pdf"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def known_kind(kind: str) -> str:
    """Raises Http404 for a paper that nobody prints."""
    if kind not in AUDIENCES or kind in LETTERS:
        raise Http404
    return kind
