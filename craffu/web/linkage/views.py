"""Are these one person? The pairs that wait, and one decided on by somebody, with a second opinion where it is grave (P35)."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from craffu.access.acting import Acting
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.common.refusals import Conflict, Refusal, allows
from craffu.intake.linking.actions import agree_pair, decide_pair, is_grave
from craffu.intake.linking.stakes import harms_of, stakes_of
from craffu.linkage import events
from craffu.linkage.models import Pair, PairDecided
from craffu.linkage.permissions import check_can_view_pairs
from craffu.linkage.policies import check_is_another
from craffu.linkage.queries import PairStory, agreement, find_pair, pairs_to_decide, stories_of_pairs, story_of_pair
from craffu.people.queries import contact_tokens, identities, people_of_records, provenance_of
from craffu.web.consulting import looked_at
from craffu.web.done import say_done
from craffu.web.edits import seen_version
from craffu.web.linkage import presenters, weights, words
from craffu.web.linkage.forms import AGREE, DECIDE, TAKE_BACK, AgreeForm, DecideForm, TakeBackForm
from craffu.web.linkage.presenters import Side
from craffu.web.middleware import acting
from craffu.web.orders.opening import refused, shown_version
from craffu.web.paging import one_page
from craffu.web.presenters import Link, PageHead, today_link

_BESIDE: Final[Mapping[str, str]] = {"reason_missing": "reason"}


def head_of(title: str, *, has_errors: bool = False) -> PageHead:
    every = Link(_("Pairs to decide"), reverse("linkage_pairs"))
    trail = (today_link(), *((every,) if title != every.text else ()), Link(title, ""))
    return PageHead(title, breadcrumbs=trail, has_errors=has_errors)


@require_safe
def linkage_pairs(request: HttpRequest) -> HttpResponse:
    """The pairs that wait for a person, those first in which a wrong word would do most harm, and how far reviewers agree."""
    by = acting(request)
    check_can_view_pairs(by)
    shown = one_page(request, pairs_to_decide(by))
    records = {record for one in shown.rows for record in (one.left_id, one.right_id)}
    whose = people_of_records(by, records)
    known = identities(by, set(whose.values()))
    harms = harms_of(by, {(one.left_id, one.right_id) for one in shown.rows})
    rows = []
    for story in stories_of_pairs(by, shown.rows):
        left, right = (known[whose[record].pk] for record in story.ends)
        rows.append((story, left, right, words.HARMS[harms[story.ends]].tag))
    named = [f"person/{one.reference}" for one in known.values()]
    looked_at(request, events.PAIRS_LISTED, [*(f"pair/{one.reference}" for one in shown.rows), *named])
    page = {
        "head": head_of(_("Pairs to decide")),
        "shown": shown,
        "pairs": presenters.pairs_table(rows),
        "agreement": presenters.agreement_words(agreement(by), day_of(clock.now())),
    }
    return render(request, "linkage/list.html", page)


@sensitive_post_parameters("reason", "words")
@require_http_methods(["GET", "HEAD", "POST"])
def linkage_pair(request: HttpRequest, pair: str) -> HttpResponse:
    """One pair side by side: what each record says, what the model weighed, what hangs on it, and what can be said of it."""
    by = acting(request)
    check_can_view_pairs(by)
    found = find_pair(by, pair)
    if found is None:
        raise Http404
    story = story_of_pair(by, found)
    asks = request.POST.get("asks", "")
    forms_shown = {name: _form(name, request.POST if asks == name else None) for name in _asked(by, story)}
    status, is_seen = None, False
    form = forms_shown.get(asks)
    if form is not None and form.is_valid():
        try:
            done = _DOES[asks](by, pair, form, seen_version(request))
        except Refusal as refusal:
            beside = _BESIDE.get(refusal.code, "")
            form.add_error(beside if beside in form.fields else None, refusal.message)
            status, is_seen = refused(request, refusal), isinstance(refusal, Conflict)
            story = story_of_pair(by, found)
        else:
            say_done(request, done)
            return redirect("linkage_pair", pair=pair)
    left, right = sides(by, found)
    named = [f"person/{one.identity.reference}" for one in (left, right)]
    looked_at(request, events.PAIR_VIEWED, [f"pair/{pair}", *named])
    page = {
        **_page(by, story, left, right, forms_shown),
        "version": shown_version(request, story.version, is_seen=is_seen),
    }
    return render(request, "linkage/pair.html", page, status=status)


def _page(by: Acting, story: PairStory, left: Side, right: Side, shown: Mapping[str, forms.Form]) -> dict[str, Any]:
    titles = (_("One"), _("The other"))
    title = _("Are these one person? %(reference)s") % {"reference": story.pair.reference}
    return {
        "head": head_of(title, has_errors=any(one.errors for one in shown.values())),
        "stands": presenters.stands_list(story, left, right),
        "sides": presenters.sides_table(left, right, titles),
        "weighed": weights.shown(story),
        "joins": presenters.joins_table(left, right, titles),
        "said": presenters.said_table(story),
        "forms": shown,
        "waiting": story.waiting,
        "waits_for_another": story.waiting is not None and AGREE not in shown,
        "is_grave": is_grave(by, story.pair.left_id, story.pair.right_id),
    }


def sides(by: Acting, pair: Pair) -> tuple[Side, Side]:
    """Both records. Nine queries."""
    records = [pair.left_id, pair.right_id]
    whose = people_of_records(by, records)
    known = identities(by, set(whose.values()))
    said = provenance_of(by, records)
    tokens, stakes = contact_tokens(by, records), stakes_of(by, records)
    left, right = (
        Side(
            known[whose[record].pk],
            [one for one in said if one.record_id == record],
            tokens.get(record, {}),
            stakes[record],
        )
        for record in records
    )
    return left, right


def _asked(by: Acting, story: PairStory) -> list[str]:
    """What this reader can say next of a pair."""
    waiting = story.waiting
    if waiting is not None:
        return [AGREE] if allows(check_is_another, waiting.by_id, by.user.pk if by.user else None) else []
    return [DECIDE, TAKE_BACK] if story.standing is not None else [DECIDE]


def _form(name: str, posted: Any) -> forms.Form:
    made = {DECIDE: DecideForm, TAKE_BACK: TakeBackForm, AGREE: AgreeForm}[name]
    return made(posted, prefix=None, auto_id=f"id_{name}_%s")


def _said(row: PairDecided) -> str:
    if row.needs_another:
        return _("It is recorded, and counts once somebody else agrees.")
    return _("It is recorded, and counts from now on.")


def _decide(by: Acting, pair: str, form: Any, seen: str) -> str:
    return _said(decide_pair(by=by, pair=pair, given=form.given, seen=seen))


def _agree(by: Acting, pair: str, form: Any, seen: str) -> str:
    agree_pair(by=by, pair=pair, agrees=form.is_agreed, words=form.cleaned_data["words"], seen=seen)
    return (
        _("It is recorded, and counts from now on.") if form.is_agreed else _("It is recorded. The pair is as it was.")
    )


_DOES: Final[Mapping[str, Callable[[Acting, str, Any, str], str]]] = {
    DECIDE: _decide,
    TAKE_BACK: _decide,
    AGREE: _agree,
}
