"""Retention: who comes up for review, one person, and the decisions; erasing takes two people (P41; SEC-08, SEC-09)."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from craffu.access.policies import FactorNotFresh, check_fresh_factor
from craffu.access.queries import others_with
from craffu.access.retention.events import RETENTION_LISTED, RETENTION_VIEWED
from craffu.access.retention.kinds import Step
from craffu.access.retention.queries import stands_of
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.common.refusals import Conflict, NotNow, allows
from craffu.daily.retaining.actions import (
    ask_to_erase,
    check_may_go,
    erase_person,
    keep_records,
    lift_hold,
    place_hold,
    refuse_erasure,
)
from craffu.daily.retaining.permissions import REVIEW, check_can_review
from craffu.daily.retaining.queries import Looked, backups_until, looked_up, reviewed_people
from craffu.people.permissions import check_can_view_person
from craffu.web.consulting import looked_at
from craffu.web.court.words import day_words
from craffu.web.done import say_done
from craffu.web.edits import STATUS
from craffu.web.middleware import acting
from craffu.web.paging import one_page
from craffu.web.presenters import Link, PageHead, today_link
from craffu.web.retention import presenters
from craffu.web.retention.forms import AskForm, DecideForm, HoldForm, KeepForm, LiftForm


@require_safe
def retention_list(request: HttpRequest) -> HttpResponse:
    by = acting(request)
    shown = one_page(request, reviewed_people(by))
    stands = stands_of(by, [row["person"] for row in shown.rows])
    looked_at(request, RETENTION_LISTED, sorted(f"person/{person}" for person in stands))
    title = _("Retention")
    page = {
        "head": PageHead(title, breadcrumbs=(today_link(), Link(title, ""))),
        "shown": shown,
        "table": presenters.people_table(list(stands.values())),
    }
    return render(request, "retention/list.html", page)


def _opened(request: HttpRequest, person: str) -> Looked:
    found = looked_up(acting(request), person, clock.now())
    if found is None:
        raise Http404
    return found


def _head(title: str, person: str = "", *, has_errors: bool = False) -> PageHead:
    crumbs = [today_link(), Link(_("Retention"), reverse("retention_list"))]
    if person:
        crumbs.append(Link(person, reverse("retention_detail", kwargs={"person": person})))
    return PageHead(title, breadcrumbs=(*crumbs, Link(title, "")), has_errors=has_errors)


@require_safe
def retention_detail(request: HttpRequest, person: str) -> HttpResponse:
    """How long somebody's records are kept, what holds them, and what was decided."""
    found = _opened(request, person)
    looked_at(request, RETENTION_VIEWED, found.refs)
    is_gone, erased = found.gone is not None, found.gone or found.stands.last(Step.ERASED)
    page = {
        "head": _head(_("Retention of %(person)s") % {"person": person}),
        "person": person,
        "erased": presenters.erased_facts(erased) if erased else None,
        "facts": None
        if is_gone
        else presenters.facts(found, has_person=allows(check_can_view_person, acting(request))),
        "going": None if is_gone else presenters.going_facts(found),
        "stays": presenters.stays_table(found),
        "history": presenters.history(found.stands),
        "asked": found.stands.asked is not None,
        "holds": bool(found.stands.holds),
        "blocked": "" if is_gone else _blocked(request, found),
    }
    return render(request, "retention/person.html", page)


def _sent(request: HttpRequest) -> Mapping[str, Any] | None:
    return request.POST if request.method == "POST" else None


def _form_page(
    request: HttpRequest,
    found: Looked,
    title: str,
    form: forms.Form,
    shown: Iterable[str],
    is_late: bool,
    **more: object,
) -> HttpResponse:
    """A page with one form; `shown` are the records that it names, `is_late` that somebody else was first."""
    looked_at(request, RETENTION_VIEWED, shown)
    page = {
        "head": _head(title, found.person, has_errors=bool(form.errors)),
        "form": form,
        "person": found.person,
        **more,
    }
    template = "retention/erase.html" if "going" in more else "retention/form.html"
    return render(request, template, page, status=STATUS if is_late else None)


