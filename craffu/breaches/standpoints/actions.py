"""The only writes of decisions on a breach: what an officer decides and why, what others decided, what is answered.

BRC-03 to BRC-06. The system decides nothing. Two people who decide at once: the second is shown what the first did (T30).
"""

from collections.abc import Collection, Mapping
from datetime import date, datetime

from craffu.access.acting import Acting
from craffu.access.models import User
from craffu.access.policies import check_is_there
from craffu.audit import actions as audit
from craffu.audit.events import EventKind
from craffu.breaches import events, policies
from craffu.breaches.detecting.rules import Decision, why_not_decided
from craffu.breaches.ledger.actions import keep_as_facts, keep_standing
from craffu.breaches.ledger.kinds import Standpoint
from craffu.breaches.ledger.moves import Move
from craffu.breaches.ledger.queries import (
    BreachStory,
    breaches_by_number,
    find_breach,
    stories_of_breaches,
    story_of_breach,
)
from craffu.breaches.ledger.states import Status
from craffu.breaches.models import (
    Breach,
    BreachAnswer,
    BreachMismatch,
    BreachMove,
    BreachOfOrder,
    BreachSource,
    MismatchExplained,
    StandpointTaken,
)
from craffu.breaches.permissions import (
    check_can_decide,
    check_can_explain,
    check_can_finalise,
    check_can_record_standpoint,
    decides_as,
)
from craffu.breaches.standpoints.comparing import mismatches_of
from craffu.breaches.standpoints.kinds import DECISIONS
from craffu.breaches.standpoints.questions import Question, why_not_taken
from craffu.breaches.standpoints.reading import (
    do_not_agree,
    lacks_of,
    last_answers,
    orders_reviewed,
    since_when,
)
from craffu.breaches.standpoints.rules import (
    Mismatch,
    PoliceDecision,
)
from craffu.breaches.topics import BREACHES
from craffu.common import clock
from craffu.common.door import action, bookkeeping
from craffu.common.edits import check_unchanged
from craffu.common.locks import lock_until_commit
from craffu.orders.models import Condition, Order
from craffu.outbox.actions import tell
from craffu.people.queries import belonging_now

SUPERVISOR = "supervisor"
_POLICE = {Decision.ACCEPT: PoliceDecision.BREACH, Decision.REJECT: PoliceDecision.NO_BREACH}


@action
def decide(
    *,
    by: Acting,
    breach: str,
    decision: Decision,
    reason: str,
    seen: int,
    duplicate_of: str = "",
    conditions: Collection[int] | None = None,
    now: datetime | None = None,
) -> Breach:
    """An officer decides what a possible breach is. `conditions` are those it broke, by row number, where they say so.

    `duplicate_of` joins what was told to the incident that it is, which keeps both sources (BRC-06). Enquiries are noted, and
    decide nothing. To accept what is accepted already says which conditions it broke, as a force's own system seldom does: the
    decision stands, and when it was made (BRC-01). Raises NotPermitted, Conflict where somebody decided since `seen`, and NotNow.
    """
    user, at = check_can_decide(by), now or clock.now()
    found = _locked(by, breach)
    check_unchanged(str(seen), str(found.moves_made))
    if decision is Decision.NEEDS_ENQUIRIES:
        policies.check_has_words(reason)
        _move(by, user, found, None, reason, at)
        _log(by, events.BREACH_NOTED, found, at)
        return found
    policies.check_decision(why_not_decided(decision, user.username, reason=reason, duplicate_of=duplicate_of))
    if decision is Decision.ACCEPT and found.status == Status.ACCEPTED:
        policies.check_names_conditions(conditions)
        _move(by, user, found, None, reason, at)
        _say_broken(by, user, found, conditions, reason, at)
        _log(by, events.BREACH_DECIDED, found, at)
        return found
    move = policies.MOVES[decision]
    to = policies.check_moves(found.status, move)
    if decision is Decision.DUPLICATE:
        _join(by, user, found, duplicate_of, reason, to, at)
    else:
        _move(by, user, found, (move, to), reason, at)
        story = story_of_breach(by, found)
        broken = _name_conditions(by, user, story, conditions, at)
        _take(by, user, found, Standpoint.POLICE, _POLICE[decision].value, at, at, reason=reason, conditions=broken)
    _log(by, events.BREACH_DECIDED, found, at)
    return found


