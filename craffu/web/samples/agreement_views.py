"""How far two reviewers of a sample agree, once every review of it is in, and arbitration where they differ (P30, SCR-08)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from craffu.common.refusals import Conflict, NotNow, allows
from craffu.scrutiny.agreeing.actions import adjudicate
from craffu.scrutiny.agreeing.pairing import agreed
from craffu.scrutiny.agreeing.queries import adjudicated_in, differences, pairs_of
from craffu.scrutiny.asking.reading import shipped
from craffu.scrutiny.asking.rules import WHOLE
from craffu.scrutiny.claiming.sampled import results_of
from craffu.scrutiny.reviewing import events
from craffu.scrutiny.reviewing.facts import NewAdjudication
from craffu.scrutiny.reviewing.permissions import check_can_adjudicate
from craffu.web.consulting import looked_at
from craffu.web.done import say_done
from craffu.web.edits import STATUS
from craffu.web.samples import agreement_presenters as presenters
from craffu.web.samples.forms import AdjudicationForm
from craffu.web.samples.opening import open_sample, sample_head
from craffu.web.samples.review_forms import SectionForm, short


@require_safe
def sample_agreement(request: HttpRequest, sample: str) -> HttpResponse:
    """Nothing before every review of the sample is in; then question by question, and where the two differ."""
    by, found = open_sample(request, sample)
    page = {
        "head": sample_head(sample, _("Agreement in dip sample %(reference)s") % {"reference": sample}),
        "sample": sample,
    }
    try:
        pairs = pairs_of(by, found)
    except NotNow as refusal:
        looked_at(request, events.AGREEMENT_VIEWED, [f"sample/{sample}"])
        return render(request, "samples/agreement.html", page | {"waits": refusal.message})
    form = shipped()[found.form]
    listed, decided = differences(form, pairs), adjudicated_in(by, found)
    looked_at(request, events.AGREEMENT_VIEWED, [f"sample/{sample}"])
    page |= {
        "waits": "",
        "twice": len(pairs),
        "results": presenters.results_table(results_of(by, found)),
        "table": presenters.agreement_table(form, agreed(form, [(one.of_first, one.of_second) for one in pairs])),
        "differences": presenters.differences_table(
            form, sample, listed, decided, may_decide=allows(check_can_adjudicate, by), user=by.user
        ),
    }
    return render(request, "samples/agreement.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def sample_adjudicate(request: HttpRequest, sample: str, number: int, question: str, repeat: str) -> HttpResponse:
    """Both answers, and the one that is to count: decided once, by somebody who reviewed neither."""
    by, found = open_sample(request, sample)
    check_can_adjudicate(by)
    form = shipped()[found.form]
    try:
        listed = differences(form, pairs_of(by, found))
    except NotNow:
        return redirect("sample_agreement", sample=sample)
    at = presenters.repeat_of(repeat)
    one = next(
        (each for each in listed if (each.number, short(each.question), each.repeat) == (number, question, at)), None
    )
    if one is None:
        raise Http404
    data = request.POST if request.method == "POST" else None
    repeats = {one.question.level.value: (at,)} if at != WHOLE else {}
    answer = SectionForm(data, form=form, questions=[(one.question, at)], answers={}, repeats=repeats, is_panel=True)
    why = AdjudicationForm(data)
    status = None
    if answer.is_bound and answer.is_valid() and why.is_valid():
        given = NewAdjudication(number, one.question.id, answer.given()[0].given, why.cleaned_data["reason"], at)
        try:
            adjudicate(by=by, sample=sample, given=given)
        except (NotNow, Conflict) as refusal:
            answer.add_error(None, refusal.message)
            status = STATUS if isinstance(refusal, Conflict) else None
        else:
            say_done(request, _("It is decided. Both originals stand beside it."))
            return redirect("sample_agreement", sample=sample)
    refs = [f"case_review/{each.reference}" for each in (one.pair.first, one.pair.second)]
    looked_at(request, events.AGREEMENT_VIEWED, [f"sample/{sample}", *refs])
    title = _("Decide %(question)s of case %(number)s in dip sample %(reference)s") % {
        "question": question, "number": number, "reference": sample,
    }  # fmt: skip
    page = {
        "head": sample_head(sample, title, has_errors=bool(answer.errors or why.errors)),
        "form": answer,
        "why": why,
        "both": presenters.both_shown(form, one),
    }
    return render(request, "samples/adjudicate.html", page, status=status)
