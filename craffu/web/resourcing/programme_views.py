"""Versions of the champions' programme: accepted, withdrawn, and held against the learning aims (R2a, R2c)."""

from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from craffu.access.acting import Acting
from craffu.common.refusals import Conflict, NotNow
from craffu.resourcing import events
from craffu.resourcing.champions.actions import accept_version, decide_aim, withdraw_version
from craffu.resourcing.champions.kinds import Aim
from craffu.resourcing.champions.queries import Version, versions_answering, versions_of
from craffu.resourcing.permissions import check_can_state
from craffu.web.consulting import looked_at
from craffu.web.done import say_done
from craffu.web.finding import find_form
from craffu.web.middleware import acting
from craffu.web.presenters import Link, PageHead, today_link
from craffu.web.resourcing import programme_presenters as presenters
from craffu.web.resourcing.forms import AimForm, VersionForm, WithdrawForm
from craffu.web.resourcing.words import AIMS

BESIDE: Final = {
    "resourcing_no_reason": "reason", "version_unnamed": "programme", "version_accepted": "version",
    "version_ends_before": "last_day",
}  # fmt: skip


def _champions_link() -> Link:
    return Link(_("Stalking Champions"), reverse("champion_list"))


def _list_link() -> Link:
    return Link(_("Versions of the programme"), reverse("programme_list"))


def _head(title: str, *above: Link, has_errors: bool = False) -> PageHead:
    return PageHead(
        title, breadcrumbs=(today_link(), _champions_link(), *above, Link(title, "")), has_errors=has_errors
    )


def _version(by: Acting, number: int) -> Version:
    found = next((one for one in versions_of(by) if one.accepted.pk == number), None)
    if found is None:
        raise Http404
    return found


def _version_link(version: Version) -> Link:
    return Link(presenters.title_of(version), reverse("programme_version", kwargs={"number": version.accepted.pk}))


@sensitive_post_parameters("words")
@require_http_methods(["GET", "HEAD", "POST"])
def programme_list(request: HttpRequest) -> HttpResponse:
    by = acting(request)
    check_can_state(by)
    form = find_form(request)
    versions = versions_answering(versions_of(by), form.asked)
    looked_at(request, events.PROGRAMME_VIEWED, [f"programme/{one.accepted.pk}" for one in versions])
    page = {
        "head": _head(_("Versions of the programme"), has_errors=bool(form.errors)),
        "form": form,
        "asked": form.asked,
        "versions": presenters.versions_table(versions),
    }
    return render(request, "resourcing/programmes.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def programme_new(request: HttpRequest) -> HttpResponse:
    by = acting(request)
    check_can_state(by)
    form = VersionForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            made = accept_version(by=by, given=form.given)
        except (NotNow, Conflict) as refusal:
            form.add_error(BESIDE.get(refusal.code), refusal.message)
        else:
            say_done(request, _("Training in this version counts from that day on."))
            return redirect("programme_version", number=made.pk)
    page = {
        "head": _head(_("Accept a version"), _list_link(), has_errors=bool(form.errors)),
        "form": form,
        "button_text": _("Accept it"),
        "intro": _("Training in this version makes a Stalking Champion, also for days that lie back."),
    }
    return render(request, "asking.html", page)


@require_safe
def programme_version(request: HttpRequest, number: int) -> HttpResponse:
    """One version: since when it counts, and what was decided of each learning aim."""
    by = acting(request)
    check_can_state(by)
    version = _version(by, number)
    looked_at(request, events.PROGRAMME_VIEWED, [f"programme/{number}"])
    page = {
        "head": _head(presenters.title_of(version), _list_link()),
        "facts": presenters.facts(version),
        "aims": presenters.aims_table(version),
        "pillars": presenters.pillars_words(version),
        "number": number,
        "counts_on": version.withdrawn is None,
    }
    return render(request, "resourcing/programme.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def programme_withdraw(request: HttpRequest, number: int) -> HttpResponse:
    by = acting(request)
    check_can_state(by)
    version = _version(by, number)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        try:
            withdraw_version(by=by, number=number, last_day=said["last_day"], reason=said["reason"])
        except (NotNow, Conflict) as refusal:
            form.add_error(BESIDE.get(refusal.code), refusal.message)
        else:
            say_done(request, _("After that day training in this version counts no more."))
            return redirect("programme_version", number=number)
    looked_at(request, events.PROGRAMME_VIEWED, [f"programme/{number}"])
    page = {
        "head": _head(_("Withdraw a version"), _list_link(), _version_link(version), has_errors=bool(form.errors)),
        "form": form,
        "button_text": _("Withdraw it"),
        "intro": _("Whoever is trained in this version alone is no champion after that day. It cannot be taken back."),
    }
    return render(request, "asking.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def programme_aim(request: HttpRequest, number: int, aim: str) -> HttpResponse:
    """Whether one learning aim is taught in this version, and why."""
    by = acting(request)
    check_can_state(by)
    version = _version(by, number)
    if aim not in set(Aim):
        raise Http404
    last = version.aims.get(aim)
    begun = {"taught": last.taught, "module": last.module, "reason": last.reason} if last else None
    form = AimForm(request.POST if request.method == "POST" else None, initial=begun)
    if form.is_bound and form.is_valid():
        try:
            decide_aim(by=by, number=number, given=form.given(Aim(aim)))
        except NotNow as refusal:
            form.add_error(BESIDE.get(refusal.code), refusal.message)
        else:
            say_done(request, _("It is decided, and kept with why."))
            return redirect(f"{reverse('programme_version', kwargs={'number': number})}#aims")
    looked_at(request, events.PROGRAMME_VIEWED, [f"programme/{number}"])
    page = {
        "head": _head(_("A learning aim"), _list_link(), _version_link(version), has_errors=bool(form.errors)),
        "form": form,
        "button_text": _("Decide it"),
        "intro": AIMS[aim],
    }
    return render(request, "asking.html", page)
