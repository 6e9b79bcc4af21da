"""The only writes of reviews: answers kept, put forward, agreed to or sent back, and what is done on them (REV-02 to REV-05).

A review moves no order. What it decides is made by whoever makes moves, at the court or here (ORD-09).
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime

from craffu.access.acting import Acting
from craffu.access.models import User
from craffu.access.policies import check_is_there
from craffu.audit import actions as audit
from craffu.audit.events import EventKind
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.common.door import action
from craffu.common.edits import check_unchanged
from craffu.orders import events
from craffu.orders.catalogue.reading import kind_of
from craffu.orders.life.actions import lock_orders, refs_of
from craffu.orders.models import (
    Order,
    OrderReview,
    ReviewApplied,
    ReviewDraft,
    ReviewSigned,
    ReviewVoice,
    ViewWanted,
)
from craffu.orders.noting.policies import check_is_protected
from craffu.orders.permissions import check_can_review, check_can_sign_review
from craffu.orders.queries import OrderStory, find_order, story_of_order
from craffu.orders.reviewing import policies
from craffu.orders.reviewing.facts import Answers
from craffu.orders.reviewing.queries import (
    Reviewed,
    draft_of,
    reviews_in,
    reviews_of,
    reviews_version,
    waiting,
)
from craffu.orders.reviewing.reading import put_last, standing_of
from craffu.orders.reviewing.resting import spoken
from craffu.orders.reviewing.rules import (
    APPLIES_FOR,
    NEEDS_ANOTHER,
    Closing,
    Said,
    Voice,
    needs_another,
    review_outcome,
)
from craffu.orders.reviewing.voices import AtHand, at_hand, said_of_view
from craffu.orders.topics import ORDERS
from craffu.outbox.actions import tell
from craffu.victims.voice.actions import answer_of_review


@action
def keep_review_draft(
    *, by: Acting, order: str, answers: Answers, seen: str = "", now: datetime | None = None
) -> ReviewDraft:
    """Keep what was answered so far. `seen` is the version that the reviewer has seen since, where somebody was first."""
    user, at = check_can_review(by), now or clock.now()
    found = _locked(by, order)
    draft = draft_of(by, found)
    if draft is None:
        standing = reviews_version(reviews_of(by, found))
        draft = ReviewDraft(force=by.force, order=found, by=user, seen=standing)
    draft.seen = seen or draft.seen
    draft.answers = answers.as_text()
    draft.changed_at = at
    draft.save()
    _log(by, events.ORDER_REVIEW_BEGUN, found, at)
    return draft


@action
def drop_review_draft(*, by: Acting, order: str, now: datetime | None = None) -> None:
    """Throw away what was answered so far."""
    check_can_review(by)
    found = _locked(by, order)
    draft = draft_of(by, found)
    if draft is not None:
        draft.delete()
        _log(by, events.ORDER_REVIEW_DROPPED, found, now or clock.now())


@action
def want_view(*, by: Acting, order: str, record: int, now: datetime | None = None) -> ViewWanted:
    """Somebody whom the order protects is to be heard before it is reviewed: those who look after them ask."""
    user, at = check_can_review(by), now or clock.now()
    found = _locked(by, order)
    story = _open(by, found)
    check_is_protected(is_protected=record in story.protected)
    since = put_last(reviews_of(by, found))
    rows = ViewWanted.objects.for_user(by).filter(order=found, record=record)
    same: ViewWanted | None = (rows.filter(known_from__gt=since) if since else rows).order_by("-id").first()
    if same is not None:
        return same
    row: ViewWanted = ViewWanted.objects.create(force=by.force, order=found, record_id=record, by=user, known_from=at)
    _log(by, events.ORDER_VIEW_WANTED, found, at)
    return row


@action
def complete_review(*, by: Acting, order: str, answers: Answers, seen: str, now: datetime | None = None) -> OrderReview:
    """Close a review, or put it to a supervisor where another person has to agree. Everything is judged anew, under the lock.

    Raises Conflict where somebody reviewed the order since `seen`, NotNow with each thing that stands in the way; nothing is
    kept then but the draft.
    """
    user, at = check_can_review(by), now or clock.now()
    found = _locked(by, order)
    reviews = reviews_of(by, found)
    check_unchanged(seen, reviews_version(reviews))
    story = _open(by, found)
    policies.check_none_waits(waits=waiting(reviews) is not None)
    policies.check_protects_somebody(story.protected)
    policies.check_was_read(is_read=answers.is_read)
    policies.check_effect_is_said(answers.effect)
    policies.check_has_an_end(answers.decision, found.last_day)
    hands = at_hand(by, story.protected, put_last(reviews), at)
    policies.check_refusals(are_of_this=all(one.is_refusal_of_this(answers.of(one.record)) for one in hands))
    closing = _closing(answers, user, at, [one.said(answers.of(one.record)) for one in hands])
    policies.check_may_close([one for one in review_outcome(closing).why if not _is_for_another(one, closing)])
    due = standing_of(by, story, reviews, at).next
    row: OrderReview = OrderReview.objects.create(
        force=by.force, order=found, number=len(reviews) + 1, due_on=due.due_day if due else None,
        because=due.because.value if due else "", last_day=found.last_day, decision=answers.decision,
        reason=answers.reason.strip(), effect=answers.effect.strip(), why_differs=answers.why_differs.strip(),
        needs_another=needs_another(answers.decision, closing.said), by=user, known_from=at,
    )  # fmt: skip
    for one, said in zip(hands, closing.said, strict=True):
        _keep_voice(by, row, one, said, answers)
    if row.needs_another:
        _log(by, events.ORDER_REVIEW_PUT, found, at)
    else:
        _completed(by, row, at)
    return row


def _is_for_another(why: str, closing: Closing) -> bool:
    """What the other person is asked for afterwards; that it is not safe to ask needs its reason before."""
    person, _sep, code = why.rpartition(":")
    return code in NEEDS_ANOTHER and not any(
        one.person == person and one.kind == Voice.UNSAFE_TO_ASK and not one.reason.strip() for one in closing.said
    )


def _closing(answers: Answers, user: User, at: datetime, said: Sequence[Said]) -> Closing:
    return Closing(
        decision=answers.decision,
        reason=answers.reason,
        reviewer=user.username,
        on=day_of(at),
        said=said,
        why_differs=answers.why_differs,
    )


def _keep_voice(by: Acting, row: OrderReview, one: AtHand, said: Said, answers: Answers) -> None:
    heard = answers.of(one.record)
    is_reach = said.kind == Voice.NOT_REACHABLE
    ReviewVoice.objects.create(
        force=by.force, review=row, record_id=one.record, kind=said.kind,
        view_id=heard.view if said.kind == Voice.GIVEN else None, said_on=said.on, wish=said.wish, wants=said.wants,
        attempts=len(said.attempts) if is_reach else 0, reason=said.reason.strip() if not is_reach else "",
    )  # fmt: skip


@action
def sign_review(
    *, by: Acting, order: str, number: int, agrees: bool, words: str, seen: str, now: datetime | None = None
) -> ReviewSigned:
    """Another person, a supervisor, agrees to a review, which is complete by that; or sends it back, and says why.

    Raises NotPermitted for whoever reviewed, or to whom not all of it is open, Conflict where it waits no more, NotNow where a
    view has grown too old meanwhile, or turned out not to be theirs, somebody was named since whom it protects, or one of them
    has said more since.
    """
    user, at = check_can_sign_review(by), now or clock.now()
    found = _locked(by, order)
    reviews = reviews_of(by, found)
    one = check_is_there(next((each for each in reviews if each.row.number == number), None))
    check_unchanged(seen, reviews_version(reviews))
    policies.check_waits(waits=one.waits)
    policies.check_is_another(user, one.row.by)
    policies.check_says_why_not(agrees=agrees, words=words)
    if agrees:
        policies.check_is_open_to(is_open=not spoken(by, one.voices).kept)
        policies.check_may_close(review_outcome(_as_put(by, found, one, user, at)).why)
        hands = at_hand(by, story_of_order(by, found).protected, None, at)
        policies.check_all_are_heard(all_heard=all(_is_heard(hand, one.voices) for hand in hands))
        policies.check_weighs_all(is_all=not any(_said_since(hand, one) for hand in hands))
    row: ReviewSigned = ReviewSigned.objects.create(
        force=by.force, review=one.row, agrees=agrees, words=words.strip(), by=user, known_from=at
    )
    if agrees:
        _completed(by, one.row, at)
    else:
        _log(by, events.ORDER_REVIEW_SENT_BACK, found, at)
    return row


def _is_heard(hand: AtHand, voices: Iterable[ReviewVoice]) -> bool:
    return any(voice.record_id in hand.records for voice in voices)


def _said_since(hand: AtHand, one: Reviewed) -> bool:
    """Whether there is a view of theirs that nobody could weigh as the review was put forward."""
    return any(view.row.known_from > one.row.known_from for view in hand.views)


def _as_put(by: Acting, order: Order, one: Reviewed, signer: User, at: datetime) -> Closing:
    """The review as it was put forward, judged on the day on which the other person agrees."""
    before = [
        each for each in reviews_in(by, [order.pk], one.row.known_from)[order.pk] if each.row.number < one.row.number
    ]
    hands = at_hand(by, [each.record_id for each in one.voices], put_last(before), one.row.known_from)
    tried = {hand.record: hand for hand in hands}
    return Closing(
        decision=one.row.decision,
        reason=one.row.reason,
        reviewer=one.row.by.username,
        on=day_of(at),
        said=[_said_again(one, each, tried.get(each.record_id)) for each in one.voices],
        signed_by=signer.username,
        why_differs=one.row.why_differs,
    )


def _said_again(one: Reviewed, voice: ReviewVoice, hand: AtHand | None) -> Said:
    """Words that count no more are nobody's: whoever they were taken for has not been heard."""
    if voice.view_id in one.fallen:
        return Said(person=str(voice.record_id))
    found = Said(
        person=str(voice.record_id), kind=voice.kind, on=voice.said_on, wish=voice.wish, wants=voice.wants,
        reason=voice.reason, is_agreed=True,
    )  # fmt: skip
    if voice.view is not None:
        return said_of_view(found, voice.view)
    return replace(found, attempts=hand.attempts, safe_channels=hand.channels) if hand else found


