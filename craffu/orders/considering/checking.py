"""Whether decisions are whole before anything is written: the same answer for the page that asks and the act that decides."""

from collections.abc import Iterable
from datetime import datetime

from craffu.clocks.london import day_of
from craffu.orders.catalogue.reading import kind_of
from craffu.orders.considering import policies
from craffu.orders.considering.facts import NewDecision
from craffu.orders.considering.policies import OptionRefused
from craffu.orders.considering.queries import TAKEN_UP, Considered
from craffu.orders.considering.reasons import REASONS, outcomes_of
from craffu.orders.considering.rules import Decision, Outcome, why_not_decided


def check_whole(standing: Considered, given: NewDecision, risk: str, at: datetime) -> None:
    """Whether a kind is to be decided, may be decided so, and the decision is whole; a supervisor agrees afterwards."""
    policies.check_is_to_decide(given.kind, standing.undecided, standing.checklist.offered)
    policies.check_outcome_is_for(given.kind, given.outcome, outcomes_of(kind_of(given.kind)))
    policies.check_reason_is_for(given.kind, given.reason_code, REASONS[given.outcome])
    decision = Decision(
        given.kind, given.outcome, given.reason_code, given.words, risk or None, supervisor_agrees=True,
        decided_on=day_of(at), review_on=given.review_on,
    )  # fmt: skip
    policies.check_decided(given.kind, why_not_decided(decision))
    if given.outcome is Outcome.OTHER_MEASURE:
        # The order itself is not pursued then, and its life asks for words at high risk (Annex B).
        instead = Decision(
            given.kind, Outcome.NOT_PURSUED, given.reason_code, given.words, risk or None, supervisor_agrees=True
        )
        policies.check_decided(given.kind, why_not_decided(instead))
    order = standing.lives.get(given.kind)
    if order is not None and order.status in TAKEN_UP:
        policies.check_says_why_again(given.kind, given.words)


def refusals(standing: Considered, decisions: Iterable[NewDecision], risk: str, at: datetime) -> list[OptionRefused]:
    """What stands in the way of each of these decisions, before anybody is asked to confirm them."""
    found = []
    for one in decisions:
        try:
            check_whole(standing, one, risk, at)
        except OptionRefused as refused:
            found.append(refused)
    return found
