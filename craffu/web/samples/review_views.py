"""One's own blind reviews: declared, answered section by section, submitted; a danger told on (page map, P29; SCR-07, SCR-11).

No page here asks anything of another's review, so that what it shows, and how long it takes, is the same whatever they answered.
"""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from craffu.access.acting import Acting
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.common.refusals import Conflict, NotNow, allows
from craffu.scrutiny.asking.form import Form, Question
from craffu.scrutiny.asking.rules import Answers, as_asked, asked, left_to_answer
from craffu.scrutiny.models import CaseReview
from craffu.scrutiny.reviewing import events
from craffu.scrutiny.reviewing.actions import (
    declare_interest,
    open_identity,
    refer_from_review,
    save_answers,
    submit_review,
)
from craffu.scrutiny.reviewing.pack import CasePack, pack_of
from craffu.scrutiny.reviewing.queries import form_of, has_referred, own_answers, own_reviews
from craffu.scrutiny.reviewing.rules import sees_danger
from craffu.scrutiny.sampling.permissions import check_can_sample
from craffu.web.consulting import looked_at
from craffu.web.done import say_done
from craffu.web.edits import STATUS
from craffu.web.middleware import acting
from craffu.web.paging import one_page
from craffu.web.presenters import Link, PageHead, today_link
from craffu.web.profiles.words import said
from craffu.web.samples import pack_presenters, review_presenters
from craffu.web.samples.forms import IdentityForm, InterestForm
from craffu.web.samples.opening import open_review, refs, review_head, review_title, reviews_link
from craffu.web.samples.review_forms import SectionForm
from craffu.web.samples.words import sample_question
from craffu.web.scrutiny.forms import LiveRiskForm
from craffu.web.scrutiny.opening import Asked, form_page


@require_safe
def case_review_list(request: HttpRequest) -> HttpResponse:
    by = acting(request)
    shown = one_page(request, own_reviews(by))
    looked_at(request, events.CASE_REVIEWS_LISTED, [f"case_review/{one.reference}" for one in shown.rows])
    title = _("My reviews")
    page = {
        "head": PageHead(title, breadcrumbs=(today_link(), Link(title, ""))),
        "shown": shown,
        "table": review_presenters.reviews_table(shown.rows),
    }
    return render(request, "samples/reviews.html", page)


def _is_open(review: CaseReview) -> bool:
    """Whether there is anything to answer: declared, without an interest, not in, and still in the sample."""
    return (
        hasattr(review, "interest")
        and not review.interest.has_interest
        and not hasattr(review, "submitted")
        and not hasattr(review.case, "replaced")
    )


@require_safe
def case_review(request: HttpRequest, case_review: str) -> HttpResponse:
    """How far one's review of a case is, and the case: nothing of it before an interest is declared."""
    by, review = open_review(request, case_review)
    looked_at(request, events.CASE_REVIEW_VIEWED, refs(review))
    title = review_title(case_review)
    page = {
        "head": PageHead(title, breadcrumbs=(today_link(), reviews_link(), Link(title, ""))),
        "is_in": hasattr(review, "submitted"),
        "is_replaced": hasattr(review.case, "replaced"),
        "tasks": None,
        "reference": case_review,
        "state": review_presenters.state_of(review),
        "question": sample_question(review.case.sample),
        "declaring": None if hasattr(review, "interest") else InterestForm(),
    }
    if _is_open(review):
        form, answers, pack = form_of(review), own_answers(by, review), pack_of(by, review.case)
        now = day_of(clock.now())
        left = left_to_answer(form, pack.repeats, answers, now)
        page |= {
            "tasks": review_presenters.tasks(case_review, form, asked(form, pack.repeats, answers), left),
            "left": len(left),
            "identity": allows(check_can_sample, by),
            **_pack(pack),
        }
    return render(request, "samples/review.html", page)


def _pack(pack: CasePack) -> dict[str, object]:
    return {
        "pack": pack_presenters.parts_shown(pack),
        "later": pack_presenters.later_table(pack),
        "is_shut": pack.is_shut,
    }


@require_http_methods(["GET", "HEAD", "POST"])
def case_review_interest(request: HttpRequest, case_review: str) -> HttpResponse:
    """Said before anything of the case is shown, once."""
    by, review = open_review(request, case_review)
    if hasattr(review, "interest") and request.method != "POST":
        return redirect("case_review", case_review=case_review)
    form = InterestForm(request.POST if request.method == "POST" else None)
    status = None
    if form.is_bound and form.is_valid():
        try:
            declare_interest(by=by, review=case_review, is_interested=form.cleaned_data["interest"] == "yes")
        except Conflict as refusal:
            form.add_error(None, refusal.message)
            status = STATUS
        else:
            return redirect("case_review", case_review=case_review)
    looked_at(request, events.CASE_REVIEW_VIEWED, refs(review))
    title = _("Interest in the case of review %(reference)s") % {"reference": case_review}
    top = review_head(case_review, title, has_errors=bool(form.errors))
    return render(
        request, "samples/form.html", {"head": top, "form": form, "goes": _("Go on"), "intro": ()}, status=status
    )


