"""Considering orders in a case: facts, a decision for each kind, and a supervisor's second look (P13; ORD-01, ORD-02)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from craffu.access.acting import Acting
from craffu.cases.models import Case, CaseRole
from craffu.cases.permissions import check_can_open_case
from craffu.cases.queries import find_case, roles_in
from craffu.cases.risk.queries import case_risk
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.common.refusals import Conflict, NotNow, NotPermitted, allows
from craffu.orders import events
from craffu.orders.considering.actions import (
    agree_not_pursued,
    challenge_not_pursued,
    decide_options,
    reopen,
    say_facts,
)
from craffu.orders.considering.checking import refusals
from craffu.orders.considering.facts import NewDecision
from craffu.orders.considering.policies import OptionRefused
from craffu.orders.considering.queries import Considered, considered_in
from craffu.orders.considering.rules import runs_as_high
from craffu.orders.permissions import check_can_agree, check_can_consider
from craffu.orders.queries import live_orders_against
from craffu.people.queries import Identity, contacts_of, identities, members, people_of_records
from craffu.victims.models import View
from craffu.victims.voice.queries import last_views
from craffu.victims.voice.subjects import Subject
from craffu.web.considering import presenters
from craffu.web.considering.forms import AGREE, ASK_AGAIN, NO, YES, FactsForm, NotPursuedForm, decision_forms
from craffu.web.consulting import looked_at
from craffu.web.done import say_done
from craffu.web.edits import STATUS, both_versions, seen_version
from craffu.web.middleware import acting
from craffu.web.orders.words import kind_words
from craffu.web.presenters import Link, PageHead, today_link
from craffu.web.restricted.stubs import check_is_open

FACTS, CHECK, CHANGE, DECIDE = "facts", "check", "change", "decide"


def _open_case(by: Acting, reference: str) -> Case:
    check_can_consider(by)
    check_can_open_case(by, reference)
    check_is_open(by, "case", reference)
    found = find_case(by, reference)
    if found is None:
        raise Http404
    return found


def _head(case: str, title: str, *, has_errors: bool = False) -> PageHead:
    case_link = Link(_("Case %(reference)s") % {"reference": case}, reverse("case_detail", kwargs={"case": case}))
    return PageHead(title, breadcrumbs=(today_link(), case_link, Link(title, "")), has_errors=has_errors)


def _title(case: str) -> str:
    return _("Consider orders in case %(reference)s") % {"reference": case}


class _Page:
    """One request to consider: the case, the respondent who was chosen, and what was given."""

    def __init__(self, request: HttpRequest, by: Acting, found: Case) -> None:
        self.request, self.by, self.case = request, by, found.reference
        self.found, self.now = found, clock.now()
        self.posted = request.POST if request.method == "POST" else None
        self.asks = self.posted.get("do", "") if self.posted is not None else ""
        self.conflict: Any = None
        self.read()

    def read(self) -> None:
        self.every = considered_in(self.by, self.found.pk, self.now)
        wanted = self.request.GET.get("respondent", "")
        self.standing = next((one for one in self.every if one.respondent.reference == wanted), None)
        if self.standing is None and self.every and not wanted:
            self.standing = self.every[0]
        if self.standing is None and wanted:
            raise Http404

    def version(self, standing: Considered) -> str:
        """What a form is made from. One that comes back to be put right is still made from what it was made from."""
        is_back = self.posted is not None and not self.conflict
        return seen_version(self.request, standing.version) if is_back else standing.version

    def address(self, standing: Considered) -> str:
        return f"{reverse('case_consider', kwargs={'case': self.case})}?respondent={standing.respondent.reference}"


@require_http_methods(["GET", "HEAD", "POST"])
def case_consider(request: HttpRequest, case: str) -> HttpResponse:
    """A: the facts. B: a decision about every kind that is offered, checked before it is made."""
    by = acting(request)
    page = _Page(request, by, _open_case(by, case))
    if page.standing is None:
        return _nothing(page)
    if page.asks == FACTS:
        return _facts(page, page.standing)
    if page.asks in {CHECK, DECIDE}:
        return _decisions(page, page.standing)
    return _shown(page, page.standing)


def _nothing(page: _Page) -> HttpResponse:
    """A case in which there is nobody against whom an order could be made, or that is no stalking or harassment."""
    looked_at(page.request, events.CONSIDERATION_VIEWED, [f"case/{page.case}"])
    return render(page.request, "considering/nothing.html", {"head": _head(page.case, _title(page.case))})


def _facts(page: _Page, standing: Considered) -> HttpResponse:
    form = FactsForm(presenters.facts_asked(standing), page.posted)
    if not form.is_valid():
        return _shown(page, standing, facts=form)
    try:
        seen = seen_version(page.request, standing.version)
        say_facts(by=page.by, case=page.case, answers=form.answers, seen=seen, now=page.now)
    except Conflict:
        return _changed(page, [])
    say_done(page.request, _("The answers are recorded."))
    return redirect(page.address(standing))


def _decisions(page: _Page, standing: Considered) -> HttpResponse:
    """What was chosen, checked and shown again; only what is confirmed is decided."""
    forms = decision_forms(page.by, standing.undecided, page.posted)
    if any(form.errors for form in forms):
        return _shown(page, standing, forms)
    given = [one for form in forms if (one := form.decision(day_of(page.now))) is not None]
    risk = case_risk(page.by, page.found).standing(page.now).grade
    refused = refusals(standing, given, risk.value if risk else "", page.now)
    _say(forms, refused)
    if not given:
        forms[0].add_error("outcome", _("Decide about one kind or more."))
    if refused or not given:
        return _shown(page, standing, forms)
    return _decided(page, standing, forms, given) if page.asks == DECIDE else _checked(page, standing, given)


def _say(forms: Sequence[Any], refused: Sequence[OptionRefused]) -> None:
    of_kind = {form.kind: form for form in forms}
    for one in refused:
        of_kind[one.kind].refuse(one)


def _decided(page: _Page, standing: Considered, forms: Sequence[Any], given: list[NewDecision]) -> HttpResponse:
    try:
        decide_options(
            by=page.by, case=page.case, respondent=standing.respondent.reference, decisions=given,
            seen=seen_version(page.request, standing.version), now=page.now,
        )  # fmt: skip
    except Conflict:
        return _changed(page, given)
    except OptionRefused as refused:
        _say(forms, [refused])
        return _shown(page, standing, forms)
    return redirect(f"{page.address(standing)}&done=1")


def _checked(page: _Page, standing: Considered, given: list[NewDecision]) -> HttpResponse:
    looked_at(page.request, events.CONSIDERATION_VIEWED, _refs(page))
    title = _("Check what you decide in case %(reference)s") % {"reference": page.case}
    risk = case_risk(page.by, page.found).standing(page.now).grade
    posted = page.request.POST
    hidden = [(name, posted[name]) for name in posted if name not in {"do", "csrfmiddlewaretoken"}]
    shown = {
        "head": _head(page.case, title),
        "decisions": presenters.decisions_list(given, waits=runs_as_high(risk)),
        "hidden": hidden,
        "action": page.address(standing),
    }
    return render(page.request, "considering/check.html", shown)


def _changed(page: _Page, given: list[NewDecision]) -> HttpResponse:
    """Somebody else was first: both versions, and the form again with what was given (T30)."""
    page.read()
    if page.standing is None:
        raise Http404
    page.conflict = both_versions(presenters.versions(page.standing, given))
    forms = decision_forms(page.by, page.standing.undecided, page.posted if given else None)
    return _shown(page, page.standing, forms)


def _refs(page: _Page, live: Sequence[Any] = ()) -> list[str]:
    return [
        f"case/{page.case}",
        *(f"person/{one.respondent.reference}" for one in page.every),
        *(f"order/{one.reference}" for one in live),
    ]


def _people(page: _Page, standing: Considered) -> tuple[Identity | None, list[presenters.VictimSays]]:
    """Whoever it is against, and every victim in the case with what they said last of orders. Eight queries."""
    by = page.by
    hers = [one.record_id for one in roles_in(by, page.found.pk) if one.role == CaseRole.Role.VICTIM]
    people = people_of_records(by, [*standing.respondent.records, *hers])
    known = identities(by, dict.fromkeys(people.values()))
    views = last_views(by, people, (Subject.ORDER, Subject.CONDITIONS))
    said: dict[int, View | None] = {}
    for record in hers:
        if record in people and said.get(people[record].pk) is None:
            said[people[record].pk] = views.get(record)
    theirs = members(by).filter(person__in=sorted(said)).order_by().values_list("record_id", flat=True)
    reached = contacts_of(by, list(theirs))
    against = people.get(standing.respondent.records[0])
    return (
        known[against.pk] if against is not None else None,
        [presenters.VictimSays(known[person], view, reached) for person, view in said.items()],
    )


def _shown(
    page: _Page, standing: Considered, forms: Sequence[Any] | None = None, facts: FactsForm | None = None
) -> HttpResponse:
    by, now = page.by, page.now
    live = live_orders_against(by, standing.respondent.reference)
    against, victims = _people(page, standing)
    refs = [*_refs(page, live), *(f"person/{one.identity.reference}" for one in victims)]
    looked_at(page.request, events.CONSIDERATION_VIEWED, refs)
    asked = presenters.facts_asked(standing)
    said = {fact.value: YES if holds else NO for fact, holds in standing.situation.facts.items() if holds is not None}
    facts = facts or FactsForm(asked, initial=said)
    if forms is None:
        forms = decision_forms(by, standing.undecided, page.posted if page.asks == CHANGE else None)
    user = by.user.pk if by.user else 0
    decided = presenters.just_decided(standing, user, now) if page.request.GET.get("done") else []
    has_errors = bool(facts.errors) or any(form.errors for form in forms)
    shown = {
        "head": _head(page.case, _title(page.case), has_errors=has_errors),
        "case": page.case,
        "conflict": page.conflict,
        "follows": presenters.what_follows(standing, decided) if decided else [],
        "others": presenters.respondents(page.case, page.every, standing),
        "summary": presenters.summary(standing, case_risk(by, page.found), now, live, against, victims),
        "options": presenters.options_table(standing, is_whole=True) if standing.questions else None,
        "problems": presenters.problems([facts, *forms]),
        "facts": facts,
        "forms": [(kind_words(form.kind), form) for form in forms],
        "waiting": presenters.waiting_words(standing),
        "questions": presenters.questions(standing),
        "unavailable": presenters.unavailable_table(standing),
        "has_not_pursued": bool(standing.came_to_nothing),
        "version": page.version(standing),
        "action": page.address(standing),
    }
    return render(page.request, "considering/consider.html", shown, status=STATUS if page.conflict else None)


@require_http_methods(["GET", "HEAD", "POST"])
def case_not_pursued(request: HttpRequest, case: str) -> HttpResponse:
    """A supervisor agrees or asks again about what is not pursued; whoever considers takes it up again."""
    by = acting(request)
    found, now = _open_case(by, case), clock.now()
    is_supervisor = allows(check_can_agree, by)
    form, every = _not_pursued_form(by, found, now, request, is_supervisor=is_supervisor)
    status = None
    if form.is_bound and form.is_valid():
        try:
            _judged(by, case, form, every, now)
        except (NotNow, Conflict, NotPermitted) as refusal:
            form.add_error("words" if refusal.code == "missing:reason_text" else "verdict", refusal.message)
            status = STATUS if isinstance(refusal, Conflict) else None
        else:
            say_done(request, _("It is recorded."))
            return redirect("case_consider", case=case)
    people = [f"person/{one.respondent.reference}" for one in every if one.came_to_nothing]
    looked_at(request, events.CONSIDERATION_VIEWED, [f"case/{case}", *people])
    title = _("Not pursued in case %(reference)s") % {"reference": case}
    shown = {
        "head": _head(case, title, has_errors=bool(form.errors)),
        "case": case,
        "tables": [(one.respondent.reference, table) for one in every if (table := presenters.not_pursued_table(one))],
        "form": form,
        "is_supervisor": is_supervisor,
    }
    return render(request, "considering/not_pursued.html", shown, status=status)


def _not_pursued_form(
    by: Acting, found: Case, now: datetime, request: HttpRequest, *, is_supervisor: bool
) -> tuple[NotPursuedForm, list[Considered]]:
    every = considered_in(by, found.pk, now)
    posted = request.POST if request.method == "POST" else None
    decisions = [one for standing in every for one in standing.came_to_nothing]
    return NotPursuedForm(decisions, posted, is_supervisor=is_supervisor), every


def _judged(by: Acting, case: str, form: NotPursuedForm, every: Sequence[Considered], now: datetime) -> None:
    said = form.cleaned_data
    number, verdict, words = said["decision"], said["verdict"], said["words"]
    standing = next(one for one in every if number in one.decisions)
    is_not_pursued = standing.decisions[number] in standing.not_pursued
    if verdict == AGREE:
        agree_not_pursued(by=by, case=case, decision=number, now=now)
    elif verdict == ASK_AGAIN and is_not_pursued:
        challenge_not_pursued(by=by, case=case, decision=number, words=words, now=now)
    else:
        kind = standing.decisions[number].kind
        reopen(by=by, case=case, respondent=standing.respondent.reference, kind=kind, words=words, now=now)
