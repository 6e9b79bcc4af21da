"""The auditor's viewer: purpose first, then a question, then the rows of the log that answer it (page map, P40).

Its use is logged like any reading: what for, the references asked for and those shown (SEC-04; DPA 2018 s.62(4)).
"""

from collections.abc import Iterable
from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from craffu.access.acting import Acting
from craffu.access.actions import record_refusal
from craffu.access.permissions import check_can_read_log
from craffu.access.queries import find_user, names_of, others_with
from craffu.audit.actions import record_consultation
from craffu.audit.events import AUDIT_READ
from craffu.audit.questions import (
    MOST_FOUND,
    MOST_READERS,
    Question,
    acts,
    acts_found,
    has_own_acts,
    is_in_log,
    readers_of,
)
from craffu.audit.reading import unusual_reading
from craffu.audit.rules import Purpose
from craffu.audit.unusual import LIMITS, Rule
from craffu.common import clock
from craffu.web.audit import exported, presenters
from craffu.web.audit.asked import choose_purpose, chosen_purpose, keep_question, kept_question
from craffu.web.audit.covert import kept_from
from craffu.web.audit.forms import FORMS, PurposeForm
from craffu.web.exports.sending import export_page
from craffu.web.middleware import acting
from craffu.web.paging import one_page
from craffu.web.presenters import Link, PageHead, today_link

# Each row may name sixty records.
ROWS_A_PAGE = 20
# What counts as a record for unusual reading.
READ = ("person", "case")


def crumbs(*more: Link) -> tuple[Link, ...]:
    return (today_link(), Link(_("Audit"), reverse("audit")), *more)