@action
def note_applied(*, by: Acting, order: str, number: int, on: date, now: datetime | None = None) -> ReviewApplied:
    """The application that a review decided on went to the court on a day."""
    user, at = check_can_review(by), now or clock.now()
    found = _locked(by, order)
    one = check_is_there(next((each for each in reviews_of(by, found) if each.row.number == number), None))
    done_at = check_is_there(one.completed_at)
    policies.check_applies(applies=one.row.decision in APPLIES_FOR)
    policies.check_not_applied(is_applied=one.applied is not None)
    policies.check_day_of_application(on, day_of(done_at), day_of(at))
    row: ReviewApplied = ReviewApplied.objects.create(force=by.force, review=one.row, on=on, by=user, known_from=at)
    _log(by, events.ORDER_REVIEW_APPLIED, found, at)
    return row


def _locked(by: Acting, reference: str) -> Order:
    lock_orders(by, reference)
    return check_is_there(find_order(by, reference))


def _open(by: Acting, order: Order) -> OrderStory:
    policies.check_review_open(is_reviewed=kind_of(order.kind).family in policies.REVIEWED, status=order.status)
    return story_of_order(by, order)


def _completed(by: Acting, row: OrderReview, at: datetime) -> None:
    """The review is complete: once in the log, and what it means for each view is kept with the view, to be told (REV-04)."""
    ReviewDraft.objects.for_user(by).filter(order=row.order, by=row.by).delete()
    views = [one.view_id for one in row.voices.all() if one.view_id is not None]
    answer_of_review(by=by, views=views, decided=row.reason, why=row.why_differs or row.effect, now=at)
    _log(by, events.ORDER_REVIEWED, row.order, at)


def _log(by: Acting, kind: EventKind, order: Order, at: datetime) -> None:
    tell(force=by.force.code, topic=ORDERS, subjects=[order.pk], at=at)
    audit.record(kind=kind, actor=by.actor, refs=refs_of(order), request=by.request, now=at)
