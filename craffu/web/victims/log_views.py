"""A victim's own log: what they or their advocate note, after the notice, and what became of each (BRC-01, VIC-10, VIC-11)."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from craffu.access.acting import Acting
from craffu.breaches.permissions import check_can_view_breaches
from craffu.breaches.telling.noted import what_became
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.common.refusals import allows
from craffu.people.queries import contacts_of
from craffu.victims import events
from craffu.victims.advocates.queries import Client, clients_of, speakers_of
from craffu.victims.advocates.rules import AdvocateMay
from craffu.victims.noting.actions import note_for_her
from craffu.victims.noting.queries import entries_of
from craffu.victims.permissions import check_is_advocate
from craffu.victims.queries import Victim
from craffu.victims.voice.noticing import Carried, notices
from craffu.victims.voice.subjects import Route
from craffu.web.consulting import looked_at
from craffu.web.middleware import acting
from craffu.web.presenters import PageHead
from craffu.web.victims import advocate_presenters
from craffu.web.victims import log_presenters as presenters
from craffu.web.victims.advocate_forms import ForWhomForm
from craffu.web.victims.after_notice import Taking, after_the_notice, words_taken
from craffu.web.victims.log_forms import EntryForm, TakenEntryForm
from craffu.web.victims.opening import head, open_looked_after, refs
from craffu.web.victims.voice_forms import NoticeForm

# The field beside which a refusal is said; one that is not listed stands above the form.
BESIDE = {"log_to_come": "on", "words_missing": "words"}


@require_safe
def victim_log(request: HttpRequest, victim: str) -> HttpResponse:
    """Everything they noted, and what became of it."""
    by, found = open_looked_after(request, victim)
    entries = entries_of(by, found)
    became = what_became(by, [one.pk for one in entries])
    may_open = allows(check_can_view_breaches, by)
    shown = [f"breach/{reference}" for several in became.values() for reference, _status in several]
    looked_at(request, events.LOG_VIEWED, [*refs(found), *shown])
    page = {
        "head": head(victim, _("Log of victim %(reference)s") % {"reference": victim}),
        "add": reverse("victim_log_notice", kwargs={"victim": victim}),
        "groups": [
            ("", presenters.entries_shown(entries, became, contacts_of(by, found.records), with_links=may_open))
        ],
    }
    return render(request, "victims/log.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def victim_log_notice(request: HttpRequest, victim: str) -> HttpResponse:
    """First the notice; once it was shown, the page that takes the entry (VIC-11)."""
    by, found = open_looked_after(request, victim)
    form = NoticeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        return after_the_notice(request, by, _from_them(request, by, found), victim, form.cleaned_data["language"])
    looked_at(request, events.LOG_VIEWED, refs(found))
    title = _("Before you write into the log of victim %(reference)s") % {"reference": victim}
    page = {"head": head(victim, title, has_errors=bool(form.errors)), "form": form, "notices": notices()}
    return render(request, "victims/notice.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def victim_log_words(request: HttpRequest, victim: str) -> HttpResponse:
    """Takes the entry of somebody who was shown the notice; anybody else is sent to it."""
    by, found = open_looked_after(request, victim)
    return words_taken(request, by, _from_them(request, by, found), [victim])


def _taken(data: Any, by: Acting, victim: Victim) -> TakenEntryForm:
    return TakenEntryForm(data, {one.pk: one.name for one in speakers_of(by, victim, day_of(clock.now()))})


def _from_them(request: HttpRequest, by: Acting, victim: Victim) -> Taking:
    of = {"victim": victim.reference}

    def record(form: TakenEntryForm, read: Carried) -> object:
        return note_for_her(by=by, victim=victim.reference, given=form.given(read.notice, clock.now()))

    def around(reference: str, has_errors: bool) -> dict[str, Any]:
        looked_at(request, events.LOG_VIEWED, refs(victim))
        title = _("What happened, as victim %(reference)s tells it") % {"reference": reference}
        return {"head": head(reference, title, has_errors=has_errors)}

    return Taking(
        form=lambda data: _taken(data, by, victim), record=record, around=around,
        begins=reverse("victim_log_notice", kwargs=of), goes_to=reverse("victim_log_words", kwargs=of),
        ends=reverse("victim_log", kwargs=of), said=_("It stands in their log, word for word."), beside=BESIDE,
    )  # fmt: skip


def _clients(request: HttpRequest, action: AdvocateMay) -> tuple[Acting, list[Client]]:
    by = acting(request)
    check_is_advocate(by)
    return by, clients_of(by, action, day_of(clock.now()))


def _seen(request: HttpRequest, clients: list[Client]) -> None:
    looked_at(request, events.LOG_VIEWED, [one for client in clients for one in refs(client.victim)])


@require_safe
def advocate_log(request: HttpRequest) -> HttpResponse:
    """For each victim who named the reader: what was noted since, and what became of it; nothing of anybody else."""
    by, clients = _clients(request, AdvocateMay.RECEIVE_HER_UPDATES)
    groups = []
    for client in clients:
        entries = [one for one in entries_of(by, client.victim) if day_of(one.given_at) >= client.since]
        became = what_became(by, [one.pk for one in entries])
        reached = contacts_of(by, client.victim.records)
        shown = presenters.entries_shown(entries, became, reached, with_links=False)
        groups.append((advocate_presenters.client_name(client), shown))
    _seen(request, clients)
    page = {"head": PageHead(_("Their log")), "add": reverse("advocate_log_notice"), "groups": groups}
    return render(request, "victims/log.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def advocate_log_notice(request: HttpRequest) -> HttpResponse:
    """For whom, and first the notice (VIC-11)."""
    by, clients = _clients(request, AdvocateMay.GIVE_HER_VIEW)
    by_name = {one.victim.reference: advocate_presenters.client_name(one) for one in clients}
    form = ForWhomForm(request.POST if request.method == "POST" else None, by_name)
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        return after_the_notice(request, by, _from_an_advocate(request, by, clients), said["victim"], said["language"])
    _seen(request, clients)
    head_shown = PageHead(_("Write into their log"), has_errors=bool(form.errors))
    page = {"head": head_shown, "form": form if clients else None, "notices": notices()}
    return render(request, "victims/give_view.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def advocate_log_words(request: HttpRequest) -> HttpResponse:
    """Takes the entry for a victim who was shown the notice; anybody else is sent to it."""
    by, clients = _clients(request, AdvocateMay.GIVE_HER_VIEW)
    whose = [one.victim.reference for one in clients]
    return words_taken(request, by, _from_an_advocate(request, by, clients), whose)


def _from_an_advocate(request: HttpRequest, by: Acting, clients: list[Client]) -> Taking:
    of = {one.victim.reference: one for one in clients}

    def record(form: EntryForm, read: Carried) -> object:
        given = form.entry(read.notice, Route.ADVOCATE, clock.now(), of[read.victim].advocate.pk)
        return note_for_her(by=by, victim=read.victim, given=given)

    def around(reference: str, has_errors: bool) -> dict[str, Any]:
        _seen(request, [of[reference]])
        top = PageHead(_("Write into their log"), has_errors=has_errors)
        return {"head": top, "whose": advocate_presenters.client_name(of[reference])}

    return Taking(
        form=EntryForm, record=record, around=around, begins=reverse("advocate_log_notice"),
        goes_to=reverse("advocate_log_words"), ends=reverse("advocate_log"),
        said=_("Thank you. It stands in their log, as given through you."), beside=BESIDE,
    )  # fmt: skip