@action
def part_again(*, by: Acting, breach: str, reason: str, now: datetime | None = None) -> Breach:
    """Two reports were taken for one incident and are not: what was joined waits for a decision of its own.

    What it told the other it takes with it.
    """
    user, at = check_can_decide(by), now or clock.now()
    found = _locked(by, breach)
    policies.check_has_words(reason)
    to = policies.check_moves(found.status, Move.PART)
    other = found.joined_to
    found.joined_to = None
    _move(by, user, found, (Move.PART, to), reason, at, other)
    if other is not None:
        keep_standing(by, [other.pk], at)
        tell(force=by.force.code, topic=BREACHES, subjects=[other.pk], at=at)
    _log(by, events.BREACH_DECIDED, found, at)
    return found


@action
def open_again(*, by: Acting, breach: str, reason: str, now: datetime | None = None) -> Breach:
    """New evidence, or a supervisor, asks again what was rejected or finalised: its clock begins anew."""
    user, at = check_can_decide(by), now or clock.now()
    found = _locked(by, breach)
    policies.check_has_words(reason)
    to = policies.check_moves(found.status, Move.REOPEN)
    if found.status == Status.FINALISED:
        check_can_finalise(by)
    _move(by, user, found, (Move.REOPEN, to), reason, at)
    _log(by, events.BREACH_DECIDED, found, at)
    return found


@action
def answer(
    *, by: Acting, breach: str, question: Question, answered: str, words: str = "", now: datetime | None = None
) -> BreachAnswer:
    """One question that every breach raises. The same answered twice by one person is kept once (BRC-04)."""
    user, at = check_can_decide(by), now or clock.now()
    found = _locked(by, breach)
    last = last_answers(story_of_breach(by, found))
    row, is_new = _answer(by, user, found, last.get(question), question, answered, words, at)
    if is_new:
        _log(by, events.BREACH_ANSWERED, found, at)
    return row


@action
def answer_several(
    *, by: Acting, breach: str, given: Mapping[Question, tuple[str, str]], seen: int, now: datetime | None = None
) -> list[BreachAnswer]:
    """Several questions at once, each with its answer and words: all of them or none. Returns those that are new.

    `seen` is how many answers stood when they were asked. Raises Conflict where somebody answered since, and NotNow whose code
    names the question (BRC-04).
    """
    user, at = check_can_decide(by), now or clock.now()
    found = _locked(by, breach)
    story = story_of_breach(by, found)
    check_unchanged(str(seen), str(len(story.answers)))
    last = last_answers(story)
    rows = [
        _answer(by, user, found, last.get(question), question, answered, words, at)
        for question, (answered, words) in given.items()
    ]
    if any(is_new for _, is_new in rows):
        _log(by, events.BREACH_ANSWERED, found, at)
    return [row for row, is_new in rows if is_new]


@action
def finalise(*, by: Acting, breach: str, seen: int, now: datetime | None = None) -> Breach:
    """A supervisor closes a breach that was accepted, once every question is answered (BRC-04)."""
    user, at = check_can_finalise(by), now or clock.now()
    found = _locked(by, breach)
    check_unchanged(str(seen), str(found.moves_made))
    to = policies.check_moves(found.status, Move.FINALISE)
    policies.check_final(*lacks_of(story_of_breach(by, found)))
    _move(by, user, found, (Move.FINALISE, to), "", at)
    _log(by, events.BREACH_FINALISED, found, at)
    return found


