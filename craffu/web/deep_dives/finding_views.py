"""A finding with its claims, and what each holds: worked out again as the page is read (page map, P32)."""

from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from craffu.access.acting import Acting
from craffu.common import clock
from craffu.common.edits import version_of
from craffu.common.refusals import Conflict, NotNow, NotPermitted, allows
from craffu.scrutiny.claiming.actions import write_claim, write_finding
from craffu.scrutiny.claiming.kinds import FIGURES
from craffu.scrutiny.claiming.queries import (
    claims_of,
    evidence_of,
    finding_versions_of,
    findings_of,
    found_of,
    versions_of,
)
from craffu.scrutiny.deep_dives.policies import check_is_open
from craffu.scrutiny.deep_dives.queries import Dive
from craffu.scrutiny.models import DiveClaim, DiveFinding
from craffu.web.deep_dives import presenters
from craffu.web.deep_dives.claim_forms import ClaimForm
from craffu.web.deep_dives.figures import days_of, title_of
from craffu.web.deep_dives.forms import STANDS, WITHDRAWN, FindingForm
from craffu.web.deep_dives.opening import head_of, open_dive_page, viewed
from craffu.web.deep_dives.views import add_refusal, finding_link
from craffu.web.done import say_done
from craffu.web.edits import VERSION, seen_version
from craffu.web.recommendations.presenters import in_language


@require_http_methods(["GET", "HEAD", "POST"])
def deep_dive_finding(request: HttpRequest, dive: str, finding: int) -> HttpResponse:
    """Its claims, each with its figure as it was and as it is; and, posted, the finding in other words."""
    by, one = open_dive_page(request, dive)
    found = found_of(by, one.row, clock.now())
    row = _finding(by, one, finding)
    # Whoever was writing when somebody else withdrew it is told so, with what they wrote.
    if row.is_withdrawn and request.method != "POST":
        raise Http404
    initial = {"serves": row.serves, "text_en": row.text_en, "text_cy": row.text_cy, "is_withdrawn": STANDS}
    form = FindingForm(request.POST if request.method == "POST" else None, initial=initial, is_mended=True)
    version, both, status = seen_version(request) if form.is_bound else version_of(row.pk), None, None
    if form.is_bound and form.is_valid():
        try:
            write_finding(by=by, dive=dive, given=form.given_as(finding), seen=version)
        except NotNow as refusal:
            add_refusal(form, refusal)
        except Conflict as refusal:
            add_refusal(form, refusal)
            row = _finding(by, one, finding)
            version, status = version_of(row.pk), HTTPStatus.CONFLICT
            both = presenters.both_findings(row, form.given_as(finding))
        else:
            say_done(request, _("It is kept with what was said before."))
            if form.cleaned_data["is_withdrawn"] == WITHDRAWN:
                return redirect("deep_dive_detail", dive=dive)
            return redirect("deep_dive_finding", dive=dive, finding=finding)
    viewed(request, dive)
    is_open = allows(check_is_open, one.status)
    title = _("Finding %(number)s") % {"number": finding}
    page = {
        "head": head_of(one, title, has_errors=bool(form.errors)),
        "dive": dive,
        "finding": finding,
        "text": in_language(row.text_en, row.text_cy),
        "claims": presenters.claims_table(dive, finding, found.claims_of(finding), may_write=is_open),
        "is_open": is_open,
        "form": form,
        "both": both,
        "version_name": VERSION,
        "version": version,
        "versions": presenters.finding_versions_table(finding_versions_of(by, one.row, finding)),
    }
    return render(request, "deep_dives/finding.html", page, status=status)


def _finding(by: Acting, one: Dive, number: int) -> DiveFinding:
    row = next((each for each in findings_of(by, one.row) if each.number == number), None)
    if row is None:
        raise Http404
    return row


def _claim(by: Acting, one: Dive, finding: int, number: int) -> DiveClaim | None:
    """The claim of this number, None under number 0: there a new one is written."""
    held = next((each for each in claims_of(by, one.row) if (each.number, each.finding) == (number, finding)), None)
    if number and held is None:
        raise Http404
    return held


def _seen(held: DiveClaim | None) -> str:
    return version_of(held.pk) if held is not None else ""


@require_http_methods(["GET", "HEAD", "POST"])
def deep_dive_claim(request: HttpRequest, dive: str, finding: int, claim: int) -> HttpResponse:
    """Write a claim, under number 0 a new one; or mend or withdraw one, with every word of it below."""
    by, one = open_dive_page(request, dive)
    if finding not in {each.number for each in findings_of(by, one.row) if not each.is_withdrawn}:
        raise Http404
    held = _claim(by, one, finding, claim)
    every = evidence_of(by, one.row)
    named = {str(each.number): f"E{each.number} {title_of(each)}, {days_of(each)}" for each in every}
    figures = {str(each.number): named[str(each.number)] for each in every if each.kind in FIGURES}
    form = ClaimForm(request.POST if request.method == "POST" else None, evidence=named, figures=figures, held=held)
    version, both, status = seen_version(request) if form.is_bound else _seen(held), None, None
    if form.is_bound and form.is_valid():
        try:
            write_claim(by=by, dive=dive, given=form.given_as(finding), seen=version)
        except NotNow as refusal:
            add_refusal(form, refusal)
        except Conflict as refusal:
            add_refusal(form, refusal)
            held = _claim(by, one, finding, claim)
            version, status = _seen(held), HTTPStatus.CONFLICT
            both = presenters.both_claims(held, form.given_as(finding)) if held else None
        except NotPermitted:
            form.add_error(None, _("There is nothing of that name or number"))
        else:
            say_done(request, _("It is kept with what was said before."))
            return redirect("deep_dive_finding", dive=dive, finding=finding)
    viewed(request, dive)
    title = _("Claim %(number)s") % {"number": claim} if held else _("Write a claim")
    versions = versions_of(by, one.row, claim) if held else []
    page = {
        "head": head_of(one, title, has_errors=bool(form.errors), above=finding_link(dive, finding)),
        "form": form,
        "both": both,
        "version_name": VERSION,
        "version": version,
        "versions": presenters.versions_table(versions) if versions else None,
    }
    return render(request, "deep_dives/claim.html", page, status=status)