@require_http_methods(["GET", "HEAD", "POST"])
def case_review_section(request: HttpRequest, case_review: str, section: str) -> HttpResponse:
    """One section of the form: what is asked now of what was answered so far. Saving it may ask more."""
    by, review = open_review(request, case_review)
    form = form_of(review)
    if section not in {one.key for one in form.sections}:
        raise Http404
    if not _is_open(review) and request.method != "POST":
        return redirect("case_review", case_review=case_review)
    answers, pack = own_answers(by, review), pack_of(by, review.case)
    fields = SectionForm(
        request.POST if request.method == "POST" else None,
        form=form, questions=_asked_in(section, form, answers, pack), answers=answers, repeats=pack.repeats,
        today=day_of(clock.now()),
    )  # fmt: skip
    if fields.is_bound:
        fields.is_valid()
        fields.tell(save_answers(by=by, review=case_review, given=fields.given()).wrong)
        if not fields.errors:
            before = [(one.question, one.repeat) for one in fields.asked]
            return _on(request, by, review, section, before)
    looked_at(request, events.CASE_REVIEW_VIEWED, refs(review))
    title = _("%(section)s: review %(reference)s") % {
        "section": said(form.section(section).words), "reference": case_review,
    }  # fmt: skip
    page = {
        "head": review_head(case_review, title, has_errors=bool(fields.errors)),
        "reference": case_review,
        "form": fields,
        "is_last": section == form.sections[-1].key,
        **_pack(pack),
    }
    return render(request, "samples/section.html", page)


def _asked_in(section: str, form: Form, answers: Answers, pack: CasePack) -> list[tuple[Question, str]]:
    return [one for one in asked(form, pack.repeats, answers) if one[0].section == section]


def _on(
    request: HttpRequest, by: Acting, review: CaseReview, section: str, before: list[tuple[Question, str]]
) -> HttpResponse:
    """Where saving leads: to telling of a danger, to what is newly asked, to the next section, or to the review."""
    form, answers, pack = form_of(review), own_answers(by, review), pack_of(by, review.case)
    one = review.reference
    if sees_danger(as_asked(form, answers)) and not has_referred(by, review):
        return redirect("case_review_live_risk", case_review=one)
    if "return" in request.POST:
        say_done(request, _("It is saved."))
        return redirect("case_review", case_review=one)
    if set(_asked_in(section, form, answers, pack)) - set(before):
        say_done(request, _("It is saved. By what you answered, more is asked here."))
        return redirect("case_review_section", section=section, case_review=one)
    keys = [one.key for one in form.sections]
    for following in keys[keys.index(section) + 1 :]:
        if _asked_in(following, form, answers, pack):
            return redirect("case_review_section", section=following, case_review=one)
    say_done(request, _("It is saved."))
    return redirect("case_review", case_review=one)


@require_http_methods(["GET", "HEAD", "POST"])
def case_review_submit(request: HttpRequest, case_review: str) -> HttpResponse:
    """Asked from the page of the review, once nothing is left to answer."""
    by, review = open_review(request, case_review)
    if request.method == "POST":
        submit_review(by=by, review=review.reference)
        say_done(request, _("Your review is in and locked. Thank you."))
    return redirect("case_review", case_review=case_review)


@require_http_methods(["GET", "HEAD", "POST"])
def case_review_live_risk(request: HttpRequest, case_review: str) -> HttpResponse:
    """Refer now: what the force needs to act, declared or not, submitted or not."""
    by, review = open_review(request, case_review)
    form = LiveRiskForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            refer_from_review(by=by, review=case_review, given=form.given)
        except NotNow as refusal:
            form.add_error(None, refusal.message)
        else:
            say_done(request, _("The force is told. Ring 999 as well if it cannot wait an hour."))
            return redirect("case_review", case_review=case_review)
    looked_at(request, events.CASE_REVIEW_VIEWED, refs(review))
    title = _("Refer a danger from review %(reference)s") % {"reference": case_review}
    shown = Asked(
        warning=_("If somebody is in danger this minute, ring 999 first."),
        intro=(
            _(
                "The duty inspector, supervisors and coordinators see this at once, with your name and with which case it is."
            ),
            _("Of your answers they see nothing, and neither does any other reviewer."),
        ),
        button=_("Tell the force now"),
        rows=5,
    )
    top = review_head(case_review, title, has_errors=bool(form.errors))
    return render(request, "scrutiny/form.html", form_page(top, form, shown))


@require_http_methods(["GET", "HEAD", "POST"])
def case_review_identity(request: HttpRequest, case_review: str) -> HttpResponse:
    """Which case it is: for an officer who reviews it, and says why they must know."""
    by, review = open_review(request, case_review)
    check_can_sample(by)
    form = IdentityForm(request.POST if request.method == "POST" else None)
    case = None
    if form.is_bound and form.is_valid():
        try:
            case = open_identity(by=by, review=case_review, reason=form.cleaned_data["reason"])
        except NotNow as refusal:
            form.add_error(None, refusal.message)
    if case is None:
        looked_at(request, events.CASE_REVIEW_VIEWED, refs(review))
    title = _("Which case is under review %(reference)s") % {"reference": case_review}
    page = {
        "head": review_head(case_review, title, has_errors=bool(form.errors)),
        "form": None if case else form,
        "goes": _("Show me which case it is"),
        "intro": (
            _("A review is made without knowing whose case it is. Ask only where the review cannot be done otherwise."),
        ),
        "told": _("It is %(case)s.") % {"case": case} if case else "",
    }
    return render(request, "samples/form.html", page)
