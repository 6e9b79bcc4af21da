"""Dip samples: planned, frozen, given to reviewers, drawn by another's seed, and followed (page map, P28; SCR-01 to SCR-05)."""

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from craffu.access.policies import check_is_there
from craffu.common.refusals import Conflict, NotNow, allows
from craffu.measures.permissions import EVERY_ROW, shown_to
from craffu.scrutiny.models import SampleCase
from craffu.scrutiny.panels.permissions import check_can_run_panels
from craffu.scrutiny.reviewing.actions import give_on
from craffu.scrutiny.reviewing.permissions import check_can_review
from craffu.scrutiny.reviewing.queries import reviews_in, to_replace
from craffu.scrutiny.sampling import events
from craffu.scrutiny.sampling.actions import freeze_frame, give_seed, name_reviewers, plan_sample, replace_case
from craffu.scrutiny.sampling.facts import NewReplacement
from craffu.scrutiny.sampling.kinds import Inclusion, Strata
from craffu.scrutiny.sampling.permissions import check_can_sample
from craffu.scrutiny.sampling.policies import check_bears_out
from craffu.scrutiny.sampling.queries import advice, drawn_in, framed_now, is_drawn_again, may_review, samples
from craffu.scrutiny.sampling.rules import Allocation
from craffu.web.consulting import looked_at
from craffu.web.done import say_done
from craffu.web.edits import STATUS
from craffu.web.middleware import acting
from craffu.web.paging import one_page
from craffu.web.presenters import Link, PageHead, today_link
from craffu.web.samples import presenters
from craffu.web.samples.forms import ReviewersForm, SampleForm, SeedForm
from craffu.web.samples.opening import open_sample, sample_head, sample_title, samples_link

# The field beside which a refusal is said; one that is not listed stands above the form.
BESIDE = {
    "no_question": "question", "no_period": "since", "period_of_orders": "since", "period_to_come": "until",
    "period_too_short": "until",
    "no_such_strata": "strata", "no_number": "number", "no_seed": "seed", "not_said": "has_not_seen",
}  # fmt: skip


