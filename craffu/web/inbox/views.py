"""The inbox of orders that came as documents: by age, the image beside what is typed from it, matched or returned (P03)."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from craffu.access.acting import Acting
from craffu.access.models import User
from craffu.common import clock
from craffu.common.refusals import Conflict, NotNow, NotPermitted, allows
from craffu.orders import events
from craffu.orders.inbox.actions import (
    SOURCE,
    match_document,
    open_document,
    own_document,
    receive_document,
    return_document,
    type_from_document,
)
from craffu.orders.inbox.facts import terms_of_text
from craffu.orders.inbox.queries import (
    MOST_CANDIDATES,
    InInbox,
    documents_page,
    find_document,
    in_inbox,
    people_like,
    people_with_number,
)
from craffu.orders.models import DocumentRead
from craffu.orders.permissions import check_can_assign_inbox, check_can_work_inbox
from craffu.orders.queries import orders_of_records
from craffu.people.models import Person
from craffu.people.queries import Identity, find_person, identities, records_of
from craffu.web.consulting import looked_at
from craffu.web.done import say_done
from craffu.web.inbox import presenters
from craffu.web.inbox.forms import (
    AnotherForm,
    MatchForm,
    NewDocumentForm,
    OwnerForm,
    ReadingForm,
    ReturnForm,
    WhoForm,
    as_initial,
)
from craffu.web.middleware import acting
from craffu.web.orders.opening import crumbs, refused
from craffu.web.orders.terms_forms import ADD, TermsForm
from craffu.web.paging import one_page
from craffu.web.people.leading import led_on
from craffu.web.people.presenters import born_words, name_shown
from craffu.web.presenters import Link, PageHead
from craffu.work.queries import workers_of
from craffu.work.rules import Band

CHOOSE = "choose"
LEFT = "left"
ON_REGISTER = "on_register"
BESIDE = {
    "paper_form": "paper", "paper_size": "paper", "ahead": "on", "no_such_sender": "came_from", "made_ahead": "made_on",
    "missing:reason_code": "reason_code", "missing:reason_text": "reason_text", "account_closed": "owner",
    "not_their_queue": "owner", "kind_differs": "order", ON_REGISTER: "order", "other_respondent": "order",
    "not_before_court": "order",
}  # fmt: skip


def _head(by: Acting, title: str, *within: Link, has_errors: bool = False) -> PageHead:
    inbox = Link(_("Inbox of orders"), reverse("order_inbox"))
    trail = (*crumbs(by), *((inbox,) if title != inbox.text else ()), *within, Link(title, ""))
    return PageHead(title, breadcrumbs=trail, has_errors=has_errors)


@require_safe
def order_inbox(request: HttpRequest) -> HttpResponse:
    """What waits, the longest first, by its age; and what has left."""
    by = acting(request)
    check_can_work_inbox(by)
    now, has_left = clock.now(), request.GET.get("show") == LEFT
    band = next((one for one in Band if one.value == request.GET.get("age")), None)
    shown = one_page(request, documents_page(by, now, has_left=has_left, band=band))
    rows = [in_inbox(one, now) for one in shown.rows]
    looked_at(request, events.ORDER_DOCUMENTS_LISTED, [f"document/{one.document.reference}" for one in rows])
    page = {
        "head": _head(by, _("Inbox of orders")),
        "shown": shown,
        "documents": presenters.documents_table(rows),
        "bands": presenters.bands(band),
        "has_left": has_left,
    }
    return render(request, "inbox/list.html", page)


@sensitive_post_parameters("sender")
@require_http_methods(["GET", "HEAD", "POST"])
def order_document_new(request: HttpRequest) -> HttpResponse:
    """A document that came is put into the inbox."""
    by = acting(request)
    check_can_work_inbox(by)
    form = NewDocumentForm(request.POST, request.FILES) if request.method == "POST" else NewDocumentForm()
    if form.is_bound and form.is_valid():
        try:
            document = receive_document(by=by, given=form.given)
        except NotNow as refusal:
            form.add_error(BESIDE.get(refusal.code), refusal.message)
        else:
            say_done(request, _("It is in the inbox."))
            return redirect("order_document", document=document.reference)
    title = _("Put a document into the inbox")
    return render(request, "inbox/new.html", {"head": _head(by, title, has_errors=bool(form.errors)), "form": form})


def _open(request: HttpRequest, reference: str) -> tuple[Acting, InInbox]:
    by = acting(request)
    check_can_work_inbox(by)
    found = find_document(by, reference)
    if found is None:
        raise Http404
    return by, in_inbox(found, clock.now())


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def order_document(request: HttpRequest, document: str) -> HttpResponse:
    """The image beside what is typed from it; who it may be about; whose it is. Half of it typed is kept too."""
    by, one = _open(request, document)
    data = request.POST if request.method == "POST" else None
    who = WhoForm(data if data is not None and CHOOSE in data else None)
    if who.is_bound and who.is_valid():
        return redirect("order_document_match", document=document, person=who.reference)
    typed = None if data is None or CHOOSE in data or ADD in data else data
    form, terms = _forms(data, typed, one)
    status = None
    if typed is not None and all([form.is_valid(), terms.is_valid()]):
        try:
            said = form.typed_with(terms.terms)
            type_from_document(by=by, document=document, typed=said, seen=_seen(data))
        except (Conflict, NotNow) as refusal:
            form.add_error(BESIDE.get(refusal.code), refusal.message)
            status = refused(request, refusal)
        else:
            say_done(request, _("What you typed is kept."))
            return redirect("order_document", document=document)
    people = _candidates(by, one)
    looked_at(request, events.ORDER_DOCUMENT_VIEWED, _refs(one, people))
    title = _("Document %(reference)s") % {"reference": document}
    page = {
        "head": _head(by, title, has_errors=bool(form.errors or terms.errors or who.errors)),
        "document": document,
        "summary": presenters.summary(one),
        "is_picture": one.document.media_type != "application/pdf",
        "form": form,
        "terms": terms,
        "who": who,
        "version": str(one.reading.number if one.reading else 0),
        "waits": one.left is None,
        "typed": presenters.typed(one.reading, _conditions(one.reading)),
        "candidates": presenters.candidates(document, people),
        "is_mine": one.owned is not None and one.owned.owner == by.user,
    }
    return render(request, "inbox/document.html", page, status=status)


def _forms(data: Any, typed: Any, one: InInbox) -> tuple[ReadingForm, TermsForm]:
    """Both forms: as they were sent, with another row where one was asked for, or with what was typed last."""
    terms_typed = terms_of_text(one.reading.terms) if one.reading else None
    is_adding = data is not None and ADD in data
    form = ReadingForm(typed, initial=None if typed else as_initial(one.reading, one.document.kind))
    if is_adding:
        form = ReadingForm(initial={
            name: field.widget.value_from_datadict(data, {}, name) for name, field in form.fields.items()
        })  # fmt: skip
    return form, TermsForm(data if is_adding else typed, typed=terms_typed)


def _seen(data: Any) -> int:
    said = str(data.get("version", "")) if data is not None else ""
    return int(said) if said.isascii() and said.isdigit() else -1


def _conditions(reading: DocumentRead | None) -> list[str]:
    terms = terms_of_text(reading.terms) if reading else None
    return [one.words for one in terms.conditions] if terms else []


def _candidates(by: Acting, one: InInbox) -> list[Identity]:
    """Whoever it may be about: by the case number first, then by the name and birthday that were typed."""
    if one.left is not None or one.reading is None:
        return []
    people = {who.pk: who for who in people_with_number(by, one.reading.court_case_no)}
    for hit in people_like(by, one.reading).hits:
        people.setdefault(hit.person, Person(pk=hit.person, reference=hit.reference))
    known = identities(by, people.values()) if people else {}
    return [known[pk] for pk in [*people][:MOST_CANDIDATES]]


def _refs(one: InInbox, people: list[Identity]) -> list[str]:
    refs = [f"document/{one.document.reference}", *(f"person/{who.reference}" for who in people)]
    return [*refs, f"order/{one.left.order.reference}"] if one.left and one.left.order else refs


@require_safe
def order_document_image(request: HttpRequest, document: str) -> HttpResponse:
    """The document as it came, in the reader's own browser. That it was opened is in the log."""
    by, _one = _open(request, document)
    found, content = open_document(by=by, document=document)
    answer = HttpResponse(content, content_type=found.media_type)
    answer.headers["Content-Disposition"] = f'inline; filename="{document}"'
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
def order_document_owner(request: HttpRequest, document: str) -> HttpResponse:
    """Somebody takes it on, or gives it to somebody."""
    by, one = _open(request, document)
    owners = [user for user in workers_of(by, SOURCE) if allows(check_can_assign_inbox, by, user)]
    form = OwnerForm(request.POST if request.method == "POST" else None, owners=owners)
    status = None
    if form.is_bound and form.is_valid():
        owner = next(user for user in owners if str(user.pk) == form.cleaned_data["owner"])
        try:
            own_document(by=by, document=document, owner=owner)
        except (Conflict, NotNow) as refusal:
            form.add_error(BESIDE.get(refusal.code), refusal.message)
            status = refused(request, refusal)
        else:
            say_done(request, _owned_words(by, owner))
            return redirect("order_document", document=document)
    looked_at(request, events.ORDER_DOCUMENT_VIEWED, [f"document/{document}"])
    title = _("Whose is document %(reference)s?") % {"reference": document}
    page = {
        "head": _head(by, title, presenters.document_link(document), has_errors=bool(form.errors)),
        "form": form,
        "summary": presenters.summary(one),
        "waits": one.left is None,
    }
    return render(request, "inbox/owner.html", page, status=status)