@action
def record_standpoint(
    *,
    by: Acting,
    breach: str,
    standpoint: Standpoint,
    decision: str,
    at: datetime,
    incident_on: date | None = None,
    conditions: Collection[int] = (),
    words: str = "",
    now: datetime | None = None,
) -> StandpointTaken:
    """What prosecution, court or probation decided, or what the victim was told, where no feed has said it. Kept once.

    `conditions` are those that they name, by row number.
    """
    user, moment = check_can_record_standpoint(by, standpoint), now or clock.now()
    found = _locked(by, breach)
    policies.check_decides(standpoint, decision, DECISIONS.get(standpoint, ()))
    policies.check_happened_by(at, moment)
    rows = StandpointTaken.objects.for_user(by).filter(
        breach=found, standpoint=standpoint.value, decision=decision, at=at, by=user
    )
    same: StandpointTaken | None = next((one for one in rows if one.reason == words.strip()), None)
    if same is not None:
        return same
    row = _take(
        by, user, found, standpoint, decision, at, moment, incident_on=incident_on, reason=words,
        conditions=_conditions_called(by, conditions),
    )  # fmt: skip
    _log(by, events.STANDPOINT_RECORDED, found, moment)
    return row


@action
def explain(*, by: Acting, breach: str, code: Mismatch, words: str, now: datetime | None = None) -> MismatchExplained:
    """Why something that does not agree needs no more to be done. A later word of any standpoint asks again."""
    user, at = check_can_explain(by), now or clock.now()
    found = _locked(by, breach)
    policies.check_has_words(words)
    story = story_of_breach(by, found)
    reviewed = orders_reviewed(by, [one.order for one in story.holding])
    policies.check_mismatch_stands(stands=code in do_not_agree(story, reviewed, at))
    row: MismatchExplained = MismatchExplained.objects.create(
        force=by.force,
        breach=found,
        code=code.value,
        words=words.strip(),
        standing=story.last_word,
        by=user,
        known_from=at,
    )
    _log(by, events.MISMATCH_EXPLAINED, found, at)
    return row


@bookkeeping
def compare_standpoints(*, by: Acting, breaches: Collection[int], now: datetime) -> None:
    """Keep what does not agree of these breaches as things stand, and which are breaches in their cases. Worked out from what was
    logged as it was recorded.
    """
    rows = [one for one in breaches_by_number(by, breaches) if one.raised_at <= now]
    stories = stories_of_breaches(by, rows, now)
    keep_as_facts(by, stories.values(), now)
    reviewed = orders_reviewed(by, [one.order for story in stories.values() for one in story.holding], now)
    open_ = {
        (one.breach_id, one.code): one
        for several in mismatches_of(by, stories).values()
        for one in several
        if one.until is None
    }
    new: list[BreachMismatch] = []
    changed: list[Breach] = []
    for number, story in stories.items():
        codes = do_not_agree(story, reviewed, now) if story.breach.status != Status.JOINED else []
        since = since_when(story, reviewed)
        stand: list[BreachMismatch] = []
        for code in codes:
            row = open_.pop((number, code.value), None)
            if row is None:
                row = BreachMismatch(force=by.force, breach_id=number, code=code.value, since=since(code))
                new.append(row)
            stand.append(row)
        said = len(stand), min((one.since for one in stand), default=None)
        if said != (story.breach.disagreeing, story.breach.disagrees_since):
            story.breach.disagreeing, story.breach.disagrees_since = said
            changed.append(story.breach)
    for one in open_.values():
        one.until = now
        one.save()
    BreachMismatch.objects.bulk_create(new)
    Breach.objects.bulk_update(changed, ["disagreeing", "disagrees_since"])


def _answer(
    by: Acting, user: User, breach: Breach, last: BreachAnswer | None, question: Question, answered: str, words: str,
    at: datetime,
) -> tuple[BreachAnswer, bool]:  # fmt: skip
    """The answer, and whether it is a new one: what the same person said last is kept once."""
    said, is_supervisor = words.strip(), by.holds_any(SUPERVISOR)
    policies.check_answer(question, why_not_taken(question, answered, said, is_supervisor=is_supervisor))
    if last is not None and (last.answer, last.words, last.by_id) == (answered, said, user.pk):
        return last, False
    row: BreachAnswer = BreachAnswer.objects.create(
        force=by.force, breach=breach, question=question.value, answer=answered, words=said,
        by_right=SUPERVISOR if is_supervisor else decides_as(by), by=user, known_from=at,
    )  # fmt: skip
    return row, True


