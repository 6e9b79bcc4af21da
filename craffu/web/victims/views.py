"""A victim's own page, the log of contacts, promises, and what happened (page map, P17 and P19; VIC-02, VIC-04, VIC-05)."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from craffu.cases.permissions import check_can_view_case
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.common.refusals import NotNow, allows
from craffu.people.queries import contacts_of as recorded_contacts
from craffu.people.queries import identities
from craffu.victims import events
from craffu.victims.agreements.queries import records_agreed
from craffu.victims.contacts.actions import excuse_promise, promise_contact, record_contact, refuse_contact
from craffu.victims.contacts.policies import NotSafe
from craffu.victims.happenings.actions import record_happening, strike_happening
from craffu.victims.permissions import (
    check_can_look_after,
    check_can_see_figures,
    check_can_see_protected,
    check_can_view_all,
)
from craffu.victims.stories import Story, story_of
from craffu.web.consulting import looked_at
from craffu.web.done import say_done
from craffu.web.middleware import acting
from craffu.web.paging import one_page
from craffu.web.presenters import Link, PageHead, today_link
from craffu.web.victims import listed, presenters
from craffu.web.victims.advocate_presenters import support_card
from craffu.web.victims.contact_forms import ContactForm, ExcuseForm, HappeningForm, PromiseForm
from craffu.web.victims.opening import head, journey_head, open_victim, refs
from craffu.web.victims.safety_presenters import safety_card
from craffu.web.victims.voice_presenters import voice_card

# The field beside which a refusal is said; one that is not listed stands above the form.
BESIDE = {
    "contact_to_come": "on",
    "promise_past": "next_on",
    "promise_unheard": "next_on",
    "told_too_early": "told_of",
    "excuse_needs_words": "words",
    "learnt_to_come": "on",
    "not_her_case": "case",
}


@require_safe
def victim_list(request: HttpRequest) -> HttpResponse:
    """Victims with whom an agreement was made or declined, the newest first."""
    by = acting(request)
    check_can_view_all(by)
    shown = one_page(request, records_agreed(by))
    rows = listed.rows(by, shown.rows, clock.now())
    looked_at(
        request, events.VICTIM_VIEWED, [f"{kind}/{one.reference}" for one in rows for kind in ("victim", "person")]
    )
    title = _("Victims")
    page = {
        "head": PageHead(title, breadcrumbs=(today_link(), Link(title, ""))),
        "shown": shown,
        "victims": listed.table(rows),
        "figures": reverse("victim_gap") if allows(check_can_see_figures, by) else "",
    }
    return render(request, "victims/list.html", page)


@require_safe
def victim_detail(request: HttpRequest, victim: str) -> HttpResponse:
    """Keep them safe, heard and informed."""
    by, found = open_victim(request, victim, part=True)
    sees_all = allows(check_can_view_all, by)
    now = clock.now()
    story = story_of(by, found, now)
    whose = dict.fromkeys(found.records, found.person.pk)
    identity = identities(by, [found.person], whose=whose)[found.person.pk]
    may_open_cases = allows(check_can_view_case, by)
    looked_at(request, events.VICTIM_VIEWED, refs(found, with_cases=may_open_cases))
    title = _("Victim %(reference)s") % {"reference": victim}
    page: dict[str, Any] = {
        "head": PageHead(
            title, breadcrumbs=(today_link(), Link(_("Victims"), reverse("victim_list")), Link(title, ""))
        ),
        "victim": victim,
        "sees_all": sees_all,
        "header": presenters.header(story, identity, recorded_contacts(by, found.records), sees_all=sees_all),
        "may_look_after": allows(check_can_look_after, by),
        "may_see_protected": allows(check_can_see_protected, by),
        "cases": presenters.cases_list(found.cases.values()) if may_open_cases else (),
    }
    page["voice"] = voice_card(by, found)
    if sees_all:
        last = story.last_contact
        page |= {
            "safety": safety_card(by, found),
            "support": support_card(by, found, day_of(now)),
            "attention": presenters.attention(story),
            "agreement": presenters.agreement_card(story),
            "has_agreement": bool(story.versions),
            "last_contact": presenters.contacts_table([last]) if last else None,
            "counts": presenters.counts(story),
        }
    return render(request, "victims/detail.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def victim_protected(request: HttpRequest, victim: str) -> HttpResponse:
    """The safe word and where they are reached: shown once, when asked for, and logged by itself (SEC-06)."""
    by, found = open_victim(request, victim)
    check_can_see_protected(by)
    title = _("Protected details of %(reference)s") % {"reference": victim}
    if request.method != "POST":
        looked_at(request, events.VICTIM_VIEWED, refs(found))
        return render(request, "victims/protected_ask.html", {"head": head(victim, title)})
    story = story_of(by, found, clock.now())
    given = presenters.safe_terms(story)
    looked_at(request, events.PROTECTED_SHOWN, refs(found))
    page = {
        "head": head(victim, title),
        "safe_word": given.safe_word if given else "",
        "reached": listed.reached_table(recorded_contacts(by, found.records)),
    }
    return render(request, "victims/protected.html", page)


@require_safe
def victim_contacts(request: HttpRequest, victim: str) -> HttpResponse:
    """Every contact and promise, with three counts that are never added."""
    by, found = open_victim(request, victim)
    now = clock.now()
    story = story_of(by, found, now)
    which = request.GET.get("show", presenters.ALL)
    shown = one_page(request, presenters.filtered(story.contacts, which))
    looked_at(request, events.CONTACTS_VIEWED, refs(found))
    may = allows(check_can_look_after, by)
    page = {
        "head": head(victim, _("Contacts with victim %(reference)s") % {"reference": victim}),
        "victim": victim,
        "shown": shown,
        "which": which,
        "contacts": presenters.contacts_table(shown.rows),
        "counts": presenters.counts(story),
        "promises": presenters.promises_table(story.promises, victim, may_excuse=may),
        "news": presenters.news_table(story.news, now),
        "since": listed.since_words(story),
        "may_look_after": may,
    }
    return render(request, "victims/contacts.html", page)


def _begin(story: Story) -> dict[str, Any]:
    """What a contact is likely to be: in their language. The next one is promised by itself, as often as was agreed."""
    return {"language": story.agreement.language if story.agreement else ""}


@require_http_methods(["GET", "HEAD", "POST"])
def victim_contact_new(request: HttpRequest, victim: str) -> HttpResponse:
    """A contact or an attempt, and the next promise in the same step. What is not safe is refused (VIC-02)."""
    by, found = open_victim(request, victim)
    check_can_look_after(by)
    now = clock.now()
    story = story_of(by, found, now)
    owed = presenters.owed_choices(story)
    bound = request.method == "POST"
    form = ContactForm(request.POST if bound else None, now=now, owed=owed, initial={"when": "now", **_begin(story)})
    unsafe = None
    if bound and form.is_valid():
        try:
            record_contact(by=by, victim=victim, given=form.given, now=now)
        except NotSafe as refusal:
            refuse_contact(by=by, victim=victim)
            form.add_error(None, refusal.message)
            unsafe = refusal
        except NotNow as refusal:
            form.add_error(BESIDE.get(refusal.code), refusal.message)
        else:
            say_done(request, _("The contact is recorded."))
            return redirect("victim_contacts", victim=victim)
    looked_at(request, events.CONTACTS_VIEWED, refs(found))
    given = presenters.safe_terms(story)
    page = {
        "head": journey_head(_("Record a contact"), _contacts(victim), has_errors=bool(form.errors)),
        "form": form,
        "has_owed": bool(owed),
        "asks_anyway": unsafe is not None or bool(bound and form.data.get("anyway")),
        "safe_now": presenters.safe_now_words(given, story) if given else "",
    }
    return render(request, "victims/contact_new.html", page)


def _contacts(victim: str) -> str:
    return reverse("victim_contacts", kwargs={"victim": victim})


@require_http_methods(["GET", "HEAD", "POST"])
def victim_promise_new(request: HttpRequest, victim: str) -> HttpResponse:
    """Promise a contact."""
    by, found = open_victim(request, victim)
    check_can_look_after(by)
    form = PromiseForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            promise_contact(by=by, victim=victim, due_at=form.due_at)
        except NotNow as refusal:
            form.add_error("on", refusal.message)
        else:
            say_done(request, _("The promise is recorded."))
            return redirect("victim_contacts", victim=victim)
    looked_at(request, events.CONTACTS_VIEWED, refs(found))
    title = _("Promise a contact")
    return _asked(request, "victims/promise_new.html", title, victim, form)


@require_http_methods(["GET", "HEAD", "POST"])
def victim_promise_excuse(request: HttpRequest, victim: str, promise: int) -> HttpResponse:
    """Why a promised contact is rightly not made (VIC-04)."""
    by, found = open_victim(request, victim)
    check_can_look_after(by)
    story = story_of(by, found, clock.now())
    if all(one.promise.pk != promise for one in story.promises):
        raise Http404
    form = ExcuseForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            excuse_promise(by=by, victim=victim, promise=promise, reason=form.given, words=form.cleaned_data["words"])
        except NotNow as refusal:
            form.add_error(BESIDE.get(refusal.code, "reason"), refusal.message)
        else:
            say_done(request, _("The excuse is recorded. It stays among what was promised, and is counted apart."))
            return redirect("victim_contacts", victim=victim)
    looked_at(request, events.CONTACTS_VIEWED, refs(found))
    return _asked(request, "victims/promise_excuse.html", _("Excuse a promised contact"), victim, form)


@require_http_methods(["GET", "HEAD", "POST"])
def victim_happened(request: HttpRequest, victim: str) -> HttpResponse:
    """Something happened of which they are told, or its time is known (VIC-05)."""
    by, found = open_victim(request, victim)
    check_can_look_after(by)
    bound = request.method == "POST"
    form = HappeningForm(request.POST if bound else None, now=clock.now(), cases=found.cases.values())
    if bound and form.is_valid():
        try:
            record_happening(by=by, victim=victim, case=form.cleaned_data["case"], given=form.given)
        except NotNow as refusal:
            form.add_error(BESIDE.get(refusal.code), refusal.message)
        else:
            say_done(request, _("It is recorded. What they are to be told stands on their page."))
            return redirect("victim_detail", victim=victim)
    looked_at(request, events.VICTIM_VIEWED, refs(found, with_cases=True))
    title = _("Something happened, or will")
    back = reverse("victim_detail", kwargs={"victim": victim})
    story = story_of(by, found, clock.now())
    page = {
        "head": journey_head(title, back, has_errors=bool(form.errors)),
        "form": form,
        "recorded": presenters.recorded_here(story),
    }
    return render(request, "victims/happened.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def victim_happened_strike(request: HttpRequest, victim: str, happening: int) -> HttpResponse:
    """What was recorded here by mistake is taken back."""
    by, _found = open_victim(request, victim)
    if request.method == "POST":
        strike_happening(by=by, victim=victim, number=happening)
        say_done(request, _("It is taken back. Nobody is to be told of it."))
    return redirect("victim_happened", victim=victim)


def _asked(request: HttpRequest, template: str, title: str, victim: str, form: forms.Form) -> HttpResponse:
    page = {"head": journey_head(title, _contacts(victim), has_errors=bool(form.errors)), "form": form}
    return render(request, template, page)
