"""Consent to an interview: read out, then given; and taken back at any time, without a reason (VIC-08, VIC-11)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from craffu.access.acting import Acting
from craffu.common.refusals import NotNow
from craffu.scrutiny.interviewing import events
from craffu.scrutiny.interviewing.actions import record_consent, withdraw_consent
from craffu.scrutiny.interviewing.kinds import Whom
from craffu.scrutiny.interviewing.queries import InterviewStands
from craffu.scrutiny.interviewing.rules import CONSENT_VERSION, WordsRead
from craffu.victims.voice.noticing import Carried, carried, carry, notices
from craffu.web.consulting import looked_at
from craffu.web.done import say_done
from craffu.web.scrutiny import presenters
from craffu.web.scrutiny.forms import ConsentForm, WithdrawForm
from craffu.web.scrutiny.opening import Asked, form_page, head, open_interview, refs
from craffu.web.scrutiny.words import CONSENT_TITLE


def _subject(reference: str) -> str:
    """What was read is read for one interview, and in one version."""
    return f"interview/{reference}/{CONSENT_VERSION}"


@require_http_methods(["GET", "HEAD", "POST"])
def interview_consent(request: HttpRequest, interview: str) -> HttpResponse:
    """What is read out, in the language of the interview; a victim is told first who may come to read their words."""
    by, stands = open_interview(request, interview)
    language = stands.interview.language
    if request.method == "POST":
        shown = carry(by, _subject(interview), language)
        return _asked(request, stands, shown, ConsentForm())
    looked_at(request, events.INTERVIEW_VIEWED, refs(stands))
    is_victim = stands.interview.whom == Whom.VICTIM
    page = {
        "head": head(interview, _("Before interview %(reference)s") % {"reference": interview}),
        "notices": [one for one in notices() if one.language == language] if is_victim else [],
        "consent": presenters.consent_words(language),
        "title": presenters.spoken(CONSENT_TITLE, language),
        "language": language,
    }
    return render(request, "scrutiny/consent.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def interview_consented(request: HttpRequest, interview: str) -> HttpResponse:
    """What they agree to, of somebody to whom it was read; anybody else is sent to that page."""
    by, stands = open_interview(request, interview)
    shown = request.POST.get("shown", "")
    read = carried(by, shown)
    if read is None or read.victim != _subject(interview):
        return redirect("interview_consent", interview=interview)
    form = ConsentForm(request.POST)
    if form.is_valid() and _recorded(by, stands, form, read):
        say_done(request, _("Their consent is recorded. Give them the reference."))
        return redirect("interview_detail", interview=interview)
    return _asked(request, stands, shown, form)


def _recorded(by: Acting, stands: InterviewStands, form: ConsentForm, read: Carried) -> bool:
    """Whether the consent counts; otherwise the form says why not."""
    words = WordsRead(CONSENT_VERSION, read.notice.language, read.notice.shown_at)
    notice = read.notice if stands.interview.whom == Whom.VICTIM else None
    try:
        record_consent(by=by, interview=stands.interview.reference, given=form.given(words, notice))
    except NotNow as refusal:
        form.add_error("uses" if refusal.code == "not_consented" else None, refusal.message)
        return False
    return True


def _asked(request: HttpRequest, stands: InterviewStands, shown: str, form: ConsentForm) -> HttpResponse:
    looked_at(request, events.INTERVIEW_VIEWED, refs(stands))
    reference = stands.interview.reference
    asked = Asked(
        shown=shown,
        goes_to=reverse("interview_consented", kwargs={"interview": reference}),
        button=_("Record what they agreed to"),
    )
    top = head(
        reference,
        _("Do they consent to interview %(reference)s?") % {"reference": reference},
        has_errors=bool(form.errors),
    )
    return render(request, "scrutiny/form.html", form_page(top, form, asked))


@require_http_methods(["GET", "HEAD", "POST"])
def interview_withdrawn(request: HttpRequest, interview: str) -> HttpResponse:
    """They take it back: their words leave every page, quote and print at once."""
    by, stands = open_interview(request, interview)
    form = WithdrawForm(request.POST if request.method == "POST" else None, stands.uses)
    if form.is_bound and form.is_valid():
        try:
            withdraw_consent(by=by, interview=interview, uses=form.given)
        except NotNow as refusal:
            form.add_error(None, refusal.message)
        else:
            say_done(request, _("It is taken back. Their words are in no quote any more."))
            return redirect("interview_detail", interview=interview)
    looked_at(request, events.INTERVIEW_VIEWED, refs(stands))
    asked = Asked(
        intro=(
            _("Ask for no reason and do not try to change their mind. It counts from the moment you record it."),
            _(
                "Their words are shown to nobody from then on. Ask on the next page for them to be destroyed: somebody else"
                " decides it."
            ),
        ),
        button=_("Record that it is taken back"),
    )
    top = head(
        interview,
        _("They take back interview %(reference)s") % {"reference": interview},
        has_errors=bool(form.errors),
    )
    return render(request, "scrutiny/form.html", form_page(top, form, asked))
