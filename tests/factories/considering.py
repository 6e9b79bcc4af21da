"""A case of stalking with a suspect and a victim, reported two hours ago, and decisions about its orders."""

from datetime import datetime
from pathlib import Path
from typing import Any

from craffu.access.acting import Acting
from craffu.cases.models import Case
from craffu.common import clock
from craffu.orders.considering.actions import decide_options
from craffu.orders.considering.facts import NewDecision
from craffu.orders.considering.queries import Considered, considered_in
from craffu.orders.considering.reasons import REASONS
from craffu.orders.considering.rules import Outcome
from craffu.orders.models import OptionDecided
from tests.factories.victims import send_victim

WORDS = "The victim is followed to work every day of the week"


def stalking_case(by: Acting, folder: Path, number: int = 1, **crime: str) -> str:
    """Takes in a case under investigation; answers with its reference."""
    send_victim(by, folder, number, **crime)
    return str(Case.objects.for_system("a test").order_by("id").last().reference)


def consideration(by: Acting, case: str, now: datetime | None = None) -> Considered:
    """The consideration against the one who is suspected."""
    pk = Case.objects.for_system("a test").get(reference=case).pk
    (found,) = considered_in(by, pk, now or clock.now())
    return found


def decision(kind: str, outcome: Outcome, **said: Any) -> NewDecision:
    """A whole decision, but for what is `said` otherwise."""
    return NewDecision(**{"kind": kind, "outcome": outcome, "reason_code": REASONS[outcome][0], "words": WORDS, **said})


def decide(by: Acting, case: str, *decisions: NewDecision, **said: Any) -> list[OptionDecided]:
    respondent = consideration(by, case).respondent.reference
    return decide_options(by=by, case=case, respondent=respondent, decisions=decisions, **said)
