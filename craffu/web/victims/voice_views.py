"""A victim's voice: their views word for word, the notice before them, what became of each, withdrawal (VIC-07 to VIC-11)."""

from typing import Any

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
from craffu.victims.advocates.queries import speakers_of
from craffu.victims.permissions import check_can_look_after
from craffu.victims.queries import Victim
from craffu.victims.voice.actions import answer_view, record_view, record_withdrawal
from craffu.victims.voice.noticing import Carried, notices
from craffu.victims.voice.queries import views_of, withdrawals_of
from craffu.web.consulting import looked_at
from craffu.web.done import say_done
from craffu.web.edits import STATUS, VERSION, seen_version
from craffu.web.victims import voice_presenters as presenters
from craffu.web.victims.after_notice import Taking, after_the_notice, words_taken
from craffu.web.victims.opening import head, open_looked_after, open_victim, refs
from craffu.web.victims.voice_forms import AnswerForm, NoticeForm, ViewForm, WithdrawalForm

# The field beside which a refusal is said; one that is not listed stands above the form.
BESIDE = {"told_to_come": "on", "told_before_view": "on", "day_to_come": "on", "words_missing": "words"}


def _looked_at(request: HttpRequest, victim: Victim) -> None:
    """Their cases stand on the page by reference."""
    looked_at(request, events.VIEWS_VIEWED, [*refs(victim), *(f"case/{one}" for one in victim.cases.values())])


@require_safe
def victim_views(request: HttpRequest, victim: str) -> HttpResponse:
    """Everything they said; its words only for those who may read them."""
    by, found = open_victim(request, victim, part=True)
    views = views_of(by, found)
    reached = contacts_of(by, found.records) if views else []
    may_record = allows(check_can_look_after, by)
    shown = [f"case/{one.case}" for one in views if one.case]
    looked_at(request, events.VIEWS_VIEWED, [*refs(found), *shown])
    page = {
        "head": head(victim, _("Views of victim %(reference)s") % {"reference": victim}, by=by),
        "victim": victim,
        "may_record": may_record,
        "attention": presenters.attention(views),
        "views": [presenters.view_shown(one, reached, victim if may_record else "") for one in views],
    }
    return render(request, "victims/views.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def victim_view_notice(request: HttpRequest, victim: str) -> HttpResponse:
    """First the notice; once it was shown, the page that takes the words (VIC-11)."""
    by, found = open_looked_after(request, victim)
    form = NoticeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        return after_the_notice(request, by, _taking(request, by, found), victim, form.cleaned_data["language"])
    looked_at(request, events.VIEWS_VIEWED, refs(found))
    title = _("Before you take a view of victim %(reference)s") % {"reference": victim}
    page = {"head": head(victim, title, has_errors=bool(form.errors)), "form": form, "notices": notices()}
    return render(request, "victims/notice.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def victim_view_words(request: HttpRequest, victim: str) -> HttpResponse:
    """Takes the words of somebody who was shown the notice; anybody else is sent to it."""
    by, found = open_looked_after(request, victim)
    return words_taken(request, by, _taking(request, by, found), [victim])


def _taking(request: HttpRequest, by: Acting, victim: Victim) -> Taking:
    of = {"victim": victim.reference}

    def record(form: ViewForm, read: Carried) -> object:
        return record_view(by=by, victim=victim.reference, given=form.given(read.notice))

    def around(reference: str, has_errors: bool) -> dict[str, Any]:
        _looked_at(request, victim)
        return {
            "head": head(
                reference, _("What does victim %(reference)s say?") % {"reference": reference}, has_errors=has_errors
            )
        }

    return Taking(
        form=lambda data: _view_form(data, by, victim), record=record, around=around,
        begins=reverse("victim_view_notice", kwargs=of), goes_to=reverse("victim_view_words", kwargs=of),
        ends=reverse("victim_views", kwargs=of), said=_("It is recorded, word for word."), beside=BESIDE,
    )  # fmt: skip


def _view_form(data: Any, by: Acting, victim: Victim) -> ViewForm:
    speakers = {one.pk: one.name for one in speakers_of(by, victim, day_of(clock.now()))}
    return ViewForm(data, sorted(victim.cases.values()), speakers)


@require_http_methods(["GET", "HEAD", "POST"])
def victim_view_answer(request: HttpRequest, victim: str, number: int) -> HttpResponse:
    """What was decided on one view, why, and when they were told."""
    by, found = open_looked_after(request, victim)
    view = next((one for one in views_of(by, found) if one.number == number), None)
    if view is None:
        raise Http404
    form = AnswerForm(request.POST if request.method == "POST" else None, view)
    seen, status = seen_version(request, view.answer_version), None
    if form.is_bound and form.is_valid():
        try:
            answer_view(by=by, victim=victim, view=number, given=form.given, seen=seen)
        except (Conflict, NotNow) as refusal:
            form.add_error(BESIDE.get(refusal.code), refusal.message)
            status = STATUS if isinstance(refusal, Conflict) else None
        else:
            say_done(request, _("It is recorded."))
            return redirect("victim_views", victim=victim)
    looked_at(request, events.VIEWS_VIEWED, [*refs(found), *([f"case/{view.case}"] if view.case else [])])
    title = _("What became of a view of victim %(reference)s") % {"reference": victim}
    page = {
        "head": head(victim, title, has_errors=bool(form.errors)),
        "form": form,
        "view": presenters.view_shown(view, contacts_of(by, found.records)),
        "version_name": VERSION,
        "version": seen,
    }
    return render(request, "victims/answer.html", page, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def victim_withdrawal(request: HttpRequest, victim: str) -> HttpResponse:
    """They no longer support the investigation: explored, and blamed on nobody (VIC-07)."""
    by, found = open_looked_after(request, victim)
    form = WithdrawalForm(request.POST if request.method == "POST" else None, sorted(found.cases.values()))
    if form.is_bound and form.is_valid():
        try:
            record_withdrawal(by=by, victim=victim, given=form.given)
        except NotNow as refusal:
            form.add_error(BESIDE.get(refusal.code), refusal.message)
        else:
            say_done(request, _("It is recorded. What keeps them safe stays open."))
            return redirect("victim_withdrawal", victim=victim)
    _looked_at(request, found)
    title = _("Support of victim %(reference)s for the investigation") % {"reference": victim}
    page = {
        "head": head(victim, title, has_errors=bool(form.errors)),
        "form": form,
        "withdrawals": presenters.withdrawals(found, withdrawals_of(by, found)),
    }
    return render(request, "victims/withdrawal.html", page)