def _owned_words(by: Acting, owner: User) -> str:
    return _("It is yours.") if owner == by.user else _("It is theirs now.")


@sensitive_post_parameters("reason_text")
@require_http_methods(["GET", "HEAD", "POST"])
def order_document_return(request: HttpRequest, document: str) -> HttpResponse:
    """It goes back, with a reason (ORD-21)."""
    by, one = _open(request, document)
    form = ReturnForm(request.POST if request.method == "POST" else None)
    status = None
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        try:
            return_document(by=by, document=document, reason=said["reason_code"], words=said["reason_text"])
        except (Conflict, NotNow) as refusal:
            form.add_error(BESIDE.get(refusal.code), refusal.message)
            status = refused(request, refusal)
        else:
            say_done(request, _("It is returned, and the reason is kept."))
            return redirect("order_inbox")
    looked_at(request, events.ORDER_DOCUMENT_VIEWED, [f"document/{document}"])
    title = _("Return document %(reference)s") % {"reference": document}
    page = {
        "head": _head(by, title, presenters.document_link(document), has_errors=bool(form.errors)),
        "form": form,
        "summary": presenters.summary(one),
        "waits": one.left is None,
    }
    return render(request, "inbox/return.html", page, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def order_document_match(request: HttpRequest, document: str, person: str) -> HttpResponse:
    """It is about this person: one of their orders, or one that enters the register now (IDN-02, ORD-19)."""
    by, one = _open(request, document)
    who = find_person(by, person)
    if who is None:
        raise Http404
    if request.method != "POST" and (led := led_on(request, by, who)) is not None:
        return led
    identity = identities(by, [who])[who.pk]
    orders = orders_of_records(by, records_of(by, who))
    return _match(request, by, one, identity, presenters.order_choices(orders))


@require_http_methods(["GET", "HEAD", "POST"])
def order_document_match_new(request: HttpRequest, document: str) -> HttpResponse:
    """It is about nobody whom the register knows: it enters against a record of what it says of them."""
    by, one = _open(request, document)
    return _match(request, by, one, None, [])


def _match(
    request: HttpRequest, by: Acting, one: InInbox, identity: Identity | None, orders: list[tuple[str, str]]
) -> HttpResponse:
    document, number = one.document.reference, one.reading.number if one.reading else 0
    form = MatchForm(request.POST if request.method == "POST" else None, orders=orders, initial={"seen": number})
    another = AnotherForm(request.POST)
    asks, status = another.says_so, None
    if form.is_bound and form.is_valid():
        person = identity.reference if identity else None
        try:
            order = match_document(
                by=by, document=document, seen=form.cleaned_data["seen"], person=person, order=form.chosen,
                is_another=another.says_so,
            )  # fmt: skip
        except (Conflict, NotNow, NotPermitted) as refusal:
            asks = asks or refusal.code == ON_REGISTER
            form.add_error(BESIDE.get(refusal.code), refusal.message)
            status = refused(request, refusal)
        else:
            say_done(request, _("It is matched. Its words read “not checked” until somebody else compares them."))
            return redirect("order_detail", order=order.reference)
    refs = [f"document/{document}", *(f"order/{reference}" for reference, _line in orders)]
    looked_at(request, events.ORDER_DOCUMENT_VIEWED, [*refs, *([f"person/{identity.reference}"] if identity else [])])
    title = _("Match document %(reference)s") % {"reference": document}
    page = {
        "head": _head(by, title, presenters.document_link(document), has_errors=bool(form.errors)),
        "document": document,
        "form": form,
        "another": another if asks else None,
        "typed": presenters.typed(one.reading, _conditions(one.reading)),
        "who": (name_shown(identity), identity.reference, born_words(identity)) if identity else None,
        "waits": one.left is None,
    }
    return render(request, "inbox/match.html", page, status=status)
