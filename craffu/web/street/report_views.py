"""A possible breach is reported at a door in under two minutes, checked on a second page, and confirmed (page map, P08)."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from craffu.access.acting import Acting
from craffu.breaches import events
from craffu.breaches.due import DECIDE
from craffu.breaches.ledger.actions import standing_for
from craffu.breaches.ledger.queries import find_breach, orders_held_against
from craffu.breaches.ledger.reporting import report_breach
from craffu.breaches.models import Breach
from craffu.breaches.permissions import check_can_report, check_can_view_terms_now
from craffu.breaches.policies import check_happened_by
from craffu.common import clock
from craffu.common.refusals import NotNow, allows
from craffu.orders.life.states import LIVE
from craffu.orders.models import Order
from craffu.orders.protecting.queries import people_protected_by, protect_anybody
from craffu.orders.queries import orders_at_a_door, orders_of_records
from craffu.people.models import Person
from craffu.people.permissions import check_can_view_person
from craffu.people.queries import find_person, people_of_records, records_now_of, whoever_now
from craffu.web.consulting import looked_at
from craffu.web.holding import held_for, refused_to_script, said_at, said_to_script
from craffu.web.middleware import acting
from craffu.web.people.leading import led_on
from craffu.web.presenters import Link, PageHead
from craffu.web.programs import sends_held
from craffu.web.references import address_of
from craffu.web.street import report_presenters as presenters
from craffu.web.street.forms import ReportForm, begun
from craffu.web.street.words import NOT_SURE
from craffu.work.queries import owner_of

# Beside which field a refusal is said; what is not listed stands above the form.
BESIDE: Final = {"in_future": "on", "ends_before": "on"}
# What of the form is no answer, and travels by itself.
_NOT_CARRIED: Final = frozenset({"csrfmiddlewaretoken", "step", "order"})
CHOOSE, SEND, CHANGE = "choose", "send", "change"


def _check_can_open(by: Acting) -> None:
    check_can_report(by)
    check_can_view_person(by)


def _open_person(by: Acting, reference: str) -> Person:
    _check_can_open(by)
    found = find_person(by, reference)
    if found is None:
        raise Http404
    return found


@sensitive_post_parameters("words")
@require_http_methods(["GET", "HEAD", "POST"])
def person_breach_new(request: HttpRequest, person: str) -> HttpResponse:
    """Which order, unless there is one alone; everything else on one page; then the answers to check. Nothing typed is lost.

    What a device held while there was no signal is sent at once, without the second page: it was whole when it was said, or it
    comes back to be put right (ADR 47). What was begun under a reference whose records are another's now is theirs.
    """
    by = acting(request)
    found, now = _open_person(by, person), clock.now()
    if request.method != "POST" and (led := led_on(request, by, found)) is not None:
        return led
    people = [one.pk for one in whoever_now(by, [found])[found.pk]]
    records = sorted(record for several in records_now_of(by, people).values() for record in several)
    made = [one for one in orders_of_records(by, records) if one.made_at is not None]
    made.sort(key=lambda one: (one.status not in LIVE, -one.pk))
    step, chosen = request.POST.get("step", ""), _chosen(request, made)
    if chosen is None or step == CHOOSE:
        return _choose(request, by, found, made)
    concerned = [one for one in made if one.reference == chosen] or [one for one in made if one.status in LIVE]
    stories = orders_at_a_door(by, concerned)
    protected = people_protected_by(by, {pk: one.protects for pk, one in stories.items()})
    named = next((one for one in concerned if one.reference == chosen), None)
    offers: dict[str, Any] = {
        "conditions": presenters.conditions_offered(stories[named.pk], now) if named else [],
        "protected": presenters.people_offered(protected),
        # What lay on a device where there was no signal was "just now" when it was said.
        "now": said_at(request, now),
    }
    is_sent = request.method == "POST" and "words" in request.POST
    form = (
        ReportForm(request.POST, **offers) if is_sent else ReportForm(initial=begun(now) | {"order": chosen}, **offers)
    )
    is_whole = form.is_bound and form.is_valid()
    is_held = form.is_bound and sends_held(request)
    if step == CHANGE:
        # Whoever comes back to change something has not said that the rest is whole.
        form.errors.clear()
    if is_whole and step != CHANGE:
        try:
            # A time that cannot be is said where it was typed, and not once all was checked and sent.
            check_happened_by(form.given.first_at or now, now)
            breach = report_breach(by=by, person=person, given=form.given) if step == SEND or is_held else None
        except NotNow as refusal:
            form.add_error(BESIDE.get(refusal.code), refusal.message)
            is_whole, breach = False, None
        if breach is not None:
            to = reverse("breach_reported", kwargs={"breach": breach.reference})
            return said_to_script(request, to) or redirect(to)
    if is_held and (told := refused_to_script(request)):
        return told
    is_check = is_whole and step != CHANGE
    refs = [f"person/{person}", *(f"order/{one.reference}" for one in ([named] if named else []))]
    # The page on which the answers are checked names only who is said to be at risk.
    refs += [
        f"person/{one.reference}"
        for several in protected.values()
        for record, one in several
        if not is_check or record == form.given.at_risk
    ]
    looked_at(request, events.TERMS_NOW_VIEWED, dict.fromkeys(refs))
    page = {
        **_about(by, person, has_errors=bool(form.errors)),
        "form": form,
        "order": presenters.choices_of([named])[0] if named else None,
        "may_choose": bool(made),
        "chosen": chosen,
        "held": held_for(request),
        "key": form["key"].value(),
    }
    if is_check:
        return render(request, "street/check.html", page | {"said": form.said(), "carried": _carried(request, form)})
    return render(request, "street/report.html", page)


def _chosen(request: HttpRequest, made: Sequence[Order]) -> str | None:
    """The order that was chosen, or that they are not sure; the only one that stands is chosen; None where one has to say."""
    asked = (request.POST if "order" in request.POST else request.GET).get("order", "")
    if asked == NOT_SURE or asked in {one.reference for one in made}:
        return asked
    live = [one for one in made if one.status in LIVE]
    if len(live) == 1 and len(made) == 1:
        return live[0].reference
    return None if made else NOT_SURE


def _choose(request: HttpRequest, by: Acting, person: Person, made: Sequence[Order]) -> HttpResponse:
    refs = [f"person/{person.reference}", *(f"order/{one.reference}" for one in made)]
    looked_at(request, events.TERMS_NOW_VIEWED, refs)
    page = {
        **_about(by, person.reference),
        "orders": presenters.choices_of(made),
        "carried": _carried(request, None),
        "not_sure": NOT_SURE,
    }
    return render(request, "street/choose.html", page)


def _carried(request: HttpRequest, form: ReportForm | None) -> list[tuple[str, str]]:
    """What was answered, for the next page to bring along; the key of the form it began with."""
    given = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name not in _NOT_CARRIED and not (form and name == "key")
    ]
    return [*given, ("key", form.cleaned_data["key"])] if form else given


def _about(by: Acting, person: str, *, has_errors: bool = False) -> Mapping[str, Any]:
    title = _("Report a possible breach by %(reference)s") % {"reference": person}
    return {"head": PageHead(title, back=_back(by, person), has_errors=has_errors), "person": person}


def _back(by: Acting, person: str) -> Link:
    """To the terms that stand, for whoever reads them; else to the person."""
    page = "person_now" if allows(check_can_view_terms_now, by) else "person_detail"
    return Link(_("Back"), address_of(page, "person", person))


@require_safe
def breach_reported(request: HttpRequest, breach: str) -> HttpResponse:
    """What was reported is kept: by when it is decided, who has it, and what has started."""
    by = acting(request)
    _check_can_open(by)
    # Whoever reported it is told of it, also where it broke an order that is shut to them: of that order, nothing.
    kept = find_breach(by, breach) or _own(by, breach)
    person = people_of_records(by, [kept.respondent_id]).get(kept.respondent_id) if kept else None
    if kept is None or person is None:
        raise Http404
    orders = orders_held_against(by, kept)
    followed = list(dict.fromkeys(each.reference for one in orders if (each := standing_for(one)) is not None))
    named = [f"order/{one}" for one in followed] if presenters.runs(kept) else []
    looked_at(request, events.BREACH_VIEWED, [f"breach/{breach}", f"person/{person.reference}", *named])
    title = _("Possible breach %(reference)s is reported") % {"reference": breach}
    page = {
        "head": PageHead(title, back=_back(by, person.reference)),
        "person": person.reference,
        "is_at_risk": bool(kept.at_risk_now),
        "said": presenters.sent_words(
            kept,
            followed,
            owner_of(by, DECIDE, ("breach", breach)),
            names_somebody=kept.victim_id is not None or protect_anybody(by, orders),
            holds_any=bool(orders),
        ),
        "may_see_terms": allows(check_can_view_terms_now, by),
    }
    return render(request, "street/reported.html", page)


def _own(by: Acting, reference: str) -> Breach | None:
    found = find_breach(by.joining(), reference)
    return found if found is not None and by.user is not None and found.raised_by_id == by.user.pk else None