@require_safe
def sample_list(request: HttpRequest) -> HttpResponse:
    by = acting(request)
    check_can_sample(by)
    shown = one_page(request, samples(by))
    looked_at(request, events.SAMPLES_LISTED, [f"sample/{one.reference}" for one in shown.rows])
    title = _("Dip samples")
    page = {
        "head": PageHead(title, breadcrumbs=(today_link(), Link(title, ""))),
        "shown": shown,
        "table": presenters.samples_table(shown.rows),
        "reviews": allows(check_can_review, by),
        "runs_panels": allows(check_can_run_panels, by),
    }
    return render(request, "samples/list.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def sample_new(request: HttpRequest) -> HttpResponse:
    by = acting(request)
    check_can_sample(by)
    form = SampleForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            row = plan_sample(by=by, given=form.given)
        except NotNow as refusal:
            form.add_error(BESIDE.get(refusal.code), refusal.message)
        else:
            say_done(request, _("It is planned. Look at how many cases fit, and freeze the frame."))
            return redirect("sample_detail", sample=row.reference)
    title = _("New dip sample")
    top = PageHead(title, breadcrumbs=(today_link(), samples_link(), Link(title, "")), has_errors=bool(form.errors))
    intro = (_("Nothing is drawn yet: you see first how many cases fit, and what so many can and cannot tell."),)
    return _asked(request, top, form, _("Plan it"), intro)


def _asked(
    request: HttpRequest, top: PageHead, form: Form, button: str, intro: tuple[str, ...], status: int | None = None
) -> HttpResponse:
    page = {"head": top, "form": form, "goes": button, "intro": intro}
    return render(request, "samples/form.html", page, status=status)


@require_safe
def sample_detail(request: HttpRequest, sample: str) -> HttpResponse:
    """The sample whole, as far as it is: its frame by numbers alone, and its cases by theirs."""
    by, found = open_sample(request, sample)
    told, left_out, to = None, 0, shown_to(by, EVERY_ROW)
    if not hasattr(found, "frozen"):
        framed = framed_now(by, Inclusion.read(found.inclusion), Strata(found.strata))
        sizes = {name: len(refs) for name, refs in framed.strata.items()}
        told, left_out = advice(sizes, found.number, Allocation(found.how)), framed.left_out
    drawn = drawn_in(by, found)
    reviews = reviews_in(by, found.pk) if drawn else {}
    people = may_review(by) if drawn else {}
    looked_at(request, events.SAMPLE_VIEWED, [f"sample/{sample}"])
    title = sample_title(sample)
    page = {
        "head": PageHead(title, breadcrumbs=(today_link(), samples_link(), Link(title, ""))),
        "sample": sample,
        "is_named": hasattr(found, "reviewers"),
        "is_drawn": hasattr(found, "seeded"),
        "summary": presenters.sample_facts(found),
        "tells": presenters.advice_words(told, to) if told else (),
        "left_out": presenters.left_out_words(left_out, to),
        "strata": presenters.planned_table(told, to) if told else None,
        "frozen": presenters.frozen_shown(found, is_same=is_drawn_again(by, found, drawn) if drawn else None),
        "cases": presenters.cases_shown(found, drawn, reviews, to_replace(by, reviews), people),
        "replaced": presenters.replaced_table(drawn),
        "progress": presenters.progress_words(reviews),
    }
    return render(request, "samples/detail.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def sample_freeze(request: HttpRequest, sample: str) -> HttpResponse:
    """Asked from the page of the sample, where it is said how many cases fit."""
    by, found = open_sample(request, sample)
    if request.method == "POST":
        freeze_frame(by=by, sample=found.reference)
        say_done(request, _("The frame is frozen and hashed. Name its reviewers next."))
    return redirect("sample_detail", sample=sample)


@require_http_methods(["GET", "HEAD", "POST"])
def sample_reviewers(request: HttpRequest, sample: str) -> HttpResponse:
    by, _found = open_sample(request, sample)
    form = ReviewersForm(request.POST if request.method == "POST" else None, may_review(by))
    status = None
    if form.is_bound and form.is_valid():
        try:
            name_reviewers(by=by, sample=sample, given=form.given)
        except (NotNow, Conflict) as refusal:
            form.add_error("usernames", refusal.message)
            status = STATUS if isinstance(refusal, Conflict) else None
        else:
            say_done(request, _("They are named. Now somebody else gives the seed."))
            return redirect("sample_detail", sample=sample)
    looked_at(request, events.SAMPLE_VIEWED, [f"sample/{sample}"])
    title = _("Reviewers of dip sample %(reference)s") % {"reference": sample}
    intro = (
        _("Choose two or more. Each case goes to one of them in turn, and some to another for a second, blind review."),
        _("They are named once, before there is a seed: so nobody chooses whose case is whose."),
    )
    return _asked(
        request, sample_head(sample, title, has_errors=bool(form.errors)), form, _("Name them"), intro, status
    )


@require_http_methods(["GET", "HEAD", "POST"])
def sample_seed(request: HttpRequest, sample: str) -> HttpResponse:
    by, _found = open_sample(request, sample)
    form = SeedForm(request.POST if request.method == "POST" else None)
    status = None
    if form.is_bound and form.is_valid():
        try:
            give_seed(by=by, sample=sample, given=form.given)
        except (NotNow, Conflict) as refusal:
            form.add_error(BESIDE.get(refusal.code), refusal.message)
            status = STATUS if isinstance(refusal, Conflict) else None
        else:
            say_done(request, _("The sample is drawn, and its cases are given to their reviewers."))
            return redirect("sample_detail", sample=sample)
    looked_at(request, events.SAMPLE_VIEWED, [f"sample/{sample}"])
    title = _("Seed of dip sample %(reference)s") % {"reference": sample}
    intro = (
        _(
            "The seed decides which cases are drawn. It comes from somebody who has not seen the frame, and is given once."
        ),
        _("With it and the list of the frame anybody can draw the same cases again."),
    )
    return _asked(
        request, sample_head(sample, title, has_errors=bool(form.errors)), form, _("Draw the sample"), intro, status
    )


def _case(drawn: list[SampleCase], number: int) -> SampleCase:
    found = next((one for one in drawn if one.number == number), None)
    if found is None:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def sample_replace(request: HttpRequest, sample: str, number: int) -> HttpResponse:
    """Asked from the page of the sample, where the word of its reviewers stands beside the case."""
    by, found = open_sample(request, sample)
    case = _case(drawn_in(by, found), number)
    if request.method == "POST":
        reason = to_replace(by, reviews_in(by, found.pk)).get(case.pk)
        check_bears_out(is_borne_out=reason is not None)
        replace_case(by=by, sample=sample, given=NewReplacement(number, check_is_there(reason)))
        say_done(request, _("It is replaced by the next in order, or left out where there is none."))
    return redirect("sample_detail", sample=sample)


@require_http_methods(["GET", "HEAD", "POST"])
def sample_give_on(request: HttpRequest, sample: str, number: int, place: int) -> HttpResponse:
    """Asked from the page of the sample, of a case whose reviewer has an interest in it."""
    by, found = open_sample(request, sample)
    case = _case(drawn_in(by, found), number)
    if request.method == "POST":
        give_on(by=by, case=case, place=place, people=may_review(by))
        say_done(request, _("It is given to the next reviewer who has not had it."))
    return redirect("sample_detail", sample=sample)
