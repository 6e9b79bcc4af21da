"""Somebody on the agenda: proposed, looked at, decided about, and what is to be done (page map, P23; PRI-01, PRI-06)."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from craffu.access.acting import Acting
from craffu.access.queries import holders_of
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.common.refusals import Conflict, NotNow, Refusal, allows
from craffu.people.models import Person
from craffu.people.permissions import check_can_view_person
from craffu.people.queries import contacts_of, find_person, identities
from craffu.prevention import events
from craffu.prevention.cohort.queries import stays_of
from craffu.prevention.meetings.actions import add_meeting_action, close_meeting_action, decide_item, propose
from craffu.prevention.meetings.gathering import Gathered, gathered
from craffu.prevention.meetings.kinds import Stage
from craffu.prevention.meetings.queries import Item, MeetingStory, next_meeting
from craffu.prevention.permissions import MEET, check_can_meet
from craffu.prevention.scoring.queries import stands_of
from craffu.web.consulting import looked_at
from craffu.web.court.words import day_words
from craffu.web.done import say_done
from craffu.web.edits import VERSION, seen_version
from craffu.web.meetings import item_presenters, presenters
from craffu.web.meetings.forms import ActionForm, CloseForm, DecideForm, ReasonForm
from craffu.web.meetings.opening import SENSITIVE, head, open_meeting, say
from craffu.web.meetings.words import NO_SCORE_DECIDES
from craffu.web.middleware import acting
from craffu.web.people.leading import lead_on
from craffu.web.people.presenters import name_shown
from craffu.web.presenters import Link, PageHead, Params, today_link
from craffu.web.priority.presenters import population_words, priority_link


def _open(request: HttpRequest, meeting: str, item: int) -> tuple[Acting, MeetingStory, Item]:
    by, story = open_meeting(request, meeting, check_can_meet)
    one = story.item(item)
    if one is None:
        raise Http404
    return by, story, one


def _to_item(meeting: str, item: int) -> HttpResponse:
    return redirect("meeting_item", meeting=meeting, item=item)


@sensitive_post_parameters(*SENSITIVE)
@require_http_methods(["GET", "HEAD", "POST"])
def meeting_item(request: HttpRequest, meeting: str, item: int) -> HttpResponse:
    """What happened to somebody since, and what the meeting decides; a decision takes effect at once."""
    by, story, one = _open(request, meeting, item)
    form = _decide_form(request, by, story, one)
    status, both, is_seen = None, None, False
    if form.is_bound and form.is_valid():
        try:
            decide_item(by=by, meeting=meeting, number=item, given=form.given, seen=seen_version(request))
        except Refusal as refusal:
            status = say(request, form, refusal)
            if isinstance(refusal, Conflict):
                by, story, one = _open(request, meeting, item)
                both, is_seen = item_presenters.both(story, one, form.given), True
        else:
            say_done(request, _("It is recorded, and has taken effect."))
            return _to_item(meeting, item)
    page = _item_page(by, story, one, form)
    looked_at(request, events.MEETING_VIEWED, page.pop("refs"))
    page["both"] = both
    page["version"] = one.version if request.method != "POST" or is_seen else seen_version(request)
    return render(request, "meetings/item.html", page, status=status)


def _decide_form(request: HttpRequest, by: Acting, story: MeetingStory, one: Item) -> DecideForm:
    last = one.standing
    was_member = one.was_member(stays_of(by, one.person))
    initial: dict[str, Any] = {}
    if last is not None:
        initial = {"decision": last.decision, "reason": last.reason, "agencies": [str(each) for each in last.agencies]}
    may_have = [each for each in story.agencies if each.number in story.bound]
    given = request.POST if request.method == "POST" else None
    return DecideForm(given, was_member=was_member, is_of_several=one.is_of_several, agencies=may_have, initial=initial)


def _item_page(by: Acting, story: MeetingStory, one: Item, form: DecideForm) -> dict[str, Any]:
    now = clock.now()
    today, meeting = day_of(now), story.meeting.reference
    # Under a reference without records nothing is found: that would read as if nothing had happened.
    found = None if one.is_of_several else gathered(by, story.meeting, one.person, now)
    said = {"number": one.number, "reference": meeting}
    is_begun = story.stage(today) is Stage.MINUTING
    following = story.item(one.number + 1)
    known = identities(by, one.people)
    return {
        "refs": item_presenters.refs_of(story, one, found),
        "head": head(_("Item %(number)s of meeting %(reference)s") % said, meeting, has_errors=bool(form.errors)),
        "meeting": meeting,
        "item": one.number,
        "following": following.number if following else None,
        "people": [(priority_link(each.reference), name_shown(known[each.pk])) for each in one.people],
        "told": [*([presenters.several_words(one)] if one.is_of_several else []), presenters.same_words(story, one)],
        "population": population_words(one.row.population),
        "no_score_decides": NO_SCORE_DECIDES,
        "summary": _summary(by, one, found) if found is not None else None,
        "decisions": presenters.decisions_table(story, one),
        "actions": presenters.actions_table(story, one, today, may_close=allows(check_can_meet, by)),
        "corrections": presenters.corrections_table(story, one.number),
        "form": form,
        "version_name": VERSION,
        "is_open": story.is_open,
        "is_begun": is_begun,
        "may_decide": is_begun and not (one.is_of_several and one.decisions),
        "is_decided": bool(one.decisions),
        "may_have": [] if story.bound else presenters.may_have_words(story),
    }


def _summary(by: Acting, one: Item, found: Gathered) -> Params:
    reached = contacts_of(by, [record for voice in found.voices for record in voice.records])
    return item_presenters.summary(one, found, reached)


@sensitive_post_parameters(*SENSITIVE)
@require_http_methods(["GET", "HEAD", "POST"])
def meeting_action_new(request: HttpRequest, meeting: str, item: int) -> HttpResponse:
    """Something is to be done about somebody by a day."""
    by, story, one = _open(request, meeting, item)
    given = request.POST if request.method == "POST" else None
    form = ActionForm(given, users=holders_of(by, MEET), agencies=story.agencies, item=one)
    status = None
    if form.is_bound and form.is_valid():
        try:
            add_meeting_action(by=by, meeting=meeting, number=item, given=form.given)
        except Refusal as refusal:
            status = say(request, form, refusal)
        else:
            say_done(request, _("It is recorded. It stands in the work of whoever does it."))
            return _to_item(meeting, item)
    said = {"number": item, "reference": meeting}
    title = _("Add an action to item %(number)s of meeting %(reference)s") % said
    return _form_page(request, story, one, title, form, _("Add it"), status=status)


@sensitive_post_parameters(*SENSITIVE)
@require_http_methods(["GET", "HEAD", "POST"])
def meeting_action(request: HttpRequest, meeting: str, item: int, number: int) -> HttpResponse:
    """What became of an action."""
    by, story, one = _open(request, meeting, item)
    each = one.action(number)
    if each is None:
        raise Http404
    form, status = CloseForm(request.POST if request.method == "POST" else None), None
    if form.is_bound and form.is_valid():
        try:
            close_meeting_action(
                by=by, meeting=meeting, item=item, number=number, is_done=form.is_done, words=form.cleaned_data["words"]
            )
        except Refusal as refusal:
            status = say(request, form, refusal)
        else:
            say_done(request, _("It is recorded."))
            return _to_item(meeting, item)
    said = {"number": number, "item": item, "reference": meeting}
    title = _("Action %(number)s of item %(item)s, meeting %(reference)s") % said
    more = {
        "shown": presenters.actions_table(story, one, day_of(clock.now()), may_close=False),
        "is_over": each.closed is not None,
    }
    return _form_page(request, story, one, title, form, _("Record it"), more, status)


def _form_page(
    request: HttpRequest, story: MeetingStory, one: Item, title: str, form: Any, go_on: str,
    more: dict[str, Any] | None = None, status: int | None = None,
) -> HttpResponse:  # fmt: skip
    meeting = story.meeting.reference
    looked_at(request, events.MEETING_VIEWED, [f"meeting/{meeting}"])
    item = Link(_("Item %(number)s") % {"number": one.number}, presenters.item_address(meeting, one.number))
    trail = (today_link(), presenters.meeting_link(meeting), item, Link(title, ""))
    page = {
        "head": PageHead(title, breadcrumbs=trail, has_errors=bool(form.errors)),
        "form": form,
        "go_on": go_on,
        **(more or {}),
    }
    return render(request, "meetings/form.html", page, status=status)


@sensitive_post_parameters(*SENSITIVE)
@require_http_methods(["GET", "HEAD", "POST"])
def meeting_propose(request: HttpRequest, person: str) -> HttpResponse:
    """A named officer proposes somebody of the stated population for the next meeting, and says why (PRI-01, PRI-06)."""
    by, found = _person(request, person)
    lead_on(request, by, found)
    story = next_meeting(by, day_of(clock.now()))
    form = ReasonForm(
        request.POST if request.method == "POST" else None, label=_("Why is this person to be discussed?")
    )
    status = None
    if form.is_bound and form.is_valid():
        try:
            if story is None:
                raise NotNow("no_meeting", _("No meeting is to come. Call one first."))
            propose(by=by, meeting=story.meeting.reference, person=found, reason=form.cleaned_data["reason"])
        except Refusal as refusal:
            status = say(request, form, refusal)
        else:
            say_done(request, _("They are on the agenda."))
            return redirect("meeting_detail", meeting=story.meeting.reference)
    stands = stands_of(by, found)
    is_on = story is not None and story.item_of(found.pk) is not None
    refs = [f"person/{person}", *([f"meeting/{story.meeting.reference}"] if story else [])]
    looked_at(request, events.MEETING_VIEWED, refs)
    title = _("Propose %(reference)s for the next meeting") % {"reference": person}
    page = {
        "head": PageHead(
            title, breadcrumbs=(today_link(), priority_link(person), Link(title, "")), has_errors=bool(form.errors)
        ),
        "form": form,
        "meeting": presenters.meeting_link(story.meeting.reference) if story else None,
        "day": day_words(story.meeting.day) if story else "",
        "population": population_words(stands.run.population) if stands else "",
        "is_on": is_on,
        "no_score_decides": NO_SCORE_DECIDES,
    }
    return render(request, "meetings/propose.html", page, status=status)


def _person(request: HttpRequest, person: str) -> tuple[Acting, Person]:
    by = acting(request)
    check_can_view_person(by)
    check_can_meet(by)
    found = find_person(by, person)
    if found is None:
        raise Http404
    return by, found
