"""The review of an order, page by page, and each review as it was put forward (page map, P15; REV-01 to REV-06)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from craffu.access.acting import Acting
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.common.refusals import Conflict, NotNow, NotPermitted, allows
from craffu.orders import events
from craffu.orders.letters.actions import translate_reason
from craffu.orders.models import Order
from craffu.orders.permissions import check_can_read_reviews, check_can_review, check_can_sign_review, check_can_write
from craffu.orders.queries import OrderStory, story_of_order
from craffu.orders.reviewing.actions import (
    complete_review,
    drop_review_draft,
    keep_review_draft,
    note_applied,
    sign_review,
    want_view,
)
from craffu.orders.reviewing.facts import Answers
from craffu.orders.reviewing.gathering import Gathered, gathered
from craffu.orders.reviewing.policies import REVIEWED, check_review_open
from craffu.orders.reviewing.queries import (
    Reviewed,
    draft_of,
    drafted,
    reviews_of,
    reviews_version,
    views_wanted,
    waiting,
    wanted_since,
)
from craffu.orders.reviewing.reading import is_reviewed, put_last, standing_of
from craffu.orders.reviewing.resting import spoken
from craffu.orders.reviewing.rules import APPLIES_FOR, NEEDS_ANOTHER, Closing, Said, Voice, review_outcome
from craffu.orders.reviewing.voices import AtHand, at_hand
from craffu.people.queries import Identity, contacts_of, identities, people_of_records
from craffu.victims.permissions import check_can_look_after
from craffu.web.consulting import looked_at
from craffu.web.court.words import day_words
from craffu.web.done import say_done
from craffu.web.edits import STATUS, VERSION, seen_version
from craffu.web.orders.opening import crumbs, head, named_link, open_order, refused
from craffu.web.presenters import Link, PageHead
from craffu.web.reviews import presenters
from craffu.web.reviews.forms import (
    ADD,
    LATER,
    AppliedForm,
    DecisionForm,
    HeardForm,
    ReadForm,
    SignForm,
    WelshForm,
    began_as,
    decided_before,
)
from craffu.web.reviews.words import DECISIONS


@dataclass(frozen=True, slots=True)
class _Opened:
    """An order that the reader reviews, with its reviews and what they have answered so far, from the version `seen`."""

    by: Acting
    order: Order
    story: OrderStory
    reviews: list[Reviewed]
    answers: Answers
    seen: str

    @property
    def reference(self) -> str:
        return self.order.reference

    def hands(self) -> list[AtHand]:
        return at_hand(self.by, self.story.protected, put_last(self.reviews), clock.now())


def _open(request: HttpRequest, reference: str) -> _Opened:
    """Raises NotNow for an order that nobody reviews, or that does not stand."""
    by, found = open_order(request, reference, check_can_review)
    story = story_of_order(by, found)
    check_review_open(is_reviewed=story.kind.family in REVIEWED, status=found.status)
    reviews, draft = reviews_of(by, found), draft_of(by, found)
    seen = draft.seen if draft else reviews_version(reviews)
    return _Opened(by, found, story, reviews, drafted(draft), seen)


def _looked_at(request: HttpRequest, order: str, people: Sequence[Identity]) -> None:
    looked_at(
        request, events.ORDER_REVIEW_VIEWED, [f"order/{order}", *sorted({f"person/{one.reference}" for one in people})]
    )


def _journey(by: Acting, order: str, title: str, *, has_errors: bool = False) -> PageHead:
    overview = Link(_("Review of order %(reference)s") % {"reference": order}, "")
    trail = (*crumbs(by), named_link(order), Link(overview.text, reverse("order_review_new", kwargs={"order": order})))
    return PageHead(title, breadcrumbs=(*trail, Link(title, "")), has_errors=has_errors)


@require_http_methods(["GET", "HEAD", "POST"])
def order_review_new(request: HttpRequest, order: str) -> HttpResponse:
    """Why a review is due now, what has happened since the last, and the pages of this one."""
    opened = _open(request, order)
    form = ReadForm(request.POST if request.method == "POST" else None, initial=_was_read(opened.answers))
    found = gathered(opened.by, opened.story, opened.reviews, clock.now())
    if form.is_bound and form.is_valid():
        answers = replace(opened.answers, is_read=True)
        keep_review_draft(by=opened.by, order=order, answers=answers)
        return redirect(presenters.next_page(order, answers, found.hands))
    _looked_at(request, order, [one.identity for one in found.hands])
    title = _("Review of order %(reference)s") % {"reference": order}
    waits = waiting(opened.reviews)
    page = {
        "head": head(opened.by, order, title, has_errors=bool(form.errors)),
        "order": order,
        "form": form,
        "due": presenters.due_words(found.standing),
        "waits": waits.row.number if waits else None,
        "sent_back": _sent_back(opened.reviews),
        "has_draft": opened.answers != Answers(),
        "protects": bool(found.hands),
        **_gathered(opened, found),
    }
    return render(request, "reviews/new.html", page)


def _gathered(opened: _Opened, found: Gathered) -> dict[str, Any]:
    reached = presenters.reached_of(opened.by, found.hands)
    return {
        "timeline": presenters.timeline(found),
        "now_and_then": presenters.now_and_then(found),
        "said": [(presenters.person_words(one.identity), presenters.then_and_now(one, reached)) for one in found.hands],
        "rights": presenters.hearing_rights(opened.story.kind),
        "tasks": presenters.tasks(opened.reference, opened.answers, found.hands),
        "past": presenters.reviews_table(opened.reference, opened.reviews),
    }


def _was_read(answers: Answers) -> dict[str, list[str]]:
    return {"is_read": ["read"] if answers.is_read else []}


def _sent_back(reviews: Sequence[Reviewed]) -> str:
    """What a supervisor said to the last review, where they sent it back."""
    last = reviews[-1] if reviews else None
    return last.signed.words if last is not None and last.signed is not None and last.was_sent_back else ""


@require_http_methods(["GET", "HEAD", "POST"])
def order_review_heard(request: HttpRequest, order: str, record: int) -> HttpResponse:
    """What one person whom the order protects says of it, or why they say nothing."""
    opened = _open(request, order)
    hands = opened.hands()
    hand = next((one for one in hands if one.record == record), None)
    if hand is None:
        raise Http404
    may_add = allows(check_can_look_after, opened.by)
    initial = began_as(opened.answers.of(record))
    reached = presenters.reached_of(opened.by, [hand])
    form = HeardForm(
        request.POST if request.method == "POST" else None, hand=hand, may_add=may_add, reached=reached, initial=initial
    )
    if form.is_bound and form.is_valid():
        return _heard(request, opened, hands, form)
    _looked_at(request, order, [hand.identity])
    wanted = wanted_since(views_wanted(opened.by, [opened.order.pk]), record, put_last(opened.reviews))
    title = _("What somebody whom order %(reference)s protects says") % {"reference": order}
    page = {
        "head": _journey(opened.by, order, title, has_errors=bool(form.errors)),
        "form": form,
        "name": presenters.person_words(hand.identity),
        "said": presenters.then_and_now(hand, reached),
        "rights": presenters.hearing_rights(opened.story.kind),
        "wanted": _("They were asked for on %(day)s.") % {"day": day_words(wanted)} if wanted else "",
    }
    return render(request, "reviews/heard.html", page)


def _heard(request: HttpRequest, opened: _Opened, hands: Sequence[AtHand], form: HeardForm) -> HttpResponse:
    answers = opened.answers.having(form.heard)
    keep_review_draft(by=opened.by, order=opened.reference, answers=answers)
    if form.chosen == ADD and form.hand.victim is not None:
        return redirect("victim_view_notice", victim=form.hand.victim.reference)
    if form.chosen == LATER:
        want_view(by=opened.by, order=opened.reference, record=form.hand.record)
        say_done(request, _("Whoever looks after them is asked to hear them. Your answers are kept."))
        return redirect("order_review_new", order=opened.reference)
    return redirect(presenters.next_page(opened.reference, answers, hands))


@require_http_methods(["GET", "HEAD", "POST"])
def order_review_decision(request: HttpRequest, order: str) -> HttpResponse:
    """How what was heard changed the decision, the decision itself, and why."""
    opened = _open(request, order)
    initial = decided_before(opened.answers)
    has_end = opened.order.last_day is not None
    form = DecisionForm(request.POST if request.method == "POST" else None, has_end=has_end, initial=initial)
    if form.is_bound and form.is_valid():
        keep_review_draft(by=opened.by, order=order, answers=form.answered(opened.answers))
        return redirect("order_review_check", order=order)
    _looked_at(request, order, [])
    title = _("What you decide of order %(reference)s") % {"reference": order}
    page = {"head": _journey(opened.by, order, title, has_errors=bool(form.errors)), "form": form}
    return render(request, "reviews/decision.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def order_review_check(request: HttpRequest, order: str) -> HttpResponse:
    """Everything before it is closed; what stands in the way, and what a reviewer must not overlook."""
    opened = _open(request, order)
    hands = opened.hands()
    refusal, conflict, status = "", None, None
    if request.method == "POST":
        try:
            row = complete_review(
                by=opened.by, order=order, answers=opened.answers, seen=seen_version(request, opened.seen)
            )
        except Conflict as meanwhile:
            refusal, status = meanwhile.message, STATUS
            opened = _seen_again(request, opened)
            conflict = presenters.both(opened.reviews[-1], opened.answers) if opened.reviews else None
        except NotNow as not_now:
            refusal = not_now.message
        else:
            done = _("It is put to a supervisor.") if row.needs_another else _("The review is complete.")
            say_done(request, done)
            return redirect("order_review", order=order, number=row.number)
    _looked_at(request, order, [one.identity for one in hands])
    said = [one.said(opened.answers.of(one.record)) for one in hands]
    title = _("Check the review of order %(reference)s") % {"reference": order}
    page = {
        "head": _journey(opened.by, order, title, has_errors=bool(refusal)),
        "order": order,
        "refusal": refusal,
        "conflict": conflict,
        "version_name": VERSION,
        "version": opened.seen,
        "summary": presenters.summary(order, opened.answers, hands, presenters.reached_of(opened.by, hands)),
        "obstacles": _obstacles(opened, hands, said),
        "interruptions": presenters.interruptions(opened.answers, hands, said),
    }
    return render(request, "reviews/check.html", page, status=status)


def _seen_again(request: HttpRequest, opened: _Opened) -> _Opened:
    """They have seen both versions now: what they confirm next is meant."""
    standing = reviews_version(reviews_of(opened.by, opened.order))
    keep_review_draft(by=opened.by, order=opened.reference, answers=opened.answers, seen=standing)
    return _open(request, opened.reference)


def _obstacles(opened: _Opened, hands: Sequence[AtHand], said: Sequence[Said]) -> list[str]:
    closing = Closing(
        decision=opened.answers.decision, reason=opened.answers.reason, reviewer=opened.by.actor.name,
        on=day_of(clock.now()), said=said, why_differs=opened.answers.why_differs,
    )  # fmt: skip
    why = [one for one in review_outcome(closing).why if one.rpartition(":")[2] not in NEEDS_ANOTHER]
    unread = (
        [] if opened.answers.is_read else [_("Read what has happened since the last review, and say that you have.")]
    )
    return [*unread, *presenters.obstacles(hands, why)]


@require_http_methods(["GET", "HEAD", "POST"])
def order_review_drop(request: HttpRequest, order: str) -> HttpResponse:
    """Throw away what was answered so far."""
    by, _found = open_order(request, order, check_can_review)
    if request.method == "POST":
        drop_review_draft(by=by, order=order)
        say_done(request, _("It is thrown away."))
    return redirect("order_detail", order=order)


def _find(request: HttpRequest, order: str, number: int) -> tuple[Acting, Order, list[Reviewed], Reviewed]:
    by, found = open_order(request, order, check_can_read_reviews)
    reviews = reviews_of(by, found)
    one = next((each for each in reviews if each.row.number == number), None)
    if one is None:
        raise Http404
    return by, found, reviews, one


@require_http_methods(["GET", "HEAD"])
def order_review(request: HttpRequest, order: str, number: int) -> HttpResponse:
    """One review as it was put forward, with who spoke in it and what follows."""
    by, found, reviews, one = _find(request, order, number)
    people, heard = _people(by, one), spoken(by, one.voices)
    reached = contacts_of(by, heard.records)
    _looked_at(request, order, list(people.values()))
    title = _("Review %(number)s of order %(reference)s") % {"number": number, "reference": order}
    is_last = reviews[-1].row.number == number
    standing = None
    if is_last and is_reviewed(found) and one.completed_at is not None:
        standing = standing_of(by, story_of_order(by, found), reviews, clock.now())
    may_review = allows(check_can_review, by)
    page = {
        "head": head(by, order, title),
        "order": order,
        "number": number,
        "summary": presenters.review_summary(one, reached),
        "voices": presenters.voices_shown(by, one, people, heard.kept, reached),
        "follows": presenters.follows(one, standing) if is_last and not one.was_sent_back else [],
        "may_sign": one.waits and allows(check_can_sign_review, by) and by.user != one.row.by,
        "may_apply": may_review and one.applied is None and one.completed_at is not None
        and one.row.decision in APPLIES_FOR,
        "may_go_on": may_review and one.was_sent_back and is_last,
    }  # fmt: skip
    return render(request, "reviews/review.html", page)


def _people(by: Acting, one: Reviewed) -> dict[int, Identity]:
    """Who was heard, or not, by record. Three queries."""
    people = people_of_records(by, [voice.record_id for voice in one.voices])
    known = identities(by, dict.fromkeys(people.values())) if people else {}
    return {record: known[person.pk] for record, person in people.items()}


@require_http_methods(["GET", "HEAD", "POST"])
def order_review_sign(request: HttpRequest, order: str, number: int) -> HttpResponse:
    """A supervisor who did not review agrees to it, or sends it back."""
    by, _found, reviews, one = _find(request, order, number)
    check_can_sign_review(by)
    form = SignForm(request.POST if request.method == "POST" else None)
    seen, status = seen_version(request, reviews_version(reviews)), None
    if form.is_bound and form.is_valid():
        try:
            sign_review(
                by=by, order=order, number=number, agrees=form.agrees, words=form.cleaned_data["words"], seen=seen
            )
        except (Conflict, NotNow, NotPermitted) as refusal:
            form.add_error("words" if refusal.code == "reason_missing" else None, refusal.message)
            status = refused(request, refusal)
            # This page shows it as it stands: what they say next is meant of that.
            seen = reviews_version(reviews)
        else:
            say_done(request, _("The review is complete.") if form.agrees else _("It goes back to the reviewer."))
            return redirect("order_review", order=order, number=number)
    people, heard = _people(by, one), spoken(by, one.voices)
    reached = contacts_of(by, heard.records)
    _looked_at(request, order, list(people.values()))
    title = _("Agree to review %(number)s of order %(reference)s") % {"number": number, "reference": order}
    page = {
        "head": head(by, order, title, has_errors=bool(form.errors)),
        "form": form,
        "version_name": VERSION,
        "version": seen,
        "waits": one.waits,
        "has_fallen": bool(one.fallen),
        "is_shut": bool(heard.kept),
        "is_unsafe": any(voice.kind == Voice.UNSAFE_TO_ASK for voice in one.voices),
        "summary": presenters.review_summary(one, reached),
        "voices": presenters.voices_shown(by, one, people, heard.kept, reached),
    }
    return render(request, "reviews/sign.html", page, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def order_review_applied(request: HttpRequest, order: str, number: int) -> HttpResponse:
    """On which day the application that a review decided on went to the court."""
    by, _found, _reviews, one = _find(request, order, number)
    check_can_review(by)
    form = AppliedForm(request.POST if request.method == "POST" else None)
    status = None
    if form.is_bound and form.is_valid():
        try:
            note_applied(by=by, order=order, number=number, on=form.cleaned_data["on"])
        except (Conflict, NotNow) as refusal:
            form.add_error("on", refusal.message)
            status = refused(request, refusal)
        else:
            say_done(request, _("It is recorded."))
            return redirect("order_review", order=order, number=number)
    _looked_at(request, order, [])
    title = _("Application after review %(number)s of order %(reference)s") % {"number": number, "reference": order}
    page = {
        "head": head(by, order, title, has_errors=bool(form.errors)),
        "form": form,
        "decision": DECISIONS[one.row.decision],
    }
    return render(request, "reviews/applied.html", page, status=status)


def reviews_part(by: Acting, story: OrderStory) -> dict[str, object]:
    """The part of an order's own page about its reviews: when the next is due, each with its voices, and a way to review it."""
    if not allows(check_can_read_reviews, by):
        return {}
    order = story.order
    reviews = reviews_of(by, order)
    may = allows(check_can_review, by) and is_reviewed(order)
    due = standing_of(by, story, reviews, clock.now()) if is_reviewed(order) else None
    return {
        "is_shown": True,
        "due": presenters.due_words(due) if due else "",
        "table": presenters.reviews_table(order.reference, reviews),
        "lapse": presenters.lapse_words(story, reviews),
        "may_review": may,
        "has_begun": may and draft_of(by, order) is not None,
    }


@require_http_methods(["GET", "HEAD", "POST"])
def order_review_welsh(request: HttpRequest, order: str, number: int) -> HttpResponse:
    """Why a review decided so, in Welsh, as a qualified translator worded it: letters in Welsh tell it (BIL-03)."""
    by, found = open_order(request, order, check_can_write)
    one = next((each for each in reviews_of(by, found) if each.row.number == number), None)
    if one is None:
        raise Http404
    form = WelshForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        try:
            translate_reason(by=by, order=order, number=number, words=said["words"], translator=said["translator"])
        except NotNow as refusal:
            form.add_error(None, refusal.message)
        else:
            say_done(request, _("It is recorded. Letters in Welsh tell it so."))
            return redirect("order_letters", order=order)
    looked_at(request, events.ORDER_REVIEW_VIEWED, [f"order/{order}"])
    title = _("The reason of review %(number)s of order %(reference)s in Welsh") % {
        "number": number,
        "reference": order,
    }
    page = {
        "head": head(by, order, title, has_errors=bool(form.errors)),
        "form": form,
        "why": one.row.why_differs or one.row.effect,
    }
    return render(request, "reviews/welsh.html", page)
