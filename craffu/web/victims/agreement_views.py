"""The Victim Contact Agreement: what stands, one question at a time, still right, declined (page map, P18; VIC-01, VIC-03)."""

from dataclasses import replace

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from craffu.access.acting import Acting
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.common.refusals import Conflict, NotNow, allows
from craffu.people.queries import contacts_of
from craffu.victims import events
from craffu.victims.agreements.actions import (
    agree,
    agree_unchanged,
    decline,
    drop_draft,
    keep_draft,
    record_feared_date,
)
from craffu.victims.agreements.facts import Terms
from craffu.victims.agreements.queries import (
    draft_of,
    drafted,
    edit_version,
    feared_dates,
    interval_of,
    officer_named,
    terms,
    versions_of,
)
from craffu.victims.agreements.rules import Occasion, lacks
from craffu.victims.notices.rules import Told
from craffu.victims.permissions import check_can_look_after
from craffu.victims.queries import Victim
from craffu.victims.stories import story_of
from craffu.web.consulting import looked_at
from craffu.web.done import say_done
from craffu.web.edits import STATUS, VERSION
from craffu.web.victims import agreement_presenters as presenters
from craffu.web.victims.agreement_forms import (
    BY_KEY,
    DeclineForm,
    FearedDateForm,
    OccasionForm,
    first_terms,
)
from craffu.web.victims.copy_presenters import INTERPRETED, copies
from craffu.web.victims.opening import head, journey_head, open_victim, refs


@require_safe
def agreement_page(request: HttpRequest, victim: str) -> HttpResponse:
    """What stands, what is to be asked again, and every version."""
    by, found = open_victim(request, victim)
    story = story_of(by, found, clock.now())
    versions, revisits = story.versions, story.revisits
    looked_at(request, events.AGREEMENT_VIEWED, refs(found))
    last = versions[-1] if versions else None
    may, reached = allows(check_can_look_after, by), contacts_of(by, found.records)
    due = [one for one in revisits if one.status in (Told.RUNNING, Told.MISSED)]
    occasion = due[0].contact.occasions[0].value if due else ""
    page = {
        "head": head(victim, _("Victim Contact Agreement with %(reference)s") % {"reference": victim}),
        "victim": victim,
        "stands": presenters.standing_words(versions),
        "is_agreed": bool(last and last.agreed_on),
        "summary": presenters.summary(
            presenters.as_shown(terms(last), reached), victim, may_change=may, missing=_("Not said")
        )
        if last and last.channels
        else None,
        "draft": bool(may and draft_of(by, found)),
        "may_change": may,
        "revisits": presenters.revisits_table(revisits),
        "is_due": bool(due),
        "versions": presenters.versions_table(versions, reached),
        "feared": presenters.feared_table(feared_dates(by, found.records), reached),
        "form": OccasionForm(initial={VERSION: edit_version(versions), "occasion": occasion}),
    }
    return render(request, "victims/agreement.html", page)


@require_safe
def agreement_copy(request: HttpRequest, victim: str) -> HttpResponse:
    """What was agreed, for them to keep on paper. Nothing on it says whom it is about (VIC-09)."""
    by, found = open_victim(request, victim)
    versions = versions_of(by, found.records)
    last = versions[-1] if versions else None
    if last is None or last.agreed_on is None:
        raise Http404
    looked_at(request, events.AGREEMENT_VIEWED, refs(found))
    given = terms(last)
    page = {
        "head": head(victim, _("A copy of the agreement")),
        "copies": copies(given, last.agreed_on),
        "is_interpreted": given.language == INTERPRETED,
    }
    return render(request, "victims/agreement_copy.html", page)


def _answers_so_far(by: Acting, found: Victim) -> tuple[Terms, str, str]:
    """What was asked so far, the occasion it is asked for, and the version it was begun from."""
    draft = draft_of(by, found)
    if draft is not None:
        return drafted(draft), draft.occasion, draft.seen
    versions = versions_of(by, found.records)
    last = next((one for one in reversed(versions) if one.channels), None)
    name = by.user.name if by.user else ""
    today = day_of(clock.now())
    started = first_terms(name, today)
    if last is None or not last.agreed_on:
        return started, "", edit_version(versions)
    begun = terms(last)
    if last.next_revisit_on is None or last.next_revisit_on <= today:
        begun = replace(begun, next_revisit_on=(today + interval_of(last)).isoformat())
    return begun, "", edit_version(versions)