@require_http_methods(["GET", "HEAD", "POST"])
def audit(request: HttpRequest) -> HttpResponse:
    """What for: nothing of the log is shown before that is said."""
    check_can_read_log(acting(request))
    form = PurposeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        choose_purpose(request, form.cleaned_data["purpose"])
        return redirect("audit_questions")
    page = {
        "head": PageHead(_("Audit"), breadcrumbs=(today_link(), Link(_("Audit"), "")), has_errors=bool(form.errors)),
        "form": form,
        "notices": [str(notice) for notice in messages.get_messages(request)],
    }
    return render(request, "audit/purpose.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def audit_questions(request: HttpRequest) -> HttpResponse:
    by = acting(request)
    check_can_read_log(by)
    purpose = chosen_purpose(request)
    if purpose is None:
        return redirect("audit")
    ask = request.POST.get("ask", "") if request.method == "POST" else ""
    forms = {name: form(request.POST if name == ask else None, prefix=name) for name, form in FORMS.items()}
    asked = forms.get(ask)
    if asked is not None and asked.is_valid():
        problem = _problem_with_person(by, asked.cleaned_data.get("person", ""))
        if not problem:
            return redirect("audit_answer", answer=keep_question(request, purpose, ask, asked.cleaned_data))
        asked.add_error("person", problem)
    title = _("Ask the log")
    page = {
        "head": PageHead(
            title, breadcrumbs=crumbs(Link(title, "")), has_errors=asked is not None and bool(asked.errors)
        ),
        "purpose": presenters.purpose_words(purpose),
        "forms": forms,
        "asked": asked,
    }
    return render(request, "audit/questions.html", page)


def _problem_with_person(by: Acting, username: str) -> str:
    """Why nobody of this sign-in name can be asked about; empty where they can."""
    if not username:
        return ""
    if username == by.actor.name:
        record_refusal(by=by, refs=[f"user/{username}", "page/audit_questions"], reason="own_acts")
        return _("You cannot look at your own acts. %(who)s") % {"who": _others(by)}
    user = find_user(username)
    if (user is not None and user.force_id == by.force.pk) or is_in_log(username, force=by.force.code):
        return ""
    return _("Nobody of this name has an account or is in the log")


def _others(by: Acting) -> str:
    """Which auditors of the force can look at one's own acts, by name, or what to do where there is none."""
    names = ", ".join(user.name for user in others_with(by, "auditor"))
    if not names:
        return _("No other auditor can look yet: ask an administrator to name one.")
    return _("Another auditor can look: %(names)s.") % {"names": names}


@require_safe
def audit_answer(request: HttpRequest, answer: str) -> HttpResponse:
    by = acting(request)
    check_can_read_log(by)
    kept = kept_question(request, answer)
    if kept is None:
        messages.info(request, _("Your question is no longer kept. Ask it again."))
        return redirect("audit")
    ask, question = kept
    force, asker = by.force.code, by.actor.name
    hidden = kept_from(by)
    shown = one_page(request, acts_found(question, force=force, asker=asker, kept_from=hidden), size=ROWS_A_PAGE)
    rows = [hidden.without(act) for act in acts(shown.rows)]
    readers = readers_of(question, force=force, asker=asker, kept_from=hidden) if ask == "who" else []
    names = names_of(by, [*(row.actor for row in rows), *(reader.actor for reader in readers)])
    refs = [ref for row in rows for ref in presenters.shown_refs(row)]
    _log_reading(by, question.purpose, [*question.refs, *refs], question, rows=len(rows))
    title = _("Answer from the log")
    page = {
        "head": PageHead(title, breadcrumbs=crumbs(_questions_link(), Link(title, ""))),
        "asked": presenters.question_facts(question),
        "shown": shown,
        "is_cut": shown.total == MOST_FOUND,
        "most": f"{MOST_FOUND:,}",
        "more_recipients": presenters.more_recipients(question, force),
        "readers": presenters.readers_table(readers, names),
        "most_readers": MOST_READERS if len(readers) == MOST_READERS else 0,
        "export": reverse("audit_answer_export", kwargs={"answer": answer}),
        "acts": presenters.acts_table(rows, names),
        "has_own": has_own_acts(question, force=force, asker=asker, kept_from=hidden),
        "others": _others(by),
    }
    return render(request, "audit/answer.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def audit_answer_export(request: HttpRequest, answer: str) -> HttpResponse:
    """The whole answer as a file, for the purpose for which the log was opened."""
    by = acting(request)
    check_can_read_log(by)
    kept = kept_question(request, answer)
    if kept is None:
        messages.info(request, _("Your question is no longer kept. Ask it again."))
        return redirect("audit")
    question = kept[1]
    return export_page(
        request,
        exported.of_purpose(question),
        partial(exported.answer_from_log, by, question),
        back=Link(_("Answer from the log"), reverse("audit_answer", kwargs={"answer": answer})),
        refs=question.refs,
    )


def _questions_link() -> Link:
    return Link(_("Ask the log"), reverse("audit_questions"))


def _log_reading(
    by: Acting, purpose: Purpose, refs: Iterable[str], question: Question | None = None, **counts: int
) -> None:
    """One row for one answer: what for, what was asked by reference, and which references were shown."""
    record_consultation(
        kind=AUDIT_READ,
        actor=by.actor,
        refs=refs,
        fields=question.parts if question else (),
        purpose=purpose.value,
        reason=question.coded if question else "unusual_reading",
        counts=counts,
        request=by.request,
    )


@require_safe
def audit_unusual(request: HttpRequest) -> HttpResponse:
    by = acting(request)
    check_can_read_log(by)
    purpose = chosen_purpose(request)
    if purpose is None:
        return redirect("audit")
    found = unusual_reading(force=by.force.code, now=clock.now(), records=READ, asker=by.actor.name)
    shown = one_page(request, found)
    _log_reading(by, purpose, [f"user/{one.actor}" for one in shown.rows], findings=len(shown.rows))
    title = _("Unusual reading")
    page = {
        "head": PageHead(title, breadcrumbs=crumbs(_questions_link(), Link(title, ""))),
        "purpose": presenters.purpose_words(purpose),
        "shown": shown,
        "days": LIMITS.looked_at_days,
        "findings": presenters.findings_table(shown.rows, names_of(by, [one.actor for one in shown.rows])),
        "rules": [presenters.rule_words(rule) for rule in Rule],
        "others": _others(by),
    }
    return render(request, "audit/unusual.html", page)
