"""The report of a deep dive: read as it will be published, sent to the force, answered, published and printed (page map, P34)."""

from typing import Any, Final

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from craffu.access.acting import Acting, acting_system
from craffu.access.queries import home_force
from craffu.access.wall.reach import working_for
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.common.refusals import Conflict, NotNow, allows
from craffu.documents.bundles import CONTENT_TYPES, Form
from craffu.scrutiny.claiming.queries import evidence_of, found_of
from craffu.scrutiny.deep_dives.actions import stop
from craffu.scrutiny.deep_dives.permissions import check_can_lead, check_can_read_report, check_can_work
from craffu.scrutiny.deep_dives.policies import check_step
from craffu.scrutiny.deep_dives.queries import Dive, find_dive
from craffu.scrutiny.deep_dives.states import DiveStatus
from craffu.scrutiny.publishing.actions import answer_correction, publish, record_reply, send_draft, take_back
from craffu.scrutiny.publishing.facts import NewAnswer, Text
from craffu.scrutiny.publishing.policies import check_same_text
from craffu.scrutiny.publishing.queries import hash_of, publication_of
from craffu.scrutiny.publishing.released import released
from craffu.web.court.words import day_words
from craffu.web.deep_dives import presenters, words
from craffu.web.deep_dives.forms import CorrectionForm, ReasonForm, ReplyForm
from craffu.web.deep_dives.opening import head_of, viewed
from craffu.web.deep_dives.presenters import dive_title
from craffu.web.deep_dives.reading import for_word, fresh, paper_of, text_for
from craffu.web.deep_dives.tables import data_pack
from craffu.web.deep_dives.views import add_refusal
from craffu.web.done import say_done
from craffu.web.edits import STATUS
from craffu.web.middleware import acting
from craffu.web.papers.printing import press
from craffu.web.presenters import Link, Marking, PageHead
from craffu.web.profiles.words import language
from craffu.web.recommendations.presenters import in_language

THE_PAGE = "public-page"

# What a form says that wants the report for Word.
WORD: Final = "word"
DATA: Final = "data"
DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _open(request: HttpRequest, reference: str) -> tuple[Acting, Dive]:
    """Whoever works in it, and the commissioner. Raises NotPermitted, and Http404 where there is none of their force."""
    by = acting(request)
    if not allows(check_can_work, by):
        check_can_read_report(by)
    found = find_dive(by, reference)
    if found is None:
        raise Http404
    return by, found


