"""Somebody is asked by the safe page, and what they answered is read by those who look after them (VIC-01, VIC-02, VIC-08)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from craffu.access.acting import Acting
from craffu.common import clock
from craffu.common.refusals import NotNow
from craffu.orders.protecting.queries import bound_against, orders_protecting
from craffu.people.queries import contacts_of
from craffu.scrutiny.destroying.actions import take_back_and_ask
from craffu.scrutiny.destroying.queries import open_one
from craffu.victims import events
from craffu.victims.answering.reading import answers_to
from craffu.victims.inviting.actions import distrust, end_invitation, invite, note_not_asked
from craffu.victims.inviting.facts import InvitationStands, Invited
from craffu.victims.inviting.kinds import Route
from craffu.victims.inviting.queries import invitations_of
from craffu.victims.queries import Victim
from craffu.web.consulting import looked_at
from craffu.web.done import say_done
from craffu.web.people.reached import without_reach
from craffu.web.safe.wording import has_address, is_draft, worded
from craffu.web.victims import asking_presenters as presenters
from craffu.web.victims.asking_forms import AskForm, NotAskedForm
from craffu.web.victims.opening import head, open_looked_after, refs

# The field beside which a refusal is said; one that is not listed stands above the form.
BESIDE = {
    "not_asked_no_address": "to", "not_asked_no_safe_link": "way", "not_asked_not_agreed": "way", "not_asked_declined": "way",
    "not_asked_never_safe": "way", "not_asked_reach_changed": "way", "not_asked_no_surveys": "purpose",
    "not_asked_of_the_accused": "to", "not_asked_translation": "way", "not_hers_order": "order",
}  # fmt: skip
NOT_HERS, TAKEN_BACK = "not_hers", "taken_back"


@require_safe
def victim_asking(request: HttpRequest, victim: str) -> HttpResponse:
    """Every invitation, and what became of it."""
    by, found = open_looked_after(request, victim)
    several = invitations_of(by, found, clock.now())
    looked_at(request, events.ANSWERS_VIEWED, refs(found))
    page = {
        "head": head(victim, _("Questions to victim %(reference)s by the safe page") % {"reference": victim}),
        "victim": victim,
        "invitations": presenters.invitations_table(several, victim),
    }
    return render(request, "victims/asking.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def victim_asking_new(request: HttpRequest, victim: str) -> HttpResponse:
    """A code is shown once, to be read out; a link goes when a message is safe."""
    by, found = open_looked_after(request, victim)
    form = AskForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid() and form.given.route is Route.LINK and not has_address():
        form.add_error("way", _("No link can be sent: the safe page has no address of its own yet. Read out a code."))
    if form.is_bound and form.is_valid():
        try:
            made = invite(
                by=by, victim=victim, given=form.given, worded=worded, orders=orders_protecting(by, found.records),
                bound=bound_against(by, found.records), welsh_is_draft=is_draft(),
            )  # fmt: skip
        except NotNow as refusal:
            form.add_error(BESIDE.get(refusal.code), refusal.message)
        else:
            if form.given.route is Route.CODE:
                return _code_page(request, found, made)
            say_done(request, _("They are asked: the message goes as soon as it is safe."))
            return redirect("victim_asking", victim=victim)
    looked_at(request, events.ANSWERS_VIEWED, refs(found))
    title = _("Ask victim %(reference)s by the safe page") % {"reference": victim}
    page = {
        "head": head(victim, title, has_errors=bool(form.errors)),
        "form": form,
        "said": (
            _(
                "They answer without an account, on a page that says nothing of us to whoever else holds their telephone."
            ),
        ),
        "button_text": _("Ask them"),
    }
    return render(request, "victims/ask.html", page)


def _code_page(request: HttpRequest, victim: Victim, made: Invited) -> HttpResponse:
    looked_at(request, events.ANSWERS_VIEWED, refs(victim))
    page = {
        "head": head(victim.reference, _("Read this out to victim %(reference)s") % {"reference": victim.reference}),
        "victim": victim.reference,
        **presenters.code_shown(made, request.get_host()),
    }
    response = render(request, "victims/asking_code.html", page)
    response["Cache-Control"] = "no-store"
    return response


def _found(by: Acting, victim: Victim, number: int) -> InvitationStands:
    several = invitations_of(by, victim, clock.now())
    found = next((one for one in several if one.number == number), None)
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def victim_not_asked(request: HttpRequest, victim: str) -> HttpResponse:
    """They are not asked how they were treated after a stage, and why: above all where asking is not safe (MET30)."""
    by, found = open_looked_after(request, victim)
    form = NotAskedForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        note_not_asked(by=by, victim=victim, occasion=form.occasion, reason=form.reason)
        say_done(request, _("It is recorded. They are counted among those who were not asked."))
        return redirect("victim_asking", victim=victim)
    looked_at(request, events.ANSWERS_VIEWED, refs(found))
    title = _("Victim %(reference)s is not asked") % {"reference": victim}
    page = {
        "head": head(victim, title, has_errors=bool(form.errors)),
        "form": form,
        "said": (
            _("Whoever is not asked stands in the figures with the reason, and in no list of who did not answer."),
        ),
        "button_text": _("Record it"),
    }
    return render(request, "victims/ask.html", page)


@require_safe
def victim_asked(request: HttpRequest, victim: str, number: int) -> HttpResponse:
    """One invitation, and what was answered."""
    by, found = open_looked_after(request, victim)
    one = _found(by, found, number)
    answered = answers_to(by, found, number)
    looked_at(request, events.ANSWERS_VIEWED, refs(found))
    page = {
        "head": head(victim, _("What victim %(reference)s answered") % {"reference": victim}),
        "victim": victim,
        "number": number,
        "summary": presenters.invitation_summary(one),
        "answers": presenters.answers_summary(answered) if answered else None,
        "words": without_reach(answered.words, contacts_of(by, found.records)) if answered else "",
        "language": answered.language if answered else "",
        "may_end": one.is_open,
        "may_distrust": presenters.may_distrust(one),
        "may_take_back": presenters.may_take_back(answered),
        "waits": bool(open_one(by, invitation=number)),
    }
    return render(request, "victims/asked_answers.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def victim_asked_end(request: HttpRequest, victim: str, number: int) -> HttpResponse:
    """It opens nothing any more; or it was not they who used it; or they take back what they answered."""
    by, found = open_looked_after(request, victim)
    if request.method != "POST":
        return redirect("victim_asking", victim=victim)
    _found(by, found, number)
    if NOT_HERS in request.POST:
        distrust(by=by, victim=victim, number=number)
        say_done(request, _("It counts for nothing. Ask them anew by another way, and whether they are safe."))
    elif TAKEN_BACK in request.POST:
        take_back_and_ask(by=by, victim=victim, number=number)
        say_done(request, _("It is taken back. An auditor decides whether it is destroyed."))
    else:
        end_invitation(by=by, victim=victim, number=number)
        say_done(request, _("It opens nothing any more."))
    return redirect("victim_asking", victim=victim)
