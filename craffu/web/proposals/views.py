"""What courts said that looks like an order, in one case: a person says whether it is one (page map, P10; ORD-09)."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from craffu.access.acting import Acting
from craffu.access.actions import record_refusal
from craffu.cases.models import Case
from craffu.cases.permissions import check_can_open_case
from craffu.cases.queries import find_case, references_of
from craffu.common.refusals import Conflict, NotNow, NotPermitted
from craffu.orders import events
from craffu.orders.models import Order, OrderProposal
from craffu.orders.permissions import check_can_record_court
from craffu.orders.proposing.actions import confirm_proposal, made_at, refuse_proposal
from craffu.orders.proposing.queries import find_proposal, orders_meant, proposals_of
from craffu.orders.proposing.rules import Does, conditions_in
from craffu.web.consulting import looked_at
from craffu.web.edits import STATUS
from craffu.web.middleware import acting
from craffu.web.presenters import Link, PageHead, today_link
from craffu.web.proposals import presenters
from craffu.web.proposals.forms import ANOTHER, RECORDED, ConditionForms, ProposalForm, given_by
from craffu.web.references import refs_asked_for
from craffu.web.restricted.stubs import check_is_open


def _open_case(by: Acting, reference: str) -> Case:
    check_can_open_case(by, reference)
    check_is_open(by, "case", reference)
    found = find_case(by, reference)
    if found is None:
        raise Http404
    check_can_record_court(by)
    return found


def _case_link(case: str) -> Link:
    return Link(_("Case %(reference)s") % {"reference": case}, reverse("case_detail", kwargs={"case": case}))


@require_safe
def case_proposed(request: HttpRequest, case: str) -> HttpResponse:
    """Everything that courts proposed in a case, decided or not."""
    by = acting(request)
    found = _open_case(by, case)
    looked_at(request, events.PROPOSALS_LISTED, [f"case/{case}"])
    title = _("What courts said in case %(reference)s") % {"reference": case}
    page = {
        "head": PageHead(title, breadcrumbs=(today_link(), _case_link(case), Link(title, ""))),
        "notices": [str(notice) for notice in messages.get_messages(request)],
        "proposals": presenters.proposals_table(case, proposals_of(by, found)),
    }
    return render(request, "proposals/list.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def case_proposal(request: HttpRequest, case: str, proposal: int) -> HttpResponse:
    """One of them: recorded as an order with what the person has put right, or not recorded and why."""
    by = acting(request)
    found = _open_case(by, case)
    one = find_proposal(by, proposal)
    if one is None or one.case_id != found.pk:
        raise Http404
    number = _number(by, found)
    meant = _meant(by, one, number)
    form = ProposalForm(request.POST if request.method == "POST" else None, meant=meant)
    first = [{"words": words} for words in conditions_in(one.words)] if one.does == Does.MAKES else []
    rows = ConditionForms(request.POST if request.method == "POST" else None, prefix="condition", initial=first)
    status = None
    if form.is_bound and form.is_valid() and (not form.is_order or rows.is_valid()):
        try:
            _say(by, one, form, rows, number, meant)
        except (Conflict, NotNow, NotPermitted) as refusal:
            form.add_error(None, refusal.message)
            status = STATUS if isinstance(refusal, Conflict) else None
            if isinstance(refusal, NotPermitted):
                record_refusal(by=by, refs=refs_asked_for(request), reason=refusal.code)
        else:
            messages.success(request, _("It is recorded."))
            return redirect("case_proposed", case=case)
    refs = [f"case/{case}", *([f"order/{meant.reference}"] if meant else [])]
    looked_at(request, events.PROPOSALS_LISTED, refs)
    title = _("Did a court make this order in case %(reference)s?") % {"reference": case}
    trail = (today_link(), _case_link(case), Link(title, ""))
    page = {
        "head": PageHead(
            title, breadcrumbs=trail, has_errors=bool(form.errors or (form.is_bound and rows.total_error_count()))
        ),
        "form": form,
        "rows": rows,
        "summary": presenters.summary(one),
        "meant": presenters.meant(meant) if meant else None,
        "is_decided": hasattr(one, "decided"),
        "makes": one.does == Does.MAKES,
    }
    return render(request, "proposals/decide.html", page, status=status)


def _number(by: Acting, case: Case) -> str:
    """The court's number of a case, where it has one."""
    called, _more = references_of(by, case.pk, 1).answer
    return called[0].value if called else case.reference


def _meant(by: Acting, proposal: OrderProposal, number: str) -> Order | None:
    """The order that the court's word seems to be about, while nobody has said what it is."""
    if proposal.does != Does.MAKES or hasattr(proposal, "decided"):
        return None
    return next(iter(orders_meant(by, proposal, number)), None)


def _say(by: Acting, proposal: OrderProposal, form: ProposalForm, rows: Any, number: str, meant: Order | None) -> None:
    if not form.is_order:
        order = meant if form.said == RECORDED else None
        refuse_proposal(by=by, number=proposal.pk, words=form.cleaned_data["words"], order=order)
        return
    given = given_by(form, rows, made_at(proposal), proposal.court, number, f"court-results {proposal.source_key}")
    confirm_proposal(by=by, number=proposal.pk, given=given, is_another=form.said == ANOTHER)