@require_safe
def deep_dive_report(request: HttpRequest, dive: str) -> HttpResponse:
    by, one = _open(request, dive)
    works = allows(check_can_work, by)
    text = text_for(by, one)
    found = found_of(by, one.row, clock.now()) if works else None
    viewed(request, dive, evidence_of(by, one.row) if text else ())
    leads = allows(check_can_lead, by)
    may = {
        step.value: leads and allows(check_step, one.status, step)
        for step in (DiveStatus.WITH_FORCE, DiveStatus.REPLIED, DiveStatus.PUBLISHED, DiveStatus.STOPPED)
    }
    may["drafting"] = leads and one.status in {DiveStatus.WITH_FORCE, DiveStatus.REPLIED}
    title = _("Report: %(title)s") % {"title": dive_title(one)}
    page = {
        "head": head_of(one if works else None, title) if works else PageHead(title),
        "dive": dive,
        "status": words.STEPS[one.status].tag,
        "blocks": text.get(language(), ()),
        "sha256": hash_of(text) if text else "",
        "checks": presenters.checks(found) if found else [],
        "not_holding": [str(each.row.number) for each in found.to_mend] if found else [],
        "waits": presenters.waits(publication_of(one, day_of(clock.now())))
        if one.status is DiveStatus.WITH_FORCE
        else "",
        "corrections": presenters.corrections_table(dive, one.corrections, may_answer=leads)
        if one.corrections
        else None,
        "may": may,
        "is_published": one.status is DiveStatus.PUBLISHED,
    }
    return render(request, "deep_dives/report.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def deep_dive_send(request: HttpRequest, dive: str, step: str) -> HttpResponse:
    """The draft to the force, or the report to the public: what was read, by its hash, and no other text."""
    by, _one = _open(request, dive)
    check_can_lead(by)
    if request.method != "POST":
        return redirect("deep_dive_report", dive=dive)
    act, said = {
        "send": (send_draft, _("The draft is with the force, and kept.")),
        "publish": (publish, _("It is published. What it recommends is in the register.")),
    }[step]
    try:
        act(by=by, dive=dive, made=lambda held: fresh(by, held), seen=request.POST.get("seen", ""))
    except (NotNow, Conflict) as refusal:
        return _not_done(request, dive, refusal.message)
    say_done(request, said)
    return redirect("deep_dive_report", dive=dive)


@require_http_methods(["GET", "HEAD", "POST"])
def deep_dive_step(request: HttpRequest, dive: str, step: str) -> HttpResponse:
    """The force's reply, or that the draft is taken back, or that the deep dive is stopped."""
    by, one = _open(request, dive)
    check_can_lead(by)
    form: Any = (ReplyForm if step == "reply" else ReasonForm)(request.POST if request.method == "POST" else None)
    title, intro = {
        "reply": (_("Record the force’s reply"), _("It is kept word for word, and printed with the report.")),
        "take-back": (_("Take the draft back"), _("It can then be written in. The draft that the force had is kept.")),
        "stop": (_("Stop it"), _("It goes no further. Everything that was written is kept.")),
    }[step]
    if form.is_bound and form.is_valid():
        try:
            if step == "reply":
                record_reply(by=by, dive=dive, given=form.given)
            else:
                {"take-back": take_back, "stop": stop}[step](by=by, dive=dive, reason=form.cleaned_data["reason"])
        except NotNow as refusal:
            add_refusal(form, refusal)
        else:
            say_done(request, _("It is recorded."))
            return redirect("deep_dive_report", dive=dive)
    return _asked(request, one, form, title, intro)


@require_http_methods(["GET", "HEAD", "POST"])
def deep_dive_correction(request: HttpRequest, dive: str, correction: int) -> HttpResponse:
    by, one = _open(request, dive)
    check_can_lead(by)
    row = next((each for each in one.corrections if each.number == correction), None)
    if row is None:
        raise Http404
    form = CorrectionForm(request.POST if request.method == "POST" else None)
    status = None
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        given = NewAnswer(correction, said["is_taken"] == "yes", said["reason"], said["reason_cy"])
        try:
            answer_correction(by=by, dive=dive, given=given)
        except (NotNow, Conflict) as refusal:
            add_refusal(form, refusal)
            status = STATUS if isinstance(refusal, Conflict) else None
        else:
            say_done(request, _("It is recorded."))
            return redirect("deep_dive_report", dive=dive)
    title = _("Answer correction %(number)s") % {"number": correction}
    return _asked(request, one, form, title, row.words, status)


def _asked(
    request: HttpRequest, one: Dive, form: forms.Form, title: str, intro: str, status: int | None = None
) -> HttpResponse:
    viewed(request, one.row.reference)
    above = Link(_("Report"), reverse("deep_dive_report", args=[one.row.reference]))
    page = {
        "head": head_of(one, title, has_errors=bool(form.errors), above=above),
        "form": form,
        "intro": intro,
        "button_text": _("Record it"),
    }
    return render(request, "asking.html", page, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def deep_dive_paper(request: HttpRequest, dive: str) -> HttpResponse:
    """The report as PDF or for Word, in the language of the page: the very text that was read there, and no other."""
    by, one = _open(request, dive)
    if request.method != "POST":
        return redirect("deep_dive_report", dive=dive)
    text = text_for(by, one)
    try:
        check_same_text(request.POST.get("seen", ""), hash_of(text))
        content, ending, kind = _made(one, text, request.POST.get("as", ""))
    except (NotNow, Conflict) as refusal:
        return _not_done(request, dive, refusal.message)
    viewed(request, dive, evidence_of(by, one.row))
    return _file(content, f"craffu-{dive}-{language()}.{ending}", kind)


def _made(one: Dive, text: Text, form: str) -> tuple[bytes, str, str]:
    """The report in a form, in the language of the page: for Word, its tables as a workbook, or as PDF."""
    if form == WORD:
        return for_word(paper_of(one, text, language())), "docx", DOCX
    if form == DATA:
        marking = "" if one.status is DiveStatus.PUBLISHED else str(Marking.OFFICIAL_SENSITIVE.words)
        pack = data_pack(text, language(), dive_title(one), one.row.reference, hash_of(text), marking)
        return pack, "xlsx", CONTENT_TYPES[Form.XLSX]
    return press(paper_of(one, text, language())), "pdf", "application/pdf"


def _not_done(request: HttpRequest, dive: str, why: str) -> HttpResponse:
    viewed(request, dive)
    back = Link(_("Read the report"), reverse("deep_dive_report", args=[dive]))
    page = {"head": PageHead(_("That was not done"), back=back), "why": why, "back": back}
    return render(request, "deep_dives/refused.html", page, status=STATUS)


def _pdf(content: bytes, name: str) -> HttpResponse:
    return _file(content, name, "application/pdf")


def _file(content: bytes, name: str, kind: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _published(request: HttpRequest, reference: str) -> Dive:
    force = home_force()
    with working_for(force.pk):
        by = acting_system(force, THE_PAGE).during(request.request_id)  # type: ignore[attr-defined]
        found = find_dive(by, reference)
    if found is None or found.status is not DiveStatus.PUBLISHED:
        raise Http404
    return found


@login_not_required
@require_safe
def report_published(request: HttpRequest, dive: str) -> HttpResponse:
    """A report that was published, as anybody reads it: word for word what is kept of that day."""
    one = _published(request, dive)
    step = one.step(DiveStatus.PUBLISHED)
    assert step is not None  # noqa: S101  # it is published
    page = {
        "head": PageHead(dive_title(one), marking=Marking.NONE),
        "dive": dive,
        "blocks": step.text[language()],
        "published": day_words(step.on),
        "sha256": step.sha256,
    }
    return render(request, "deep_dives/published.html", page)


@login_not_required
@require_safe
def report_published_paper(request: HttpRequest, dive: str) -> HttpResponse:
    one = _published(request, dive)
    step = one.step(DiveStatus.PUBLISHED)
    assert step is not None  # noqa: S101  # it is published
    return _pdf(press(paper_of(one, step.text, language())), f"craffu-{dive}-{language()}.pdf")


@login_not_required
@require_safe
def report_list(request: HttpRequest) -> HttpResponse:
    """Every report that was published, the last first."""
    force = home_force()
    with working_for(force.pk):
        by = acting_system(force, THE_PAGE).during(request.request_id)  # type: ignore[attr-defined]
        found = [(one.row.reference, in_language(one.row.title_en, one.row.title_cy)) for one in released(by)]
    page = {"head": PageHead(_("Reviews of the force"), marking=Marking.NONE), "reports": found}
    return render(request, "deep_dives/reports.html", page)