def _locked(by: Acting, reference: str) -> Breach:
    """The breach, alone until it is committed. Raises NotPermitted where there is none for this reader."""
    lock_until_commit("breaches", by.force.code)
    return check_is_there(find_breach(by, reference))


def _move(
    by: Acting, user: User, breach: Breach, move: tuple[Move, Status] | None, words: str, at: datetime,
    other: Breach | None = None,
) -> None:  # fmt: skip
    breach.moves_made += 1
    if move is not None:
        breach.status = move[1].value
    breach.save()
    BreachMove.objects.create(
        force=by.force, breach=breach, number=breach.moves_made, move=move[0].value if move else "",
        to_status=breach.status, words=words.strip(), other=other, by_right=decides_as(by), by=user, known_from=at,
    )  # fmt: skip


def _join(by: Acting, user: User, breach: Breach, duplicate_of: str, reason: str, to: Status, at: datetime) -> None:
    """The other keeps its own and takes over what was told of this one: both sources, and what others decided (BRC-01).

    Where it was rejected, what is told now is new evidence of it: it is opened again (BRC-06).
    """
    other = find_breach(by, duplicate_of.strip().upper())
    policies.check_is_known(is_known=other is not None)
    assert other is not None  # noqa: S101 (the check above)
    has_joined = Breach.objects.for_user(by.joining()).filter(joined_to=breach).exists()
    policies.check_is_another(
        is_itself=other == breach, is_joined=other.joined_to_id is not None, has_joined=has_joined
    )
    whose = belonging_now(by, {breach.respondent_id, other.respondent_id})
    is_same = whose.get(breach.respondent_id) == whose.get(other.respondent_id)
    policies.check_same_person(is_same=breach.respondent_id == other.respondent_id or is_same)
    breach.joined_to = other
    _move(by, user, breach, (Move.JOIN, to), reason, at, other)
    # Read once they are joined: what it told at an earlier joining is there still.
    # All that was told of both goes with them, whatever of it is shut to whoever joins them.
    story, theirs = (story_of_breach(by.joining(), one) for one in (breach, other))
    told = {(one.kind, one.source, one.key) for one in theirs.sources}
    BreachSource.objects.bulk_create(
        BreachSource(
            force=by.force, breach=other, kind=one.kind, source=one.source, key=one.key, record_id=one.record_id,
            said_at=one.said_at, words=one.words, taken_from=breach, by_id=one.by_id, known_from=at,
        )
        for one in story.sources
        if (one.kind, one.source, one.key) not in told
    )  # fmt: skip
    said = {_known_by(one) for one in theirs.words}
    StandpointTaken.objects.bulk_create(
        StandpointTaken(
            force=by.force, breach=other, standpoint=one.standpoint, decision=one.decision, at=one.at,
            incident_on=one.incident_on, conditions=one.conditions, reason=one.reason, source=one.source,
            source_key=one.source_key, taken_from=breach, by_id=one.by_id, known_from=at,
        )
        for one in story.words
        if _known_by(one) not in said
    )  # fmt: skip
    broken = {(one.order_id, one.condition_id) for one in theirs.holding}
    BreachOfOrder.objects.bulk_create(
        BreachOfOrder(
            force=by.force, breach=other, order_id=one.order_id, condition_id=one.condition_id, reasons=one.reasons,
            flags=one.flags, link=one.link, taken_from=breach, by=user, known_from=at,
        )
        for one in story.holding
        if (one.order_id, one.condition_id) not in broken
    )  # fmt: skip
    if other.status == Status.REJECTED and any((one.kind, one.source, one.key) not in told for one in story.sources):
        again = policies.check_moves(other.status, Move.REOPEN)
        _move(by, user, other, (Move.REOPEN, again), reason, at, breach)
    keep_standing(by, [other.pk], at)
    keep_as_facts(by, [story], at)
    tell(force=by.force.code, topic=BREACHES, subjects=[other.pk], at=at)


