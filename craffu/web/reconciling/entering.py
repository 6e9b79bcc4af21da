"""An order that a court lists and the register lacks is received, with what the list says filled in already (ORD-19, ORD-09)."""

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from craffu.access.acting import Acting
from craffu.access.permissions import check_holds
from craffu.access.policies import check_is_there
from craffu.common.refusals import Conflict, NotNow, NotPermitted
from craffu.intake.records.queries import conditions_kept
from craffu.orders import events
from craffu.orders.facts import NewCondition, NewTerms
from craffu.orders.life.states import TABLE
from craffu.orders.models import CourtListed
from craffu.orders.reconciling.actions import enter_listed
from craffu.orders.reconciling.queries import closed_of, last_word
from craffu.orders.reconciling.rules import Finding
from craffu.people.models import Person
from craffu.people.queries import Identity, find_record, identities, people_of_records, records_of
from craffu.people.search.asking import taken_apart
from craffu.people.search.queries import find_people
from craffu.web.consulting import looked_at
from craffu.web.done import say_done
from craffu.web.inbox.forms import AnotherForm
from craffu.web.inbox.views import ON_REGISTER
from craffu.web.orders.opening import refused
from craffu.web.orders.presenters import kind_or_first
from craffu.web.orders.step_fields import NO_END, UNTIL_DAY, YES
from craffu.web.orders.step_forms import NewOrderForm, StepForm
from craffu.web.orders.terms_forms import ADD, TermsForm
from craffu.web.people.presenters import born_words, name_shown
from craffu.web.presenters import Params
from craffu.web.reconciling import presenters
from craffu.web.reconciling.views import head_of, open_difference

MOVE = "receive"
MOST_CANDIDATES = 10


@require_http_methods(["GET", "HEAD", "POST"])
def order_difference_enter(request: HttpRequest, difference: str) -> HttpResponse:
    """What the list says is filled in; whoever enters it puts it right and says against whom it is (IDN-02)."""
    by, found = open_difference(request, difference)
    check_holds(by, *TABLE[MOVE].who)
    listed = last_word(by, found.listed.order_ref) if found.listed else None
    if listed is None or found.finding != Finding.NOT_ON_REGISTER:
        raise Http404
    people = _candidates(by, listed)
    suspects = [(str(record), _line(identity)) for record, identity in people.items()]
    data = request.POST if request.method == "POST" else None
    is_adding = data is not None and ADD in data
    new = NewOrderForm(
        None if is_adding else data, move=MOVE, suspects=suspects, victims=[], initial=_asked(data, listed, people)
    )
    form = StepForm(data, move=MOVE, kind=kind_or_first(listed.kind, MOVE), initial=_said(listed))
    terms = TermsForm(data, typed=_terms(by, listed))
    another = AnotherForm(request.POST)
    order, asks, status = None, another.says_so, None
    if data is not None and not is_adding and all([new.is_valid(), form.is_valid(), terms.is_valid()]):
        try:
            order = enter_listed(
                by=by, difference=difference, kind=new.cleaned_data["kind"], is_interim=bool(new.cleaned_data["is_interim"]),
                respondent=check_is_there(find_record(by, int(new.cleaned_data["respondent"]))),
                given=replace(form.given, terms=terms.terms), is_another=another.says_so,
            )  # fmt: skip
        except (Conflict, NotNow, NotPermitted) as refusal:
            asks = asks or refusal.code == ON_REGISTER
            form.add_error(form.beside(refusal.code), refusal.message)
            status = refused(request, refusal)
    if order is not None:
        say_done(request, _("It is recorded."))
        return redirect("order_detail", order=order.reference)
    refs = [f"person/{one.reference}" for one in people.values()]
    looked_at(request, events.ORDER_DIFFERENCE_VIEWED, [f"difference/{difference}", *refs])
    title = _("Enter the order of difference %(reference)s") % {"reference": difference}
    errors = bool(new.errors or form.errors or terms.errors)
    page: Params = {
        "head": head_of(by, title, presenters.difference_link(difference), has_errors=errors),
        "new": new,
        "form": form,
        "terms": terms,
        "another": another if asks else None,
        "is_open": closed_of(found) is None,
    }
    return render(request, "reconciling/enter.html", page, status=status)


def _candidates(by: Acting, listed: CourtListed) -> dict[int, Identity]:
    """Whom the order may be against, each by a record: what the list says of them first, then whoever is recorded alike."""
    people = people_of_records(by, [listed.record_id]) if listed.record_id else {}
    records = {person.pk: record for record, person in people.items()}
    known = identities(by, people.values()) if people else {}
    for identity in list(known.values()):
        asked = taken_apart(f"{identity.name} {identity.born_on}")
        for hit in find_people(by, asked).hits[:MOST_CANDIDATES]:
            records.setdefault(hit.person, 0)
    others = [Person(pk=pk) for pk, record in records.items() if not record]
    known |= identities(by, Person.objects.for_user(by).filter(pk__in=[one.pk for one in others])) if others else {}
    for one in others:
        records[one.pk] = records_of(by, one)[-1]
    return {records[pk]: identity for pk, identity in known.items()}


def _line(identity: Identity) -> str:
    said = {"name": name_shown(identity), "reference": identity.reference, "day": born_words(identity)}
    return _("%(name)s (%(reference)s), born %(day)s") % said


def _asked(data: Any, listed: CourtListed, people: dict[int, Identity]) -> dict[str, Any]:
    """What was chosen so far, where another row was asked for; before that what the list says."""
    if data is not None and ADD in data:
        return {name: data.get(name) for name in ("kind", "respondent")} | {"is_interim": data.getlist("is_interim")}
    only = str(next(iter(people))) if len(people) == 1 else ""
    return {"kind": listed.kind, "is_interim": [YES] if listed.is_interim else [], "respondent": only}


def _said(listed: CourtListed) -> dict[str, Any]:
    end = UNTIL_DAY if listed.last_day else NO_END if listed.is_indefinite else ""
    return {
        "on": listed.made_on, "court": listed.court, "court_case_no": listed.court_case_no, "end": end,
        "last_day": listed.last_day, "source_record": _("The court’s list, %(reference)s") % {"reference": listed.order_ref},
    }  # fmt: skip


def _terms(by: Acting, listed: CourtListed) -> NewTerms:
    """The conditions as the list has them now; their types a person says."""
    said = conditions_kept(by, listed.order_ref)
    return NewTerms(tuple(NewCondition("", words) for words in said))
