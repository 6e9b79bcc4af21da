"""The only writes of a consideration: facts said, options decided together, agreed to, challenged and opened again.

ORD-01 and ORD-02. Whatever a decision means for the life of an order goes through that life's own door.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from craffu.access.acting import Acting, acting_system
from craffu.access.policies import check_is_there
from craffu.audit import actions as audit
from craffu.audit.events import EventKind
from craffu.cases.models import Case, CaseRole
from craffu.cases.queries import find_case, roles_in
from craffu.cases.topics import CASES
from craffu.common import clock
from craffu.common.door import action
from craffu.common.edits import check_unchanged
from craffu.common.locks import lock_until_commit
from craffu.common.refusals import NotNow
from craffu.orders import events
from craffu.orders.considering import policies
from craffu.orders.considering.checking import check_whole
from craffu.orders.considering.facts import NewDecision
from craffu.orders.considering.openings import Stands
from craffu.orders.considering.policies import OptionRefused
from craffu.orders.considering.queries import TAKEN_UP, Considered, considered_in, risk_in
from craffu.orders.considering.reasons import MOVES
from craffu.orders.considering.rules import Fact, Outcome, Reopening, runs_as_high
from craffu.orders.facts import Given
from craffu.orders.life.actions import Beginning, begin_order, move_order, refs_of
from craffu.orders.models import ConsiderationOpened, FactAsked, NotPursuedChallenged, OptionDecided, Order
from craffu.orders.permissions import (
    check_can_agree,
    check_can_consider,
    check_can_open_again,
    check_is_second,
    check_is_somebody,
)
from craffu.orders.topics import ORDERS
from craffu.outbox.actions import tell
from craffu.people.models import SourceRecord
from craffu.people.queries import find_record
from craffu.victims.of_orders.actions import keep_considered


def _locked(by: Acting, reference: str) -> Case:
    """The case, alone until it is committed. Raises NotPermitted where there is none for this reader."""
    lock_until_commit("considering", by.force.code, reference)
    return check_is_there(find_case(by, reference))


def _log(by: Acting, kind: EventKind, case: Case, at: datetime, order: Order | None = None) -> None:
    """What was done, in the log, and as news for whoever keeps what is due."""
    if order is None:
        tell(force=by.force.code, topic=CASES, subjects=[case.pk], at=at)
    else:
        tell(force=by.force.code, topic=ORDERS, subjects=[order.pk], at=at)
    refs = [f"case/{case.reference}"] if order is None else refs_of(order)
    audit.record(kind=kind, actor=by.actor, refs=refs, request=by.request, now=at)


@action
def say_fact(*, by: Acting, case: str, fact: Fact, holds: bool, now: datetime | None = None) -> FactAsked:
    """An answer to a fact on which kinds hang; the last stands, and what was said already is kept once."""
    check_can_consider(by)
    user, at = check_is_somebody(by), now or clock.now()
    found = _locked(by, case)
    policies.check_is_asked_about(is_asked=fact in set(Fact))
    last: FactAsked | None = FactAsked.objects.for_user(by).filter(case=found, fact=fact.value).order_by("id").last()
    if last is not None and last.holds is holds:
        return last
    row: FactAsked = FactAsked.objects.create(
        force=by.force, case=found, fact=fact.value, holds=holds, by=user, known_from=at
    )
    _log(by, events.CONSIDERATION_FACT_SAID, found, at)
    return row


@action
def say_facts(
    *, by: Acting, case: str, answers: Mapping[Fact, bool], seen: str | None = None, now: datetime | None = None
) -> list[FactAsked]:
    """Several answers at once. Raises Conflict where somebody changed the consideration since it was `seen`."""
    at = now or clock.now()
    found = _locked(by, case)
    if seen is not None:
        standing = considered_in(by, found.pk, at)
        check_unchanged(seen, standing[0].version if standing else "")
    return [say_fact(by=by, case=case, fact=fact, holds=holds, now=at) for fact, holds in answers.items()]


@action
def decide_options(
    *,
    by: Acting,
    case: str,
    respondent: str,
    decisions: Sequence[NewDecision],
    seen: str | None = None,
    now: datetime | None = None,
) -> list[OptionDecided]:
    """Several kinds decided in one step: all of them or none (ORD-01).

    Each goes through the life of an order of its kind, which begins with it where there is none. What needs a supervisor waits
    with the order still considered (ORD-02). Raises OptionRefused for the first kind that is refused, Conflict where somebody
    changed the consideration since it was `seen`, and NotPermitted where the decision is somebody else's.
    """
    check_can_consider(by)
    check_is_somebody(by)
    at = now or clock.now()
    found = _locked(by, case)
    standing = _considered(by, found, respondent, at)
    if seen is not None:
        check_unchanged(seen, standing.version)
    policies.check_is_something(decisions)
    policies.check_once_each([one.kind for one in decisions])
    risk = risk_in(by, found, at)
    rows = [_decided(by, found, standing, one, risk, at) for one in decisions]
    waits = {one.pk for one in rows if one.outcome == Outcome.NOT_PURSUED and runs_as_high(risk)}
    if any(one.pk not in waits and one.outcome != Outcome.DEFER for one in rows):
        _tell_considered(by, found, rows[-1], at)
    return rows


def _tell_considered(by: Acting, case: Case, last: OptionDecided, at: datetime) -> None:
    """Every victim in the case is asked again after orders were considered, once for the step that decided (VIC-03)."""
    records = [record.pk for record in _protected(acting_system(by.force, by.actor.name), case)]
    keep_considered(by=by, case=case.pk, records=records, key=f"considered-{last.pk}", at=at)


def _considered(by: Acting, case: Case, respondent: str, at: datetime) -> Considered:
    found = considered_in(by, case.pk, at)
    return check_is_there(next((one for one in found if one.respondent.reference == respondent), None))


def _decided(
    by: Acting, case: Case, standing: Considered, given: NewDecision, risk: str, at: datetime
) -> OptionDecided:
    try:
        check_whole(standing, given, risk, at)
        waits = given.outcome is Outcome.NOT_PURSUED and runs_as_high(risk)
        order = _brought_to_decision(by, case, standing, given, at)
        if not waits:
            order = move_order(by=by, order=order.reference, move=MOVES[given.outcome], given=_given(given), now=at)
    except OptionRefused:
        raise
    except NotNow as refused:
        raise OptionRefused(given.kind, refused.code, refused.message) from refused
    row: OptionDecided = OptionDecided.objects.create(
        force=by.force, case=case, order=order, kind=given.kind, outcome=given.outcome.value,
        reason_code=given.reason_code, words=given.words.strip(), review_on=given.review_on, risk=risk, by=by.user, at=at,
    )  # fmt: skip
    _log(by, events.OPTION_DECIDED, case, at, order)
    return row


def _given(decided: NewDecision | OptionDecided) -> Given:
    return Given(reason_code=decided.reason_code, reason_text=decided.words.strip(), review_on=decided.review_on)


def _brought_to_decision(by: Acting, case: Case, standing: Considered, given: NewDecision, at: datetime) -> Order:
    """The order of this kind, considered: begun where there is none, taken up again where it came to an answer before."""
    order = standing.lives.get(given.kind)
    if order is None:
        beginning = Beginning(
            kind=given.kind, respondent=_record(by, standing), case=case, protects=_protected(by, case)
        )
        return begin_order(by=by, beginning=beginning, move="open_consideration", given=Given(), now=at)
    if order.status in TAKEN_UP:
        again = Given(reason_text=given.words.strip())
        return move_order(by=by, order=order.reference, move="reopen", given=again, now=at)
    return order


def _record(by: Acting, standing: Considered) -> SourceRecord:
    return check_is_there(find_record(by, standing.respondent.key))


def _protected(by: Acting, case: Case) -> list[SourceRecord]:
    """Whom an order would protect: every victim in the case."""
    victims = [role.record_id for role in roles_in(by, case.pk) if role.role == CaseRole.Role.VICTIM]
    return [record for one in victims if (record := find_record(by, one)) is not None]


def _last_about(by: Acting, case: Case, decision: int, at: datetime) -> tuple[Considered, OptionDecided]:
    """The consideration in which a decision was made, and the decision. Raises NotPermitted where there is none."""
    for standing in considered_in(by, case.pk, at):
        if decision in standing.decisions:
            return standing, standing.decisions[decision]
    return check_is_there(None)


@action
def agree_not_pursued(*, by: Acting, case: str, decision: int, now: datetime | None = None) -> OptionDecided:
    """A second person, a supervisor, agrees that a kind is not pursued: from now on the decision stands (ORD-02).

    Raises NotPermitted for whoever decided, and Conflict where it no longer waits.
    """
    check_can_agree(by)
    at = now or clock.now()
    found = _locked(by, case)
    standing, waiting = _last_about(by, found, decision, at)
    user = check_is_second(by, waiting.by)
    question = standing.questions.get(waiting.kind)
    is_last = question is not None and question.decided is not None and question.decided.number == decision
    policies.check_waits(waits=is_last and question is not None and question.stands is Stands.WAITS)
    order = move_order(
        by=by,
        order=check_is_there(waiting.order).reference,
        move=MOVES[Outcome.NOT_PURSUED],
        given=_given(waiting),
        now=at,
    )
    row: OptionDecided = OptionDecided.objects.create(
        force=by.force, case=found, order=order, kind=waiting.kind, outcome=waiting.outcome,
        reason_code=waiting.reason_code, words=waiting.words, risk=waiting.risk, by=waiting.by, agreed_by=user, at=at,
    )  # fmt: skip
    _log(by, events.OPTION_DECIDED, found, at, order)
    _tell_considered(by, found, row, at)
    return row


@action
def challenge_not_pursued(
    *, by: Acting, case: str, decision: int, words: str, now: datetime | None = None
) -> NotPursuedChallenged:
    """A supervisor asks again about what is not pursued, or does not agree to it: the question is open (ORD-02).

    Raises Conflict where something else was decided meanwhile, and NotNow without words.
    """
    user, at = check_can_agree(by), now or clock.now()
    found = _locked(by, case)
    standing, challenged = _last_about(by, found, decision, at)
    policies.check_is_not_pursued(is_so=challenged in standing.not_pursued)
    policies.check_has_words(words)
    row: NotPursuedChallenged = NotPursuedChallenged.objects.create(
        force=by.force, decision=challenged, words=words.strip(), by=user, at=at
    )
    order = check_is_there(challenged.order)
    if standing.lives[challenged.kind].status in TAKEN_UP:
        order = move_order(by=by, order=order.reference, move="reopen", given=Given(reason_text=words.strip()), now=at)
    _log(by, events.NOT_PURSUED_CHALLENGED, found, at, order)
    return row


@action
def reopen(*, by: Acting, case: str, respondent: str, kind: str, words: str, now: datetime | None = None) -> Order:
    """Somebody who considers takes up again what was not pursued, declined, refused or withdrawn, with words (Annex B)."""
    check_can_consider(by)
    check_is_somebody(by)
    at = now or clock.now()
    found = _locked(by, case)
    standing = _considered(by, found, respondent, at)
    order = standing.lives.get(kind)
    policies.check_can_be_reopened(can=order is not None and order.status in TAKEN_UP)
    policies.check_has_words(words)
    again = move_order(
        by=by, order=check_is_there(order).reference, move="reopen", given=Given(reason_text=words.strip()), now=at
    )
    _log(by, events.CONSIDERATION_REOPENED, found, at, again)
    return again


@action
def open_again(
    *,
    by: Acting,
    case: str,
    why: Reopening,
    opened_at: datetime | None = None,
    source_key: str = "",
    now: datetime | None = None,
) -> ConsiderationOpened:
    """Something happened that opens the question for every kind: told by whoever learns of it, the same word once (ORD-01).

    Later reports of the police, refusals and ended orders are read from what was recorded of them, and need no telling.
    """
    check_can_open_again(by)
    at = now or clock.now()
    found = _locked(by, case)
    rows = ConsiderationOpened.objects.for_user(by).filter(case=found, why=why.value, source_key=source_key)
    same: ConsiderationOpened | None = rows.first() if source_key else None
    if same is not None:
        return same
    row: ConsiderationOpened = ConsiderationOpened.objects.create(
        force=by.force, case=found, why=why.value, kinds=None, opened_at=opened_at or at, source_key=source_key,
        known_from=at,
    )  # fmt: skip
    _log(by, events.CONSIDERATION_REOPENED, found, at)
    return row