@require_http_methods(["GET", "HEAD", "POST"])
def agreement_part(request: HttpRequest, victim: str, part: str) -> HttpResponse:
    """One question; what is answered is kept at once, and the next that is open follows."""
    by, found = open_victim(request, victim)
    check_can_look_after(by)
    if part not in BY_KEY:
        raise Http404
    given, occasion, _seen = _answers_so_far(by, found)
    asked = BY_KEY[part]
    form = asked(request.POST) if request.method == "POST" else asked(initial=dict(asked.begin(given)))
    if form.is_bound and form.is_valid():
        answered = form.answered(given)
        keep_draft(by=by, victim=victim, given=answered, occasion=Occasion(occasion) if occasion else None)
        following = presenters.next_part(answered, part)
        if following:
            return redirect("agreement_part", victim=victim, part=following)
        return redirect("agreement_check", victim=victim)
    looked_at(request, events.AGREEMENT_VIEWED, refs(found))
    back = reverse("agreement", kwargs={"victim": victim})
    page = {"head": journey_head(str(asked.title), back, has_errors=bool(form.errors)), "form": form, "part": part}
    return render(request, "victims/agreement_part.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def agreement_check(request: HttpRequest, victim: str) -> HttpResponse:
    """Every answer before it is agreed; what is missing is named with its question."""
    by, found = open_victim(request, victim)
    check_can_look_after(by)
    given, occasion, seen = _answers_so_far(by, found)
    bound = request.method == "POST"
    form = OccasionForm(request.POST) if bound else OccasionForm(initial={"occasion": occasion, VERSION: seen})
    status, meanwhile, versions = None, "", versions_of(by, found.records)
    if bound and form.is_valid():
        try:
            agree(
                by=by, victim=victim, given=given, seen=form.cleaned_data[VERSION], occasion=form.given,
                officer=officer_named(by, given.officer),
            )  # fmt: skip
        except Conflict as refusal:
            meanwhile, status = refusal.message, STATUS
        except NotNow as refusal:
            form.add_error(None, refusal.message)
        else:
            say_done(request, _("The agreement is recorded."))
            return redirect("agreement", victim=victim)
    looked_at(request, events.AGREEMENT_VIEWED, refs(found))
    if meanwhile:
        # They have seen both now: what they confirm next is meant.
        standing = edit_version(versions)
        keep_draft(by=by, victim=victim, given=given, seen=standing)
        form = OccasionForm(initial={"occasion": request.POST.get("occasion", ""), VERSION: standing})
    missing = lacks(given.as_agreement(day_of(clock.now())))
    back = reverse("agreement", kwargs={"victim": victim})
    page = {
        "head": journey_head(_("Check the agreement"), back, has_errors=bool(form.errors)),
        "victim": victim,
        "form": form,
        "summary": presenters.summary(given, victim, may_change=True, missing=_("Not asked yet")),
        "is_whole": not missing,
        "meanwhile": meanwhile,
        "both": presenters.both(versions, given) if meanwhile else None,
    }
    return render(request, "victims/agreement_check.html", page, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def agreement_unchanged(request: HttpRequest, victim: str) -> HttpResponse:
    """It is still right."""
    by, _found = open_victim(request, victim)
    form = OccasionForm(request.POST if request.method == "POST" else None)
    if form.is_bound and not form.is_valid():
        messages.error(request, _("Choose why it was asked now."))
    elif form.is_bound:
        agree_unchanged(by=by, victim=victim, seen=form.cleaned_data[VERSION], occasion=form.given)
        say_done(request, _("It is recorded that the agreement is still right."))
    return redirect("agreement", victim=victim)


@require_http_methods(["GET", "HEAD", "POST"])
def agreement_drop(request: HttpRequest, victim: str) -> HttpResponse:
    """What was asked so far is thrown away."""
    by, _found = open_victim(request, victim)
    if request.method == "POST":
        drop_draft(by=by, victim=victim)
        say_done(request, _("What you had begun is gone. The agreement stands as it was."))
    return redirect("agreement", victim=victim)


@require_http_methods(["GET", "HEAD", "POST"])
def agreement_decline(request: HttpRequest, victim: str) -> HttpResponse:
    """They want none: dated, with when it is to be offered again."""
    by, found = open_victim(request, victim)
    check_can_look_after(by)
    seen = edit_version(versions_of(by, found.records))
    form = DeclineForm(request.POST) if request.method == "POST" else DeclineForm(initial={VERSION: seen})
    status = None
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        try:
            decline(by=by, victim=victim, seen=said[VERSION], offer_again=form.offer_again, occasion=form.given)
        except Conflict as refusal:
            form.add_error(None, refusal.message)
            status = STATUS
        else:
            say_done(request, _("It is recorded that the agreement was declined."))
            return redirect("agreement", victim=victim)
    looked_at(request, events.AGREEMENT_VIEWED, refs(found))
    title = _("They do not want an agreement")
    page = {"head": journey_head(title, reverse("agreement", kwargs={"victim": victim}), has_errors=bool(form.errors))}
    return render(request, "victims/agreement_decline.html", {**page, "form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def feared_date(request: HttpRequest, victim: str) -> HttpResponse:
    """A day that they fear, or that one is feared no longer."""
    by, found = open_victim(request, victim)
    check_can_look_after(by)
    form = FearedDateForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        strike = "strike" in request.POST
        record_feared_date(by=by, victim=victim, on=said["on"], words=said["words"], strike=strike)
        say_done(request, _("It is recorded."))
        return redirect("agreement", victim=victim)
    looked_at(request, events.AGREEMENT_VIEWED, refs(found))
    back = reverse("agreement", kwargs={"victim": victim})
    page = {
        "head": journey_head(_("A day that they fear"), back, has_errors=bool(form.errors)),
        "form": form,
        "feared": presenters.feared_table(feared_dates(by, found.records), contacts_of(by, found.records)),
    }
    return render(request, "victims/feared_date.html", page)
