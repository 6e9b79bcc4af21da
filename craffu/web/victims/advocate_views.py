"""The advocates a victim named; and an advocate's own pages: promises, updates, give a view. Nothing else (P17; VIC-10)."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from craffu.access.acting import Acting
from craffu.access.queries import others_with
from craffu.audit.events import EventKind
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.common.refusals import NotNow
from craffu.victims import events
from craffu.victims.advocates.actions import end_advocate, give_her_view, name_advocate
from craffu.victims.advocates.queries import Client, advocates_of, clients_of, promises_to, updates_for
from craffu.victims.advocates.rules import AdvocateMay
from craffu.victims.permissions import check_is_advocate
from craffu.victims.voice.noticing import Carried, notices
from craffu.victims.voice.subjects import Route
from craffu.web.consulting import looked_at
from craffu.web.done import say_done
from craffu.web.middleware import acting
from craffu.web.presenters import PageHead
from craffu.web.victims import advocate_presenters as presenters
from craffu.web.victims.advocate_forms import AdvocateForm, EndForm, ForWhomForm
from craffu.web.victims.after_notice import Taking, after_the_notice, words_taken
from craffu.web.victims.opening import head, open_looked_after, refs
from craffu.web.victims.voice_forms import AdvocateViewForm

# The field beside which a refusal is said; one that is not listed stands above the form.
BESIDE = {
    "name_missing": "name", "consent_before_named": "consent_on", "no_such_advocate": "username",
    "words_missing": "words",
}  # fmt: skip


@require_safe
def victim_advocate(request: HttpRequest, victim: str) -> HttpResponse:
    """Everybody whom they named to speak for them."""
    by, found = open_looked_after(request, victim)
    named = advocates_of(by, found.records)
    looked_at(request, events.ADVOCATE_VIEWED, refs(found))
    page = {
        "head": head(victim, _("Advocates of victim %(reference)s") % {"reference": victim}),
        "victim": victim,
        "advocates": presenters.advocates_table(named, found, day_of(clock.now()), may_end=True),
    }
    return render(request, "victims/advocates.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def victim_advocate_new(request: HttpRequest, victim: str) -> HttpResponse:
    """They name somebody, and agree to it."""
    by, found = open_looked_after(request, victim)
    accounts = [(one.username, f"{one.name} ({one.username})") for one in others_with(by, "advocate")]
    form = AdvocateForm(request.POST if request.method == "POST" else None, accounts)
    if form.is_bound and form.is_valid():
        try:
            name_advocate(by=by, victim=victim, given=form.given)
        except NotNow as refusal:
            form.add_error(BESIDE.get(refusal.code), refusal.message)
        else:
            say_done(request, _("It is recorded."))
            return redirect("victim_advocate", victim=victim)
    looked_at(request, events.ADVOCATE_VIEWED, refs(found))
    title = _("Whom does victim %(reference)s name to speak for them?") % {"reference": victim}
    said = (
        _("An advocate is independent of the police."),
        _("They may give the victim’s view, see promises and what the victim was told, and never the suspect’s record."),
    )  # fmt: skip
    page = {
        "head": head(victim, title, has_errors=bool(form.errors)),
        "form": form,
        "said": said,
        "button_text": _("Record it"),
    }
    return render(request, "victims/ask.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def victim_advocate_end(request: HttpRequest, victim: str, number: int) -> HttpResponse:
    """They end their consent, at once."""
    by, found = open_looked_after(request, victim)
    if all(one.pk != number for one in advocates_of(by, found.records)):
        raise Http404
    if request.method == "POST":
        end_advocate(by=by, victim=victim, advocate=number)
        say_done(request, _("It has ended. The advocate sees nothing more of this victim."))
        return redirect("victim_advocate", victim=victim)
    looked_at(request, events.ADVOCATE_VIEWED, refs(found))
    page = {
        "head": head(victim, _("End an advocate of victim %(reference)s") % {"reference": victim}),
        "form": EndForm(),
        "said": (_("From now on the advocate may give no view and sees nothing of this victim. Nothing given before is lost."),),
        "button_text": _("End it now"),
    }  # fmt: skip
    return render(request, "victims/ask.html", page)


def _clients(request: HttpRequest, action: AdvocateMay) -> tuple[Acting, list[Client]]:
    by = acting(request)
    check_is_advocate(by)
    return by, clients_of(by, action, day_of(clock.now()))


def _seen(request: HttpRequest, kind: EventKind, clients: list[Client]) -> None:
    looked_at(request, kind, [one for client in clients for one in refs(client.victim)])


@require_safe
def advocate_promises(request: HttpRequest) -> HttpResponse:
    """For each victim who named the reader: contacts promised, kept and missed."""
    by, clients = _clients(request, AdvocateMay.SEE_PROMISES)
    shown = presenters.promises(clients, promises_to(by, clients, clock.now()))
    _seen(request, events.PROMISES_SEEN, clients)
    page = {"head": PageHead(_("Promises")), "clients": shown, "empty": _("Nothing has been promised since then.")}
    return render(request, "victims/for_advocate.html", page)


@require_safe
def advocate_updates(request: HttpRequest) -> HttpResponse:
    """For each victim who named the reader: what they were told."""
    by, clients = _clients(request, AdvocateMay.RECEIVE_HER_UPDATES)
    shown = presenters.updates(clients, updates_for(by, clients, clock.now()))
    _seen(request, events.UPDATES_SEEN, clients)
    page = {"head": PageHead(_("Updates")), "clients": shown, "empty": _("They have been told nothing since then.")}
    return render(request, "victims/for_advocate.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def advocate_give_view(request: HttpRequest) -> HttpResponse:
    """For whom, and first the notice; once it was shown, the page that takes the words (VIC-11)."""
    by, clients = _clients(request, AdvocateMay.GIVE_HER_VIEW)
    by_name = {one.victim.reference: presenters.client_name(one) for one in clients}
    form = ForWhomForm(request.POST if request.method == "POST" else None, by_name)
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        return after_the_notice(request, by, _taking(request, by, clients), said["victim"], said["language"])
    _seen(request, events.CLIENTS_VIEWED, clients)
    page = {
        "head": PageHead(_("Give a view"), has_errors=bool(form.errors)),
        "form": form if clients else None,
        "notices": notices(),
    }
    return render(request, "victims/give_view.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def advocate_give_words(request: HttpRequest) -> HttpResponse:
    """Takes the words for a victim who was shown the notice; anybody else is sent to it."""
    by, clients = _clients(request, AdvocateMay.GIVE_HER_VIEW)
    whose = [one.victim.reference for one in clients]
    return words_taken(request, by, _taking(request, by, clients), whose)


def _taking(request: HttpRequest, by: Acting, clients: list[Client]) -> Taking:
    of = {one.victim.reference: one for one in clients}

    def record(form: AdvocateViewForm, read: Carried) -> object:
        return give_her_view(by=by, victim=read.victim, given=form.view(read.notice, Route.ADVOCATE))

    def around(reference: str, has_errors: bool) -> dict[str, Any]:
        _seen(request, events.CLIENTS_VIEWED, [of[reference]])
        top = PageHead(_("Give a view"), has_errors=has_errors)
        return {"head": top, "whose": presenters.client_name(of[reference])}

    return Taking(
        form=AdvocateViewForm, record=record, around=around, begins=reverse("advocate_give_view"),
        goes_to=reverse("advocate_give_words"), ends=reverse("advocate_give_view"),
        said=_("Thank you. The view is recorded word for word, as given through you."), beside=BESIDE,
    )  # fmt: skip
