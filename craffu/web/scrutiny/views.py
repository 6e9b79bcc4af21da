"""Interviews of practice: listed, held, written down, quoted and printed, apart from casework (page map, P31; M3, M5, VIC-08)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from craffu.common import clock
from craffu.common.refusals import NotNow
from craffu.scrutiny.destroying.queries import left_of, open_one
from craffu.scrutiny.interviewing import events
from craffu.scrutiny.interviewing.actions import hold_interview, mark_quote, write_answer
from craffu.scrutiny.interviewing.permissions import check_can_interview
from craffu.scrutiny.interviewing.queries import Answered, InterviewStands, asked_for_consent, interviews, uses_of
from craffu.web.consulting import looked_at
from craffu.web.court.words import instant_words
from craffu.web.done import say_done
from craffu.web.middleware import acting
from craffu.web.paging import one_page
from craffu.web.presenters import Link, PageHead, today_link
from craffu.web.scrutiny import presenters
from craffu.web.scrutiny.forms import AnswerForm, InterviewForm, QuoteForm
from craffu.web.scrutiny.opening import Asked, form_page, head, list_link, open_interview, refs, title_of
from craffu.web.scrutiny.words import QUESTIONS

# The field beside which a refusal is said; one that is not listed stands above the form.
BESIDE = {
    "post_missing": "post", "post_of_a_victim": "whom", "interview_to_come": "on", "nothing_said": "words",
    "not_their_words": "words",
}  # fmt: skip


@require_safe
def interview_list(request: HttpRequest) -> HttpResponse:
    by = acting(request)
    shown = one_page(request, interviews(by))
    table = presenters.interviews_table(
        shown.rows, uses_of(by, shown.rows, clock.now()), asked_for_consent(by, shown.rows)
    )
    looked_at(request, events.INTERVIEWS_LISTED, [f"interview/{one.reference}" for one in shown.rows])
    title = _("Interviews of practice")
    page = {"head": PageHead(title, breadcrumbs=(today_link(), Link(title, ""))), "shown": shown, "table": table}
    return render(request, "scrutiny/interviews.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def interview_new(request: HttpRequest) -> HttpResponse:
    """Who is asked, without a name; consent is asked for next."""
    by = acting(request)
    check_can_interview(by)
    form = InterviewForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            held = hold_interview(by=by, given=form.given)
        except NotNow as refusal:
            form.add_error(BESIDE.get(refusal.code), refusal.message)
        else:
            return redirect("interview_consent", interview=held.reference)
    title = _("New interview")
    crumbs = (today_link(), list_link(), Link(title, ""))
    asked = Asked(
        intro=(_("No name and no station is written down: the interview gets a reference, which you give to them."),),
        button=_("Go on to consent"),
    )
    top = PageHead(title, breadcrumbs=crumbs, has_errors=bool(form.errors))
    return render(request, "scrutiny/form.html", form_page(top, form, asked))


@require_safe
def interview_detail(request: HttpRequest, interview: str) -> HttpResponse:
    """The interview whole: consent as it stands, every question, what was said, and dangers told on."""
    by, stands = open_interview(request, interview)
    looked_at(request, events.INTERVIEW_VIEWED, refs(stands))
    title = title_of(interview)
    page = {
        "head": PageHead(title, breadcrumbs=(today_link(), list_link(), Link(title, ""))),
        "interview": interview,
        "stands": stands,
        "language": stands.interview.language,
        "facts": presenters.interview_facts(stands),
        "answers": presenters.answers_shown(stands),
        "risks": presenters.risks_shown(stands.risks),
        "texts": left_of(by, stands.interview, clock.now()).texts if stands.withdrawals else 0,
        "waits": bool(stands.withdrawals) and open_one(by, interview=stands.interview) is not None,
    }
    return render(request, "scrutiny/interview.html", page)


@require_safe
def interview_print(request: HttpRequest, interview: str) -> HttpResponse:
    """What may be quoted now, to print: paper cannot be taken back, so nothing else is on it."""
    _by, stands = open_interview(request, interview)
    looked_at(request, events.INTERVIEW_VIEWED, refs(stands))
    answers = presenters.answers_shown(stands)
    page = {
        "head": head(interview, _("What may be quoted of interview %(reference)s") % {"reference": interview}),
        "language": stands.interview.language,
        "whom": presenters.whom_words(stands.interview),
        "answers": [one for one in answers if one.quotes],
        "printed": _("Printed %(when)s") % {"when": instant_words(clock.now())},
    }
    return render(request, "scrutiny/print.html", page)


def _question(stands: InterviewStands, key: str) -> Answered:
    found = stands.answer_to(key)
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def interview_answer(request: HttpRequest, interview: str, question: str) -> HttpResponse:
    """One question, asked in the language of the interview, and what they say."""
    by, stands = open_interview(request, interview)
    answered = _question(stands, question)
    if not stands.is_kept:
        return redirect("interview_consent", interview=interview)
    begun = {"words": answered.words, "note": answered.note}
    form = AnswerForm(request.POST if request.method == "POST" else None, initial=begun)
    if form.is_bound and form.is_valid():
        try:
            write_answer(by=by, interview=interview, given=form.given(question))
        except NotNow as refusal:
            form.add_error(BESIDE.get(refusal.code), refusal.message)
        else:
            say_done(request, _("It is recorded, word for word."))
            return redirect(f"{reverse('interview_detail', kwargs={'interview': interview})}#answers")
    looked_at(request, events.INTERVIEW_VIEWED, refs(stands))
    title = _("An answer in interview %(reference)s") % {"reference": interview}
    asked = Asked(
        read=presenters.spoken(QUESTIONS[question], stands.interview.language),
        language=stands.interview.language,
        button=_("Keep the answer"),
        rows=8,
    )
    top = head(interview, title, has_errors=bool(form.errors))
    return render(request, "scrutiny/form.html", form_page(top, form, asked))


@require_http_methods(["GET", "HEAD", "POST"])
def interview_quote(request: HttpRequest, interview: str, question: str) -> HttpResponse:
    """A passage of one answer, word for word, that a finding may rest on."""
    by, stands = open_interview(request, interview)
    answered = _question(stands, question)
    if not answered.may_be_quoted:
        return redirect("interview_detail", interview=interview)
    form = QuoteForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            mark_quote(by=by, interview=interview, question=question, words=form.cleaned_data["words"])
        except NotNow as refusal:
            form.add_error(BESIDE.get(refusal.code), refusal.message)
        else:
            say_done(request, _("It may be quoted, for as long as they agree to it."))
            return redirect(f"{reverse('interview_detail', kwargs={'interview': interview})}#answers")
    looked_at(request, events.INTERVIEW_VIEWED, refs(stands))
    title = _("A quote from interview %(reference)s") % {"reference": interview}
    asked = Asked(read=answered.words, language=stands.interview.language, button=_("Mark it as a quote"), rows=4)
    top = head(interview, title, has_errors=bool(form.errors))
    return render(request, "scrutiny/form.html", form_page(top, form, asked))
