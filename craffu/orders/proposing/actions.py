"""The only writes of proposals: kept once from what courts say, and decided once by a person (ORD-09)."""

from collections.abc import Collection
from datetime import datetime

from craffu.access.acting import Acting
from craffu.access.permissions import check_holds
from craffu.access.policies import check_is_there
from craffu.audit import actions as audit
from craffu.clocks.london import start_of
from craffu.common import clock
from craffu.common.door import action
from craffu.common.locks import lock_until_commit
from craffu.orders import events
from craffu.orders.facts import Given
from craffu.orders.life.actions import Beginning, begin_order, lock_court_number, lock_orders, move_order
from craffu.orders.life.policies import check_is_before_court
from craffu.orders.life.rules import move_that_makes
from craffu.orders.life.states import LIVE
from craffu.orders.models import Order, OrderProposal, ProposalDecided
from craffu.orders.permissions import check_can_record_court, check_is_named
from craffu.orders.proposing.policies import (
    check_is_not_made_yet,
    check_is_undecided,
    check_makes_an_order,
    check_says_why,
)
from craffu.orders.proposing.queries import find_proposal, keys_proposed, orders_meant, proposed_in
from craffu.orders.proposing.rules import BAIL
from craffu.orders.topics import PROPOSALS
from craffu.outbox.actions import tell

SOURCE = "court-results"


@action
def keep_proposals(*, by: Acting, cases: Collection[int], now: datetime | None = None) -> int:
    """Keep what courts' hearings in these cases propose and nobody has kept. Asked again it keeps nothing more."""
    at = now or clock.now()
    check_holds(by, "system")
    lock_until_commit("proposals", by.force.code)
    known = keys_proposed(by, cases)
    new = [(version, one) for version, one in proposed_in(by, cases, at) if one.key not in known]
    for version, one in new:
        hearing = version.hearing
        OrderProposal.objects.create(
            force=by.force, case_id=hearing.case_id, role_id=hearing.role_id, kind=one.kind, is_interim=one.is_interim,
            does=one.does.value, because=one.because.value, code=one.code, made_on=hearing.held_on, court=version.court,
            words=one.words, source_key=one.key, known_from=at,
        )  # fmt: skip
    if new:
        named = sorted({f"case/{version.hearing.case.reference}" for version, _ in new})
        audit.record(kind=events.ORDER_PROPOSED, actor=by.actor, refs=named, request=by.request, now=at)
    return len(new)


@action
def confirm_proposal(
    *, by: Acting, number: int, given: Given, is_another: bool = False, now: datetime | None = None
) -> Order:
    """The proposal is an order as the court made it, with whatever the person has put right.

    What was asked for here becomes it, and keeps whom it protects and what hangs on it (ORD-07, ORD-08); otherwise, and where it
    `is_another`, a record begins. Raises NotPermitted, Conflict where it was decided meanwhile, and NotNow where it was recorded
    already, and with what the rules of its life refuse.
    """
    at = now or clock.now()
    check_can_record_court(by)
    check_is_named(by)
    proposal = _locked(by, number)
    check_makes_an_order(proposal.does)
    lock_court_number(by, given.court_case_no)
    asked = None if is_another else _asked_for(by, proposal, given.court_case_no)
    order = _begun(by, proposal, given, at) if asked is None else _made(by, proposal, asked, given, at)
    _decide(by, proposal, order, "", at)
    return order


def _asked_for(by: Acting, proposal: OrderProposal, court_case_no: str) -> Order | None:
    """The application that the court has decided, held until this is done; None where there is none."""
    for one in sorted(orders_meant(by, proposal, court_case_no), key=lambda one: one.reference):
        lock_orders(by, one.reference)
    return next(iter(orders_meant(by, proposal, court_case_no)), None)


def _made(by: Acting, proposal: OrderProposal, order: Order, given: Given, at: datetime) -> Order:
    check_is_not_made_yet([order.reference] if order.status in LIVE else [])
    move = move_that_makes(order.status)
    check_is_before_court([] if move else [order.reference])
    return move_order(
        by=by, order=order.reference, move=move, given=given, source=SOURCE, source_key=proposal.source_key, now=at
    )


def _begun(by: Acting, proposal: OrderProposal, given: Given, at: datetime) -> Order:
    beginning = Beginning(
        kind=proposal.kind,
        respondent=proposal.role.record,
        case=proposal.case,
        is_interim=proposal.is_interim,
    )
    move = "impose" if proposal.kind == BAIL else "receive"
    return begin_order(
        by=by, beginning=beginning, move=move, given=given, source=SOURCE, source_key=proposal.source_key, now=at
    )


@action
def refuse_proposal(
    *, by: Acting, number: int, words: str, order: Order | None = None, now: datetime | None = None
) -> ProposalDecided:
    """The proposal begins no order: why, or on which order it is recorded already."""
    at = now or clock.now()
    check_can_record_court(by)
    check_is_named(by)
    proposal = _locked(by, number)
    if order is None:
        check_says_why(words)
    return _decide(by, proposal, order, words, at)


def _locked(by: Acting, number: int) -> OrderProposal:
    lock_until_commit("proposals", by.force.code)
    proposal = check_is_there(find_proposal(by, number))
    check_is_undecided(is_decided=hasattr(proposal, "decided"))
    return proposal


def _decide(by: Acting, proposal: OrderProposal, order: Order | None, words: str, at: datetime) -> ProposalDecided:
    row: ProposalDecided = ProposalDecided.objects.create(
        force=by.force, proposal=proposal, order=order, words=words.strip(), by=by.user, at=at
    )
    tell(force=by.force.code, topic=PROPOSALS, subjects=[proposal.case_id], at=at)
    refs = [f"case/{proposal.case.reference}", *([f"order/{order.reference}"] if order else [])]
    audit.record(kind=events.PROPOSAL_DECIDED, actor=by.actor, refs=refs, request=by.request, now=at)
    return row


def made_at(proposal: OrderProposal) -> datetime:
    """When the court made it, where nothing tells the hour: as the day of the hearing begins in London."""
    return start_of(proposal.made_on)