def _known_by(word: StandpointTaken) -> tuple[object, ...]:
    """What a word is known by: the sender's name for it, or all that somebody recorded by hand."""
    if word.source_key:
        return word.standpoint, word.source, word.source_key
    return word.standpoint, word.decision, word.at, word.by_id, word.reason


def _name_conditions(
    by: Acting, user: User, story: BreachStory, conditions: Collection[int] | None, at: datetime
) -> list[str]:
    """Keep which conditions were broken, and return all that hold, each as `order/condition`.

    Of an order that is shut to whoever decides nothing is taken back: nobody asked them of it.
    """
    if conditions is not None:
        chosen = Condition.objects.for_user(by).filter(pk__in=sorted(conditions)).select_related("terms__order")
        wanted = {one.pk: one for one in chosen}
        held = {one.condition_id for one in story.holding if one.condition_id is not None}
        orders = {one.terms.order_id for one in wanted.values()}
        tied = Order.objects.for_user(by).filter(pk__one_of=frozenset(one.order_id for one in story.holding))
        asked_of = set(tied.order_by().values_list("pk", flat=True))
        rows = [
            BreachOfOrder(
                force=by.force, breach=story.breach, order_id=one.terms.order_id, condition=one, by=user, known_from=at
            )
            for pk, one in sorted(wanted.items())
            if pk not in held
        ]
        rows += [
            BreachOfOrder(
                force=by.force, breach=story.breach, order_id=one.order_id, condition_id=one.condition_id, holds=False,
                by=user, known_from=at,
            )
            for one in story.holding
            if one.order_id in asked_of
            and (one.order_id not in orders if one.condition_id is None else one.condition_id not in wanted)
        ]  # fmt: skip
        BreachOfOrder.objects.bulk_create(rows)
        story = story_of_breach(by, story.breach)
    return sorted(f"{one.order.reference}/{one.condition.number}" for one in story.holding if one.condition is not None)


def _say_broken(
    by: Acting, user: User, breach: Breach, conditions: Collection[int] | None, reason: str, at: datetime
) -> None:
    """Which conditions were broken of what is accepted: the word of the police again, of the time at which it was said."""
    story = story_of_breach(by, breach)
    broken = _name_conditions(by, user, story, conditions, at)
    said = story.standing(Standpoint.POLICE)
    _take(
        by, user, breach, Standpoint.POLICE, PoliceDecision.BREACH.value, said.at if said else at, at,
        incident_on=said.incident_on if said else None, reason=reason, conditions=broken,
    )  # fmt: skip


def _conditions_called(by: Acting, conditions: Collection[int]) -> list[str]:
    """These conditions, each as `order/condition`."""
    rows = Condition.objects.for_user(by).filter(pk__in=sorted(conditions)).select_related("terms__order")
    return [f"{one.terms.order.reference}/{one.number}" for one in rows] if conditions else []


def _take(
    by: Acting,
    user: User,
    breach: Breach,
    standpoint: Standpoint,
    decision: str,
    at: datetime,
    now: datetime,
    *,
    incident_on: date | None = None,
    reason: str = "",
    conditions: Collection[str] = (),
) -> StandpointTaken:
    row: StandpointTaken = StandpointTaken.objects.create(
        force=by.force, breach=breach, standpoint=standpoint.value, decision=decision, at=at, incident_on=incident_on,
        conditions=sorted(conditions), reason=reason.strip(), by=user, known_from=now,
    )  # fmt: skip
    keep_standing(by, [breach.pk], now)
    return row


def _log(by: Acting, kind: EventKind, breach: Breach, at: datetime) -> None:
    tell(force=by.force.code, topic=BREACHES, subjects=[breach.pk], at=at)
    refs = [f"breach/{breach.reference}", *([f"case/{breach.case.reference}"] if breach.case else [])]
    audit.record(kind=kind, actor=by.actor, refs=refs, request=by.request, now=at)
