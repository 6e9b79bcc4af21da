"""The page of a breach: all that is told of it, what is to be decided, and what stands in the way of closing it (P09)."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from craffu.breaches import events
from craffu.breaches.detecting.rules import Decision
from craffu.breaches.due import asked_since
from craffu.breaches.ledger.moves import Move
from craffu.breaches.ledger.states import Status, moved
from craffu.breaches.models import Breach
from craffu.breaches.permissions import (
    RECORD_TOLD,
    check_can_decide,
    check_can_explain,
    check_can_finalise,
)
from craffu.breaches.policies import MOVES, what_lacks
from craffu.breaches.standpoints.actions import decide, finalise
from craffu.breaches.standpoints.reading import lacks_of, last_answers
from craffu.cases.permissions import check_can_view_case
from craffu.common import clock
from craffu.common.refusals import Conflict, Refusal, allows
from craffu.victims.permissions import check_can_look_after
from craffu.web.consulting import looked_at
from craffu.web.done import say_done
from craffu.web.orders.opening import refused, seen_number, shown_version
from craffu.web.triage import presenters
from craffu.web.triage.forms import DecideForm
from craffu.web.triage.gathering import Seen, earlier, followed, seen_breach
from craffu.web.triage.opening import head_of, open_breach

FINALISE = "finalise"
_BESIDE: Mapping[str, str] = {
    "missing:duplicate_of": "duplicate_of", "no_such_breach": "duplicate_of", "another_person": "duplicate_of",
    "itself": "duplicate_of", "joined_already": "duplicate_of", "others_joined": "duplicate_of",
    "reason_too_short": "reason", "no_words": "reason",
    "no_conditions": "conditions",
}  # fmt: skip


@sensitive_post_parameters("reason")
@require_http_methods(["GET", "HEAD", "POST"])
def breach_triage(request: HttpRequest, breach: str) -> HttpResponse:
    """Everything told of one breach, and the decision on it. Nothing typed is lost where somebody else was first."""
    by, found = open_breach(request, breach, check_can_decide)
    now = clock.now()
    seen = seen_breach(by, found, now)
    form = _form(seen, request.POST if request.method == "POST" and request.POST.get("asks") != FINALISE else None)
    refusal, versions, status, is_seen = "", None, None, False
    if request.method == "POST":
        try:
            if done := _done(request, seen, form):
                say_done(request, done)
                return redirect("breach_triage", breach=breach)
        except Conflict as meanwhile:
            status, is_seen = refused(request, meanwhile), True
            seen = seen_breach(by, open_breach(request, breach, check_can_decide)[1], now)
            refusal = str(meanwhile.message)
            if form is not None and form.is_bound and seen.story.moves:
                versions = presenters.both(seen.story.moves[-1], form, seen.reached)
        except Refusal as not_now:
            status = refused(request, not_now)
            if form is not None and form.is_bound:
                form.add_error(_BESIDE.get(not_now.code), not_now.message)
            else:
                refusal = str(not_now.message)
    (before, has_more), watched = earlier(seen), followed(seen, now)
    beside = [*(f"breach/{one.reference}" for one in before), *(f"order/{one.order}" for one in watched)]
    looked_at(request, events.BREACH_VIEWED, [*seen.refs, *beside])
    page = {
        **_page(seen, form, before, watched, has_more=has_more, has_errors=bool(refusal) or bool(form and form.errors)),
        "versions": versions,
        "refusal": refusal,
        "version": shown_version(request, seen.breach.moves_made, is_seen=is_seen),
    }
    return render(request, "triage/breach.html", page, status=status)


def _form(seen: Seen, posted: Any) -> DecideForm | None:
    """The decision, with what may be decided of it as it stands; None where nothing may."""
    offered = [
        one
        for one in Decision
        if (moved(seen.breach.status, MOVES[one]) if one in MOVES else seen.breach.status == Status.POSSIBLE)
        # What it broke can be said of what another system recorded as a breach.
        or (one is Decision.ACCEPT and seen.breach.status == Status.ACCEPTED)
    ]
    # What is sent is read whatever became of the breach meanwhile, so that it can be shown beside what did.
    if not offered and posted is None:
        return None
    held = {str(one.condition_id) for one in seen.story.holding if one.condition_id is not None}
    return DecideForm(
        posted,
        offered=offered if posted is None else Decision,
        conditions=presenters.conditions_offered(seen.orders),
        initial={"conditions": sorted(held)},
    )


def _done(request: HttpRequest, seen: Seen, form: DecideForm | None) -> str:
    """What was done, in words; empty where the form has to be put right first. Raises Refusal."""
    reference = seen.breach.reference
    if request.POST.get("asks") == FINALISE:
        finalise(by=seen.by, breach=reference, seen=seen_number(request))
        return _("It is finalised.")
    if form is None or not form.is_valid():
        return ""
    said = form.cleaned_data
    decided = form.decided
    decide(
        by=seen.by, breach=reference, decision=decided, reason=said["reason"], seen=seen_number(request),
        duplicate_of=said["duplicate_of"], conditions=form.chosen if decided is Decision.ACCEPT else None,
    )  # fmt: skip
    return _("The enquiries are noted. The clock runs on.") if decided is Decision.NEEDS_ENQUIRIES else (
        _("The decision is recorded.")
    )  # fmt: skip


def _page(
    seen: Seen,
    form: DecideForm | None,
    before: Sequence[Breach],
    watched: Sequence[presenters.Followed],
    *,
    has_more: bool,
    has_errors: bool,
) -> dict[str, Any]:
    by, breach, story, now = seen.by, seen.breach, seen.story, clock.now()
    victim = seen.who.get(breach.victim_id) if breach.victim_id else None
    may_finalise = allows(check_can_finalise, by)
    is_accepted = breach.status == Status.ACCEPTED
    title = _("Breach %(reference)s") % {"reference": breach.reference}
    return {
        "head": head_of(title, has_errors=has_errors),
        "breach": breach,
        "bar": presenters.identity_bar(
            story, seen.who.get(breach.respondent_id), has_case=allows(check_can_view_case, by)
        ),
        "limit": presenters.limit_of(story, asked_since(story)[0], now),
        "joined": presenters.joined_link(breach),
        "running": {"rows": presenters.running(seen.items, watched, now)},
        "contact": presenters.victim_contact_href(victim.reference)
        if victim is not None and allows(check_can_look_after, by)
        else "",
        "facts": presenters.facts_of(story, victim, seen.who.get(breach.at_risk_id) if breach.at_risk_id else None),
        "sources": presenters.sources_of(story, seen.reached),
        "orders": [presenters.then_shown(one, story.holding, seen.protected(one), breach.status) for one in seen.orders],
        "earlier": presenters.earlier_table(before),
        "more": _("There are more of them, further back.") if has_more else "",
        "history": presenters.history_href(seen.who.get(breach.respondent_id)),
        "standpoints": presenters.standpoints_table(story, seen.open_orders, seen.reached),
        "may_record": by.holds_any(*RECORD_TOLD),
        "mismatches": presenters.mismatches_table(
            breach.reference, seen.found, now, may_explain=allows(check_can_explain, by)
        ),
        "explained": presenters.explained_lines(story, seen.reached),
        "answers": presenters.answers_list(last_answers(story), seen.reached),
        "moves": presenters.moves_table(story.moves, seen.reached),
        "form": form,
        "lacks": [words for _code, words in what_lacks(*lacks_of(story))] if is_accepted else [],
        "is_accepted": is_accepted,
        "may_finalise": is_accepted and may_finalise,
        "may_part": breach.status == Status.JOINED,
        "may_open": moved(breach.status, Move.REOPEN) is not None
        and (breach.status == Status.REJECTED or may_finalise),
    }  # fmt: skip