@require_http_methods(["GET", "HEAD", "POST"])
def retention_hold(request: HttpRequest, person: str) -> HttpResponse:
    """A hold is placed, or, where one is named in the address, lifted."""
    found, by, is_late = _there(request, person), acting(request), False
    lifts = request.GET.get("lift") == "1" and bool(found.stands.holds)
    form: HoldForm = (
        LiftForm(_sent(request), holds=presenters.holds_of(found.stands)) if lifts else HoldForm(_sent(request))
    )
    if form.is_bound and form.is_valid():
        try:
            (lift_hold if lifts else place_hold)(by=by, person=person, said=form.said)
        except (NotNow, Conflict) as refused:
            form.add_error("words", refused.message)
            is_late = isinstance(refused, Conflict)
        else:
            say_done(request, _("The hold is lifted.") if lifts else _("The records are held."))
            return redirect("retention_detail", person=person)
    title = _("Lift a legal hold") if lifts else _("Place a legal hold")
    button = _("Lift the hold") if lifts else _("Place the hold")
    return _form_page(request, found, title, form, [f"person/{person}"], is_late, button=button)


@require_http_methods(["GET", "HEAD", "POST"])
def retention_keep(request: HttpRequest, person: str) -> HttpResponse:
    found, by, is_late = _there(request, person), acting(request), False
    form = KeepForm(_sent(request))
    if form.is_bound and form.is_valid():
        try:
            keep_records(by=by, person=person, said=form.said)
        except (NotNow, Conflict) as refused:
            form.add_error("next_on" if refused.code == "next_review" else "words", refused.message)
            is_late = isinstance(refused, Conflict)
        else:
            say_done(request, _("The records are kept."))
            return redirect("retention_detail", person=person)
    title = _("Keep the records")
    return _form_page(request, found, title, form, [f"person/{person}"], is_late, button=title)


@require_http_methods(["GET", "HEAD", "POST"])
def retention_erase(request: HttpRequest, person: str) -> HttpResponse:
    """The interruption before an erasure: what goes, what stays, until when back-ups hold it. One asks, another decides."""
    found, by, is_late = _there(request, person), acting(request), False
    check_fresh_factor(by)
    asked = found.stands.asked
    is_own = asked is not None and asked.by == by.user
    form: AskForm | DecideForm = AskForm(_sent(request)) if asked is None else DecideForm(_sent(request))
    if form.is_bound and form.is_valid():
        try:
            done = _ask_or_decide(request, person, form)
        except FactorNotFresh:
            raise
        except (NotNow, Conflict) as refused:
            form.add_error("authority" if asked is None else "decision", refused.message)
            is_late = isinstance(refused, Conflict)
        else:
            say_done(request, done)
            return redirect("retention_detail", person=person)
    title = _("Erase the records") if asked is None else _("Decide whether the records are erased")
    names = ", ".join(one.name for one in others_with(by, REVIEW))
    return _form_page(
        request, found, title, form, found.going_refs, is_late,
        asked=asked is not None,
        is_own=is_own,
        others=names,
        going=presenters.going_facts(found),
        stays=presenters.stays_table(found),
        blocked=_blocked(request, found),
        until=day_words(day_of(backups_until(clock.now()))),
    )  # fmt: skip


def _there(request: HttpRequest, person: str) -> Looked:
    """Somebody who is there: of whoever an erasure took, nothing is left to decide."""
    check_can_review(acting(request))
    found = _opened(request, person)
    if found.gone is not None:
        raise Http404
    return found


def _blocked(request: HttpRequest, found: Looked) -> str:
    """What would keep anything from being erased now, if anything does."""
    try:
        check_may_go(acting(request), found.going, clock.now())
    except NotNow as refusal:
        return refusal.message
    return ""


def _ask_or_decide(request: HttpRequest, person: str, form: AskForm | DecideForm) -> str:
    by = acting(request)
    if isinstance(form, AskForm):
        ask_to_erase(by=by, person=person, said=form.said)
        return _("It is asked for. Another auditor decides it.")
    if form.is_erased:
        erase_person(by=by, person=person)
        return _("The records are erased.")
    refuse_erasure(by=by, person=person, said=form.said)
    return _("The records are not erased.")
